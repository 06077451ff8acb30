"""The hours of project leaders: week by week, against the norm of the covenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between
from vpt_regio.domain.rules.hours_meter import HoursMeter, Stint, hours_meter
from vpt_regio.domain.rules.hours_norm import (
    AVERAGED_WEEKS,
    NormStretch,
    four_week_average,
    norm_stretches,
)
from vpt_regio.domain.rules.joint_norm import (
    joint_averaged_norm,
    joint_norm_between,
    joint_weekly_norm,
    norms_by_week,
)
from vpt_regio.extensions import db
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours_corrections import list_corrections
from vpt_regio.queries.hours_norm import terms_of_members
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.once import answered_once
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

    `booked` counts the weeks and the corrections of weeks in a frozen half-year, which have no
    week here. `norm_so_far` counts up to today, `norm` over the whole half-year. `average` is
    that of the last four full weeks, `weekly_norm` the norm of these weeks. Norms are None when
    no covenant held or they are not known; `stretches` tell what they are made of: of each
    region that counts here, by name. `meter` shows every week, also those to come.
    """

    weeks: list[WeekOfHours]
    corrections: list[HoursCorrection]
    booked: Fraction
    norm_so_far: Fraction | None
    norm: Fraction | None
    average: Fraction
    weekly_norm: Fraction | None
    stretches: list[tuple[Region, list[NormStretch]]]
    meter: HoursMeter

    @property
    def is_below_norm(self) -> bool:
        return self.weekly_norm is not None and self.average < self.weekly_norm


def hours_overview(region: Region, span: Span, *, today: date) -> HoursOverview:
    """Return the weeks of a half-year that have begun, oldest first, with totals and norms.

    What went up in the region by the end of the half-year, or by today, counts too.
    """
    region_ids = branch_of(region.id, day=min(span.ends_on, today))
    members = terms_of_members(region_ids)
    terms = [member.terms for member in members]
    last_thursday = today - timedelta(days=today.isoweekday() - _TO_THURSDAY)
    first_day = span.starts_on - timedelta(weeks=AVERAGED_WEEKS)
    entries = _entries(region_ids, first_day, span.ends_on)
    weeks = [
        WeekOfHours(year, week, thursday, joint_weekly_norm(terms, thursday), found)
        for year, week in iso_weeks_between(span.starts_on, min(span.ends_on, last_thursday))
        for thursday in [iso_week_thursday(year, week)]
        for found in [[e for e in entries if (e.iso_year, e.iso_week) == (year, week)]]
    ]
    corrections = list_corrections(region_ids, span.starts_on, span.ends_on)
    monday = _monday_after_last_full_week(span, today)
    norm = joint_norm_between(terms, span.starts_on, span.ends_on)
    return HoursOverview(
        weeks=weeks,
        corrections=corrections,
        booked=Fraction(
            sum(week.quarters for week in weeks) + sum(one.quarters for one in corrections),
            QUARTERS_IN_HOUR,
        ),
        norm_so_far=joint_norm_between(terms, span.starts_on, min(span.ends_on, today)),
        norm=norm,
        average=_average(entries, monday),
        weekly_norm=joint_averaged_norm(terms, monday=monday),
        stretches=[
            (member.region, norm_stretches(member.terms, span.starts_on, span.ends_on))
            for member in members
        ],
        meter=hours_meter(
            span.starts_on,
            span.ends_on,
            norms=norms_by_week(terms, span.starts_on, span.ends_on),
            norm=norm,
            stints=_stints(region_ids, span),
            booked=_by_week(entries),
            corrected=Fraction(sum(one.quarters for one in corrections), QUARTERS_IN_HOUR),
            today=today,
        ),
    )


def find_entry(region: Region, entry_id: int) -> HoursEntry | None:
    """Return the hours of a week in this region, or in what went up in it, or None."""
    return db.session.scalar(
        select(HoursEntry)
        .join(HoursEntry.appointment)
        .where(
            HoursEntry.id == entry_id,
            ProjectLeaderAppointment.region_id.in_(branch_of(region.id)),
        )
    )


@answered_once
def weeks_of(appointment: ProjectLeaderAppointment) -> dict[tuple[int, int], HoursEntry]:
    """Return what an appointment has booked, by year and week."""
    query = select(HoursEntry).where(HoursEntry.appointment_id == appointment.id)
    return {(entry.iso_year, entry.iso_week): entry for entry in db.session.scalars(query)}


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


def _entries(region_ids: Sequence[int], start: date, end: date) -> list[HoursEntry]:
    query = (
        select(HoursEntry)
        .join(HoursEntry.appointment)
        .join(ProjectLeaderAppointment.person)
        .options(
            contains_eager(HoursEntry.appointment).contains_eager(ProjectLeaderAppointment.person)
        )
        .where(
            ProjectLeaderAppointment.region_id.in_(region_ids),
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
    calendar = (monday - timedelta(weeks=1)).isocalendar()
    return four_week_average(_by_week(entries), last_week=(calendar.year, calendar.week))


def _by_week(entries: Sequence[HoursEntry]) -> dict[tuple[int, int], Fraction]:
    by_week: dict[tuple[int, int], Fraction] = {}
    for entry in entries:
        week = (entry.iso_year, entry.iso_week)
        by_week[week] = by_week.get(week, Fraction(0)) + Fraction(entry.quarters, QUARTERS_IN_HOUR)
    return by_week


def _stints(region_ids: Sequence[int], span: Span) -> list[Stint]:
    query = (
        select(ProjectLeaderAppointment)
        .where(
            ProjectLeaderAppointment.region_id.in_(region_ids),
            ProjectLeaderAppointment.starts_on <= span.ends_on,
            or_(
                ProjectLeaderAppointment.ends_on.is_(None),
                ProjectLeaderAppointment.ends_on >= span.starts_on,
            ),
        )
        .order_by(ProjectLeaderAppointment.starts_on, ProjectLeaderAppointment.id)
    )
    return [
        Stint(
            found.starts_on,
            found.ends_on,
            Fraction(found.quarters_per_week, QUARTERS_IN_HOUR),
            found.is_deputy,
        )
        for found in db.session.scalars(query)
    ]
