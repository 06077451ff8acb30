"""The pages on which remarks at a plan are made, answered, settled and opened again."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import ExemptionVerdict, PlanSection, RemarkWeight
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.remarks import paragraphs_of
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.remarks import (
    AnswerForm,
    PlaceRemarkForm,
    ReopenForm,
    SettleForm,
    VerdictForm,
)
from vpt_regio.models.action_plans import ActionPlan, MeasureExemption
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.action_plans import get_plan, load_content
from vpt_regio.queries.remarks import RemarkLine, get_remark
from vpt_regio.services.exemptions import exemption_part, judge_exemption
from vpt_regio.services.remarks import (
    JUDGED,
    answer_remark,
    make_remark,
    may_review,
    reopen_remark,
    settle_remark,
)
from vpt_regio.web import remark_pages
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("remarks", __name__)
bp.add_app_template_filter(paragraphs_of, "as_paragraphs")


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


def load_remark(plan_id: int, remark_id: int) -> Remark | None:
    return get_remark(plan_id, remark_id)


@bp.get("/plannen/<int:plan_id>/opmerkingen")
@authorize(Permission.ACTION_PLAN_VIEW, load_plan)
def index(plan: ActionPlan) -> ResponseReturnValue:
    return _list_page(plan)


@bp.get("/plannen/<int:plan_id>/opmerkingen/nieuw")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def new(plan: ActionPlan) -> ResponseReturnValue:
    may_review(current_person(), plan.latest)
    place = remark_pages.place_asked(plan.latest, request.args.get("plaats", ""))
    return _new_page(plan, make_form(PlaceRemarkForm, data={"seen": place.text}))


@bp.post("/plannen/<int:plan_id>/opmerkingen/nieuw")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def create(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(PlaceRemarkForm)
    asked = request.args.get("plaats", "")
    remark_pages.place_asked(plan.latest, asked)
    return handle(
        form,
        lambda: _make_at(plan, asked, form),
        page=lambda: _new_page(plan, form),
        success=url_for("plan_reviews.show", plan_id=plan.id, _anchor="opmerkingen"),
        message=_("De opmerking is bewaard. De projectleider ziet die als u het plan terugstuurt."),
    )


@bp.get("/plannen/<int:plan_id>/opmerkingen/<int:remark_id>")
@authorize(Permission.ACTION_PLAN_VIEW, load_remark)
def show(remark: Remark) -> ResponseReturnValue:
    return _remark_page(remark)


@bp.post("/plannen/<int:plan_id>/opmerkingen/<int:remark_id>/antwoord")
@authorize(Permission.ACTION_PLAN_EDIT, load_remark)
def answer(remark: Remark) -> ResponseReturnValue:
    plan = remark.plan_version.plan
    form = remark_pages.answer_form(remark)
    return handle(
        form,
        lambda: answer_remark(
            remark,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _list_page(plan, sent={remark.id: form}),
        success=url_for("remarks.index", plan_id=plan.id, _anchor=f"opmerking-{remark.id}"),
        message=_("Uw antwoord is bewaard. De accountmanager leest het als u het plan indient."),
    )


@bp.post("/plannen/<int:plan_id>/opmerkingen/<int:remark_id>/afhandelen")
@authorize(Permission.ACTION_PLAN_REVIEW, load_remark)
def settle(remark: Remark) -> ResponseReturnValue:
    form = make_form(SettleForm, remark)
    return _judged(remark, form, settle_remark, _("De opmerking is afgehandeld."), settle=form)


@bp.post("/plannen/<int:plan_id>/opmerkingen/<int:remark_id>/opnieuw-openen")
@authorize(Permission.ACTION_PLAN_REVIEW, load_remark)
def reopen(remark: Remark) -> ResponseReturnValue:
    form = make_form(ReopenForm, remark)
    return _judged(remark, form, reopen_remark, _("De opmerking is weer open."), reopen=form)


@bp.get("/plannen/<int:plan_id>/maatregelen/<int:measure_id>/oordeel")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def judge(plan: ActionPlan) -> ResponseReturnValue:
    may_review(current_person(), plan.latest)
    exemption = _exemption(plan) or abort(404)
    return _verdict_page(plan, make_form(VerdictForm, exemption_part(exemption)))


@bp.post("/plannen/<int:plan_id>/maatregelen/<int:measure_id>/oordeel")
@authorize(Permission.ACTION_PLAN_REVIEW, load_plan)
def save_verdict(plan: ActionPlan) -> ResponseReturnValue:
    part = exemption_part(_exemption(plan) or abort(404))
    form = make_form(VerdictForm, part)
    return handle(
        form,
        lambda: judge_exemption(
            plan.latest,
            exemption=_exemption(plan),
            verdict=ExemptionVerdict(form.verdict.data),
            note=form.verdict_note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _verdict_page(plan, form),
        success=url_for("plan_reviews.show", plan_id=plan.id, _anchor="niet-opgenomen"),
        message=_("Uw oordeel is bewaard."),
        obj=part,
    )


def _make_at(plan: ActionPlan, asked: str, form: PlaceRemarkForm) -> Remark:
    place = remark_pages.place_asked(plan.latest, asked)
    return make_remark(
        plan.latest,
        section=place.section,
        weight=RemarkWeight(form.weight.data),
        body=form.body.data,
        seen=form.seen.data,
        actor=current_person(),
        **place.arguments,
    )


def _judged(
    remark: Remark,
    form: SettleForm | ReopenForm,
    service: Callable[..., Any],
    done: str,
    **forms: AppForm,
) -> ResponseReturnValue:
    plan_id = remark.plan_version.action_plan_id
    return handle(
        form,
        lambda: service(
            remark,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _remark_page(remark, **forms),
        success=url_for("remarks.index", plan_id=plan_id, _anchor=f"opmerking-{remark.id}"),
        message=done,
    )


def _list_page(plan: ActionPlan, *, sent: dict[int, AnswerForm] | None = None) -> str:
    version = load_content(plan.latest)
    lines = remark_pages.lines_of(version)
    return render_template(
        "remarks/index.html",
        plan=plan,
        version=version,
        sections=list(PlanSection),
        lines=lines,
        answers=remark_pages.answer_forms(version, lines, sent=sent),
        can_judge=_can_judge(plan),
    )


def _new_page(plan: ActionPlan, form: PlaceRemarkForm) -> str:
    place = remark_pages.place_asked(plan.latest, request.args.get("plaats", ""))
    # after a conflict the next remark is about what stands there now
    form.seen.data = place.text
    return render_template("remarks/new.html", plan=plan, place=place, form=form)


def _remark_page(
    remark: Remark, *, settle: AppForm | None = None, reopen: AppForm | None = None
) -> str:
    plan = remark.plan_version.plan
    version = load_content(plan.latest)
    lines = [one for one in remark_pages.lines_of(version) if one.remark.id == remark.id]
    line: RemarkLine = lines[0] if lines else abort(404)
    settle = settle or make_form(SettleForm, remark)
    reopen = reopen or make_form(ReopenForm, remark)
    for name, form in (("afhandelen", settle), ("opnieuw", reopen)):
        form["note"].id = form["note"].label.field_id = f"{name}-toelichting"
        # after a conflict the page shows what holds now
        form.version.data = str(remark.version)
    return render_template(
        "remarks/show.html",
        plan=plan,
        version=version,
        line=line,
        answers=remark_pages.answer_forms(version, lines),
        can_judge=_can_judge(plan),
        settle=settle,
        reopen=reopen,
    )


def _verdict_page(plan: ActionPlan, form: VerdictForm) -> str:
    exemption = _exemption(plan) or abort(404)
    return render_template("remarks/judge.html", plan=plan, exemption=exemption, form=form)


def _can_judge(plan: ActionPlan) -> bool:
    return plan.latest.status in JUDGED and may(Permission.ACTION_PLAN_REVIEW, plan)


def _exemption(plan: ActionPlan) -> MeasureExemption | None:
    """Return the reason of this address in the newest version."""
    measure_id = int((request.view_args or {})["measure_id"])
    return next((one for one in plan.latest.exemptions if one.measure_id == measure_id), None)
