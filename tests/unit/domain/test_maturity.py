"""The levels of maturity, and which entries of a list are the same thing."""

import pytest

from vpt_regio.domain.rules.maturity import LEVELS, Move, move, needs_evidence, summarise
from vpt_regio.domain.rules.same_entries import SameEntries


def test_there_are_five_levels_in_order() -> None:
    assert list(LEVELS) == [0, 1, 2, 3, 4]
    assert len({level.label for level in LEVELS.values()}) == 5


def test_only_nothing_needs_no_evidence() -> None:
    assert [level for level in LEVELS if needs_evidence(level)] == [1, 2, 3, 4]


def test_not_assessed_is_not_level_zero() -> None:
    found = summarise([None, 0, 4, None])
    assert (found.counts[0], found.counts[4], found.not_assessed, found.assessed) == (1, 1, 2, 2)


@pytest.mark.parametrize(
    ("levels", "middle"),
    [([], None), ([None], None), ([3], 3), ([1, 4], 1), ([0, 0, 4], 0), ([4, 2, 3, 3], 3)],
)
def test_the_middle_is_always_a_level(levels: list[int | None], middle: int | None) -> None:
    assert summarise(levels).median == middle


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, None),
        (2, None, None),
        (None, 0, Move.FIRST),
        (1, 3, Move.UP),
        (3, 1, Move.DOWN),
        (0, 0, Move.SAME),
    ],
)
def test_what_became_of_a_level(
    before: int | None, after: int | None, expected: Move | None
) -> None:
    assert move(before, after) is expected


def test_an_entry_is_found_in_a_list_of_another_version() -> None:
    same = SameEntries({1: 3, 2: 4, 5: 4})
    assert same.are_same(1, 3)
    assert same.are_same(2, 5)
    assert not same.are_same(1, 2)
    assert same.counterparts([1, 2, 5, 9], [3, 4]) == {1: 3, 2: 4, 5: 4}
    assert same.counterparts([3, 4], [1, 2]) == {3: 1, 4: 2}
