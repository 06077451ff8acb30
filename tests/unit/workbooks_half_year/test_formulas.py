"""Formulas in rows, dates that are done, and the header of each page."""

import datetime as dt
import io
from typing import Any, NamedTuple

import openpyxl
import pytest

from vpt_regio.workbooks import Column, Kind, Rule, Sheet, Total, Workbook
from vpt_regio.workbooks.write import write


class Row(NamedTuple):
    advance: int | None
    spent: int | None
    left: int | None
    ends: dt.date | None = None
    status: str | None = None


COLUMNS = (
    Column("advance", "Voorschot", Kind.MONEY, 12, lambda r: r.advance),
    Column("spent", "Besteed", Kind.MONEY, 12, lambda r: r.spent),
    Column(
        "left",
        "Rest",
        Kind.MONEY,
        12,
        lambda r: r.left,
        total=Total.SUM,
        formula="{advance}-{spent}",
    ),
    Column(
        "ends",
        "Einde",
        Kind.DATE,
        12,
        lambda r: r.ends,
        rule=Rule.OVERDUE,
        rule_unless="status",
        rule_done=("afgerond", "vervallen"),
    ),
    Column("status", "Status", Kind.TEXT, 12, lambda r: r.status),
)


def written(rows: list[Row]) -> bytes:
    workbook = Workbook(
        "try",
        lambda _rows: "Proef",
        (Sheet("money", "Geld", COLUMNS, iter),),
        cutoff=lambda _rows: dt.date(2012, 6, 30),
        page_header=lambda _rows: "Zaken & geld – voorlopig",
    )
    target = io.BytesIO()
    write(workbook, rows, target, made_at=dt.datetime(2012, 7, 16, tzinfo=dt.UTC))
    return target.getvalue()


def sheet(rows: list[Row], *, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(rows)), data_only=values)["Geld"]


ROWS = [Row(100_00, 30_05, 69_95), Row(None, 10_00, None), Row(5_00, 0, 5_00)]


def test_a_formula_stands_beside_its_value() -> None:
    formulas, values = sheet(ROWS, values=False), sheet(ROWS, values=True)
    assert [formulas[f"C{row}"].value for row in (2, 3, 4)] == ["=A2-B2", None, "=A4-B4"]
    assert [values[f"C{row}"].value for row in (2, 3, 4)] == [69.95, None, 5]
    assert values["C5"].value == 74.95


def test_a_done_date_is_not_late() -> None:
    rules = sheet(ROWS, values=False).conditional_formatting
    formula = next(iter(rules)).rules[0].formula[0]
    assert formula == 'AND(ISNUMBER(D2),D2<41090,E2<>"afgerond",E2<>"vervallen")'


def test_the_header_of_the_page_keeps_its_ampersand() -> None:
    assert sheet(ROWS, values=False).oddHeader.center.text == "Zaken && geld – voorlopig"


@pytest.mark.parametrize(
    ("kind", "formula"), [(Kind.TEXT, "{advance}"), (Kind.DATE, "{advance}+1")]
)
def test_only_numbers_hold_formulas(kind: Kind, formula: str) -> None:
    with pytest.raises(ValueError, match="cannot hold a formula"):
        Column("x", "X", kind, 10, str, formula=formula)


def test_a_formula_names_columns_that_exist() -> None:
    wrong = Column("left", "Rest", Kind.MONEY, 12, int, formula="{advance}-{nothing}")
    with pytest.raises(ValueError, match="advance, nothing"):
        Sheet("money", "Geld", (wrong,), iter)
