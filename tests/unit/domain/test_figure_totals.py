"""What the rows of a figure set come to, and rows that would be part of themselves."""

from fractions import Fraction

import pytest

from vpt_regio.domain.rules.figure_totals import TotalRow, has_loop, total_of

WHOLE = TotalRow(1, None, adds_up=True)
PARTS = [TotalRow(2, 1, adds_up=False), TotalRow(3, 1, adds_up=False)]


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ({1: 403, 2: 1, 3: 2}, 403),
        ({2: 149, 3: 254}, 403),
        ({2: 149}, None),
        ({1: 403}, 403),
        ({1: 0, 2: 4}, 0),
        ({}, None),
    ],
)
def test_a_stated_total_goes_before_the_sum_of_its_parts(
    values: dict[int, int], total: int | None
) -> None:
    known = {key: Fraction(value) for key, value in values.items()}
    assert total_of([WHOLE, *PARTS], known) == total


def test_rows_beside_each_other_are_added_when_all_are_known() -> None:
    rows = [TotalRow(1, None, adds_up=False), TotalRow(2, None, adds_up=False)]
    assert total_of(rows, {1: Fraction(3), 2: Fraction(4)}) == 7
    assert total_of(rows, {1: Fraction(3), 2: None}) is None
    assert total_of([], {}) is None


@pytest.mark.parametrize(
    ("parents", "loops"),
    [
        ({"A": "", "B": "A", "C": "B"}, False),
        ({"A": "B", "B": "A"}, True),
        ({"A": "B", "B": "C", "C": "B"}, True),
        ({"A": "A"}, True),
    ],
)
def test_a_row_that_is_part_of_itself_is_found(parents: dict[str, str], loops: bool) -> None:
    assert has_loop(parents) is loops
