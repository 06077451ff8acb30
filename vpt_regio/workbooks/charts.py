"""The native charts of a sheet, over the rows that have passed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice
from typing import Final, NamedTuple

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.utils import get_column_letter, quote_sheetname

from vpt_regio.workbooks import styles, text
from vpt_regio.workbooks.cells import euro_text, number_text, words
from vpt_regio.workbooks.spec import Chart, Column, Kind, Sheet, Typed
from vpt_regio.workbooks.stream import Streamed

CHART_SIZE: Final = (22, 10)  # centimetres


class Run(NamedTuple):
    """The data rows that one chart shows: from `first` up to `last`, counted from 0."""

    name: str
    first: int
    last: int


def runs(chart: Chart, streamed: Streamed) -> Iterator[Run]:
    """Yield the rows of each chart that a declaration stands for.

    A chart that is split shows nothing when the sheet has too many rows to keep their values; a
    run with one value or none has nothing to compare.
    """
    if chart.split is None:
        yield Run("", 0, streamed.rows)
        return
    yield from islice(_comparable(chart.split, chart.series[0], streamed), chart.most)


def _comparable(split: str, series: str, streamed: Streamed) -> Iterator[Run]:
    first = 0
    for name, same in groupby(streamed.points.get(split, [])):
        run = Run(words(name), first, first + len(list(same)))
        shown = _points(series, run, streamed) or []
        if sum(value is not None for value in shown) > 1:
            yield run
        first = run.last


def draw(sheet: Sheet, chart: Chart, run: Run, streamed: Streamed) -> BarChart:
    """Return the chart over these rows."""
    made = BarChart()
    made.type, made.grouping, made.gapWidth = "col", "clustered", 60
    made.title = text.clean(run.name or chart.title)
    made.width, made.height = CHART_SIZE
    # Without this LibreOffice and newer Excel draw the chart without axes.
    made.x_axis.delete = made.y_axis.delete = False
    made.legend.position = "b"
    if len(chart.series) == 1:
        made.legend = None
    for order, key in enumerate(chart.series):
        series = _series(sheet, chart.category, key, run, streamed)
        series.idx = series.order = order
        colour = styles.CHART_COLOURS[order % len(styles.CHART_COLOURS)]
        series.graphicalProperties.solidFill = colour
        made.series.append(series)
    first = sheet.columns[sheet.index(chart.series[0])]
    made.y_axis.number_format = styles.FORMATS[_kind(first, run, streamed)]
    return made


def _series(sheet: Sheet, category: str, key: str, run: Run, streamed: Streamed) -> Series:
    column = sheet.columns[sheet.index(key)]
    made = Series(idx=0, order=0)
    heading = StrData(ptCount=1, pt=[StrVal(idx=0, v=column.header)])
    made.tx = SeriesLabel(strRef=StrRef(f=_range(sheet, key, 1, 1), strCache=heading))
    rows = (run.first + 2, run.last + 1)
    numbers = NumRef(f=_range(sheet, key, *rows), numCache=_numbers(column, run, streamed))
    made.val = NumDataSource(numRef=numbers)
    labels = StrRef(f=_range(sheet, category, *rows), strCache=_labels(category, run, streamed))
    made.cat = AxDataSource(strRef=labels)
    return made


def _range(sheet: Sheet, key: str, first: int, last: int) -> str:
    letter = get_column_letter(sheet.index(key) + 1)
    area = f"${letter}${first}" if first == last else f"${letter}${first}:${letter}${last}"
    return f"{quote_sheetname(sheet.title)}!{area}"


def _points(key: str, run: Run, streamed: Streamed) -> list[object] | None:
    values = streamed.points.get(key)
    return None if values is None else values[run.first : run.last]


def _kind(column: Column, run: Run, streamed: Streamed) -> Kind:
    """The kind of the values of a column; of a mixed one that of the first value shown."""
    if column.kind is not Kind.MIXED:
        return column.kind
    shown = _points(column.key, run, streamed) or []
    return next((value.kind for value in shown if isinstance(value, Typed)), Kind.NUMBER)


def _numbers(column: Column, run: Run, streamed: Streamed) -> NumData | None:
    """The values as the chart last showed them, for viewers that do not calculate."""
    values = _points(column.key, run, streamed)
    if values is None:
        return None
    kind = _kind(column, run, streamed)
    show = euro_text if kind is Kind.MONEY else number_text
    plain = [value.value if isinstance(value, Typed) else value for value in values]
    points = [
        NumVal(idx=place, v=show(value))
        for place, value in enumerate(plain)
        if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool)
    ]
    return NumData(formatCode=styles.FORMATS[kind], ptCount=len(values), pt=points)


def _labels(key: str, run: Run, streamed: Streamed) -> StrData | None:
    values = _points(key, run, streamed)
    if values is None:
        return None
    points = [
        StrVal(idx=place, v=text.clean(words(value)))
        for place, value in enumerate(values)
        if value is not None
    ]
    return StrData(ptCount=len(values), pt=points)
