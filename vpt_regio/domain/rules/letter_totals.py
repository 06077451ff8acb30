"""Tables of a letter: their totals, and their numbers beside those that are known elsewhere."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import plain
from vpt_regio.domain.rules.letter_columns import derived_findings
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_tables import (
    Grid,
    Series,
    cell_number,
    is_derived,
    is_part,
    is_subtotal,
    is_total,
    series_of,
)
from vpt_regio.domain.rules.letter_words import is_alike, stems

_MEAN = re.compile(
    r"\bgemiddelde?\b|\bper\b|\bprijs|ratio\b|duur\b|\bleeftijd|\bscore|\bcijfer\b|\btarief|graad\b",
    re.IGNORECASE,
)
WHOLE = Fraction(100)
FEWEST_COLUMNS = 3


@dataclass(frozen=True)
class Addition:
    """A row of totals with the rows that it adds up, by their places.

    `is_said` tells that the row calls itself a total: then it is wrong when it is not the sum.
    """

    total: int
    parts: tuple[int, ...]
    is_said: bool


def table_findings(grid: Grid, grids: Sequence[Grid]) -> Iterator[Finding]:
    """Yield the totals and the computed columns of a table, and its rows beside known ones."""
    derived = derived_findings(grid)
    yield from _row_totals(grid, derived)
    for addition in additions(grid, derived):
        yield from _column_totals(grid, addition, derived)
    yield from (one for found in derived.values() for one in found)
    beside = [one for other in grids if other.rank > 0 for one in series_of(other)]
    for series in series_of(grid):
        yield from _beside(grid, series, beside)


def _row_totals(grid: Grid, derived: Collection[int]) -> Iterator[Finding]:
    """Hold the column of totals against the other columns."""
    places = [i for i, header in enumerate(grid.headers) if is_total(header)]
    if len(places) != 1 or places[0] in derived:
        return
    total = places[0]
    parts = [
        i
        for i in range(len(grid.headers))
        if i != total and i not in derived and not _is_aside(grid.headers[i])
    ]
    ways = [parts, [i for i in parts if i < total], [i for i in parts if i > total]]
    tried = [_sums(grid, [(row, total) for row in range(len(grid.labels))], way) for way in ways]
    found = max(tried, key=lambda one: sum(bool(sum_.agrees) for sum_ in one))
    yield from _believed(found)


def _sums(grid: Grid, totals: Sequence[tuple[int, int]], parts: Sequence[int]) -> list[Finding]:
    """Hold each cell of a column of totals against the cells of its row."""
    found = [
        _sum_finding(grid, (row, column), [(row, part) for part in parts]) for row, column in totals
    ]
    return [one for one in found if one is not None]


def additions(grid: Grid, derived: Collection[int]) -> list[Addition]:
    """Return the rows of a table that add up other rows."""
    labels = grid.labels
    said = [i for i, label in enumerate(labels) if is_total(label) and not is_subtotal(label)]
    found = []
    if len(said) == 1 and said[0] >= 2:
        parts = tuple(i for i in range(said[0]) if not _is_aside(labels[i]))
        found.append(Addition(said[0], parts, True))
    elif not said and len(labels) >= 4 and not any(map(_is_aside, labels)):
        # a last row that is called otherwise, and is the sum all the same
        found.append(Addition(len(labels) - 1, tuple(range(len(labels) - 1)), False))
    elif said == [0] and not any(is_subtotal(label) for label in labels):
        found.append(Addition(0, tuple(range(1, len(labels))), False))
    found += [Addition(whole, parts, False) for whole, parts in _wholes(labels)]
    return [one for one in found if one.is_said or _adds_up(grid, one, derived)]


def _wholes(labels: Sequence[str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the rows that are followed by their parts: "waarvan …", twice or more."""
    place = 0
    while place < len(labels):
        end = place + 1
        while end < len(labels) and is_part(labels[end]):
            end += 1
        if end - place > 2 and not is_part(labels[place]):
            yield place, tuple(range(place + 1, end))
        place = end


def _adds_up(grid: Grid, addition: Addition, derived: Collection[int]) -> bool:
    """Tell whether a row that does not say so is the sum: in all columns, or all but one."""
    columns = [i for i in range(len(grid.headers)) if i not in derived]
    sums = [
        _sum_finding(grid, (addition.total, i), [(part, i) for part in addition.parts])
        for i in columns
    ]
    found = [one for one in sums if one is not None]
    right = sum(bool(one.agrees) for one in found)
    values = [abs(grid.values[addition.total][i] or Fraction(0)) for i in columns]
    is_large = max(values, default=Fraction(0)) >= WHOLE
    if right == len(found):
        return bool(found) and is_large
    return len(found) >= FEWEST_COLUMNS and right == len(found) - 1


def _column_totals(grid: Grid, addition: Addition, derived: Collection[int]) -> Iterator[Finding]:
    """Hold a row of totals against the rows that it adds up."""
    found = []
    for column in range(len(grid.headers)):
        parts = [(part, column) for part in addition.parts]
        one = _sum_finding(grid, (addition.total, column), parts)
        if one is not None and not (column in derived and one.agrees is not True):
            found.append(one)
    yield from _believed(found)


