"""The hours that a region owes for its project leader.

Source: covenant Limburg 2012: a project leader for at least a number of hours a week. The
number is a term of each covenant, so it is always passed in. The regions of one covenant owe
its hours together, each in proportion to its share of the covenant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from vpt_regio.domain.half_year import iso_week_thursday

Hours = int | Decimal | Fraction

AVERAGED_WEEKS = 4
_DAYS_IN_WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NormTerm:
    """What one covenant asks of one of its regions: hours a week, on the days it is in force.

    `covenant_hours` is for all regions together, `part` the share of this region. None is "not
    known". The last day of a covenant that `ended_early` is not known (with a known last day
    that day is `ends_on`); one without `ends_on` runs on.
    """

    covenant_hours: int | None
    starts_on: date | None
    ends_on: date | None
    part: Fraction = Fraction(1)
    ended_early: bool = False

    @property
    def hours_per_week(self) -> Fraction | None:
        """The hours a week of this region; None when they, or the days they hold, are unknown."""
        if self.covenant_hours is None or self.starts_on is None or self.ended_early:
            return None
        return self.covenant_hours * self.part

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day, or may do so: an unknown side sets no limit."""
        has_begun = self.starts_on is None or self.starts_on <= day
        return has_begun and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class NormStretch:
    """Days in a row, both included, on which the same term holds."""

    starts_on: date
    ends_on: date
    term: NormTerm

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def term_on(terms: Sequence[NormTerm], day: date) -> NormTerm | None:
    """Return the term that holds on a day: of several the last one in the order of signature."""
    holding = [term for term in terms if term.holds_on(day)]
    return holding[-1] if holding else None


def norm_stretches(terms: Sequence[NormTerm], start: date, end: date) -> list[NormStretch]:
    """Cut a span of days, both included, into the stretches on which a term holds."""
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    stretches = []
    for term, run in groupby(days, key=lambda day: term_on(terms, day)):
        first, *others = run
        if term is not None:
            stretches.append(NormStretch(first, others[-1] if others else first, term))
    return stretches


def norm_between(terms: Sequence[NormTerm], start: date, end: date) -> Fraction | None:
    """Return the hours owed over a span of days, both included: days / 7 × hours a week.

    Each term counts for the days on which it holds. Returns None when none holds on any of
    these days, and when of one that holds the hours or the days are not known.
    """
    total = None
    for stretch in norm_stretches(terms, start, end):
        hours = stretch.term.hours_per_week
        if hours is None:
            return None
        total = (total or Fraction(0)) + Fraction(stretch.days, _DAYS_IN_WEEK) * hours
    return total


def weekly_norm(terms: Sequence[NormTerm], day: date) -> Fraction | None:
    """Return the hours a week owed on a day; None when no term holds or it is not known."""
    term = term_on(terms, day)
    return None if term is None else term.hours_per_week


def averaged_norm(terms: Sequence[NormTerm], *, monday: date) -> Fraction | None:
    """Return the hours a week owed in the four weeks before a Monday.

    Returns None unless a known term holds on every day of these weeks.
    """
    start, end = monday - timedelta(weeks=AVERAGED_WEEKS), monday - _DAY
    covered = sum(stretch.days for stretch in norm_stretches(terms, start, end))
    norm = norm_between(terms, start, end)
    if norm is None or covered < AVERAGED_WEEKS * _DAYS_IN_WEEK:
        return None
    return norm / AVERAGED_WEEKS


def four_week_average(
    hours_by_week: Mapping[tuple[int, int], Hours], *, last_week: tuple[int, int]
) -> Fraction:
    """Return the average hours a week over four ISO weeks that end with ``last_week``.

    A week without a booking counts as 0. The average, not one week, is held against the norm:
    a leader on leave for a week is no signal.
    """
    thursday = iso_week_thursday(*last_week)
    total = Fraction(0)
    for weeks_back in range(AVERAGED_WEEKS):
        calendar = (thursday - timedelta(weeks=weeks_back)).isocalendar()
        total += Fraction(hours_by_week.get((calendar.year, calendar.week), 0))
    return total / AVERAGED_WEEKS
