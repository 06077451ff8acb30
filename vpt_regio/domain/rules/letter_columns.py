"""Columns of a table that were computed from its other columns: shares, changes, differences.

Which computation it was is learned from the column itself: the one that comes out in all its rows
but one at the most. A row that does not come out is then wrong.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product

from vpt_regio.domain.rules.letter_agreement import plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_tables import Grid, is_derived, is_total

ADDABLE = (NumberUnit.COUNT, NumberUnit.EURO)
FEWEST_ROWS = 2
FEWEST_FOR_A_FAULT = 3
MOST_COLUMNS = 12
_MEAN = re.compile(r"\bgemiddelde?\b|\bper\b|\bprijs\b|ratio", re.IGNORECASE)
Compute = Callable[[Fraction, Fraction], Fraction]


@dataclass(frozen=True)
class Operation:
    """One way to compute a cell from two others; `told` says it in Dutch, `of` in symbols."""

    kind: FindingKind
    compute: Compute
    told: str


CHANGE = Operation(FindingKind.CHANGE, lambda a, b: (b - a) / a * 100, "van {a} naar {b}")
DIFFERENCE = Operation(FindingKind.DIFFERENCE, lambda a, b: b - a, "{b} − {a}")
SHARE = Operation(FindingKind.SHARE, lambda a, b: a / b * 100, "{a} van {b}")
PER_PIECE = Operation(FindingKind.PART, lambda a, b: a / b, "{a} gedeeld door {b}")


@dataclass(frozen=True)
class Formula:
    """How a column follows from two others; `of_total` when it is a share in the first's total."""

    operation: Operation
    first: int
    second: int
    of_total: bool = False


@dataclass(frozen=True)
class Row:
    """A cell of a computed column, and what follows for it."""

    row: int
    first: Fraction
    second: Fraction
    computed: Fraction
    fits: bool
    is_off: bool


def derived_findings(grid: Grid) -> dict[int, list[Finding]]:
    """Return per computed column what each of its cells says beside what follows."""
    if len(grid.headers) > MOST_COLUMNS:
        return {}
    found = {}
    for column in range(len(grid.headers)):
        best = _formula(grid, column)
        if best is not None:
            formula, rows = best
            found[column] = [_finding(grid, column, formula, one) for one in rows]
    return found


def _formula(grid: Grid, column: int) -> tuple[Formula, list[Row]] | None:
    """Return the computation that a column follows, with its rows, when there is one."""
    tried = [(formula, _rows(grid, column, formula)) for formula in _formulas(grid, column)]
    believed = [(formula, rows) for formula, rows in tried if _is_believed(rows)]
    if not believed:
        return None
    formula, rows = max(believed, key=lambda one: sum(row.fits for row in one[1]))
    off = [row.row for row in rows if row.is_off]
    others = [{row.row for row in found if row.fits} for _, found in believed]
    if any(row in fits for row in off for fits in others):
        # another computation says that the cell is right
        return None
    return formula, [row for row in rows if row.fits or row.is_off]


def _is_believed(rows: Sequence[Row]) -> bool:
    fitting = sum(row.fits for row in rows)
    if fitting < FEWEST_ROWS:
        return False
    return fitting == len(rows) or (len(rows) >= FEWEST_FOR_A_FAULT and fitting >= len(rows) - 1)


def _formulas(grid: Grid, column: int) -> Iterator[Formula]:
    """Yield the computations that the unit and the header of a column allow."""
    unit, header = _unit(grid, column), grid.headers[column]
    others = [i for i in range(len(grid.headers)) if i != column and _unit(grid, i) is not None]
    alike = [(a, b) for a, b in permutations(others, 2) if _unit(grid, a) is _unit(grid, b)]
    if unit is NumberUnit.PERCENT:
        counts = [(a, b) for a, b in alike if _unit(grid, a) in ADDABLE]
        yield from (Formula(CHANGE, a, b) for a, b in counts if a < b)
        yield from (Formula(SHARE, a, b) for a, b in counts)
        yield from (Formula(SHARE, a, a, True) for a in others if _unit(grid, a) in ADDABLE)
    elif unit is NumberUnit.POINTS:
        yield from (
            Formula(DIFFERENCE, a, b) for a, b in alike if _unit(grid, a) is NumberUnit.PERCENT
        )
    if unit in (*ADDABLE, NumberUnit.PERCENT) and is_derived(header):
        yield from (Formula(DIFFERENCE, a, b) for a, b in alike if _may_differ(grid, column, a))
    if _MEAN.search(header):
        pairs = product(others, others)
        yield from (Formula(PER_PIECE, a, b) for a, b in pairs if a != b)


