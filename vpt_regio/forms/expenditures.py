"""Forms for expenditures and their corrections."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import Phase
from vpt_regio.forms.base import AppForm, DayField, MoneyField, Text

TEXT_LIMIT = 500


def _activity(text: str | int | None) -> int | None:
    return int(text) if text not in (None, "", "None") else None


class ExpenditureForm(AppForm):
    """An expenditure; the reason for going over budget is asked of the account manager only."""

    booked_on = DayField(_l("Datum van de uitgave"), [InputRequired(_l("Vul de datum in."))])
    description = Text(
        _l("Omschrijving"),
        [DataRequired(_l("Vul in waaraan het geld is besteed.")), Length(max=TEXT_LIMIT)],
    )
    phase = RadioField(_l("Fase"), [InputRequired(_l("Kies een fase."))], coerce=Phase)
    activity = SelectField(_l("Activiteit"), [Optional()], coerce=_activity)
    amount = MoneyField(_l("Bedrag"), [InputRequired(_l("Vul het bedrag in."))])
    override_reason = Text(
        _l("Reden om meer dan het budget toe te staan"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Alleen nodig als de uitgave niet in het budget past."),
    )


class CorrectionForm(AppForm):
    """What is taken back of a booking, and why."""

    booked_on = DayField(_l("Datum van de correctie"), [InputRequired(_l("Vul de datum in."))])
    amount = MoneyField(
        _l("Bedrag van de correctie"),
        [InputRequired(_l("Vul het bedrag in."))],
        description=_l("Met een min ervoor, bijvoorbeeld -250,00."),
    )
    reason = Text(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van de correctie in.")), Length(max=TEXT_LIMIT)],
    )
