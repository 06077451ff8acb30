"""The next period is counted from the last one."""

from dataclasses import replace
from datetime import date

import pytest

from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.roll_over import PeriodPlan, add_months, next_deadlines, next_period

LAST = PeriodPlan(
    code="2011-2",
    name="juli–december 2011",
    sequence_no=5,
    starts_on=date(2011, 7, 1),
    ends_on=date(2011, 12, 31),
    letter_on=date(2012, 3, 15),
)


def test_a_calendar_half_year_is_followed_by_the_next() -> None:
    assert next_period(LAST) == PeriodPlan(
        code="2012-1",
        name="januari–juni 2012",
        sequence_no=6,
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 6, 30),
        letter_on=date(2012, 9, 15),
    )
    assert next_period(replace(LAST, name="Halfjaar 2011-2")).name == "Halfjaar 2012-1"
    assert next_period(replace(LAST, letter_on=None, sequence_no=None)).letter_on is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "next_end", "letter_on"),
    [
        (date(2012, 1, 1), date(2012, 4, 30), date(2012, 8, 31), date(2012, 10, 30)),
        (date(2012, 1, 16), date(2012, 2, 14), date(2012, 3, 15), date(2012, 7, 30)),
    ],
)
def test_another_rhythm_keeps_its_length(
    starts_on: date, ends_on: date, next_end: date, letter_on: date
) -> None:
    last = PeriodPlan("T1", "Tijdvak 1", None, starts_on, ends_on, date(2012, 6, 30))
    found = next_period(last)
    assert (found.ends_on, found.letter_on) == (next_end, letter_on)
    assert (found.code, found.name) == ("", "")


def test_a_month_that_is_shorter_ends_earlier() -> None:
    assert add_months(date(2011, 8, 31), 6) == date(2012, 2, 29)


def test_deadlines_keep_their_distance_to_the_letter() -> None:
    last = {DeadlineKind.REPORTS_SUBMITTED: date(2012, 1, 20)}
    found = next_deadlines(last, last_letter_on=date(2012, 3, 15), letter_on=date(2012, 9, 15))
    assert found[DeadlineKind.REPORTS_SUBMITTED] == date(2012, 7, 22)
    assert found[DeadlineKind.MINISTER_FILE] == date(2012, 9, 8)
    assert found[DeadlineKind.LETTER_SENT] == date(2012, 9, 15)
    assert next_deadlines(last, last_letter_on=date(2012, 3, 15), letter_on=None) == {}
