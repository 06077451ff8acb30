"""Forms for sub-mandates and for standing in; a mandate itself stands with people."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, MoneyField, Text
from vpt_regio.forms.people import CHOOSE, REQUIRED, TOO_LONG, MandateForm, chosen_id


class NewMandateForm(MandateForm):
    allows_sub_mandate = BooleanField(
        _l("Deze persoon mag zelf ondermandaat geven"),
        description=_l("Alleen als het mandaatbesluit dat zegt."),
    )


class SubMandateForm(AppForm):
    person = SelectField(_l("Persoon"), [InputRequired(CHOOSE)], coerce=chosen_id)
    reference = Text(
        _l("Kenmerk van het besluit over het ondermandaat"),
        [DataRequired(REQUIRED), Length(max=100, message=TOO_LONG)],
    )
    max_amount_cents = MoneyField(
        _l("Hoogste bedrag"),
        [Optional()],
        description=_l("Niet hoger dan het mandaat waar dit van komt."),
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(REQUIRED)])
    ends_on = DayField(_l("Laatste dag"), [Optional()])
    allows_sub_mandate = BooleanField(
        _l("Deze persoon mag zelf ondermandaat geven"),
        description=_l("Alleen als het besluit over het ondermandaat dat zegt."),
    )


class StandInForm(AppForm):
    person = SelectField(_l("Wie neemt waar?"), [InputRequired(CHOOSE)], coerce=chosen_id)
    starts_on = DayField(_l("Eerste dag"), [InputRequired(REQUIRED)])
    ends_on = DayField(_l("Laatste dag"), [InputRequired(REQUIRED)])
