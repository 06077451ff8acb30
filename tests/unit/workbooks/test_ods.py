"""The same declared workbook as OpenDocument: typed cells, formulas, looks, the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from tests.unit.workbooks.conftest import (
    CHARTS,
    COLUMNS,
    MADE_AT,
    SAMPLE,
    Row,
    make_workbook,
    render,
)
from vpt_regio.workbooks import Column, Kind, Workbook
from vpt_regio.workbooks.ods import MIME_TYPE, write_ods
from vpt_regio.workbooks.ods_styles import SPACES
from vpt_regio.workbooks.spec import Typed

ROOT = Path(__file__).parents[3]
OFFICE, TABLE = SPACES["office"], SPACES["table"]


def written(rows: Any, workbook: Workbook | None = None) -> bytes:
    target = io.BytesIO()
    write_ods(workbook or make_workbook(), rows, target, made_at=MADE_AT)
    return target.getvalue()


def opened(data: bytes, name: str = "content.xml") -> Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def cells(data: bytes, row: int, sheet: str = "Regio's") -> list[Element]:
    """The cells of a row of a sheet, counted from 1."""
    table = opened(data).find(f".//table:table[@table:name={_quoted(sheet)}]", SPACES)
    assert table is not None
    return table.findall(".//table:table-row", SPACES)[row - 1].findall("table:table-cell", SPACES)


def _quoted(name: str) -> str:
    return f'"{name}"'


def said(cell: Element) -> list[str]:
    return ["".join(line.itertext()) for line in cell.findall("text:p", SPACES)]


def value(cell: Element) -> tuple[str | None, str | None]:
    kind = cell.get(f"{{{OFFICE}}}value-type")
    return kind, cell.get(f"{{{OFFICE}}}value") or cell.get(f"{{{OFFICE}}}date-value")


@pytest.fixture(scope="module")
def sample() -> bytes:
    return written(SAMPLE)


def test_the_package_begins_with_its_type_and_lists_its_parts(sample: bytes) -> None:
    assert sample[30:38] == b"mimetype"
    assert sample[38 : 38 + len(MIME_TYPE)] == MIME_TYPE.encode()
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        names = archive.namelist()
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names[1:]:
            ElementTree.fromstring(archive.read(name))
    listed = {
        entry.get(f"{{{entry.tag[1:].partition('}')[0]}}}full-path")
        for entry in opened(sample, "META-INF/manifest.xml")
    }
    assert set(names) - {"mimetype", "META-INF/manifest.xml"} <= listed


def test_values_have_their_types_and_how_they_read() -> None:
    row = Row(due=MADE_AT.date(), budget=-123_456, share=0.125, count=3, hours=1234.5, text="=1+1")
    made = cells(written([row]), 2)
    assert [value(cell) for cell in made[1:8]] == [
        ("date", "2012-07-16"),
        ("currency", "-1234.56"),
        ("percentage", "0.125"),
        (None, None),
        ("float", "3"),
        ("float", "1234.5"),
        ("string", None),
    ]
    shown = [line for cell in made[1:8] for line in said(cell)]
    assert shown == ["16-07-2012", "€\xa0-1.234,56", "13%", "3", "1.234,50", "=1+1"]


def test_a_value_that_names_its_kind_is_of_that_kind() -> None:
    mixed = replace(COLUMNS[0], kind=Kind.MIXED)
    workbook = make_workbook(columns=(mixed, *COLUMNS[1:]), charts=())
    rows = [
        Row(region=Typed(Kind.MONEY, 100)),
        Row(region=Typed(Kind.EXACT_PERCENT, Fraction(1, 3))),
        Row(region="niet in bron"),
        Row(region=True),
    ]
    made = [cells(written(rows, workbook), place)[0] for place in range(2, 6)]
    assert [said(cell) for cell in made] == [["€\xa01,00"], ["33,3%"], ["niet in bron"], ["ja"]]


def test_text_keeps_its_spaces_and_lines_and_loses_what_xml_forbids() -> None:
    cell = cells(written([Row(text="  a\tb  c\x00\nd <&>")]), 2)[7]
    first, second = cell.findall("text:p", SPACES)
    spaces = [gap.get(f"{{{SPACES['text']}}}c") for gap in first.findall("text:s", SPACES)]
    assert spaces == ["2", "2"]
    assert first.find("text:tab", SPACES) is not None
    assert second.text == "d <&>"


def test_formulas_and_totals_carry_their_values() -> None:
    doubled = Column(
        "double", "Dubbel", Kind.MONEY, 12, lambda row: 2 * row.budget, formula="{budget}*2"
    )
    data = written([Row(budget=150), Row(budget=250)], make_workbook(columns=(*COLUMNS, doubled)))
    formula = cells(data, 3)[9]
    assert formula.get(f"{{{TABLE}}}formula") == "of:=[.C3]*2"
    assert value(formula) == ("currency", "5.00")
    total = cells(data, 4)[2]
    assert total.get(f"{{{TABLE}}}formula") == "of:=SUBTOTAL(109;[.C2:.C3])"
    assert value(total) == ("currency", "4.00")
    assert said(cells(data, 4)[0]) == ["Totaal"]


def test_links_and_notes_stand_on_their_cells() -> None:
    data = written([Row(link="https://vpt.example/?a=1&b=2", note="Geen\nmeting"), Row(link="zo")])
    link = cells(data, 2)[8].find("text:p/text:a", SPACES)
    assert link is not None
    assert link.get(f"{{{SPACES['xlink']}}}href") == "https://vpt.example/?a=1&b=2"
    assert said(cells(data, 3)[8]) == ["zo"]
    noted = cells(data, 2)[5]
    # a note does not make an empty cell one with text
    assert value(noted) == (None, None)
    lines = noted.findall("office:annotation/text:p", SPACES)
    assert [line.text for line in lines] == ["Geen", "meting"]


def test_the_table_has_a_filter_a_repeated_header_and_a_printed_area(sample: bytes) -> None:
    content, last = opened(sample), len(SAMPLE) + 1
    area = content.find(".//table:database-range", SPACES)
    assert area is not None
    assert area.get(f"{{{TABLE}}}name") == "tbl_regions"
    assert area.get(f"{{{TABLE}}}target-range-address") == f"'Regio''s'.A1:'Regio''s'.I{last}"
    header = content.findall(".//table:table-header-rows/table:table-row", SPACES)
    assert len(header) == 1
    sheets = content.findall(".//table:table[@table:print-ranges]", SPACES)
    assert len(sheets) == 2
    settings = "".join(opened(sample, "settings.xml").itertext())
    assert settings.startswith("view1")


def test_rules_mark_colours_bars_and_overdue_dates(sample: bytes) -> None:
    space = SPACES["calcext"]
    tests = [
        found.get(f"{{{space}}}value") for found in opened(sample).iter(f"{{{space}}}condition")
    ]
    assert tests == [
        "formula-is(AND(ISNUMBER([.B2]);[.B2]<DATE(2011;12;31)))",
        '="groen"',
        '="oranje"',
        '="rood"',
    ]
    assert len(list(opened(sample).iter(f"{{{space}}}data-bar"))) == 1


def test_charts_show_the_rows_and_keep_their_values(sample: bytes) -> None:
    chart = opened(sample, "Object 1/content.xml")
    series = chart.findall(".//chart:series", SPACES)
    last = len(SAMPLE) + 1
    address = series[0].get(f"{{{SPACES['chart']}}}values-cell-range-address")
    assert address == f"'Regio''s'.C2:'Regio''s'.C{last}"
    assert chart.find(".//chart:title/text:p", SPACES).text == CHARTS[0].title  # type: ignore[union-attr]
    assert len(opened(sample, "Object 2/content.xml").findall(".//chart:series", SPACES)) == 2


def test_an_empty_table_keeps_one_blank_row() -> None:
    assert [value(cell) for cell in cells(written([]), 2)] == [(None, None)] * len(COLUMNS)


def test_rows_are_let_go_as_soon_as_they_are_written() -> None:
    alive: list[weakref.ref[Row]] = []

    def rows() -> Iterator[Row]:
        for number in range(500):
            row = Row(count=number)
            alive.append(weakref.ref(row))
            assert sum(reference() is not None for reference in alive) <= 2
            yield row
            del row

    written(rows())
    assert len(alive) == 500


PROGRAM = """
import hashlib, io
from tests.unit.workbooks import conftest, test_ods
for data in (conftest.render(conftest.SAMPLE), test_ods.written(conftest.SAMPLE)):
    print(hashlib.sha256(data).hexdigest())
"""


def test_another_process_zone_locale_and_clock_give_the_same_bytes(sample: bytes) -> None:
    elsewhere = {
        **os.environ,
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=elsewhere,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    here = [hashlib.sha256(data).hexdigest() for data in (render(SAMPLE), sample)]
    assert done.stdout.split() == here
