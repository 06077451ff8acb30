"""Dividing what regions spent together."""

import pytest

from vpt_regio.domain.rules.covenant_money import parts_of_spending


@pytest.mark.parametrize(
    ("cents", "rooms", "expected"),
    [
        (80, [50, 50], [40, 40]),
        (80, [0, 100], [0, 80]),
        (100, [10, 30], [40, 60]),
        (99, [-5, 99], [0, 99]),
        (7, [None, 4], [4, 3]),
        (-3, [5, 5], [-2, -1]),
        (0, [5, 5], [0, 0]),
    ],
)
def test_each_has_what_fits_and_the_parts_sum_to_it(
    cents: int, rooms: list[int | None], expected: list[int]
) -> None:
    parts = parts_of_spending(cents, rooms, [1, 1])
    assert parts == expected
    assert sum(parts) == cents
