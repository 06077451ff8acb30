"""What the pages about an action plan share: addresses of its parts, and the steps to take."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from vpt_regio.domain.enums import (
    AGREEMENT_LEVEL_LABELS,
    DUTY_SCORE_LABELS,
    EXEMPTION_LABELS,
    PHASE_LABELS,
    PLAN_SECTION_LABELS,
    WATCH_DUTY_LABELS,
    PlanSection,
)
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.rules.completeness import REJECTED, UNANSWERED, Gap
from vpt_regio.domain.rules.sufficiency import VERDICT_LABELS
from vpt_regio.domain.workflow import Transition
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.decisions import DECISION_LABELS, DecisionRequest
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.decision_requests import ASKED_IN, open_request
from vpt_regio.queries.history import REVIEW_ACTIONS, list_history_of
from vpt_regio.queries.plan_facts import Findings
from vpt_regio.queries.remarks import visible_remark_ids
from vpt_regio.services import transitions
from vpt_regio.services.plan_parts import locked_sections
from vpt_regio.services.plan_versions import CAN_BE_FOLLOWED
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import plain_day
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

TEXT_SLUGS = {
    "probleemanalyse": PlanSection.PROBLEM_ANALYSIS,
    "aanpak": PlanSection.APPROACH,
    "borging": PlanSection.EMBEDDING,
}
SLUGS = {section: slug for slug, section in TEXT_SLUGS.items()}

# step → its page, or the address of its button when one click is enough
STEP_ENDPOINTS = {
    "submit": "action_plans.submit",
    "withdraw": "action_plans.withdraw",
    "take_up": "plan_reviews.take_up",
    "return": "plan_reviews.give_back",
    "adopt": "plan_reviews.adopt",
    "approve": "plan_reviews.approve",
    "refuse": "plan_reviews.refuse",
    "reopen": "plan_decisions.reopen",
}
ONE_CLICK = ("submit", "take_up")
# the button of a step that leads on stands out; the others do not
KINDS = {"withdraw": "secondary", "return": "secondary", "refuse": "danger", "reopen": "danger"}

WORDS: dict[str, Mapping[Any, str]] = {
    "section": PLAN_SECTION_LABELS,
    "phase": PHASE_LABELS,
    "agreement": AGREEMENT_LEVEL_LABELS,
    "duty": WATCH_DUTY_LABELS,
    "score": DUTY_SCORE_LABELS,
    "verdict": VERDICT_LABELS,
    "decision": DECISION_LABELS,
    "exemption": EXEMPTION_LABELS,
}


@dataclass(frozen=True)
class Step:
    """A step that this person may take, and why it cannot be taken now.

    `note` says what waits; without an address it is all there is to show.
    """

    code: str
    label: str
    url: str
    is_button: bool
    reasons: tuple[str, ...]
    kind: str
    note: str = ""


@dataclass(frozen=True)
class SectionRow:
    """A section in the table of contents: its state, and where to edit it."""

    section: PlanSection
    name: str
    gaps: int
    url: str
    is_locked: bool = False


def steps_of(version: PlanVersion) -> list[Step]:
    """Return the steps from the present state for the person who is signed in."""
    actor = current_person()
    steps = transitions.available(version, workflow=ACTION_PLAN, actor=actor)
    own = [_step(version, step) for step in steps if step.code in STEP_ENDPOINTS]
    return [*own, *_request_steps(version)]


def can_start_new_version(plan: ActionPlan) -> bool:
    return plan.latest.status in CAN_BE_FOLLOWED and may(Permission.ACTION_PLAN_EDIT, plan)


def can_edit(version: PlanVersion) -> bool:
    is_draft = version.status is ActionPlanStatus.DRAFT
    return is_draft and may(Permission.ACTION_PLAN_EDIT, version)


def locks_of(version: PlanVersion) -> frozenset[PlanSection]:
    """Return the sections that this person could change, were they not locked by a return."""
    return locked_sections(version) if can_edit(version) else frozenset()


def sections_of(
    version: PlanVersion, findings: Findings, locked: Collection[PlanSection] = ()
) -> list[SectionRow]:
    """Return the sections in their order, each with the number of its gaps."""
    plan_id = version.action_plan_id
    return [
        SectionRow(
            section,
            label(PLAN_SECTION_LABELS[section]),
            len(findings.gaps_in(section)),
            section_url(plan_id, section),
            section in locked,
        )
        for section in PlanSection
    ]


def gap_links(version: PlanVersion, gaps: Iterable[Gap]) -> list[tuple[str, str]]:
    """Return each gap in the language of the page, with the address of the field to fill in."""
    return [(label(gap.message, **gap.params), gap_url(version, gap)) for gap in gaps]


def gap_url(version: PlanVersion, gap: Gap) -> str:
    """Return where a gap is repaired."""
    plan_id = version.action_plan_id
    if gap.code == "no_activities":
        return url_for("activities.new", plan_id=plan_id)
    if gap.code == UNANSWERED:
        key = gap.params["remark_key"]
        return url_for("remarks.index", plan_id=plan_id, _anchor=f"opmerking-{key}")
    if gap.code in ("measure_without_activity", REJECTED):
        return url_for(
            "plan_sections.measures", plan_id=plan_id, maatregel=gap.params["measure_code"]
        )
    number = gap.params.get("number")
    for activity in version.activities:
        if str(activity.activity.number) == number:
            return url_for(
                "activities.edit",
                plan_id=plan_id,
                activity_id=activity.activity_id,
                _anchor=gap.field,
            )
    return section_url(plan_id, gap.section, anchor=gap.field)


def section_url(plan_id: int, section: PlanSection, *, anchor: str | None = None) -> str:
    """Return the page on which a section is edited."""
    if section in SLUGS:
        slug = SLUGS[section]
        return url_for("plan_sections.edit_text", plan_id=plan_id, section=slug, _anchor=anchor)
    endpoint = {
        PlanSection.ACTIVITIES: "activities.index",
        PlanSection.BUDGET: "plan_sections.budget",
        PlanSection.AGREEMENT: "plan_sections.agreement",
    }[section]
    return url_for(endpoint, plan_id=plan_id, _anchor=anchor)


def plan_history(plan: ActionPlan) -> list[tuple[str, str, str, str]]:
    """Return the history of all versions; of equal lines in a row only the newest.

    The work of a reviewer shows to reviewers only.
    """
    keys = [(PlanVersion.__tablename__, str(version.id)) for version in plan.versions]
    sees_all = remarks_are_visible(plan)
    remarks = visible_remark_ids(plan, before_review_ends=sees_all)
    keys += [(Remark.__tablename__, str(remark_id)) for remark_id in remarks]
    without = () if sees_all else REVIEW_ACTIONS
    lines = in_words(list_history_of(keys, without=without))
    # saving while typing leaves many traces that say the same
    return [
        line
        for position, line in enumerate(lines)
        if position == 0 or line[1:] != lines[position - 1][1:]
    ]


def remarks_are_visible(plan: ActionPlan) -> bool:
    """Return whether this person sees the remarks of a review that goes on."""
    return may(Permission.ACTION_PLAN_APPROVE, plan)


def shows_review(version: PlanVersion) -> bool:
    """Return whether this person sees the judgement of a version: others than reviewers do once
    the review has ended.
    """
    is_going_on = version.status is ActionPlanStatus.IN_REVIEW
    return not is_going_on or remarks_are_visible(version.plan)


def plan_word(kind: str, value: Any) -> str | None:
    """Return the word for a value of one of the lists of a plan; None stays None."""
    return None if value is None else label(WORDS[kind][value])


def _request_steps(version: PlanVersion) -> list[Step]:
    """Return what a reviewer can do about a request to a mandate holder: make or return it."""
    if version.status not in ASKED_IN or not remarks_are_visible(version.plan):
        return []
    plan_id, request = version.action_plan_id, open_request(version)
    if request is None:
        if not may(Permission.ACTION_PLAN_REVIEW, version):
            return []
        name = gettext("Voorleggen aan een mandaathouder")
        url = url_for("plan_decisions.ask", plan_id=plan_id)
        return [Step("ask", name, url, is_button=False, reasons=(), kind="secondary")]
    note = gettext(
        "%(person)s vraagt sinds %(day)s: %(what)s. %(note)s",
        person=request.requested_by.name,
        day=plain_day(request.requested_on),
        what=label(PERMISSION_LABELS[request.permission]),
        note=request.note,
    )
    name = gettext("Verzoek terugsturen")
    url = url_for("plan_decisions.answer", plan_id=plan_id) if _may_answer(request) else ""
    return [Step("answer", name, url, is_button=False, reasons=(), kind="secondary", note=note)]


def _may_answer(request: DecisionRequest) -> bool:
    is_own = request.requested_by_id == current_person().id
    return is_own or may(request.permission, request.plan_version)


def _step(version: PlanVersion, step: Transition) -> Step:
    blockers = transitions.blockers(
        version, step.code, workflow=ACTION_PLAN, actor=current_person()
    )
    return Step(
        code=step.code,
        label=label(step.label),
        url=url_for(STEP_ENDPOINTS[step.code], plan_id=version.action_plan_id),
        is_button=step.code in ONE_CLICK,
        reasons=tuple(message_of(error) for error in blockers),
        kind=KINDS.get(step.code, "primary"),
    )
