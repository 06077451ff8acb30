"""How long an incidental scheme may run, and what follows from what sources count."""

from datetime import date

import pytest

from vpt_regio.domain.rules.subsidy_schemes import (
    Counted,
    computed,
    last_incidental_day,
    runs_too_long,
)
from vpt_regio.domain.subsidy_codes import CountKind

FIRST = date(2008, 1, 1)


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (FIRST, date(2011, 12, 31)),
        (date(2011, 9, 15), date(2015, 9, 14)),
        (date(2008, 2, 29), date(2012, 2, 28)),
        # 2100 has no 29 February
        (date(2096, 2, 29), date(2100, 2, 28)),
        (date(2008, 3, 1), date(2012, 2, 29)),
    ],
)
def test_four_years_end_the_day_before_the_same_day(starts_on: date, last: date) -> None:
    assert last_incidental_day(starts_on) == last


@pytest.mark.parametrize(
    ("ends_on", "today", "is_too_long"),
    [
        (date(2011, 12, 31), date(2020, 1, 1), False),
        (date(2012, 1, 1), date(2008, 1, 1), True),
        (None, date(2011, 12, 31), False),
        (None, date(2012, 1, 1), True),
    ],
)
def test_an_incidental_scheme_is_judged_by_its_last_day_or_by_now(
    ends_on: date | None, today: date, is_too_long: bool
) -> None:
    found = runs_too_long(is_incidental=True, starts_on=FIRST, ends_on=ends_on, today=today)

    assert found is is_too_long
    assert not runs_too_long(is_incidental=False, starts_on=FIRST, ends_on=ends_on, today=today)
    assert not runs_too_long(is_incidental=True, starts_on=None, ends_on=ends_on, today=today)


def test_what_is_left_of_a_count_is_computed() -> None:
    whole = Counted(CountKind.GRANTED, 2008, 2010, 112)
    part = Counted(CountKind.GRANTED, 2010, 2010, 45)
    # 14 that finish in 2012 may or may not be among the 45: nothing follows from them
    others = Counted(CountKind.TO_FINISH, 2012, 2012, 14)

    [found] = computed([whole, part, others])

    assert (found.years, found.number) == ((2008, 2009), 67)
    assert (found.whole, found.part) == (whole, part)


def test_counts_that_contradict_each_other_leave_less_than_nothing() -> None:
    found = computed(
        [Counted(CountKind.GRANTED, 2008, 2009, 40), Counted(CountKind.GRANTED, 2009, 2009, 45)]
    )

    assert [one.number for one in found] == [-5]
