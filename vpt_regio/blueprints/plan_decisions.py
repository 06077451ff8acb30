"""What can be done with a decision on a plan afterwards: take it back."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.decisions import ReopenForm
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.queries.action_plans import get_plan
from vpt_regio.services.decisions import reopen_plan
from vpt_regio.web.authorize import authorize
from vpt_regio.web.decide_page import step_page, take_step
from vpt_regio.web.handling import make_form

bp = Blueprint("plan_decisions", __name__)


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


@bp.get("/plannen/<int:plan_id>/besluit-terugnemen")
@authorize(Permission.DECISION_REPLACE, load_plan)
def reopen(plan: ActionPlan) -> ResponseReturnValue:
    return step_page(plan, "reopen", make_form(ReopenForm, plan.latest))


@bp.post("/plannen/<int:plan_id>/besluit-terugnemen")
@authorize(Permission.DECISION_REPLACE, load_plan)
def record_reopening(plan: ActionPlan) -> ResponseReturnValue:
    done = _("Het besluit is teruggenomen. Het plan is weer in behandeling.")
    return take_step(plan, "reopen", make_form(ReopenForm, plan.latest), reopen_plan, done)
