"""Three rounds between Limburg and its account manager, up to the approval and its letter.

Version 1 went back before the day of the demonstration: with two remarks that must be solved and
one that may be, at chosen sections.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import expect

from tests.e2e.conftest import scripts_first
from tests.e2e.pages.plan import PlanPages, ReviewPages
from tests.e2e.pages.screen import Screen
from vpt_regio.demo.people import ADMINISTRATOR, FIRST_MANAGER, HOLDER, OFFICER
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = [pytest.mark.e2e, scripts_first]

TITLE = "Oefendag voor balies (voorbeeld)"
OWNER = "Politie Limburg (voorbeeld)"
FIGURES = "Voorbeeld: laat met cijfers zien waar de meeste voorvallen zijn."
AFTERCARE = "Voorbeeld: nazorg komt alleen terloops voor. Maak er een activiteit van."
PARTNERS = "Voorbeeld: leg vast waarover de partners het nog niet eens zijn."
NEW_TEXT = "Registraties laten honderdtwaalf voorvallen zien (voorbeeld)."
NEW_WORD = "honderdtwaalf"
SHORTFALL = "1.234,50"
MOST_CLICKS = 4
# step → its address below the plan; whoever may not take it meets no page and no action
STEPS = {
    "Indienen": "indienen",
    "In behandeling nemen": "in-behandeling",
    "Terugsturen": "terugsturen",
    "Voorlopig vaststellen": "voorlopig-vaststellen",
    "Goedkeuren namens de minister": "goedkeuren",
    "Afwijzen": "afwijzen",
}
STEPS_WITH_PAGE = ("Terugsturen", "Voorlopig vaststellen", "Goedkeuren namens de minister")

Enter = Callable[..., Any]


def expect_out_of_reach(person: Screen, plan: str, steps: tuple[str, ...]) -> None:
    """Neither the page of a plan nor its addresses let somebody take a step of another."""
    person.open(plan)
    for step in steps:
        address = f"{plan}/{STEPS[step]}"
        assert not person.offers(step), f"{step} is on {plan}"
        assert person.send(address) in (403, 404), address
        if step in STEPS_WITH_PAGE:
            assert person.page.request.get(address).status in (403, 404), address


def answer_and_submit(leader: PlanPages, *, javascript: bool) -> str:
    """Solve what version 1 came back for, in version 2, and submit it; return its address."""
    leader.take_work("Plan van aanpak Limburg schrijven")
    plan = leader.page.url
    assert not leader.offers("Indienen")
    # the budget stayed behind when version 1 went back
    assert leader.row("Onderdelen", "Begroting").get_by_role("link").count() == 0
    leader.write_section("Probleemanalyse", NEW_TEXT)
    if javascript:
        leader.expect_said("Concept bewaard om")
    leader.press("Opslaan")
    leader.take_work("Opmerkingen bij het plan van aanpak Limburg beantwoorden")
    leader.answer(FIGURES, "Voorbeeld: zie de probleemanalyse.")
    leader.answer(PARTNERS, "Voorbeeld: dat staat nu in de toelichting.")
    leader.open(plan)
    leader.press("Indienen")
    leader.expect_status("ingediend")
    return plan


def settle_one_and_open_one(manager: ReviewPages, plan: str) -> None:
    """Judge the answers in version 2 and send it back for one of them."""
    manager.take_work("Plan van aanpak Limburg in behandeling nemen")
    manager.press("In behandeling nemen")
    manager.follow("Wat is er veranderd sinds versie 1?")
    manager.expect_text(NEW_WORD)
    remarks = f"{plan}/opmerkingen"
    manager.judge_remark(remarks, FIGURES, {}, "Afhandelen")
    manager.expect_said("De opmerking is afgehandeld.")
    reason = {"Wat is er nog niet goed?": "Voorbeeld: zet er een oefendag bij."}
    manager.judge_remark(remarks, AFTERCARE, reason, "Opnieuw openen")
    manager.expect_said("De opmerking is weer open.")
    manager.open(f"{plan}/terugsturen")
    # the section of the remark that is open again is proposed
    expect(manager.main.get_by_label("Activiteiten", exact=True)).to_be_checked()
    manager.choose("Welke onderdelen mag de projectleider wijzigen?", "Begroting")
    manager.press("Terugsturen")
    manager.expect_status("teruggestuurd")


def solve_and_submit(leader: PlanPages, plan: str) -> None:
    """Write version 3 in the sections that are open."""
    leader.open(plan)
    leader.press("Nieuwe versie beginnen")
    leader.expect_status("concept")
    assert leader.row("Onderdelen", "Probleemanalyse").get_by_role("link").count() == 0
    assert leader.open(f"{plan}/onderdelen/probleemanalyse") in (200, 403, 409)
    leader.open(plan)
    leader.add_activity(TITLE)
    leader.complete_activity(TITLE, owner=OWNER, euros=SHORTFALL)
    leader.open(f"{plan}/opmerkingen")
    leader.answer(AFTERCARE, "Voorbeeld: activiteit 11 is nieuw.")
    leader.open(plan)
    leader.press("Indienen")
    leader.expect_status("ingediend")


def judge_and_adopt(manager: ReviewPages, plan: str) -> None:
    manager.take_work("Plan van aanpak Limburg in behandeling nemen")
    manager.press("In behandeling nemen")
    manager.score_every_duty("voldoende")
    manager.expect_text("niet toereikend", f"€ {SHORTFALL}")
    manager.press("Toets bewaren")
    expect(manager.errors).to_contain_text("Onderbouwing")
    manager.fill({"Onderbouwing": "Voorbeeld: de minister vult het verschil aan."})
    manager.press("Toets bewaren")
    manager.decide("Voorlopig vaststellen")
    manager.expect_status("voorlopig vastgesteld")


def supplement(manager: ReviewPages, officer: Screen, plan: str) -> None:
    """Draft the supplement from the check; the policy officer records the minister's signature."""
    manager.open(f"{plan}/beoordeling")
    manager.follow("Wijziging opstellen")
    expect(manager.field("Bedrag dat erbij komt")).to_have_value(SHORTFALL)
    manager.expect_text("Naar aanleiding van de toets op toereikendheid van plan versie 3.")
    manager.fill({"Reden": "Voorbeeld: een oefendag voor balies."})
    manager.press("Concept bewaren")
    manager.expect_said("Het concept van de wijziging is bewaard.")
    assert not manager.offers("Ondertekening vastleggen")
    officer.open("/mijn-werk")
    officer.follow("Ondertekening van de wijziging van convenant VPT-2012-2 vastleggen")
    officer.follow("Ondertekening vastleggen", exact=True)
    officer.fill({"Datum van ondertekening": "16-07-2012"})
    officer.press("Ondertekening vastleggen")
    officer.expect_said("De ondertekening is vastgelegd. De wijziging geldt.")


