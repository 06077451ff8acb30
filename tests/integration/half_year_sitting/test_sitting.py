"""A half-year in one sitting over HTTP: from opening it to the letter, with forms in Excel."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from vpt_regio import clock
from vpt_regio.demo import generate as generated
from vpt_regio.demo.synthetic_life import OFFICER, Life
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services import audit

SignIn = Callable[..., FlaskClient]

REGIONS = [Life(number=number, seed=7) for number in (1, 2, 3)]
BEFORE = date(2012, 6, 30)
"""On this day the last half-year of a generated programme is 2011-2, and it is closed."""
HALF = "/halfjaren/2012-1"
NEXT = {
    "code": "2012-1",
    "name": "januari–juni 2012",
    "sequence_no": "2",
    "starts_on": "01-01-2012",
    "ends_on": "30-06-2012",
    "letter_on": "15-09-2012",
}
SPENT = (2501, 375_150)  # euros and cents of the two new bookings of each form
LETTER = (
    "Het aantal meldingen steeg van 200 naar 250, een toename van 25%.\n\n"
    "Het aantal aangiften daalde van 80 naar 60, een afname van 20%.\n"
)


class Form:
    """A form as somebody fills it in: cells by sheet and header."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def put(self, title: str, row: int, **values: Any) -> None:
        headers = {cell.value: cell.column for cell in self.book[title][1]}
        for header, value in values.items():
            self.book[title].cell(row, headers[header], value)

    def rows(self, title: str, header: str) -> list[int]:
        sheet = self.book[title]
        place = next(cell.column for cell in sheet[1] if cell.value == header)
        return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, place).value]

    def content(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def filled_in(content: bytes) -> Form:
    form = Form(content)
    for row in form.rows("Activiteiten", "Activiteit"):
        form.put("Activiteiten", row, Status="Loopt ", **{"Voortgang %": 0.5})
    for row in form.rows("Metingen", "Indicator"):
        form.put("Metingen", row, Peildatum=date(2012, 6, 30), Bron="eigen telling")
        unit = form.book["Metingen"].cell(row, 2).value
        measured = {"Teller": 45, "Noemer": 60} if unit == "procent" else {"Waarde": 80}
        form.put("Metingen", row, **measured)
    for row in form.rows("Uren", "Sleutel"):
        form.put("Uren", row, Uren=16)
    for row, amount in ((2, 1250.5), (3, SPENT[0])):
        form.put("Uitgaven", row, Datum=date(2012, 4, row), Omschrijving=f"Drukwerk {row}")
        form.put("Uitgaven", row, Fase="uitvoering", Bedrag=amount)
    form.put("Oordeel", 2, RAG="groen", Resultaat="De campagne loopt.", Vooruitblik="Verder.")
    return form


def begin(officer: FlaskClient) -> dict[str, bytes]:
    """Open the half-year, ask for reports, and return the forms of all regions by region code."""
    assert officer.post("/halfjaren/2011-2/volgende", data=NEXT).location == HALF
    assert officer.post(f"{HALF}/openen").status_code == 303
    assert officer.post(f"{HALF}/uitvraag").status_code == 303
    with officer.get(officer.post(f"{HALF}/formulieren").location + "/bestand") as packed:
        files = ZipFile(io.BytesIO(packed.data))
    code_of = {
        name: re.sub(r"^vpt-formulier-2012-1-|\.xlsx$", "", name) for name in files.namelist()
    }
    return {code: files.read(name) for name, code in code_of.items()}


def upload(leader: FlaskClient, content: bytes) -> str:
    """Hand a form in and return the address of what became of it."""
    sent = leader.post(f"{HALF}/inlezen", data={"file": (io.BytesIO(content), "formulier.xlsx")})
    assert sent.status_code == 303, sent.text
    found: str = leader.get(f"{sent.location}?volg=1").location
    assert found.startswith("/inlezingen/")
    return found


def take_over(leader: FlaskClient, address: str) -> int:
    """Accept everything in the preview; return how many changes that were."""
    page = leader.get(address).text
    chosen = re.findall(r'name="accept" value="([^"]+)"', page)
    seen = re.search(r'type="hidden" name="seen" value="([^"]+)"', page)
    assert seen is not None, page
    data = {"accept": chosen, "seen": seen[1]}
    assert leader.post(f"{address}/verwerken", data=data).status_code == 303
    return len(chosen)


def refused_first(leader: FlaskClient, region: Life, content: bytes) -> None:
    """Hand in a form with faults, or half of one: nothing of it stays."""
    if region.number == 2:
        faulty = filled_in(content)
        faulty.put("Oordeel", 2, RAG="paars")
        address = upload(leader, faulty.content())
        assert "Deze waarde staat niet in de lijst." in leader.get(address).text
        with leader.get(f"{address}/terug") as marked:
            assert "Fouten" in openpyxl.load_workbook(io.BytesIO(marked.data)).sheetnames
    elif region.number == 3:
        address = upload(leader, content[: len(content) // 2])
        assert "hele bestand" in leader.get(address).text


def report_of(region: Life) -> str:
    return f"{HALF}/rapportages/{region.code}"


def hand_in(leader: FlaskClient, region: Life, content: bytes) -> None:
    refused_first(leader, region, content)
    assert take_over(leader, upload(leader, filled_in(content).content())) > len(SPENT)
    assert leader.post(f"{report_of(region)}/indienen").status_code == 303


def return_and_correct(manager: FlaskClient, leader: FlaskClient, region: Life) -> None:
    """Send a report back; the leader changes one cell of a fresh form."""
    note = {"note": "Noem het aantal werkgevers."}
    assert manager.post(f"{report_of(region)}/terugsturen", data=note).status_code == 303
    fresh = Form(leader.post(f"{HALF}/formulieren/{region.code}").data)
    fresh.put("Oordeel", 2, Resultaat="De campagne loopt. Er doen acht werkgevers mee.")
    assert take_over(leader, upload(leader, fresh.content())) == 1
    assert leader.post(f"{report_of(region)}/indienen").status_code == 303


def files_of_version(officer: FlaskClient) -> dict[str, bytes]:
    frozen = officer.post(f"{HALF}/vastzetten")
    assert frozen.location == f"{HALF}/versies/1", frozen.text
    found = {}
    for kind in ("workbook_xlsx", "workbook_ods", "annex_word", "annex_pdf"):
        with officer.get(f"{frozen.location}/{kind}") as file:
            assert file.status_code == 200
            found[kind] = file.data
    return found


def send_the_letter(officer: FlaskClient) -> None:
    draft = {"file": (io.BytesIO(LETTER.encode()), "brief.txt")}
    checked = officer.post(f"{HALF}/brief-controleren", data=draft)
    result = officer.get(officer.get(f"{checked.location}?volg=1").location).text
    assert "1 uitspraak klopt niet." in result
    assert "van 80 naar 60" in result
    assert officer.post(f"{HALF}/brief").status_code == 422
    letter = {"reference": "V-1", "subject": "Voortgang", "period_id": "2"}
    registered = officer.post("/brieven/nieuw", data=letter | {"written_on": "16-07-2012"})
    assert registered.status_code == 303, registered.text
    assert officer.post(f"{HALF}/brief").status_code == 303


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_half_year_in_one_sitting(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    # one half-year with a letter is enough to go on from
    monkeypatch.setattr(generated, "HALVES_PER_YEAR", 1)
    with app.app_context(), clock.at(BEFORE):
        generated.generate(generated.Size(regions=len(REGIONS), years=1, scale=1, seed=7))
    officer, manager = sign_in(OFFICER), sign_in(REGIONS[0].manager)
    forms = begin(officer)
    assert list(forms) == [region.code for region in REGIONS]
    leaders = [sign_in(region.leader) for region in REGIONS]
    for region, leader in zip(REGIONS, leaders, strict=True):
        hand_in(leader, region, forms[region.code])
    return_and_correct(manager, leaders[0], REGIONS[0])
    assert officer.post(f"{HALF}/vastzetten").status_code == 422
    for region in REGIONS:
        assert manager.post(f"{report_of(region)}/aannemen").status_code == 303

    assert (
        "Dit halfjaar opent zoals de vorige brief sloot."
        in officer.get(f"{HALF}/vergelijking").text
    )
    files = files_of_version(officer)
    assert [files[kind][:4] for kind in files] == [b"PK\x03\x04"] * 3 + [b"%PDF"]
    book = openpyxl.load_workbook(io.BytesIO(files["workbook_xlsx"]), data_only=True)
    header, *_rows, total = book["Regio's"].iter_rows(values_only=True)
    assert total[header.index("Besteed in halfjaar")] * 100 == len(REGIONS) * SPENT[1]

    send_the_letter(officer)
    with app.app_context():
        period = db.session.scalars(select(ReportingPeriod).order_by(ReportingPeriod.id.desc()))
        assert period.first().status is PeriodStatus.SENT
        booked = select(func.sum(Expenditure.amount_cents)).where(
            Expenditure.booked_on >= date(2012, 1, 1)
        )
        assert db.session.scalar(booked) == len(REGIONS) * SPENT[1]
        assert audit.verify(db.session()) is None
