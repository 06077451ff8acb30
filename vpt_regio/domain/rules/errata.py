"""Errata: what differs between two versions of a table, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final

ALIKE: Final = Fraction(1, 2)
"""Rows are the same thing, changed, when at least this share of their cells is equal."""

Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Erratum:
    """A cell that is not what it was in the version before.

    `row` is its number in the file of the new version, or in that of the old one with
    "(vervallen)" when the row is gone; `decision` is the reference of the reopening.
    """

    sheet: str
    row: str
    column: str
    was: object
    becomes: object
    reason: str
    decision: str


def paired(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[Pair]:
    """Return which rows are the same thing in both: (place before, place now).

    None before: the row is new. None now: the row is gone. The order is that of the new rows, a
    row that is gone at the place where it stood.
    """
    lines = [tuple(row) for row in old], [tuple(row) for row in new]
    pairs: list[Pair] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _paired_block(old, new, range(i1, i2), range(j1, j2))
    return pairs


def _paired_block(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], before: range, now: range
) -> list[Pair]:
    pairs: list[Pair] = []
    following = before.start
    for j in now:
        found = next((i for i in range(following, before.stop) if _alike(old[i], new[j])), None)
        if found is None:
            pairs.append((None, j))
            continue
        pairs += [(i, None) for i in range(following, found)]
        pairs.append((found, j))
        following = found + 1
    return pairs + [(i, None) for i in range(following, before.stop)]


def _alike(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) != len(new):
        return False
    equal = sum(a == b for a, b in zip(old, new, strict=True))
    return Fraction(equal, len(new) or 1) >= ALIKE
