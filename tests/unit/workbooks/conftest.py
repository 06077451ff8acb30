"""A small declared workbook and ways to read back what was written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest

from vpt_regio.workbooks import (
    Chart,
    Column,
    Kind,
    Placement,
    Properties,
    Rule,
    Sheet,
    TextRow,
    TextSheet,
    TextStyle,
    Total,
    Workbook,
)
from vpt_regio.workbooks.write import write

MADE_AT = dt.datetime(2012, 7, 16, 9, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Row:
    """One region as the test workbook shows it."""

    region: object = "Limburg"
    due: object = None
    budget: object = None
    share: object = None
    rag: object = None
    count: object = None
    hours: object = None
    text: object = None
    link: object = None
    note: str | None = None


COLUMNS = (
    Column("region", "Regio", Kind.TEXT, 24, lambda row: row.region),
    Column("due", "Termijn", Kind.DATE, 13, lambda row: row.due, rule=Rule.OVERDUE),
    Column("budget", "Begroot", Kind.MONEY, 16, lambda row: row.budget, total=Total.SUM),
    Column("share", "Besteed %", Kind.PERCENT, 11, lambda row: row.share, rule=Rule.DATA_BAR),
    Column("rag", "Oordeel", Kind.TEXT, 11, lambda row: row.rag, rule=Rule.RAG, total=Total.COUNT),
    Column("count", "Maatregel 1", Kind.INTEGER, 10, lambda row: row.count, note=lambda r: r.note),
    Column("hours", "Uren (gemaakt)", Kind.DECIMAL, 10, lambda r: r.hours, total=Total.SUM),
    Column("text", "Toelichting", Kind.LONG_TEXT, 50, lambda row: row.text),
    Column("link", "Link", Kind.LINK, 8, lambda row: row.link),
)
CHARTS = (
    Chart("Begroot per regio", "region", ("budget",)),
    Chart("Uren", "region", ("hours", "count"), placement=Placement.RIGHT),
)


def explain(rows: Iterable[Row]) -> list[TextRow]:
    """The lines of the sheet that explains."""
    return [
        TextRow("Voortgangsoverzicht", style=TextStyle.TITLE),
        TextRow("Peildatum", dt.date(2011, 12, 31), Kind.DATE),
        TextRow("Omschrijving", "=1+1"),
        TextRow("Meer uitleg", "Handleiding", link="https://vpt.example/help?a=1&b=2"),
        TextRow("Naar de regio's", link="regions"),
    ]


def make_workbook(**changes: Any) -> Workbook:
    """Two sheets; ``changes`` replace fields of the data sheet."""
    fields: dict[str, Any] = {"columns": COLUMNS, "rows": iter, "charts": CHARTS, **changes}
    return Workbook(
        "test",
        title=lambda rows: "Voortgang & resultaat",
        sheets=(
            TextSheet("about", "Toelichting", explain, contents=True),
            Sheet("regions", "Regio's", **fields),
        ),
        properties=lambda rows: Properties("Programma", "Momentopname 3", "halfjaar", "export"),
        cutoff=lambda rows: dt.date(2011, 12, 31),
    )


def render(rows: Iterable[Row], workbook: Workbook | None = None) -> bytes:
    """The bytes of the file."""
    target = io.BytesIO()
    write(workbook or make_workbook(), rows, target, made_at=MADE_AT)
    return target.getvalue()


def load(data: bytes, **how: Any) -> Any:
    """The file as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data), **how)


def sheet_of(rows: Iterable[Row], **how: Any) -> Any:
    """The data sheet as openpyxl reads it."""
    return load(render(rows), **how)["Regio's"]


def part(data: bytes, name: str) -> str:
    """One part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


SAMPLE = (
    Row(
        region="Limburg",
        due=dt.date(2011, 5, 1),
        budget=10_000_001,
        share=0.5,
        rag="groen",
        count=12,
        hours=20.5,
        text="Loopt goed.",
        link="https://vpt.example/regios/LI?a=1&b=2",
    ),
    Row(region="Utrecht", budget=0, share=0, rag="rood", count=0, hours=0, link=None),
    Row(region="Drenthe", count="n.v.t.", note="Vrijgesteld: geen politieregio."),
)


@pytest.fixture(name="sample")
def fixture_sample() -> bytes:
    """The file of three regions."""
    return render(SAMPLE)


@pytest.fixture(name="reader")
def fixture_reader(sample: bytes) -> Callable[..., Any]:
    """Opens the data sheet of the sample."""
    return lambda **how: load(sample, **how)["Regio's"]
