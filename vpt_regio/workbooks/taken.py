"""The cells of an uploaded workbook, taken out of the file in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from openpyxl.utils import get_column_letter

from vpt_regio import contained
from vpt_regio.workbooks import gate, read_xlsx
from vpt_regio.workbooks.parse import RawCell, fold
from vpt_regio.workbooks.read_grid import MAX_ROWS, CellNote, Line, UnreadableError

log = structlog.get_logger()

# a value alone, or with the sign of its format and why it cannot be read
_Cell = tuple[object, str, str | None]
_Why = tuple[str, Mapping[str, Any], str]
_MARGIN: Final = (
    10  # rows beyond the most that a reader takes, by which it knows that there are more
)


@dataclass
class TakenGrid:
    """A sheet as plain values: what a reader asks of an opened file, without the file.

    ``broken`` is why the file could not be read to its end, raised when the rows run out.
    """

    sheet: str
    lines: list[tuple[int, tuple[_Cell, ...]]] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    broken: _Why | None = None
    says_numbers: bool = True

    def rows(self) -> Iterator[Line]:
        """Give the rows that are not blank."""
        yield from self.lines
        if self.broken is not None:
            raise _unreadable(self.broken)

    def cell(self, _number: int, row: Sequence[Any], index: int) -> RawCell:
        """Return the cell of a row."""
        return RawCell(*row[index])

    def address(self, number: int, index: int, _header: str) -> str:
        """Return the name of the cell, such as C4."""
        return f"{get_column_letter(index + 1)}{number}"


@dataclass(frozen=True)
class TakenBook:
    """The sheets that were asked for, by their folded titles, and the titles of all."""

    titles: tuple[str, ...]
    grids: Mapping[str, TakenGrid]


class RefusedError(Exception):
    """The gate refuses; the arguments are its messages."""


def take_sheet(data: bytes, title: str) -> TakenGrid:
    """Return one sheet, or the only visible one; raises UnreadableError or RefusedError."""
    grid: TakenGrid = _contained(_take_sheet, data, title)
    return grid


def take_book(data: bytes, titles: Sequence[str]) -> TakenBook:
    """Return the sheets with these titles, as far as there; raises as ``take_sheet``."""
    book: TakenBook = _contained(_take_book, data, tuple(titles))
    return book


def _contained(task: Any, data: bytes, wanted: Any) -> Any:
    if len(data) > gate.LARGEST:
        raise RefusedError(gate.TOO_LARGE)
    try:
        outcome, found = contained.run(task, data, wanted)
    except contained.StoppedError as error:
        raise UnreadableError(gate.TOO_MANY_CELLS) from error
    if outcome == "refused":
        raise RefusedError(*found)
    if outcome == "unreadable":
        raise _unreadable(found)
    return found


def _unreadable(why: _Why) -> UnreadableError:
    message, params, fault = why
    if fault:
        # tells a damaged file from a fault of ours; a message may quote what a cell holds, and
        # stays out of the log
        log.warning("workbook_refused", reason=fault)
    return UnreadableError(message, **params)


def _take_sheet(data: bytes, title: str) -> tuple[str, Any]:
    if messages := gate.problems_of(data):
        return "refused", messages
    try:
        return "taken", _plain(read_xlsx.open_sheet(data, title))
    except UnreadableError as error:
        return "unreadable", _why(error)


def _take_book(data: bytes, titles: Sequence[str]) -> tuple[str, Any]:
    if messages := gate.problems_of(data):
        return "refused", messages
    try:
        found, opened = read_xlsx.open_sheets(data, titles)
        return "taken", TakenBook(found, {fold(one.sheet): _plain(one) for one in opened})
    except UnreadableError as error:
        return "unreadable", _why(error)


def _plain(grid: read_xlsx.XlsxGrid) -> TakenGrid:
    taken = TakenGrid(grid.sheet, notes=grid.notes)
    try:
        for number, row in grid.rows():
            cells = (grid.cell(number, row, index) for index in range(len(row)))
            taken.lines.append((number, tuple((one.value, one.unit, one.problem) for one in cells)))
            if len(taken.lines) > MAX_ROWS + _MARGIN:
                break
    except UnreadableError as error:
        taken.broken = _why(error)
    return taken


def _why(error: UnreadableError) -> _Why:
    """What to tell a person, and the name of the fault that is behind it, for the log."""
    return error.message, error.params, type(error.__cause__).__name__ if error.__cause__ else ""
