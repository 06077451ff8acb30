"""Damaged and hostile files: each is refused or read, none raises, none takes long."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.workbooks.reading import FIGURES, SHORT, book, of_csv, values, with_parts
from vpt_regio.workbooks import gate, read_xlsx
from vpt_regio.workbooks import read as reading
from vpt_regio.workbooks.read import TableRead, read_table

SHEET_PART = "xl/worksheets/sheet1.xml"
STRINGS_PART = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN = book((SHORT, ("Zorg", "2011", 1), ("Politie", "2011", 2)))
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Categorie</t></is></c></row>'
# far above what the slowest file needs that the gate lets through, on a busy machine
SECONDS = 60
Change = Callable[[bytes], bytes]


def read(data: bytes) -> TableRead:
    """Read a file, within the time."""
    started = time.process_time()
    found = read_table(data, "cijfers.xlsx", FIGURES)
    assert time.process_time() - started < SECONDS
    return found


def messages(data: bytes) -> list[str]:
    """The messages of a file that is refused as a whole."""
    found = read(data)
    assert not found.rows
    return [problem.message for problem in found.problems]


def changed(name: str, change: Change) -> bytes:
    """The plain workbook with one part changed or added."""
    return with_parts(PLAIN, {name: change})


def with_rows(xml: str, after: str = "") -> bytes:
    """A workbook with these rows under a header."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{xml}</sheetData>{after}</worksheet>'
    return changed(SHEET_PART, lambda _old: sheet.encode())


def replaced(old: bytes, new: bytes) -> Change:
    return lambda xml: xml.replace(old, new, 1)


RELATION = (
    b'<Relationships xmlns="r"><Relationship Id="r1" Type="http://x/relationships/%s"'
    b' Target="http://elders.example/" TargetMode="External"/></Relationships>'
)
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("xl/vbaProject.bin", lambda _: b"x", gate.ACTIVE),
        ("xl/embeddings/oleObject1.bin", lambda _: b"x", gate.ACTIVE),
        ("[Content_Types].xml", replaced(b"sheet.main+xml", b"macroEnabled"), gate.ACTIVE),
        ("[Content_Types].xml", replaced(b"sheet.main+xml", b"x"), gate.NOT_EXCEL),
        ("xl/externalLinks/externalLink1.xml", lambda _: b"<a/>", gate.EXTERNAL),
        ("xl/connections.xml", lambda _: b"<a/>", gate.EXTERNAL),
        (SHEET_RELATIONS, lambda _: RELATION % b"image", gate.EXTERNAL),
        (SHEET_PART, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml, gate.DOCTYPE),
        ("xl/odd.bin", lambda _: b"\xef\xbb\xbf <!DOCTYPE a><a/>", gate.DOCTYPE),
        (SHEET_PART, lambda xml: xml.decode().encode("utf-16"), gate.DAMAGED),
        (SHEET_PART, lambda xml: b'<?xml version="1.0" encoding="cp037"?>' + xml, gate.DAMAGED),
        (SHEET_PART, lambda xml: xml + b"<" + b"a" * 70_000, gate.DAMAGED),
        (SHEET_PART, lambda xml: xml[:-20], gate.DAMAGED),
        (SHEET_PART, lambda xml: xml.replace(b'r="A2"', b'r="\xff"'), gate.DAMAGED),
        ("xl/styles.xml", lambda xml: b"", gate.DAMAGED),
        ("../outside.xml", lambda _: b"<a/>", gate.DAMAGED),
        ("XL/WORKBOOK.XML", lambda _: b"<a/>", gate.DAMAGED),
        ("xl/media/a.png", lambda _: b"a" * (2 * gate.MEGABYTE), gate.UNPACKED_TOO_LARGE),
        ("xl/a.xml", lambda _: b"<font/>" * (gate.MOST_OTHER_TAGS + 1), gate.TOO_MANY_CELLS),
        ("xl/a.xml", lambda _: b"<c/>" * 500_000, gate.UNPACKED_TOO_LARGE),
    ],
)
def test_what_is_no_part_of_a_table_is_refused(name: str, change: Change, message: str) -> None:
    assert message in messages(changed(name, change))


