"""When a commitment is due, and how it stands on a day."""

from calendar import monthrange
from datetime import date
from typing import Final

from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision, format_dutch_date
from vpt_regio.domain.half_year_codes import CommitmentStatus

RUNNING: Final = (
    CommitmentStatus.OPEN,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.PARTLY_FULFILLED,
)
"""The House waits for the result."""

DONE: Final = (CommitmentStatus.FULFILLED, CommitmentStatus.LAPSED)

_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}


def read_moment(words: str) -> FuzzyDate | None:
    """Read a moment in words; None when the words say no moment that can be placed in time."""
    try:
        found = FuzzyDate.parse(words)
    except ValueError:
        return None
    return found if found.on is not None else None


def last_day_of(moment: FuzzyDate) -> date | None:
    """Return the last day on which something promised for this moment is still in time."""
    if moment.on is None or moment.precision not in _MONTHS:
        return moment.on
    length = _MONTHS[moment.precision]
    month = (moment.on.month - 1) // length * length + length
    return date(moment.on.year, month, monthrange(moment.on.year, month)[1])


def standing(status: CommitmentStatus, due_on: date | None, on: date) -> CommitmentStatus:
    """Return how people see a commitment on a day: late once its last day has passed."""
    if status in RUNNING and due_on is not None and due_on < on:
        return CommitmentStatus.OVERDUE
    return status


def moment_words(on: date | None, words: str) -> str:
    """Return a moment as people read it: the words of the source, or else the day; or nothing."""
    return words or (format_dutch_date(on) if on else "")
