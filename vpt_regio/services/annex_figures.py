"""The chapter on figures: each set in sentences and as a table; every change is computed."""

from collections.abc import Sequence
from fractions import Fraction

from vpt_regio.documents.annex_content import (
    Bullets,
    Chapter,
    Column,
    NumberKind,
    Run,
    Runs,
    Section,
    Table,
)
from vpt_regio.documents.annex_sentences import (
    Part,
    decimal,
    measured,
    paragraph,
    sentence,
)
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.indicator_codes import ChangeKind, Unit
from vpt_regio.domain.rules.indicators import Change
from vpt_regio.models.figures import FigurePeriod
from vpt_regio.queries.figure_tables import FigureCell, FigureTable
from vpt_regio.workbooks.half_year_source import HalfYearSource

MOST_COLUMNS = 5
NO_FIGURES = "Voor dit halfjaar zijn geen cijferreeksen aangeleverd."
UNKNOWN = "niet bekend"


def figures_chapter(source: HalfYearSource) -> Chapter:
    """Return a section for each set that was delivered and goes on."""
    first = source.period.starts_on
    told = [
        table
        for table in source.figure_tables
        if table.deliveries
        and (table.figure_set.retired_on is None or table.figure_set.retired_on >= first)
    ]
    blocks = () if told else (paragraph((Run(NO_FIGURES),)),)
    return Chapter("cijfers", "Cijfers", blocks, tuple(map(_section, told)))


def _section(table: FigureTable) -> Section:
    figure_set = table.figure_set
    known = [
        period
        for period in table.periods
        if any(table.cell(one.id, period.id).figure for one in table.categories)
    ]
    points = [_change_of(table, category.id, known) for category in table.categories]
    bullets = tuple(point for point in points if point)
    shown = tuple(reversed(known[-MOST_COLUMNS:]))
    blocks = (*((Bullets(bullets),) if bullets else ()), _table(table, shown))
    return Section(f"cijfers-{figure_set.id}", figure_set.title, blocks)


def _change_of(table: FigureTable, category_id: int, known: Sequence[FigurePeriod]) -> Runs:
    """Tell how a row changed from the period before the newest one to the newest one."""
    if len(known) < 2:
        return ()
    now = table.cell(category_id, known[-1].id)
    before = table.cell(category_id, known[-2].id)
    if now.value is None or before.value is None:
        return ()
    tag = f"cijfer-{category_id}-{known[-1].id}"
    return sentence(
        f"{now.category.name}: ",
        *_movement(table, tag, before, now),
    )


def _movement(table: FigureTable, tag: str, before: FigureCell, now: FigureCell) -> list[Part]:
    unit, decimals = table.figure_set.unit, table.figure_set.decimals
    assert before.value is not None and now.value is not None  # noqa: S101, PT018
    if unit is Unit.YES_NO or before.value == now.value:
        end = measured(f"{tag}-stand", now.value, unit, decimals=decimals, qualifier=now.qualifier)
        stays = "gelijk gebleven" if before.value == now.value else "nu"
        return [f"{stays} ", end, f" ({now.period.label})"]
    start = measured(
        f"{tag}-van", before.value, unit, decimals=decimals, qualifier=before.qualifier
    )
    end = measured(f"{tag}-naar", now.value, unit, decimals=decimals, qualifier=now.qualifier)
    parts: list[Part] = [
        "van ",
        start,
        f" ({before.period.label}) naar ",
        end,
        f" ({now.period.label})",
    ]
    return [*parts, *_amount(tag, now.change, is_exact=now.is_change_exact)]


def _amount(tag: str, change: Change | None, *, is_exact: bool) -> list[Part]:
    """Tell the change itself; from nothing there is no percentage."""
    if change is None or change.amount is None or change.rounded is None:
        return []
    word = "een toename van " if change.amount > 0 else "een afname van "
    about = "" if is_exact else "ongeveer "
    text = decimal(Fraction(abs(change.rounded)), decimals=change.decimals)
    if change.kind is ChangeKind.POINTS:
        text, kind = f"{text} procentpunt", NumberKind.POINTS
    else:
        text, kind = f"{text}%", NumberKind.PERCENT
    run = Run(text, tag=f"{tag}-verandering", value=str(change.amount), kind=kind)
    return [f", {word}{about}", run]


def _table(table: FigureTable, periods: Sequence[FigurePeriod]) -> Table:
    columns = (
        Column("Onderdeel"),
        *(Column(period.label, is_number=True) for period in periods),
    )
    rows = tuple(
        (
            (Run(category.name),),
            *(_cell(table, table.cell(category.id, period.id)) for period in periods),
        )
        for category in table.categories
    )
    caption = f"{table.figure_set.title}, per periode"
    return Table(caption, columns, rows, source=_source(table))


def _cell(table: FigureTable, cell: FigureCell) -> Runs:
    if cell.value is None:
        return (Run(UNKNOWN if cell.figure else "–"),)
    figure_set = table.figure_set
    return (
        measured(
            f"cijfer-{cell.category.id}-{cell.period.id}",
            cell.value,
            figure_set.unit,
            decimals=figure_set.decimals,
            qualifier=cell.qualifier,
        ),
    )


def _source(table: FigureTable) -> str:
    latest = table.latest
    if latest is None:
        return ""
    return f"Bron: {latest.source}, peildatum {format_dutch_date(latest.cutoff_on)}."
