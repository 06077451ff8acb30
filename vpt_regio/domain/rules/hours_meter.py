"""The meter of hours: what is owed, appointed and booked in a half-year, and what to expect.

Source: covenant Limburg 2012: a project leader for at least a number of hours a week.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between

Week = tuple[int, int]
_TO_MONDAY = timedelta(days=3)


@dataclass(frozen=True)
class Stint:
    """An appointment for a number of hours a week; without `ends_on` it runs on."""

    starts_on: date
    ends_on: date | None
    hours: Fraction
    is_deputy: bool = False

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class MeterWeek:
    """One ISO week, placed by its Thursday; everything in hours.

    `norm` is None when nothing is owed or it is not known, `booked` when nothing was booked.
    `by_deputies` is the part of `appointed` that deputies do.
    """

    code: Week
    thursday: date
    is_in_force: bool
    norm: Fraction | None
    appointed: Fraction
    by_deputies: Fraction
    booked: Fraction | None
    has_begun: bool

    @property
    def is_gap(self) -> bool:
        """Tell whether a covenant asks for a leader in this week and nobody is appointed."""
        return self.is_in_force and not self.appointed

    @property
    def is_replaced(self) -> bool:
        """Tell whether deputies alone do the work in this week."""
        return bool(self.appointed) and self.appointed == self.by_deputies

    @property
    def expected(self) -> Fraction:
        """What was booked, or in a week that did not begin what the appointments promise."""
        if self.booked is not None:
            return self.booked
        return Fraction(0) if self.has_begun else self.appointed


@dataclass(frozen=True)
class GapOfWeeks:
    """Weeks in a row in which a covenant is in force and nobody is appointed."""

    first: MeterWeek
    last: MeterWeek
    count: int


@dataclass(frozen=True)
class HoursMeter:
    """The weeks of a half-year, with the hours owed over its days (None: none, or not known).

    `corrected` is what counts here for weeks of a half-year that was frozen; it may be negative.
    """

    weeks: Sequence[MeterWeek]
    norm: Fraction | None
    corrected: Fraction = Fraction(0)

    @property
    def booked(self) -> Fraction:
        return sum((week.booked or Fraction(0) for week in self.weeks), self.corrected)

    @property
    def appointed(self) -> Fraction:
        """The hours of all appointments over the half-year."""
        return sum((week.appointed for week in self.weeks), Fraction(0))

    @property
    def weeks_in_force(self) -> int:
        return sum(week.is_in_force for week in self.weeks)

    @property
    def replaced_weeks(self) -> int:
        return sum(week.is_replaced for week in self.weeks)

    @property
    def coming(self) -> list[MeterWeek]:
        """The weeks that have not begun: what the forecast takes from the appointments."""
        return [week for week in self.weeks if not week.has_begun]

    @property
    def forecast(self) -> Fraction:
        """What was booked, and for the weeks to come the hours of the appointments."""
        return sum((week.expected for week in self.weeks), self.corrected)

    @property
    def shortfall(self) -> Fraction | None:
        """How much the forecast stays below the norm (0: nothing), or None without a norm."""
        return None if self.norm is None else max(self.norm - self.forecast, Fraction(0))

    @property
    def gaps(self) -> list[GapOfWeeks]:
        found = []
        for is_gap, run in groupby(self.weeks, key=lambda week: week.is_gap):
            weeks = list(run)
            if is_gap:
                found.append(GapOfWeeks(weeks[0], weeks[-1], len(weeks)))
        return found


def hours_meter(
    start: date,
    end: date,
    *,
    norms: Mapping[date, Fraction | None],
    norm: Fraction | None,
    stints: Sequence[Stint],
    booked: Mapping[Week, Fraction],
    today: date,
    corrected: Fraction = Fraction(0),
) -> HoursMeter:
    """Return the meter over the weeks whose Thursday lies in a span of days.

    `norms` holds the hours a week by Thursday, for the weeks in which a covenant is in force;
    `norm` is what is owed over all days. A week in which today lies has begun.
    """
    weeks = []
    for code in iso_weeks_between(start, end):
        thursday = iso_week_thursday(*code)
        present = [stint for stint in stints if stint.holds_on(thursday)]
        weeks.append(
            MeterWeek(
                code=code,
                thursday=thursday,
                is_in_force=thursday in norms,
                norm=norms.get(thursday),
                appointed=sum((stint.hours for stint in present), Fraction(0)),
                by_deputies=sum((s.hours for s in present if s.is_deputy), Fraction(0)),
                booked=booked.get(code),
                has_begun=thursday - _TO_MONDAY <= today,
            )
        )
    return HoursMeter(weeks, norm, corrected)