def _may_differ(grid: Grid, column: int, other: int) -> bool:
    units = {_unit(grid, column), _unit(grid, other)}
    return len(units) == 1 or units == {NumberUnit.COUNT, NumberUnit.EURO}


def _unit(grid: Grid, column: int) -> NumberUnit | None:
    """Return the one unit of the cells of a column, or None when they are not of one kind."""
    found = {
        units[column]
        for units, values in zip(grid.units, grid.values, strict=True)
        if values[column] is not None
    }
    return found.pop() if len(found) == 1 else None


def _rows(grid: Grid, column: int, formula: Formula) -> list[Row]:
    total = _total_of(grid, formula.first) if formula.of_total else None
    found = []
    for row, values in enumerate(grid.values):
        first = values[formula.first]
        second = total if formula.of_total else values[formula.second]
        stated = values[column]
        if first is None or second is None or stated is None:
            continue
        if not (first if formula.operation is CHANGE else second):
            continue
        found.append(_row(grid, (row, column), formula, first, second))
    return found


def _row(
    grid: Grid, place: tuple[int, int], formula: Formula, first: Fraction, second: Fraction
) -> Row:
    row, column = place
    stated = grid.values[row][column] or Fraction(0)
    computed = formula.operation.compute(first, second)
    if re.search("daling|afname", grid.headers[column], re.IGNORECASE) and stated > 0 > computed:
        computed = -computed
    half = grid.steps[row][column] / 2
    blur = _blur(formula, first, second, _slack(grid, row, formula.first))
    away = abs(computed - stated)
    return Row(row, first, second, computed, away <= half, away > half + blur)


def _slack(grid: Grid, row: int, column: int) -> Fraction:
    """Return how far the number of a cell may be from what it was before it was rounded."""
    step = grid.steps[row][column]
    return Fraction(0) if step == 1 else step / 2


def _blur(formula: Formula, first: Fraction, second: Fraction, slack: Fraction) -> Fraction:
    """Return how much of a difference may come from cells that were rounded themselves."""
    if not slack:
        return Fraction(0)
    compute = formula.operation.compute
    exact = compute(first, second)
    ways = [
        compute(first + a, second + b)
        for a, b in ((slack, -slack), (-slack, slack))
        if first + a and second + b
    ]
    return max((abs(one - exact) for one in ways), default=Fraction(0))


def _total_of(grid: Grid, column: int) -> Fraction | None:
    """Return the total of a column: of its row of totals, or the sum of its rows."""
    totals = [row for row, label in enumerate(grid.labels) if is_total(label)]
    if totals:
        return grid.values[totals[-1]][column] if len(totals) == 1 else None
    values = [value for value in grid.column(column) if value is not None]
    return sum(values, Fraction(0)) or None


def _finding(grid: Grid, column: int, formula: Formula, one: Row) -> Finding:
    unit, step = grid.units[one.row][column], grid.steps[one.row][column]
    kind = formula.operation.kind
    first = plain(one.first, grid.units[one.row][formula.first])
    second = plain(one.second, grid.units[one.row][formula.second])
    told = formula.operation.told.format(a=first, b=second)
    computed = shown(one.computed, step=step, unit=unit)
    cause = "" if one.fits else f"{_cause(grid, column, one)} "
    return Finding(
        text=f"{grid.labels[one.row] or grid.title}: {grid.headers[column]}",
        claim=grid.name(one.row, column),
        kind=kind,
        stated=plain(grid.values[one.row][column] or Fraction(0), unit),
        computed=computed,
        agrees=one.fits,
        explanation=f"{cause}Berekend uit {grid.origin}, rij ‘{grid.labels[one.row]}’: {told}.",
    )


def _cause(grid: Grid, column: int, one: Row) -> str:
    stated = grid.values[one.row][column]
    near = [one.row - 1, one.row + 1]
    if any(0 <= row < len(grid.values) and grid.values[row][column] == stated for row in near):
        return "Waarschijnlijk het getal van de rij ernaast."
    step = grid.steps[one.row][column]
    if stated is not None and one.computed // step * step == stated:
        return "Waarschijnlijk afgekapt in plaats van afgerond."
    return "Waarschijnlijk een rekenfout."
