"""Forms for organisations and for their part in a region."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, Text


def chosen_id(value: object) -> int | None:
    """Return the number of what was chosen in a list; None for the empty choice."""
    return int(str(value)) if value not in (None, "", "None") else None


class OrganisationForm(AppForm):
    name = Text(
        _l("Naam"), [DataRequired(_l("Vul de naam van de organisatie in.")), Length(max=200)]
    )
    kind = SelectField(
        _l("Soort organisatie"),
        [InputRequired(_l("Kies het soort organisatie."))],
    )
    sector_id = SelectField(_l("Sector"), [Optional()], coerce=chosen_id)
    municipality = Text(_l("Plaats"), [Optional(), Length(max=100)])


class PartnerForm(AppForm):
    """Since when a partner takes part, and whom to call."""

    joined_on = DayField(_l("Partner sinds"), [Optional()])
    contact_name = Text(_l("Naam van de contactpersoon"), [Optional(), Length(max=200)])
    contact_email = Text(
        _l("E-mailadres"),
        [Optional(), Length(max=254)],
        render_kw={"autocomplete": "off", "type": "email", "spellcheck": "false"},
    )
    contact_phone = Text(
        _l("Telefoonnummer"), [Optional(), Length(max=40)], render_kw={"autocomplete": "off"}
    )
    is_publishable = BooleanField(
        _l("De contactpersoon vindt het goed dat deze gegevens worden gepubliceerd")
    )


class NewPartnerForm(PartnerForm):
    organisation_id = SelectField(
        _l("Organisatie"), [InputRequired(_l("Kies een organisatie."))], coerce=chosen_id
    )


class LeaveForm(AppForm):
    left_on = DayField(
        _l("Laatste dag als partner"),
        [InputRequired(_l("Vul in op welke dag de organisatie is gestopt."))],
    )