def approve(manager: ReviewPages, holder: ReviewPages, plan: str) -> None:
    """Only once every remark that must be solved is settled, and by somebody with a mandate."""
    holder.open(f"{plan}/goedkeuren")
    holder.expect_text("Dit kan nu niet", AFTERCARE)
    manager.judge_remark(f"{plan}/opmerkingen", AFTERCARE, {}, "Afhandelen")
    # the mandate of the account manager does not reach that far
    manager.open(plan)
    assert not manager.offers("Goedkeuren namens de minister")
    manager.expect_text("Goedkeuren namens de minister kan nog niet")
    holder.open("/mijn-werk")
    holder.clicks = 0
    holder.follow("Plan van aanpak Limburg goedkeuren")
    holder.decide("Goedkeuren namens de minister")
    holder.expect_said("Het plan is goedgekeurd namens de minister.")
    assert holder.clicks <= MOST_CLICKS


def expect_the_letter(leader: Screen, plan: str) -> None:
    """The decision has a letter that names the plan and the mandate."""
    leader.open(plan)
    leader.row("Besluiten", "goedgekeurd").get_by_role("link").first.click()
    leader.expect_text("krachtens mandaat", "€ 108.734,50")
    decision = leader.page.url
    if leader.offers("Brief maken"):
        leader.press("Brief maken")
    assert leader.offers("Brief downloaden (Word)")
    answer = leader.page.request.get(f"{decision}/brief")
    assert answer.status == 200
    letter = Document(BytesIO(answer.body()))
    text = "\n".join(letter.element.xpath("//w:t/text()"))
    assert "Limburg" in text
    assert "VPT-2012-" in text


def expect_the_difference(leader: Screen, plan: str) -> None:
    leader.open(f"{plan}/vergelijken?van=1&tot=3")
    leader.expect_text(TITLE, "Opvang door collega's", NEW_WORD, f"€ {SHORTFALL}")


def expect_every_step_written_down(reader: Screen, address: str) -> None:
    reader.open(address)
    reader.expect_text(
        "Projectleider Limburg (regionaal projectleider) heeft een opmerking beantwoord",
        "Projectleider Limburg (regionaal projectleider) heeft het plan ingediend",
        "Accountmanager (accountmanager) heeft het plan in behandeling genomen",
        "Accountmanager (accountmanager) heeft het plan teruggestuurd",
        "Accountmanager (accountmanager) heeft het plan voorlopig vastgesteld",
        "Mandaathouder (mandaathouder) heeft het plan goedgekeurd namens de minister",
    )


def test_a_plan_is_written_judged_and_approved(enter: Enter, javascript: bool) -> None:
    leader, manager = enter(LIMBURG_LEADER, PlanPages), enter(FIRST_MANAGER, ReviewPages)
    holder, officer = enter(HOLDER, ReviewPages), enter(OFFICER)

    plan = answer_and_submit(leader, javascript=javascript)
    everything = tuple(STEPS)
    expect_out_of_reach(leader, plan, everything[1:])
    settle_one_and_open_one(manager, plan)
    solve_and_submit(leader, plan)
    expect_out_of_reach(officer, plan, everything)
    expect_out_of_reach(holder, plan, everything[:4])
    judge_and_adopt(manager, plan)
    expect_out_of_reach(leader, plan, everything[1:])
    supplement(manager, officer, plan)
    approve(manager, holder, plan)

    expect_the_letter(leader, plan)
    expect_the_difference(leader, plan)
    expect_every_step_written_down(leader, plan)
    for reviewer, address in ((manager, plan), (enter(ADMINISTRATOR), "/beheer/logboek")):
        expect_every_step_written_down(reviewer, address)
        reviewer.expect_text(
            "Accountmanager (accountmanager) heeft een opmerking afgehandeld",
            "Accountmanager (accountmanager) heeft een opmerking opnieuw geopend",
        )
