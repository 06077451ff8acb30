"""Regions: the register, one region with what belongs to it, and its history."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import String, cast, distinct, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.measures import MeasureCoverage, coverage
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActivityMeasure,
    ActivityVersion,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantRegion
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Organisation, Region, RegionMerger, RegionPartner
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.history import REVIEW_ACTIONS
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.overview import SETTLED_PERIODS
from vpt_regio.queries.programmes import get_programme, list_measures
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.same_entries import key_of, same_measures

# bookings come by the week: they have pages of their own and would hide the rest
BUSY_ACTIONS = ("hours.booked", "hours.changed", "expenditure.booked", "report.changed")


# the states of the newest version in which the region has the plan on its desk
WITH_THE_REGION = (
    ActionPlanStatus.DRAFT,
    ActionPlanStatus.RETURNED,
    ActionPlanStatus.WITHDRAWN,
    ActionPlanStatus.REFUSED,
)


@dataclass(frozen=True)
class MeasureLine:
    """A measure with how the plan of a region covers it."""

    measure: Measure
    coverage: MeasureCoverage


@dataclass(frozen=True)
class ReportLine:
    """A period with the report of a region on it, when there is one."""

    period: ReportingPeriod
    report: ProgressReport | None


def get_region(code: str) -> Region | None:
    """Return a region of this system's programme by its code, with its merger and tiles."""
    query = (
        select(Region)
        .join(Programme, Programme.id == Region.programme_id)
        .where(Region.code == code)
        .options(
            joinedload(Region.merger).joinedload(RegionMerger.successor),
            selectinload(Region.tiles),
        )
        .order_by(Programme.id)
        .limit(1)
    )
    return db.session.scalars(query).unique().first()


def list_regions() -> list[Region]:
    """Return every region by name, merged and ended ones too; serves the register."""
    query = (
        select(Region)
        .where(Region.programme_id == get_programme().id)
        .options(joinedload(Region.merger).joinedload(RegionMerger.successor))
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query).unique())


def list_measure_coverage(programme: Programme, row: RegionRow) -> list[MeasureLine]:
    """Return each measure with how the version that a row shows covers it; empty without one."""
    if row.plan_version_id is None or row.measures_covered is None:
        return []
    measures = list_measures(programme, on=row.plan_submitted_on or clock.today())
    counts = _activities_by_measure(row.plan_version_id)
    exemptions = _exemptions(row.plan_version_id)
    key = same_measures().key
    found = coverage(
        [measure.code for measure in measures],
        {m.code: counts[key(m.id)] for m in measures if counts[key(m.id)]},
        {m.code: exemptions[key(m.id)] for m in measures if key(m.id) in exemptions},
    )
    return [MeasureLine(m, line) for m, line in zip(measures, found.rows, strict=True)]


def count_open_remarks(row: RegionRow) -> int:
    """Return how many remarks at the plan wait for an answer of the region.

    While a version is with the account manager nothing waits for the region.
    """
    if row.plan_id is None or row.latest_status not in WITH_THE_REGION:
        return 0
    query = (
        select(func.count(Remark.id))
        .join(PlanVersion, PlanVersion.id == Remark.plan_version_id)
        .where(PlanVersion.action_plan_id == row.plan_id, Remark.status == RemarkStatus.OPEN)
    )
    return db.session.scalar(query) or 0


def count_partners(region: Region) -> int:
    """Return how many organisations take part in a region now."""
    query = select(func.count(RegionPartner.id)).where(
        RegionPartner.region_id.in_(branch_of(region.id)), RegionPartner.left_on.is_(None)
    )
    return db.session.scalar(query) or 0


def list_partners(region: Region) -> list[RegionPartner]:
    """Return who takes part, and who did: by name of the organisation, present ones first."""
    query = (
        select(RegionPartner)
        .join(RegionPartner.organisation)
        .where(RegionPartner.region_id.in_(branch_of(region.id)))
        .options(joinedload(RegionPartner.organisation), joinedload(RegionPartner.region))
        .order_by(RegionPartner.left_on.is_not(None), Organisation.name, RegionPartner.id)
    )
    return list(db.session.scalars(query))


