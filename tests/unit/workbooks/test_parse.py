"""Every kind of cell: what is understood, what is refused, and what is asked back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.fuzzy_date import FAR_AWAY
from vpt_regio.domain.text import TEXT_PROBLEMS
from vpt_regio.errors import Invalid
from vpt_regio.workbooks import Column, Kind, parse
from vpt_regio.workbooks.parse import RawCell
from vpt_regio.workbooks.read_xlsx import unit_of

NUMERIC = (Kind.INTEGER, Kind.DECIMAL, Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.EXACT_PERCENT)
TYPES = {
    **dict.fromkeys(NUMERIC, (int, Decimal)),
    Kind.DATE: (dt.date,),
    Kind.TEXT: (str,),
    Kind.LONG_TEXT: (str,),
}


def refusal(reader: parse.Reader, value: object, unit: str = "") -> str:
    """The message with which a reader refuses."""
    with pytest.raises(Invalid) as caught:
        reader(RawCell(value, unit))
    return str(caught.value.message)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("1234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        # a dot groups, as in amounts
        ("1.234", "1234"),
        ("−12,50", "-12.5"),
        ("+3", "3"),
        ("1,234", "1.234"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
    ],
)
def test_numbers_are_read_as_dutch_users_write_them(value: object, number: str) -> None:
    found = parse.number(RawCell(value))
    assert found == Decimal(number)
    assert not found.is_signed() or found < 0


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("12.5", "", parse.DECIMAL_POINT),
        ("1.2345", "", parse.DECIMAL_POINT),
        ("1,234,567", "", parse.NOT_A_NUMBER),
        ("veel", "", parse.NOT_A_NUMBER),
        ("12 uur", "", parse.OTHER_UNIT),
        ("66%", "", parse.OTHER_UNIT),
        (0.66, "%", parse.OTHER_UNIT),
        ("1" * 16, "", parse.TOO_LARGE),
        ("1" * 5000, "", parse.NOT_A_NUMBER),
        (float("inf"), "", parse.TOO_LARGE),
        (float("nan"), "", parse.TOO_LARGE),
        (10**15, "", parse.TOO_LARGE),
        (True, "", parse.NOT_A_NUMBER),
        (dt.datetime(2012, 3, 12), "", parse.NOT_A_NUMBER),  # noqa: DTZ001
    ],
)
def test_what_is_no_plain_number_is_refused(value: object, unit: str, message: str) -> None:
    assert refusal(parse.number, value, unit) == message


@given(st.decimals(min_value=-(10**11), max_value=10**10, places=4))
def test_a_number_written_in_dutch_reads_as_itself(number: Decimal) -> None:
    plain = f"{number:f}".replace(".", ",")
    grouped = f"{number:,f}".translate(str.maketrans(",.", ".,"))
    assert parse.number(RawCell(plain)) == number
    assert parse.number(RawCell(grouped)) == number


@given(st.text())
def test_any_text_is_a_value_or_a_refusal(text: str) -> None:
    for kind in (*NUMERIC, Kind.DATE, Kind.TEXT, Kind.LONG_TEXT):
        read = parse.reader_of(Column("key", "Kop", kind, 10, str))
        try:
            value = read(RawCell(text))
        except Invalid:
            continue
        assert type(value) in TYPES[kind]


def test_whole_numbers_are_whole_and_fit() -> None:
    assert parse.whole_number(RawCell("12,0")) == 12
    assert parse.whole_number(RawCell(12.0)) == 12
    assert type(parse.whole_number(RawCell(12.0))) is int
    assert refusal(parse.whole_number, "12,5") == parse.NOT_WHOLE
    assert refusal(parse.whole_number, 10**9) == parse.WHOLE_TOO_LARGE


@pytest.mark.parametrize(
    ("value", "unit", "cents"),
    [
        ("€ 1.234,50", "", 123_450),
        ("1234,5", "", 123_450),
        (1234.5, "€", 123_450),
        (19.99, "", 1_999),
        (0, "", 0),
        (-3, "", -300),
    ],
)
def test_amounts_become_cents(value: object, unit: str, cents: int) -> None:
    assert parse.money(RawCell(value, unit)) == cents


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("$ 3", "", parse.NOT_EUROS),
        ("3 uur", "", parse.NOT_EUROS),
        ("12.34", "", parse.NOT_AN_AMOUNT),
        (3, "$", parse.NOT_EUROS),
        (0.5, "%", parse.NOT_EUROS),
        (10 / 3, "", parse.NOT_CENTS),
        (False, "", parse.NOT_AN_AMOUNT),
        (dt.date(2012, 3, 1), "", parse.NOT_AN_AMOUNT),
    ],
)
def test_what_is_no_amount_in_euros_is_refused(value: object, unit: str, message: str) -> None:
    assert refusal(parse.money, value, unit) == message


@pytest.mark.parametrize(
    ("value", "unit", "fraction"),
    [
        (0.66, "%", "0.66"),
        (0.005, "%", "0.005"),
        ("66%", "", "0.66"),
        ("0,5 %", "", "0.005"),
        ("66", "", "0.66"),
        (66, "", "0.66"),
        (0, "", "0"),
        ("0", "", "0"),
        ("1,5", "", "0.015"),
    ],
)
def test_percentages_become_fractions(value: object, unit: str, fraction: str) -> None:
    assert parse.percent(RawCell(value, unit)) == Decimal(fraction)


@pytest.mark.parametrize("value", [0.66, 1, -1, "0,66", "1", 0.001])
def test_a_bare_number_up_to_one_is_asked_back(value: object) -> None:
    assert refusal(parse.percent, value) == parse.ASK_PERCENTAGE


def test_what_is_no_percentage_is_refused() -> None:
    assert refusal(parse.percent, "0.66") == parse.DECIMAL_POINT
    assert refusal(parse.percent, "veel%") == parse.NOT_A_NUMBER
    assert refusal(parse.percent, 12, "€") == parse.NOT_A_PERCENTAGE
    assert refusal(parse.percent, True) == parse.NOT_A_PERCENTAGE


@pytest.mark.parametrize(
    "value",
    [
        "12-3-2012",
        "12-03-2012",
        " 12 Maart 2012 ",
        "2012-03-12",
        dt.date(2012, 3, 12),
        dt.datetime(2012, 3, 12, 14, 30),  # noqa: DTZ001
    ],
)
def test_dates_are_understood(value: object) -> None:
    found = parse.day(RawCell(value))
    assert found == dt.date(2012, 3, 12)
    assert type(found) is dt.date


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("31-2-2012", parse.NO_SUCH_DAY),
        ("12/3/2012", parse.NOT_A_DATE),
        ("voorjaar 2012", parse.NOT_A_DATE),
        (40_980, parse.LOST_DATE),
        (2012, parse.LOST_DATE),
        (dt.time(12, 0), parse.NOT_A_DATE),
        (dt.timedelta(days=1), parse.NOT_A_DATE),
        (True, parse.NOT_A_DATE),
        ("1-1-1899", FAR_AWAY),
        (dt.date(2101, 1, 1), FAR_AWAY),
    ],
)
def test_what_is_no_date_is_refused(value: object, message: str) -> None:
    assert refusal(parse.day, value) == message


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (RawCell("  twee\nregels "), "twee regels"),
        (RawCell(2011), "2011"),
        (RawCell(12.5), "12,5"),
        (RawCell(0.66, "%"), "66%"),
        (RawCell(100), "100"),
        (RawCell(True), "ja"),
    ],
)
def test_text_is_one_clean_line_and_takes_numbers_as_shown(cell: RawCell, words: str) -> None:
    assert parse.text()(cell) == words


def test_text_has_limits() -> None:
    assert refusal(parse.text(), "a\x07") == TEXT_PROBLEMS["control_characters"]
    assert refusal(parse.text(), "a" * 30_001) == TEXT_PROBLEMS["too_long"]
    assert refusal(parse.text(), dt.datetime(2012, 2, 1)) == parse.BECAME_DATE  # noqa: DTZ001
    with pytest.raises(Invalid) as caught:
        parse.text(most=3)(RawCell("vier"))
    assert str(caught.value) == "Deze tekst is te lang. Gebruik hoogstens 3 tekens."
    assert parse.text(lines=True)(RawCell("twee\r\nregels")) == "twee\nregels"


def test_words_of_a_list_become_its_values() -> None:
    read = parse.choice({1: "Circa", 2: "Meer  dan"})
    assert read(RawCell(" meer DAN ")) == 2
    with pytest.raises(Invalid) as caught:
        read(RawCell("bijna"))
    assert str(caught.value) == "Deze waarde staat niet in de lijst. Kies uit: Circa, Meer  dan."
    assert parse.choice({2011: "2011"})(RawCell(2011)) == 2011
    with pytest.raises(ValueError, match="same label"):
        parse.choice({1: "ja", 2: "JA"})


@pytest.mark.parametrize(
    ("value", "answer"), [("Ja", True), ("nee", False), (True, True), (False, False)]
)
def test_yes_and_no(value: object, answer: object) -> None:
    assert parse.yes_or_no(RawCell(value)) is answer


@pytest.mark.parametrize("value", ["misschien", "", 1, 0])
def test_neither_yes_nor_no(value: object) -> None:
    assert refusal(parse.yes_or_no, value) == parse.NOT_YES_OR_NO


@pytest.mark.parametrize(
    ("number_format", "unit"),
    [
        ("General", ""),
        ("0%", "%"),
        ("0.0%;-0.0%", "%"),
        ('0" %"', ""),
        ("0\\%", ""),
        ('"€ "#,##0.00', "€"),
        ("[$€-413] #,##0.00", "€"),
        ("[$-413]d mmmm yyyy", ""),
        ("[$$-409]#,##0.00", "$"),
        ('"£"#,##0', "£"),
        ("#,##0", ""),
    ],
)
def test_the_format_of_a_cell_tells_its_unit(number_format: str, unit: str) -> None:
    assert unit_of(number_format) == unit


def test_a_column_may_bring_its_own_reader() -> None:
    def double(cell: RawCell) -> Any:
        return cell.value, cell.value

    column = Column("key", "Kop", Kind.NUMBER, 10, str, parse=double)
    assert parse.reader_of(column)(RawCell(2)) == (2, 2)
    with pytest.raises(TypeError, match="names no reader"):
        parse.reader_of(replace(column, kind=Kind.MIXED, parse=None))
