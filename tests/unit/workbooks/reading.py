"""Filled-in tables as people make them, and the declaration they are read by."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl

from vpt_regio.workbooks import Column, Kind, Sheet, parse
from vpt_regio.workbooks.read import TableRead, read_table

QUALIFIERS = {"exact": "Exact", "circa": "Circa"}


def _not_negative(value: Any) -> str | None:
    return "Vul geen negatief getal in." if value < 0 else None


FIGURES = Sheet(
    "figures",
    "Cijfers",
    (
        Column("category", "Categorie", Kind.TEXT, 24, str, required=True),
        Column("period", "Periode", Kind.TEXT, 12, str, required=True),
        Column("value", "Waarde", Kind.NUMBER, 12, str, check=_not_negative),
        Column("qualifier", "Kwalificatie", Kind.TEXT, 12, str, parse=parse.choice(QUALIFIERS)),
        Column("printed", "Gedrukte waarde", Kind.TEXT, 12, str),
        Column("amount", "Bedrag", Kind.MONEY, 12, str),
        Column("share", "Aandeel", Kind.PERCENT, 12, str),
        Column("on", "Peildatum", Kind.DATE, 12, str),
    ),
    iter,
)
SHORT = ("Categorie", "Periode", "Waarde")


def book(
    rows: Iterable[Sequence[object]],
    change: Callable[[Any], object] = lambda sheet: None,
    *,
    title: str = "Cijfers",
) -> bytes:
    """An .xlsx as another program writes it; ``change`` may do anything to its sheet."""
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def with_parts(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts changed, or added to it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in made.namelist():
            archive.writestr(name, changes.get(name, bytes)(made.read(name)))
        for name in changes.keys() - set(made.namelist()):
            archive.writestr(name, changes[name](b""))
    return target.getvalue()


def of_book(*rows: Sequence[object], sheet: Sheet = FIGURES, **how: Any) -> TableRead:
    """What is read from an .xlsx with these rows."""
    return read_table(book(rows, **how), "cijfers.xlsx", sheet)


def of_csv(text: str | bytes, sheet: Sheet = FIGURES) -> TableRead:
    """What is read from a CSV file."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, "cijfers.csv", sheet)


def values(read: TableRead, key: str) -> list[object]:
    """The values of one column."""
    return [row.values[key] for row in read.rows]


def problems(read: TableRead) -> list[str]:
    """The problems in words, with their cells."""
    return [str(problem) for problem in read.problems]


def notes(read: TableRead) -> list[str]:
    """The notes in words, with their cells."""
    return [str(note) for note in read.notes]
