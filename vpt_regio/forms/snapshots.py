"""The form to open a frozen half-year again."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from vpt_regio.forms.base import AppForm, DayField, LongText

NATIONAL = "-"
REASON_LIMIT = 2_000


class ReopeningForm(AppForm):
    """What goes open again, why, and until when."""

    region = SelectField(_l("Wat wilt u heropenen?"), [InputRequired(_l("Maak een keuze."))])
    reason = LongText(
        _l("Waarom moet dit worden verbeterd?"),
        [DataRequired(_l("Vul de reden in.")), Length(max=REASON_LIMIT)],
        description=_l("Deze reden staat straks in het overzicht, bij de errata."),
    )
    expires_on = DayField(
        _l("Heropend tot en met"),
        [InputRequired(_l("Vul de laatste dag in."))],
        description=_l("Daarna sluit het halfjaar vanzelf weer, ook als er niets is gewijzigd."),
    )
