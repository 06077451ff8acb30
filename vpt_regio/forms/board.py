"""Forms about one region in a half-year: extra time, and why its report is missing."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, InputRequired, Length

from vpt_regio.forms.base import AppForm, DayField, LongText


class ExtensionForm(AppForm):
    """Until when, and why."""

    extended_to = DayField(
        _l("Uitstel tot en met"), [InputRequired(_l("Vul de laatste dag van het uitstel in."))]
    )
    reason = LongText(
        _l("Reden van het uitstel"),
        [DataRequired(_l("Vul de reden in.")), Length(max=500)],
        description=_l("De regio leest deze reden, en hij staat in het voortgangsoverzicht."),
    )


class WithdrawalForm(AppForm):
    """Why the extra time is taken back."""

    reason = LongText(_l("Reden"), [DataRequired(_l("Vul de reden in.")), Length(max=500)])


class ExplanationForm(AppForm):
    """Why the report of a region is missing."""

    reason = LongText(
        _l("Waarom ontbreekt de rapportage?"),
        [DataRequired(_l("Leg uit waarom de rapportage ontbreekt.")), Length(max=2_000)],
        description=_l("Deze uitleg gaat mee in het voortgangsoverzicht bij de brief."),
    )
