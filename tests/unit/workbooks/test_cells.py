"""Types are types: what goes in as a number, a date or a blank comes out as one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.workbooks.conftest import Row, load, part, render, sheet_of
from vpt_regio.workbooks import cells

CENTS = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize("read_only", [False, True])
def test_values_have_their_types_and_formats(
    reader: Callable[..., Any], *, read_only: bool
) -> None:
    row = next(reader(read_only=read_only).iter_rows(min_row=2, max_row=2))
    assert [cell.value for cell in row] == [
        "Limburg",
        dt.datetime(2011, 5, 1),  # noqa: DTZ001  # openpyxl reads a date as a moment
        100000.01,
        0.5,
        "groen",
        12,
        20.5,
        "Loopt goed.",
        "Open",
    ]
    formats = [row[place].number_format for place in (1, 2, 3, 5, 6)]
    assert formats == ["dd-mm-yyyy", '"€ "#,##0.00', "0%", "0", "#,##0.00"]


def test_pandas_reads_the_same(sample: bytes) -> None:
    frame = pd.read_excel(io.BytesIO(sample), sheet_name="Regio's", engine="openpyxl")
    assert list(frame["Regio"]) == ["Limburg", "Utrecht", "Drenthe", "Totaal"]
    assert list(frame["Begroot"])[:2] == [100000.01, 0]
    assert frame["Begroot"].iloc[-1] == 100000.01
    assert pd.isna(frame["Begroot"].iloc[2])


def test_a_blank_is_empty_and_a_zero_is_zero(reader: Callable[..., Any]) -> None:
    sheet = reader()
    assert [sheet.cell(3, column).value for column in (2, 3, 4, 6, 7)] == [None, 0, 0, 0, 0]
    assert [sheet.cell(4, column).value for column in (2, 3, 4, 6, 7)] == [None] * 3 + [
        "n.v.t.",
        None,
    ]


def test_booleans_are_words() -> None:
    sheet = sheet_of([Row(text=True, count=False)])
    assert (sheet["H2"].value, sheet["F2"].value) == ("ja", "nee")


@given(CENTS)
def test_money_has_two_exact_decimals(amount: int) -> None:
    shown = cells.euro_text(amount)
    assert Decimal(shown) * 100 == amount
    assert len(shown.rpartition(".")[2]) == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), CENTS), max_size=20))
def test_the_total_is_the_exact_sum_of_the_cents(amounts: list[int | None]) -> None:
    xml = part(render([Row(budget=amount) for amount in amounts]), "xl/worksheets/sheet2.xml")
    cached = xml.split("<f>SUBTOTAL(109,tbl_regions[Begroot])</f><v>")[1].split("<")[0]
    assert Decimal(cached) * 100 == sum(amount for amount in amounts if amount is not None)


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([0.1, 0.2], "0.3"),
        ([Decimal("0.25"), 1, Decimal("0.50")], "1.75"),
        ([Fraction(1, 4), Decimal("0.5"), 0.25], "1.0"),
        ([None, "n.v.t.", ""], "0"),
        ([np.int64(3), np.float64(0.5)], "3.5"),
    ],
)
def test_a_total_of_decimals_has_no_noise(values: list[object], total: str) -> None:
    xml = part(render([Row(hours=value) for value in values]), "xl/worksheets/sheet2.xml")
    cached = xml.split("tbl_regions[[Uren (gemaakt)]])</f><v>")[1].split("<")[0]
    assert Decimal(cached) == Decimal(total)


def test_values_of_pandas_are_numbers() -> None:
    row = Row(
        due=pd.Timestamp(2012, 3, 1),
        budget=np.int64(150),
        share=np.float64(0.25),
        count=np.int64(3),
    )
    sheet = sheet_of([row])
    assert sheet["B2"].value.date() == dt.date(2012, 3, 1)
    assert [sheet.cell(2, column).value for column in (3, 4, 6)] == [1.5, 0.25, 3]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"budget": 1.5}, TypeError),
        ({"budget": Decimal("2")}, TypeError),
        ({"count": 1.5}, ValueError),
        ({"hours": float("nan")}, ValueError),
        ({"share": float("inf")}, ValueError),
        ({"due": 40_000}, TypeError),
    ],
)
def test_a_value_of_another_kind_is_refused(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        render([Row(**wrong)])


def test_dates_at_the_edge_of_the_calendar() -> None:
    days = [dt.date(1900, 3, 1), dt.date(9999, 12, 31)]
    sheet = sheet_of([Row(due=day) for day in days])
    assert [sheet.cell(row, 2).value.date() for row in (2, 3)] == days
    assert sheet_of([Row(due=dt.date(1899, 1, 2))])["B2"].value == "02-01-1899"


def test_negative_zero_is_zero() -> None:
    assert "<v>-0" not in part(
        render([Row(hours=-0.0, share=Decimal("-0"))]), "xl/worksheets/sheet2.xml"
    )


def test_a_formula_and_its_value_are_both_there(sample: bytes) -> None:
    formulas, values = load(sample)["Regio's"], load(sample, data_only=True)["Regio's"]
    assert [formulas.cell(5, column).value for column in (1, 3, 5, 7)] == [
        "Totaal",
        "=SUBTOTAL(109,tbl_regions[Begroot])",
        "=SUBTOTAL(103,tbl_regions[Oordeel])",
        "=SUBTOTAL(109,tbl_regions[[Uren (gemaakt)]])",
    ]
    assert [values.cell(5, column).value for column in (1, 3, 5, 7)] == [
        "Totaal",
        100000.01,
        2,
        20.5,
    ]
