"""A plan of action from the first word to the approval on behalf of the minister."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.plan import PlanPages, ReviewPages
from tests.e2e.pages.screen import Screen
from vpt_regio.demo.people import ADMINISTRATOR, FIRST_MANAGER, HOLDER, OFFICER
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = [pytest.mark.e2e, both_ways]

TITLE = "Oefendag voor balies (voorbeeld)"
OWNER = "Politie Limburg (voorbeeld)"
REMARK = "Noem ook de bronnen van de cijfers (voorbeeld)."
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


def write_and_submit(leader: PlanPages, *, javascript: bool) -> str:
    """Add to the draft until it is complete, submit it and return its address."""
    leader.take_work("Plan van aanpak Limburg schrijven")
    plan = leader.page.url
    leader.write_section("Probleemanalyse", "Voorbeeldtekst. De cijfers staan nu per werkgever.")
    if javascript:
        leader.expect_said("Concept bewaard om")
    leader.press("Opslaan")
    leader.add_activity(TITLE)
    assert not leader.offers("Indienen")
    leader.complete_activity(TITLE, owner=OWNER, euros="1.234,50")
    leader.press("Indienen")
    leader.expect_status("ingediend")
    return plan


def return_with_remark(manager: ReviewPages) -> None:
    manager.take_work("Plan van aanpak Limburg in behandeling nemen")
    manager.press("In behandeling nemen")
    manager.remark("Probleemanalyse", REMARK)
    manager.expect_said("De opmerking is bewaard.")
    manager.decide("Terugsturen")
    manager.expect_status("teruggestuurd")


def resubmit(leader: PlanPages) -> None:
    leader.take_work("Plan van aanpak Limburg aanpassen")
    leader.expect_text(REMARK)
    leader.press("Nieuwe versie beginnen")
    leader.expect_status("concept")
    leader.press("Indienen")
    leader.expect_status("ingediend")


def judge_and_adopt(manager: ReviewPages) -> None:
    manager.take_work("Plan van aanpak Limburg in behandeling nemen")
    manager.press("In behandeling nemen")
    manager.score_every_duty("voldoende")
    # the budget is 1.234,50 more than what is available
    manager.expect_text("niet toereikend", "€ 1.234,50")
    manager.press("Toets bewaren")
    expect(manager.errors).to_contain_text("Onderbouwing")
    manager.fill({"Onderbouwing": "Voorbeeld: de partners betalen het verschil."})
    manager.press("Toets bewaren")
    manager.decide("Voorlopig vaststellen")
    manager.expect_status("voorlopig vastgesteld")


def approve(holder: ReviewPages) -> None:
    holder.open("/mijn-werk")
    holder.clicks = 0
    holder.follow("Plan van aanpak Limburg goedkeuren")
    holder.decide("Goedkeuren namens de minister")
    holder.expect_said("Het plan is goedgekeurd namens de minister.")
    assert holder.clicks <= MOST_CLICKS


def expect_every_step_written_down(reader: Screen, address: str) -> None:
    reader.open(address)
    reader.expect_text(
        "Projectleider Limburg (regionaal projectleider) heeft het plan ingediend",
        "Accountmanager (accountmanager) heeft het plan in behandeling genomen",
        "Accountmanager (accountmanager) heeft het plan teruggestuurd",
        "Accountmanager (accountmanager) heeft het plan voorlopig vastgesteld",
        "Mandaathouder (mandaathouder) heeft het plan goedgekeurd namens de minister",
    )


def test_a_plan_is_written_judged_and_approved(enter: Enter, javascript: bool) -> None:
    leader, manager = enter(LIMBURG_LEADER, PlanPages), enter(FIRST_MANAGER, ReviewPages)
    holder, officer = enter(HOLDER, ReviewPages), enter(OFFICER)

    plan = write_and_submit(leader, javascript=javascript)
    everything = tuple(STEPS)
    expect_out_of_reach(leader, plan, everything[1:])
    return_with_remark(manager)
    resubmit(leader)
    expect_out_of_reach(officer, plan, everything)
    expect_out_of_reach(holder, plan, everything[:4])
    judge_and_adopt(manager)
    expect_out_of_reach(leader, plan, everything[1:])
    # the mandate of the account manager does not reach that far
    manager.open(plan)
    assert not manager.offers("Goedkeuren namens de minister")
    manager.expect_text("Goedkeuren namens de minister kan nog niet")
    approve(holder)

    expect_every_step_written_down(leader, plan)
    expect_every_step_written_down(enter(ADMINISTRATOR), "/beheer/logboek")
