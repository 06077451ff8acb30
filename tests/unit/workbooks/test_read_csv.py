"""A filled-in .csv: encodings, separators and lines, with the same problems as an .xlsx."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from tests.unit.workbooks.reading import FIGURES, SHORT, notes, of_csv, problems, values
from vpt_regio.workbooks import gate, read_csv
from vpt_regio.workbooks import read as reading

TEXT = 'Categorie;Periode;Waarde\nReïntegratie;2011;"1.234,5"\n\n"Zorg; overig";2012;\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(encoding: str, separator: str, line_end: str) -> None:
    text = TEXT.replace('"Zorg; overig"', '"Zorg/ overig"').replace(";", separator)
    text = text.replace("Zorg/", f"Zorg{separator}").replace("\n", line_end)
    read = of_csv(text.encode(encoding))
    assert not read.problems
    shown = " " if separator == "\t" else separator
    assert values(read, "category") == ["Reïntegratie", f"Zorg{shown} overig"]
    assert values(read, "value") == [Decimal("1234.5"), None]
    assert [row.number for row in read.rows] == [2, 4]
    assert (read_csv.OLD_ENCODING in {note.message for note in read.notes}) == (
        encoding == "cp1252"
    )


def test_cells_are_told_by_line_and_column() -> None:
    read = of_csv("Categorie;Waarde;Periode\nZorg;veel;2011\n;12.5;2011\nZorg;veel;2011\n")
    assert problems(read) == [
        "regel 2, kolom Waarde; regel 4, kolom Waarde:"
        " Hier staat geen getal. Vul een getal in, bijvoorbeeld 1234,5.",
        "regel 3, kolom Categorie: Vul deze cel in.",
        "regel 3, kolom Waarde:"
        " Gebruik een komma voor decimalen, bijvoorbeeld 12,5 in plaats van 12.5.",
    ]


def test_lines_inside_a_value_count_as_lines() -> None:
    read = of_csv('Categorie;Periode;Waarde\n"Zorg\nen meer";2011;1\nPolitie;2011;x\n')
    assert values(read, "category") == ["Zorg en meer", "Politie"]
    assert read.problems[0].cell == "regel 4, kolom Waarde"


def test_the_separator_that_excel_names_is_used() -> None:
    read = of_csv("\nsep=,\nCategorie,Periode,Waarde\nZorg,2011,x\n")
    assert values(read, "category") == ["Zorg"]
    assert read.problems[0].cell == "regel 4, kolom Waarde"


def test_a_value_with_a_bare_separator_is_no_shifted_row() -> None:
    read = of_csv("Categorie,Periode,Waarde\nZorg,2011,1,5\n")
    assert [problem.message for problem in read.problems] == [reading.TOO_WIDE]
    assert read.problems[0].cell == "regel 2"
    assert not of_csv("Categorie,Periode,Waarde,,\nZorg,2011,1,,\n").problems


def test_a_quote_that_stays_open_is_told_and_swallows_nothing() -> None:
    read = of_csv('Categorie;Periode;Waarde\n"Zorg;2011;1\nPolitie;2011;2\n')
    assert not read.rows
    assert problems(read) == ["De aanhalingstekens op regel 2 kloppen niet."]


def test_numbers_in_text_files_need_no_note() -> None:
    read = of_csv("Categorie;Periode;Waarde\nZorg;2011;12,5\nZorg;2011;1.234\n")
    told = {note.message: note.cell for note in read.notes if note.cells}
    assert told == {reading.GROUPED: "regel 3, kolom Waarde"}
    assert "De kolom Bedrag ontbreekt en is leeg gelezen." in notes(read)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", reading.EMPTY),
        (b"", "a.xlsx", reading.EMPTY),
        (b"a", "a.xls", reading.OTHER_KIND),
        (b"a", "a.ods", reading.OTHER_KIND),
        (b"a", "csv", reading.OTHER_KIND),
        (b"PK\x03\x04", "a.csv", reading.EXCEL_AS_CSV),
        (b"a;b\n\x00", "a.csv", read_csv.NOT_TEXT),
        (b"a;b\n\x81\x8d", "a.csv", read_csv.NOT_TEXT),
        ("a;b".encode("utf-16"), "a.csv", read_csv.NOT_TEXT),
        (b"a" * (gate.LARGEST + 1), "a.csv", gate.TOO_LARGE),
        (b"a" * (gate.LARGEST + 1), "a.xlsx", gate.TOO_LARGE),
        (b"Categorie;Waarde", "a.xlsx", gate.NOT_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xlsx", gate.LOCKED_OR_OLD),
        (b"PK\x03\x04rest", "a.xlsx", gate.DAMAGED),
    ],
)
def test_a_file_that_is_no_table_has_one_problem(data: bytes, name: str, message: str) -> None:
    read = reading.read_table(data, name, FIGURES)
    assert [problem.message for problem in read.problems] == [message]
    assert not read.rows


@pytest.mark.parametrize("filling", ["\n", ";", '""', "a", "a;", '"\n', " ", "\t;\n"])
def test_long_and_odd_files_end(filling: str) -> None:
    text = io.StringIO()
    text.write(";".join(SHORT) + "\n" + "Zorg;2011;1\n")
    text.write(filling * (400_000 // len(filling)))
    read = of_csv(text.getvalue())
    assert len(read.problems) <= 3
    assert read.problems or values(read, "value") == [1]
