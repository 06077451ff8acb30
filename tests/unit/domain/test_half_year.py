from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.half_year import (
    HalfYear,
    iso_week_thursday,
    iso_weeks_between,
    parse_week,
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "code", "start", "end", "label"),
    [
        (date(2012, 1, 1), "2012-1", date(2012, 1, 1), date(2012, 6, 30), "januari–juni 2012"),
        (date(2012, 6, 30), "2012-1", date(2012, 1, 1), date(2012, 6, 30), "januari–juni 2012"),
        (date(2012, 7, 1), "2012-2", date(2012, 7, 1), date(2012, 12, 31), "juli–december 2012"),
        (date(2011, 12, 31), "2011-2", date(2011, 7, 1), date(2011, 12, 31), "juli–december 2011"),
    ],
)
def test_the_half_year_of_a_day(day: date, code: str, start: date, end: date, label: str) -> None:
    half_year = HalfYear.of(day)
    assert (half_year.code, half_year.start, half_year.end) == (code, start, end)
    assert half_year.label() == label


@given(days)
def test_half_years_follow_each_other_without_a_gap(day: date) -> None:
    half_year = HalfYear.of(day)
    assert half_year.start <= day <= half_year.end
    assert half_year.next().start == half_year.end + timedelta(days=1)
    assert half_year.next().previous() == half_year
    assert half_year < half_year.next()


@pytest.mark.parametrize("half", [0, 3])
def test_a_year_has_two_halves(half: int) -> None:
    with pytest.raises(ValueError, match=r"^no_such_half$"):
        HalfYear(2012, half)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2012-W23", (2012, 23)),
        ("2012-23", (2012, 23)),
        ("week 23 2012", (2012, 23)),
        ("Week 23 van 2012", (2012, 23)),
        (" 2012-w3 ", (2012, 3)),
        ("2009-W53", (2009, 53)),
    ],
)
def test_weeks_are_understood(text: str, week: tuple[int, int]) -> None:
    assert parse_week(text) == week


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2012-W53", "no_such_week"),
        ("2012-W00", "no_such_week"),
        ("2012-54", "no_such_week"),
        ("0000-01", "no_such_week"),
        ("23", "not_a_week"),
        ("W23-2012", "not_a_week"),
        ("2012-W123", "not_a_week"),
        ("", "not_a_week"),
    ],
)
def test_other_weeks_are_refused(text: str, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        parse_week(text)


def test_the_thursday_places_a_week() -> None:
    assert iso_week_thursday(2011, 52) == date(2011, 12, 29)
    assert iso_week_thursday(2012, 1) == date(2012, 1, 5)
    with pytest.raises(ValueError, match=r"^no_such_week$"):
        iso_week_thursday(2012, 53)


def test_a_week_over_new_year_belongs_to_the_half_year_of_its_thursday() -> None:
    # Thursday 31 December 2009 lies in week 53, most of which is in 2009.
    assert iso_weeks_between(date(2009, 7, 1), date(2009, 12, 31))[-1] == (2009, 53)
    assert iso_weeks_between(date(2010, 1, 1), date(2010, 6, 30))[0] == (2010, 1)
    # Sunday 1 January 2012 still belongs to the last week of 2011.
    assert iso_weeks_between(date(2012, 1, 1), date(2012, 6, 30))[0] == (2012, 1)
    assert iso_weeks_between(date(2012, 1, 1), date(2012, 1, 4)) == []


@given(days, st.integers(0, 400), st.integers(1, 400))
def test_two_periods_in_a_row_share_no_week_and_miss_none(
    start: date, first: int, second: int
) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    before = iso_weeks_between(start, middle)
    after = iso_weeks_between(middle + timedelta(days=1), end)
    assert before + after == iso_weeks_between(start, end)
    assert all(start <= iso_week_thursday(*week) <= middle for week in before)
    assert abs(len(before + after) * 7 - (first + second + 1)) < 7


@given(days)
def test_every_written_week_reads_back(day: date) -> None:
    calendar = day.isocalendar()
    assert parse_week(f"{calendar.year}-W{calendar.week:02d}") == (calendar.year, calendar.week)
