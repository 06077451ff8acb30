"""Read a filled-in table, .xlsx or .csv, by the declaration of its sheet.

Nothing raises for what is in a file: every problem comes back at once, at its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final, Generic, TypeVar

from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError
from vpt_regio.workbooks import gate
from vpt_regio.workbooks.parse import RawCell, Reader, fold, reader_of
from vpt_regio.workbooks.read_csv import open_csv
from vpt_regio.workbooks.read_grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    CellMessage,
    CellNote,
    CellProblem,
    Grid,
    Line,
    UnreadableError,
)
from vpt_regio.workbooks.spec import Column, Kind, Sheet
from vpt_regio.workbooks.stream import TOTAL_LABEL
from vpt_regio.workbooks.taken import RefusedError, take_sheet

__all__ = ["CellMessage", "CellNote", "CellProblem", "ReadRow", "TableRead", "read_table"]

OTHER_KIND: Final = N_("Dit soort bestand kan niet worden gelezen. Gebruik een .xlsx of een .csv.")
EXCEL_AS_CSV: Final = N_("Dit is een Excel-bestand met de naam .csv. Geef het de naam .xlsx.")
EMPTY: Final = N_("Het bestand is leeg.")
NO_HEADER: Final = N_(
    "De eerste regel moet de namen van de kolommen bevatten. Deze kolommen horen erin: %(columns)s."
)
NO_COLUMN: Final = N_("De kolom %(column)s ontbreekt.")
TWICE: Final = N_("De kolom %(column)s staat er meer dan één keer.")
TOO_WIDE: Final = N_(
    "Deze regel heeft meer waarden dan de kop. Staat er een scheidingsteken in een waarde?"
    " Zet die waarde dan tussen aanhalingstekens."
)
BLANK: Final = N_("Vul deze cel in.")
MISSING: Final = N_("De kolom %(column)s ontbreekt en is leeg gelezen.")
IGNORED: Final = N_("De kolom %(column)s hoort niet bij deze tabel en is niet gelezen.")
NUMBER_AS_TEXT: Final = N_("Dit getal staat als tekst in de cel en is als getal gelezen.")
DATE_AS_TEXT: Final = N_("Deze datum staat als tekst in de cel en is als datum gelezen.")
GROUPED: Final = N_("De punt in dit getal is gelezen als teken voor duizendtallen.")
TOTALS: Final = N_("De totaalregel is niet gelezen.")

Message = TypeVar("Message", bound=CellMessage)

LONGEST_NAME: Final = 60  # of a column that is not known
_EXCEL: Final = ".xlsx"
_TEXTS: Final = (".csv", ".txt", ".tsv")
_NUMBERS: Final = (
    Kind.INTEGER,
    Kind.DECIMAL,
    Kind.NUMBER,
    Kind.MONEY,
    Kind.PERCENT,
    Kind.EXACT_PERCENT,
)


@dataclass(frozen=True)
class ReadRow:
    """A row of the table that is not blank.

    ``number`` is the row or the line in the file. The mappings go by column key: ``cells`` holds
    the addresses of the columns that the file has, ``values`` the values of all columns (None for
    a blank cell and for one with a problem), ``raw`` what the file itself holds.
    """

    number: int
    cells: Mapping[str, str]
    values: Mapping[str, Any]
    raw: Mapping[str, object]


@dataclass(frozen=True)
class TableRead:
    """What a file holds; it may be taken only when there are no problems.

    ``columns`` are the keys of the columns that the file has; ``sheet`` is as in a message.
    """

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[CellNote, ...] = ()
    columns: tuple[str, ...] = ()
    sheet: str = ""


def read_table(data: bytes, file_name: str, sheet: Sheet) -> TableRead:
    """Read the rows of a sheet from an .xlsx or .csv file; links and totals are not read.

    Headers are found by name in the first row that is not blank. An .xlsx is read from the sheet
    with the declared title, or else from its only visible sheet.
    """
    try:
        grid = _open(data, file_name, sheet)
        return read_grid(sheet, grid)
    except RefusedError as refused:
        return TableRead(problems=tuple(CellProblem("", (), message) for message in refused.args))
    except UnreadableError as error:
        return TableRead(problems=(CellProblem("", (), error.message, error.params),))


def _open(data: bytes, file_name: str, sheet: Sheet) -> Grid:
    ending = PurePath(file_name.strip()).suffix.lower()
    if ending != _EXCEL and ending not in _TEXTS:
        raise UnreadableError(OTHER_KIND)
    if not data:
        raise UnreadableError(EMPTY)
    if ending == _EXCEL:
        return take_sheet(data, sheet.title)
    if len(data) > gate.LARGEST:
        raise UnreadableError(gate.TOO_LARGE)
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableError(EXCEL_AS_CSV)
    return open_csv(data, [column.header for column in _read_columns(sheet)])


def _read_columns(sheet: Sheet) -> list[Column]:
    return [column for column in sheet.columns if column.kind is not Kind.LINK]


@dataclass(frozen=True)
class _Place:
    """A declared column and where the file has it."""

    column: Column
    index: int
    reader: Reader


class _Messages(Generic[Message]):
    """Messages in the order in which they came up; equal ones are one, over all their cells."""

    def __init__(self, make: Callable[..., Message], sheet: str) -> None:
        self._make = make
        self._sheet = sheet
        self._found: dict[tuple[str, str], tuple[dict[str, Any], list[str]]] = {}

    def add(
        self, message: str, cell: str | None = None, params: Mapping[str, Any] | None = None
    ) -> None:
        """Add a message about a cell, or about the whole sheet."""
        given = dict(params or {})
        _params, cells = self._found.setdefault((message, repr(given)), (given, []))
        if cell is not None:
            cells.append(cell)

    def all(self) -> tuple[Message, ...]:
        return tuple(
            self._make(self._sheet, tuple(cells), message, params)
            for (message, _), (params, cells) in self._found.items()
        )


def read_grid(sheet: Sheet, grid: Grid) -> TableRead:
    """Read the rows of an opened table by the declaration of its sheet."""
    return _Reading(sheet, grid).read()


class _Reading:
    """One table while it is read."""

    def __init__(self, sheet: Sheet, grid: Grid) -> None:
        self._sheet = sheet
        self._grid = grid
        self._columns = _read_columns(sheet)
        self._problems = _Messages(CellProblem, grid.sheet)
        self._notes = _Messages(CellNote, grid.sheet)
        self._width = 0
        self._places: list[_Place] = []

    def read(self) -> TableRead:
        rows = self._grid.rows()
        self._header(*next(rows, (1, ())))
        found: list[ReadRow] = []
        for number, row in self._data(rows) if self._places else ():
            if len(found) == MAX_ROWS:
                self._problems.add(TOO_MANY_ROWS, params={"most": MAX_ROWS})
                break
            if (read := self._row(number, row)) is not None:
                found.append(read)
        return TableRead(
            rows=tuple(found),
            problems=self._problems.all(),
            notes=(*self._grid.notes, *self._notes.all()),
            columns=tuple(place.column.key for place in self._places),
            sheet=self._grid.sheet,
        )

    def _header(self, number: int, row: Sequence[Any]) -> None:
        """Find the columns by their names, and say which lack and which are not known."""
        names: dict[str, list[int]] = {}
        shown: dict[str, str] = {}
        for index in range(min(len(row), MAX_COLUMNS)):
            value = self._grid.cell(number, row, index).value
            if value is not None and fold(str(value)):
                names.setdefault(fold(str(value)), []).append(index)
                shown.setdefault(fold(str(value)), str(value).strip())
                self._width = index + 1
        if not any(fold(column.header) in names for column in self._columns):
            headers = ", ".join(column.header for column in self._columns)
            self._problems.add(NO_HEADER, params={"columns": headers})
            return
        for column in self._columns:
            self._place(column, names.get(fold(column.header), []), number)
        known = {fold(column.header) for column in self._sheet.columns}
        for name, indexes in names.items():
            if name not in known:
                cell = self._grid.address(number, indexes[0], "")
                self._notes.add(IGNORED, cell, {"column": shown[name][:LONGEST_NAME]})

    def _place(self, column: Column, indexes: list[int], number: int) -> None:
        if not indexes and (column.required or column.expected):
            self._problems.add(NO_COLUMN, params={"column": column.header})
        elif not indexes:
            self._notes.add(MISSING, params={"column": column.header})
        else:
            self._places.append(_Place(column, indexes[0], reader_of(column)))
        for index in indexes[1:]:
            cell = self._grid.address(number, index, "")
            self._problems.add(TWICE, cell, {"column": column.header})

    def _data(self, rows: Iterator[Line]) -> Iterator[Line]:
        """Give the rows without the totals, which are the last row and say so."""
        held: Line | None = None
        for line in rows:
            if held is not None:
                yield held
            held = line if self._is_total(*line) else None
            if held is None:
                yield line
        if held is not None:
            self._notes.add(TOTALS, self._grid.address(held[0], self._places[0].index, ""))

    def _is_total(self, number: int, row: Sequence[Any]) -> bool:
        first = self._places[0]
        if not self._sheet.has_totals or first.column is not self._sheet.columns[0]:
            return False
        return fold(self._grid.cell(number, row, first.index).words) == fold(TOTAL_LABEL)

    def _row(self, number: int, row: Sequence[Any]) -> ReadRow | None:
        """Read a row; None when all its cells of declared columns are blank."""
        raw = {
            place.column.key: self._grid.cell(number, row, place.index) for place in self._places
        }
        if all(_is_blank(cell) for cell in raw.values()):
            return None
        if not self._grid.says_numbers and any(
            value.strip() for value in row[max(self._width, 1) :]
        ):
            self._problems.add(TOO_WIDE, self._grid.address(number, 0, ""))
        cells = {
            place.column.key: self._grid.address(number, place.index, place.column.header)
            for place in self._places
        }
        values: dict[str, Any] = {column.key: None for column in self._columns}
        for place in self._places:
            key = place.column.key
            values[key] = self._value(place, raw[key], cells[key])
        return ReadRow(number, cells, values, {key: cell.value for key, cell in raw.items()})

    def _value(self, place: _Place, raw: RawCell, cell: str) -> Any:
        """Return the value of a cell; None when it is blank or has a problem."""
        if raw.problem:
            self._problems.add(raw.problem, cell)
            return None
        if _is_blank(raw):
            if place.column.required:
                self._problems.add(BLANK, cell)
            return None
        try:
            value = place.reader(raw)
            check = place.column.check
            refusal = check(value) if check and value is not None else None
        except (DomainError, ValueError) as problem:
            refusal = problem
        if refusal:
            self._refuse(refusal, cell)
            return None
        if value is not None:
            self._tell(place.column.kind, raw, cell)
        return value

    def _refuse(self, problem: DomainError | ValueError | str, cell: str) -> None:
        params = problem.params if isinstance(problem, DomainError) else {}
        message = problem.message if isinstance(problem, DomainError) else str(problem)
        self._problems.add(message, cell, params)

    def _tell(self, kind: Kind, raw: RawCell, cell: str) -> None:
        """Note what was understood but might have been meant otherwise."""
        if not isinstance(raw.value, str):
            return
        if kind in _NUMBERS and "." in raw.value:
            self._notes.add(GROUPED, cell)
        if kind in _NUMBERS and self._grid.says_numbers:
            self._notes.add(NUMBER_AS_TEXT, cell)
        if kind is Kind.DATE and self._grid.says_numbers:
            self._notes.add(DATE_AS_TEXT, cell)


def _is_blank(cell: RawCell) -> bool:
    is_empty = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    return is_empty and cell.problem is None
