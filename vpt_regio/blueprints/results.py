"""The results of all regions, per indicator: together where that may be, else side by side."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import AGGREGATION_LABELS, DIRECTION_LABELS, UNIT_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.indicators import ATTAINMENT_RULES, CHANGE_RULES
from vpt_regio.domain.rules.results import AGGREGATION_RULES
from vpt_regio.forms.results import NationalResultFilterForm, ResultFilterForm
from vpt_regio.models.contracts import Indicator
from vpt_regio.models.programmes import Programme
from vpt_regio.queries import results as queries
from vpt_regio.queries.agreement_values import indicator_facts
from vpt_regio.queries.programmes import get_programme
from vpt_regio.web import result_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.session import current_person

bp = Blueprint("results", __name__, url_prefix="/landelijk/resultaten")


def load_indicator(indicator_id: int) -> Indicator | None:
    return queries.get_indicator(indicator_id)


@bp.get("")
@authorize(Permission.RESULT_VIEW)
def index() -> ResponseReturnValue:
    programme = get_programme()
    form = NationalResultFilterForm(formdata=request.args)
    types = queries.list_agreement_types(programme)
    form.soort.choices = [("", _("Alle soorten")), *types.items()]
    look = _look(form, programme)
    type_code = form.soort.data if form.soort.data in types else None
    return render_template(
        "results/index.html",
        form=form,
        look=look,
        results=queries.national_results(look, programme, type_code=type_code),
        query=request.args,
        pages=pages,
        **_rules(),
    )


@bp.get("/<int:indicator_id>")
@authorize(Permission.RESULT_VIEW, load_indicator)
def indicator(indicator: Indicator) -> ResponseReturnValue:
    form = ResultFilterForm(formdata=request.args)
    look = _look(form, get_programme())
    result, trend = queries.indicator_results(look, indicator_facts(indicator))
    return render_template(
        "results/indicator.html",
        form=form,
        look=look,
        indicator=indicator,
        result=result,
        trend=trend,
        query=request.args,
        pages=pages,
        labels={
            "aggregation": AGGREGATION_LABELS,
            "direction": DIRECTION_LABELS,
            "unit": UNIT_LABELS,
        },
        **_rules(),
    )


def _look(form: ResultFilterForm, programme: Programme) -> queries.Look:
    """Return what the filter asks for; what cannot be shown gets a message at its field."""
    today = clock.today()
    look = queries.look_of(current_person(), programme, as_of=today)
    form.halfjaar.choices = [
        ("", _("De laatste meting")),
        *((period.code, period.name) for period in reversed(look.periods)),
    ]
    if not form.validate():
        return look
    day = form.op.data or today
    if day > today:
        form.op.errors = [_("Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.")]
        return look
    return look.at(day, form.halfjaar.data or None)


def _rules() -> dict[str, Any]:
    return {
        "aggregation_rules": AGGREGATION_RULES,
        "attainment_rules": ATTAINMENT_RULES,
        "change_rules": CHANGE_RULES,
    }
