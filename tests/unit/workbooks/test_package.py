"""The package: a real table, rules, charts, links, notes, print settings, the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import weakref
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from defusedxml import ElementTree

from tests.unit.workbooks.conftest import (
    COLUMNS,
    MADE_AT,
    SAMPLE,
    Row,
    load,
    make_workbook,
    part,
    render,
)
from vpt_regio.workbooks import Chart, Placement, Sheet, TextRow, TextSheet, Workbook, stream
from vpt_regio.workbooks.write import write

# The order of the elements in a worksheet, as its schema has it.
ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "autoFilter",
    "mergeCells",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "drawing",
    "legacyDrawing",
    "tableParts",
)
SHEET = "xl/worksheets/sheet2.xml"


def names_of(data: bytes) -> list[str]:
    """The entries of the package in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_every_part_is_valid_xml_and_every_relation_has_its_part(sample: bytes) -> None:
    names = names_of(sample)
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert len(set(names)) == len(names)
    for name in names:
        root = ElementTree.fromstring(part(sample, name))
        if not name.endswith(".rels"):
            continue
        assert len({item.get("Id") for item in root}) == len(root)
        for item in root:
            if item.get("TargetMode") != "External" and item.get("Target").startswith("/"):
                assert item.get("Target").removeprefix("/") in names
    types = ElementTree.fromstring(part(sample, "[Content_Types].xml"))
    told = {item.get("PartName", "/").removeprefix("/") for item in types} - {""}
    assert told <= set(names)


@pytest.mark.parametrize("protected", [False, True])
def test_elements_of_a_sheet_stand_in_the_order_of_the_schema(*, protected: bool) -> None:
    data = render(SAMPLE, make_workbook(protected=protected))
    for name in ("xl/worksheets/sheet1.xml", SHEET):
        found = [item.tag.partition("}")[2] for item in ElementTree.fromstring(part(data, name))]
        assert [ORDER.index(tag) for tag in found] == sorted(ORDER.index(tag) for tag in found)
        assert "sheetData" in found


def test_the_same_data_gives_the_same_bytes() -> None:
    def lazily(rows: Any) -> Iterator[Row]:
        yield from rows

    digests = {
        hashlib.sha256(render(SAMPLE, make_workbook(rows=rows))).hexdigest()
        for rows in (iter, list, tuple, lazily)
    }
    assert len(digests) == 1
    assert hashlib.sha256(render(SAMPLE[:2])).hexdigest() not in digests


def test_rows_are_let_go_as_soon_as_they_are_written() -> None:
    alive: weakref.WeakSet[Row] = weakref.WeakSet()
    most = 0

    def flow(rows: Any) -> Iterator[Row]:
        nonlocal most
        for number in range(2_000):
            row = Row(region=f"Regio {number}", budget=number)
            alive.add(row)
            yield row
            most = max(most, len(alive))

    render((), make_workbook(rows=flow))
    assert 1 <= most <= 3


