"""Forms for people, their roles and mandates, and the filters of their lists."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text

REQUIRED = _l("Vul dit veld in.")
CHOOSE = _l("Maak een keuze.")
TOO_LONG = _l("Dit is te lang. Gebruik hoogstens %(max)d tekens.")


def chosen_id(value: object) -> int | None:
    """Return the number of what was chosen in a list; None for the empty choice."""
    return int(str(value)) if value not in (None, "") else None


class PersonForm(AppForm):
    name = Text(
        _l("Naam"),
        [DataRequired(REQUIRED), Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    email = Text(
        _l("E-mailadres"),
        [DataRequired(REQUIRED), Length(max=254, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "type": "email", "spellcheck": "false"},
    )


class RoleForm(AppForm):
    role = SelectField(_l("Rol"), [InputRequired(CHOOSE)])
    region = SelectField(
        _l("Regio"),
        [Optional()],
        coerce=chosen_id,
        description=_l("Een projectleider en een accountmanager horen bij één regio."),
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(REQUIRED)])
    ends_on = DayField(_l("Laatste dag"), [Optional()])


class EndForm(AppForm):
    """The last day of a role or a mandate."""

    ends_on = DayField(_l("Laatste dag"), [InputRequired(REQUIRED)])


class ReasonForm(AppForm):
    reason = LongText(_l("Reden"), [DataRequired(REQUIRED), Length(max=500, message=TOO_LONG)])


class MandateForm(AppForm):
    person = SelectField(_l("Persoon"), [InputRequired(CHOOSE)], coerce=chosen_id)
    permission = SelectField(_l("Besluit"), [InputRequired(CHOOSE)])
    on_behalf_of = Text(
        _l("Namens"),
        [DataRequired(REQUIRED), Length(max=200, message=TOO_LONG)],
        description=_l("Bijvoorbeeld: de minister."),
    )
    reference = Text(
        _l("Kenmerk van het mandaatbesluit"),
        [DataRequired(REQUIRED), Length(max=100, message=TOO_LONG)],
    )
    max_amount_cents = MoneyField(
        _l("Hoogste bedrag"),
        [Optional()],
        description=_l(
            "Laat leeg als het mandaat voor elk bedrag geldt. Voor het afwijzen van een nieuwe"
            " aanvraag en het intrekken van een subsidie geldt geen hoogste bedrag."
        ),
    )
    starts_on = DayField(_l("Eerste dag"), [InputRequired(REQUIRED)])
    ends_on = DayField(_l("Laatste dag"), [Optional()])


class FilterForm(FlaskForm):
    """The parent of filters: they are sent by GET, change nothing and need no guard."""

    class Meta:
        csrf = False


class PeopleFilterForm(FilterForm):
    naam = Text(_l("Naam of e-mailadres"), [Optional(), Length(max=200, message=TOO_LONG)])
    rol = SelectField(_l("Rol"), [Optional()])
    regio = SelectField(_l("Regio"), [Optional()], coerce=chosen_id)
    account = SelectField(_l("Account"), [Optional()])


class AuditFilterForm(FilterForm):
    persoon = SelectField(_l("Persoon"), [Optional()], coerce=chosen_id)
    regio = SelectField(_l("Regio"), [Optional()], coerce=chosen_id)
    soort = SelectField(_l("Soort"), [Optional()])
    vanaf = DayField(_l("Vanaf"), [Optional()])
    tot_en_met = DayField(_l("Tot en met"), [Optional()])
