"""Action plans: the list, the page of one, its versions, and the pages to write its sections."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.covenants import CovenantRegion
from vpt_regio.models.regions import Region
from vpt_regio.queries.action_plans import (
    find_share,
    get_plan,
    get_version,
    list_plans,
    load_content,
)
from vpt_regio.queries.decisions import list_decisions
from vpt_regio.queries.plan_costs import cost_table
from vpt_regio.queries.plan_facts import available_cents, cents_by_phase, find_all
from vpt_regio.services import transitions
from vpt_regio.services.action_plans import (
    start_plan,
    submit_plan,
    withdraw_plan,
)
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.web import plan_pages, remark_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.plan_diff import progress_words
from vpt_regio.web.session import current_person

bp = Blueprint("action_plans", __name__)
bp.add_app_template_global(plan_pages.plan_word, "plan_word")


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


def load_version(plan_id: int, version_no: int) -> PlanVersion | None:
    return get_version(plan_id, version_no)


def load_region_of_covenant(covenant_id: int, code: str) -> Region | None:
    share = find_share(covenant_id, code)
    return share.region if share else None


@bp.get("/plannen")
@authorize(Permission.ACTION_PLAN_VIEW)
def index() -> ResponseReturnValue:
    asked = request.args.get("status", "")
    status = ActionPlanStatus(asked) if asked in set(ActionPlanStatus) else None
    rows = list_plans(current_person(), status=status)
    return render_template(
        "action_plans/index.html",
        rows_of_plans=rows,
        status=status,
        statuses=list(ActionPlanStatus),
    )


@bp.post("/convenanten/<int:covenant_id>/regios/<code>/plan")
@authorize(Permission.ACTION_PLAN_EDIT, load_region_of_covenant)
def start(region: Region) -> ResponseReturnValue:
    covenant = _share().covenant
    form = make_form(AppForm)
    return handle(
        form,
        lambda: start_plan(covenant, region=region, actor=current_person()),
        page=lambda: render_template("action_plans/not_started.html", form=form),
        success=lambda plan: url_for("action_plans.show", plan_id=plan.id),
        message=_("Het plan is begonnen. Vul de onderdelen in de volgorde die u wilt."),
    )


@bp.get("/plannen/<int:plan_id>")
@authorize(Permission.ACTION_PLAN_VIEW, load_plan)
def show(plan: ActionPlan) -> ResponseReturnValue:
    return _plan_page(plan, make_form(AppForm, plan.latest))


@bp.get("/plannen/<int:plan_id>/versies/<int:version_no>")
@authorize(Permission.ACTION_PLAN_VIEW, load_version)
def version(version: PlanVersion) -> ResponseReturnValue:
    load_content(version)
    plan = version.plan
    return render_template(
        "action_plans/version.html",
        plan=plan,
        version=version,
        findings=find_all(version),
        phases=cents_by_phase(version),
        costs=cost_table(version),
        available=available_cents(version),
        lines=[
            line
            for line in remark_pages.lines_of(version)
            if line.remark.plan_version_id == version.id
        ],
        shows_review=plan_pages.shows_review(version),
        decisions=[d for d in list_decisions(plan) if d.plan_version_id == version.id],
    )


@bp.post("/plannen/<int:plan_id>/indienen")
@authorize(Permission.ACTION_PLAN_SUBMIT, load_plan)
def submit(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm, plan.latest)
    return handle(
        form,
        lambda: submit_plan(
            plan.latest, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _plan_page(plan, form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=_("Het plan is ingediend. De accountmanager heeft bericht gekregen."),
    )


@bp.get("/plannen/<int:plan_id>/indiening-intrekken")
@authorize(Permission.ACTION_PLAN_SUBMIT, load_plan)
def withdraw(plan: ActionPlan) -> ResponseReturnValue:
    return _withdraw_page(plan, make_form(AppForm, plan.latest))


@bp.post("/plannen/<int:plan_id>/indiening-intrekken")
@authorize(Permission.ACTION_PLAN_SUBMIT, load_plan)
def record_withdrawal(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm, plan.latest)
    return handle(
        form,
        lambda: withdraw_plan(
            plan.latest, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _withdraw_page(plan, form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=_("De indiening is ingetrokken. De accountmanager heeft bericht gekregen."),
    )


@bp.post("/plannen/<int:plan_id>/nieuwe-versie")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def new_version(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm, plan.latest)
    return handle(
        form,
        lambda: start_new_version(plan, actor=current_person()),
        page=lambda: _plan_page(plan, form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=_("De nieuwe versie is een kopie van de vorige. Pas aan wat anders moet."),
    )


def _share() -> CovenantRegion:
    """Return the covenant and region of this address; the loader has seen that they exist."""
    share = find_share(**(request.view_args or {}))
    if share is None:
        abort(404)
    return share


def _withdraw_page(plan: ActionPlan, form: AppForm) -> str:
    form.version.data = str(plan.latest.version)
    blockers = transitions.blockers(
        plan.latest, "withdraw", workflow=ACTION_PLAN, actor=current_person()
    )
    return render_template(
        "action_plans/withdraw.html",
        plan=plan,
        version=plan.latest,
        form=form,
        reasons=[message_of(error) for error in blockers],
    )


def _plan_page(plan: ActionPlan, form: AppForm) -> str:
    version = load_content(plan.latest)
    form.version.data = str(version.version)
    findings = find_all(version)
    locked = plan_pages.locks_of(version)
    return render_template(
        "action_plans/show.html",
        plan=plan,
        version=version,
        form=form,
        findings=findings,
        gaps=plan_pages.gap_links(version, findings.gaps),
        sections=plan_pages.sections_of(version, findings, locked),
        locked=locked,
        steps=plan_pages.steps_of(version),
        can_edit=plan_pages.can_edit(version),
        can_start_new_version=plan_pages.can_start_new_version(plan),
        phases=cents_by_phase(version),
        costs=cost_table(version),
        available=available_cents(version),
        lines=remark_pages.lines_of(version),
        shows_review=plan_pages.shows_review(version),
        decisions=list_decisions(plan),
        entries=plan_pages.plan_history(plan),
        progress=progress_words(plan),
    )