def test_more_cells_than_can_be_read_in_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_rows("<row/>" * 100)
    monkeypatch.setattr(gate, "MOST_TAGS", 1_000)
    assert gate.problems_of(data) == []
    monkeypatch.setattr(gate, "MOST_TAGS", 100)
    assert gate.problems_of(data) == [gate.TOO_MANY_CELLS]


def test_links_under_cells_are_no_reason_to_refuse() -> None:
    linked = changed(SHEET_RELATIONS, lambda _: RELATION % b"hyperlink")
    assert values(read(linked), "value") == [1, 2]


def test_a_package_with_too_many_or_odd_entries_is_refused() -> None:
    many = with_parts(PLAIN, {f"xl/media/{n}.png": lambda _: b"" for n in range(300)})
    assert messages(many) == [gate.TOO_MANY_PARTS]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")
    assert messages(target.getvalue()) == [gate.DAMAGED]
    # the mark of an entry with a password, in the list of contents
    place = PLAIN.index(b"PK\x01\x02") + 8
    locked = PLAIN[:place] + b"\x01" + PLAIN[place + 1 :]
    assert messages(locked) == [gate.DAMAGED]


@pytest.mark.parametrize(
    ("xml", "rows"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', 1),
        ('<row r="999999999"><c r="A1"><v>1</v></c></row>', 0),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', 0),
        ("<row/>" * 20_000, 0),
        ('<row r="900000"/><row r="2"/>' * 1_000, 0),
        ('<row r="2"><c r="A2"><f/>' + " " * 500_000 + "</c></row>", 1),
        ('<row r="2"><c r="A2"><v>1e999</v></c></row>', 1),
    ],
)
def test_far_rows_and_odd_cells_end(xml: str, rows: int) -> None:
    assert len(read(with_rows(xml)).rows) == rows


@pytest.mark.parametrize(
    "cell",
    ["<v>NaN</v>", f"<v>{'9' * 5_000}</v>", "<v>x</v>"],
)
def test_a_number_that_is_none_is_a_damaged_file(cell: str) -> None:
    assert messages(with_rows(f'<row r="2"><c r="A2">{cell}</c></row>')) == [gate.DAMAGED]


def test_many_merged_cells_are_refused() -> None:
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 3_000))
    data = with_rows("", f"<mergeCells>{merges}</mergeCells>")
    assert messages(data) == [read_xlsx.TOO_MANY_MERGED]
    whole = with_rows("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert [problem.message for problem in read(whole).problems] == [reading.NO_COLUMN]


def test_a_table_at_the_limits_is_read() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Soort {n}</t></is></c></row>'
        for n in range(2, 10_003)
    )
    found = read(with_rows(rows))
    assert len(found.rows) == 10_000
    assert "Gebruik hoogstens 10000 rijen" in str(found.problems[-1])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_random_bytes_are_refused_or_read(data: bytes) -> None:
    assert messages(data)
    assert messages(b"PK\x03\x04" + data)
    found = of_csv(data)
    assert found.rows or found.problems


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(PLAIN) - 1))
def test_a_file_cut_off_anywhere_is_refused(length: int) -> None:
    assert messages(PLAIN[:length])


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from((SHEET_PART, "xl/workbook.xml", None)))
def test_changed_bytes_are_refused_or_read(chance: random.Random, part: str | None) -> None:
    def scramble(content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(changed))
            piece = bytes(changed[chance.randrange(len(changed)) :][: chance.randint(0, 12)])
            changed[start : start + chance.randint(0, 12)] = piece
        return bytes(changed)

    data = scramble(PLAIN) if part is None else changed(part, scramble)
    found = read(data)
    assert found.problems or len(found.rows) <= 2


def test_a_reader_that_breaks_is_a_fault_of_ours_and_is_not_hidden() -> None:
    def broken(_cell: Any) -> None:
        raise TypeError("a fault in a declaration")

    columns = (replace(FIGURES.columns[0], parse=broken), *FIGURES.columns[1:])
    with pytest.raises(TypeError, match="a fault in a declaration"):
        read_table(PLAIN, "a.xlsx", replace(FIGURES, columns=columns))
