"""What regions have, each figure for all of them in one query, by the region where it counts.

Mergers that stand today (or are supposed to) decide where that is, so sums over all regions are
the same before and after a merger: the proof of a merger is made with these.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, selectinload

from vpt_regio import clock
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, Activity, PlanVersion
from vpt_regio.models.contracts import Agreement, Measurement, PerformanceContract
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import (
    Covenant,
    Expenditure,
    HoursEntry,
    ProjectLeaderAppointment,
)
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.maturity import MeasureMaturity
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import RegionPartner
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.region_agreements import tallies
from vpt_regio.queries.work_items import PLAN_STEPS, REPORT_STEPS
from vpt_regio.standing import standing

Sums = Mapping[int, int]


def spent_ever() -> Sums:
    """Return the cents of all bookings."""
    return _sums(Expenditure.region_id, func.sum(Expenditure.amount_cents))


def paid_ever() -> Sums:
    """Return the cents of all payments; one for a whole covenant is divided by share."""
    rows = db.session.execute(
        select(Payment.covenant_id, Payment.region_id, func.sum(Payment.amount_cents))
        .group_by(Payment.covenant_id, Payment.region_id)
        .order_by(Payment.covenant_id)
    ).all()
    covenants = {
        covenant.id: covenant
        for covenant in db.session.scalars(
            select(Covenant)
            .where(Covenant.id.in_({row[0] for row in rows}))
            .options(selectinload(Covenant.shares))
        )
    }
    paid: dict[int, int] = defaultdict(int)
    for covenant_id, region_id, cents in rows:
        if region_id is not None:
            paid[_holder(region_id)] += int(cents)
            continue
        covenant = covenants[covenant_id]
        for member in covenant.region_ids:
            paid[_holder(member)] += covenant.share_of(member, int(cents)) or 0
    return dict(paid)


def quarters_ever() -> Sums:
    """Return all hours that were booked, in quarters, corrections included."""
    key = ProjectLeaderAppointment.region_id
    booked = _sums(key, func.sum(HoursEntry.quarters), lambda q: q.join(HoursEntry.appointment))
    corrected = _sums(
        key, func.sum(HoursCorrection.quarters), lambda q: q.join(HoursCorrection.appointment)
    )
    return {
        region_id: booked.get(region_id, 0) + corrected.get(region_id, 0)
        for region_id in booked.keys() | corrected.keys()
    }


def partners_now() -> Sums:
    """Return how many organisations take part."""
    return _sums(
        RegionPartner.region_id,
        func.count(RegionPartner.id),
        lambda q: q.where(RegionPartner.left_on.is_(None)),
    )


def plans() -> Sums:
    return _sums(ActionPlan.region_id, func.count(ActionPlan.id))


def activities() -> Sums:
    """Return how many activities the plans know, in whatever version."""
    return _sums(
        ActionPlan.region_id,
        func.count(Activity.id),
        lambda q: q.join(ActionPlan, ActionPlan.id == Activity.action_plan_id),
    )


def contracts() -> Sums:
    return _sums(PerformanceContract.region_id, func.count(PerformanceContract.id))


def agreements() -> Sums:
    return _sums(
        PerformanceContract.region_id,
        func.count(Agreement.id),
        lambda q: q.select_from(Agreement).join(Agreement.contract),
    )


def agreements_met() -> Sums:
    """Return how many agreements of contracts that hold or held reach their target today."""
    today = clock.today()
    found = tallies(standings(as_of=today), standing(), today)
    return {region_id: tally.met for region_id, tally in found.items()}


def measurements() -> Sums:
    """Return how many measurements were recorded, with every revision."""
    return _sums(
        PerformanceContract.region_id,
        func.count(Measurement.id),
        lambda q: q.select_from(Measurement).join(Measurement.agreement).join(Agreement.contract),
    )


def judged_measures() -> Sums:
    """Return how often it was judged how far an employer is with a measure."""
    return _sums(MeasureMaturity.region_id, func.count(MeasureMaturity.id))


def open_remarks() -> Sums:
    """Return how many remarks at plans are not settled."""
    return _sums(
        ActionPlan.region_id,
        func.count(Remark.id),
        lambda q: (
            q.select_from(Remark)
            .join(PlanVersion, PlanVersion.id == Remark.plan_version_id)
            .join(PlanVersion.plan)
            .where(Remark.status != RemarkStatus.SETTLED)
        ),
    )


def open_reports() -> Sums:
    """Return how many reports were begun and are not accepted."""
    return _sums(
        ProgressReport.region_id,
        func.count(ProgressReport.id),
        lambda q: q.where(ProgressReport.status != ReportStatus.ACCEPTED),
    )


def open_work() -> Sums:
    """Return how many plans and reports wait for somebody."""
    other = aliased(PlanVersion)
    newest = (
        select(func.max(other.version_no))
        .where(other.action_plan_id == PlanVersion.action_plan_id)
        .scalar_subquery()
    )
    waiting_plans = _sums(
        ActionPlan.region_id,
        func.count(PlanVersion.id),
        lambda q: (
            q.select_from(PlanVersion)
            .join(PlanVersion.plan)
            .where(PlanVersion.version_no == newest, PlanVersion.status.in_(list(PLAN_STEPS)))
        ),
    )
    waiting_reports = _sums(
        ProgressReport.region_id,
        func.count(ProgressReport.id),
        lambda q: q.where(ProgressReport.status.in_(list(REPORT_STEPS))),
    )
    keys = waiting_plans.keys() | waiting_reports.keys()
    return {key: waiting_plans.get(key, 0) + waiting_reports.get(key, 0) for key in keys}


def _sums(key: Any, amount: Any, narrow: Any = lambda query: query) -> Sums:
    """Return region → amount; `narrow` joins and filters."""
    holder = standing().holder_of(key, clock.today()).label("holder")
    query: Select[Any] = narrow(select(holder, amount)).group_by("holder").order_by("holder")
    return {region_id: int(total) for region_id, total in db.session.execute(query)}


def _holder(region_id: int) -> int:
    return standing().holder(region_id, clock.today())
