"""A performance contract from draft to measurement, told alike on every page, chart and sheet.

And the figures of the letter: what does not agree is flagged, and a later figure is a revision.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import scripts_first
from tests.e2e.pages.results import ContractPages, FigurePages
from tests.e2e.pages.screen import Screen
from tools.demo_server import Server
from vpt_regio.demo.people import OFFICER, SECOND_MANAGER
from vpt_regio.demo.results_gelderland import LEADER
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = [pytest.mark.e2e, scripts_first]

CODE, REGION = "noord-en-oost-gelderland", "Noord en Oost Gelderland"
HOME = f"/regios/{CODE}"
TITLE = "Vaker aangifte doen (voorbeeld)"
STATEMENT = "Voorbeeld: werkgevers doen na elk strafbaar voorval aangifte."
INDICATOR = "Aangifte na een strafbaar voorval"
KINDS = ("Ambulancedienst", "Brandweer", "Jeugdzorg", "Politie", "Ziekenhuis")
PARTIES = tuple(f"{kind} {REGION} (voorbeeld)" for kind in KINDS)
STRANGER = "Politie Limburg (voorbeeld)"
SIGNED = ("18-06-2012", "22-06-2012", "28-06-2012", "2 juli 2012", "9 juli 2012")
DEADLINE = "31-12-2012"
CORRECTION = "Voorbeeld: zeven aangiften waren dubbel geteld."
LOWERED = "Voorbeeld: 60 procent bleek halverwege te hoog."
MEASUREMENTS = "Metingen, met elke eerdere waarde"
REFERENCES = "Nulmeting en streefwaarde, met elke eerdere waarde"
TELLING = f"{INDICATOR} in de tijd (%)"
WORKING = "Teller en noemer"
WORKBOOK_MILLISECONDS = 90_000

Enter = Callable[..., Any]


def draft_contract(leader: ContractPages, server: Server) -> tuple[str, str]:
    """Draft the contract with its agreement; return the addresses of both."""
    period = {"Eerste dag": "1 oktober 2011", "Laatste dag": DEADLINE}
    contract = leader.draft(CODE, {"Titel": TITLE, **period})
    leader.expect_text(PARTIES[0])
    expect(leader.main.get_by_label(STRANGER)).to_have_count(0)
    stranger = server.run_sql("SELECT id FROM organisation WHERE name = ?", STRANGER)[0][0]
    assert leader.send(f"{contract}/partijen", {"organisations": str(stranger)}) == 422
    leader.choose_parties(contract, PARTIES)

    leader.begin_agreement(contract, INDICATOR)
    typed = {
        "Wat spreken de partijen af?": STATEMENT,
        "Teller": "90",
        "Noemer": "75",
        "Gemeten op": "01-10-2011",
        "Streefwaarde": "60",
        "Deadline": DEADLINE,
    }
    leader.fill(typed)
    leader.select("Wie is verantwoordelijk?", PARTIES[3])
    leader.press("Opslaan")
    leader.expect_refused("De teller kan niet hoger zijn dan de noemer.", typed)
    leader.fill({"Teller": "30"})
    leader.press("Opslaan")
    leader.expect_said("De afspraak is toegevoegd.")
    leader.expect_facts({"Nulmeting": "40%", "Streefwaarde": "60%"})
    return contract, leader.page.url


def sign_one_by_one(leader: ContractPages, manager: ContractPages, contract: str) -> None:
    """Only the last of five signatures makes the contract hold."""
    leader.open(contract)
    leader.press("Ter ondertekening aanbieden")
    leader.expect_said("Het contract ligt ter ondertekening.")
    leader.sign(contract, PARTIES[0], "17-07-2012")
    typed = {
        "Wie heeft getekend?": f"Directeur van {PARTIES[0]}",
        "In welke functie?": "directeur",
        "Datum van ondertekening": "17-07-2012",
    }
    message = "De datum van ondertekening kan niet in de toekomst liggen."
    leader.expect_refused(message, typed)
    for count, (party, day) in enumerate(zip(PARTIES, SIGNED, strict=True)):
        leader.expect_signed(contract, count, 5, status="ter ondertekening")
        signer = manager if party == PARTIES[-1] else leader
        signer.sign(contract, party, day)
        signer.expect_said("De handtekening is vastgelegd.")
    leader.expect_signed(contract, 5, 5, status="loopt")
    leader.expect_facts({"Overeengekomen op": "9 juli 2012"})
    # to evaluate is not for whoever wrote the contract
    assert not leader.offers("Evalueren en afsluiten")
    assert leader.send(f"{contract}/evaluatie", {"note": "Voorbeeld"}) in (403, 404)


def measure(leader: ContractPages, agreement: str) -> None:
    """Record a value after the letter, one for the present half-year, and a correction of it."""
    source = {"Bron": "registratie (voorbeeld)"}
    late = {"Peildatum": "31-12-2011", "Teller": "90", "Noemer": "75", **source}
    leader.measure(agreement, late)
    leader.expect_refused("De teller kan niet hoger zijn dan de noemer.", late)
    leader.fill({"Teller": "33"})
    leader.press("Opslaan")
    leader.expect_said("De meting is vastgelegd.")
    late_words = ("44%", "33 van 75", "2011-2", "te laat ontvangen")
    leader.expect_row(MEASUREMENTS, "31-12-2011", *late_words)

    now = {"Peildatum": "30-06-2012", "Teller": "45", "Noemer": "80", **source}
    leader.measure(agreement, now)
    leader.expect_row(MEASUREMENTS, "30-06-2012", "56,3%", "2012-1")
    expect(leader.row(MEASUREMENTS, "30-06-2012")).not_to_contain_text("te laat")
    change = {"Teller": "38", "Reden van de wijziging": CORRECTION}
    leader.correct(agreement, "30-06-2012", change)
    leader.expect_facts({"Laatste meting": "47,5%"})
    expect(leader.main.get_by_text("achter op schema", exact=True)).to_be_visible()


def lower_target(leader: ContractPages, agreement: str) -> None:
    change = {
        "Nieuwe waarde": "50",
        "Deadline": DEADLINE,
        "Geldt vanaf": "17-07-2012",
        "Waarom wijzigt dit?": LOWERED,
        "Kenmerk van het stuk": "verslag juni (voorbeeld)",
    }
    leader.change_target(agreement, change)
    leader.expect_refused("De nieuwe waarde kan niet pas in de toekomst gaan gelden.", change)
    leader.fill({"Geldt vanaf": "30-06-2012"})
    leader.press("Opslaan")
    leader.expect_said("De nieuwe streefwaarde is vastgelegd. De oude blijft zichtbaar.")


def expect_on_agreement(reader: ContractPages, agreement: str) -> None:
    """The page of the agreement, its tables, and its chart on paper."""
    reader.open(agreement)
    reader.expect_facts(
        {
            "Nulmeting": "40%",
            "Laatste meting": "47,5%",
            "Streefwaarde": "50%",
            "Verandering sinds de nulmeting": "+7,5 procentpunt",
            "Verandering sinds de vorige meting": "+3,5 procentpunt",
            "Doelbereik": "75%",
            "Nog te gaan": "2,5 procentpunt",
        }
    )
    expect(reader.main.get_by_text("op koers", exact=True)).to_be_visible()
    values = reader.row(MEASUREMENTS, "30-06-2012")
    expect(values).to_have_count(2)
    expect(values.filter(has_text=CORRECTION)).to_contain_text("47,5%")
    expect(values.filter(has_not_text=CORRECTION)).to_contain_text("56,3%")
    reader.expect_row(REFERENCES, "60%", "gold eerder", "01-10-2011")
    reader.expect_row(REFERENCES, "50%", "geldt nu", "30-06-2012", LOWERED)
    chart = reader.main.get_by_role("img", name=f"{INDICATOR} in de tijd")
    expect(chart).to_be_visible()
    reader.page.emulate_media(media="print")
    # without colours the values and the target differ by their dashes
    value, target = reader.dashes(chart)
    assert value != target
    expect(chart).to_be_visible()
    expect(reader.table(TELLING)).to_be_visible()
    reader.expect_row(TELLING, "01-10-2011", "40%", "60%", "nulmeting")
    reader.expect_row(TELLING, "31-12-2011", "44%", "60%", "te laat ontvangen")
    reader.expect_row(TELLING, "30-06-2012", "47,5%", "50%", "verbeterd")
    reader.expect_row(TELLING, DEADLINE, "geen waarde", "50%", "deadline")
    reader.page.emulate_media(media="screen")


def expect_in_region(reader: ContractPages, contract: str, report_name: str) -> None:
    """The contract, the region with its card and tab, and the report on the half-year."""
    reader.open(contract)
    values = ("40%", "50%", "47,5%", "op koers")
    reader.expect_row("Afspraken", STATEMENT, *values)
    reader.open(f"{HOME}/prestaties")
    words = ("5 van 5 getekend", "0 gehaald, 1 op koers")
    reader.expect_row("Prestatiecontracten", TITLE, "loopt", *words)
    reader.open(f"/halfjaren/2012-1/rapportages/{CODE}")
    report = ("44%", "47,5%", "38 van 80", "+3,5 procentpunt", "50%", "op koers", "revisie 2")
    reader.expect_row("Prestatieafspraken", report_name, *report)


def on_card(reader: ContractPages) -> tuple[int, int]:
    """Return how many contracts run and how many agreements are on course, by the region's card."""
    reader.open(HOME)
    contracts = reader.fact("Overeengekomen of loopt").first.inner_text().split()[-1]
    on_course = re.search(r"(\d+) op koers", reader.fact("Afspraken").first.inner_text())
    return int(contracts), int(on_course[1]) if on_course else 0


