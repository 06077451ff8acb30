"""A form that goes back: as it was downloaded, with what the person typed and the marks on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any, BinaryIO, Final

from openpyxl.utils import get_column_letter

from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.workbooks.parse import ASK_PERCENTAGE, fold
from vpt_regio.workbooks.progress_form_book import FormFile, form_workbook, with_sheets
from vpt_regio.workbooks.progress_form_columns import FAULTS, Line, form_sheets
from vpt_regio.workbooks.progress_form_types import (
    KEY_PREFIXES,
    FormMeta,
    FormRead,
    FormRow,
    FormSheet,
    FormSource,
    Plain,
    Week,
    keyed_rows,
)
from vpt_regio.workbooks.read_grid import CellMessage
from vpt_regio.workbooks.spec import Column, Kind, Marked, Sheet

# sheet (folded) and cell of the file that came → what is wrong there
Faults = Mapping[tuple[str, str], list[CellMessage]]


@dataclass
class MarkedLine:
    """A row of the form that goes back: what each cell holds, and the notes on those with faults.

    ``faults`` are (column key, cell in the file that came, what is wrong).
    """

    values: dict[str, object]
    notes: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, CellMessage]] = field(default_factory=list)


@dataclass(frozen=True)
class FaultLine:
    """A line of the sheet of faults; ``cell`` is its place in this file, ``came`` in the other."""

    sheet: str
    cell: str | None
    came: str | None
    message: str

    @property
    def link(self) -> str | None:
        """The place to go to."""
        return f"#'{self.sheet}'!{self.cell}" if self.cell else None


def mark_form(source: FormSource, read: FormRead, target: BinaryIO) -> None:
    """Write the form back to a file that can seek, with every problem at its cell and in a list.

    It holds what was signed at the download, so that it is still held against what changed since.
    Raises ValueError for a file of which was not read what it is.
    """
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.write import write

    if read.meta is None:
        raise ValueError("what is no form cannot go back as one")
    file = FormFile(source, read.meta, secret="")
    declared = form_sheets(read.meta)
    lines = _lines(file, declared, read)
    faults = _fault_lines(declared, lines, read)
    sheets = {sheet.value: _marked_sheet(declared[sheet], lines[sheet]) for sheet in FormSheet}
    book = with_sheets(form_workbook(file), first=_fault_sheet(faults), **sheets)
    write(book, file, target, made_at=read.meta.downloaded_at)


def _lines(
    file: FormFile, declared: Mapping[FormSheet, Sheet], read: FormRead
) -> dict[FormSheet, list[MarkedLine]]:
    """Every row as it was downloaded, and below them the rows that the person added."""
    faults: dict[tuple[str, str], list[CellMessage]] = {}
    for problem in read.problems:
        for cell in problem.cells:
            faults.setdefault((fold(problem.sheet), cell), []).append(problem)
    present = {key: item for _sheet, key, item in keyed_rows(file.source)}
    found: dict[FormSheet, list[MarkedLine]] = {}
    for sheet in FormSheet:
        rows = {row.key: row for row in read.of(sheet)}
        prefix = KEY_PREFIXES[sheet]
        known = {key: None for key in file.meta.base if key.startswith(prefix)}
        ordered = [key for key in present if key in known]
        ordered += [key for key in known if key not in present]
        make = _line_maker(declared[sheet], faults)
        lines = [
            make(key, stored_item(sheet, key, file.meta, present.get(key)), rows.get(key))
            for key in ordered
        ]
        lines += [make("", None, row) for key, row in rows.items() if key not in file.meta.base]
        found[sheet] = lines
    return found


def _line_maker(sheet: Sheet, faults: Faults) -> Callable[[str, Any, FormRow | None], MarkedLine]:
    title = fold(sheet.title)

    def make(key: str, item: Any, row: FormRow | None) -> MarkedLine:
        shown: dict[str, object] = {}
        if item is not None:
            line = Line(key, item)
            shown = {column.key: column.get(line) for column in sheet.columns}
        made = MarkedLine({**{column.key: None for column in sheet.columns}, **shown})
        made.values["key"] = key or None
        for column in sheet.columns if row is not None else ():
            cell = row.cells.get(column.key, "") if row else ""
            wrong = faults.get((title, cell), [])
            made.faults += [(column.key, cell, one) for one in wrong]
            if wrong:
                made.notes[column.key] = "\n".join(_words(one) for one in wrong)
            if (row and _is_typed(column, is_new=item is None)) or (row and wrong and column.open):
                kind = getattr(made.values[column.key], "kind", None)
                made.values[column.key] = _typed(column, row, wrong, kind)
        return made

    return make


def _is_typed(column: Column, *, is_new: bool) -> bool:
    return column.open if is_new else column.editable


def _typed(column: Column, row: FormRow, wrong: list[CellMessage], kind: Kind | None) -> Marked:
    """What the person typed; a number that was not understood as one stays as it is, as text."""
    value = row.raw.get(column.key)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_asked = any(one.message == ASK_PERCENTAGE for one in wrong)
    if is_number and (is_asked or (wrong and column.kind is Kind.DATE)):
        value = f"{value:.15g}".replace(".", ",")
    return Marked(value, bool(wrong), kind)


def _words(one: CellMessage) -> str:
    return one.message % one.params if one.params else one.message


def _fault_lines(
    declared: Mapping[FormSheet, Sheet],
    lines: Mapping[FormSheet, list[MarkedLine]],
    read: FormRead,
) -> list[FaultLine]:
    """Every fault at its place in this file; then those of rows and sheets that are not in it."""
    found, placed = [], set()
    for sheet, rows in lines.items():
        title = declared[sheet].title
        for number, line in zip(count(2), rows, strict=False):
            for key, came, problem in line.faults:
                letter = get_column_letter(declared[sheet].index(key) + 1)
                found.append(FaultLine(title, f"{letter}{number}", came, _words(problem)))
                placed.add((fold(problem.sheet), came, problem.message))
    for problem in read.problems:
        for came in problem.cells or ("",):
            if (fold(problem.sheet), came, problem.message) not in placed:
                found.append(FaultLine(problem.sheet, None, came or None, _words(problem)))
    return found


def _fault_sheet(faults: list[FaultLine]) -> Sheet:
    return Sheet(
        "faults",
        FAULTS,
        (
            Column("sheet", "Blad", Kind.TEXT, 16, lambda line: line.sheet or None),
            Column("cell", "Cel", Kind.TEXT, 10, lambda line: line.cell),
            Column("came", "Cel in uw bestand", Kind.TEXT, 18, lambda line: line.came),
            Column("message", "Wat moet er anders?", Kind.TEXT, 80, lambda line: line.message),
            Column("link", "Ga naar", Kind.LINK, 10, lambda line: line.link),
        ),
        lambda _file: faults,
        protected=True,
    )


def _marked_sheet(sheet: Sheet, lines: list[MarkedLine]) -> Sheet:
    columns = tuple(
        replace(column, get=_shown(column.key), note=_noted(column.key)) for column in sheet.columns
    )
    return replace(sheet, columns=columns, rows=lambda _file: lines)


def _shown(key: str) -> Callable[[MarkedLine], object]:
    return lambda line: line.values[key]


def _noted(key: str) -> Callable[[MarkedLine], str | None]:
    return lambda line: line.notes.get(key)


_TYPES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "status": ActivityStatus,
    "cutoff_on": date.fromisoformat,
    "booked_on": date.fromisoformat,
    "value": Decimal,
    "numerator": Decimal,
    "denominator": Decimal,
    "qualifier": Qualifier,
    "phase": Phase,
    "rag": Rag,
    "unit": Unit,
}


def stored_item(sheet: FormSheet, key: str, meta: FormMeta, present: Any) -> Any:
    """Return a row as it was at the download; what was not kept of it is as it is now."""
    kept: dict[str, Plain] = {**meta.facts.get(key, {}), **meta.base[key]}
    values = {
        name: _TYPES[name](value) if value is not None and name in _TYPES else value
        for name, value in kept.items()
    }
    if sheet is FormSheet.HOURS:
        year, _, week = str(kept["week"]).partition("-W")
        values["week"] = Week(int(year), int(week))
    if sheet is FormSheet.MEASUREMENTS:
        values["previous"] = present.previous if present else None
    return SimpleNamespace(**values)
