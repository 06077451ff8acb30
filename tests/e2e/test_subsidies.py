"""A subsidy from an applicant's link to its settlement, and the round of the letter.

What is decided changes sentences, tables and totals; a half-year that was closed stays as it was.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import expect

from tests.e2e.conftest import scripts_first
from tests.e2e.pages.screen import Screen
from tests.e2e.pages.subsidies import ApplicantPages, MinistryPages, all_text
from tools.demo_server import Server
from vpt_regio.demo.people import ADMINISTRATOR, HOLDER, OFFICER
from vpt_regio.demo.spending import LIMBURG_LEADER
from vpt_regio.demo.subsidies import PILOTS_2011, ROUND_2011
from vpt_regio.demo.subsidies_2012 import NEXT_ASKED, NEXT_ROUND
from vpt_regio.domain.money import format_euro

pytestmark = [pytest.mark.e2e, scripts_first]

EMAIL = "aanvrager@vpt.example"
ORGANISATION, TITLE = NEXT_ASKED.organisation, NEXT_ASKED.title
ACTORS, FILMS, FLYERS = "Oefendagen met acteurs", "Filmen van oefeningen", "Folders"
POINTS = ("Voorbeeld: medewerkers oefenen met acteurs.", "Voorbeeld: zij kijken de film terug.")
MEASURE = "Elk voorval vastleggen"
PLAN = "plan-van-aanpak.docx"
DAY = "16-07-2012"
REASON = "Voorbeeld: de helft van de films is genoeg."
REASONING = "Voorbeeld: een duidelijk plan, met te veel films."
ASKED, GRANTED = "€ 33.000,50", "€ 27.000,50"
NOT_DONE = "a. De activiteiten zijn niet of niet helemaal uitgevoerd."
GONE = 410
MOST_CLICKS = 4
WORKBOOK_MILLISECONDS = 90_000

Enter = Callable[..., Any]


def address_of_round(server: Server, name: str) -> str:
    [(key,)] = server.run_sql("SELECT id FROM subsidy_round WHERE name = ?", name)
    return f"/subsidies/rondes/{key}"


def address_of_application(server: Server, title: str) -> str:
    [(key,)] = server.run_sql("SELECT id FROM subsidy_application WHERE title = ?", title)
    return f"/subsidies/aanvragen/{key}"


def apply(applicant: ApplicantPages) -> None:
    """Write, correct and submit the application, and read its receipt."""
    lines = [(ACTORS, "12.000"), (FILMS, "veel"), (FLYERS, "5.000,00")]
    days = {"Eerste dag": "1 juni 2012", "Laatste dag": "13-07-2012"}
    typed = {"Wat gaat de organisatie doen?": "\n".join(POINTS), **days}
    applicant.write(typed, lines)
    applicant.choose("Welke maatregelen worden beproefd?", MEASURE)
    applicant.press("Bewaren")
    applicant.expect_refused("Vul een bedrag in", typed)
    applicant.fill({"Onderdeel 2: bedrag": "18.000,50"})
    applicant.save()
    applicant.expect_row("Begroting", "Totaal", "€ 35.000,50")
    applicant.write({}, [(ACTORS, "12.000"), (FILMS, "16.000,50")])
    applicant.save()
    plan = BytesIO()
    Document().save(plan)
    applicant.add_document(PLAN, plan.getvalue())
    applicant.open(f"{applicant.link}/indienen")
    applicant.expect_row("Begroting", "Totaal", ASKED)
    applicant.press("Aanvraag indienen")
    applicant.expect_said("Uw aanvraag is ingediend.")
    applicant.expect_status("ontvangen")
    applicant.expect_facts({"Ontvangen op": "16 juli 2012", "Gevraagd bedrag": ASKED})
    applicant.expect_facts({"Wat u gaat doen": POINTS[1], "Maatregelen": MEASURE})


def expect_nothing_for_others(stranger: Screen, link: str, application: str) -> None:
    """Who has no link, or half of one, reads nothing of the application."""
    for address in (link[:-1], f"{link}x", "/aanvraag/geen-link"):
        assert stranger.open(address) == GONE, address
        expect(stranger.page.locator("body")).not_to_contain_text(ORGANISATION)
    for address in (application, "/subsidies", "/pilots"):
        stranger.open(address)
        stranger.page.wait_for_url("**/inloggen**")


def propose(officer: MinistryPages, application: str) -> str:
    """Take the application up and propose to grant a part of it; return its address."""
    officer.open(application)
    officer.expect_text(*POINTS, PLAN, ASKED)
    officer.press("In behandeling nemen")
    officer.expect_said("De aanvraag is in behandeling.")
    officer.open(f"{application}/voorstel/gedeeltelijk")
    granted = {ACTORS: "12.000", FILMS: "10.000,50", FLYERS: "5.000"}
    typed = {f"Toekennen voor: {line}": amount for line, amount in granted.items()}
    typed["Motivering van het besluit"] = REASONING
    officer.fill(typed)
    officer.press("Voorstel doen")
    officer.expect_refused("minder", {"Motivering van het besluit": REASONING})
    officer.fill({f"Waarom minder voor: {FILMS}": REASON})
    officer.press("Voorstel doen")
    officer.expect_said("Het voorstel is gedaan. Iemand anders beslist erover.")
    officer.expect_row("Onderdelen", FILMS, "€ 16.000,50", "€ 10.000,50", REASON)
    return officer.page.url


def expect_out_of_reach(officer: Screen, proposal: str) -> None:
    """Who proposed it cannot decide on it."""
    officer.open(proposal)
    assert not officer.offers("Beslissen")
    assert officer.send(f"{proposal}/beslissen", {"note": ""}) == 422
    officer.open(f"{proposal}/beslissen")
    officer.expect_text("U kunt nu niet beslissen", "Iemand anders moet")
    assert not officer.offers("Besluit nemen")


def expect_the_letter(holder: MinistryPages, decision: str) -> None:
    """The decision has a number, and a letter with what it grants."""
    holder.open(decision)
    holder.expect_text("krachtens mandaat", REASONING, GRANTED)
    number = holder.page.title().split("VPT-")[1].split()[0].strip(",.:")
    holder.press("Brief maken")
    letter = all_text(holder.document(f"{decision}/brief"))
    for text in (f"VPT-{number}", ORGANISATION, GRANTED, "€ 10.000,50", REASON):
        assert text in letter


def expect_pilot(officer: MinistryPages, in_round: str) -> str:
    """Go from the round to the pilot, which has its tasks; return its address."""
    officer.expect_round(
        in_round, "één aanvraag, die gedeeltelijk is toegekend", {ORGANISATION: GRANTED}, GRANTED
    )
    officer.expect_row("Pilots met subsidie uit deze ronde", ORGANISATION, *POINTS)
    officer.follow(ORGANISATION)
    officer.expect_heading(TITLE)
    officer.expect_facts({"Toegekende subsidie": GRANTED})
    officer.expect_text("Arrangement 2", "naar analogie")
    officer.expect_row("Taken", "Elk halfjaar vertellen", "19-07-2012", "te doen")
    officer.expect_row("Taken", "Verslag doen van de activiteiten", "te doen")
    return officer.page.url


def plan_and_pay(officer: MinistryPages, pilot: str) -> None:
    """Not a cent more than was granted can be planned."""
    days = (DAY, "01-10-2012")
    typed = officer.plan(pilot, list(zip(days, ("20.000,00", "7.000,51"), strict=True)))
    officer.expect_refused("De termijnen zijn samen hoger dan de toegekende subsidie.", typed)
    officer.plan(pilot, list(zip(days, ("20.000,00", "7.000,50"), strict=True)))
    officer.expect_said("De termijnen zijn gepland.")
    paid = {"Bedrag": "20.000,00", "Datum van de betaling": DAY, "Kenmerk": "B-1 (voorbeeld)"}
    officer.pay(pilot, paid, instalment=1)
    officer.expect_said("De betaling is vastgelegd.")
    officer.expect_row("Termijnen", "01-10-2012", "€ 7.000,50")
    officer.expect_money(
        pilot,
        {
            "Betaald": "€ 20.000,00",
            "Af: terugbetaald": "€ 0,00",
            "Bij: nog te betalen": "€ 7.000,50",
            "Samen": GRANTED,
            "Toegekend": GRANTED,
        },
    )


def account(applicant: ApplicantPages, officer: MinistryPages, pilot: str) -> None:
    """The recipient tells how it went and hands in the final report, all by the link."""
    applicant.take(applicant.link)
    applicant.expect_text("U hebt subsidie gekregen.")
    applicant.expect_row("Besluiten", "gedeeltelijk", GRANTED, "VPT-2012-")
    applicant.open(f"{applicant.link}/pilot")
    applicant.row("Voortgang per halfjaar", "2012").get_by_role("link").first.click()
    applicant.choose("Hoe gaat het?", "op schema")
    applicant.fill({"Wat is er gedaan": "Voorbeeld: zes oefendagen."})
    applicant.press("Voortgang bewaren")
    applicant.expect_said("De voortgang is bewaard.")
    applicant.report(
        {
            "Wat zijn de resultaten?": "Voorbeeld: medewerkers blijven rustiger.",
            "Wat kunnen anderen hiervan leren?": "Voorbeeld: kijk films samen terug.",
            "Hoe is aan de verplichtingen": "Voorbeeld: aan alle, op de films na.",
        },
        {"waarover": FILMS, "gepland": "10 films", "gedaan": "geen", "uitleg": "Voorbeeld: ziek."},
    )
    officer.open(f"{pilot}/voortgang")
    officer.expect_text("Voorbeeld: zes oefendagen.", "de ontvanger")
    officer.open(f"{pilot}/eindverslag")
    officer.expect_row("Activiteiten", FILMS, "10 films", "geen")
    officer.press("Eindverslag aannemen")
    officer.expect_said("Het eindverslag is aangenomen.")


def settle_lower(officer: MinistryPages, holder: MinistryPages, pilot: str) -> None:
    """Settle below what was granted: not without a ground, and not by whoever proposes it."""
    typed = {"Vast te stellen bedrag": "15.000,00", "Motivering": "Voorbeeld: geen films."}
    officer.settle(pilot, typed, ground="")
    officer.expect_refused("Kies waarom de subsidie lager wordt vastgesteld", typed)
    officer.settle(pilot, typed, ground=NOT_DONE)
    officer.expect_said("Het voorstel ligt klaar. Iemand anders beslist.")
    expect_out_of_reach(officer, officer.page.url)
    holder.decide(f"Beslissen over voorstel: subsidie {ORGANISATION} vaststellen")
    assert holder.clicks <= MOST_CLICKS
    holder.expect_text("€ 15.000,00", "Voorbeeld: geen films.")


def recover(officer: MinistryPages, applicant: ApplicantPages, pilot: str) -> None:
    """Claim back what was paid too much, once, and receive it to the cent."""
    officer.open(f"{pilot}/terugvordering")
    officer.press("Terugvorderen")
    officer.expect_said("De terugvordering is vastgelegd.")
    assert not officer.offers("Terugvorderen")
    applicant.open(f"{applicant.link}/pilot")
    applicant.expect_row("Terug te betalen", "27-08-2012", "€ 5.000,00")
    expect(applicant.table("Geplande betalingen")).to_have_count(0)
    came_in = {"Datum van ontvangst": DAY, "Kenmerk": "O-1 (voorbeeld)"}
    officer.receive(pilot, {"Ontvangen bedrag": "4.999,99", **came_in})
    officer.expect_said("De ontvangst is vastgelegd.")
    officer.expect_facts({"Nog te ontvangen": "€ 0,01"})
    more = {"Ontvangen bedrag": "0,02", "Kenmerk": "O-2 (voorbeeld)"}
    officer.receive(pilot, {**came_in, **more})
    officer.expect_refused("Dit is te veel. Nog terug te ontvangen is: € 0,01.", more)


def close(officer: MinistryPages, pilot: str) -> None:
    """Only a pilot whose money is even and whose outcome is known can be closed."""
    officer.open(f"{pilot}/uitkomst")
    officer.choose("Uitkomst", "aanpassen")
    officer.fill({"Waarom?": "Voorbeeld: oefenen werkt, films zijn te duur."})
    officer.press("Opslaan")
    officer.expect_said("De uitkomst is vastgelegd.")
    assert not officer.offers("Pilot afsluiten")
    officer.expect_text("Er moet nog € 0,01 worden terugbetaald.")
    last = {"Ontvangen bedrag": "0,01", "Datum van ontvangst": DAY, "Kenmerk": "O-2 (voorbeeld)"}
    officer.receive(pilot, last)
    officer.expect_money(
        pilot,
        {
            "Betaald": "€ 20.000,00",
            "Af: terugbetaald": "€ 5.000,00",
            "Bij: nog te betalen": "€ 0,00",
            "Samen": "€ 15.000,00",
            "Vastgesteld": "€ 15.000,00",
        },
    )
    officer.open(pilot)
    officer.press("Pilot afsluiten")
    officer.expect_said("De pilot is afgesloten.")
    officer.expect_status("afgesloten")


def end_link(officer: MinistryPages, applicant: ApplicantPages, application: str) -> None:
    officer.open(f"{application}/link")
    officer.follow("werkt; beëindigen")
    officer.fill({"Waarom beëindigt u de link?": "Voorbeeld: de pilot is klaar."})
    officer.press("Link beëindigen")
    officer.expect_said("De link is beëindigd.")
    assert applicant.open(applicant.link) == GONE
    expect(applicant.page.locator("body")).not_to_contain_text(ORGANISATION)
    assert applicant.open(f"{applicant.link}/pilot") == GONE


def test_a_subsidy_is_applied_for_granted_and_settled(enter: Enter, server: Server) -> None:
    application = address_of_application(server, TITLE)
    applicant, stranger = enter(None, ApplicantPages), enter()
    officer, holder = enter(OFFICER, MinistryPages), enter(HOLDER, MinistryPages)

    applicant.take(enter(ADMINISTRATOR, MinistryPages).link_to(EMAIL))
    apply(applicant)
    expect_nothing_for_others(stranger, applicant.link, application)

    proposal = propose(officer, application)
    expect_out_of_reach(officer, proposal)
    decision = holder.decide(f"Beslissen over voorstel: gedeeltelijk toekennen aan {ORGANISATION}")
    assert holder.clicks <= MOST_CLICKS
    expect_the_letter(holder, decision)

    pilot = expect_pilot(officer, address_of_round(server, NEXT_ROUND))
    plan_and_pay(officer, pilot)
    account(applicant, officer, pilot)
    settle_lower(officer, holder, pilot)
    recover(officer, applicant, pilot)
    close(officer, pilot)
    end_link(officer, applicant, application)


def make_workbook(officer: Screen, half_year: str, folder: Path) -> Any:
    officer.open(f"/halfjaren/{half_year}")
    officer.press("Werkboek maken")
    ready = officer.main.get_by_role("link", name="Bestand downloaden")
    expect(ready).to_be_visible(timeout=WORKBOOK_MILLISECONDS)
    with officer.page.expect_download() as download:
        ready.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return openpyxl.load_workbook(path)


def expect_frozen(workbook: Any) -> None:
    """The annex of the closed half-year still has the six pilots of the letter."""
    _header, *rows = workbook["Bijlage pilots"].iter_rows(values_only=True)
    pilots = [row for row in rows if row[1]]
    wanted = [(one.organisation, one.cents / 100) for one in PILOTS_2011]
    assert [(str(row[0]).split(",")[0], row[2]) for row in pilots] == wanted
    assert sum(row[2] for row in pilots) == 161_361


def test_a_decision_changes_the_letter_and_no_closed_half_year(
    enter: Enter, server: Server, tmp_path: Path
) -> None:
    officer, holder = enter(OFFICER, MinistryPages), enter(HOLDER, MinistryPages)
    leader = enter(LIMBURG_LEADER, MinistryPages)
    in_round = address_of_round(server, ROUND_2011)
    amounts = {one.organisation: format_euro(one.cents) for one in PILOTS_2011}
    for reader in (officer, leader):
        sentence = "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"
        reader.expect_round(in_round, sentence, amounts, "€ 161.361,00")

    rejected = PILOTS_2011[1]
    officer.open(f"{address_of_application(server, rejected.title)}/voorstel/afwijzen")
    officer.select("Grond van de afwijzing", "De aanpak is niet voldoende uitgewerkt.")
    officer.fill({"Motivering van het besluit": "Voorbeeld: na bezwaar toch afgewezen."})
    officer.press("Voorstel doen")
    officer.expect_said("Het voorstel is gedaan.")
    expect_out_of_reach(officer, officer.page.url)
    holder.decide(f"Beslissen over voorstel: {rejected.organisation} afwijzen")
    assert holder.clicks <= MOST_CLICKS

    del amounts[rejected.organisation]
    for reader in (officer, leader):
        sentence = "elf aanvragen, waarvan vijf (gedeeltelijk) toegekend"
        reader.expect_round(in_round, sentence, amounts, "€ 152.061,00")
    expect_frozen(make_workbook(officer, "2011-2", tmp_path))
