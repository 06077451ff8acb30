"""The map of regions and measures, one measure in a plan, and the remark on an empty place."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.measures import MeasureCoverage
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.action_plans import get_plan, get_version, load_content
from vpt_regio.queries.coverage import coverage_map
from vpt_regio.queries.plan_facts import MeasureRow, find_all, measures_of
from vpt_regio.queries.programmes import get_programme, list_measures
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services.coverage import remark_on_gap
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.plan_diff import progress_words
from vpt_regio.web.session import current_person

bp = Blueprint("coverage", __name__)


def load_version(plan_id: int, version_no: int, **_parts: Any) -> PlanVersion | None:
    return get_version(plan_id, version_no)


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


@bp.get("/landelijk/dekking")
@authorize(Permission.REGION_VIEW)
def index() -> ResponseReturnValue:
    return render_template(
        "coverage/index.html",
        found=coverage_map(get_programme()),
        # None stands for every region
        readable=policies.visible_regions(current_person(), Permission.ACTION_PLAN_VIEW),
    )


@bp.get("/plannen/<int:plan_id>/versies/<int:version_no>/maatregelen/<int:measure_id>")
@authorize(Permission.ACTION_PLAN_VIEW, load_version)
def measure(version: PlanVersion) -> ResponseReturnValue:
    return _measure_page(version, make_form(AppForm))


@bp.post("/plannen/<int:plan_id>/maatregelen/<int:measure_id>/opmerking")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def remark(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: remark_on_gap(
            plan.latest, measure=_row(load_content(plan.latest)).measure, actor=current_person()
        ),
        page=lambda: _measure_page(plan.latest, form),
        success=url_for("plan_reviews.show", plan_id=plan.id, _anchor="opmerkingen"),
        message=_("De opmerking over deze maatregel is gemaakt."),
    )


def _measure_page(version: PlanVersion, form: AppForm) -> str:
    load_content(version)
    row = _row(version)
    return render_template(
        "coverage/measure.html",
        plan=version.plan,
        version=version,
        form=form,
        row=row,
        is_new=row.measure not in measures_of(version),
        can_remark=_can_remark(version, row.measure)
        and not row.activities
        and not row.coverage.is_exempt,
        progress=progress_words(version.plan),
    )


def _row(version: PlanVersion) -> MeasureRow:
    """Return the measure of this address in a version; the page is not there for any other.

    A measure of today that is new since the version was submitted has nothing in it yet.
    """
    asked, same = (request.view_args or {})["measure_id"], same_measures()
    for row in find_all(version).measures:
        if same.are_same(row.measure.id, asked):
            return row
    today = list_measures(version.plan.region.programme, on=clock.today())
    found: Measure = next((one for one in today if one.id == asked), None) or abort(404)
    return MeasureRow(found, MeasureCoverage(found.code, 0, None), (), 0)


def _can_remark(version: PlanVersion, measure: Measure) -> bool:
    if measure not in measures_of(version):
        return False
    is_said = any(remark.measure_id == measure.id for remark in version.remarks)
    in_review = version.status is ActionPlanStatus.IN_REVIEW
    return in_review and not is_said and may(Permission.ACTION_PLAN_REVIEW, version)
