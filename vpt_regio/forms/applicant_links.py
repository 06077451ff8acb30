"""Forms for the links of applicants: to whom and for how long, and why one ends."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from vpt_regio.forms.base import AppForm, Text, WholeNumberField
from vpt_regio.services.applicant_links import LONGEST_REASON
from vpt_regio.services.people import MAX_EMAIL_LENGTH

MOST_DAYS = 730


class LinkForm(AppForm):
    """To whom a link goes, and how many days it works."""

    email = Text(
        _l("E-mailadres van de aanvrager"),
        [
            DataRequired(_l("Vul het e-mailadres van de aanvrager in.")),
            Length(max=MAX_EMAIL_LENGTH),
        ],
        render_kw={"type": "email", "spellcheck": "false", "autocomplete": "off"},
    )
    days = WholeNumberField(
        _l("Hoeveel dagen werkt de link?"),
        [
            InputRequired(_l("Vul in hoeveel dagen de link werkt.")),
            NumberRange(
                min=1, max=MOST_DAYS, message=_l("Kies een aantal dagen van 1 tot en met 730.")
            ),
        ],
        description=_l(
            "De link werkt tot en met de laatste dag. Kies er genoeg om de aanvraag af te ronden."
        ),
    )


class EndLinkForm(AppForm):
    """Why a link stops before its time."""

    reason = Text(
        _l("Waarom beëindigt u de link?"),
        [
            DataRequired(_l("Vul in waarom u de link beëindigt.")),
            Length(max=LONGEST_REASON),
        ],
        description=_l("Bijvoorbeeld: naar het verkeerde adres gestuurd."),
    )
