"""The remarks at a plan, through all its versions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql import Select

from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.rules.remarks import find_again, paragraphs_of
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.remarks import REMARK, RemarkStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.remarks import Remark, RemarkEntry
from vpt_regio.queries.same_entries import same_measures

TEXT_SECTIONS = (PlanSection.PROBLEM_ANALYSIS, PlanSection.APPROACH, PlanSection.EMBEDDING)


@dataclass(frozen=True)
class RemarkLine:
    """A remark with the words on it that a person may see, and the status that follows from them.

    `now` is what stands at its place in the version that is shown: None when that is gone, the
    empty text when the remark is about a section as a whole.
    """

    remark: Remark
    entries: tuple[RemarkEntry, ...]
    status: RemarkStatus
    now: str | None

    @property
    def answer(self) -> RemarkEntry | None:
        """The answer that was given last, when nothing was said since."""
        last = self.entries[-1] if self.entries else None
        return last if last is not None and last.step == "answer" else None

    @property
    def has_changed(self) -> bool:
        return bool(self.remark.quote) and self.now != self.remark.quote


def list_remark_lines(version: PlanVersion, *, before_review_ends: bool) -> list[RemarkLine]:
    """Return every remark at the plan of a version, oldest first, beside the text of the version.

    What a reviewer says in a review that goes on is not final: `before_review_ends` includes it.
    """
    query = (
        _of_plan(version.plan)
        .options(
            contains_eager(Remark.plan_version),
            joinedload(Remark.author),
            joinedload(Remark.activity),
            joinedload(Remark.measure),
            selectinload(Remark.entries).options(
                joinedload(RemarkEntry.author), joinedload(RemarkEntry.plan_version)
            ),
        )
        .order_by(Remark.id)
    )
    return [
        _line(remark, version, before_review_ends=before_review_ends)
        for remark in db.session.scalars(query)
        if before_review_ends or not _is_in_review(remark.plan_version)
    ]


def list_unanswered(plan: ActionPlan) -> list[Remark]:
    """Return the remarks that must be followed up and wait for an answer, oldest first."""
    query = _of_plan(plan).where(
        Remark.weight == RemarkWeight.MUST, Remark.status == RemarkStatus.OPEN
    )
    return list(db.session.scalars(query.order_by(Remark.id)))


def unsettled_musts(plan: ActionPlan) -> list[Remark]:
    """Return the remarks of a plan that stand in the way of its approval, oldest first."""
    query = _of_plan(plan).where(
        Remark.weight == RemarkWeight.MUST, Remark.status != RemarkStatus.SETTLED
    )
    return list(db.session.scalars(query.order_by(Remark.id)))


def get_remark(plan_id: int, remark_id: int) -> Remark | None:
    """Return a remark at any version of a plan."""
    query = (
        select(Remark)
        .join(Remark.plan_version)
        .where(Remark.id == remark_id, PlanVersion.action_plan_id == plan_id)
        .options(contains_eager(Remark.plan_version))
    )
    return db.session.scalar(query)


def musts_at_measure(plan: ActionPlan, measure: Measure) -> list[Remark]:
    """Return the unsettled remarks at a measure that must be followed up, oldest first."""
    return [
        remark
        for remark in unsettled_musts(plan)
        if remark.measure_id is not None and same_measures().are_same(remark.measure_id, measure.id)
    ]


def sections_with_news(version: PlanVersion) -> set[PlanSection]:
    """Return the sections at which a remark was made or opened again in this version."""
    reopened = (
        select(Remark.section)
        .join(RemarkEntry, RemarkEntry.remark_id == Remark.id)
        .where(
            RemarkEntry.plan_version_id == version.id,
            RemarkEntry.step == "reopen",
            Remark.status == RemarkStatus.OPEN,
        )
    )
    made = select(Remark.section).where(Remark.plan_version_id == version.id)
    return set(db.session.scalars(made.union(reopened)))


def list_verdicts(plan: ActionPlan, *, before: PlanVersion) -> list[MeasureExemption]:
    """Return the judged reasons to leave a measure out in earlier versions, oldest first."""
    query = (
        select(MeasureExemption)
        .join(PlanVersion, PlanVersion.id == MeasureExemption.plan_version_id)
        .where(
            PlanVersion.action_plan_id == plan.id,
            PlanVersion.version_no < before.version_no,
            MeasureExemption.verdict.is_not(None),
        )
        .order_by(PlanVersion.version_no, MeasureExemption.id)
    )
    return list(db.session.scalars(query))


def has_answered(person: Person, plan: ActionPlan) -> bool:
    """Return whether a person answered a remark at any version of a plan."""
    answered = (
        select(RemarkEntry.id)
        .join(RemarkEntry.plan_version)
        .where(
            PlanVersion.action_plan_id == plan.id,
            RemarkEntry.author_id == person.id,
            RemarkEntry.step == "answer",
        )
    )
    return bool(db.session.scalar(select(exists(answered))))


def visible_remark_ids(plan: ActionPlan, *, before_review_ends: bool) -> list[int]:
    """Return the ids of the remarks that a person may see, for their history."""
    query = _of_plan(plan).with_only_columns(Remark.id)
    if not before_review_ends:
        query = query.where(PlanVersion.status != ActionPlanStatus.IN_REVIEW)
    return list(db.session.scalars(query.order_by(Remark.id)))


def lines_at(
    lines: Iterable[RemarkLine], *sections: PlanSection, activity_id: int | None = None
) -> list[RemarkLine]:
    """Return the lines at these sections; with an activity only its own and the general ones."""
    return [
        line
        for line in lines
        if line.remark.section in sections
        and (activity_id is None or line.remark.activity_id in (None, activity_id))
    ]


def text_at(
    version: PlanVersion,
    section: PlanSection,
    *,
    activity_id: int | None = None,
    budget_line_no: int | None = None,
    measure_id: int | None = None,
) -> str | None:
    """Return what a version says at a place: None when the place is not there (any more)."""
    if activity_id is not None:
        return _text_of_activity(_activity(version.activities, activity_id))
    if budget_line_no is not None:
        return _text_of_line(_line_no(version.budget_lines, budget_line_no))
    if measure_id is not None:
        key = same_measures().key
        reasons = {key(one.measure_id): one.reason for one in version.exemptions}
        return reasons.get(key(measure_id), "")
    return getattr(version, section) if section in TEXT_SECTIONS else ""


def _line(remark: Remark, version: PlanVersion, *, before_review_ends: bool) -> RemarkLine:
    entries = tuple(
        entry
        for entry in remark.entries
        # an answer is the region's own
        if before_review_ends or entry.step == "answer" or not _is_in_review(entry.plan_version)
    )
    return RemarkLine(remark, entries, _status_after(entries), _now(remark, version))


def _status_after(entries: tuple[RemarkEntry, ...]) -> RemarkStatus:
    """Return the status that the last word gave: a later word that is hidden gives none away."""
    if not entries:
        return RemarkStatus.OPEN
    return RemarkStatus(REMARK.transition(entries[-1].step).target)


def _now(remark: Remark, version: PlanVersion) -> str | None:
    text = text_at(
        version,
        remark.section,
        activity_id=remark.activity_id,
        budget_line_no=remark.budget_line_no,
        measure_id=remark.measure_id,
    )
    if remark.paragraph_no is None:
        return text if remark.quote else ""
    return find_again(remark.quote, paragraphs_of(text or ""), place=remark.paragraph_no)


def _of_plan(plan: ActionPlan) -> Select[Remark]:
    return select(Remark).join(Remark.plan_version).where(PlanVersion.action_plan_id == plan.id)


def _is_in_review(version: PlanVersion) -> bool:
    return version.status is ActionPlanStatus.IN_REVIEW


def _activity(activities: Collection[ActivityVersion], activity_id: int) -> ActivityVersion | None:
    return next((one for one in activities if one.activity_id == activity_id), None)


def _line_no(lines: Collection[BudgetLine], number: int) -> BudgetLine | None:
    return next((line for line in lines if line.number == number), None)


def _text_of_activity(activity: ActivityVersion | None) -> str | None:
    if activity is None:
        return None
    return f"{activity.title}\n{activity.description}".strip()


def _text_of_line(line: BudgetLine | None) -> str | None:
    if line is None:
        return None
    return f"{line.description}: {format_euro_sentence(line.amount_cents)}"
