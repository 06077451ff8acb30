"""The page on which a submitted plan is judged, and the pages to decide on it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import WATCH_DUTY_HEADINGS, PlanSection, RemarkWeight
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.sufficiency import SufficiencyOutcome, assess
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.plan_reviews import (
    DutiesForm,
    NoteForm,
    RefusalForm,
    SufficiencyForm,
)
from vpt_regio.forms.remarks import RemarkForm, ReturnForm
from vpt_regio.models.action_plans import ActionPlan, Activity, PlanVersion
from vpt_regio.queries.action_plans import find_remark, get_plan, load_content
from vpt_regio.queries.decisions import list_decisions
from vpt_regio.queries.plan_costs import cost_table, supplement_for
from vpt_regio.queries.plan_facts import available_cents, cents_by_phase, find_all
from vpt_regio.queries.remarks import sections_with_news
from vpt_regio.services.decisions import adopt_plan, approve_plan, refuse_plan
from vpt_regio.services.plan_reviews import (
    check_sufficiency,
    duties_part,
    make_remark,
    return_plan,
    score_duties,
    sufficiency_part,
    take_up_plan,
    withdraw_remark,
)
from vpt_regio.web import plan_pages, remark_pages
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.decide_page import step_page, take_step
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.oversight import hints_of
from vpt_regio.web.session import current_person

bp = Blueprint("plan_reviews", __name__)
bp.add_app_template_global(supplement_for)


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


@bp.get("/plannen/<int:plan_id>/beoordeling")
@authorize(Permission.ACTION_PLAN_VIEW, load_plan)
def show(plan: ActionPlan) -> ResponseReturnValue:
    if not may(Permission.ACTION_PLAN_APPROVE, plan):
        # whoever does not judge reads the outcome on the page of the plan
        return redirect(url_for("action_plans.show", plan_id=plan.id))
    return _page(plan)


@bp.post("/plannen/<int:plan_id>/in-behandeling")
@authorize(Permission.ACTION_PLAN_TAKE_UP, load_plan)
def take_up(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm, plan.latest)
    return handle(
        form,
        lambda: take_up_plan(
            plan.latest, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(plan, button=form),
        success=_url(plan),
        message=_("Het plan is in behandeling."),
    )


@bp.post("/plannen/<int:plan_id>/beoordeling/opmerkingen")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def add_remark(plan: ActionPlan) -> ResponseReturnValue:
    form = _remark_form(plan)
    return handle(
        form,
        lambda: make_remark(
            plan.latest,
            section=PlanSection(form.section.data),
            weight=RemarkWeight(form.weight.data),
            body=form.body.data,
            activity=_activity(plan, form.activity_id.data),
            actor=current_person(),
        ),
        page=lambda: _page(plan, remark_form=form),
        success=_url(plan, "opmerkingen"),
        message=_("De opmerking is bewaard. De projectleider ziet die als u het plan terugstuurt."),
    )


@bp.post("/plannen/<int:plan_id>/beoordeling/opmerkingen/<int:remark_id>/intrekken")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def remove_remark(plan: ActionPlan) -> ResponseReturnValue:
    remark_id = int((request.view_args or {})["remark_id"])
    form = make_form(AppForm)
    return handle(
        form,
        lambda: withdraw_remark(
            plan.latest, remark=find_remark(plan.latest, remark_id), actor=current_person()
        ),
        page=lambda: _page(plan, button=form),
        success=_url(plan, "opmerkingen"),
        message=_("De opmerking is ingetrokken."),
    )


@bp.post("/plannen/<int:plan_id>/beoordeling/toezicht")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def save_duties(plan: ActionPlan) -> ResponseReturnValue:
    part = duties_part(plan.latest)
    form = make_form(DutiesForm, part)
    return handle(
        form,
        lambda: score_duties(
            plan.latest,
            scores=form.scores(),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(plan, duties_form=form),
        success=_url(plan, "toereikendheid"),
        message=_("De beoordeling van de aandachtspunten is bewaard."),
        obj=part,
    )


@bp.post("/plannen/<int:plan_id>/beoordeling/toereikendheid")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def save_sufficiency(plan: ActionPlan) -> ResponseReturnValue:
    part = sufficiency_part(plan.latest)
    form = make_form(SufficiencyForm, part)
    return handle(
        form,
        lambda: check_sufficiency(
            plan.latest,
            reasoning=form.reasoning.data,
            follow_up=form.follow_up.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(plan, sufficiency_form=form),
        success=_url(plan),
        message=_("De toets op toereikendheid is bewaard."),
        obj=part,
    )


@bp.get("/plannen/<int:plan_id>/terugsturen")
@authorize(Permission.ACTION_PLAN_RETURN, load_plan)
def give_back(plan: ActionPlan) -> ResponseReturnValue:
    # what has a new remark is what the region will want to change
    news = sections_with_news(plan.latest)
    chosen = [str(section) for section in PlanSection if section in news]
    return step_page(plan, "return", make_form(ReturnForm, plan.latest, data={"sections": chosen}))


@bp.post("/plannen/<int:plan_id>/terugsturen")
@authorize(Permission.ACTION_PLAN_RETURN, load_plan)
def record_return(plan: ActionPlan) -> ResponseReturnValue:
    done = _("Het plan is teruggestuurd. De projectleider heeft bericht gekregen.")
    form = make_form(ReturnForm, plan.latest)

    def give_back_chosen(version: PlanVersion, **given: Any) -> PlanVersion:
        chosen = [PlanSection(code) for code in form.sections.data or []]
        return return_plan(version, sections=chosen, **given)

    return take_step(plan, "return", form, give_back_chosen, done)


@bp.get("/plannen/<int:plan_id>/voorlopig-vaststellen")
@authorize(Permission.ACTION_PLAN_ADOPT, load_plan)
def adopt(plan: ActionPlan) -> ResponseReturnValue:
    return step_page(plan, "adopt", make_form(NoteForm, plan.latest))


@bp.post("/plannen/<int:plan_id>/voorlopig-vaststellen")
@authorize(Permission.ACTION_PLAN_ADOPT, load_plan)
def record_adoption(plan: ActionPlan) -> ResponseReturnValue:
    done = _("Het plan is voorlopig vastgesteld.")
    return take_step(plan, "adopt", make_form(NoteForm, plan.latest), adopt_plan, done)


@bp.get("/plannen/<int:plan_id>/goedkeuren")
@authorize(Permission.ACTION_PLAN_APPROVE, load_plan)
def approve(plan: ActionPlan) -> ResponseReturnValue:
    return step_page(plan, "approve", make_form(NoteForm, plan.latest))


@bp.post("/plannen/<int:plan_id>/goedkeuren")
@authorize(Permission.ACTION_PLAN_APPROVE, load_plan)
def record_approval(plan: ActionPlan) -> ResponseReturnValue:
    done = _("Het plan is goedgekeurd namens de minister.")
    return take_step(plan, "approve", make_form(NoteForm, plan.latest), approve_plan, done)


@bp.get("/plannen/<int:plan_id>/afwijzen")
@authorize(Permission.ACTION_PLAN_REFUSE, load_plan)
def refuse(plan: ActionPlan) -> ResponseReturnValue:
    return step_page(plan, "refuse", make_form(RefusalForm, plan.latest))


@bp.post("/plannen/<int:plan_id>/afwijzen")
@authorize(Permission.ACTION_PLAN_REFUSE, load_plan)
def record_refusal(plan: ActionPlan) -> ResponseReturnValue:
    done = _("Het plan is afgewezen namens de minister.")
    return take_step(plan, "refuse", make_form(RefusalForm, plan.latest), refuse_plan, done)


def _page(
    plan: ActionPlan,
    *,
    button: AppForm | None = None,
    remark_form: RemarkForm | None = None,
    duties_form: DutiesForm | None = None,
    sufficiency_form: SufficiencyForm | None = None,
) -> str:
    version = load_content(plan.latest)
    button = button or make_form(AppForm)
    button.version.data = str(version.version)
    findings = find_all(version)
    available = available_cents(version)
    return render_template(
        "plan_reviews/show.html",
        plan=plan,
        version=version,
        findings=findings,
        steps=plan_pages.steps_of(version),
        can_review=version.status is ActionPlanStatus.IN_REVIEW
        and may(Permission.ACTION_PLAN_REVIEW, plan),
        button=button,
        remark_form=remark_form or _remark_form(plan),
        duties=duties_form or make_form(DutiesForm, duties_part(version)),
        duty_hints=hints_of(plan.region, version),
        sufficiency_form=sufficiency_form or make_form(SufficiencyForm, sufficiency_part(version)),
        headings=WATCH_DUTY_HEADINGS,
        phases=cents_by_phase(version),
        costs=cost_table(version),
        available=available,
        outcome=_outcome(version, available),
        lines=remark_pages.lines_of(version),
        decisions=list_decisions(plan),
    )


def _remark_form(plan: ActionPlan) -> RemarkForm:
    everywhere = ("", _("Het hele onderdeel"))
    activities = [
        (activity.activity_id, f"{activity.activity.number}. {activity.title}")
        for activity in load_content(plan.latest).activities
    ]
    return make_form(RemarkForm, choices={"activity_id": [everywhere, *activities]})


def _activity(plan: ActionPlan, activity_id: int | None) -> Activity | None:
    activities = (activity.activity for activity in plan.latest.activities)
    return next((activity for activity in activities if activity.id == activity_id), None)


def _outcome(version: PlanVersion, available: int | None) -> SufficiencyOutcome | None:
    if available is None:
        return None
    return assess(available=available, planned=version.budget_cents)


def _url(plan: ActionPlan, anchor: str | None = None) -> str:
    return url_for("plan_reviews.show", plan_id=plan.id, _anchor=anchor)
