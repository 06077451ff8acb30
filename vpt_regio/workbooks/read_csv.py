"""Open a CSV file: the encoding and the separator are found out, not asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from vpt_regio.domain.text import N_
from vpt_regio.workbooks.parse import RawCell, fold
from vpt_regio.workbooks.read_grid import MAX_COLUMNS, CellNote, Line, UnreadableError

SEPARATORS: Final = (";", "\t", ",")
# Excel's own way to name the separator, in a line before the header
_SEPARATOR_LINE: Final = "sep="

NOT_TEXT: Final = N_("Dit is geen CSV-bestand. Bewaar het als CSV UTF-8 of als .xlsx.")
QUOTES: Final = N_("De aanhalingstekens op regel %(line)s kloppen niet.")
OLD_ENCODING: Final = N_(
    "Dit bestand is geen UTF-8. Het is gelezen als Windows-1252: controleer letters met accenten."
)

_MARKS_OF_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class CsvGrid:
    """The text of a CSV file as a grid; made by ``open_csv``."""

    says_numbers = False
    sheet = ""

    def __init__(self, text: str, headers: Collection[str]) -> None:
        self.notes: list[CellNote] = []
        self._text = text
        self._separator, self._first = _separator(text, headers)

    def rows(self) -> Iterator[Line]:
        """Give the lines that are not blank, by the number of the line they begin on."""
        lines = io.StringIO(self._text)
        for _ in range(self._first):
            lines.readline()
        # strict, or a quote that is never closed would swallow the rest of the file
        reader = csv.reader(lines, delimiter=self._separator, strict=True)
        while True:
            number = self._first + reader.line_num + 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                raise UnreadableError(QUOTES, line=number) from error
            if row is None:
                return
            if any(map(str.strip, row)):
                yield number, row

    def cell(self, number: int, row: Sequence[Any], index: int) -> RawCell:
        """Return the cell; a line may end before the last column."""
        text = row[index] if index < len(row) else ""
        return RawCell(text if text.strip() else None)

    def address(self, number: int, index: int, header: str) -> str:
        """Return the line and the header of the column."""
        return f"regel {number}, kolom {header}" if header else f"regel {number}"


def open_csv(data: bytes, headers: Collection[str]) -> CsvGrid:
    """Open a file whose header line holds some of ``headers``; raises UnreadableError."""
    text, is_old = _decode(data)
    if "\x00" in text:
        raise UnreadableError(NOT_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    grid = CsvGrid(text, headers)
    if is_old:
        grid.notes.append(CellNote("", (), OLD_ENCODING))
    return grid


def _decode(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether it was not UTF-8."""
    if data.startswith(_MARKS_OF_UTF16):
        raise UnreadableError(NOT_TEXT)
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), True
    except UnicodeDecodeError as error:
        raise UnreadableError(NOT_TEXT) from error


def _separator(text: str, headers: Collection[str]) -> tuple[str, int]:
    """Return the separator, and how many lines come before the header.

    It is the one by which the header line holds the most of the headers that are sought.
    """
    lines = io.StringIO(text)
    first = next((line for line in lines if line.strip()), "").rstrip("\n")
    if fold(first).startswith(_SEPARATOR_LINE) and first[-1:] in SEPARATORS:
        return first[-1], text[: text.index(first)].count("\n") + 1
    wanted = {fold(header) for header in headers}

    def found(separator: str) -> int:
        cells = next(csv.reader([first[: csv.field_size_limit()]], delimiter=separator), [])
        return len(wanted & {fold(cell) for cell in cells[:MAX_COLUMNS]})

    return max(SEPARATORS, key=found), 0
