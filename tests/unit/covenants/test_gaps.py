"""Days without a project leader."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vpt_regio.domain.rules.gaps import gaps, overlap

START, END = date(2012, 1, 1), date(2012, 12, 31)
DAYS = st.integers(min_value=-30, max_value=400).map(lambda days: START + timedelta(days=days))


def test_nobody_at_all_is_one_gap() -> None:
    assert gaps([], start=START, end=END) == [(START, END)]


def test_an_open_appointment_closes_the_rest() -> None:
    found = gaps([(date(2012, 3, 1), None)], start=START, end=END)
    assert found == [(START, date(2012, 2, 29))]


def test_a_deputy_fills_what_the_leader_leaves() -> None:
    leader = [(START, date(2012, 4, 30)), (date(2012, 6, 1), None)]
    assert gaps(leader, start=START, end=END) == [(date(2012, 5, 1), date(2012, 5, 31))]
    deputy = (date(2012, 4, 15), date(2012, 5, 31))
    assert gaps([*leader, deputy], start=START, end=END) == []


def test_what_comes_after_the_end_does_not_count() -> None:
    assert gaps([(date(2013, 5, 1), None)], start=START, end=END) == [(START, END)]


# a busy machine draws slowly
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=8))
def test_a_day_is_covered_or_in_a_gap_and_never_both(stretches: list[tuple[date, date]]) -> None:
    found = gaps(stretches, start=START, end=END)
    for number in range((END - START).days + 1):
        day = START + timedelta(days=number)
        covered = any(first <= day <= last for first, last in stretches)
        in_gap = sum(first <= day <= last for first, last in found)
        assert in_gap == (0 if covered else 1)


@given(DAYS, DAYS, DAYS, DAYS)
def test_stretches_overlap_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    shared = max(first[0], second[0]) <= min(first[1], second[1])
    assert overlap(first, second) is shared
    assert overlap(second, first) is shared


def test_without_end_a_stretch_reaches_everything_later() -> None:
    assert overlap((START, None), (date(2020, 1, 1), None))
    assert not overlap((START, None), (date(2010, 1, 1), date(2011, 12, 31)))