def test_no_entry_speaks_of_the_clock_or_the_machine(sample: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {3}
    assert str(dt.datetime.now(dt.UTC).year) not in part(sample, "docProps/core.xml")
    assert "openpyxl" not in part(sample, "docProps/app.xml") + part(sample, "docProps/core.xml")


def test_the_properties_of_the_document(sample: bytes) -> None:
    about = load(sample).properties
    assert about.creator == about.lastModifiedBy == "VPT Regio"
    assert about.title == "Voortgang & resultaat"
    assert (about.subject, about.description) == ("Programma", "Momentopname 3")
    assert about.language == "nl-NL"
    assert about.created == about.modified == MADE_AT.replace(tzinfo=None)


def test_a_data_sheet_is_a_table_with_a_filter_and_a_totals_row(reader: Callable[..., Any]) -> None:
    table = reader().tables["tbl_regions"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A1:I5", "A1:I4", 1)
    assert table.column_names == [column.header for column in COLUMNS]
    assert table.tableStyleInfo.showRowStripes
    functions = [column.totalsRowFunction for column in table.tableColumns]
    assert functions == [None, None, "sum", None, "count", None, "sum", None, None]
    assert table.tableColumns[0].totalsRowLabel == "Totaal"


def test_a_table_without_totals_ends_with_its_rows() -> None:
    columns = tuple(replace(column, total=None) for column in COLUMNS)
    table = load(render(SAMPLE, make_workbook(columns=columns)))["Regio's"].tables["tbl_regions"]
    assert (table.ref, table.totalsRowCount) == ("A1:I4", None)


def test_an_empty_table_keeps_one_blank_row() -> None:
    data = render([])
    sheet = load(data)["Regio's"]
    assert sheet.tables["tbl_regions"].ref == "A1:I3"
    assert [cell.value for cell in sheet[2]] == [None] * 9
    assert load(data, data_only=True)["Regio's"]["C3"].value == 0
    assert "xl/charts/chart1.xml" not in names_of(data)


def test_header_panes_widths_and_print_settings(reader: Callable[..., Any]) -> None:
    sheet = reader()
    assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]
    assert sheet["A1"].font.bold
    assert sheet["A1"].fill.start_color.rgb == "FF154273"
    assert sheet["H2"].alignment.wrap_text
    assert sheet.freeze_panes == "B2"
    assert [sheet.column_dimensions[letter].width for letter in "AHI"] == [24, 50, 8]
    assert sheet.print_title_rows == "$1:$1"
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "pagina &P van &N"


def test_the_dimension_lets_a_streaming_reader_see_all(reader: Callable[..., Any]) -> None:
    sheet = reader(read_only=True)
    assert (sheet.max_row, sheet.max_column) == (5, 9)
    assert len(list(sheet.iter_rows())) == 5


def test_rules_mark_colours_bars_and_overdue_dates(reader: Callable[..., Any]) -> None:
    rules = {
        str(area.sqref): [(rule.type, rule.formula) for rule in area.rules]
        for area in reader().conditional_formatting
    }
    assert rules == {
        "B2:B4": [("expression", ["AND(ISNUMBER(B2),B2<40908)"])],
        "D2:D4": [("dataBar", [])],
        "E2:E4": [("cellIs", [f'"{word}"']) for word in ("groen", "oranje", "rood")],
    }


def test_a_date_that_is_done_is_not_overdue() -> None:
    columns = (COLUMNS[0], replace(COLUMNS[1], rule_unless="region"))
    data = render(SAMPLE, make_workbook(columns=columns, charts=()))
    assert "AND(ISNUMBER(B2),B2&lt;40908,LEN(A2)=0)" in part(data, SHEET)


def test_links_lead_to_the_record(reader: Callable[..., Any]) -> None:
    sheet = reader()
    assert sheet["I2"].value == "Open"
    assert sheet["I2"].hyperlink.target == "https://vpt.example/regios/LI?a=1&b=2"
    assert (sheet["I3"].value, sheet["I3"].hyperlink) == (None, None)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///c:/x", "https://x.example/\x01", "https://x/" + "y" * 2100],
)
def test_an_address_that_cannot_be_a_link_is_shown_as_text(address: str) -> None:
    cell = load(render([Row(link=address)]))["Regio's"]["I2"]
    assert cell.hyperlink is None
    assert cell.value == address.replace("\x01", "")


def test_beyond_the_limit_of_excel_the_address_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_LINKS", 2)
    sheet = load(render([Row(link=f"https://vpt.example/{n}") for n in range(3)]))["Regio's"]
    assert [sheet.cell(row, 9).value for row in (2, 3, 4)] == [
        "Open",
        "Open",
        "https://vpt.example/2",
    ]
    assert sheet["I4"].hyperlink is None


def test_the_explaining_sheet_lists_the_sheets(sample: bytes) -> None:
    sheet = load(sample)["Toelichting"]
    assert sheet["A1"].font.size == 16
    assert (sheet["B2"].value.date(), sheet["B2"].number_format) == (
        dt.date(2011, 12, 31),
        "dd-mm-yyyy",
    )
    assert (sheet["B3"].value, sheet["B3"].quotePrefix) == ("=1+1", True)
    assert sheet["B4"].hyperlink.target == "https://vpt.example/help?a=1&b=2"
    assert [sheet.cell(row, 1).value for row in range(5, 9)] == [
        "Naar de regio's",
        None,
        "Bladen in dit bestand",
        "Regio's",
    ]
    assert sheet["A5"].hyperlink.location == sheet["A8"].hyperlink.location == "'Regio''s'!A1"


def test_a_note_stands_on_its_cell(reader: Callable[..., Any]) -> None:
    sheet = reader()
    assert sheet["F4"].comment.text == "Vrijgesteld: geen politieregio."
    assert sheet["F4"].comment.author == "VPT Regio"
    noted = [cell.coordinate for row in sheet for cell in row if cell.comment]
    assert noted == ["F4"]


