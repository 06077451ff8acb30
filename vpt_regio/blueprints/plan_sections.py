"""The pages on which the sections of a draft are written; activities have pages of their own."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import AgreementLevel, Phase, PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.action_plans import (
    NOT_CHOSEN,
    AgreementForm,
    ApproachForm,
    BudgetLineForm,
    EmbeddingForm,
    ExemptionForm,
    OtherFundingForm,
    ProblemAnalysisForm,
)
from vpt_regio.forms.base import AppForm
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.action_plans import find_budget_line, get_plan, load_content
from vpt_regio.queries.plan_facts import (
    available_cents,
    cents_by_phase,
    find_all,
    measures_of,
    rejected_reasons,
)
from vpt_regio.queries.remarks import lines_at
from vpt_regio.services.action_plans import (
    add_budget_line,
    edit_texts,
    exempt_measure,
    remove_budget_line,
    set_agreement,
    set_other_funding,
    withdraw_exemption,
)
from vpt_regio.services.plan_parts import (
    AGREEMENT_FIELDS,
    FUNDING_FIELDS,
    PlanPart,
    part_of,
    require_open,
)
from vpt_regio.web import plan_pages, remark_pages
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("plan_sections", __name__)

TEXT_FORMS = {
    "probleemanalyse": ProblemAnalysisForm,
    "aanpak": ApproachForm,
    "borging": EmbeddingForm,
}


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


def load_text_section(plan_id: int, section: str) -> ActionPlan | None:
    return get_plan(plan_id) if section in TEXT_FORMS else None


@bp.get("/plannen/<int:plan_id>/onderdelen/<section>")
@authorize(Permission.ACTION_PLAN_EDIT, load_text_section)
def edit_text(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, plan_pages.TEXT_SLUGS[_slug()])
    return _text_page(plan, make_form(TEXT_FORMS[_slug()], _text_part(plan)))


@bp.post("/plannen/<int:plan_id>/onderdelen/<section>")
@authorize(Permission.ACTION_PLAN_EDIT, load_text_section)
def save_text(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(TEXT_FORMS[_slug()], _text_part(plan))
    field = str(plan_pages.TEXT_SLUGS[_slug()])
    return handle(
        form,
        lambda: edit_texts(
            plan.latest,
            actor=current_person(),
            expected_version=form.expected_version,
            **{field: form[field].data},
        ),
        page=lambda: _text_page(plan, form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=_("Het onderdeel is bewaard."),
        obj=_text_part(plan),
    )


@bp.get("/plannen/<int:plan_id>/overeenstemming")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def agreement(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, PlanSection.AGREEMENT)
    form = make_form(AgreementForm, part_of(plan.latest, *AGREEMENT_FIELDS))
    return _page(plan, "agreement", PlanSection.AGREEMENT, form=form)


@bp.post("/plannen/<int:plan_id>/overeenstemming")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def save_agreement(plan: ActionPlan) -> ResponseReturnValue:
    part = part_of(plan.latest, *AGREEMENT_FIELDS)
    form = make_form(AgreementForm, part)
    return handle(
        form,
        lambda: set_agreement(
            plan.latest,
            actor=current_person(),
            consensus_analysis=_level(form.consensus_analysis.data),
            consensus_analysis_note=form.consensus_analysis_note.data,
            consensus_approach=_level(form.consensus_approach.data),
            consensus_approach_note=form.consensus_approach_note.data,
            expected_version=form.expected_version,
        ),
        page=lambda: _page(plan, "agreement", PlanSection.AGREEMENT, form=form),
        success=url_for("action_plans.show", plan_id=plan.id),
        message=_("De overeenstemming is bewaard."),
        obj=part,
    )


@bp.get("/plannen/<int:plan_id>/begroting")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def budget(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, PlanSection.BUDGET)
    return _budget_page(plan, make_form(BudgetLineForm), _funding_form(plan))


@bp.post("/plannen/<int:plan_id>/begroting")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def add_line(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(BudgetLineForm)
    return handle(
        form,
        lambda: add_budget_line(
            plan.latest,
            phase=Phase(form.phase.data),
            description=form.description.data,
            amount_cents=form.amount_cents.data,
            actor=current_person(),
        ),
        page=lambda: _budget_page(plan, form, _funding_form(plan)),
        success=url_for("plan_sections.budget", plan_id=plan.id),
        message=_("De begrotingsregel is toegevoegd."),
    )


@bp.post("/plannen/<int:plan_id>/begroting/<int:line_id>/verwijderen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def remove_line(plan: ActionPlan) -> ResponseReturnValue:
    line_id = _part("line_id")
    return handle(
        make_form(AppForm),
        lambda: remove_budget_line(
            plan.latest, line=find_budget_line(plan.latest, line_id), actor=current_person()
        ),
        page=lambda: _budget_page(plan, make_form(BudgetLineForm), _funding_form(plan)),
        success=url_for("plan_sections.budget", plan_id=plan.id),
        message=_("De begrotingsregel is verwijderd."),
    )


@bp.post("/plannen/<int:plan_id>/begroting/geld-van-anderen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def save_funding(plan: ActionPlan) -> ResponseReturnValue:
    form = _funding_form(plan)
    return handle(
        form,
        lambda: set_other_funding(
            plan.latest,
            amount_cents=form.other_funding_cents.data,
            note=form.other_funding_note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _budget_page(plan, make_form(BudgetLineForm), form),
        success=url_for("plan_sections.budget", plan_id=plan.id),
        message=_("Het geld van anderen is bewaard."),
        obj=part_of(plan.latest, *FUNDING_FIELDS),
    )


@bp.get("/plannen/<int:plan_id>/maatregelen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def measures(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, PlanSection.ACTIVITIES)
    asked = number_asked("maatregel")
    form = make_form(ExemptionForm, data={"measure_id": asked}, choices=_measure_choices(plan))
    return _measures_page(plan, form)


@bp.post("/plannen/<int:plan_id>/maatregelen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def exempt(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(ExemptionForm, choices=_measure_choices(plan))
    return handle(
        form,
        lambda: exempt_measure(
            plan.latest,
            measure=_measure(measures_of(plan.latest), form.measure_id.data),
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _measures_page(plan, form),
        success=url_for("plan_sections.measures", plan_id=plan.id),
        message=_("De reden is bewaard."),
    )


@bp.post("/plannen/<int:plan_id>/maatregelen/<int:measure_id>/opnemen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def withdraw(plan: ActionPlan) -> ResponseReturnValue:
    measure_id = _part("measure_id")
    return handle(
        make_form(AppForm),
        lambda: withdraw_exemption(
            plan.latest, measure=_measure(_exempted(plan), measure_id), actor=current_person()
        ),
        page=lambda: _measures_page(plan, make_form(ExemptionForm, choices=_measure_choices(plan))),
        success=url_for("plan_sections.measures", plan_id=plan.id),
        message=_("De maatregel hoort weer bij het plan."),
    )


def _slug() -> str:
    return str((request.view_args or {})["section"])


def _part(name: str) -> int:
    """Return a number from the address of this page."""
    return int((request.view_args or {})[name])


def _level(value: str | None) -> AgreementLevel | None:
    return AgreementLevel(value) if value else None


def _text_part(plan: ActionPlan) -> PlanPart:
    return part_of(plan.latest, str(plan_pages.TEXT_SLUGS[_slug()]))


def _text_page(plan: ActionPlan, form: AppForm) -> str:
    section = plan_pages.TEXT_SLUGS[_slug()]
    return _page(plan, "text", section, form=form)


def _funding_form(plan: ActionPlan) -> OtherFundingForm:
    return make_form(OtherFundingForm, part_of(plan.latest, *FUNDING_FIELDS))


def _budget_page(plan: ActionPlan, form: BudgetLineForm, funding: OtherFundingForm) -> str:
    version = load_content(plan.latest)
    return _page(
        plan,
        "budget",
        PlanSection.BUDGET,
        form=form,
        funding=funding,
        button=make_form(AppForm),
        version=version,
        phases=cents_by_phase(version),
        available=available_cents(version),
    )


def _measures_page(plan: ActionPlan, form: ExemptionForm) -> str:
    version = load_content(plan.latest)
    return _page(
        plan,
        "measures",
        PlanSection.ACTIVITIES,
        form=form,
        button=make_form(AppForm),
        version=version,
        findings=find_all(version),
        rejected=rejected_reasons(version),
    )


def _page(plan: ActionPlan, name: str, section: PlanSection, **values: Any) -> str:
    """Render the page of a section, with the remarks on it and the forms to answer them."""
    version = values.pop("version", plan.latest)
    lines = lines_at(remark_pages.lines_of(version), section)
    return render_template(
        f"action_plans/edit_{name}.html",
        plan=plan,
        section=section,
        version=version,
        lines=lines,
        answers=remark_pages.answer_forms(version, lines),
        **values,
    )


def _measure_choices(plan: ActionPlan) -> dict[str, list[tuple[Any, str]]]:
    listed = [(measure.id, measure.name) for measure in measures_of(plan.latest)]
    return {"measure_id": [NOT_CHOSEN, *listed]}


def _exempted(plan: ActionPlan) -> list[Measure]:
    return [exemption.measure for exemption in plan.latest.exemptions]


def _measure(measures: Iterable[Measure], measure_id: int | None) -> Measure:
    """Return a measure of the list; the page is not there for any other."""
    found = [measure for measure in measures if measure.id == measure_id]
    return found[0] if found else abort(404)
