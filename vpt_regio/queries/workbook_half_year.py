"""The rows of the half-year workbook: streamed, in a fixed order, as of the cut-off date."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from vpt_regio import clock
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
    SufficiencyCheck,
)
from vpt_regio.models.base import Cents
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantRegion
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ActivityProgress, ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Measure, PolicyLine
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.as_of import Extent, existed_on, status_on
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.region_row import SETTLED_PERIODS, RegionRow
from vpt_regio.queries.workbook_money import AnyRow, AnySelect, spent_by_activity, streamed
from vpt_regio.standing import standing

# drafts and returned reports are still the region's own
DELIVERED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
# what an open half-year shows as it is today, beside money and hours up to its last day
_STANDING = ("status", "covenant_status", "plan_", "latest_status", "latest_version", "measures_")


def extent_of(period: ReportingPeriod) -> Extent:
    """Return what an overview of a period covers: statuses of today while it is open."""
    today = clock.today()
    is_settled = period.status in SETTLED_PERIODS
    as_of = min(period.ends_on, today) if is_settled else today
    return Extent(
        programme_id=period.programme_id,
        period_id=period.id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        as_of=as_of,
        is_past=as_of < today,
    )


def list_regions(extent: Extent, period: ReportingPeriod) -> list[RegionRow]:
    """Return how each region stands: money up to the last day, statuses on the day of the extent.

    A plan counts with the covenant that was in force on the last day of the period.
    """
    rows = region_rows(None, period, min(extent.ends_on, extent.as_of))
    if extent.as_of <= extent.ends_on:
        return rows
    today = {row.region_id: row for row in region_rows(None, period, extent.as_of)}
    return [_with_standing(row, today[row.region_id]) for row in rows]


def _with_standing(row: RegionRow, today: RegionRow) -> RegionRow:
    # what was merged since stood on its own in the period, with its own plan
    if row.covenant_id != today.covenant_id or row.members != today.members:
        return replace(row, status=today.status)
    names = [f.name for f in fields(row) if f.name.startswith(_STANDING)]
    return replace(
        row, budget_cents=today.budget_cents, **{name: getattr(today, name) for name in names}
    )


def list_covenants(extent: Extent) -> list[Covenant]:
    """Return the covenants of the programme with parties, regions and amendments."""
    query = (
        select(Covenant)
        .where(
            Covenant.programme_id == extent.programme_id,
            or_(
                existed_on(Covenant, extent),
                Covenant.signed_on <= extent.as_of,
                and_(Covenant.signed_on.is_(None), Covenant.status != CovenantStatus.DRAFT),
            ),
        )
        .options(
            selectinload(Covenant.parties),
            selectinload(Covenant.amendments),
            selectinload(Covenant.shares).joinedload(CovenantRegion.region),
        )
        .order_by(Covenant.number)
    )
    return list(db.session.scalars(query))


def signed_amendments(covenant: Covenant, extent: Extent) -> list[CovenantAmendment]:
    """Return the amendments that held on the day of the extent; one without a day always does."""
    return [
        amendment
        for amendment in covenant.signed_amendments
        if amendment.signed_on is None or amendment.signed_on <= extent.as_of
    ]


def stream_plan_versions(extent: Extent) -> Iterator[AnyRow]:
    """Yield each version of each plan, with its review, its approval and its size."""
    budget = _sums(BudgetLine.plan_version_id, func.sum(BudgetLine.amount_cents))
    count = _sums(ActivityVersion.plan_version_id, func.count())
    return streamed(
        select(
            Region.name.label("region"),
            ActionPlan.id.label("plan_id"),
            PlanVersion.version_no,
            status_on(ACTION_PLAN, PlanVersion, extent).label("status"),
            PlanVersion.submitted_on,
            PlanVersion.provisionally_adopted_on,
            SufficiencyCheck.verdict,
            SufficiencyCheck.difference_cents,
            Decision.decided_on.label("approved_on"),
            Person.name.label("approved_by"),
            Decision.on_behalf_of,
            Decision.reference,
            func.coalesce(budget.c.amount, 0).cast(Cents).label("budget_cents"),
            func.coalesce(count.c.amount, 0).label("activities"),
            PlanVersion.consensus_analysis,
            PlanVersion.consensus_approach,
        )
        .join(PlanVersion.plan)
        .join(ActionPlan.region)
        .outerjoin(budget, budget.c.key == PlanVersion.id)
        .outerjoin(count, count.c.key == PlanVersion.id)
        .outerjoin(
            SufficiencyCheck,
            and_(
                SufficiencyCheck.plan_version_id == PlanVersion.id,
                SufficiencyCheck.checked_on <= extent.as_of,
            ),
        )
        .outerjoin(
            Decision,
            and_(
                Decision.plan_version_id == PlanVersion.id,
                Decision.kind == DecisionKind.PLAN_APPROVED,
                Decision.decided_on <= extent.as_of,
            ),
        )
        .outerjoin(Decision.decided_by)
        .where(
            Region.programme_id == extent.programme_id,
            or_(existed_on(PlanVersion, extent), PlanVersion.submitted_on <= extent.as_of),
        )
        .order_by(Region.name, Region.id, ActionPlan.id, PlanVersion.version_no)
    )


@dataclass(frozen=True)
class ActivityRow:
    """An activity in the version of its plan that holds, with the names of its measures."""

    facts: AnyRow
    measures: tuple[str, ...]


def stream_activities(extent: Extent, version_ids: Collection[int]) -> Iterator[ActivityRow]:
    """Yield the activities of these versions by region and number.

    Their progress is that of the report on the period, once it was submitted.
    """
    measures = groupby(streamed(_activity_measures(version_ids)), key=lambda row: row.version_id)
    waiting = next(measures, None)
    for facts in streamed(_activities(extent, version_ids)):
        found: tuple[str, ...] = ()
        # both come in the same order: the measures of this activity are the next, or it has none
        if waiting is not None and waiting[0] == facts.version_id:
            found = tuple(row.short_name for row in waiting[1])
            waiting = next(measures, None)
        yield ActivityRow(facts, found)


def _activities(extent: Extent, version_ids: Collection[int]) -> AnySelect:
    budget = _sums(BudgetLine.activity_version_id, func.sum(BudgetLine.amount_cents))
    spent = spent_by_activity(extent)
    progress = aliased(ActivityProgress)
    query = select(
        ActivityVersion.id.label("version_id"),
        Region.name.label("region"),
        PlanVersion.action_plan_id.label("plan_id"),
        PlanVersion.version_no,
        Activity.number,
        ActivityVersion.title,
        PolicyLine.name.label("policy_line"),
        ActivityVersion.target_group,
        Organisation.name.label("owner"),
        ActivityVersion.starts_on,
        ActivityVersion.ends_on,
        func.coalesce(budget.c.amount, 0).cast(Cents).label("budget_cents"),
        func.coalesce(spent.c.in_period, 0).cast(Cents).label("spent_in_period_cents"),
        func.coalesce(spent.c.total, 0).cast(Cents).label("spent_total_cents"),
        progress.status,
        progress.percent,
        progress.result,
        progress.obstacle,
        progress.next_step,
    )
    report = and_(
        # after a merger the successor reports on the activities of its predecessors
        ProgressReport.region_id
        == standing().holder_of(ActionPlan.region_id, min(extent.ends_on, extent.as_of)),
        ProgressReport.period_id == extent.period_id,
        ProgressReport.status.in_(DELIVERED),
    )
    return (
        _in_order(query, version_ids)
        .outerjoin(ActivityVersion.policy_line)
        .outerjoin(ActivityVersion.owner)
        .outerjoin(budget, budget.c.key == ActivityVersion.id)
        .outerjoin(spent, spent.c.activity_id == Activity.id)
        .outerjoin(ProgressReport, report)
        .outerjoin(
            progress,
            and_(progress.report_id == ProgressReport.id, progress.activity_id == Activity.id),
        )
    )


def _activity_measures(version_ids: Collection[int]) -> AnySelect:
    query = select(ActivityVersion.id.label("version_id"), Measure.short_name)
    return (
        _in_order(query, version_ids)
        .join(ActivityMeasure, ActivityMeasure.activity_version_id == ActivityVersion.id)
        .join(ActivityMeasure.measure)
        .order_by(Measure.position, Measure.id)
    )


def _in_order(query: AnySelect, version_ids: Collection[int]) -> AnySelect:
    return (
        query.select_from(ActivityVersion)
        .join(PlanVersion, PlanVersion.id == ActivityVersion.plan_version_id)
        .join(Activity, Activity.id == ActivityVersion.activity_id)
        .join(ActionPlan, ActionPlan.id == PlanVersion.action_plan_id)
        .join(Region, Region.id == ActionPlan.region_id)
        .where(PlanVersion.id.in_(version_ids))
        .order_by(Region.name, Region.id, PlanVersion.id, Activity.number)
    )


def list_coverage(version_ids: Collection[int]) -> list[AnyRow]:
    """Return the pairs of activity and measure in these versions: (version_id, measure_id)."""
    query = (
        select(ActivityVersion.plan_version_id.label("version_id"), ActivityMeasure.measure_id)
        .join(ActivityMeasure, ActivityMeasure.activity_version_id == ActivityVersion.id)
        .where(ActivityVersion.plan_version_id.in_(version_ids))
        .order_by(ActivityVersion.plan_version_id, ActivityMeasure.measure_id)
    )
    return list(db.session.execute(query))


def list_exemptions(version_ids: Collection[int]) -> list[AnyRow]:
    """Return why these versions leave measures out: (version_id, measure_id, reason)."""
    query = (
        select(
            MeasureExemption.plan_version_id.label("version_id"),
            MeasureExemption.measure_id,
            MeasureExemption.reason,
        )
        .where(MeasureExemption.plan_version_id.in_(version_ids))
        .order_by(MeasureExemption.id)
    )
    return list(db.session.execute(query))


def count_awareness(version_ids: Collection[int]) -> dict[int, int]:
    """Return by version how many of its activities raise awareness."""
    query = (
        select(ActivityVersion.plan_version_id, func.count())
        .where(ActivityVersion.plan_version_id.in_(version_ids), ActivityVersion.is_awareness)
        .group_by(ActivityVersion.plan_version_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def return_notes(extent: Extent) -> dict[int, str]:
    """Return by region why its report was returned, while it is."""
    query = select(ProgressReport.region_id, ProgressReport.return_note).where(
        ProgressReport.period_id == extent.period_id,
        ProgressReport.status == ReportStatus.RETURNED,
    )
    return {row.region_id: row.return_note for row in db.session.execute(query)}


def _sums(key: Any, amount: Any) -> Subquery:
    return select(key.label("key"), amount.label("amount")).group_by(key).subquery()
