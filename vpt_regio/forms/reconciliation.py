"""The form on which a difference with the last letter is explained, and the filter of the list."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, LongText
from vpt_regio.forms.people import FilterForm
from vpt_regio.services.reconciliation import EXPLANATION_LIMIT

DIFFERENCES, EVERYTHING = "verschillen", "alles"


class ExplanationForm(AppForm):
    """Where a difference comes from."""

    explanation = LongText(
        _l("Waar komt het verschil vandaan?"),
        [
            DataRequired(_l("Leg uit waar het verschil vandaan komt.")),
            Length(max=EXPLANATION_LIMIT),
        ],
    )


class ComparisonFilterForm(FilterForm):
    """What to see of the comparison."""

    toon = SelectField(_l("Toon"), [Optional()], default=DIFFERENCES)
    regio = SelectField(_l("Regio"), [Optional()])
