"""Rows get the height of their text."""

import pytest

from vpt_regio.workbooks import heights
from vpt_regio.workbooks.spec import Column, Kind, Sheet


def sheet(header: str = "Toelichting", width: float = 20) -> Sheet:
    return Sheet("notes", "Blad", (Column("note", header, Kind.TEXT, width, str),), iter)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("kort", 1),
        ("x" * 18, 1),
        ("x" * 19, 2),
        ("a\nb", 2),
        ("a\n\n" + "x" * 36, 4),
        ("werkgevers en werknemers ondersteunen", 3),
        ("woord " * 300, 110),
    ],
)
def test_lines_of_a_text(text: str, lines: int) -> None:
    widths = heights.wrapped_widths(sheet())
    assert heights.lines_in_row([text], widths) == lines


def test_only_text_counts() -> None:
    assert heights.lines_in_row([10**40], heights.wrapped_widths(sheet())) == 1
    numbers = Sheet("n", "Blad", (Column("n", "Nr", Kind.INTEGER, 3, int),), iter)
    assert heights.wrapped_widths(numbers) == []


@pytest.mark.parametrize(
    ("header", "width", "lines"),
    [("Regio", 20, 1), ("Besteed in halfjaar", 15, 2), ("Oorspronkelijke einddatum", 10, 5)],
)
def test_lines_of_a_header(header: str, width: float, lines: int) -> None:
    assert heights.lines_in_header(sheet(header, width)) == lines


def test_the_height_stands_in_the_row_and_has_an_end() -> None:
    assert heights.stretched('<row r="2"></row>', 1) == '<row r="2"></row>'
    assert heights.stretched('<row r="2"></row>', 3) == '<row ht="45" r="2"></row>'
    assert heights.stretched('<row r="2"></row>', 900) == '<row ht="409" r="2"></row>'