def counted(officer: ContractPages, page: str) -> list[int]:
    """Return numerator and denominator of the region, and of all regions together."""
    officer.open(page)
    names = (REGION, "Alle regio's samen")
    return [number for name in names for number in officer.numbers(WORKING, name)]


def expect_nationally(officer: ContractPages, page: str, name: str, before: list[int]) -> None:
    """The values count once for the region and once for all regions together."""
    now = counted(officer, page)
    assert now == [old + new for old, new in zip(before, (38, 80, 38, 80), strict=True)]
    together = in_words(now[2], now[3])
    officer.expect_row(WORKING, REGION, in_words(now[0], now[1]))
    officer.expect_facts({"Nu": together})
    agreed = officer.row("De afspraken", STATEMENT)
    expect(agreed).to_contain_text(name)
    for text in ("40%", "47,5%", "50%", "op koers"):
        expect(agreed).to_contain_text(text)
    expect(officer.row("De regio's in cijfers", REGION)).to_contain_text(in_words(*now[:2]))
    officer.open("/landelijk/resultaten")
    officer.expect_row("Van nulmeting naar streefwaarde", INDICATOR, together)
    for half_year, value, target in (("2011-2", "44%", "60%"), ("2012-1", "47,5%", "50%")):
        officer.open(f"{page}?halfjaar={half_year}")
        officer.expect_row("De afspraken", STATEMENT, value, target)


