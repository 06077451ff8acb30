"""The terms of subsidies."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.subsidy_terms import (
    COMPLETION_DAYS,
    DECISION_DAYS,
    days_paused,
    decision_due_on,
    is_within_five_years,
    limitation_on,
)

days = st.dates(min_value=date(2008, 1, 1), max_value=date(2040, 12, 31))
RECEIVED = date(2011, 11, 30)


def test_eight_weeks_to_decide() -> None:
    assert decision_due_on(RECEIVED, days=DECISION_DAYS) == date(2012, 1, 25)


def test_the_clock_stands_still_while_the_applicant_completes() -> None:
    assert decision_due_on(RECEIVED, days=DECISION_DAYS, paused_days=14) == date(2012, 2, 8)


@pytest.mark.parametrize(
    ("extended_to", "due_on"),
    [(date(2012, 3, 31), date(2012, 3, 31)), (date(2012, 1, 1), date(2012, 1, 25))],
)
def test_an_extension_never_shortens_the_term(extended_to: date, due_on: date) -> None:
    assert decision_due_on(RECEIVED, days=DECISION_DAYS, extended_to=extended_to) == due_on


@pytest.mark.parametrize(("term", "paused"), [(-1, 0), (56, -1)])
def test_a_term_is_never_negative(term: int, paused: int) -> None:
    with pytest.raises(ValueError, match="negative_days"):
        decision_due_on(RECEIVED, days=term, paused_days=paused)


@pytest.mark.parametrize(
    ("completed_on", "today", "paused"),
    [
        (None, date(2012, 3, 1), 0),
        (None, date(2012, 3, 2), 1),
        (None, date(2012, 3, 15), 14),
        (None, date(2012, 4, 30), 14),
        (date(2012, 3, 1), date(2012, 4, 30), 0),
        (date(2012, 3, 2), date(2012, 4, 30), 0),
        (date(2012, 3, 9), date(2012, 4, 30), 7),
        (date(2012, 3, 15), date(2012, 4, 30), 13),
    ],
)
def test_the_days_of_a_pause(completed_on: date | None, today: date, paused: int) -> None:
    asked_on = date(2012, 3, 1)
    due_on = asked_on + timedelta(days=COMPLETION_DAYS)
    assert days_paused(asked_on, due_on=due_on, completed_on=completed_on, today=today) == paused


@given(asked_on=days, term=st.integers(0, 60), taken=st.integers(0, 60), later=st.integers(0, 99))
def test_a_pause_is_never_longer_than_its_term(
    asked_on: date, term: int, taken: int, later: int
) -> None:
    completed_on = asked_on + timedelta(days=taken)
    paused = days_paused(
        asked_on,
        due_on=asked_on + timedelta(days=term),
        completed_on=completed_on,
        today=completed_on + timedelta(days=later),
    )
    assert 0 <= paused <= min(term, taken)


@pytest.mark.parametrize(
    ("settled_on", "last_day"),
    [
        (date(2012, 6, 15), date(2017, 6, 15)),
        (date(2012, 2, 29), date(2017, 2, 28)),
        (date(2011, 2, 28), date(2016, 2, 28)),
        (date(2012, 12, 31), date(2017, 12, 31)),
    ],
)
def test_five_years_end_on_the_same_day(settled_on: date, last_day: date) -> None:
    assert limitation_on(settled_on) == last_day
    assert is_within_five_years(settled_on, last_day)
    assert not is_within_five_years(settled_on, last_day + timedelta(days=1))


@given(settled_on=days)
def test_who_settles_later_is_barred_no_earlier(settled_on: date) -> None:
    assert limitation_on(settled_on) <= limitation_on(settled_on + timedelta(days=1))
    assert is_within_five_years(settled_on, settled_on)