def _is_aside(label: str) -> bool:
    """Tell whether a row or column is no part of the total: it is a sum or a part itself."""
    return is_subtotal(label) or is_total(label) or is_derived(label)


def _sum_finding(
    grid: Grid, total: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> Finding | None:
    """Return a total beside the sum of its parts; None when it is a mean, or of percentages."""
    places = [total, *parts]
    values = [grid.values[row][column] for row, column in places]
    known = [value for value in values if value is not None]
    units = {grid.units[row][column] for row, column in places}
    if values[0] is None or len(parts) < 2 or len(units) > 1 or len(known) < len(values):
        return None
    steps = [grid.steps[row][column] for row, column in places]
    computed = sum(known[1:], Fraction(0))
    unit = units.pop()
    # each rounded part may be half a unit off
    margin = sum(steps, Fraction(0)) / 2
    is_whole = all(step == 1 for step in steps) and unit is not NumberUnit.PERCENT
    away = abs(computed - known[0])
    agrees = away == 0 if is_whole else away <= margin
    if not _is_sum(grid, total, known, agrees=agrees, unit=unit):
        return None
    factor = _factor(grid, places)
    numbers = " + ".join(plain(value / factor) for value in known[1:])
    cause = "" if agrees else "Waarschijnlijk een telfout of een getal dat later is gewijzigd. "
    result = plain(computed / factor, unit)
    where = grid.where(*total)
    return Finding(
        text=f"{grid.title or grid.origin}: {numbers}",
        claim=grid.name(*total),
        kind=FindingKind.TOTAL,
        stated=plain(known[0] / factor, unit),
        computed=result,
        agrees=agrees,
        explanation=f"{cause}Opgeteld: {numbers} = {result} ({where}).",
    )


def _is_sum(
    grid: Grid,
    total: tuple[int, int],
    values: Sequence[Fraction],
    *,
    agrees: bool,
    unit: NumberUnit,
) -> bool:
    """Tell whether a total is meant as a sum: a mean lies among its parts, and a share is one."""
    if unit is NumberUnit.PERCENT:
        return values[0] == WHOLE
    if agrees:
        return True
    row, column = total
    is_between = min(values[1:]) <= values[0] <= max(values[1:])
    is_broken = any(value.denominator != 1 for value in values)
    named = f"{grid.headers[column]} {grid.labels[row]}"
    return not (_MEAN.search(named) or (is_between and is_broken))


def _factor(grid: Grid, places: Sequence[tuple[int, int]]) -> Fraction:
    """Return by how much the table multiplies these cells, when it does so with all of them."""
    found = set()
    for row, column in places:
        read, value = cell_number(grid.texts[row][column]), grid.values[row][column]
        if read and read[0] and value:
            found.add(value / read[0])
    return found.pop() if len(found) == 1 else Fraction(1)


def _believed(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the sums; when none of several comes out, the total may be of something else."""
    wrong = [one for one in found if one.agrees is False]
    if len(found) > 1 and len(wrong) == len(found):
        for one in found:
            why = f"Niet te controleren: geen enkel totaal is de som. {one.explanation}"
            yield replace(one, agrees=None, explanation=why)
        return
    yield from found


def _beside(grid: Grid, series: Series, known: Sequence[Series]) -> Iterator[Finding]:
    """Hold the numbers of a row against the row of a known table that is called the same."""
    same = [one for one in known if _is_same_subject(series, one) and one.unit is series.unit]
    shared = [
        (one, [(p, q) for p in series.points if (q := one.at(p.key)) is not None]) for one in same
    ]
    shared = [(one, pairs) for one, pairs in shared if len(pairs) > 1]
    if len(shared) != 1:
        return
    other, pairs = shared[0]
    alike = [p for p, q in pairs if p.value == q.value]
    if not alike:
        return
    for point, right in pairs:
        if point.value != right.value:
            yield Finding(
                text=f"{grid.title or grid.origin}: {series.label}",
                claim=f"{series.label}, {point.label}",
                kind=FindingKind.NUMBER,
                stated=plain(point.value, series.unit),
                computed=plain(right.value, series.unit),
                agrees=False,
                explanation=f"Dit getal staat anders in {other.named(right)}.",
            )
    if len(alike) == len(pairs):
        yield Finding(
            text=f"{grid.title or grid.origin}: {series.label}",
            claim=series.label,
            kind=FindingKind.NUMBER,
            stated=", ".join(plain(p.value, series.unit) for p, _ in pairs),
            computed=", ".join(plain(q.value, series.unit) for _, q in pairs),
            agrees=True,
            explanation=f"Gelijk aan {other.named(*(q for _, q in pairs))}.",
        )


def _is_same_subject(one: Series, other: Series) -> bool:
    first, second = stems(one.label), stems(other.label)
    if not first or not second:
        return False
    joined = "".join(first), "".join(second)
    return is_alike(*joined) or (
        len(first) == len(second)
        and all(is_alike(a, b) for a, b in zip(first, second, strict=True))
    )
