"""The sheets of the half-year workbook about figure sets and what sources say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from vpt_regio.domain.indicator_codes import (
    QUALIFIER_LABELS,
    UNIT_LABELS,
    ChangeKind,
    ClaimKind,
    Unit,
)
from vpt_regio.queries.figure_checks import FigureCheck
from vpt_regio.queries.figure_tables import FigureCell, FigureTable
from vpt_regio.workbooks.half_year_source import HalfYearSource
from vpt_regio.workbooks.measured import cell_of, change_cell, in_words
from vpt_regio.workbooks.spec import Chart, Column, Kind, Placement, Sheet, Typed

PERCENTAGES: Final = (ClaimKind.CHANGE_PERCENT, ClaimKind.SHARE)


class FigureLine(NamedTuple):
    """A row of the sheet of figures."""

    table: FigureTable
    cell: FigureCell
    link: str

    @property
    def series(self) -> str:
        return f"{self.table.figure_set.title}, {self.cell.category.name}"

    @property
    def unit(self) -> Unit:
        return self.table.figure_set.unit


def _figures(source: HalfYearSource) -> Iterator[FigureLine]:
    for table in source.figure_tables:
        link = source.link("cijfers", table.figure_set.code)
        for category in table.categories:
            for period in table.periods:
                cell = table.cell(category.id, period.id)
                if cell.figure is not None:
                    yield FigureLine(table, cell, link)


def _of(get: Callable[[FigureCell], object]) -> Callable[[FigureLine], object]:
    return lambda line: get(line.cell)


def _change(line: FigureLine, kind: ChangeKind) -> Typed | None:
    change = line.cell.change
    return change_cell(change) if change is not None and change.kind is kind else None


def _earlier(line: FigureLine) -> str | None:
    """What the figure was before it was revised, and by which source."""
    lines = [
        f"Revisie {one.revision_no}: {in_words(one.value, line.unit)}, bron: {one.source}"
        for one in line.cell.earlier
    ]
    return "\n".join(lines) or None


FIGURES = Sheet(
    "figures",
    "Cijfers",
    (
        Column("set", "Cijferreeks", Kind.TEXT, 34, lambda line: line.table.figure_set.title),
        Column("category", "Categorie", Kind.TEXT, 26, _of(lambda cell: cell.category.name)),
        Column("period", "Periode", Kind.TEXT, 14, _of(lambda cell: cell.period.label)),
        Column("value", "Waarde", Kind.MIXED, 12, lambda line: cell_of(line.cell.value, line.unit)),
        Column(
            "qualifier",
            "Kwalificatie",
            Kind.TEXT,
            13,
            _of(lambda cell: QUALIFIER_LABELS[cell.qualifier] if cell.is_known else None),
        ),
        Column("cutoff_on", "Peildatum", Kind.DATE, 14, _of(lambda cell: cell.cutoff_on)),
        Column("source", "Bron", Kind.TEXT, 40, _of(lambda cell: cell.source)),
        Column(
            "revision_no",
            "Revisie",
            Kind.INTEGER,
            9,
            _of(lambda cell: cell.revision_no),
            note=_earlier,
        ),
        Column(
            "previous",
            "Vorige periode",
            Kind.MIXED,
            12,
            lambda line: cell_of(line.cell.previous, line.unit),
        ),
        Column(
            "change",
            "Verandering %",
            Kind.MIXED,
            13,
            lambda line: _change(line, ChangeKind.PERCENT),
        ),
        Column(
            "change_points",
            "Verandering procentpunt",
            Kind.MIXED,
            14,
            lambda line: _change(line, ChangeKind.POINTS),
        ),
        Column("unit", "Eenheid", Kind.TEXT, 11, lambda line: UNIT_LABELS[line.unit]),
        Column("printed", "Gedrukt", Kind.TEXT, 12, _of(lambda cell: cell.printed or None)),
        Column("series", "Reeks in grafiek", Kind.TEXT, 34, lambda line: line.series),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _figures,
    charts=(Chart("Cijfers", "period", ("value",), split="series", placement=Placement.RIGHT),),
)


def _checks(source: HalfYearSource) -> Iterator[FigureCheck]:
    return iter(source.figure_checks)


def _in_its_unit(check: FigureCheck, number: Fraction | None) -> object:
    """A percentage as a fraction, a ratio in two decimals; points and counts as they are."""
    is_percentage = check.claim_kind in PERCENTAGES or (
        check.claim_kind is None and check.figure_set.unit is Unit.PERCENT
    )
    if check.claim_kind is ClaimKind.FACTOR and number is not None:
        return Typed(Kind.DECIMAL, number)
    return cell_of(number, Unit.PERCENT if is_percentage else Unit.NUMBER)


def _explanation(check: FigureCheck) -> str:
    parts = [check.explanation, *check.rules]
    if check.source:
        parts.append(f"Bron: {check.source}")
    return "\n".join(part for part in parts if part)


CHECKS = Sheet(
    "figure_checks",
    "Cijfercontrole",
    (
        Column("subject", "Onderwerp", Kind.LONG_TEXT, 50, lambda check: check.subject),
        Column(
            "stated", "Bron zegt", Kind.MIXED, 12, lambda check: _in_its_unit(check, check.stated)
        ),
        Column(
            "computed",
            "Berekend",
            Kind.MIXED,
            12,
            lambda check: _in_its_unit(check, check.computed),
        ),
        Column("agrees", "Klopt", Kind.TEXT, 9, lambda check: check.agrees),
        Column("explanation", "Toelichting", Kind.LONG_TEXT, 80, _explanation),
    ),
    _checks,
)
