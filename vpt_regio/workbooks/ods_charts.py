"""The charts of an OpenDocument workbook: an embedded object each, over the rows that passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import charts, styles, text
from vpt_regio.workbooks.cells import euro_text, number_text, words
from vpt_regio.workbooks.ods_sheets import area, quoted
from vpt_regio.workbooks.ods_styles import NAMESPACES, PROLOGUE, VERSION, centimetres, widths_of
from vpt_regio.workbooks.spec import Chart, Column, Kind, Placement, Sheet, Typed
from vpt_regio.workbooks.stream import MAX_CHART_POINTS, Streamed

ROWS: Final = 24
"""How many rows a chart below the table takes."""
_WIDTH, _HEIGHT = (f"{size}cm" for size in charts.CHART_SIZE)
_GAP: Final = 0.5  # centimetres between two charts
_EUROS: Final = (
    '<number:number-style style:name="axis" number:language="nl" number:country="NL">'
    "<number:text>€ </number:text><number:number"
    ' number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
)
_NUMBERS: Final = (
    '<number:number-style style:name="axis" number:language="nl" number:country="NL">'
    '<number:number number:min-integer-digits="1"/>'
    "</number:number-style>"
)
_PERCENTAGES: Final = (
    '<number:percentage-style style:name="axis"><number:number number:decimal-places="0"'
    ' number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
)


@dataclass(frozen=True)
class Drawn:
    """A chart with its place: the number of its object, and its number on its side."""

    sheet: Sheet
    chart: Chart
    run: charts.Run
    number: int
    place: int

    @property
    def title(self) -> str:
        return text.clean(self.run.name or self.chart.title)

    @property
    def folder(self) -> str:
        return f"Object {self.number}"


def drawn_on(sheet: Sheet, out: Streamed, *, after: int) -> list[Drawn]:
    """The charts of a sheet; their objects are numbered on from ``after``."""
    found: list[Drawn] = []
    if not out.rows or out.rows > MAX_CHART_POINTS:
        return found
    taken = dict.fromkeys(Placement, 0)
    for chart in sheet.charts:
        for run in charts.runs(chart, out):
            place = taken[chart.placement]
            found.append(Drawn(sheet, chart, run, after + len(found) + 1, place))
            taken[chart.placement] += 1
    return found


def beside(drawn: Sequence[Drawn]) -> str:
    """The charts to the right of the table, anchored to the page of the sheet."""
    shapes = [_frame(one, *_right_of(one)) for one in drawn if _is_right(one)]
    return f"<table:shapes>{''.join(shapes)}</table:shapes>" if shapes else ""


def below(drawn: Sequence[Drawn]) -> tuple[str, int]:
    """The rows with the charts under the table, and how many there are."""
    rows, count = "", 0
    for one in drawn:
        if _is_right(one):
            continue
        # from the second column: the first one is frozen and would cut the chart in two
        rows += (
            '<table:table-row table:style-name="row-1"/>'
            '<table:table-row table:style-name="row-1"><table:table-cell/><table:table-cell>'
            f"{_frame(one, '0cm', '0cm')}</table:table-cell></table:table-row>"
            f'<table:table-row table:style-name="row-1" table:number-rows-repeated="{ROWS - 2}">'
            "<table:table-cell/></table:table-row>"
        )
        count += ROWS
    return rows, count


def _is_right(one: Drawn) -> bool:
    return one.chart.placement is Placement.RIGHT


def _right_of(one: Drawn) -> tuple[str, str]:
    wide = sum(float(centimetres(width)[:-2]) for width in widths_of(one.sheet))
    return f"{wide + _GAP:.2f}cm", f"{_GAP + one.place * (charts.CHART_SIZE[1] + _GAP):.2f}cm"


def _frame(one: Drawn, left: str, top: str) -> str:
    ranges = " ".join(area_ for _key, area_ in _ranges(one))
    return (
        f'<draw:frame draw:style-name="chart" draw:name="{text.escape_markup(one.folder)}"'
        f' draw:z-index="{one.number - 1}" svg:width="{_WIDTH}" svg:height="{_HEIGHT}"'
        f' svg:x="{left}" svg:y="{top}"><draw:object'
        f' draw:notify-on-update-of-ranges="{text.escape_markup(ranges)}"'
        f' xlink:href="./{one.folder}" xlink:type="simple" xlink:show="embed"'
        f' xlink:actuate="onLoad"/><svg:title>{text.escape_markup(one.title)}</svg:title>'
        "</draw:frame>"
    )


def _ranges(one: Drawn) -> Iterator[tuple[str, str]]:
    """The areas of the category and of each series, by the key of the column."""
    for key in (one.chart.category, *one.chart.series):
        yield key, _range(one, key)


def _range(one: Drawn, key: str) -> str:
    return area(one.sheet, _letter(one, key), one.run.first + 2, one.run.last + 1)


def _heading(one: Drawn, key: str) -> str:
    return f"{quoted(one.sheet.title)}.{_letter(one, key)}1"


def _letter(one: Drawn, key: str) -> str:
    return get_column_letter(one.sheet.index(key) + 1)


def chart_xml(one: Drawn, out: Streamed) -> str:
    """The whole of the content.xml of a chart."""
    return "".join(
        [
            PROLOGUE,
            f'<office:document-content {NAMESPACES} office:version="{VERSION}">',
            f"<office:automatic-styles>{_styles(one, out)}</office:automatic-styles>",
            "<office:body><office:chart>",
            f'<chart:chart svg:width="{_WIDTH}" svg:height="{_HEIGHT}" xlink:href=".."'
            ' xlink:type="simple" chart:class="chart:bar" chart:style-name="whole">',
            f'<chart:title chart:style-name="title"><text:p>{text.escape_markup(one.title)}'
            "</text:p></chart:title>",
            '<chart:legend chart:legend-position="bottom" chart:style-name="whole"/>'
            if len(one.chart.series) > 1
            else "",
            _plot(one),
            _table(one, out),
            "</chart:chart></office:chart></office:body></office:document-content>",
        ]
    )


def _styles(one: Drawn, out: Streamed) -> str:
    kind = _kind(one, one.chart.series[0], out)
    axis = {
        Kind.MONEY: _EUROS,
        Kind.PERCENT: _PERCENTAGES,
        Kind.EXACT_PERCENT: _PERCENTAGES,
    }.get(kind, _NUMBERS)
    bars = "".join(
        f'<style:style style:name="bars-{order}" style:family="chart"><style:graphic-properties'
        f' draw:stroke="none" draw:fill="solid" draw:fill-color="#{_colour(order)}"/></style:style>'
        for order in range(len(one.chart.series))
    )
    return (
        f"{axis}"
        '<style:style style:name="whole" style:family="chart"><style:graphic-properties'
        ' draw:stroke="none" draw:fill="none"/></style:style>'
        '<style:style style:name="title" style:family="chart"><style:text-properties'
        f' fo:font-family="{styles.FONT_NAME}" fo:font-size="13pt" fo:font-weight="bold"/>'
        "</style:style>"
        '<style:style style:name="plot" style:family="chart"><style:chart-properties'
        ' chart:treat-empty-cells="leave-gap" chart:auto-position="true" chart:auto-size="true"/>'
        "</style:style>"
        '<style:style style:name="categories" style:family="chart"><style:chart-properties'
        ' chart:display-label="true" text:line-break="true"/></style:style>'
        '<style:style style:name="values" style:family="chart" style:data-style-name="axis">'
        '<style:chart-properties chart:display-label="true" chart:gap-width="60"'
        ' chart:link-data-style-to-source="false"/></style:style>'
        '<style:style style:name="grid" style:family="chart"><style:graphic-properties'
        ' svg:stroke-color="#d9d9d9"/></style:style>'
        f"{bars}"
    )


def _colour(order: int) -> str:
    return styles.CHART_COLOURS[order % len(styles.CHART_COLOURS)]


def _plot(one: Drawn) -> str:
    categories = text.escape_markup(_range(one, one.chart.category))
    series = "".join(
        f'<chart:series chart:style-name="bars-{order}" chart:class="chart:bar"'
        f' chart:values-cell-range-address="{text.escape_markup(_range(one, key))}"'
        f' chart:label-cell-address="{text.escape_markup(_heading(one, key))}">'
        f'<chart:data-point chart:repeated="{one.run.last - one.run.first}"/></chart:series>'
        for order, key in enumerate(one.chart.series)
    )
    return (
        '<chart:plot-area chart:style-name="plot" chart:data-source-has-labels="both">'
        '<chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="categories">'
        f'<chart:categories table:cell-range-address="{categories}"/></chart:axis>'
        '<chart:axis chart:dimension="y" chart:name="primary-y" chart:style-name="values">'
        f'<chart:grid chart:style-name="grid" chart:class="major"/></chart:axis>{series}'
        '<chart:wall chart:style-name="whole"/>'
        "</chart:plot-area>"
    )


def _table(one: Drawn, out: Streamed) -> str:
    """The values as the chart last showed them, for viewers that read the chart alone."""
    keys = (one.chart.category, *one.chart.series)
    points = {key: out.points[key][one.run.first : one.run.last] for key in keys}
    headings = "".join(
        _said(one.sheet.columns[one.sheet.index(key)].header) for key in one.chart.series
    )
    rows = "".join(
        "<table:table-row>"
        + _said(words(points[keys[0]][place] or ""))
        + "".join(_point(one, key, points[key][place]) for key in one.chart.series)
        + "</table:table-row>"
        for place in range(one.run.last - one.run.first)
    )
    return (
        '<table:table table:name="local-table"><table:table-header-columns><table:table-column/>'
        "</table:table-header-columns><table:table-columns><table:table-column"
        f' table:number-columns-repeated="{len(one.chart.series)}"/></table:table-columns>'
        f"<table:table-header-rows><table:table-row>{_said('')}{headings}</table:table-row>"
        f"</table:table-header-rows><table:table-rows>{rows}</table:table-rows></table:table>"
    )


def _said(value: str) -> str:
    shown = text.escape_markup(text.clean(value))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'
    )


def _point(one: Drawn, key: str, value: object) -> str:
    column = one.sheet.columns[one.sheet.index(key)]
    plain = value.value if isinstance(value, Typed) else value
    kind = value.kind if isinstance(value, Typed) else column.kind
    if isinstance(plain, bool) or not isinstance(plain, int | float | Decimal | Fraction):
        return '<table:table-cell office:value-type="float" office:value="NaN"/>'
    number = euro_text(plain) if kind is Kind.MONEY else number_text(plain)
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}">'
        f"<text:p>{number}</text:p></table:table-cell>"
    )


def _kind(one: Drawn, key: str, out: Streamed) -> Kind:
    """The kind of the values of a series; of a mixed one that of the first value shown."""
    column: Column = one.sheet.columns[one.sheet.index(key)]
    if column.kind is not Kind.MIXED:
        return column.kind
    shown = out.points[key][one.run.first : one.run.last]
    return next((value.kind for value in shown if isinstance(value, Typed)), Kind.NUMBER)