def test_charts_show_the_rows_and_keep_their_values(sample: bytes) -> None:
    first, second = (part(sample, f"xl/charts/chart{number}.xml") for number in (1, 2))
    assert "<f>'Regio''s'!$A$2:$A$4</f>" in first
    assert "<f>'Regio''s'!$C$2:$C$4</f>" in first
    cached = re.findall(r'<pt idx="(\d)"><v>([^<]*)</v>', first)
    assert cached[1:] == [
        ("0", "Limburg"),
        ("1", "Utrecht"),
        ("2", "Drenthe"),
        ("0", "100000.01"),
        ("1", "0"),
    ]
    assert first.count('<delete val="0"') == 2
    assert "Begroot per regio" in first
    # The word in a column of counts is no point of the chart.
    assert second.count("<ser>") == 2
    assert "n.v.t." not in second
    assert len(load(sample)["Regio's"]._charts) == 2


def test_a_chart_stands_outside_the_table(sample: bytes) -> None:
    below, right = (chart.anchor._from for chart in load(sample)["Regio's"]._charts)
    assert below.row > 4
    assert below.col == 1
    assert right.col > 9


def test_charts_beside_high_rows_follow_each_other_closely() -> None:
    high = [replace(row, text="Een lange toelichting van een regio. " * 20) for row in SAMPLE]
    chart = Chart("Begroot", "region", ("budget",), placement=Placement.RIGHT)
    made = load(render(high, make_workbook(charts=(chart, chart))))["Regio's"]
    first, second = (one.anchor._from.row + 1 for one in made._charts)
    above = sum(made.row_dimensions[row].height or 15 for row in range(first, second))
    assert 22 * 15 <= above <= 22 * 15 + 409
    assert second < first + 22
    assert made.print_area == "'Regio''s'!$A$1:$I$5"


def test_hidden_sheets_and_columns_and_protection() -> None:
    columns = (
        *(replace(column, hidden=column.key == "share") for column in COLUMNS[:4]),
        replace(COLUMNS[7], editable=True),
    )
    book = load(render(SAMPLE, make_workbook(columns=columns, charts=(), protected=True)))
    sheet = book["Regio's"]
    assert sheet.column_dimensions["D"].hidden
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet["E4"].protection.locked
    assert sheet["A4"].protection.locked
    hidden = load(render(SAMPLE, make_workbook(hidden=True)))
    assert hidden["Regio's"].sheet_state == "hidden"
    assert "Bladen in dit bestand" in [cell.value for cell in hidden["Toelichting"]["A"]]
    assert "Regio's" not in [cell.value for cell in hidden["Toelichting"]["A"]]


def test_a_sheet_appears_only_when_it_belongs() -> None:
    sheets = (
        Sheet("regions", "Regio's", COLUMNS, iter, when=bool),
        TextSheet("about", "Toelichting", lambda rows: [], contents=True),
    )
    workbook = Workbook("x", lambda rows: "x", sheets)
    assert load(render(SAMPLE, workbook)).sheetnames == ["Regio's", "Toelichting"]
    book = load(render((), workbook))
    assert book.sheetnames == ["Toelichting"]
    assert [cell.value for cell in book["Toelichting"]["A"]] == [None, "Bladen in dit bestand"]


def test_a_workbook_without_a_visible_sheet_is_refused() -> None:
    sheet = TextSheet("about", "Toelichting", lambda source: [], hidden=True)
    with pytest.raises(ValueError, match="no visible sheet"):
        write(Workbook("x", str, (sheet,)), None, io.BytesIO(), made_at=MADE_AT)


def test_a_link_to_nowhere_is_refused() -> None:
    sheet = TextSheet("about", "Toelichting", lambda source: [TextRow("x", link="nowhere")])
    with pytest.raises(ValueError, match="neither a sheet"):
        write(Workbook("x", str, (sheet,)), None, io.BytesIO(), made_at=MADE_AT)


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_ROWS", 4)
    assert render(SAMPLE[:2])
    with pytest.raises(ValueError, match="more rows"):
        render(SAMPLE)


@pytest.mark.parametrize(
    ("key", "title"),
    [("Regio", "x"), ("a-b", "x"), ("a", "x" * 32), ("a", "a/b"), ("a", "'a"), ("a", "")],
)
def test_a_name_that_excel_refuses_is_refused_first(key: str, title: str) -> None:
    with pytest.raises(ValueError, match="sheet"):
        Sheet(key, title, COLUMNS, iter)


def test_a_declaration_is_checked() -> None:
    with pytest.raises(ValueError, match="twice"):
        make_workbook(columns=(COLUMNS[0], replace(COLUMNS[1], header="REGIO")))
    with pytest.raises(ValueError, match="has no columns share"):
        make_workbook(columns=COLUMNS[:1], charts=(replace_chart("share"),))
    with pytest.raises(ValueError, match="cannot be summed"):
        replace(COLUMNS[0], total=COLUMNS[2].total)


def replace_chart(series: str) -> Any:
    """A chart over a column that may not exist."""
    from vpt_regio.workbooks import Chart

    return Chart("Grafiek", "region", (series,))