def expect_hidden_from_others(other: ContractPages, page: str) -> None:
    """Whoever has another region sees the closed half-year, and of the open one nothing."""
    other.open(page)
    closed = other.row("De afspraken", STATEMENT)
    expect(closed).to_contain_text("44%")
    expect(closed).not_to_contain_text("47,5%")
    expect(other.main).not_to_contain_text("47,5%")
    other.open(f"{page}?halfjaar=2012-1")
    other.expect_heading(INDICATOR)
    expect(other.main).not_to_contain_text(STATEMENT)
    expect(other.main).not_to_contain_text("47,5%")


def in_words(part: int, whole: int) -> str:
    """Return a share as the pages tell it, such as 47,5%."""
    rounded = (part * 2000 + whole) // (2 * whole)
    return f"{rounded / 10:.1f}".removesuffix(".0").replace(".", ",") + "%"


def make_workbook(officer: Screen, folder: Path) -> Any:
    officer.open("/halfjaren/2012-1")
    officer.press("Werkboek maken")
    ready = officer.main.get_by_role("link", name="Bestand downloaden")
    expect(ready).to_be_visible(timeout=WORKBOOK_MILLISECONDS)
    with officer.page.expect_download() as download:
        ready.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return openpyxl.load_workbook(path)


def line_of(workbook: Any, sheet: str) -> dict[str, Any]:
    """Return the cells of the one row of a sheet that is about the agreement, by their header."""
    header, *rows = workbook[sheet].iter_rows()
    names = [cell.value for cell in header]
    (line,) = (row for row in rows if STATEMENT in [cell.value for cell in row])
    return dict(zip(names, line, strict=True))


