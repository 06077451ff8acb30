"""The half-year workbook from the database to the file and back."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import select, update

from tests.factories.half_year import HalfYear
from tests.integration.workbooks_half_year.reading import (
    HEADERS,
    cents,
    dump,
    read,
    rows,
    total,
    written,
)
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.programmes import Measure
from vpt_regio.uow import unit_of_work

GOLDEN = Path(__file__).parents[2] / "golden" / "half_year.txt"
FILES: dict[str, bytes] = {}


def test_sheets_and_headers_are_those_of_the_contract(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Toelichting", *HEADERS]
    for title, headers in HEADERS.items():
        assert [cell.value for cell in book[title][1]] == headers.split(" · ")
        assert len(book[title].tables) == 1


def test_the_whole_workbook_is_as_it_was(half_year: HalfYear) -> None:
    assert dump(written(half_year)) == GOLDEN.read_text()


def test_the_same_data_give_the_same_bytes_on_every_database(half_year: HalfYear) -> None:
    first = written(half_year)
    assert written(half_year) == first
    # this test runs once for each database; the first one leaves its file for the other
    assert FILES.setdefault("file", first) == first


def test_sums_are_those_of_the_database(half_year: HalfYear, book: openpyxl.Workbook) -> None:
    booked = sum(
        spent.amount_cents
        for spent in db.session.scalars(select(Expenditure))
        if spent.booked_on <= half_year.period.ends_on
    )
    bookings = rows(book, "Uren en uitgaven")
    assert sum(cents(row["Bedrag"]) for row in bookings if row["Bedrag"]) == booked
    assert sum(cents(row["Besteed totaal"] or 0) for row in rows(book, "Regio's")) == booked
    assert cents(total(book, "Regio's", "Besteed in halfjaar")) == booked
    assert total(book, "Uren en uitgaven", "Uren") == (70 + 81) / 4


def test_shares_of_a_covenant_sum_to_the_whole(book: openpyxl.Workbook) -> None:
    shares = [row["Voorschot"] for row in rows(book, "Regio's") if row["Convenant"] == "VPT-02"]
    whole = next(row for row in rows(book, "Convenanten") if row["Nummer"] == "VPT-02")
    assert sorted(map(cents, shares)) == [50_000_00, 50_000_01]
    assert cents(whole["Voorschot"]) == 100_000_01


def test_unknown_is_blank_and_nothing_is_zero(book: openpyxl.Workbook) -> None:
    limburg, noord, _oost, zeeland = rows(book, "Regio's")
    assert (noord["Begroot"], noord["Besteed totaal"]) == (None, 0)
    assert (zeeland["Voorschot"], zeeland["Besteed totaal"]) == (None, None)
    counted = ("Prestatiecontracten", "Afspraken gehaald", "Afspraken totaal")
    assert [limburg[name] for name in counted] == [1, 2, 4]
    assert (noord["Getekend op"], noord["Eindigt uiterlijk op"]) == ("eind 2010", "niet in bron")


def test_pandas_reads_numbers_dates_and_formulas_as_such(half_year: HalfYear) -> None:
    frames = pd.read_excel(io.BytesIO(written(half_year)), sheet_name=None, engine="openpyxl")
    regions, activities = frames["Regio's"], frames["Activiteiten"]
    for name in ("Voorschot", "Resteert", "Besteed %", "Urennorm halfjaar", "Uren %"):
        assert regions[name].dtype.kind == "f", name
    assert activities["Begroot"].iloc[-1] == pytest.approx(19_800.75)
    assert activities["Einde"].iloc[0] == pd.Timestamp(2012, 6, 1)
    assert regions["Resteert"].iloc[0] == pytest.approx(102_799.51)


def test_no_number_stands_as_text(book: openpyxl.Workbook) -> None:
    numeric = {"Nr", "Versie", "Uren", "Activiteit", "Maatregelen gedekt", "Uren per week"}
    for title in HEADERS:
        header = [cell.value for cell in book[title][1]]
        for row in book[title].iter_rows(min_row=2):
            for name, cell in zip(header, row, strict=True):
                is_money = cell.number_format.startswith('"€')
                if is_money or (name in numeric and title != "Activiteiten") or name == "Nr":
                    assert cell.value is None or cell.data_type == "n", (title, cell.coordinate)


def test_an_exempted_measure_says_why(book: openpyxl.Workbook) -> None:
    cell = book["Dekking maatregelen"]["D2"]
    assert cell.value == "n.v.t."
    assert "De schade is hier al geregeld." in cell.comment.text


def test_a_closed_half_year_shows_its_last_day(half_year: HalfYear) -> None:
    with unit_of_work():
        half_year.period.status = PeriodStatus.CLOSED
    book = read(written(half_year))
    plan = rows(book, "Plannen van aanpak")[-1]
    assert (plan["Status"], plan["Goedgekeurd op"]) == ("voorlopig vastgesteld", None)
    limburg = rows(book, "Regio's")[0]
    assert (limburg["Status plan"], limburg["Plan goedgekeurd op"]) == (
        "voorlopig vastgesteld",
        None,
    )
    explained = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert explained["Statussen op"] == datetime(2012, 6, 30)  # noqa: DTZ001 - as openpyxl reads it
    assert explained["Oost"] == "De brief is verstuurd zonder rapportage van deze regio."


def test_a_measure_more_is_a_column_more(half_year: HalfYear) -> None:
    with unit_of_work() as session:
        session.add(
            Measure(
                programme_id=half_year.programme.id,
                code="M4",
                position=4,
                name="Nazorg",
                short_name="regio",  # a header that exists already
                list_version="2012",
            )
        )
    header = [cell.value for cell in read(written(half_year))["Dekking maatregelen"][1]]
    assert header[4:] == ["regio (M4)", "Bewustwording", "Gedekt", "Link"]


def test_a_draft_of_a_report_stays_with_the_region(half_year: HalfYear) -> None:
    with unit_of_work() as session:
        session.execute(
            update(ProgressReport).values(status=ReportStatus.RETURNED, return_note="Te kort.")
        )
    book = read(written(half_year))
    assert rows(book, "Activiteiten")[0]["Resultaat"] is None
    assert rows(book, "Regio's")[0]["Oordeel"] is None
    explained = {row[0]: row[1] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert explained["Limburg"] == "De rapportage is teruggestuurd. Reden: Te kort."
