"""Write a declared workbook as OpenDocument: the same input gives the same bytes.

The rows are streamed as XML. Nothing in the file comes from the clock or the machine.
"""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, BinaryIO, Final

from openpyxl.utils import get_column_letter

from vpt_regio.workbooks import ods_charts, ods_sheets, ods_styles, text
from vpt_regio.workbooks.ods_charts import Drawn
from vpt_regio.workbooks.ods_sheets import quoted
from vpt_regio.workbooks.ods_styles import NAMESPACES, PROLOGUE, VERSION
from vpt_regio.workbooks.shell import CREATOR, LANGUAGE
from vpt_regio.workbooks.spec import Properties, Sheet, TextSheet, Workbook
from vpt_regio.workbooks.stream import Streamed
from vpt_regio.workbooks.write import COMPRESSION_LEVEL

MIME_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CHART_TYPE: Final = "application/vnd.oasis.opendocument.chart"
_UNIX: Final = 3
_HIDDEN: Final = ' table:visibility="collapse"'
_COPY: Final = 1 << 20


@dataclass
class _Part:
    """A sheet with its rows as they wait, and its charts."""

    sheet: Sheet | TextSheet
    out: Streamed
    charts: list[Drawn]


def write_ods(workbook: Workbook, source: Any, target: BinaryIO, *, made_at: datetime) -> None:
    """Write the workbook made from ``source`` to ``target``, which must be able to seek.

    ``made_at`` is the moment the file speaks of: that of the freeze, or of the request.
    Raises TypeError or ValueError for a value that its column cannot hold.
    """
    sheets = workbook.sheets_for(source)
    if all(sheet.hidden for sheet in sheets):
        raise ValueError(f"workbook {workbook.key!r} has no visible sheet")
    header = workbook.page_header(source) if workbook.page_header else ""
    with contextlib.ExitStack() as stack:
        parts = [
            _Part(sheet, stack.enter_context(contextlib.closing(Streamed())), [])
            for sheet in sheets
        ]
        for part in parts:
            _stream(part, source, sheets)
        _number_charts(parts)
        with zipfile.ZipFile(
            target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL
        ) as archive:
            # readers look at the first bytes of the file for its type
            mime = zipfile.ZipInfo("mimetype")
            archive.writestr(mime, MIME_TYPE, compress_type=zipfile.ZIP_STORED)
            _write(archive, "META-INF/manifest.xml", _manifest(parts))
            _write(archive, "meta.xml", _meta(workbook, source, made_at))
            _write(archive, "settings.xml", _settings(sheets))
            _write(archive, "styles.xml", ods_styles.styles_xml(header, CREATOR))
            with archive.open("content.xml", "w", force_zip64=False) as entry:
                _content(workbook, source, parts, entry)
            for part in parts:
                for drawn in part.charts:
                    xml = ods_charts.chart_xml(drawn, part.out)
                    _write(archive, f"{drawn.folder}/content.xml", xml)
            for info in archive.infolist():
                info.create_system = _UNIX


def _write(archive: zipfile.ZipFile, name: str, xml: str) -> None:
    # an entry opened by name carries the fixed date 1980-01-01
    with archive.open(name, "w", force_zip64=False) as entry:
        entry.write(xml.encode())


def _stream(part: _Part, source: Any, sheets: list[Sheet | TextSheet]) -> None:
    if isinstance(part.sheet, Sheet):
        ods_sheets.stream_sheet(part.sheet, source, part.out)
    else:
        ods_sheets.stream_text(part.sheet, source, part.out, others=sheets)


def _number_charts(parts: list[_Part]) -> None:
    count = 0
    for part in parts:
        if isinstance(part.sheet, Sheet):
            part.charts = ods_charts.drawn_on(part.sheet, part.out, after=count)
            count += len(part.charts)


def _content(workbook: Workbook, source: Any, parts: list[_Part], entry: IO[bytes]) -> None:
    cutoff = workbook.cutoff(source) if workbook.cutoff else None
    styles = ods_styles.automatic([part.sheet for part in parts])
    entry.write(
        f'{PROLOGUE}<office:document-content {NAMESPACES} office:version="{VERSION}">'
        f"{styles}<office:body><office:spreadsheet>".encode()
    )
    for part in parts:
        rows, count = ods_charts.below(part.charts)
        entry.write(_opening(part, part.out.last_row + count).encode())
        shutil.copyfileobj(part.out.body.rewind(), entry, _COPY)
        rules = ""
        if isinstance(part.sheet, Sheet):
            rules = ods_sheets.rules(part.sheet, part.out, cutoff)
        entry.write(f"{rows}{rules}</table:table>".encode())
    entry.write(
        f"{_database_ranges(parts)}</office:spreadsheet></office:body>"
        "</office:document-content>".encode()
    )