def expect_in_workbook(workbook: Any) -> None:
    line = line_of(workbook, "Prestatieafspraken")
    wanted = {"Nulmeting": 0.4, "Streefwaarde": 0.5, "Laatste meting": 0.475, "Verandering": 7.5}
    assert {name: line[name].value for name in wanted} == wanted
    assert line["Regio"].value == REGION
    assert line["Doelbereik %"].value == 0.75
    assert line["Stand"].value == "op koers"
    assert "60%" in line["Streefwaarde"].comment.text
    assert LOWERED in line["Streefwaarde"].comment.text
    measured = line_of(workbook, "Metingen")
    assert measured["Peildatum"].value == datetime.combine(date(2012, 6, 30), datetime.min.time())
    values = [measured[name].value for name in ("Waarde", "Teller", "Noemer", "Revisie")]
    assert values == [0.475, 38, 80, 2]
    for text in ("56,3%", CORRECTION):
        assert text in measured["Revisie"].comment.text


def test_a_contract_is_told_alike_everywhere(enter: Enter, server: Server, tmp_path: Path) -> None:
    for email in (LEADER, SECOND_MANAGER):
        server.give_password(email)
    leader, manager = enter(LEADER, ContractPages), enter(SECOND_MANAGER, ContractPages)
    officer, other = enter(OFFICER, ContractPages), enter(LIMBURG_LEADER, ContractPages)
    rows = server.run_sql("SELECT id FROM indicator WHERE name = ?", INDICATOR)
    page = f"/landelijk/resultaten/{rows[0][0]}"
    before, (contracts, on_course) = counted(officer, page), on_card(leader)

    contract, agreement = draft_contract(leader, server)
    sign_one_by_one(leader, manager, contract)
    measure(leader, agreement)
    lower_target(leader, agreement)

    leader.open(contract)
    number = leader.main.inner_text().split("Prestatiecontract ")[1].split()[0]
    name = f"ontract {number}, afspraak 1"
    for reader in (leader, manager, officer):
        expect_on_agreement(reader, agreement)
    expect_in_region(manager, contract, name)
    assert on_card(leader) == (contracts + 1, on_course + 1)
    expect_nationally(officer, page, name, before)
    expect_hidden_from_others(other, page)
    expect_in_workbook(make_workbook(officer, tmp_path))


SET = "/cijfers/jaarwisseling"
CHECKS = "Wat bronnen zeggen en wat wij uitrekenen"
REVISION = "Voorbeeld: een korps telde twee aanhoudingen te weinig."


def test_figures_are_checked_and_revised(enter: Enter, tmp_path: Path) -> None:
    officer = enter(OFFICER, FigurePages)
    officer.open("/cijfers/controle")
    wrong = officer.subjects_with(CHECKS, "klopt niet")
    assert [text.splitlines()[0] for text in wrong] == [
        "Minder incidenten dan bij de nulmeting",
        "Meer openlijke geweldpleging",
    ]
    stated = [officer.row(CHECKS, text.splitlines()[0]) for text in wrong]
    for row, texts in zip(stated, (("-24%", "-19%"), ("70%", "71%")), strict=True):
        for text in texts:
            expect(row).to_contain_text(text)
    totals = officer.row(CHECKS, "ARO: meldingen naar functie: 403")
    expect(totals.filter(has_text="ARO: meldingen naar soort: 403")).to_contain_text("klopt")
    officer.open(SET)
    (flagged,) = officer.subjects_with(CHECKS, "klopt niet")
    assert flagged == wrong[0]

    path = tmp_path / "cijfers.csv"
    path.write_text("Categorie;Periode;Waarde\nAanhoudingen;2009–2010;111\n", encoding="utf-8")
    source = {"Bron": "KLPD (voorbeeld)", "Peildatum": "13-07-2012"}
    officer.upload(SET, path, source)
    changed = officer.row("Nieuwe en gewijzigde cijfers", "Aanhoudingen")
    for text in ("2009–2010", "109", "111", "gewijzigd"):
        expect(changed).to_contain_text(text)
    officer.press("Overnemen")
    expect(officer.errors).to_contain_text("Vul in waarom cijfers veranderen.")
    expect(officer.field("Bron")).to_have_value(source["Bron"])
    officer.fill({"Reden van herziening": REVISION})
    officer.press("Overnemen")
    officer.expect_said("De cijfers zijn overgenomen.")
    officer.expect_text("111", "109", REVISION)
    officer.open(SET)
    figures = officer.row("Cijfers, de nieuwste periode eerst", "Aanhoudingen")
    expect(figures).to_contain_text("herzien, eerder: 109")
