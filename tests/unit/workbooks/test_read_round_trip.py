"""What is written by a declaration and read by it again is the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.workbooks.conftest import MADE_AT
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.text import clean_text, one_line
from vpt_regio.workbooks import Column, Kind, Sheet, Total, Workbook
from vpt_regio.workbooks.read import TableRead, read_table
from vpt_regio.workbooks.write import write

KINDS = {
    "name": Kind.TEXT,
    "story": Kind.LONG_TEXT,
    "count": Kind.INTEGER,
    "hours": Kind.DECIMAL,
    "value": Kind.NUMBER,
    "amount": Kind.MONEY,
    "share": Kind.PERCENT,
    "on": Kind.DATE,
}
Filled = dict[str, Any]


def column(key: str, **how: Any) -> Column:
    """A column whose rows are mappings."""
    return Column(key, f"De {key}", KINDS[key], 12, lambda row: row[key], **how)


SHEET = Sheet("all", "Alles", tuple(map(column, KINDS)), iter)
WITH_TOTALS = Sheet(
    "all",
    "Alles",
    tuple(column(key, total=Total.SUM if key == "amount" else None) for key in KINDS),
    iter,
)


def written(rows: Sequence[Filled], sheet: Sheet = SHEET) -> bytes:
    """The workbook of one sheet."""
    target = io.BytesIO()
    write(Workbook("w", lambda source: "Alles", (sheet,)), rows, target, made_at=MADE_AT)
    return target.getvalue()


def as_csv(rows: Sequence[Filled], separator: str) -> bytes:
    """The same rows as a Dutch spreadsheet program writes them to text."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator)
    writer.writerow([item.header for item in SHEET.columns])
    for row in rows:
        writer.writerow([shown(kind, row[key]) for key, kind in KINDS.items()])
    return target.getvalue().encode("utf-8-sig")


def shown(kind: Kind, value: Any) -> str:
    """A value as it is shown in a Dutch cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if kind is Kind.MONEY:
        return format_euro(value)
    if kind is Kind.DATE:
        return f"{value.day}-{value.month}-{value.year}"
    if kind is Kind.PERCENT:
        return f"{value * 100:f}%".replace(".", ",")
    return f"{value:f}".replace(".", ",")


def kept(rows: Sequence[Filled]) -> list[Filled]:
    """The rows as they are expected back: text on one line is one line, blank rows are gone."""
    back = []
    for row in rows:
        name, story = row["name"], row["story"]
        line = one_line(clean_text(name)) if name else ""
        expected = {**row, "name": line or None, "story": clean_text(story or "") or None}
        if any(value is not None for value in expected.values()):
            back.append(expected)
    return back


def found(read: TableRead) -> list[Filled]:
    """The values that were read, after it is sure that there was nothing to say."""
    assert [str(problem) for problem in read.problems] == []
    return [dict(row.values) for row in read.rows]


# codes such as _x000D_ mean a character to Excel, and the writer keeps them apart by a code too
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_\ufffe\uffff")
    | st.sampled_from("\n\t=+-@;,\"'<&é"),
    max_size=30,
)
NUMBERS = st.decimals(min_value=-(10**8), max_value=10**8, places=5)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.none() | TEXTS,
            "story": st.none() | TEXTS,
            "count": st.none() | st.integers(-999_999_999, 999_999_999),
            "hours": st.none() | NUMBERS,
            "value": st.none() | NUMBERS,
            "amount": st.none() | st.integers(-(10**14), 10**14),
            "share": st.none() | st.decimals(min_value=-2, max_value=2, places=6),
            "on": st.none() | st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)),
        }
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_a_written_workbook_reads_back_the_same(rows: list[Filled]) -> None:
    read = read_table(written(rows), "alles.xlsx", SHEET)
    assert found(read) == kept(rows)
    assert not read.notes


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from(";\t,"))
def test_a_csv_file_reads_back_the_same(rows: list[Filled], separator: str) -> None:
    assert found(read_table(as_csv(rows, separator), "alles.csv", SHEET)) == kept(rows)


def test_the_types_are_exact() -> None:
    row = {
        "name": "_x0041_ Jan_x000D_",
        "story": "een\ntwee",
        "count": 3,
        "hours": Decimal("0.1"),
        "value": 12,
        "amount": 1_999,
        "share": Decimal("0.07"),
        "on": dt.date(2012, 7, 16),
    }
    (back,) = found(read_table(written([row]), "alles.xlsx", SHEET))
    assert back == row
    types = [type(back[key]) for key in ("count", "hours", "value", "amount", "share", "on")]
    assert types == [int, Decimal, Decimal, int, Decimal, dt.date]


def test_the_totals_row_is_left_out() -> None:
    row = {**dict.fromkeys(KINDS), "name": "Totaal", "amount": 100}
    read = read_table(written([row, row], WITH_TOTALS), "alles.xlsx", WITH_TOTALS)
    assert found(read) == [row, row]
    assert [str(note) for note in read.notes] == ["Alles A4: De totaalregel is niet gelezen."]
    assert found(read_table(written([], WITH_TOTALS), "alles.xlsx", WITH_TOTALS)) == []
