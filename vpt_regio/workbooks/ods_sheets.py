"""Rows become the XML of an OpenDocument sheet, one at a time, in a spooled file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import heights, ods_cells, ods_styles, styles, text
from vpt_regio.workbooks.cells import Tally, is_link
from vpt_regio.workbooks.ods_cells import Extra
from vpt_regio.workbooks.spec import (
    Column,
    Kind,
    Rule,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Total,
)
from vpt_regio.workbooks.stream import (
    CONTENTS_HEADING,
    MAX_CHART_POINTS,
    MAX_ROWS,
    TOTAL_LABEL,
    Streamed,
    total_label,
)
from vpt_regio.workbooks.styles import Place

_SUBTOTALS: Final = {Total.SUM: 109, Total.COUNT: 103}


def quoted(title: str) -> str:
    """The title of a sheet as it stands in a reference."""
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def area(sheet: Sheet, letter: str, first: int, last: int) -> str:
    """The address of the cells of one column."""
    name = quoted(sheet.title)
    return f"{name}.{letter}{first}:{name}.{letter}{last}"


def stream_sheet(sheet: Sheet, source: Any, out: Streamed) -> None:
    """Pass the rows of a data sheet to ``out``: header, rows and totals row."""
    out.last_column = len(sheet.columns)
    header = [
        ods_cells.text_cell(ods_cells.style_name("header", column.kind), column.header)
        for column in sheet.columns
    ]
    lines = heights.lines_in_header(sheet)
    out.body.write(f"<table:table-header-rows>{_row(header, lines)}</table:table-header-rows>")
    tallies = {n: Tally(column) for n, column in enumerate(sheet.columns) if column.total}
    _stream_rows(sheet, source, out, tallies)
    out.last_row = 1 + max(out.rows, 1)
    if sheet.has_totals:
        out.last_row += 1
        out.body.write(_row(list(_totals(sheet, out, tallies)), 1))
    if out.rows > MAX_CHART_POINTS:
        out.points.clear()


def _stream_rows(sheet: Sheet, source: Any, out: Streamed, tallies: dict[int, Tally]) -> None:
    makers = [_maker(sheet, column) for column in sheet.columns]
    getters = [column.get for column in sheet.columns]
    widths = heights.wrapped_widths(sheet)
    charted = _charted(sheet, out)
    for number, item in enumerate(sheet.rows(source), start=2):
        out.row = number
        values = [get(item) for get in getters]
        cells = [make(item, value, number) for make, value in zip(makers, values, strict=True)]
        out.body.write(_row(cells, heights.lines_in_row(values, widths)))
        for place, tally in tallies.items():
            tally.add(values[place])
        for place, points in charted:
            if len(points) <= MAX_CHART_POINTS:
                points.append(values[place])
    out.rows = out.row - 1
    if out.rows == 0:
        out.body.write(_row([make(None, None, 2) for make in _blank_makers(sheet)], 1))
    if out.row + sheet.has_totals > MAX_ROWS:
        raise ValueError(f"sheet {sheet.title!r} has more rows than a worksheet can hold")


def _charted(sheet: Sheet, out: Streamed) -> list[tuple[int, list[object]]]:
    keys = {key for chart in sheet.charts for key in (chart.category, *chart.series)}
    keys |= {chart.split for chart in sheet.charts if chart.split}
    return [(sheet.index(key), out.points.setdefault(key, [])) for key in sorted(keys)]


# Takes the row, the value and the number of the row, gives the cell.
Maker = Callable[[Any, object, int], str]


def _maker(sheet: Sheet, column: Column) -> Maker:
    place = Place.EDITABLE if column.editable else Place.BODY
    render = ods_cells.renderer(column.kind, place)
    if column.note is None and column.formula is None:
        plain = ods_cells.PLAIN
        return lambda _item, value, _row_no: render(value, plain)
    places = {key: get_column_letter(sheet.index(key) + 1) for key in column.formula_columns()}

    def make(item: Any, value: object, row_no: int) -> str:
        cells = {key: f"[.{letter}{row_no}]" for key, letter in places.items()}
        formula = column.formula.format(**cells) if column.formula else ""
        note = column.note(item) if column.note else None
        return render(value, Extra(formula, note or ""))

    return make


def _blank_makers(sheet: Sheet) -> Iterator[Maker]:
    """The makers for a table without any row: one that asks nothing of a row."""
    for column in sheet.columns:
        cell = ods_cells.text_cell(ods_cells.style_name(Place.BODY, column.kind), None)
        yield lambda _item, _value, _row_no, cell=cell: cell  # type: ignore[misc]


def _totals(sheet: Sheet, out: Streamed, tallies: dict[int, Tally]) -> Iterator[str]:
    for number, column in enumerate(sheet.columns, start=1):
        if column.total in _SUBTOTALS:
            kind = Kind.INTEGER if column.total is Total.COUNT else column.kind
            letter = get_column_letter(number)
            cells = f"[.{letter}2:.{letter}{1 + max(out.rows, 1)}]"
            formula = f"SUBTOTAL({_SUBTOTALS[column.total]};{cells})"
            style = ods_cells.style_name(Place.TOTAL, kind)
            yield ods_cells.number_cell(style, kind, tallies[number - 1].xml_value(), formula)
        else:
            label = TOTAL_LABEL if total_label(number, column) else None
            yield ods_cells.text_cell(ods_cells.style_name(Place.TOTAL, Kind.TEXT), label)


def stream_text(
    sheet: TextSheet, source: Any, out: Streamed, *, others: list[Sheet | TextSheet]
) -> None:
    """Pass the lines of a text sheet to ``out``; ``others`` are the sheets it may point to."""
    out.last_column = 2
    titles = {other.key: other.title for other in others}
    for number, line in enumerate(_lines(sheet, source, others), start=1):
        out.row = out.rows = out.last_row = number
        cells = _label(line, titles) + _value(line, titles)
        if line.style is not TextStyle.NORMAL:
            out.body.write(_styled_row(cells, f"line-{line.style}"))
            continue
        texts = (
            (line.label, int(styles.LABEL_WIDTH)),
            (line.value, int(styles.VALUE_WIDTH)),
        )
        out.body.write(_row([cells], heights.lines_in_texts(texts)))


def _lines(sheet: TextSheet, source: Any, others: list[Sheet | TextSheet]) -> Iterable[TextRow]:
    yield from sheet.lines(source)
    if not sheet.contents:
        return
    yield TextRow("")
    yield TextRow(CONTENTS_HEADING, style=TextStyle.HEADING)
    for other in others:
        if other.key != sheet.key and not other.hidden:
            yield TextRow(other.title, link=other.key)


def _target(line: TextRow, titles: dict[str, str]) -> str:
    assert line.link is not None  # noqa: S101  # asked of lines with a link only
    if line.link in titles:
        return f"#{quoted(titles[line.link])}.A1"
    if not is_link(line.link):
        raise ValueError(f"{line.link!r} is neither a sheet of this file nor an address")
    return line.link


def _label(line: TextRow, titles: dict[str, str]) -> str:
    if line.link and line.value is None:
        style = ods_cells.style_name(Place.LINE, Kind.LINK)
        return ods_cells.link_cell(style, _target(line, titles), line.label)
    return ods_cells.text_cell(f"label-{line.style}", line.label or None)


def _value(line: TextRow, titles: dict[str, str]) -> str:
    is_text = line.kind in {Kind.TEXT, Kind.LONG_TEXT}
    if line.link and line.value is not None and is_text:
        style = ods_cells.style_name(Place.LINE, Kind.LINK)
        return ods_cells.link_cell(style, _target(line, titles), str(line.value))
    return ods_cells.renderer(line.kind, Place.LINE)(line.value, ods_cells.PLAIN)


def _row(cells: list[str], lines: int) -> str:
    return _styled_row("".join(cells), ods_styles.row_style(lines))


def _styled_row(cells: str, style: str) -> str:
    return f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'


def rules(sheet: Sheet, out: Streamed, cutoff: date | None) -> str:
    """The conditional formats of a sheet."""
    formats = []
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        inside = _rule(sheet, column, letter, cutoff)
        if inside:
            cells = text.escape_markup(area(sheet, letter, 2, 1 + max(out.rows, 1)))
            formats.append(
                f'<calcext:conditional-format calcext:target-range-address="{cells}">'
                f"{inside}</calcext:conditional-format>"
            )
    if not formats:
        return ""
    return f"<calcext:conditional-formats>{''.join(formats)}</calcext:conditional-formats>"


def _rule(sheet: Sheet, column: Column, letter: str, cutoff: date | None) -> str:
    base = f"{quoted(sheet.title)}.{letter}2"
    if column.rule is Rule.RAG:
        return "".join(_condition(word, f'="{word}"', base) for word in styles.RAG_COLOURS)
    if column.rule is Rule.DATA_BAR:
        bar = ods_styles.colour(styles.BAR_COLOUR)
        ends = "".join(
            f'<calcext:formatting-entry calcext:value="{end}" calcext:type="number"/>'
            for end in (0, 1)
        )
        return (
            f'<calcext:data-bar calcext:min-length="0" calcext:max-length="100"'
            f' calcext:positive-color="{bar}" calcext:gradient="false">{ends}</calcext:data-bar>'
        )
    if column.rule is Rule.OVERDUE and cutoff is not None:
        return _condition(ods_styles.OVERDUE, _late(sheet, column, letter, cutoff), base)
    return ""


def _condition(style: str, test: str, base: str) -> str:
    return (
        f'<calcext:condition calcext:apply-style-name="{style}"'
        f' calcext:value="{text.escape_markup(test)}"'
        f' calcext:base-cell-address="{text.escape_markup(base)}"/>'
    )


def _late(sheet: Sheet, column: Column, letter: str, cutoff: date) -> str:
    """The test for a date that has passed while nothing says that it is done."""
    day = f"DATE({cutoff.year};{cutoff.month};{cutoff.day})"
    tests = [f"ISNUMBER([.{letter}2])", f"[.{letter}2]<{day}"]
    if column.rule_unless is not None:
        other = f"[.{get_column_letter(sheet.index(column.rule_unless) + 1)}2]"
        done = [f'{other}<>"{word}"' for word in column.rule_done]
        tests += done or [f"LEN({other})=0"]
    return f"formula-is(AND({';'.join(tests)}))"
