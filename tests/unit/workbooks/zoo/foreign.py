"""Files that are damaged, foreign or hostile: none is read as a form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl

from tests.unit.workbooks.zoo.forms import MADE_AT, SECRET, SOURCE, edited, form, repacked
from vpt_regio.workbooks.progress_form_book import write_progress_form

SHEET = "xl/worksheets/sheet2.xml"
Case = tuple[str, Callable[[], bytes], list[str]]


def _of(secret: str = SECRET, **changes: Any) -> bytes:
    target = io.BytesIO()
    write_progress_form(replace(SOURCE, **changes), target, made_at=MADE_AT, secret=secret)
    return target.getvalue()


def _another_workbook() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def _in_meta(name: str, change: Callable[[str], str]) -> bytes:
    def edit(book: Any) -> None:
        for row in book["_vpt"].iter_rows(min_row=2, max_col=2):
            if row[0].value == name:
                row[1].value = change(row[1].value)

    return edited(edit)


def _without_meta(book: Any) -> None:
    del book["_vpt"]


def _with(name: str, content: bytes) -> bytes:
    return repacked(lambda parts: parts.update({name: content}))


def _sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(lambda parts: parts.update({SHEET: change(parts[SHEET])}))


def _entity(xml: bytes) -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'
    return xml.replace(b"<worksheet", bomb + b"<worksheet", 1)


def _half_meta() -> bytes:
    name = "xl/worksheets/sheet7.xml"
    return repacked(lambda parts: parts.update({name: parts[name][: len(parts[name]) // 2]}))


def _twice() -> bytes:
    target = io.BytesIO(form())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    return target.getvalue()


def _endless(xml: bytes) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(900, 90_000)
    )
    return xml.replace(b"</sheetData>", rows + b"</sheetData>")


def _mark_macros(parts: dict[str, bytes]) -> None:
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")


FOREIGN: list[Case] = [
    ("nothing", lambda: b"", ["empty_file"]),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + b"a" * 100, ["not_excel"]),
    ("a text with commas", lambda: b"Nr;Activiteit\n1;Training\n", ["not_excel"]),
    (
        "an old or locked workbook",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a",
        ["locked_or_old"],
    ),
    ("half a file", lambda: form()[: len(form()) // 2], ["damaged"]),
    ("a packed file without a workbook", lambda: repacked(dict.clear), ["not_excel"]),
    ("eleven megabytes", lambda: form() + b"a" * (11 * 1024 * 1024), ["file_too_large"]),
    ("another workbook", _another_workbook, ["not_a_form"]),
    ("no hidden sheet", lambda: edited(_without_meta), ["not_a_form"]),
    ("another version", lambda: _in_meta("form_version", lambda _: "99"), ["wrong_form_version"]),
    (
        "a changed base",
        lambda: _in_meta("payload", lambda said: said.replace("40", "41", 1)),
        ["bad_signature"],
    ),
    (
        "a changed signature",
        lambda: _in_meta("signature", lambda said: said[::-1]),
        ["bad_signature"],
    ),
    ("another installation", lambda: _of("another-secret-of-another-place"), ["bad_signature"]),
    ("macros", lambda: _with("xl/vbaProject.bin", b"a"), ["macros"]),
    ("the type of macros", lambda: repacked(_mark_macros), ["macros"]),
    ("an embedded object", lambda: _with("xl/embeddings/oleObject1.bin", b"a"), ["macros"]),
    (
        "data of another file",
        lambda: _with("xl/externalLinks/externalLink1.xml", b"<a/>"),
        ["external_data"],
    ),
    ("entities", lambda: _sheet(_entity), ["doctype"]),
    ("another encoding", lambda: _sheet(lambda xml: xml.decode().encode("utf-16")), ["damaged"]),
    ("a hidden sheet that breaks off", _half_meta, ["damaged"]),
    ("a part twice", _twice, ["damaged"]),
    ("a path outside", lambda: _with("../../etc/passwd", b"a"), ["damaged"]),
    ("a bomb", lambda: _with("xl/media/a.png", b"\0" * (15 * 1024 * 1024)), ["unpacked_too_large"]),
    (
        "a thousand parts",
        lambda: repacked(lambda parts: parts.update({f"a/{n}": b"" for n in range(999)})),
        ["too_many_parts"],
    ),
    ("cells without end", lambda: _sheet(_endless), ["too_many_cells"]),
]
