"""The levels of maturity, and which entries of a list are the same thing."""

from datetime import date

import pytest

from vpt_regio.domain.rules.maturity import LEVELS, Move, move, needs_evidence, summarise
from vpt_regio.domain.rules.same_entries import ListedEntry, same_entries

NEW_YEAR = date(2015, 1, 1)


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


def test_the_same_code_is_the_same_thing_within_a_programme() -> None:
    same = same_entries(
        [
            ListedEntry(1, 1, "M1", None),
            ListedEntry(2, 1, "M2", None),
            ListedEntry(3, 1, "M1", NEW_YEAR),
            ListedEntry(4, 2, "M1", NEW_YEAR),
        ]
    )
    assert same.are_same(1, 3)
    assert not same.are_same(1, 4)
    assert same.counterparts([1, 2, 3], [3, 4]) == {1: 3, 3: 3}


def test_a_successor_goes_before_the_code() -> None:
    """Two measures that change places keep apart, and what went up in one counts for it."""
    swapped = same_entries(
        [
            ListedEntry(1, 1, "M1", None, successor=4),
            ListedEntry(2, 1, "M2", None, successor=3),
            ListedEntry(3, 1, "M1", NEW_YEAR),
            ListedEntry(4, 1, "M2", NEW_YEAR),
            ListedEntry(5, 1, "M3", None, successor=4),
        ]
    )
    assert swapped.counterparts([1, 2, 5], [3, 4]) == {1: 4, 2: 3, 5: 4}


def test_a_chain_over_three_versions_and_a_circle_end() -> None:
    later = date(2017, 1, 1)
    chain = same_entries(
        [
            ListedEntry(1, 1, "M1", None),
            ListedEntry(2, 1, "M1", NEW_YEAR, successor=3),
            ListedEntry(3, 1, "N1", later),
        ]
    )
    assert chain.key(1) == chain.key(2) == chain.key(3) == 3
    circle = same_entries(
        [ListedEntry(1, 1, "A", None, successor=2), ListedEntry(2, 1, "B", None, successor=1)]
    )
    assert {circle.key(1), circle.key(2)} == {1, 2}
