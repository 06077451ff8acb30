"""The clock of a covenant: each threshold, and what held on days that lie in the past."""

from datetime import date, timedelta

import pytest

from vpt_regio.domain.enums import CovenantStatus
from vpt_regio.domain.rules.covenant_clock import clock_signal, signalled_since, status_at

LAST = date(2012, 12, 31)
IN_FORCE, EXPIRED = CovenantStatus.IN_FORCE, CovenantStatus.EXPIRED
TERMINATED, CLOSED = CovenantStatus.TERMINATED, CovenantStatus.CLOSED


@pytest.mark.parametrize(
    ("left", "raised_days_before"),
    [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, -1)],
)
def test_a_signal_stands_since_its_own_threshold(left: int, raised_days_before: int | None):
    today = LAST - timedelta(days=left)
    since = signalled_since(LAST, today)
    if raised_days_before is None:
        assert (since, clock_signal(LAST, today)) == (None, None)
    else:
        assert since == LAST - timedelta(days=raised_days_before)


@pytest.mark.parametrize(
    ("stored", "ended_on", "on_last_day", "on_next_day"),
    [
        (IN_FORCE, None, IN_FORCE, EXPIRED),
        (CLOSED, None, IN_FORCE, CLOSED),
        (CLOSED, LAST, IN_FORCE, CLOSED),
        (TERMINATED, LAST, IN_FORCE, TERMINATED),
        # without a known day nothing tells until when it was in force
        (TERMINATED, None, TERMINATED, TERMINATED),
    ],
)
def test_what_is_over_by_now_was_in_force_on_its_last_day(
    stored: CovenantStatus,
    ended_on: date | None,
    on_last_day: CovenantStatus,
    on_next_day: CovenantStatus,
):
    assert status_at(stored, LAST, LAST, ended_on=ended_on) is on_last_day
    assert status_at(stored, LAST, LAST + timedelta(days=1), ended_on=ended_on) is on_next_day
