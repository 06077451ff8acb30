"""The hours of project leaders: week by week, against the norm of the covenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between
from vpt_regio.domain.rules.hours_norm import four_week_average, norm_hours_in_period
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import in_force_on, list_covenants_of
from vpt_regio.queries.region_books import Span

QUARTERS_IN_HOUR = 4
THREE_WEEKS = timedelta(weeks=3)
_TO_THURSDAY = 4


@dataclass(frozen=True)
class WeekOfHours:
    """One ISO week: what was booked, in quarters of an hour, and the norm in hours.

    `norm` is None when no covenant with a norm was in force on its Thursday.
    """

    iso_year: int
    iso_week: int
    thursday: date
    norm: int | None
    entries: Sequence[HoursEntry]

    @property
    def code(self) -> str:
        return f"{self.iso_year}-W{self.iso_week:02}"

    @property
    def monday(self) -> date:
        return self.thursday - timedelta(days=3)

    @property
    def quarters(self) -> int:
        return sum(entry.quarters for entry in self.entries)


@dataclass(frozen=True)
class HoursOverview:
    """The hours of a region in a half-year; everything but the weeks is in hours.

    `norm_so_far` counts up to today, `norm` over the whole half-year. `average` is that of the
    last four full weeks; `weekly_norm` is None when no norm held in all of these weeks.
    """

    weeks: list[WeekOfHours]
    booked: Fraction
    norm_so_far: Fraction
    norm: Fraction
    average: Fraction
    weekly_norm: int | None

    @property
    def is_below_norm(self) -> bool:
        return self.weekly_norm is not None and self.average < self.weekly_norm


def hours_overview(region: Region, span: Span, *, today: date) -> HoursOverview:
    """Return the weeks of a half-year that have begun, oldest first, with totals and norms."""
    covenants = list_covenants_of(region)
    last_thursday = today - timedelta(days=today.isoweekday() - _TO_THURSDAY)
    entries = _entries(region, span.starts_on - THREE_WEEKS, span.ends_on)
    weeks = [
        WeekOfHours(year, week, thursday, weekly_norm(covenants, thursday), found)
        for year, week in iso_weeks_between(span.starts_on, min(span.ends_on, last_thursday))
        for thursday in [iso_week_thursday(year, week)]
        for found in [[e for e in entries if (e.iso_year, e.iso_week) == (year, week)]]
    ]
    last_full = _last_full_thursday(span, today)
    norms = [weekly_norm(covenants, last_full - timedelta(weeks=back)) for back in range(4)]
    known = [norm for norm in norms if norm is not None]
    return HoursOverview(
        weeks=weeks,
        booked=Fraction(sum(week.quarters for week in weeks), QUARTERS_IN_HOUR),
        norm_so_far=norm_between(covenants, span.starts_on, min(span.ends_on, today)),
        norm=norm_between(covenants, span.starts_on, span.ends_on),
        average=_average(entries, last_full),
        weekly_norm=max(known) if len(known) == len(norms) else None,
    )


def weekly_norm(covenants: Sequence[Covenant], day: date) -> int | None:
    """Return the hours a week that a region owes on a day, or None when nothing holds."""
    norms = [
        covenant.min_hours_per_week
        for covenant in covenants
        if covenant.min_hours_per_week is not None and in_force_on(covenant, day)
    ]
    return norms[-1] if norms else None


def norm_between(covenants: Sequence[Covenant], start: date, end: date) -> Fraction:
    """Return the hours owed over a stretch of days, both included, under signed covenants."""
    total = Fraction(0)
    for covenant in covenants:
        if covenant.min_hours_per_week is None:
            continue
        # one that was ended early owes nothing: its last day is not known
        if not in_force_on(covenant, covenant.signed_on or start):
            continue
        total += norm_hours_in_period(
            start,
            end,
            covenant.min_hours_per_week,
            in_force_from=covenant.signed_on or start,
            in_force_until=covenant.latest_end_on,
        )
    return total


def find_entry(region: Region, entry_id: int) -> HoursEntry | None:
    """Return the hours of a week in this region, or None."""
    return db.session.scalar(
        select(HoursEntry)
        .join(HoursEntry.appointment)
        .where(HoursEntry.id == entry_id, ProjectLeaderAppointment.region_id == region.id)
    )


def find_week(
    appointment: ProjectLeaderAppointment, *, iso_year: int, iso_week: int
) -> HoursEntry | None:
    """Return what an appointment has booked for a week, or None."""
    return db.session.scalar(
        select(HoursEntry).where(
            HoursEntry.appointment_id == appointment.id,
            HoursEntry.iso_year == iso_year,
            HoursEntry.iso_week == iso_week,
        )
    )


def _entries(region: Region, start: date, end: date) -> list[HoursEntry]:
    query = (
        select(HoursEntry)
        .join(HoursEntry.appointment)
        .join(ProjectLeaderAppointment.person)
        .options(
            contains_eager(HoursEntry.appointment).contains_eager(ProjectLeaderAppointment.person)
        )
        .where(
            ProjectLeaderAppointment.region_id == region.id,
            HoursEntry.thursday_on.between(start, end),
        )
        .order_by(HoursEntry.thursday_on, HoursEntry.id)
    )
    return list(db.session.scalars(query))


def _last_full_thursday(span: Span, today: date) -> date:
    """Return the Thursday of the last week of a half-year that is over."""
    last_sunday = today - timedelta(days=today.isoweekday() % 7)
    thursday = last_sunday - timedelta(days=3)
    while thursday > span.ends_on:
        thursday -= timedelta(weeks=1)
    return thursday


def _average(entries: Sequence[HoursEntry], last_thursday: date) -> Fraction:
    by_week: dict[tuple[int, int], Fraction] = {}
    for entry in entries:
        week = (entry.iso_year, entry.iso_week)
        by_week[week] = by_week.get(week, Fraction(0)) + Fraction(entry.quarters, QUARTERS_IN_HOUR)
    calendar = last_thursday.isocalendar()
    return four_week_average(by_week, last_week=(calendar.year, calendar.week))
