"""Forms to let a region or a covenant stand still, and to let it go again."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText

REASON_LIMIT = 2_000


class HoldForm(AppForm):
    """From when, until when, and why."""

    starts_on = DayField(_l("Eerste dag"), [InputRequired(_l("Vul de eerste dag in."))])
    until_on = DayField(
        _l("Laatste dag"),
        [Optional()],
        description=_l("Laat dit leeg als u nog niet weet tot wanneer."),
    )
    reason = LongText(
        _l("Reden"),
        [DataRequired(_l("Vul de reden in.")), Length(max=REASON_LIMIT)],
        description=_l("Iedereen die de regio of het convenant kan bekijken, leest deze reden."),
    )


class LiftForm(AppForm):
    """Why it goes on again."""

    reason = LongText(_l("Reden"), [DataRequired(_l("Vul de reden in.")), Length(max=REASON_LIMIT)])
