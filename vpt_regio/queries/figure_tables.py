"""Figure sets as tables: what was known on a day, with what it replaced and how it changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.rules.figure_checks import TotalCheck, check_total
from vpt_regio.domain.rules.figure_totals import TotalRow, parts_of, total_of
from vpt_regio.domain.rules.indicators import Change, change
from vpt_regio.extensions import db
from vpt_regio.models.figures import (
    FigureCategory,
    FigureDelivery,
    FigurePeriod,
    FigureRow,
    FigureSet,
)
from vpt_regio.models.programmes import Programme

Place = tuple[int, int]
"""The category and the period of a figure, by their ids."""


@dataclass(frozen=True)
class Figure:
    """A figure as it came in; without a value the source says that it is not known."""

    value: Fraction | None
    qualifier: Qualifier
    printed: str
    revision_no: int
    delivery: FigureDelivery

    @property
    def source(self) -> str:
        return self.delivery.source

    @property
    def cutoff_on(self) -> date:
        return self.delivery.cutoff_on

    @property
    def is_exact(self) -> bool:
        return self.qualifier is Qualifier.EXACT


@dataclass(frozen=True)
class FigureCell:
    """One place of a table: its figure on the day asked for, what that replaced, its change.

    `change` is held against the period before; None when one of both is not known.
    `is_known` tells whether there is a value; no figure at all was never delivered.
    """

    category: FigureCategory
    period: FigurePeriod
    figure: Figure | None
    earlier: tuple[Figure, ...]
    previous: Fraction | None
    change: Change | None
    is_change_exact: bool

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def value(self) -> Fraction | None:
        return self.figure.value if self.figure else None

    @property
    def qualifier(self) -> Qualifier:
        return self.figure.qualifier if self.figure else Qualifier.EXACT

    @property
    def is_exact(self) -> bool:
        return self.qualifier is Qualifier.EXACT

    @property
    def revision_no(self) -> int | None:
        return self.figure.revision_no if self.figure else None

    @property
    def source(self) -> str | None:
        return self.figure.source if self.figure else None

    @property
    def cutoff_on(self) -> date | None:
        return self.figure.cutoff_on if self.figure else None

    @property
    def printed(self) -> str:
        return self.figure.printed if self.figure else ""


@dataclass(frozen=True)
class TotalLine:
    """A row that should be the sum of its parts, in one period."""

    cell: FigureCell
    parts: tuple[FigureCell, ...]
    check: TotalCheck


@dataclass(frozen=True)
class FigureTable:
    """A figure set on a day; `deliveries` are those that had come in by then, in their order."""

    figure_set: FigureSet
    as_of: date
    categories: Sequence[FigureCategory]
    periods: Sequence[FigurePeriod]
    cells: Mapping[Place, FigureCell]
    deliveries: Sequence[FigureDelivery]

    def cell(self, category_id: int, period_id: int) -> FigureCell:
        return self.cells[category_id, period_id]

    @property
    def latest(self) -> FigureDelivery | None:
        """The delivery with the last cut-off; of several that day the one that came in last."""
        return max(self.deliveries, key=lambda one: (one.cutoff_on, one.number), default=None)

    def totals(self) -> list[TotalLine]:
        """Return every row that should add up, for each period that states its total."""
        rows = _total_rows(self.categories)
        lines = []
        for category in (one for one in self.categories if one.adds_up):
            for period in self.periods:
                cell = self.cell(category.id, period.id)
                parts = tuple(self.cell(part.id, period.id) for part in parts_of(category.id, rows))
                check = check_total(cell.value, [part.value for part in parts])
                if check is not None:
                    lines.append(TotalLine(cell, parts, check))
        return lines

    def total(self, period: FigurePeriod) -> Fraction | None:
        """Return what the whole set comes to in a period; None when a figure is missing."""
        values = {one.id: self.cell(one.id, period.id).value for one in self.categories}
        return total_of(_total_rows(self.categories), values)


def figure_table(figure_set: FigureSet, *, as_of: date) -> FigureTable:
    """Return the table of a set with what had been recorded by the end of a day."""
    return tables_of([figure_set], as_of=as_of)[0]


def figure_tables(programme: Programme, *, as_of: date) -> list[FigureTable]:
    """Return the tables of all sets of a programme, by title; a set that stopped stays among them.

    The number of queries does not depend on how many sets there are.
    """
    query = (
        select(FigureSet)
        .where(FigureSet.programme_id == programme.id)
        .options(selectinload(FigureSet.categories), selectinload(FigureSet.periods))
        .order_by(FigureSet.title, FigureSet.id)
    )
    return tables_of(list(db.session.scalars(query)), as_of=as_of)


def tables_of(figure_sets: Sequence[FigureSet], *, as_of: date) -> list[FigureTable]:
    """Return the tables of these sets; rows and columns of the sets are best loaded with them."""
    deliveries: dict[int, list[FigureDelivery]] = defaultdict(list)
    figures: dict[Place, list[Figure]] = defaultdict(list)
    ids = [one.id for one in figure_sets]
    for delivery in _deliveries(ids, as_of):
        deliveries[delivery.figure_set_id].append(delivery)
    for row in _rows(ids, as_of):
        figures[row.category_id, row.period_id].append(_figure(row))
    return [_table(one, as_of, deliveries[one.id], figures) for one in figure_sets]


def _deliveries(set_ids: Iterable[int], as_of: date) -> Iterable[FigureDelivery]:
    query = (
        select(FigureDelivery)
        .where(FigureDelivery.figure_set_id.in_(set_ids), FigureDelivery.recorded_on <= as_of)
        .order_by(FigureDelivery.figure_set_id, FigureDelivery.number)
    )
    return db.session.scalars(query)


def _rows(set_ids: Iterable[int], as_of: date) -> Iterable[FigureRow]:
    query = (
        select(FigureRow)
        .join(FigureRow.delivery)
        .options(contains_eager(FigureRow.delivery))
        .where(FigureDelivery.figure_set_id.in_(set_ids), FigureDelivery.recorded_on <= as_of)
        .order_by(FigureRow.category_id, FigureRow.period_id, FigureRow.revision_no)
    )
    return db.session.scalars(query)


@dataclass(frozen=True)
class DeliveredFigure:
    """A figure of a delivery, with the revision that it replaced."""

    category: FigureCategory
    period: FigurePeriod
    figure: Figure
    before: Figure | None


def delivered_figures(delivery: FigureDelivery) -> list[DeliveredFigure]:
    """Return the figures of a delivery by row, the newest period first."""
    table = figure_table(delivery.figure_set, as_of=date.max)
    found = []
    for category in table.categories:
        for period in reversed(table.periods):
            cell = table.cell(category.id, period.id)
            known = [*cell.earlier, *([cell.figure] if cell.figure else [])]
            for before, figure in zip([None, *known], known, strict=False):
                if figure.delivery.id == delivery.id:
                    found.append(DeliveredFigure(category, period, figure, before))
    return found


def _figure(row: FigureRow) -> Figure:
    value = None if row.value is None else Fraction(row.value)
    return Figure(value, row.qualifier, row.printed, row.revision_no, row.delivery)


def _table(
    figure_set: FigureSet,
    as_of: date,
    deliveries: Sequence[FigureDelivery],
    figures: Mapping[Place, Sequence[Figure]],
) -> FigureTable:
    cells: dict[Place, FigureCell] = {}
    for category in figure_set.categories:
        before: FigureCell | None = None
        for period in figure_set.periods:
            found = figures.get((category.id, period.id), ())
            before = _cell(figure_set, category, period, found, before)
            cells[category.id, period.id] = before
    return FigureTable(
        figure_set, as_of, figure_set.categories, figure_set.periods, cells, deliveries
    )


def _cell(
    figure_set: FigureSet,
    category: FigureCategory,
    period: FigurePeriod,
    figures: Sequence[Figure],
    before: FigureCell | None,
) -> FigureCell:
    figure = figures[-1] if figures else None
    value = figure.value if figure else None
    previous = before.value if before else None
    return FigureCell(
        category=category,
        period=period,
        figure=figure,
        earlier=tuple(figures[:-1]),
        previous=previous,
        change=change(previous, value, figure_set.unit, decimals=max(1, figure_set.decimals)),
        is_change_exact=all(one.is_exact for one in (figure, before) if one is not None),
    )


def _total_rows(categories: Sequence[FigureCategory]) -> list[TotalRow]:
    return [TotalRow(one.id, one.part_of_id, one.adds_up) for one in categories]
