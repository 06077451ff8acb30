"""The cells of the tables of a letter as facts: of which subject, of what, in which period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vpt_regio.domain.rules.letter_masks import period_key, periods_in
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_tables import Grid, is_derived, is_total

ADDABLE = (NumberUnit.COUNT, NumberUnit.EURO)
PARTS_OF_A_YEAR = (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"))
MOST_CELLS = 400


@dataclass(frozen=True)
class Fact:
    """A number of a table; `row` and `measure` say what it is of, `period` when.

    `measure` is -1 for a table of which every column is a period of the same thing. A row that is
    a period itself has the name "".
    """

    value: Fraction
    unit: NumberUnit
    step: Fraction
    where: str
    row: str
    measure: str
    period: str | None
    is_total: bool = False


@dataclass(frozen=True)
class Facts:
    """The facts of one table, with what its rows are and the words around it."""

    origin: str
    title: str
    counted: str
    rows: tuple[str, ...]
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    found: tuple[Fact, ...]

    def of(
        self, *, row: str | None = None, measure: str | None = None, period: str | None = None
    ) -> list[Fact]:
        """Return the facts of a row, a measure and a period; None leaves one open."""
        return [
            one
            for one in self.found
            if (row is None or one.row == row)
            and (measure is None or one.measure == measure)
            and (period is None or one.period == period)
        ]

    def totals(self, fact: Fact) -> list[Fact]:
        """Return the total that a fact is a part of."""
        return [
            one
            for one in self.found
            if one.is_total and one.measure == fact.measure and one.period == fact.period
        ]


def facts_of(grid: Grid, *, sums: Iterable[int] = ()) -> Facts:
    """Return what a table knows; `sums` are rows that add up others under another name."""
    found = []
    for row, label in enumerate(grid.labels[: MOST_CELLS // max(1, len(grid.headers))]):
        for column, header in enumerate(grid.headers):
            value = grid.values[row][column]
            if value is None or (is_derived(header) and _is_compared(grid)):
                continue
            fact = Fact(
                value,
                grid.units[row][column],
                grid.steps[row][column],
                grid.where(row, column),
                _without_period(label),
                _without_period(header),
                period_key(header) or period_key(label) or period_key(grid.title),
                is_total(label) or row in sums,
            )
            found.append(fact)
    found = [*found, *_years(found), *_sums_of_rows(found)]
    return Facts(
        grid.origin,
        grid.title,
        grid.counted,
        tuple(dict.fromkeys(one.row for one in found if not one.is_total)),
        tuple(dict.fromkeys(one.measure for one in found)),
        tuple(sorted({one.period for one in found if one.period})),
        tuple(found),
    )


def _is_compared(grid: Grid) -> bool:
    """Tell whether a table has columns of periods, so that others may compare them."""
    return sum(period_key(header) is not None for header in grid.headers) > 1


def _without_period(text: str) -> str:
    for period in reversed(periods_in(text)):
        text = text[: period.start] + text[period.end :]
    return " ".join(text.split()).strip(" ,–-")


def _years(found: Sequence[Fact]) -> list[Fact]:
    """Return the sums of half-years or quarters, where a table has all of a year."""
    known: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
    for fact in found:
        if fact.period and fact.unit in ADDABLE:
            known[fact.row, fact.measure][fact.period] = fact
    years = {one.period[:4] for one in found if one.period}
    sums = []
    for periods in known.values():
        for year in sorted(years - set(periods)):
            for parts in PARTS_OF_A_YEAR:
                cells = [periods[year + part] for part in parts if year + part in periods]
                if len(cells) == len(parts):
                    sums.append(_sum(cells, period=year))
    return sums


def _sums_of_rows(found: Sequence[Fact]) -> list[Fact]:
    """Return the totals that a table with several rows does not print itself."""
    if any(one.is_total for one in found):
        return []
    columns: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
    for fact in found:
        if fact.row and fact.unit in ADDABLE:
            columns[fact.measure, fact.period].append(fact)
    return [
        replace(_sum(cells, period=period), row="", is_total=True)
        for (_, period), cells in columns.items()
        if len(cells) > 2
    ]


def _sum(cells: Sequence[Fact], *, period: str | None) -> Fact:
    value = sum((one.value for one in cells), Fraction(0))
    where = " en ".join(one.where for one in cells) if len(cells) < 3 else cells[0].where
    return replace(cells[0], value=value, period=period, where=where)
