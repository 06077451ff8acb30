"""The page with what changed between two versions of a plan."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.queries.action_plans import get_plan
from vpt_regio.queries.plan_diff import compare_versions, version_before
from vpt_regio.web import plan_diff
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.authorize import authorize

bp = Blueprint("plan_diff", __name__)
bp.add_app_template_global(plan_diff.word_diff_of)
bp.add_app_template_global(version_before)


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


@bp.get("/plannen/<int:plan_id>/vergelijken")
@authorize(Permission.ACTION_PLAN_VIEW, load_plan)
def show(plan: ActionPlan) -> ResponseReturnValue:
    new = _asked(plan, "tot") or plan.latest
    old = _asked(plan, "van") or version_before(plan, new) or new
    numbers = {row.id: row.number for row in plan.activities}
    return render_template(
        "plan_diff/show.html",
        plan=plan,
        found=compare_versions(plan, old.version_no, new.version_no),
        progress={
            numbers[activity_id]: text
            for activity_id, text in plan_diff.progress_words(plan).items()
        },
        words=plan_diff,
    )


def _asked(plan: ActionPlan, name: str) -> PlanVersion | None:
    """Return the version with the number in the address; None when there is no such version."""
    number = number_asked(name)
    return next((one for one in plan.versions if one.version_no == number), None)
