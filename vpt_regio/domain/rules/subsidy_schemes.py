"""Schemes as a whole: how long one may run without a law, and what follows from their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vpt_regio.domain.subsidy_codes import CountKind

# Source: Awb 4:23, third paragraph, d
INCIDENTAL_YEARS: Final = 4


@dataclass(frozen=True)
class Counted:
    """A number that a source gives of some years, the first and the last included."""

    kind: CountKind
    from_year: int
    to_year: int
    number: int

    @property
    def years(self) -> frozenset[int]:
        return frozenset(range(self.from_year, self.to_year + 1))


@dataclass(frozen=True)
class Computed:
    """What is left of a count when another one is taken off; no source says it.

    `number` is negative when the two counts contradict each other.
    """

    kind: CountKind
    years: tuple[int, ...]
    number: int
    whole: Counted
    part: Counted


def last_incidental_day(starts_on: date) -> date:
    """Return the last day on which four years without a law are not yet over."""
    year = starts_on.year + INCIDENTAL_YEARS
    if (starts_on.month, starts_on.day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28)
    return starts_on.replace(year=year) - timedelta(days=1)


def runs_too_long(
    *, is_incidental: bool, starts_on: date | None, ends_on: date | None, today: date
) -> bool:
    """Tell whether an incidental scheme runs for more than four years, by its last day or by now.

    A scheme without a first day is not judged: what is unknown is no fault.
    """
    if not is_incidental or starts_on is None:
        return False
    return (ends_on or today) > last_incidental_day(starts_on)


def computed(counts: Sequence[Counted]) -> list[Computed]:
    """Return what is left of each count after a count of some of its years, in order.

    Only counts of one kind are taken off each other, and only where years are left.
    """
    return [
        Computed(whole.kind, tuple(sorted(left)), whole.number - part.number, whole, part)
        for whole in counts
        for part in counts
        if part.kind == whole.kind and part.years < whole.years
        for left in (whole.years - part.years,)
    ]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
