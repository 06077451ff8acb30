"""The hours of project leaders: week by week, against the norm of the covenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between
from vpt_regio.domain.rules.hours_norm import (
    AVERAGED_WEEKS,
    NormStretch,
    averaged_norm,
    four_week_average,
    norm_between,
    norm_stretches,
    weekly_norm,
)
from vpt_regio.extensions import db
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours_norm import norm_terms_of
from vpt_regio.queries.region_books import Span

QUARTERS_IN_HOUR = 4
_TO_LAST_THURSDAY = timedelta(days=4)
_TO_THURSDAY = 4


@dataclass(frozen=True)
class WeekOfHours:
    """One ISO week: what was booked, in quarters of an hour, and the norm in hours.

    `norm` is that of its Thursday: None when no covenant held or its norm is not known.
    """

    iso_year: int
    iso_week: int
    thursday: date
    norm: Fraction | None
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
    last four full weeks, `weekly_norm` the norm of these weeks. Norms are None when no covenant
    held or they are not known; `stretches` tell what they are made of.
    """

    weeks: list[WeekOfHours]
    booked: Fraction
    norm_so_far: Fraction | None
    norm: Fraction | None
    average: Fraction
    weekly_norm: Fraction | None
    stretches: list[NormStretch]

    @property
    def is_below_norm(self) -> bool:
        return self.weekly_norm is not None and self.average < self.weekly_norm


def hours_overview(region: Region, span: Span, *, today: date) -> HoursOverview:
    """Return the weeks of a half-year that have begun, oldest first, with totals and norms."""
    terms = norm_terms_of(region)
    last_thursday = today - timedelta(days=today.isoweekday() - _TO_THURSDAY)
    entries = _entries(region, span.starts_on - timedelta(weeks=AVERAGED_WEEKS), span.ends_on)
    weeks = [
        WeekOfHours(year, week, thursday, weekly_norm(terms, thursday), found)
        for year, week in iso_weeks_between(span.starts_on, min(span.ends_on, last_thursday))
        for thursday in [iso_week_thursday(year, week)]
        for found in [[e for e in entries if (e.iso_year, e.iso_week) == (year, week)]]
    ]
    monday = _monday_after_last_full_week(span, today)
    return HoursOverview(
        weeks=weeks,
        booked=Fraction(sum(week.quarters for week in weeks), QUARTERS_IN_HOUR),
        norm_so_far=norm_between(terms, span.starts_on, min(span.ends_on, today)),
        norm=norm_between(terms, span.starts_on, span.ends_on),
        average=_average(entries, monday),
        weekly_norm=averaged_norm(terms, monday=monday),
        stretches=norm_stretches(terms, span.starts_on, span.ends_on),
    )


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


def _monday_after_last_full_week(span: Span, today: date) -> date:
    """Return the Monday after the last week of a half-year that is over."""
    monday = today - timedelta(days=today.weekday())
    while monday - _TO_LAST_THURSDAY > span.ends_on:
        monday -= timedelta(weeks=1)
    return monday


def _average(entries: Sequence[HoursEntry], monday: date) -> Fraction:
    by_week: dict[tuple[int, int], Fraction] = {}
    for entry in entries:
        week = (entry.iso_year, entry.iso_week)
        by_week[week] = by_week.get(week, Fraction(0)) + Fraction(entry.quarters, QUARTERS_IN_HOUR)
    calendar = (monday - timedelta(weeks=1)).isocalendar()
    return four_week_average(by_week, last_week=(calendar.year, calendar.week))
