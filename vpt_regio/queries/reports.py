"""Half-year reports, and the figures that stand in them: spent and hours, from bookings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.rules.joint_norm import joint_norm_between
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, Activity, ActivityVersion, PlanVersion
from vpt_regio.models.covenants import (
    Covenant,
    Expenditure,
    HoursEntry,
    ProjectLeaderAppointment,
)
from vpt_regio.models.periods import ActivityProgress, ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours_corrections import corrected_quarters
from vpt_regio.queries.hours_norm import terms_of_members
from vpt_regio.queries.lineage import branch_of

HOLDING = (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED)


@dataclass(frozen=True)
class Figures:
    """What bookings say about a region in a period: cents, and hours in quarters.

    `spent_by_activity` has the key None for what was not booked on an activity. `norm` is in
    hours; None when no covenant held in the period or its norm is not known.
    """

    spent_by_activity: dict[int | None, int]
    quarters: int
    norm: Fraction | None

    @property
    def spent_cents(self) -> int:
        return sum(self.spent_by_activity.values())

    def spent_on(self, activity_id: int) -> int:
        return self.spent_by_activity.get(activity_id, 0)


@dataclass(frozen=True)
class ActivityRow:
    """An activity in a report, with the number and title that people know it by."""

    progress: ActivityProgress
    number: int
    title: str


def get_report(region_id: int, period_id: int) -> ProgressReport | None:
    """Return the report of a region on a period, with its activities and submissions."""
    return db.session.scalar(
        select(ProgressReport)
        .where(ProgressReport.region_id == region_id, ProgressReport.period_id == period_id)
        .options(
            joinedload(ProgressReport.region),
            joinedload(ProgressReport.period).selectinload(ReportingPeriod.deadlines),
            selectinload(ProgressReport.activities).joinedload(ActivityProgress.activity),
            selectinload(ProgressReport.submissions),
        )
    )


def report_or_place(region: Region, period: ReportingPeriod) -> ProgressReport:
    """Return the report of a region on a period, or an unsaved one that stands for its place."""
    return get_report(region.id, period.id) or ProgressReport(
        region_id=region.id, region=region, period_id=period.id, period=period
    )


def get_region(programme_id: int, code: str) -> Region | None:
    """Return a region by its code."""
    return db.session.scalar(
        select(Region).where(Region.programme_id == programme_id, Region.code == code)
    )


def list_reports(region_id: int) -> list[ProgressReport]:
    """Return the reports of a region, the newest period first; serves the tab of the region."""
    return list(
        db.session.scalars(
            select(ProgressReport)
            .join(ProgressReport.period)
            .where(ProgressReport.region_id == region_id)
            .options(joinedload(ProgressReport.period).selectinload(ReportingPeriod.deadlines))
            .order_by(ReportingPeriod.starts_on.desc(), ProgressReport.id.desc())
        )
    )


def previous_report(region_id: int, period: ReportingPeriod) -> ProgressReport | None:
    """Return the last accepted report of a region before a period."""
    return next((r for r in previous_reports(region_id, period) if r.region_id == region_id), None)


def previous_reports(region_id: int, period: ReportingPeriod) -> list[ProgressReport]:
    """Return the accepted reports before a period, the newest period first.

    They are of a region and of what went up in it by the period.
    """
    rows = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.period)
        .where(
            ProgressReport.region_id.in_(_branch(region_id, period)),
            ProgressReport.status == ReportStatus.ACCEPTED,
            ReportingPeriod.starts_on < period.starts_on,
        )
        .options(
            joinedload(ProgressReport.period).selectinload(ReportingPeriod.deadlines),
            selectinload(ProgressReport.activities),
        )
        .order_by(ReportingPeriod.starts_on.desc(), ProgressReport.id.desc())
    )
    return list(rows)


def earlier_progress(region_id: int, period: ReportingPeriod) -> dict[int, ActivityProgress]:
    """Return what the last accepted report before a period says of each activity, by its id."""
    previous = previous_reports(region_id, period)
    # the newest one last: it is the one that counts
    return {row.activity_id: row for one in reversed(previous) for row in one.activities}


def holding_version(region_id: int, period: ReportingPeriod) -> PlanVersion | None:
    """Return the plan version on which a region reports, its own before that of a member."""
    versions = holding_versions(region_id, period)
    own = [version for version in versions if version.plan.region_id == region_id]
    return next(iter(own or versions), None)


def holding_versions(region_id: int, period: ReportingPeriod) -> list[PlanVersion]:
    """Return the plan versions on which a region reports: of each member one, by region.

    That is the one of its last covenant in the period; an approved version goes before one that
    is provisionally adopted.
    """
    versions = db.session.scalars(
        select(PlanVersion)
        .join(PlanVersion.plan)
        .join(ActionPlan.covenant)
        .where(
            ActionPlan.region_id.in_(_branch(region_id, period)),
            PlanVersion.status.in_(HOLDING),
            or_(Covenant.signed_on.is_(None), Covenant.signed_on <= period.ends_on),
        )
        .options(joinedload(PlanVersion.plan).joinedload(ActionPlan.covenant))
        .order_by(PlanVersion.id)
    ).all()

    def rank(version: PlanVersion) -> tuple[date, int, bool]:
        covenant = version.plan.covenant
        is_approved = version.status is ActionPlanStatus.APPROVED
        return covenant.signed_on or date.min, covenant.id, is_approved

    by_region: dict[int, PlanVersion] = {}
    for version in sorted(versions, key=rank):
        by_region[version.plan.region_id] = version
    return [by_region[member] for member in sorted(by_region)]


def list_activities(*versions: PlanVersion) -> list[ActivityVersion]:
    """Return the activities of plan versions, by plan and number."""
    rows = db.session.scalars(
        select(ActivityVersion)
        .where(ActivityVersion.plan_version_id.in_([version.id for version in versions]))
        .options(joinedload(ActivityVersion.activity))
    )
    return sorted(rows, key=lambda row: (row.activity.action_plan_id, row.activity.number))


def titles_of(activity_ids: Iterable[int]) -> dict[int, str]:
    """Return the title of each activity, as the newest version of its plan that was adopted says.

    An activity that left the plan keeps the title of the last version that had it.
    """
    rows = db.session.execute(
        select(ActivityVersion.activity_id, ActivityVersion.title)
        .join(PlanVersion, PlanVersion.id == ActivityVersion.plan_version_id)
        .where(
            ActivityVersion.activity_id.in_(list(activity_ids)),
            PlanVersion.status.in_([*HOLDING, ActionPlanStatus.SUPERSEDED]),
        )
        .order_by(PlanVersion.version_no)
    )
    return {row.activity_id: row.title for row in rows}


def told_apart(titles: Mapping[int, str], activities: Iterable[Activity]) -> dict[int, str]:
    """Return the titles of activities, each with its region where these are of several regions.

    A region in which others went up reports on the plans of all of them, each with its numbers.
    """
    plans = {one.id: one.action_plan_id for one in activities}
    if len(set(plans.values())) <= 1:
        return dict(titles)
    query = select(ActionPlan.id, Region.name).join(Region, Region.id == ActionPlan.region_id)
    found = db.session.execute(query.where(ActionPlan.id.in_(set(plans.values()))))
    names = {row.id: row.name for row in found}
    if len(set(names.values())) == 1:
        return dict(titles)
    return {number: f"{titles.get(number, '')} ({names[plan]})" for number, plan in plans.items()}


def told_apart_titles(report: ProgressReport) -> dict[int, str]:
    """Return the titles of the activities of a report by their ids, told apart by region."""
    activities = [row.activity for row in report.activities]
    return told_apart(titles_of(one.id for one in activities), activities)


def activity_rows(report: ProgressReport) -> list[ActivityRow]:
    """Return the activities of a report by number."""
    titles = told_apart_titles(report)
    rows = [
        ActivityRow(row, row.activity.number, titles.get(row.activity_id, ""))
        for row in report.activities
    ]
    return sorted(rows, key=lambda row: (row.progress.activity.action_plan_id, row.number))


def figures(region_id: int, period: ReportingPeriod) -> Figures:
    """Return what was spent and how many hours were made in a period: a fixed number of queries.

    What went up in a region by the end of the period, or by today, counts there.
    """
    members = _branch(region_id, period)
    spent = db.session.execute(
        select(Expenditure.activity_id, func.sum(Expenditure.amount_cents).label("cents"))
        .where(
            Expenditure.region_id.in_(members),
            Expenditure.booked_on.between(period.starts_on, period.ends_on),
        )
        .group_by(Expenditure.activity_id)
    )
    quarters = db.session.scalar(
        select(func.coalesce(func.sum(HoursEntry.quarters), 0))
        .join(HoursEntry.appointment)
        .where(
            ProjectLeaderAppointment.region_id.in_(members),
            HoursEntry.thursday_on.between(period.starts_on, period.ends_on),
        )
    )
    # PostgreSQL sums whole numbers into decimals
    by_activity = {row.activity_id: int(row.cents) for row in spent}
    terms = [member.terms for member in terms_of_members(members)]
    norm = joint_norm_between(terms, period.starts_on, period.ends_on)
    corrected = corrected_quarters(members, period.starts_on, period.ends_on)
    return Figures(by_activity, int(quarters or 0) + corrected, norm)


def _branch(region_id: int, period: ReportingPeriod) -> list[int]:
    return branch_of(region_id, day=min(period.ends_on, clock.today()))