def get_partner(code: str, partner_id: int) -> RegionPartner | None:
    """Return a partner of the region with a code, or of what went up in it."""
    region = get_region(code)
    if region is None:
        return None
    query = (
        select(RegionPartner)
        .where(RegionPartner.id == partner_id, RegionPartner.region_id.in_(branch_of(region.id)))
        .options(joinedload(RegionPartner.organisation), joinedload(RegionPartner.region))
    )
    return db.session.scalar(query)


def list_reports(region: Region) -> list[ReportLine]:
    """Return every period that was opened, newest first, with the report of a region on it.

    With a region come the reports of what went up in it.
    """
    query = (
        select(ReportingPeriod, ProgressReport)
        .outerjoin(
            ProgressReport,
            (ProgressReport.period_id == ReportingPeriod.id)
            & ProgressReport.region_id.in_(branch_of(region.id)),
        )
        .where(ReportingPeriod.programme_id == region.programme_id)
        .options(joinedload(ProgressReport.region))
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id, ProgressReport.id)
    )
    return [ReportLine(period, report) for period, report in db.session.execute(query)]


def last_report(region: Region, *, is_public: bool) -> ReportLine | None:
    """Return the newest submitted report of a region; `is_public`: of settled periods only."""
    for line in list_reports(region):
        if line.report is None or line.report.status is ReportStatus.DRAFT:
            continue
        if not is_public or line.period.status in SETTLED_PERIODS:
            return line
    return None


def list_region_history(
    region: Region, *, person: Person, limit: int, is_brief: bool = False
) -> list[AuditEntry]:
    """Return what happened in a region and to its covenants, plans and reports, newest first.

    The work of a reviewer shows to reviewers only. `is_brief` leaves out weekly bookings and
    drafts that were saved. What went up in the region by today comes along.
    """
    branch = branch_of(region.id)
    left_out: tuple[str, ...] = BUSY_ACTIONS if is_brief else ()
    if not policies.can(person, Permission.ACTION_PLAN_REVIEW, region):
        left_out += REVIEW_ACTIONS
    covenants = [
        str(covenant_id)
        for covenant_id in db.session.scalars(
            select(Covenant.id)
            .join(CovenantRegion, CovenantRegion.covenant_id == Covenant.id)
            .where(CovenantRegion.region_id.in_(branch))
            .order_by(Covenant.id)
        )
    ]
    of_covenants = (AuditEntry.subject_type == Covenant.__tablename__) & (
        AuditEntry.subject_id.in_(covenants)
    )
    amendments = select(cast(CovenantAmendment.id, String)).where(
        CovenantAmendment.covenant_id.in_([int(covenant_id) for covenant_id in covenants])
    )
    of_amendments = (AuditEntry.subject_type == CovenantAmendment.__tablename__) & (
        AuditEntry.subject_id.in_(amendments)
    )
    query = (
        select(AuditEntry)
        .where(
            or_(AuditEntry.region_id.in_(branch), of_covenants, of_amendments),
            AuditEntry.action.not_in(left_out),
        )
        .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def _activities_by_measure(version_id: int) -> Counter[int]:
    """Return how many activities there are on each measure, by its key."""
    measure = key_of(ActivityMeasure.measure_id).label("measure")
    query = (
        select(measure, func.count(distinct(ActivityVersion.id)))
        .join(ActivityVersion, ActivityVersion.id == ActivityMeasure.activity_version_id)
        .where(ActivityVersion.plan_version_id == version_id)
        .group_by(measure)
        .order_by(measure)
    )
    return Counter({found[0]: found[1] for found in db.session.execute(query)})


def _exemptions(version_id: int) -> dict[int, str]:
    """Return why measures are left out, by the key of the measure."""
    key = same_measures().key
    query = (
        select(MeasureExemption.measure_id, MeasureExemption.reason)
        .where(MeasureExemption.plan_version_id == version_id)
        .order_by(MeasureExemption.measure_id)
    )
    return {key(found[0]): found[1] for found in db.session.execute(query)}
