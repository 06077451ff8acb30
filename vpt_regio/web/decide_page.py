"""The page that asks for a decision on a plan, with all that it rests on."""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.queries.action_plans import load_content
from vpt_regio.queries.decision_requests import ASKED_IN, open_request
from vpt_regio.queries.plan_facts import available_cents
from vpt_regio.services import transitions
from vpt_regio.services.plan_guards import valid_mandate
from vpt_regio.web import remark_pages
from vpt_regio.web.authorize import may
from vpt_regio.web.handling import handle
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

# decisions by mandate: their page names the mandate that will be used
MANDATES = {
    "approve": Permission.ACTION_PLAN_APPROVE,
    "refuse": Permission.ACTION_PLAN_REFUSE,
}

# what must be followed up stands in the way of an approval, so whoever adopts is warned of it
BLOCKED_BY_REMARKS = ("adopt", "approve")


def take_step(
    plan: ActionPlan, step: str, form: Any, service: Callable[..., Any], done: str
) -> ResponseReturnValue:
    """Take a step with the note of a sent form; refused, its page comes back."""
    return handle(
        form,
        lambda: service(
            plan.latest,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: step_page(plan, step, form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=done,
    )


def step_page(plan: ActionPlan, step: str, form: Any) -> str:
    """Render the page that asks for a decision, or that says why it cannot be taken now."""
    version = load_content(plan.latest)
    # after a conflict the page shows what holds now, so the next answer is about that
    form.version.data = str(version.version)
    permission = MANDATES.get(step)
    actor = current_person()
    blockers = transitions.blockers(version, step, workflow=ACTION_PLAN, actor=actor)
    return render_template(
        "plan_reviews/decide.html",
        plan=plan,
        version=version,
        step=ACTION_PLAN.transition(step),
        form=form,
        # the remarks that stand in the way have a table of their own, with a link to each
        reasons=[message_of(error) for error in blockers if error.code != "open_must"],
        is_blocked=bool(blockers),
        musts=remark_pages.unsettled_musts_of(version) if step in BLOCKED_BY_REMARKS else [],
        mandate=valid_mandate(version, actor, permission) if permission else None,
        available=available_cents(version),
        ask_url=_ask_url(version) if permission else "",
    )


def _ask_url(version: PlanVersion) -> str:
    """Return where this person may put the decision before a mandate holder; empty if nowhere."""
    may_ask = version.status in ASKED_IN and may(Permission.ACTION_PLAN_REVIEW, version)
    if not may_ask or open_request(version) is not None:
        return ""
    return url_for("plan_decisions.ask", plan_id=version.action_plan_id)
