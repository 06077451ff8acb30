"""The limits between the arrangements, and what each asks for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.subsidy_arrangement import (
    Arrangement,
    Duty,
    Limit,
    Task,
    arrangement_of,
    duties_of,
)

HOLDS_FROM = date(2013, 7, 1)
LIMITS = [
    Limit(3, 12_500_000, HOLDS_FROM),
    Limit(1, 0, HOLDS_FROM),
    Limit(2, 2_500_000, HOLDS_FROM),
]
RAISED_FROM = date(2020, 1, 1)
RAISED = [
    Limit(1, 0, RAISED_FROM),
    Limit(2, 5_000_000, RAISED_FROM),
    Limit(3, 25_000_000, RAISED_FROM),
]


@pytest.mark.parametrize(
    ("cents", "number"),
    [
        (0, 1),
        (2_499_999, 1),
        (2_500_000, 2),
        (12_499_999, 2),
        (12_500_000, 3),
        (10**12, 3),
    ],
)
def test_the_limits_at_the_cent(cents: int, number: int) -> None:
    assert arrangement_of(cents, LIMITS, on=HOLDS_FROM) == Arrangement(number, by_analogy=False)


@pytest.mark.parametrize("on", [date(2011, 12, 1), date(2013, 6, 30)])
def test_before_the_first_limits_they_are_applied_by_analogy(on: date) -> None:
    found = arrangement_of(5_000_000, [*RAISED, *LIMITS], on=on)
    assert found == Arrangement(2, by_analogy=True)


@pytest.mark.parametrize(
    ("on", "number"), [(date(2019, 12, 31), 2), (RAISED_FROM, 1), (date(2024, 1, 1), 1)]
)
def test_new_limits_replace_the_earlier_ones_from_their_day(on: date, number: int) -> None:
    found = arrangement_of(2_500_000, [*RAISED, *LIMITS], on=on)
    assert found == Arrangement(number, by_analogy=False)


def test_the_six_pilots_of_2011() -> None:
    """Four below the first limit, two at € 50.000."""
    grants = [2_000_000, 930_000, 5_000_000, 1_000_000, 2_206_100, 5_000_000]
    found = [arrangement_of(cents, LIMITS, on=date(2011, 12, 1)) for cents in grants]
    assert [each.number for each in found if each] == [1, 1, 2, 1, 1, 2]
    assert all(each is not None and each.by_analogy for each in found)


def test_without_a_limit_there_is_no_arrangement() -> None:
    assert arrangement_of(1, [], on=HOLDS_FROM) is None
    assert arrangement_of(1, [Limit(2, 2_500_000, HOLDS_FROM)], on=HOLDS_FROM) is None


@given(lower=st.integers(0, 10**9), more=st.integers(0, 10**9))
def test_more_money_never_asks_for_less(lower: int, more: int) -> None:
    first = arrangement_of(lower, LIMITS, on=HOLDS_FROM)
    second = arrangement_of(lower + more, LIMITS, on=HOLDS_FROM)
    assert first is not None
    assert second is not None
    assert {*duties_of(first.number)} <= {*duties_of(second.number)}


@pytest.mark.parametrize(
    ("number", "duties"),
    [
        (1, (Duty.CHANGE_NOTICE, Duty.SAMPLE_CHECK)),
        (2, (Duty.PROGRESS, Duty.CHANGE_NOTICE, Duty.ACTIVITY_REPORT, Duty.SAMPLE_CHECK)),
        (3, tuple(Duty)),
    ],
)
def test_what_an_arrangement_asks_for(number: int, duties: tuple[Duty, ...]) -> None:
    assert duties_of(number) == duties


@pytest.mark.parametrize("number", [0, 4])
def test_there_are_three_arrangements(number: int) -> None:
    with pytest.raises(ValueError, match="no_such_arrangement"):
        duties_of(number)


@pytest.mark.parametrize(
    ("due_on", "done_on", "overdue"),
    [
        (date(2012, 6, 29), None, True),
        (date(2012, 6, 30), None, False),
        (date(2012, 6, 1), date(2012, 6, 30), False),
        (None, None, False),
    ],
)
def test_a_task_is_overdue_after_its_day(
    due_on: date | None, done_on: date | None, overdue: bool
) -> None:
    task = Task(Duty.PROGRESS, due_on=due_on, done_on=done_on)
    assert task.is_overdue(date(2012, 6, 30)) is overdue
