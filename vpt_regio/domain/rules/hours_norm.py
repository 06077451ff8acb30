"""The hours that a region owes for its project leader.

Source: covenant Limburg 2012: a project leader for at least a number of hours a week. The
number is a term of each covenant, so it is always passed in.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from vpt_regio.domain.half_year import iso_week_thursday

Hours = int | Decimal | Fraction

_DAYS_IN_WEEK = 7
_AVERAGED_WEEKS = 4


def days_in_force(
    start: date, end: date, *, in_force_from: date, in_force_until: date | None = None
) -> int:
    """Return how many days of a period the covenant is in force, first and last included."""
    first = max(start, in_force_from)
    last = end if in_force_until is None else min(end, in_force_until)
    return max((last - first).days + 1, 0)


def norm_hours(start: date, end: date, hours_per_week: Hours) -> Fraction:
    """Return the hours owed over a stretch of days, both included: days / 7 × hours a week.

    Returns 0 when the stretch is empty. Raises ``ValueError`` when the norm is negative.
    """
    if hours_per_week < 0:
        raise ValueError("negative_hours")
    days = max((end - start).days + 1, 0)
    return Fraction(days, _DAYS_IN_WEEK) * Fraction(hours_per_week)


def norm_hours_in_period(
    start: date,
    end: date,
    hours_per_week: Hours,
    *,
    in_force_from: date,
    in_force_until: date | None = None,
) -> Fraction:
    """Return the hours owed over the days of a period on which the covenant is in force."""
    last = end if in_force_until is None else min(end, in_force_until)
    return norm_hours(max(start, in_force_from), last, hours_per_week)


def four_week_average(
    hours_by_week: Mapping[tuple[int, int], Hours], *, last_week: tuple[int, int]
) -> Fraction:
    """Return the average hours a week over four ISO weeks that end with ``last_week``.

    A week without a booking counts as 0. The average, not one week, is held against the norm:
    a leader on leave for a week is no signal.
    """
    thursday = iso_week_thursday(*last_week)
    total = Fraction(0)
    for weeks_back in range(_AVERAGED_WEEKS):
        calendar = (thursday - timedelta(weeks=weeks_back)).isocalendar()
        total += Fraction(hours_by_week.get((calendar.year, calendar.week), 0))
    return total / _AVERAGED_WEEKS


def is_below_norm(
    hours_by_week: Mapping[tuple[int, int], Hours],
    *,
    last_week: tuple[int, int],
    hours_per_week: Hours,
) -> bool:
    """Tell whether the four-week average stays under the weekly norm."""
    return four_week_average(hours_by_week, last_week=last_week) < Fraction(hours_per_week)
