"""Read a progress form that came back: everything that is wrong at once, nothing raised.

The file is taken apart in a limited process; what it is must be clear before a value is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, Generic, TypeVar

from vpt_regio.workbooks import progress_form_codes as told
from vpt_regio.workbooks import read
from vpt_regio.workbooks.parse import fold
from vpt_regio.workbooks.progress_form_cells import ignored
from vpt_regio.workbooks.progress_form_columns import (
    FAULTS,
    META_SHEET,
    README,
    TITLES,
    form_sheets,
)
from vpt_regio.workbooks.progress_form_meta import NOT_A_FORM, NotOurs, read_meta
from vpt_regio.workbooks.progress_form_rows import CHECKS, TEXTS, RowInHand
from vpt_regio.workbooks.progress_form_types import (
    FIELDS,
    KEY_PREFIXES,
    FormMeta,
    FormNote,
    FormProblem,
    FormRead,
    FormRow,
    FormSheet,
    hours_key,
)
from vpt_regio.workbooks.read import ReadRow, TableRead, read_grid
from vpt_regio.workbooks.read_grid import CellMessage, CellProblem, UnreadableError
from vpt_regio.workbooks.spec import Sheet
from vpt_regio.workbooks.taken import RefusedError, TakenBook, TakenGrid, take_book

Message = TypeVar("Message", FormProblem, FormNote)

_WITH_NEW: Final = (FormSheet.HOURS, FormSheet.EXPENDITURES)
LONGEST_TITLE: Final = 60  # of a sheet that is not known


def read_progress_form(data: bytes, *, secret: str) -> FormRead:
    """Return what a filled-in form holds; nothing is raised for what is in a file.

    Whether the form is of this region and half-year, and what the records say of its values, is
    for who asks: see ``place_problems``.
    """
    if not data:
        return _refused(read.EMPTY)
    try:
        book = take_book(data, [*TITLES.values(), META_SHEET])
        meta = read_meta(_meta_lines(book), secret=secret)
    except RefusedError as refused:
        return _refused(*refused.args)
    except UnreadableError as error:
        return _refused(error.message)
    except NotOurs as error:
        return _refused(error.message)
    return _Form(meta, book).read()


def place_problems(
    meta: FormMeta, *, programme: str, region: str, period: str
) -> list[FormProblem]:
    """Return why a form does not belong here: wrong programme, region or half-year."""
    held = (
        (told.WRONG_PROGRAMME, meta.programme, programme),
        (told.WRONG_REGION, meta.region, region),
        (told.WRONG_PERIOD, meta.period, period),
    )
    return [
        FormProblem("", (), message, {"found": found, "wanted": wanted}, told.code_of(message))
        for message, found, wanted in held
        if found != wanted
    ]


def _refused(*messages: str) -> FormRead:
    return FormRead(
        problems=tuple(FormProblem("", (), one, {}, told.code_of(one)) for one in messages)
    )


def _meta_lines(book: TakenBook) -> Iterator[tuple[object, object]]:
    """Give name and value of each line of the hidden sheet, wherever their columns went."""
    grid = book.grids.get(fold(META_SHEET))
    if grid is None:
        raise NotOurs(NOT_A_FORM)
    rows = grid.rows()
    _number, header = next(rows, (0, ()))
    names = [fold(str(cell[0])) for cell in header]
    if "naam" not in names or "waarde" not in names:
        raise NotOurs(NOT_A_FORM)
    name, value = names.index("naam"), names.index("waarde")
    for _number, row in rows:
        yield row[name][0], row[value][0]


class _Told(Generic[Message]):
    """Messages in the order in which they came up; equal ones are one, over all their cells."""

    def __init__(self, make: Callable[..., Message]) -> None:
        self._make: Callable[..., Message] = make
        self._found: dict[tuple[str, str, str], tuple[dict[str, Any], dict[str, None]]] = {}

    def add(
        self, sheet: str, cells: Iterable[str], message: str, params: Mapping[str, Any]
    ) -> None:
        given = dict(params)
        _given, known = self._found.setdefault((sheet, message, repr(given)), (given, {}))
        known.update(dict.fromkeys(cells))

    def take(self, messages: Iterable[CellMessage]) -> None:
        for one in messages:
            self.add(one.sheet, one.cells, one.message, one.params)

    def all(self) -> tuple[Message, ...]:
        return tuple(
            self._make(sheet, tuple(cells), message, params, told.code_of(message))
            for (sheet, message, _), (params, cells) in self._found.items()
        )


class _Form:
    """One form while it is read."""

    def __init__(self, meta: FormMeta, book: TakenBook) -> None:
        self._meta = meta
        self._book = book
        self._problems: _Told[FormProblem] = _Told(FormProblem)
        self._notes: _Told[FormNote] = _Told(FormNote)
        self._rows: list[FormRow] = []
        self._extra_columns: list[tuple[str, str]] = []

    def read(self) -> FormRead:
        """Read every sheet that is filled in."""
        for sheet, declared in form_sheets(self._meta).items():
            grid = self._book.grids.get(fold(declared.title))
            if grid is None:
                params = {"sheet": declared.title}
                self._problems.add("", (), told.NO_FORM_SHEET, params)
            else:
                self._sheet(sheet, declared, grid)
        extra_sheets = self._extra_sheets()
        return FormRead(
            meta=self._meta,
            rows=tuple(self._rows),
            problems=self._problems.all(),
            notes=self._notes.all(),
            extra_columns=tuple(self._extra_columns),
            extra_sheets=extra_sheets,
        )

    def _extra_sheets(self) -> tuple[str, ...]:
        known = {fold(title) for title in (*TITLES.values(), META_SHEET, README, FAULTS)}
        extra = [title for title in self._book.titles if fold(title) not in known]
        for title in extra:
            self._notes.add("", (), told.EXTRA_SHEET, {"title": title[:LONGEST_TITLE]})
        return tuple(extra)

    def _sheet(self, sheet: FormSheet, declared: Sheet, grid: TakenGrid) -> None:
        try:
            table = read_grid(declared, grid)
        except UnreadableError as error:
            self._problems.add(grid.sheet, (), error.message, error.params)
            return
        table = replace(table, problems=_of_filled(declared, table))
        self._problems.take(table.problems)
        self._notes.take(table.notes)
        self._extra_columns += [
            (grid.sheet, str(note.params["column"]))
            for note in table.notes
            if note.message == read.IGNORED
        ]
        if "key" in table.columns:
            _Rows(sheet, table, self._meta, self._problems, self._notes).read_into(self._rows)


def _of_filled(declared: Sheet, table: TableRead) -> tuple[CellProblem, ...]:
    """The problems without those of cells that nobody fills in, which are not read at all."""
    unread = [column.key for column in declared.columns if column.parse is ignored]
    aside = {row.cells[key] for row in table.rows for key in unread if key in row.cells}
    found = []
    for one in table.problems:
        cells = tuple(cell for cell in one.cells if cell not in aside)
        if cells or not one.cells:
            found.append(replace(one, cells=cells))
    return tuple(found)


class _Rows:
    """The rows of one sheet while they are held against the form that was downloaded."""

    def __init__(
        self,
        sheet: FormSheet,
        table: TableRead,
        meta: FormMeta,
        problems: _Told[FormProblem],
        notes: _Told[FormNote],
    ) -> None:
        self._sheet = sheet
        self._table = table
        self._meta = meta
        self._problems = problems
        self._notes = notes
        self._wrong = {cell for one in table.problems for cell in one.cells}
        self._seen: dict[str, FormRow] = {}

    def read_into(self, rows: list[FormRow]) -> None:
        """Add the rows that belong here, and tell what is wrong with each."""
        for row in self._table.rows:
            found = self._row(row)
            if found is not None:
                self._seen[found.key] = found
        rows += self._seen.values()
        prefix = KEY_PREFIXES[self._sheet]
        gone = [key for key in self._meta.base if key.startswith(prefix) and key not in self._seen]
        if gone and self._sheet is FormSheet.JUDGEMENT:
            self._problems.add(self._table.sheet, (), told.NO_JUDGEMENT, {})
        elif gone:
            self._notes.add(self._table.sheet, (), told.ROWS_GONE, {"count": len(gone)})

    def _row(self, row: ReadRow) -> FormRow | None:
        key = str(row.values["key"] or "")
        is_new = not key and self._sheet in _WITH_NEW
        is_known = key.startswith(KEY_PREFIXES[self._sheet]) and key in self._meta.base
        if not is_new and not is_known:
            self._tell(row, told.UNKNOWN_ROW)
            return None
        if key in self._seen:
            self._tell(row, told.ROW_TWICE)
            return None
        hand = self._hand(row, key, is_new=is_new)
        CHECKS[self._sheet](hand)
        if is_new:
            hand.key = self._new_key(row, hand)
        return self._found(row, hand)

    def _hand(self, row: ReadRow, key: str, *, is_new: bool) -> RowInHand:
        values = {
            name: "" if value is None and name in TEXTS else value
            for name, value in row.values.items()
            if name != "key"
        }
        return RowInHand(
            meta=self._meta,
            key=key,
            is_new=is_new,
            values=values,
            # a column that the file lacks is told of once, for the whole sheet
            faulty={
                name for name in values if name not in row.cells or row.cells[name] in self._wrong
            },
            tell=partial(self._at, self._problems, row),
            remark=partial(self._at, self._notes, row),
            base=self._meta.base.get(key, {}),
            facts=self._meta.facts.get(key, {}),
        )

    def _new_key(self, row: ReadRow, hand: RowInHand) -> str:
        """Return the key of a new row; hours of a week that is there already are told of."""
        leader, week = hand.values.get("leader"), hand.values.get("week")
        if self._sheet is FormSheet.EXPENDITURES or leader is None or week is None:
            return f"{KEY_PREFIXES[self._sheet]}new:{row.number}"
        key = hours_key(leader, week)
        earlier = self._seen.get(key)
        is_blank = earlier is not None and earlier.values["quarters"] is None
        if earlier is not None and not (is_blank and not earlier.faulty):
            hand.fault("week", told.DUPLICATE_WEEK)
            return f"{key}:{row.number}"
        hand.is_new = key not in self._meta.base
        return key

    def _found(self, row: ReadRow, hand: RowInHand) -> FormRow:
        values: dict[str, Any] = {
            name: None if name in hand.faulty and name not in TEXTS else hand.values[name]
            for name in FIELDS[self._sheet]
        }
        if self._sheet is FormSheet.HOURS:
            fact = self._meta.facts.get(hand.key, {})
            values["appointment_id"] = hand.values["leader"] or fact.get("appointment_id")
            values["week"] = hand.values["week"]
        return FormRow(
            sheet=self._sheet,
            number=row.number,
            key=hand.key,
            values=values,
            cells=row.cells,
            raw=row.raw,
            is_new=hand.is_new,
            faulty=frozenset(hand.faulty),
        )

    def _tell(self, row: ReadRow, message: str) -> None:
        self._problems.add(self._table.sheet, list(row.cells.values())[:1], message, {})

    def _at(
        self,
        where: _Told[Any],
        row: ReadRow,
        message: str,
        name: str,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        cells = [row.cells[name]] if name in row.cells else []
        where.add(self._table.sheet, cells, message, params or {})
