"""What regions spent: bookings, totals per phase and activity, and what is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.enums import Phase
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityVersion,
    BudgetLine,
    PlanVersion,
)
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.models.regions import Region
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.once import answered_once
from vpt_regio.queries.region_books import Span

PER_PAGE = 50
_HOLDING = (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED)


@dataclass(frozen=True)
class PlannedActivity:
    """An activity of the plan version that counts; `budget_cents` is None without any line."""

    activity_id: int
    covenant_id: int
    number: int
    title: str
    budget_cents: int | None


def list_bookings(region: Region, span: Span | None, *, page: int) -> Pagination:
    """Return a page of bookings, the latest date first, with those of what went up in a region."""
    query = (
        select(Expenditure)
        .options(joinedload(Expenditure.booked_by))
        .where(_of(region), *_within(span))
        .order_by(Expenditure.booked_on.desc(), Expenditure.id.desc())
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def find_expenditure(region: Region, expenditure_id: int) -> Expenditure | None:
    """Return a booking of this region, or None."""
    return db.session.scalar(
        select(Expenditure).where(Expenditure.id == expenditure_id, _of(region))
    )


def list_corrections(expenditure: Expenditure) -> list[Expenditure]:
    """Return what corrects a booking, oldest first."""
    query = (
        select(Expenditure)
        .where(Expenditure.corrects_id == expenditure.id)
        .options(joinedload(Expenditure.booked_by))
        .order_by(Expenditure.id)
    )
    return list(db.session.scalars(query))


def corrected_cents(expenditure: Expenditure) -> int:
    """Return what corrections took back of a booking so far, as a negative amount or 0."""
    return _sum(Expenditure.corrects_id == expenditure.id)


def taken_back(expenditures: Iterable[Expenditure]) -> dict[int, int]:
    """Return booking id → what corrections took back of it, as a negative amount."""
    return _sums(
        Expenditure.corrects_id, [Expenditure.corrects_id.in_([e.id for e in expenditures])]
    )


def spent_cents(region: Region, covenant: Covenant) -> int:
    """Return what a region spent under a covenant, corrections included."""
    return _sum(_of(region), Expenditure.covenant_id == covenant.id)


def spent_on_activity(activity_id: int) -> int:
    """Return what was spent on an activity, corrections included."""
    return _sum(Expenditure.activity_id == activity_id)


def spent_by_covenant(region: Region) -> dict[int, int]:
    """Return covenant id → what the region spent under it."""
    return _sums(Expenditure.covenant_id, [_of(region)])


def spent_by_phase(region: Region, span: Span | None) -> dict[Phase, int]:
    """Return phase → what was spent on it in a half-year, or ever."""
    return _sums(Expenditure.phase, [_of(region), *_within(span)])


def spent_by_activity(region: Region, span: Span | None) -> dict[int | None, int]:
    """Return activity id → what was spent on it; None holds what names no activity."""
    return _sums(Expenditure.activity_id, [_of(region), *_within(span)])


@answered_once
def list_planned_activities(region: Region) -> list[PlannedActivity]:
    """Return the activities of each plan of a region, in the version that holds, else the latest.

    Sorted by covenant and number.
    """
    query = (
        select(
            Activity.id,
            ActionPlan.covenant_id,
            Activity.number,
            ActivityVersion.title,
            func.sum(BudgetLine.amount_cents),
        )
        .join(ActivityVersion, ActivityVersion.activity_id == Activity.id)
        .join(ActionPlan, ActionPlan.id == Activity.action_plan_id)
        .outerjoin(BudgetLine, BudgetLine.activity_version_id == ActivityVersion.id)
        .where(ActivityVersion.plan_version_id.in_(_counting_versions(region)))
        .group_by(Activity.id, ActionPlan.covenant_id, Activity.number, ActivityVersion.title)
        .order_by(ActionPlan.covenant_id, Activity.number)
    )
    return [
        PlannedActivity(key, covenant, number, title, None if budget is None else int(budget))
        for key, covenant, number, title, budget in db.session.execute(query)
    ]


def activity_numbers(activity_ids: Iterable[int | None]) -> dict[int, int]:
    """Return activity id → number, also for activities that left the plan."""
    known = {found for found in activity_ids if found is not None}
    query = select(Activity.id, Activity.number).where(Activity.id.in_(known))
    return {row.id: row.number for row in db.session.execute(query)}


def _counting_versions(region: Region) -> Sequence[int]:
    """Return for each plan of a region the version that holds, else the latest."""
    query = (
        select(PlanVersion.action_plan_id, PlanVersion.id, PlanVersion.status)
        .join(PlanVersion.plan)
        .where(ActionPlan.region_id.in_(branch_of(region.id)))
        .order_by(PlanVersion.action_plan_id, PlanVersion.version_no)
    )
    ranked: dict[int, tuple[int, int]] = {}
    for plan_id, version_id, status in db.session.execute(query):
        rank = len(_HOLDING) - _HOLDING.index(status) if status in _HOLDING else 0
        if plan_id not in ranked or rank >= ranked[plan_id][0]:
            ranked[plan_id] = (rank, version_id)
    return [version_id for _, version_id in ranked.values()]


def _of(region: Region) -> ColumnElement[bool]:
    return Expenditure.region_id.in_(branch_of(region.id))


def _within(span: Span | None) -> list[ColumnElement[bool]]:
    if span is None:
        return []
    return [Expenditure.booked_on.between(span.starts_on, span.ends_on)]


def _sum(*conditions: ColumnElement[bool]) -> int:
    total = db.session.scalar(select(func.sum(Expenditure.amount_cents)).where(*conditions))
    return int(total or 0)


def _sums(key: Any, conditions: Sequence[ColumnElement[bool]]) -> dict[Any, int]:
    query = select(key, func.sum(Expenditure.amount_cents)).where(*conditions).group_by(key)
    return {found: int(total) for found, total in db.session.execute(query)}
