"""Tables of a letter: their totals, and their numbers beside those that are known elsewhere."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import plain
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_tables import (
    Grid,
    Series,
    is_subtotal,
    is_total,
    series_of,
)
from vpt_regio.domain.rules.letter_words import is_alike, stems


def table_findings(grid: Grid, grids: Sequence[Grid]) -> Iterator[Finding]:
    """Yield the totals of a table, and its rows beside the same rows of known tables."""
    yield from _row_totals(grid)
    yield from _column_totals(grid)
    beside = [one for other in grids if other.rank > 0 for one in series_of(other)]
    for series in series_of(grid):
        yield from _beside(grid, series, beside)


def _row_totals(grid: Grid) -> Iterator[Finding]:
    """Hold the column of totals against the other columns."""
    places = [i for i, header in enumerate(grid.headers) if is_total(header)]
    if len(places) != 1:
        return
    total = places[0]
    parts = [i for i in range(len(grid.headers)) if i != total and not _is_aside(grid.headers[i])]
    found = [
        _sum_finding(
            grid,
            f"{grid.labels[row] or grid.title}: {grid.headers[total]}",
            [
                (grid.values[row][i], grid.units[row][i], grid.steps[row][i])
                for i in (total, *parts)
            ],
            grid.where(row, total),
        )
        for row in range(len(grid.labels))
    ]
    yield from _believed([one for one in found if one is not None])


def _column_totals(grid: Grid) -> Iterator[Finding]:
    """Hold the row of totals, below the others, against the rows above it."""
    total = len(grid.labels) - 1
    if total < 2 or not is_total(grid.labels[total]) or is_subtotal(grid.labels[total]):
        return
    parts = [i for i in range(total) if not _is_aside(grid.labels[i])]
    found = [
        _sum_finding(
            grid,
            f"{grid.labels[total]}: {grid.headers[column]}",
            [
                (grid.values[i][column], grid.units[i][column], grid.steps[i][column])
                for i in (total, *parts)
            ],
            grid.where(total, column),
        )
        for column in range(len(grid.headers))
    ]
    yield from _believed([one for one in found if one is not None])


def _is_aside(label: str) -> bool:
    """Tell whether a row or column is no part of the total: it is a sum or a part itself."""
    return is_subtotal(label) or is_total(label)


def _sum_finding(
    grid: Grid,
    claim: str,
    cells: Sequence[tuple[Fraction | None, NumberUnit, Fraction]],
    where: str,
) -> Finding | None:
    total, *parts = cells
    units = {unit for _, unit, _ in cells}
    if total[0] is None or len(parts) < 2 or len(units) > 1 or any(v is None for v, _, _ in parts):
        return None
    values = [value for value, _, _ in parts if value is not None]
    computed = sum(values, Fraction(0))
    # each rounded part may be half a unit off
    margin = sum((step for _, _, step in parts), total[2]) / 2
    is_whole = all(step == 1 for _, _, step in cells) and NumberUnit.PERCENT not in units
    away = abs(computed - total[0])
    agrees = away == 0 if is_whole else away <= margin
    unit = total[1]
    numbers = " + ".join(plain(value) for value in values)
    cause = "" if agrees else "Waarschijnlijk een telfout of een getal dat later is gewijzigd. "
    return Finding(
        text=f"{grid.title or grid.origin}: {numbers}",
        claim=claim,
        kind=FindingKind.TOTAL,
        stated=plain(total[0], unit),
        computed=plain(computed, unit),
        agrees=agrees,
        explanation=f"{cause}Opgeteld: {numbers} = {plain(computed, unit)} ({where}).",
    )


def _believed(found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the sums; when none of several comes out, the total may be of something else."""
    wrong = [one for one in found if one.agrees is False]
    if len(found) > 1 and len(wrong) == len(found):
        for one in found:
            explanation = f"Niet te controleren: geen enkel totaal is de som. {one.explanation}"
            yield Finding(
                one.text, one.claim, one.kind, one.stated, one.computed, None, explanation
            )
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
