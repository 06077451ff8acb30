"""A workbook that was frozen: captured cell by cell, and made again for the ordinary writers.

The snapshot holds the declaration as well as the cells, so that a later version of the
application writes what was declared then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from vpt_regio.workbooks import plain
from vpt_regio.workbooks.spec import Column, Kind, Properties, Sheet, TextRow, TextSheet, Workbook

REGION_HEADERS: Final = frozenset({"Regio", "Regio('s)"})
NATIONAL_SHEETS: Final = frozenset({"pilots"})
"""Sheets of what belongs to no region, though a column tells where it is."""

SHA256_PLACE: Final = "{sha256}"
"""Stands in a line where the hash of the snapshot comes, which covers that line itself."""

# Gives the lines of a part by its key.
ReadLines = Callable[[str], Iterable[Any]]


@dataclass(frozen=True)
class FrozenWorkbook:
    """What the writers are given as the source of a frozen workbook.

    `read` gives the lines of a part; `base_url` goes before every path, `sha256` is that of the
    snapshot, and `made_at` is the moment of the freeze.
    """

    read: ReadLines
    base_url: str
    sha256: str
    made_at: datetime


def part_key(sheet: Sheet | TextSheet) -> str:
    """The key of the part that holds a sheet; the lines of a text go by their own name."""
    return sheet.key if isinstance(sheet, TextSheet) else f"sheet:{sheet.key}"


def declaration(workbook: Workbook, source: Any) -> dict[str, Any]:
    """Return what the manifest says of the workbook: its sheets and how it is named."""
    properties = workbook.properties(source) if workbook.properties else Properties()
    cutoff = workbook.cutoff(source) if workbook.cutoff else None
    return {
        "key": workbook.key,
        "title": workbook.title(source),
        "page_header": workbook.page_header(source) if workbook.page_header else "",
        "cutoff": cutoff.isoformat() if cutoff else None,
        "properties": dict(vars(properties)),
        "sheets": [plain.plain_sheet(sheet) for sheet in workbook.sheets_for(source)],
    }


def capture(
    sheet: Sheet | TextSheet, source: Any, regions: Mapping[str, tuple[str, ...]]
) -> Iterator[dict[str, Any]]:
    """Yield the lines of a sheet as JSON values.

    `regions` gives the codes by the name of a region: a row of a region carries them.
    """
    if isinstance(sheet, TextSheet):
        yield from (plain.plain_line(line) for line in sheet.lines(source))
        return
    named = None if sheet.key in NATIONAL_SHEETS else _region_column(sheet)
    noted = [column for column in sheet.columns if column.note is not None]
    for row in sheet.rows(source):
        cells = [plain.to_plain(column.get(row), column.kind) for column in sheet.columns]
        yield {
            "cells": cells,
            "notes": _notes(noted, row),
            "regions": _codes(cells[named], regions) if named is not None else [],
        }


def _region_column(sheet: Sheet) -> int | None:
    places = [n for n, column in enumerate(sheet.columns) if column.header in REGION_HEADERS]
    return places[0] if places else None


def _notes(noted: list[Column], row: Any) -> dict[str, str]:
    texts = {column.key: column.note(row) for column in noted if column.note is not None}
    return {key: str(text) for key, text in texts.items() if text}


def _codes(cell: object, regions: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The regions that a cell names: one, or several with commas between them."""
    if not isinstance(cell, str):
        return []
    names = [cell] if cell in regions else cell.split(", ")
    return sorted({code for name in names for code in regions.get(name, ())})


def frozen_workbook(declared: Mapping[str, Any]) -> Workbook:
    """Return the workbook that a manifest declares; its source is a `FrozenWorkbook`."""
    cutoff = date.fromisoformat(declared["cutoff"]) if declared["cutoff"] else None
    properties = Properties(**declared["properties"])
    return Workbook(
        key=declared["key"],
        title=lambda _source: str(declared["title"]),
        sheets=tuple(_sheet(sheet) for sheet in declared["sheets"]),
        properties=lambda _source: properties,
        cutoff=lambda _source: cutoff,
        page_header=lambda _source: str(declared["page_header"]),
    )


def _sheet(declared: dict[str, Any]) -> Sheet | TextSheet:
    key, title = declared["key"], declared["title"]
    if declared.get("text"):
        return TextSheet(
            key,
            title,
            lambda source: _lines(source, key),
            contents=declared["contents"],
            hidden=declared["hidden"],
        )
    columns = declared["columns"]
    return Sheet(
        key,
        title,
        tuple(_column(place, column) for place, column in enumerate(columns)),
        lambda source: _rows(source, key, columns),
        charts=tuple(plain.chart_of(chart) for chart in declared["charts"]),
        hidden=declared["hidden"],
        protected=declared["protected"],
    )


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[object]
    notes: dict[str, str]


def _column(place: int, declared: dict[str, Any]) -> Column:
    key = declared["key"]

    def get(row: _Row) -> object:
        return row.cells[place]

    def note(row: _Row) -> str | None:
        return row.notes.get(key)

    return plain.column_of(declared, get, note)


def _rows(source: FrozenWorkbook, key: str, columns: list[dict[str, Any]]) -> Iterator[_Row]:
    kinds = [Kind(column["kind"]) for column in columns]
    for line in source.read(f"sheet:{key}"):
        cells = [
            plain.from_plain(cell, kind, source.base_url)
            for cell, kind in zip(line["cells"], kinds, strict=True)
        ]
        yield _Row(cells, line["notes"])


def _lines(source: FrozenWorkbook, key: str) -> Iterator[TextRow]:
    for line in source.read(key):
        known = {"value": source.sha256} if line["value"] == SHA256_PLACE else {}
        yield plain.line_of({**line, **known}, source.base_url)
