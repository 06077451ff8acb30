"""Forms for hours."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, HoursField, Text, WeekField

NOTE_LIMIT = 500


class ChangeHoursForm(AppForm):
    """The hours of a week that was booked before."""

    quarters = HoursField(_l("Uren"), [InputRequired(_l("Vul het aantal uren in."))])
    note = Text(_l("Toelichting"), [Optional(), Length(max=NOTE_LIMIT)])


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
