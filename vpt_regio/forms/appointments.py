"""Forms for the appointments of project leaders."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, HoursField, Text


class ChangeAppointmentForm(AppForm):
    """The terms of an appointment."""

    quarters_per_week = HoursField(
        _l("Uren per week"), [InputRequired(_l("Vul het aantal uren per week in."))]
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(_l("Vul de eerste dag in."))])
    ends_on = DayField(
        _l("Laatste dag"),
        [Optional()],
        description=_l("Laat dit leeg zolang de aanstelling doorloopt."),
    )
    employer = Text(_l("Werkgever"), [Optional(), Length(max=200)])
    is_deputy = BooleanField(
        _l("Deze persoon neemt waar voor de projectleider"),
        description=_l("Een waarnemer kan er naast de projectleider zijn."),
    )


class AppointmentForm(ChangeAppointmentForm):
    """A new appointment: the terms, and of whom."""

    person = SelectField(
        _l("Persoon"),
        [InputRequired(_l("Kies een persoon."))],
        coerce=int,
        description=_l("Hier staan de personen met de rol van projectleider in deze regio."),
    )
