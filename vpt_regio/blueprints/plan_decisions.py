"""Around a decision on a plan: ask a mandate holder for one, and take one back."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.forms.decisions import AnswerForm, ReopenForm, RequestForm
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.decisions import DecisionRequest
from vpt_regio.queries.action_plans import get_plan
from vpt_regio.queries.decision_requests import ASKED_IN, open_request
from vpt_regio.services.decision_requests import request_decision, send_back
from vpt_regio.services.decisions import reopen_plan
from vpt_regio.web.authorize import authorize
from vpt_regio.web.decide_page import step_page, take_step
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

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


@bp.get("/plannen/<int:plan_id>/voorleggen")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def ask(plan: ActionPlan) -> ResponseReturnValue:
    return _ask_page(plan, _request_form(plan))


@bp.post("/plannen/<int:plan_id>/voorleggen")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def record_request(plan: ActionPlan) -> ResponseReturnValue:
    form = _request_form(plan)
    return handle(
        form,
        lambda: request_decision(
            plan.latest,
            permission=Permission(form.permission.data),
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _ask_page(plan, form),
        success=_url(plan),
        message=_("Het verzoek is verstuurd naar wie dit besluit mag nemen."),
    )


@bp.get("/plannen/<int:plan_id>/verzoek-terugsturen")
@authorize(Permission.ACTION_PLAN_APPROVE, load_plan)
def answer(plan: ActionPlan) -> ResponseReturnValue:
    request = open_request(plan.latest)
    if request is None:
        return redirect(_url(plan))
    return _answer_page(plan, request, make_form(AnswerForm, request))


@bp.post("/plannen/<int:plan_id>/verzoek-terugsturen")
@authorize(Permission.ACTION_PLAN_APPROVE, load_plan)
def record_answer(plan: ActionPlan) -> ResponseReturnValue:
    request = open_request(plan.latest)
    if request is None:
        return redirect(_url(plan), 303)
    form = make_form(AnswerForm)
    return handle(
        form,
        lambda: send_back(
            request,
            answer=form.answer.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _answer_page(plan, request, form),
        success=_url(plan),
        message=_("Het verzoek is teruggestuurd."),
    )


def _request_form(plan: ActionPlan) -> RequestForm:
    permissions = ASKED_IN.get(plan.latest.status, ())
    choices = [
        (permission.value, label(PERMISSION_LABELS[permission])) for permission in permissions
    ]
    return make_form(
        RequestForm, plan.latest, choices={"permission": [("", _("Kies een besluit")), *choices]}
    )


def _ask_page(plan: ActionPlan, form: RequestForm) -> str:
    form.version.data = str(plan.latest.version)
    return render_template(
        "plan_reviews/ask.html",
        plan=plan,
        form=form,
        is_open=open_request(plan.latest) is not None,
        can_be_asked=plan.latest.status in ASKED_IN,
    )


def _answer_page(plan: ActionPlan, request: DecisionRequest, form: AnswerForm) -> str:
    return render_template(
        "plan_reviews/answer.html",
        plan=plan,
        decision_request=request,
        form=form,
        permission_labels=PERMISSION_LABELS,
    )


def _url(plan: ActionPlan) -> str:
    return url_for("action_plans.show", plan_id=plan.id)