def _opening(part: _Part, last_row: int) -> str:
    """The beginning of a sheet: what is printed of it, and its columns."""
    sheet, last = part.sheet, get_column_letter(part.out.last_column)
    name = text.escape_markup(quoted(sheet.title))
    printed = f"{name}.A1:{name}.{last}{max(last_row, 1)}"
    is_protected = isinstance(sheet, Sheet) and sheet.protected
    protected = ' table:protected="true"' if is_protected else ""
    hidden = (
        [column.hidden for column in sheet.columns] if isinstance(sheet, Sheet) else [False, False]
    )
    columns = "".join(
        f'<table:table-column table:style-name="{ods_styles.column_style(width)}"'
        f"{_HIDDEN if is_hidden else ''}/>"
        for width, is_hidden in zip(ods_styles.widths_of(sheet), hidden, strict=True)
    )
    return (
        f'<table:table table:name="{text.escape_markup(sheet.title)}"'
        f' table:style-name="{ods_styles.table_style(sheet)}"'
        f' table:print-ranges="{printed}"{protected}>'
        f"{ods_charts.beside(part.charts)}{columns}"
    )


def _database_ranges(parts: list[_Part]) -> str:
    """The tables with their filter buttons, under the names that they have in Excel."""
    ranges = []
    for part in parts:
        if isinstance(part.sheet, Sheet):
            name = text.escape_markup(quoted(part.sheet.title))
            letter = get_column_letter(part.out.last_column)
            last = part.out.last_row - part.sheet.has_totals
            ranges.append(
                f'<table:database-range table:name="{part.sheet.table_name}"'
                f' table:target-range-address="{name}.A1:{name}.{letter}{last}"'
                ' table:display-filter-buttons="true" table:contains-header="true"/>'
            )
    if not ranges:
        return ""
    return f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>"


def _manifest(parts: list[_Part]) -> str:
    entries = [("/", MIME_TYPE)]
    entries += [(name, "text/xml") for name in ("content.xml", "styles.xml")]
    entries += [(name, "text/xml") for name in ("meta.xml", "settings.xml")]
    for part in parts:
        for drawn in part.charts:
            entries.append((f"{drawn.folder}/", _CHART_TYPE))
            entries.append((f"{drawn.folder}/content.xml", "text/xml"))
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in entries
    )
    return (
        f"{PROLOGUE}<manifest:manifest"
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="{VERSION}">{listed}</manifest:manifest>'
    )


def _meta(workbook: Workbook, source: Any, made_at: datetime) -> str:
    """What the document says of itself; a moment without a time zone is taken as UTC."""
    said = workbook.properties(source) if workbook.properties else Properties()
    moment = made_at.astimezone(UTC) if made_at.tzinfo else made_at
    at = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    keywords = [word.strip() for word in said.keywords.split(",") if word.strip()]
    fields = [
        ("meta:generator", CREATOR),
        ("dc:title", workbook.title(source)),
        ("dc:subject", said.subject),
        ("dc:description", said.description),
        *(("meta:keyword", word) for word in keywords),
        ("meta:initial-creator", CREATOR),
        ("dc:creator", CREATOR),
        ("meta:creation-date", at),
        ("dc:date", at),
        ("dc:language", LANGUAGE),
    ]
    inside = "".join(
        f"<{name}>{text.escape_markup(text.clean(value))}</{name}>"
        for name, value in fields
        if value
    )
    return (
        f'{PROLOGUE}<office:document-meta {NAMESPACES} office:version="{VERSION}">'
        f"<office:meta>{inside}</office:meta></office:document-meta>"
    )


def _settings(sheets: list[Sheet | TextSheet]) -> str:
    """How the file opens: the first sheet in view, header and first column frozen."""
    first = next(sheet for sheet in sheets if not sheet.hidden)
    tables = "".join(_view(sheet) for sheet in sheets)
    return (
        f'{PROLOGUE}<office:document-settings {NAMESPACES} office:version="{VERSION}">'
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f"{_item('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named>"
        f"{_item('ActiveTable', 'string', first.title)}"
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _view(sheet: Sheet | TextSheet) -> str:
    if isinstance(sheet, Sheet):
        items = [
            _item("HorizontalSplitMode", "short", "2"),
            _item("VerticalSplitMode", "short", "2"),
            _item("HorizontalSplitPosition", "int", "1"),
            _item("VerticalSplitPosition", "int", "1"),
            _item("ActiveSplitRange", "short", "3"),
            _item("PositionLeft", "int", "0"),
            _item("PositionRight", "int", "1"),
            _item("PositionTop", "int", "0"),
            _item("PositionBottom", "int", "1"),
        ]
    else:
        items = [_item("ShowGrid", "boolean", "false")]
    name = text.escape_markup(sheet.title)
    return (
        f'<config:config-item-map-entry config:name="{name}">{"".join(items)}'
        "</config:config-item-map-entry>"
    )


def _item(name: str, kind: str, value: str) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">'
        f"{text.escape_markup(value)}</config:config-item>"
    )
