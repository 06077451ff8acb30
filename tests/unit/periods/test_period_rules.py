"""Codes, gaps, overlaps, and deadlines that move along with the letter."""

from datetime import date, timedelta

import pytest

from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back
from vpt_regio.domain.rules.periods import Finding, Oddity, Span, is_valid_code, oddities, recount

SEVEN_MONTHS = Span("2011-2", date(2011, 6, 1), date(2011, 12, 31))
NEXT = Span("2012-1", date(2012, 1, 1), date(2012, 6, 30))


@pytest.mark.parametrize("code", ["2011-2", "H1", "a-b-c", "2" * 20])
def test_letters_digits_and_hyphens_make_a_code(code: str) -> None:
    assert is_valid_code(code)


@pytest.mark.parametrize("code", ["", "2011/2", "2011 2", "-1", "1-", "a--b", "é", "2" * 21, "٣"])
def test_anything_else_does_not(code: str) -> None:
    assert not is_valid_code(code)


def test_periods_that_follow_each_other_are_not_odd() -> None:
    assert oddities(NEXT, [SEVEN_MONTHS, NEXT]) == []


def test_an_overlap_names_the_other_period() -> None:
    earlier = Span("2011-1", date(2011, 1, 1), date(2011, 6, 30))
    assert oddities(SEVEN_MONTHS, [earlier, NEXT]) == [Finding(Oddity.OVERLAP, "2011-1")]


def test_a_gap_counts_the_days_to_the_nearest_neighbours() -> None:
    far = Span("2010-1", date(2010, 1, 1), date(2010, 6, 30))
    near = Span("2011-1", date(2011, 1, 1), date(2011, 5, 29))
    later = Span("2012-2", date(2012, 1, 2), date(2012, 6, 30))
    found = oddities(SEVEN_MONTHS, [far, near, later])
    assert found == [Finding(Oddity.GAP, "2011-1", 2), Finding(Oddity.GAP, "2012-2", 1)]


def test_counted_deadlines_move_and_those_put_by_hand_stay() -> None:
    old, new = date(2012, 3, 15), date(2012, 3, 29)
    by_hand = date(2012, 1, 25)
    current = {**count_back(old), DeadlineKind.REPORTS_SUBMITTED: by_hand}
    moved = recount(current, old_letter_on=old, new_letter_on=new)
    assert moved[DeadlineKind.REPORTS_SUBMITTED] == by_hand
    assert moved[DeadlineKind.REVIEWS_DONE] == new - timedelta(weeks=7)
    assert moved[DeadlineKind.LETTER_SENT] == new


def test_without_a_letter_only_what_was_put_by_hand_remains() -> None:
    old = date(2012, 3, 15)
    current = {**count_back(old), DeadlineKind.COORDINATED: date(2012, 3, 2)}
    kept = recount(current, old_letter_on=old, new_letter_on=None)
    assert kept == {DeadlineKind.COORDINATED: date(2012, 3, 2)}
