"""On which day a booking counts: its own, or the first one after a half-year that was frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilots import PilotPayment
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Reopening, Snapshot
from vpt_regio.queries.lineage import family_of
from vpt_regio.queries.region_books import locked_period_on

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CountingDay:
    """The day a booking is dated on and the day it counts on.

    `frozen` is the half-year that it came too late for; None for a booking that is in time.
    """

    dated_on: date
    counted_on: date
    frozen: ReportingPeriod | None = None


def counting_day(region: Region, day: date, *, today: date, for_write: bool = False) -> CountingDay:
    """Return on which day a booking of a region counts.

    A half-year that is open again for the region takes its bookings on their own days.
    `for_write` keeps the half-years from changing until the unit of work ends.
    """
    frozen = locked_period_on(region.programme_id, day, for_write=for_write)
    if frozen is None or _is_open_again(frozen, region, today):
        return CountingDay(day, day)
    counted_on = frozen.ends_on + ONE_DAY
    while period := locked_period_on(region.programme_id, counted_on, for_write=for_write):
        counted_on = period.ends_on + ONE_DAY
    return CountingDay(day, counted_on, frozen)


def frozen_nationally(programme_id: int, day: date, *, today: date) -> ReportingPeriod | None:
    """Return the frozen half-year of a day that takes nothing of what belongs to no region."""
    frozen = locked_period_on(programme_id, day)
    if frozen is None or _is_live(frozen, Reopening.region_id.is_(None), today):
        return None
    return frozen


def recorded_too_late(payments: Sequence[Payment | PilotPayment]) -> dict[int, str]:
    """Return of each payment that missed its half-year, by number, the code of that half-year.

    A payment keeps the day of the bank. It missed its half-year when it was recorded after the
    last version of it was frozen: it counts from the half-year that was open then.
    """
    if not payments:
        return {}
    frozen = db.session.execute(
        select(
            ReportingPeriod.code,
            ReportingPeriod.starts_on,
            ReportingPeriod.ends_on,
            func.max(Snapshot.taken_at).label("taken_at"),
        )
        .join(Snapshot, Snapshot.period_id == ReportingPeriod.id)
        .where(ReportingPeriod.programme_id == payments[0].programme_id)
        .group_by(ReportingPeriod.id)
    ).all()
    return {
        payment.id: period.code
        for payment in payments
        for period in frozen
        if period.starts_on <= payment.paid_on <= period.ends_on
        # a version is taken on a whole second
        and payment.created_at.replace(microsecond=0) > period.taken_at
    }


def _is_open_again(period: ReportingPeriod, region: Region, today: date) -> bool:
    return _is_live(period, Reopening.region_id.in_(family_of(region.id)), today)


def _is_live(period: ReportingPeriod, place: ColumnElement[bool], today: date) -> bool:
    query = select(Reopening.id).where(
        Reopening.period_id == period.id,
        place,
        Reopening.closed_on.is_(None),
        Reopening.decided_on <= today,
        Reopening.expires_on >= today,
    )
    return db.session.scalars(query.order_by(Reopening.id).limit(1)).first() is not None
