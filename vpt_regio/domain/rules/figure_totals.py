"""The totals of a figure set: what its rows come to, and which rows should add up to which.

None always means "not known", never 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vpt_regio.domain.text import N_

TOTAL_RULE = N_("De delen bij elkaar opgeteld zijn gelijk aan het totaal.")
CROSS_RULE = N_(
    "Deze cijferreeksen splitsen hetzelfde totaal elk op een andere manier uit."
    " Hun totalen zijn gelijk."
)
INEXACT_RULE = N_("Een van de cijfers is niet precies. Daarom kunnen we niet zeggen of dit klopt.")
MISSING_RULE = N_("Een van de cijfers is niet bekend. Daarom kunnen we niet zeggen of dit klopt.")


@dataclass(frozen=True)
class TotalRow:
    """A row of a figure set, reduced to what its totals depend on."""

    id: int
    part_of_id: int | None
    adds_up: bool


def parts_of(row_id: int, rows: Sequence[TotalRow]) -> list[TotalRow]:
    """Return the rows that are directly part of a row."""
    return [row for row in rows if row.part_of_id == row_id]


def total_of(rows: Sequence[TotalRow], values: Mapping[int, Fraction | None]) -> Fraction | None:
    """Return what the rows that are part of nothing come to; None when one is not known."""
    tops = [_value(row, rows, values) for row in rows if row.part_of_id is None]
    known = [value for value in tops if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(tops) else None


def _value(
    row: TotalRow, rows: Sequence[TotalRow], values: Mapping[int, Fraction | None]
) -> Fraction | None:
    """Return the figure of a row, or else the sum of its parts when it is that sum."""
    stated = values.get(row.id)
    if stated is not None or not row.adds_up:
        return stated
    parts = [_value(part, rows, values) for part in parts_of(row.id, rows)]
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(parts) else None


def has_loop(parents: Mapping[str, str]) -> bool:
    """Tell whether a row is, by way of others, part of itself; ``parents`` maps row to whole."""
    for name in parents:
        seen = {name}
        above = parents[name]
        while above:
            if above in seen:
                return True
            seen.add(above)
            above = parents.get(above, "")
    return False
