"""Forms for hours."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, HoursField, Text, WeekField

NOTE_LIMIT = 500


class ChangeHoursForm(AppForm):
    """The hours of a week that was booked before."""

    quarters = HoursField(_l("Uren"), [InputRequired(_l("Vul het aantal uren in."))])
    note = Text(_l("Toelichting"), [Optional(), Length(max=NOTE_LIMIT)])


class CorrectHoursForm(AppForm):
    """What the hours of a week in a frozen half-year should be."""

    appointment = SelectField(
        _l("Aanstelling"), [InputRequired(_l("Kies een aanstelling."))], coerce=int
    )
    week = WeekField(
        _l("Week"),
        [InputRequired(_l("Vul de week in."))],
        description=_l("Jaar en weeknummer, bijvoorbeeld 2011-W44."),
    )
    quarters = HoursField(
        _l("Uren die het hadden moeten zijn"), [InputRequired(_l("Vul het aantal uren in."))]
    )
    reason = Text(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van de correctie in.")), Length(max=NOTE_LIMIT)],
    )


class HoursForm(ChangeHoursForm):
    """The hours of a new week, on one of the person's own appointments."""

    appointment = SelectField(
        _l("Aanstelling"), [InputRequired(_l("Kies een aanstelling."))], coerce=int
    )
    week = WeekField(
        _l("Week"),
        [InputRequired(_l("Vul de week in."))],
        description=_l("Jaar en weeknummer, bijvoorbeeld 2012-W23."),
    )
