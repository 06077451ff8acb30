"""The next half-year, counted from the last one."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back

ONE_DAY = timedelta(days=1)
MONTHS_IN_YEAR = 12


@dataclass(frozen=True)
class PeriodPlan:
    """A period as it is planned; the code is empty when nothing can be proposed for it."""

    code: str
    name: str
    sequence_no: int | None
    starts_on: date
    ends_on: date
    letter_on: date | None


def next_period(last: PeriodPlan) -> PeriodPlan:
    """Return the period that follows: as long as the last, its letter as long after its end.

    Whole months stay whole months; any other period keeps its number of days.
    """
    starts_on = last.ends_on + ONE_DAY
    months = _whole_months(last.starts_on, last.ends_on)
    if months:
        ends_on = add_months(starts_on, months) - ONE_DAY
        letter_on = last.letter_on and add_months(last.letter_on, months)
    else:
        ends_on = starts_on + (last.ends_on - last.starts_on)
        letter_on = last.letter_on and last.letter_on + (ends_on - last.ends_on)
    old, new = HalfYear.of(last.starts_on), HalfYear.of(starts_on)
    is_calendar = (starts_on, ends_on) == (new.start, new.end)
    return PeriodPlan(
        code=new.code if is_calendar else "",
        name=_next_name(last, old, new) if is_calendar else "",
        sequence_no=None if last.sequence_no is None else last.sequence_no + 1,
        starts_on=starts_on,
        ends_on=ends_on,
        letter_on=letter_on,
    )


def next_deadlines(
    last: Mapping[DeadlineKind, date], *, last_letter_on: date | None, letter_on: date | None
) -> dict[DeadlineKind, date]:
    """Return the deadlines as far before the new letter as they were before the last one.

    What the last period did not have is counted back as usual; without a letter there are none.
    """
    if letter_on is None:
        return {}
    counted = count_back(letter_on)
    if last_letter_on is None:
        return counted
    moved = {kind: letter_on - (last_letter_on - due_on) for kind, due_on in last.items()}
    return {**counted, **moved, DeadlineKind.LETTER_SENT: letter_on}


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _whole_months(starts_on: date, ends_on: date) -> int:
    """Return how many whole months a period has, or 0 when it starts or ends within one."""
    after = ends_on + ONE_DAY
    if starts_on.day != 1 or after.day != 1:
        return 0
    return (after.year - starts_on.year) * MONTHS_IN_YEAR + after.month - starts_on.month


def _next_name(last: PeriodPlan, old: HalfYear, new: HalfYear) -> str:
    for before, after in ((old.label(), new.label()), (old.code, new.code)):
        if before in last.name:
            return last.name.replace(before, after)
    return new.label()
