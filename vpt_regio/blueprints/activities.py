"""The activities of a draft: the list, adding, changing and removing one."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.enums import PlanSection
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.action_plans import NOT_CHOSEN, ActivityForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.action_plans import ActionPlan, ActivityVersion, PlanVersion
from vpt_regio.models.programmes import Measure, PolicyLine
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.action_plans import (
    find_activity,
    get_plan,
    list_owners,
    load_content,
)
from vpt_regio.queries.plan_facts import find_all, measures_of
from vpt_regio.queries.programmes import list_policy_lines
from vpt_regio.queries.remarks import RemarkLine, lines_at
from vpt_regio.queries.same_entries import in_list, with_kept
from vpt_regio.services.activities import (
    ActivityContent,
    add_activity,
    change_activity,
    remove_activity,
)
from vpt_regio.services.plan_parts import activity_part, require_open
from vpt_regio.web import plan_pages, remark_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("activities", __name__)


def load_plan(plan_id: int, **_parts: Any) -> ActionPlan | None:
    return get_plan(plan_id)


def load_activity(plan_id: int, activity_id: int) -> ActivityVersion | None:
    plan = get_plan(plan_id)
    return find_activity(plan.latest, activity_id) if plan else None


@bp.get("/plannen/<int:plan_id>/activiteiten")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def index(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, PlanSection.ACTIVITIES, PlanSection.BUDGET)
    return _list_page(plan, make_form(AppForm))


@bp.get("/plannen/<int:plan_id>/activiteiten/nieuw")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def new(plan: ActionPlan) -> ResponseReturnValue:
    require_open(plan.latest, PlanSection.ACTIVITIES)
    return _edit_page(plan, None, make_form(ActivityForm, choices=_Choices(plan).options()))


@bp.post("/plannen/<int:plan_id>/activiteiten/nieuw")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def create(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(ActivityForm, choices=_Choices(plan).options())
    return handle(
        form,
        lambda: add_activity(plan.latest, actor=current_person(), **_Choices(plan).content(form)),
        page=lambda: _edit_page(plan, None, form),
        success=url_for("activities.index", plan_id=plan.id),
        message=_("De activiteit is toegevoegd."),
    )


@bp.get("/plannen/<int:plan_id>/activiteiten/<int:activity_id>/bewerken")
@authorize(Permission.ACTION_PLAN_EDIT, load_activity)
def edit(activity: ActivityVersion) -> ResponseReturnValue:
    plan = activity.plan_version.plan
    require_open(plan.latest, PlanSection.ACTIVITIES, PlanSection.BUDGET)
    choices = _Choices(plan, activity)
    form = make_form(ActivityForm, _Shown(activity, choices), choices=choices.options())
    return _edit_page(plan, activity, form)


@bp.post("/plannen/<int:plan_id>/activiteiten/<int:activity_id>/bewerken")
@authorize(Permission.ACTION_PLAN_EDIT, load_activity)
def save(activity: ActivityVersion) -> ResponseReturnValue:
    plan = activity.plan_version.plan
    choices = _Choices(plan, activity)
    part = _Shown(activity, choices)
    form = make_form(ActivityForm, part, choices=choices.options())
    return handle(
        form,
        lambda: change_activity(
            activity,
            actor=current_person(),
            expected_version=form.expected_version,
            **_Choices(plan, activity).content(form),
        ),
        page=lambda: _edit_page(plan, activity, form),
        success=url_for("activities.index", plan_id=plan.id),
        message=_("De activiteit is bewaard."),
        obj=part,
    )


@bp.get("/plannen/<int:plan_id>/activiteiten/<int:activity_id>/verwijderen")
@authorize(Permission.ACTION_PLAN_EDIT, load_activity)
def ask_to_remove(activity: ActivityVersion) -> ResponseReturnValue:
    require_open(activity.plan_version, PlanSection.ACTIVITIES)
    plan = activity.plan_version.plan
    return render_template(
        "activities/remove.html", plan=plan, activity=activity, form=make_form(AppForm)
    )


@bp.post("/plannen/<int:plan_id>/activiteiten/<int:activity_id>/verwijderen")
@authorize(Permission.ACTION_PLAN_EDIT, load_plan)
def remove(plan: ActionPlan) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: remove_activity(_activity_of(plan), actor=current_person()),
        page=lambda: _list_page(plan, form),
        success=url_for("activities.index", plan_id=plan.id),
        message=_("De activiteit is uit dit concept verwijderd."),
    )


class _Choices:
    """What can be chosen for an activity: the lists of today, and what it holds already."""

    def __init__(self, plan: ActionPlan, activity: ActivityVersion | None = None) -> None:
        kept = [link.measure for link in activity.measures] if activity else []
        self.measures: list[Measure] = with_kept(measures_of(plan.latest), kept)
        line = activity.policy_line if activity else None
        self.policy_lines: list[PolicyLine] = with_kept(
            list_policy_lines(plan.region.programme, on=clock.today()), [line] if line else []
        )
        self.owners: list[Organisation] = list_owners(
            plan.region, keep=activity.owner if activity else None
        )

    def options(self) -> dict[str, list[tuple[Any, str]]]:
        return {
            "measures": [(measure.id, measure.name) for measure in self.measures],
            "policy_line_id": [NOT_CHOSEN, *((line.id, line.name) for line in self.policy_lines)],
            "owner_id": [NOT_CHOSEN, *((owner.id, owner.name) for owner in self.owners)],
        }

    def content(self, form: ActivityForm) -> ActivityContent:
        """Return what was filled in, with the records that were chosen."""
        lines = {line.id: line for line in self.policy_lines}
        owners = {owner.id: owner for owner in self.owners}
        return ActivityContent(
            title=form.title.data,
            description=form.description.data,
            measures=[m for m in self.measures if m.id in (form.measures.data or ())],
            policy_line=lines.get(form.policy_line_id.data),
            is_awareness=form.is_awareness.data,
            target_group=form.target_group.data,
            owner=owners.get(form.owner_id.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            development_cents=form.development_cents.data,
            implementation_cents=form.implementation_cents.data,
        )


class _Shown:
    """What is stored of an activity, with measures and main line as the lists of today have them.

    Its version is that of the activity as a part.
    """

    def __init__(self, activity: ActivityVersion, choices: _Choices) -> None:
        self._part, self._choices = activity_part(activity), choices

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._part, name)
        if name == "measures":
            return in_list(Measure, value, self._choices.measures)
        if name == "policy_line_id":
            return in_list(PolicyLine, [value], self._choices.policy_lines)[0]
        return value


def _activity_of(plan: ActionPlan) -> ActivityVersion:
    """Return the activity of this address; one that was removed already is not there."""
    activity_id = int((request.view_args or {})["activity_id"])
    return find_activity(plan.latest, activity_id) or abort(404)


def _list_page(plan: ActionPlan, form: AppForm) -> str:
    version = load_content(plan.latest)
    findings = find_all(version)
    lines = _lines(version)
    return render_template(
        "activities/index.html",
        plan=plan,
        version=version,
        form=form,
        findings=findings,
        gaps=plan_pages.gap_links(version, findings.gaps_in(PlanSection.ACTIVITIES)),
        is_locked=_is_locked(version),
        lines=lines,
        answers=remark_pages.answer_forms(version, lines),
    )


def _edit_page(plan: ActionPlan, activity: ActivityVersion | None, form: ActivityForm) -> str:
    version = plan.latest
    lines = _lines(version, activity.activity_id if activity else None)
    return render_template(
        "activities/edit.html",
        plan=plan,
        version=version,
        activity=activity,
        form=form,
        is_locked=_is_locked(version),
        lines=lines,
        answers=remark_pages.answer_forms(version, lines),
    )


def _lines(version: PlanVersion, activity_id: int | None = None) -> list[RemarkLine]:
    """Return the remarks at the activities, and those at the budget of this activity."""
    lines = remark_pages.lines_of(version)
    at_budget = lines_at(lines, PlanSection.BUDGET, activity_id=activity_id)
    return [
        *lines_at(lines, PlanSection.ACTIVITIES, activity_id=activity_id),
        *(line for line in at_budget if line.remark.activity_id is not None),
    ]


def _is_locked(version: PlanVersion) -> bool:
    """Tell whether only the amounts of the activities can be changed."""
    return PlanSection.ACTIVITIES in plan_pages.locks_of(version)
