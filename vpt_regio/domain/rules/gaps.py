"""Days on which nobody was appointed."""

from collections.abc import Iterable
from datetime import date, timedelta

Stretch = tuple[date, date]
"""A first and a last day, both included."""

_ONE_DAY = timedelta(days=1)


def gaps(covered: Iterable[tuple[date, date | None]], *, start: date, end: date) -> list[Stretch]:
    """Return the stretches between two days, both included, that nothing covers.

    A stretch without a last day covers everything from its first day on.
    """
    open_from = start
    found: list[Stretch] = []
    for first, last in sorted(covered, key=lambda stretch: stretch[0]):
        if open_from > end:
            break
        if first > open_from:
            found.append((open_from, min(first - _ONE_DAY, end)))
        if last is None:
            return found
        open_from = max(open_from, last + _ONE_DAY)
    if open_from <= end:
        found.append((open_from, end))
    return found


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Tell whether two stretches share a day; None as last day means without end."""
    starts_in_time = second[1] is None or first[0] <= second[1]
    ends_late_enough = first[1] is None or second[0] <= first[1]
    return starts_in_time and ends_late_enough
