"""Any text is safe in a cell, and stays what it was."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.workbooks.conftest import Row, part, render, sheet_of
from vpt_regio.workbooks import text

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
PAYLOADS = (
    "=1+1",
    '=HYPERLINK("https://evil.example","klik")',
    "=cmd|' /C calc'!A0",
    "+31 6 12345678",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "</t></is><f>1+1</f><is><t>",
    "]]><f>1</f>",
    "\x00=1+1",
    "{=1+1}",
)


def expected(value: str) -> str:
    """What a reader should see."""
    return text.clean(value)


def seen(value: object) -> str:
    """What openpyxl gives, with the escapes that Excel resolves and openpyxl leaves."""
    return re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", str(value or ""))


@settings(max_examples=30, deadline=None)
@given(st.lists(ANY_TEXT, min_size=10, max_size=40))
def test_any_text_comes_back(values: list[str]) -> None:
    sheet = sheet_of([Row(text=value) for value in values])
    column = [sheet.cell(row, 8) for row in range(2, 2 + len(values))]
    assert [seen(cell.value) for cell in column] == [expected(value) for value in values]
    assert all(cell.data_type != "f" for cell in column)


@given(ANY_TEXT)
def test_safe_text_is_valid_xml(value: str) -> None:
    root = ElementTree.fromstring(f"<t>{text.safe(value).xml}</t>")
    assert seen(root.text) == expected(value)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_never_a_formula(payload: str) -> None:
    data = render([Row(region=payload, due=payload, budget=payload, share=payload, text=payload)])
    xml = part(data, "xl/worksheets/sheet2.xml")
    rows, totals = xml.split('<row r="3">')
    assert "<f>" not in rows
    assert totals.count("<f>") == 3
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("payload", PAYLOADS[:9])
def test_text_that_looks_like_a_formula_is_marked_as_text(payload: str) -> None:
    sheet = sheet_of([Row(region=payload, count=payload, text=payload)])
    for column in (1, 6, 8):
        cell = sheet.cell(2, column)
        assert cell.quotePrefix
        assert cell.value.strip() == payload.strip()
    assert not sheet_of([Row(region="gewoon")])["A2"].quotePrefix


def test_what_excel_would_unescape_is_escaped() -> None:
    assert text.escape("_x0041_ en _x") == "_x005F_x0041_ en _x"


def test_a_quick_look_and_a_careful_one_agree() -> None:
    assert text.is_plain("Veilige Publieke Taak – € 10")
    assert text.safe("Veilige Publieke Taak – € 10").xml == "Veilige Publieke Taak – € 10"
    for odd in ("", " x", "x ", "a&b", "a<b", "=x", "a\nb", "a\x00b", "_x0041_"):
        assert not text.is_plain(odd)


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f6d1"])
def test_text_that_is_too_long_is_cut_with_a_mark_and_a_note(letter: str) -> None:
    sheet = sheet_of([Row(), Row(text=letter * 40_000)])
    value = sheet["H3"].value
    assert value.endswith("… [ingekort]")
    assert 32_765 < text.units(value) <= 32_767
    assert sheet["H3"].comment.text == text.CUT_NOTE
    assert sheet["H2"].comment is None


def test_text_of_exactly_the_limit_is_kept() -> None:
    kept, cut = text.shorten("x" * 32_767)
    assert (len(kept), cut) == (32_767, False)
    assert text.shorten("x" * 32_768)[1]


def test_spaces_and_line_ends_at_the_edges_are_kept() -> None:
    assert sheet_of([Row(text="  a\n- b\r\n")])["H2"].value == "  a\n- b\n"
