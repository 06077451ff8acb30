"""Write a declared workbook to a file: the same input gives the same bytes.

openpyxl makes the package without cells; the rows are streamed as XML and put in their place.
Nothing in the file comes from the clock or the machine.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import zipfile
from datetime import datetime
from typing import Any, BinaryIO, Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from vpt_regio.workbooks import shell, styles
from vpt_regio.workbooks.spec import Sheet, Workbook
from vpt_regio.workbooks.stream import Streamed, stream_sheet, stream_text

# zlib and not isal: isal picks its matching code by the processor it runs on, so that two
# machines can give different bytes for the same sheet. zlib itself gives the same bytes on every
# processor; a Python that is linked against zlib-ng gives other ones. Level 3 takes a third of
# the time of level 6 for a file that is a tenth larger.
COMPRESSION_LEVEL: Final = 3
_UNIX: Final = 3  # the system that every entry names, whatever the machine
_TYPES: Final = "[Content_Types].xml"
_ROOT: Final = "_rels/.rels"
_CORE: Final = "docProps/core.xml"
_APP: Final = "docProps/app.xml"
_APP_XML: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    f'extended-properties"><Application>{shell.CREATOR}</Application></Properties>'
)
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_DATA: Final = re.compile(r"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION: Final = re.compile(r'<dimension ref="[^"]*" ?/>')
_COPY: Final = 1 << 20


def write(workbook: Workbook, source: Any, target: BinaryIO, *, made_at: datetime) -> None:
    """Write the workbook made from ``source`` to ``target``, which must be able to seek.

    ``made_at`` is the moment the file speaks of: that of the freeze, or of the request.
    Raises TypeError or ValueError for a value that its column cannot hold.
    """
    sheets = workbook.sheets_for(source)
    if all(sheet.hidden for sheet in sheets):
        raise ValueError(f"workbook {workbook.key!r} has no visible sheet")
    book = openpyxl.Workbook()
    for first in list(book.worksheets):
        book.remove(first)
    numbers = styles.register(book)
    with contextlib.ExitStack() as stack:
        streamed = [stack.enter_context(contextlib.closing(Streamed())) for _ in sheets]
        for sheet, part in zip(sheets, streamed, strict=True):
            if isinstance(sheet, Sheet):
                stream_sheet(sheet, source, numbers, part)
            else:
                stream_text(sheet, source, numbers, part, others=sheets)
        cutoff = workbook.cutoff(source) if workbook.cutoff else None
        header = workbook.page_header(source) if workbook.page_header else ""
        for sheet, part in zip(sheets, streamed, strict=True):
            shell.add_sheet(book, sheet, part, cutoff, header, source=source, others=sheets)
        book.active = next(place for place, sheet in enumerate(sheets) if not sheet.hidden)
        package = io.BytesIO()
        book.save(package)
        shell.set_properties(book, workbook, source, made_at)
        _assemble(package, _replaced(book), streamed, target)


def _replaced(book: openpyxl.Workbook) -> dict[str, bytes]:
    """The parts that openpyxl fills from the clock or with the name of another program."""
    return {_CORE: tostring(book.properties.to_tree()), _APP: _APP_XML.encode()}


def _assemble(
    package: io.BytesIO, replaced: dict[str, bytes], streamed: list[Streamed], target: BinaryIO
) -> None:
    parts = {_sheet_name(number): part for number, part in enumerate(streamed, start=1)}
    relations = {_relations_name(number): part for number, part in enumerate(streamed, start=1)}
    with (
        zipfile.ZipFile(package) as made,
        zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL
        ) as archive,
    ):
        for name in _ordered(made.namelist(), relations):
            given = made.read(name) if name in made.namelist() else b""
            # An entry opened by name carries the fixed date 1980-01-01.
            with archive.open(name, "w", force_zip64=False) as entry:
                if name in parts:
                    _write_sheet(given.decode(), parts[name], entry)
                elif name in relations:
                    _write_relations(given.decode(), relations[name], entry)
                else:
                    entry.write(replaced.get(name, given))
        for info in archive.infolist():
            info.create_system = _UNIX


def _sheet_name(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _relations_name(number: int) -> str:
    return f"xl/worksheets/_rels/sheet{number}.xml.rels"


def _ordered(names: list[str], relations: dict[str, Streamed]) -> list[str]:
    """The entries in a fixed order: the list of types first, as the format expects."""
    extra = [name for name, part in relations.items() if part.links and name not in names]
    rest = [name for name in names if name not in {_TYPES, _ROOT}]
    return [_TYPES, _ROOT, *rest, *extra]


def _write_sheet(xml: str, part: Streamed, entry: Any) -> None:
    """Put the rows, the links and the size of the sheet into the shell's XML."""
    size = f'<dimension ref="A1:{get_column_letter(part.last_column)}{part.last_row}"/>'
    xml = _DIMENSION.sub(size, xml, count=1)
    head, tail = _SHEET_DATA.split(xml, maxsplit=1)
    head = head.replace("<worksheet ", f'<worksheet xmlns:r="{_OFFICE_RELATIONSHIPS}" ', 1)
    before, mark, after = tail.partition("<pageMargins")
    entry.write(f"{head}<sheetData>".encode())
    shutil.copyfileobj(part.body.rewind(), entry, _COPY)
    entry.write(f"</sheetData>{before}".encode())
    if part.links:
        entry.write(b"<hyperlinks>")
        shutil.copyfileobj(part.hyperlinks.rewind(), entry, _COPY)
        entry.write(b"</hyperlinks>")
    entry.write(f"{mark}{after}".encode())


def _write_relations(xml: str, part: Streamed, entry: Any) -> None:
    """Add the addresses of the links to the relations that the shell has already."""
    head, _, _ = xml.rpartition("</Relationships>")
    entry.write((head or f'<Relationships xmlns="{_RELATIONSHIPS}">').encode())
    shutil.copyfileobj(part.relationships.rewind(), entry, _COPY)
    entry.write(b"</Relationships>")
