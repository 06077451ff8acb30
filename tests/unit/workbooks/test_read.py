"""A filled-in .xlsx: columns by name, every problem at its cell, notes on what was understood."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.unit.workbooks.reading import (
    FIGURES,
    SHORT,
    book,
    notes,
    of_book,
    problems,
    values,
    with_parts,
)
from vpt_regio.errors import Invalid
from vpt_regio.workbooks import Column, Kind, Sheet
from vpt_regio.workbooks import read as reading
from vpt_regio.workbooks.read import read_table

ALL = tuple(column.header for column in FIGURES.columns)
SHEET_PART = "xl/worksheets/sheet1.xml"


def test_a_table_is_read_into_values() -> None:
    day = dt.datetime(2012, 3, 12)  # noqa: DTZ001

    def show_percent(sheet: Any) -> None:
        sheet["G2"].number_format = "0%"

    read = of_book(
        ALL, ("Politie", 2011, 12.5, "circa", "12½", 1234.5, 0.66, day), change=show_percent
    )
    assert not read.problems
    assert not read.notes
    (row,) = read.rows
    assert row.number == 2
    assert row.values == {
        "category": "Politie",
        "period": "2011",
        "value": Decimal("12.5"),
        "qualifier": "circa",
        "printed": "12½",
        "amount": 123_450,
        "share": Decimal("0.66"),
        "on": dt.date(2012, 3, 12),
    }
    assert row.cells["value"] == "C2"
    assert row.raw["value"] == 12.5


def test_columns_are_found_by_name_in_any_order() -> None:
    read = of_book((" waarde ", "PERIODE", "Cate-", "Categorie"), (3, "2011", "x", "Zorg"))
    assert not read.problems
    assert read.rows[0].values["category"] == "Zorg"
    assert read.rows[0].values["value"] == 3
    assert read.rows[0].cells["category"] == "D2"
    assert read.columns == ("category", "period", "value")
    assert notes(read) == [
        *(f"Cijfers: De kolom {name} ontbreekt en is leeg gelezen." for name in ALL[3:]),
        "Cijfers C1: De kolom Cate- hoort niet bij deze tabel en is niet gelezen.",
    ]


def test_blank_rows_are_skipped_and_blank_cells_are_none() -> None:
    read = of_book((), SHORT, (), ("Zorg", "2011", None), (" ", None, ""), ("Politie", "2011", 0))
    assert not read.problems
    assert [row.number for row in read.rows] == [4, 6]
    assert values(read, "value") == [None, 0]


def test_every_problem_comes_at_once_and_equal_ones_are_one() -> None:
    read = of_book(
        ALL,
        ("Zorg", None, "veel", "ongeveer", None, None, 0.5, 2012),
        (None, "2011", "weinig", None, None, "$ 3", None, "31-2-2012"),
        ("Zorg", "2011", -1, None, None, None, None, None),
    )
    found = {problem.cell: problem.message for problem in read.problems}
    assert list(found) == ["B2, A3", "C2, C3", "D2", "G2", "H2", "F3", "H3", "C4"]
    assert found["B2, A3"] == reading.BLANK
    assert found["C4"] == "Vul geen negatief getal in."
    assert problems(read)[2] == (
        "Cijfers D2: Deze waarde staat niet in de lijst. Kies uit: Exact, Circa."
    )
    assert values(read, "value") == [None, None, None]


def test_a_required_column_that_lacks_is_named() -> None:
    read = of_book(("Periode", "Waarde"), ("2011", "veel"))
    assert problems(read)[0] == "Cijfers: De kolom Categorie ontbreekt."
    assert read.problems[1].cell == "B2"


def test_without_any_known_header_the_columns_are_told() -> None:
    for read in (of_book(("Zorg", 1), ("Politie", 2)), of_book()):
        assert not read.rows
        (problem,) = read.problems
        assert problem.message == reading.NO_HEADER
        assert problem.params == {"columns": ", ".join(ALL)}


def test_a_column_that_stands_twice_is_a_problem() -> None:
    read = of_book((*SHORT, "waarde"), ("Zorg", "2011", 1, 2))
    assert problems(read) == ["Cijfers D1: De kolom Waarde staat er meer dan één keer."]


def test_values_typed_as_text_are_understood_and_told() -> None:
    read = of_book(
        ("Categorie", "Periode", "Waarde", "Bedrag", "Aandeel", "Peildatum"),
        ("Zorg", "2011", "1.234", "€ 1.234,50", "66%", "12 maart 2012"),
    )
    assert not read.problems
    assert read.rows[0].values["value"] == 1234
    assert read.rows[0].values["amount"] == 123_450
    told = {note.message: note.cells for note in read.notes if note.cells}
    assert told == {
        reading.GROUPED: ("C2", "D2"),
        reading.NUMBER_AS_TEXT: ("C2", "D2", "E2"),
        reading.DATE_AS_TEXT: ("F2",),
    }


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_of_both_date_systems(epoch: Any) -> None:
    def count_from(sheet: Any) -> None:
        sheet.parent.epoch = epoch or sheet.parent.epoch
        sheet["C2"] = dt.date(2012, 3, 12)

    read = of_book(("Categorie", "Periode", "Peildatum"), ("Zorg", "2011"), change=count_from)
    assert values(read, "on") == [dt.date(2012, 3, 12)]


def test_formulas_give_their_computed_value() -> None:
    def computed(xml: bytes) -> bytes:
        xml = re.sub(rb"(1\+1</f>)(<v ?/>|<v></v>)", rb"\1<v>2</v>", xml)
        return xml.replace(b'r="C3"><f>', b'r="C3" t="str"><f>')

    data = book((SHORT, ("Zorg", "2011", "=1+1"), ("Zorg", "2012", '=""')))
    read = read_table(with_parts(data, {SHEET_PART: computed}), "a.xlsx", FIGURES)
    assert not read.problems
    assert values(read, "value") == [2, None]


def test_a_formula_without_its_value_and_an_error_are_no_blanks() -> None:
    read = of_book(SHORT, ("Zorg", "2011", "=1+1"), ("Zorg", "2011", "#N/A"))
    assert [problem.cell for problem in read.problems] == ["C2", "C3"]
    assert "De uitkomst van deze formule" in problems(read)[0]
    assert "bevat een fout" in problems(read)[1]


def test_cells_under_a_merged_one_are_a_problem() -> None:
    read = of_book(
        SHORT,
        ("Zorg", "2011", 1),
        (None, "2012", 2),
        change=lambda sheet: sheet.merge_cells("A2:A3"),
    )
    assert [problem.cell for problem in read.problems] == ["A3"]
    assert "samengevoegd" in problems(read)[0]


def test_hidden_rows_and_columns_are_read() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    read = of_book(SHORT, ("Zorg", "2011", 1), ("Politie", "2011", 2), change=hide)
    assert values(read, "value") == [1, 2]
    assert "Cijfers rij 2: Verborgen rijen zijn ook gelezen." in notes(read)


def test_the_size_that_a_file_claims_is_not_believed() -> None:
    data = book((SHORT, ("Zorg", "2011", 1), ("Politie", "2011", 2)))
    lie = {SHEET_PART: lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:A2"')}
    assert values(read_table(with_parts(data, lie), "a.xlsx", FIGURES), "value") == [1, 2]


def test_the_sheet_is_found_by_its_title_or_is_the_only_one() -> None:
    def beside(sheet: Any) -> None:
        sheet.parent.create_sheet("Lees mij", 0)

    rows = (SHORT, ("Zorg", "2011", 1))
    assert of_book(*rows, change=beside, title="CIJFERS").rows
    other = of_book(*rows, title="Blad1")
    assert other.rows
    assert "Blad1: Het blad heet niet Cijfers." in notes(other)[0]
    wrong = of_book(*rows, change=beside, title="Blad1")
    assert not wrong.rows
    assert problems(wrong) == [
        "Het blad Cijfers ontbreekt. Dit bestand heeft de bladen: Lees mij, Blad1."
    ]


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"Soort {number}", "2011", number) for number in range(5)]
    monkeypatch.setattr(reading, "MAX_ROWS", 5)
    assert len(of_book(SHORT, *rows).rows) == 5
    monkeypatch.setattr(reading, "MAX_ROWS", 4)
    assert problems(of_book(SHORT, *rows)) == [
        "Cijfers: De tabel is te lang. Gebruik hoogstens 4 rijen."
    ]


def test_a_check_may_name_values_and_a_reader_may_raise_valueerror() -> None:
    def below(value: Any) -> Invalid | None:
        return Invalid("Hoogstens %(cell)s.", params={"cell": 3}) if value > 3 else None

    def strict(cell: Any) -> Any:
        raise ValueError("Dit kan niet.")

    columns = (
        Column("a", "A", Kind.INTEGER, 5, str, check=below),
        Column("b", "B", Kind.TEXT, 5, str, parse=strict),
    )
    read = of_book(("A", "B"), (4, None), (3, "x"), sheet=Sheet("s", "Cijfers", columns, iter))
    assert problems(read) == ["Cijfers A2: Hoogstens 3.", "Cijfers B3: Dit kan niet."]


def test_a_word_that_means_no_value_is_no_number_typed_as_text() -> None:
    column = Column("value", "Waarde", Kind.NUMBER, 8, str, parse=lambda cell: None)
    read = of_book(("Waarde",), ("onbekend",), sheet=Sheet("s", "Cijfers", (column,), iter))
    assert values(read, "value") == [None]
    assert read.rows[0].raw["value"] == "onbekend"
    assert not read.problems
    assert not read.notes


def test_links_are_known_but_not_read() -> None:
    link = Column("link", "Link", Kind.LINK, 8, str)
    sheet = replace(FIGURES, columns=(*FIGURES.columns, link))
    read = of_book((*ALL, "Link"), ("Zorg", "2011", *[None] * 6, "Open"), sheet=sheet)
    assert not read.problems
    assert not read.notes
    assert "link" not in read.rows[0].values
