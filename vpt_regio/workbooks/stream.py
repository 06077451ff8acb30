"""Rows become XML, one at a time, in a spooled file: memory does not grow with the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import heights, text
from vpt_regio.workbooks.cells import (
    LINK_TEXT,
    Cells,
    Renderer,
    Tally,
    is_link,
    words,
)
from vpt_regio.workbooks.spec import (
    Column,
    Kind,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Total,
)
from vpt_regio.workbooks.styles import (
    LABEL_WIDTH,
    LINE_HEIGHTS,
    VALUE_WIDTH,
    Place,
    StyleIds,
)

MAX_ROWS: Final = 1_048_576
MAX_LINKS: Final = 65_530  # Excel's limit for a sheet; beyond it the address itself is shown
MAX_CHART_POINTS: Final = 500  # beyond it a viewer without Excel shows an empty chart
TOTAL_LABEL: Final = "Totaal"
CONTENTS_HEADING: Final = "Bladen in dit bestand"
# XML special characters cannot occur in a formula beside a header, brackets and these can.
_SPECIAL_IN_REFERENCE: Final = str.maketrans({mark: f"'{mark}" for mark in "[]#'"})
_SUBTOTALS: Final = {Total.SUM: 109, Total.COUNT: 103}
_BLOCK: Final = 256
_ROW_MARK: Final = "\0"
_IN_MEMORY: Final = 1 << 20
_HYPERLINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class Spool:
    """Text that waits for its place in the package; beyond a mebibyte it waits on disk."""

    def __init__(self) -> None:
        # Closed by close(), which the writer calls when the package is complete.
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._pending: list[str] = []

    def write(self, piece: str) -> None:
        """Add a piece."""
        self._pending.append(piece)
        if len(self._pending) >= _BLOCK:
            self.flush()

    def flush(self) -> None:
        """Pass on what is pending."""
        self.file.write("".join(self._pending).encode())
        self._pending.clear()

    def rewind(self) -> IO[bytes]:
        """The content from its beginning."""
        self.flush()
        self.file.seek(0)
        return self.file

    def close(self) -> None:
        """Let go of the temporary file."""
        self.file.close()


@dataclass
class Streamed:
    """One sheet after its rows have passed: what the shell must know, and the waiting XML.

    ``row`` is the row that is being written. ``rows`` counts the data rows; ``last_row`` is the
    last row of the sheet, with the totals row.
    ``points`` holds the values of charted columns by column key, or nothing if they are too many;
    ``lines`` how many lines each data row takes, for a sheet with charts and not too many rows.
    """

    row: int = 1
    rows: int = 0
    last_row: int = 0
    last_column: int = 1
    links: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    points: dict[str, list[object]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    body: Spool = field(default_factory=Spool)
    hyperlinks: Spool = field(default_factory=Spool)
    relationships: Spool = field(default_factory=Spool)

    def link(self, letter: str, address: str) -> bool:
        """Make a cell of this row a link; False if the sheet is full or it cannot be one.

        An address that begins with # is a place in this file: #'Uren'!B3.
        """
        if address.startswith("#") and self.links < MAX_LINKS:
            self._link_inside(letter, address[1:])
            return True
        if self.links >= MAX_LINKS or not is_link(address):
            return False
        self.links += 1
        number, target = self.links, text.escape_markup(address)
        self.hyperlinks.write(f'<hyperlink ref="{letter}{self.row}" r:id="link{number}"/>')
        self.relationships.write(
            f'<Relationship Id="link{number}" Type="{_HYPERLINK}" Target="{target}"'
            ' TargetMode="External"/>'
        )
        return True

    def link_to_sheet(self, letter: str, title: str) -> None:
        """Make a cell of this row a link to the first cell of another sheet of the file."""
        quoted = title.replace("'", "''")
        self._link_inside(letter, f"'{quoted}'!A1")

    def _link_inside(self, letter: str, place: str) -> None:
        self.links += 1
        location = text.escape_markup(place)
        self.hyperlinks.write(f'<hyperlink ref="{letter}{self.row}" location="{location}"/>')

    def annotate(self, letter: str, note: str) -> None:
        """Put a note on a cell of this row; notes are few and wait until the shell is made."""
        self.notes.append((f"{letter}{self.row}", text.shorten(text.clean(note))[0]))

    def close(self) -> None:
        """Let go of the temporary files."""
        for spool in (self.body, self.hyperlinks, self.relationships):
            spool.close()


def stream_sheet(sheet: Sheet, source: Any, styles: StyleIds, out: Streamed) -> None:
    """Pass the rows of a data sheet to ``out``: header, rows and totals row."""
    out.last_column = len(sheet.columns)
    cells = Cells(styles, out.annotate)
    renderers = [
        _with_formula(_column_renderer(cells, out, column, n), sheet, column, out)
        for n, column in _numbered(sheet)
    ]
    out.body.write(_header(sheet, cells, styles))
    tallies = [(n - 1, Tally(column)) for n, column in _numbered(sheet) if column.total]
    _stream_rows(sheet, source, out, renderers, _watchers(sheet, out, tallies))
    if sheet.open_rows:
        _stream_open(sheet, cells, out)
    if out.rows == 0:
        # A table without any row is one that Excel repairs.
        out.body.write(_row(2, [render(None) for render in renderers]))
    out.last_row = 1 + max(out.rows, 1)
    if sheet.has_totals:
        out.last_row += 1
        out.body.write(_totals(sheet, cells, out.last_row, dict(tallies)))
    if out.rows > MAX_CHART_POINTS:
        out.points.clear()


def _stream_open(sheet: Sheet, cells: Cells, out: Streamed) -> None:
    blank = _row(_ROW_MARK, [cells.open(column, number) for number, column in _numbered(sheet)])
    for number in range(out.rows + 2, out.rows + 2 + sheet.open_rows):
        out.body.write(blank.replace(_ROW_MARK, str(number)))
    out.rows += sheet.open_rows


# Looks at a row and its values while it passes.
Watcher = Callable[[Any, list[object]], None]


def _stream_rows(
    sheet: Sheet, source: Any, out: Streamed, renderers: list[Renderer], watchers: list[Watcher]
) -> None:
    getters = [column.get for column in sheet.columns]
    # The row with its references, once; a row number and the cells go in by two quick calls.
    template = _row(_ROW_MARK, ["%s"] * len(getters))
    widths = heights.wrapped_widths(sheet)
    for number, item in enumerate(sheet.rows(source), start=2):
        out.row = number
        values = [get(item) for get in getters]
        cells = [render(value) for render, value in zip(renderers, values, strict=True)]
        row = template.replace(_ROW_MARK, str(number)) % tuple(cells)
        lines = heights.lines_in_row(values, widths)
        out.body.write(heights.stretched(row, lines))
        if sheet.charts and len(out.lines) < MAX_CHART_POINTS:
            out.lines.append(lines)
        for watch in watchers:
            watch(item, values)
    out.rows = out.row - 1
    if out.row + sheet.has_totals > MAX_ROWS:
        raise ValueError(f"sheet {sheet.title!r} has more rows than a worksheet can hold")


def _watchers(sheet: Sheet, out: Streamed, tallies: list[tuple[int, Tally]]) -> list[Watcher]:
    watchers = [_tally_watcher(place, tally) for place, tally in tallies]
    for number, column in _numbered(sheet):
        if column.note is not None:
            watchers.append(_note_watcher(column.note, get_column_letter(number), out))
    charted = {key for chart in sheet.charts for key in (chart.category, *chart.series)}
    charted |= {chart.split for chart in sheet.charts if chart.split}
    for key in sorted(charted):
        watchers.append(_point_watcher(sheet.index(key), out.points.setdefault(key, [])))
    return watchers


def _tally_watcher(place: int, tally: Tally) -> Watcher:
    def watch(item: Any, values: list[object]) -> None:
        tally.add(values[place])

    return watch


def _note_watcher(note: Callable[[Any], str | None], letter: str, out: Streamed) -> Watcher:
    def watch(item: Any, values: list[object]) -> None:
        words_of_note = note(item)
        if words_of_note:
            out.annotate(letter, words_of_note)

    return watch


def _point_watcher(place: int, points: list[object]) -> Watcher:
    def watch(item: Any, values: list[object]) -> None:
        if len(points) <= MAX_CHART_POINTS:
            points.append(values[place])

    return watch


def _column_renderer(cells: Cells, out: Streamed, column: Column, number: int) -> Renderer:
    render = cells.column(column, number)
    if column.kind is not Kind.LINK:
        return render
    letter, shown = get_column_letter(number), render(LINK_TEXT)

    def render_link(value: object) -> str:
        if value is None or value == "":
            return render(None)
        address = words(value)
        return shown if out.link(letter, address) else render(address)

    return render_link


def _with_formula(render: Renderer, sheet: Sheet, column: Column, out: Streamed) -> Renderer:
    """Put the formula of the column beside each number; a blank or a word gets none."""
    if column.formula is None:
        return render
    letters = {key: get_column_letter(sheet.index(key) + 1) for key in column.formula_columns()}
    places = {key: letter + _ROW_MARK for key, letter in letters.items()}
    formula = text.escape_markup(column.formula.format(**places))

    def render_formula(value: object) -> str:
        cell = render(value)
        beside = f"><f>{formula.replace(_ROW_MARK, str(out.row))}</f><v>"
        return cell.replace("><v>", beside, 1)

    return render_formula


def _header(sheet: Sheet, cells: Cells, styles: StyleIds) -> str:
    renderers = {
        kind: cells.text_renderer("A", style, style) for kind, style in styles.headers.items()
    }
    row = _row(1, [renderers[column.kind](column.header) for column in sheet.columns])
    return heights.stretched(row, heights.lines_in_header(sheet))


def _totals(sheet: Sheet, cells: Cells, row: int, tallies: dict[int, Tally]) -> str:
    def cell(number: int, column: Column) -> str:
        if column.total in _SUBTOTALS:
            kind = Kind.INTEGER if column.total is Total.COUNT else column.kind
            style = cells.style(kind, Place.TOTAL)
            formula = text.escape_markup(subtotal(sheet, column))
            return f' s="{style}"><f>{formula}</f><v>{tallies[number - 1].xml_value()}</v></c>'
        label = TOTAL_LABEL if total_label(number, column) else None
        return cells.renderer(Kind.TEXT, Place.TOTAL, number)(label)

    return _row(row, [cell(number, column) for number, column in _numbered(sheet)])


def total_label(number: int, column: Column) -> bool:
    """Whether the column says "Totaal" in the totals row: the first does, unless it is counted."""
    return column.total is Total.LABEL or (number == 1 and column.total is None)


def subtotal(sheet: Sheet, column: Column) -> str:
    """The formula below a column; it follows the filter that a reader sets."""
    assert column.total is not None  # noqa: S101  # callers ask for columns with a total only
    header = column.header.translate(_SPECIAL_IN_REFERENCE)
    # A header of letters, digits and spaces stands in single brackets, any other in double.
    inner = header if column.header.replace(" ", "").isalnum() else f"[{header}]"
    return f"SUBTOTAL({_SUBTOTALS[column.total]},{sheet.table_name}[{inner}])"


def stream_text(
    sheet: TextSheet,
    source: Any,
    styles: StyleIds,
    out: Streamed,
    *,
    others: list[Sheet | TextSheet],
) -> None:
    """Pass the lines of a text sheet to ``out``; ``others`` are the sheets it may point to."""
    out.last_column = 2
    titles = {other.key: other.title for other in others}
    cells = Cells(styles, out.annotate)
    for number, line in enumerate(_lines(sheet, source, others), start=1):
        out.row = out.rows = number
        row = _row(number, _line(line, out, cells, styles, titles))
        out.body.write(_stretched_line(row, line))
    out.last_row = out.row


def _stretched_line(row: str, line: TextRow) -> str:
    if line.style is not TextStyle.NORMAL:
        return heights.stretched(row, 1, line=LINE_HEIGHTS[line.style])
    texts = ((line.label, int(LABEL_WIDTH)), (line.value, int(VALUE_WIDTH)))
    return heights.stretched(row, heights.lines_in_texts(texts))


def _lines(sheet: TextSheet, source: Any, others: list[Sheet | TextSheet]) -> Iterable[TextRow]:
    yield from sheet.lines(source)
    if not sheet.contents:
        return
    yield TextRow("")
    yield TextRow(CONTENTS_HEADING, style=TextStyle.HEADING)
    for other in others:
        if other.key != sheet.key and not other.hidden:
            yield TextRow(other.title, link=other.key)


def _line(
    line: TextRow, out: Streamed, cells: Cells, styles: StyleIds, titles: dict[str, str]
) -> list[str]:
    place = "A" if line.value is None else "B"
    if line.link in titles:
        out.link_to_sheet(place, titles[line.link])
    elif line.link is not None and not out.link(place, line.link):
        raise ValueError(f"{line.link!r} is neither a sheet of this file nor an address")
    link_style = styles.cells[Place.LINE, Kind.LINK]
    label_style = link_style if line.link and place == "A" else styles.lines[line.style]
    quoted = styles.quoted[Place.LINE, Kind.TEXT]
    label = cells.text_renderer("A", label_style, quoted)(line.label or None)
    if line.kind is Kind.LINK:
        column = Column("value", "Waarde", Kind.LINK, VALUE_WIDTH, get=str)
        return [label, _column_renderer(cells, out, column, 2)(line.value)]
    texts = line.kind in {Kind.TEXT, Kind.LONG_TEXT}
    kind = Kind.LINK if texts and line.link and place == "B" else line.kind
    return [label, cells.renderer(kind, Place.LINE, 2)(line.value)]


def _row(number: int | str, cells: list[str]) -> str:
    """A row of cells, each of which lacks its opening only."""
    opened = [
        f'<c r="{get_column_letter(place)}{number}"{cell}' for place, cell in enumerate(cells, 1)
    ]
    return f'<row r="{number}">{"".join(opened)}</row>'


def _numbered(sheet: Sheet) -> list[tuple[int, Column]]:
    return list(enumerate(sheet.columns, start=1))
