"""A half-year: the report of a region, the board, and the workbook."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.screen import Screen
from tools.demo_server import Server
from vpt_regio.demo.people import FIRST_MANAGER, OFFICER
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = [pytest.mark.e2e, both_ways]

BOARD = "/halfjaren/2012-1"
RESULTS = "Voorbeeldtekst. De partners spraken drie keer met elkaar & maakten ‘afspraken’."
NOTE = "Voorbeeld: noem ook hoeveel werkgevers meedoen."
IJSSELLAND_LEADER = "projectleider.ijsselland@vpt.example"
SHEETS = [
    "Toelichting",
    "Regio's",
    "Convenanten",
    "Plannen van aanpak",
    "Dekking maatregelen",
    "Activiteiten",
    "Prestatieafspraken",
    "Metingen",
    "Uren en uitgaven",
    "Subsidierondes",
    "Pilots",
    "Bijlage pilots",
    "Cijfers",
    "Toezeggingen",
    "Vergelijking",
    "Cijfercontrole",
]
WORKBOOK_MILLISECONDS = 90_000

Enter = Callable[..., Any]


def take_work(person: Screen, title: str) -> None:
    person.open("/mijn-werk")
    person.follow(title)


def submit_with_errors_first(leader: Screen, *, javascript: bool) -> None:
    take_work(leader, "Rapportage Limburg over 2012-1 beginnen")
    leader.press("Rapportage beginnen")
    leader.fill({"Resultaten": RESULTS})
    leader.press("Opslaan en indienen")
    expect(leader.errors.get_by_role("listitem")).to_have_count(2)
    expect(leader.field("Resultaten")).to_have_value(RESULTS)
    if javascript:
        expect(leader.errors).to_be_focused()
    leader.errors.get_by_role("link", name="Vooruitblik").click()
    if javascript:
        expect(leader.field("Vooruitblik")).to_be_focused()
    assert leader.page.url.endswith("#outlook") or javascript
    leader.fill({"Vooruitblik": "Voorbeeldtekst. Het plan komt af."})
    leader.choose("Oordeel", "groen")
    leader.press("Opslaan en indienen")
    leader.expect_text("ingediend")


def return_and_correct(manager: Screen, leader: Screen) -> None:
    take_work(manager, "Rapportage Limburg over 2012-1 beoordelen")
    manager.fill({"Wat moet er beter?": NOTE})
    manager.press("Terugsturen")
    manager.expect_text("teruggestuurd")
    take_work(leader, "Rapportage Limburg over 2012-1 aanpassen")
    leader.expect_text(NOTE)
    leader.follow("Rapportage schrijven")
    expect(leader.field("Resultaten")).to_have_value(RESULTS)
    leader.fill({"Resultaten": f"{RESULTS} Er doen acht werkgevers mee."})
    leader.press("Opslaan en indienen")
    leader.expect_text("ingediend")


def make_workbook(officer: Screen, folder: Path) -> Path:
    officer.open(BOARD)
    expect(officer.row("Rapportages van de regio’s", "Limburg")).to_contain_text("aangenomen")
    officer.press("Werkboek maken")
    ready = officer.main.get_by_role("link", name="Bestand downloaden")
    expect(ready).to_be_visible(timeout=WORKBOOK_MILLISECONDS)
    with officer.page.expect_download() as download:
        ready.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def booked_euros(server: Server) -> Decimal:
    rows = server.run_sql(
        "SELECT sum(amount_cents) FROM expenditure"
        " WHERE booked_on BETWEEN '2012-01-01' AND '2012-06-30'"
    )
    return Decimal(rows[0][0]) / 100


def amounts_in(path: Path) -> list[Any]:
    """Return the amounts of the bookings, without the formula that totals them."""
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == SHEETS
    header, *rows, total = workbook["Uren en uitgaven"].iter_rows(values_only=True)
    place = header.index("Bedrag")
    assert str(total[place]).startswith("=SUBTOTAL(109")
    return [row[place] for row in rows if row[place] is not None]


def test_a_half_year_from_report_to_workbook(
    enter: Enter, server: Server, tmp_path: Path, javascript: bool
) -> None:
    leader, manager, officer = enter(LIMBURG_LEADER), enter(FIRST_MANAGER), enter(OFFICER)
    submit_with_errors_first(leader, javascript=javascript)
    return_and_correct(manager, leader)
    take_work(manager, "Rapportage Limburg over 2012-1 beoordelen")
    manager.press("Rapportage aannemen")
    manager.expect_text("aangenomen")

    path = make_workbook(officer, tmp_path)
    assert path.suffix == ".xlsx"
    amounts = amounts_in(path)
    assert all(isinstance(amount, (int, float)) for amount in amounts)
    assert sum(Decimal(str(amount)) for amount in amounts) == booked_euros(server)


def test_each_activity_has_its_messages(enter: Enter, server: Server) -> None:
    server.give_password(IJSSELLAND_LEADER)
    leader = enter(IJSSELLAND_LEADER)
    take_work(leader, "Rapportage IJsselland over 2012-1 schrijven")
    leader.select("Status", "vertraagd")
    leader.fill({"Voortgang": "100", "Knelpunt (optioneel)": ""})
    leader.press("Opslaan en indienen")
    expect(leader.errors).to_contain_text("is vertraagd. Leg uit wat het knelpunt is.")
    expect(leader.errors).to_contain_text("staat op 100 procent.")
    expect(leader.field("Voortgang")).to_have_value("100")
