"""What the books of a region (hours, expenditures, appointments) share: region and periods."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.once import answered_once
from vpt_regio.queries.programmes import get_programme

LOCKED = (PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED)


@dataclass(frozen=True)
class Span:
    """A half-year to look at: a reporting period, or the calendar one while there is none.

    In a locked one nothing can be booked or changed any more.
    """

    code: str
    name: str
    starts_on: date
    ends_on: date
    is_locked: bool = False


@dataclass(frozen=True)
class RegionBooks:
    """The hours, money and appointments of a region, to ask the policies about.

    The region itself is known to everybody; its books are hidden from who may not see them.
    """

    __tablename__ = "region_books"

    region: Region

    @property
    def programme_id(self) -> int:
        return self.region.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.region.region_ids


def find_books(code: str) -> RegionBooks | None:
    """Return the books of the region with a code, or None without such a region."""
    region = db.session.scalar(
        select(Region).where(Region.programme_id == get_programme().id, Region.code == code)
    )
    return RegionBooks(region) if region else None


@answered_once
def locked_period_on(
    programme_id: int, day: date, *, for_write: bool = False
) -> ReportingPeriod | None:
    """Return the period that holds a day when it is frozen, sent or closed.

    `for_write` keeps the period from changing until the unit of work ends.
    """
    query = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == programme_id,
            ReportingPeriod.starts_on <= day,
            ReportingPeriod.ends_on >= day,
        )
        .order_by(ReportingPeriod.id)
    )
    if for_write:
        query = query.with_for_update(read=True)
    periods = db.session.scalars(query).all()
    return next((period for period in periods if period.status in LOCKED), None)


def last_locked_day(programme_id: int) -> date | None:
    """Return the last day of all that is frozen, sent or closed, or None without any."""
    return db.session.scalar(
        select(func.max(ReportingPeriod.ends_on)).where(
            ReportingPeriod.programme_id == programme_id, ReportingPeriod.status.in_(LOCKED)
        )
    )


def list_spans(programme_id: int, *, today: date) -> list[Span]:
    """Return the half-years that have begun, newest first, the one of today always among them."""
    periods = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.programme_id == programme_id, ReportingPeriod.starts_on <= today)
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id)
    )
    spans = [_of_period(period) for period in periods]
    if not any(span.ends_on >= today for span in spans):
        spans.insert(0, _of_calendar(HalfYear.of(today)))
    return spans


def find_span(programme_id: int, code: str) -> Span | None:
    """Return the half-year with a code, such as 2012-1, or None when there is none."""
    period = db.session.scalar(
        select(ReportingPeriod).where(
            ReportingPeriod.programme_id == programme_id, ReportingPeriod.code == code
        )
    )
    if period is not None:
        return _of_period(period)
    year, _, half = code.partition("-")
    if len(year) == 4 and year.isdecimal() and int(year) > 0 and half in ("1", "2"):
        return _of_calendar(HalfYear(int(year), int(half)))
    return None


def _of_period(period: ReportingPeriod) -> Span:
    is_locked = period.status in LOCKED
    return Span(period.code, period.name, period.starts_on, period.ends_on, is_locked)


def _of_calendar(half_year: HalfYear) -> Span:
    return Span(half_year.code, half_year.label(), half_year.start, half_year.end)
