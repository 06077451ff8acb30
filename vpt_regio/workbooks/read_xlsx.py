"""Open one sheet of an .xlsx file that somebody uploaded, after the gate has let it through."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from vpt_regio.domain.text import N_
from vpt_regio.workbooks import gate
from vpt_regio.workbooks.parse import RawCell, fold
from vpt_regio.workbooks.read_grid import MAX_COLUMNS, CellNote, Line, UnreadableError

HEADER_WITHIN: Final = 100  # rows
LAST_ROW: Final = 1_048_576  # of Excel
MOST_MERGED: Final = 200

NO_SHEET: Final = N_("Het blad %(sheet)s ontbreekt. Dit bestand heeft de bladen: %(found)s.")
NO_SHEETS: Final = N_("Dit bestand heeft geen blad met cellen.")
OTHER_SHEET: Final = N_("Het blad heet niet %(sheet)s. Het enige blad van dit bestand is gelezen.")
HIDDEN_ROWS: Final = N_("Verborgen rijen zijn ook gelezen.")
MERGED: Final = N_("Deze cel is samengevoegd met een andere. Maak de samenvoeging ongedaan.")
TOO_MANY_MERGED: Final = N_("Het blad heeft te veel samengevoegde cellen.")
CELL_ERROR: Final = N_(
    "Deze cel bevat een fout, zoals #WAARDE!. Verbeter de formule of typ de waarde."
)
NO_RESULT: Final = N_(
    "De uitkomst van deze formule staat niet in het bestand."
    " Open het in Excel, bewaar het en probeer het opnieuw."
)

# these patterns meet files made to keep them busy: each looks at a tag once
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\b([^<>]*)>")
_RANGE: Final = re.compile(rb"\bref=[\"']([A-Z0-9:]{1,21})[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_HIDDEN: Final = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_ROW_NUMBER: Final = re.compile(rb"\br=[\"']([0-9]{1,7})[\"']")
# a cell with a formula and no value; a formula that yields blank says t="str"
_NO_RESULT: Final = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*)>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*+"
    rb"(?:(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)\s*+)?</(?:\w+:)?c>"
)
_COORDINATE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_IS_TEXT: Final = re.compile(rb"\bt=[\"']str[\"']")
# Excel writes some characters of a text as a code; of these two openpyxl leaves the code
_CODE: Final = re.compile("_x(005F|000D)_", re.IGNORECASE)
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')
_CURRENCY: Final = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_SIGNS: Final = ("%", "€", "$", "£", "¥")


class XlsxGrid:
    """A sheet of a workbook as a grid; made by ``open_sheet``."""

    says_numbers = True

    def __init__(self, sheet: Any, xml: bytes) -> None:
        self.sheet: str = sheet.title
        self.notes: list[CellNote] = []
        self._sheet = sheet
        self._merged = _merged(xml)
        self._without_result = _without_result(xml)
        self._rows_without_result = {row for row, _column in self._without_result}
        self._units: dict[int, str] = {}
        if hidden := _hidden_rows(xml):
            rows = tuple(f"rij {number}" for number in hidden)
            self.notes.append(CellNote(self.sheet, rows, HIDDEN_ROWS))

    def rows(self) -> Iterator[Line]:
        """Give the rows in which a cell of the first columns holds anything."""
        # what the file says of its own size need not be true
        self._sheet.reset_dimensions()
        header = self._next_filled(self._from(1, HEADER_WITHIN, MAX_COLUMNS))
        if header is None:
            return
        yield header
        number, row = header
        # the table is as wide as its header; looking further takes long in a long sheet
        width = max(index for index, cell in enumerate(row, start=1) if cell.value is not None)
        following = self._from(number + 1, LAST_ROW, width)
        while (line := self._next_filled(following)) is not None:
            yield line

    def _from(self, first: int, last: int, width: int) -> Iterator[Line]:
        rows = self._sheet.iter_rows(min_row=first, max_row=last, max_col=width)
        return enumerate(rows, start=first)

    def _next_filled(self, lines: Iterator[Line]) -> Line | None:
        """Return the next row that is not blank; only what openpyxl raises is caught here."""
        blank = None
        with _quietly():
            for number, row in lines:
                # rows that are missing from the file are all one and the same
                if row is blank:
                    continue
                is_filled = any(cell.value is not None for cell in row)
                if is_filled or number in self._rows_without_result:
                    return number, row
                blank = row
        return None

    def cell(self, number: int, row: Sequence[Any], index: int) -> RawCell:
        """Return the cell, with why it cannot be read when it holds an error or no result."""
        cell = row[index]
        value = cell.value
        if value is None:
            return RawCell(None, problem=self._why_blank(number, index))
        if cell.data_type == "e":
            return RawCell(value, problem=CELL_ERROR)
        if isinstance(value, str):
            return RawCell(_CODE.sub(_decode, value) if "_x" in value else value)
        return RawCell(value, self._unit(cell))

    def address(self, number: int, index: int, header: str) -> str:
        """Return the name of the cell, such as C4."""
        return f"{get_column_letter(index + 1)}{number}"

    def _why_blank(self, number: int, index: int) -> str | None:
        column = index + 1
        if (number, column) in self._without_result:
            return NO_RESULT
        for left, top, right, bottom in self._merged:
            if left <= column <= right and top <= number <= bottom:
                return MERGED
        return None

    def _unit(self, cell: Any) -> str:
        style = cell._style_id
        if style not in self._units:
            self._units[style] = unit_of(cell.number_format or "")
        return self._units[style]


def _decode(code: re.Match[str]) -> str:
    # a return always stands beside a line feed, which is enough
    return "_" if code[1].upper() == "005F" else ""


def unit_of(number_format: str) -> str:
    """Return the sign that a format of Excel shows with a number: a percent sign or a currency."""
    plain = _CURRENCY.sub(r"\1", number_format)
    bare = _LITERAL.sub("", plain)
    # a percent sign between quotes is only shown; a currency is meant in both ways
    return next(
        (sign for sign in _SIGNS if sign in (bare if sign == "%" else plain)),
        "",
    )


def open_sheet(data: bytes, title: str) -> XlsxGrid:
    """Open the sheet with this title, or the only visible one; raises UnreadableError."""
    sheet = _find(_open(data).worksheets, title)
    grid = _grid(sheet, data)
    if fold(sheet.title) != fold(title):
        grid.notes.append(CellNote(sheet.title, (), OTHER_SHEET, {"sheet": title}))
    return grid


def open_sheets(data: bytes, titles: Sequence[str]) -> tuple[tuple[str, ...], list[XlsxGrid]]:
    """Return the titles of all sheets, and those of ``titles`` that are there, opened.

    Of sheets that have the same title but for capitals, the first counts.
    """
    sheets = _open(data).worksheets
    found: dict[str, Any] = {}
    for sheet in sheets:
        found.setdefault(fold(sheet.title), sheet)
    wanted = [found[fold(title)] for title in titles if fold(title) in found]
    return tuple(str(sheet.title) for sheet in sheets), [_grid(sheet, data) for sheet in wanted]


def _open(data: bytes) -> Any:
    with _quietly():
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )


def _grid(sheet: Any, data: bytes) -> XlsxGrid:
    # the path is the one by which openpyxl itself reads the cells
    return XlsxGrid(sheet, _part(data, sheet._worksheet_path))


def _find(sheets: list[Any], title: str) -> Any:
    named = [sheet for sheet in sheets if fold(sheet.title) == fold(title)]
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    if named:
        return named[0]
    if len(visible) == 1:
        return visible[0]
    if not visible:
        raise UnreadableError(NO_SHEETS)
    found = ", ".join(str(sheet.title) for sheet in visible)
    raise UnreadableError(NO_SHEET, sheet=title, found=found)


def _part(data: bytes, path: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(path)
    except (KeyError, *gate.UNREADABLE) as error:
        raise UnreadableError from error


@contextmanager
def _quietly() -> Iterator[None]:
    """Let openpyxl read: it warns of what it leaves aside, and breaks on a damaged file anyhow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception as error:
            raise UnreadableError from error


def _merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges as left, top, right, bottom."""
    found = [item[1] for tag in _MERGE.findall(xml) if (item := _RANGE.search(tag))]
    if len(found) > MOST_MERGED:
        raise UnreadableError(TOO_MANY_MERGED)
    try:
        bounds = [range_boundaries(item.decode()) for item in found]
    except (ValueError, TypeError) as error:
        raise UnreadableError from error
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in bounds
        if left is not None and top is not None and right is not None and bottom is not None
    ]


def _hidden_rows(xml: bytes) -> list[int]:
    if b"hidden" not in xml:
        return []
    numbers = (_ROW_NUMBER.search(tag) for tag in _ROW.findall(xml) if _HIDDEN.search(tag))
    return [int(number[1]) for number in numbers if number]


def _without_result(xml: bytes) -> frozenset[tuple[int, int]]:
    """Return the row and column of the cells whose formula was never computed."""
    if b"<f" not in xml and b":f" not in xml:
        return frozenset()
    attributes = (found for found in _NO_RESULT.findall(xml) if not _IS_TEXT.search(found))
    names = (_COORDINATE.search(found) for found in attributes)
    return frozenset(coordinate_to_tuple(name[1].decode()) for name in names if name)
