"""Calendar half-years and ISO weeks."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = re.compile(r"(?P<year>\d{4})\s*-\s*W?(?P<week>\d{1,2})", re.IGNORECASE | re.ASCII)
_WEEK_IN_WORDS = re.compile(
    r"week\s+(?P<week>\d{1,2})(?:\s+van)?\s+(?P<year>\d{4})", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, order=True)
class HalfYear:
    """Half a calendar year; a reporting period may start or end on other days."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError("no_such_half")

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """Return the half-year that holds a day."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def start(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        """The last day, inclusive."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.half}"

    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    def previous(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def label(self) -> str:
        """Return the Dutch name: ``januari–juni 2012``."""
        months = "januari–juni" if self.half == 1 else "juli–december"
        return f"{months} {self.year}"


def iso_week_thursday(year: int, week: int) -> date:
    """Return the Thursday that decides to which month and period a week belongs.

    Raises ``ValueError`` when the year has no such week.
    """
    try:
        return date.fromisocalendar(year, week, 4)
    except ValueError as error:
        raise ValueError("no_such_week") from error


def iso_weeks_between(start: date, end: date) -> list[tuple[int, int]]:
    """Return the ISO weeks (year, week) whose Thursday lies in a period, both days included.

    Periods that follow each other thus share no week and miss none.
    """
    thursday = start + timedelta(days=(4 - start.isoweekday()) % 7)
    weeks = []
    while thursday <= end:
        calendar = thursday.isocalendar()
        weeks.append((calendar.year, calendar.week))
        thursday += timedelta(weeks=1)
    return weeks


def parse_week(text: str) -> tuple[int, int]:
    """Read ``2012-W23``, ``2012-23`` or ``week 23 2012`` and return (year, week).

    Raises ``ValueError``: ``not_a_week``, or ``no_such_week`` when the year lacks that week.
    """
    plain = text.strip()
    match = _WEEK.fullmatch(plain) or _WEEK_IN_WORDS.fullmatch(plain)
    if match is None:
        raise ValueError("not_a_week")
    year, week = int(match["year"]), int(match["week"])
    iso_week_thursday(year, week)
    return year, week
