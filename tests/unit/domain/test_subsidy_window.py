"""When one can apply, to the minute, in winter and in summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vpt_regio.domain.rules.subsidy_window import AMSTERDAM, Window

WINTER = date(2012, 3, 1)
SUMMER = date(2012, 6, 29)
TO_SUMMER_TIME = date(2012, 3, 25)
TO_WINTER_TIME = date(2012, 10, 28)

days = st.dates(min_value=date(2008, 1, 1), max_value=date(2040, 12, 31))


def window(closes_on: date, *, inclusive: bool) -> Window:
    return Window(date(2012, 1, 9), closes_on, closing_inclusive=inclusive)


@pytest.mark.parametrize(
    ("closes_on", "inclusive", "end"),
    [
        (WINTER, False, datetime(2012, 2, 29, 23, 0, tzinfo=UTC)),
        (WINTER, True, datetime(2012, 3, 1, 23, 0, tzinfo=UTC)),
        (SUMMER, False, datetime(2012, 6, 28, 22, 0, tzinfo=UTC)),
        (SUMMER, True, datetime(2012, 6, 29, 22, 0, tzinfo=UTC)),
        # the clock changes within these days: they begin in one time and end in the other
        (TO_SUMMER_TIME, False, datetime(2012, 3, 24, 23, 0, tzinfo=UTC)),
        (TO_SUMMER_TIME, True, datetime(2012, 3, 25, 22, 0, tzinfo=UTC)),
        (TO_WINTER_TIME, False, datetime(2012, 10, 27, 22, 0, tzinfo=UTC)),
        (TO_WINTER_TIME, True, datetime(2012, 10, 28, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_last_minute_counts_and_the_next_is_too_late(
    closes_on: date, inclusive: bool, end: datetime
) -> None:
    round_window = window(closes_on, inclusive=inclusive)
    last_minute = end - timedelta(minutes=1)
    assert round_window.end == end
    assert round_window.is_open(last_minute)
    assert not round_window.is_closed(last_minute)
    assert round_window.is_open(end - timedelta(microseconds=1))
    assert round_window.is_closed(end)
    assert not round_window.is_open(end)


@pytest.mark.parametrize(("inclusive", "last_day"), [(True, WINTER), (False, date(2012, 2, 29))])
def test_the_last_day_is_the_day_of_the_last_minute(inclusive: bool, last_day: date) -> None:
    round_window = window(WINTER, inclusive=inclusive)
    last_minute = round_window.end - timedelta(minutes=1)
    assert round_window.last_day == last_day
    assert last_minute.astimezone(AMSTERDAM).date() == last_day


@pytest.mark.parametrize("inclusive", [True, False])
def test_a_dutch_clock_and_a_clock_of_utc_judge_alike(inclusive: bool) -> None:
    end = window(SUMMER, inclusive=inclusive).end
    local = datetime.combine(SUMMER, datetime.min.time(), AMSTERDAM)
    assert end == (local + timedelta(days=1) if inclusive else local)
    assert window(SUMMER, inclusive=inclusive).is_closed(local.astimezone(UTC)) is not inclusive


def test_one_can_apply_from_midnight() -> None:
    round_window = window(WINTER, inclusive=True)
    midnight = datetime(2012, 1, 8, 23, 0, tzinfo=UTC)
    assert round_window.first_moment == midnight
    assert round_window.is_open(midnight)
    assert round_window.is_too_early(midnight - timedelta(microseconds=1))
    assert not round_window.is_open(midnight - timedelta(microseconds=1))


@pytest.mark.parametrize("change", [TO_SUMMER_TIME, TO_WINTER_TIME])
def test_a_round_of_one_day_lasts_as_long_as_that_day(change: date) -> None:
    one_day = Window(change, change, closing_inclusive=True)
    lasts = one_day.end.astimezone(UTC) - one_day.first_moment.astimezone(UTC)
    assert lasts == timedelta(hours=23 if change == TO_SUMMER_TIME else 25)


@pytest.mark.parametrize(
    ("closes_on", "inclusive"), [(WINTER, False), (WINTER - timedelta(days=1), True)]
)
def test_a_window_without_a_moment_is_refused(closes_on: date, inclusive: bool) -> None:
    with pytest.raises(ValueError, match="no_moment_left"):
        Window(WINTER, closes_on, closing_inclusive=inclusive)


def test_a_moment_without_a_zone_is_not_judged() -> None:
    with pytest.raises(TypeError):
        window(WINTER, inclusive=True).is_open(datetime(2012, 2, 1, 12))  # noqa: DTZ001


@given(
    opens_on=days,
    length=st.integers(0, 400),
    inclusive=st.booleans(),
    at=st.datetimes(datetime(2007, 1, 1), datetime(2042, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_a_moment_is_too_early_in_time_or_too_late(
    opens_on: date, length: int, inclusive: bool, at: datetime
) -> None:
    assume(inclusive or length)
    closes_on = opens_on + timedelta(days=length)
    round_window = Window(opens_on, closes_on, closing_inclusive=inclusive)
    found = (round_window.is_too_early(at), round_window.is_open(at), round_window.is_closed(at))
    assert sum(found) == 1
    day = at.astimezone(AMSTERDAM).date()
    assert round_window.is_open(at) == (opens_on <= day <= round_window.last_day)


@given(opens_on=days, length=st.integers(1, 400))
def test_counting_the_closing_day_adds_that_day(opens_on: date, length: int) -> None:
    closes_on = opens_on + timedelta(days=length)
    without = Window(opens_on, closes_on, closing_inclusive=False)
    counted = Window(opens_on, closes_on, closing_inclusive=True)
    assert counted.last_day - without.last_day == timedelta(days=1)
    assert without.end == Window(opens_on, without.last_day, closing_inclusive=True).end
