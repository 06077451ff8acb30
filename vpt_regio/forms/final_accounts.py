"""Forms for the final account of a region."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, LongText
from vpt_regio.forms.reports import NeededToSubmit

TEXT_LIMIT = 10_000


class AccountForm(AppForm):
    """What the money led to, and why more or less was spent; the amounts come from the books."""

    results = LongText(
        _l("Resultaten"),
        [NeededToSubmit(), Length(max=TEXT_LIMIT)],
        description=_l("Wat heeft de regio met het geld bereikt?"),
    )
    explanation = LongText(
        _l("Toelichting op het geld"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Verplicht als er geld over is, of als er te veel is besteed."),
    )


class ReturnAccountForm(AppForm):
    """Why a final account goes back to the region."""

    note = LongText(
        _l("Wat moet er beter?"),
        [DataRequired(_l("Leg uit wat er beter moet.")), Length(max=TEXT_LIMIT)],
    )
