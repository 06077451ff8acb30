"""The form of one region and half-year, and ways to fill it in, well or badly."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl

from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.workbooks.progress_form_book import write_progress_form
from vpt_regio.workbooks.progress_form_read import read_progress_form
from vpt_regio.workbooks.progress_form_types import (
    FormActivity,
    FormAgreement,
    FormExpenditure,
    FormLeader,
    FormRead,
    FormReport,
    FormSource,
    FormWeek,
    Week,
)

SECRET = "the-secret-of-the-zoo-0123456789abcdef"
MADE_AT = dt.datetime(2012, 7, 16, 9, 30, tzinfo=dt.UTC)
LEADER = "Projectleider Limburg"
SOURCE = FormSource(
    programme="vpt",
    programme_name="Veilige Publieke Taak",
    region="LI",
    region_name="Limburg",
    period="2012-1",
    period_name="januari–juni 2012",
    starts_on=dt.date(2012, 1, 1),
    ends_on=dt.date(2012, 6, 30),
    due_on=dt.date(2012, 8, 1),
    contact="de accountmanager van uw regio",
    activities=tuple(
        FormActivity(
            activity_id=10 + number,
            number=number,
            title=title,
            label=f"{number}. {title}",
            spent_cents=12_050 if number == 1 else 0,
            status=ActivityStatus.RUNNING,
            percent=40,
            result="Loopt goed.",
        )
        for number, title in enumerate(("Training", "Meldpunt", "Campagne", "=Opvang"), start=1)
    ),
    agreements=(
        FormAgreement(1, "1.1 Aangiften", "Aandeel aangiften", Unit.PERCENT, 1, Decimal("33.3")),
        FormAgreement(2, "1.2 Opvolging", "Doorlooptijd", Unit.DAYS, 0, Decimal(12)),
        FormAgreement(3, "1.3 Protocol", "Protocol is er", Unit.YES_NO),
        FormAgreement(4, "1.4 Kosten", "Schade", Unit.EURO, 2, Decimal("1234.5")),
    ),
    leaders=(FormLeader(7, LEADER, dt.date(2011, 1, 1)),),
    weeks=tuple(
        FormWeek(7, LEADER, Week(2012, week), 80 if week < 3 else None) for week in range(1, 9)
    ),
    expenditures=(
        FormExpenditure(5, dt.date(2012, 2, 3), "Zaalhuur", 11, Phase.IMPLEMENTATION, 12_050),
    ),
    report=FormReport(Rag.GREEN, "", "Goed halfjaar.", "", "Meer van hetzelfde.", 3),
)

# the first open rows of a sheet
OPEN_HOURS = len(SOURCE.weeks) + 2
OPEN_SPENDING = len(SOURCE.expenditures) + 2

Fill = Mapping[str, Mapping[str, object]]


@cache
def form() -> bytes:
    """The form as it is downloaded."""
    target = io.BytesIO()
    write_progress_form(SOURCE, target, made_at=MADE_AT, secret=SECRET)
    return target.getvalue()


def edited(change: Callable[[Any], object]) -> bytes:
    """The form after somebody worked in it with another program."""
    book = openpyxl.load_workbook(io.BytesIO(form()))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(cells: Fill) -> bytes:
    """The form with these cells filled in: sheet → cell → value."""

    def change(book: Any) -> None:
        for title, values in cells.items():
            for cell, value in values.items():
                book[title][cell] = value

    return edited(change)


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The form with its parts changed, by name."""
    with zipfile.ZipFile(io.BytesIO(form())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def read(data: bytes) -> FormRead:
    """What the application makes of a file."""
    return read_progress_form(data, secret=SECRET)


def told(data: bytes) -> list[tuple[str, str, str]]:
    """Code, sheet and cells of every reason to refuse a file."""
    return [(one.code, one.sheet, one.cell) for one in read(data).problems]
