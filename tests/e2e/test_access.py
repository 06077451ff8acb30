"""Signing in, staying signed in, and losing access while working."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.access import Administrator, Visitor
from tests.e2e.pages.plan import PlanPages
from tests.e2e.pages.screen import Screen
from tools.demo_server import Server
from vpt_regio.demo.people import ADMINISTRATOR, FIRST_MANAGER, SECOND_MANAGER
from vpt_regio.demo.spending import LIMBURG_LEADER
from vpt_regio.services.sign_in import MAX_PER_ACCOUNT_AND_ADDRESS

pytestmark = [pytest.mark.e2e, both_ways]

READER = "lezer@vpt.example"
GRONINGEN_LEADER = "projectleider.groningen@vpt.example"
NEW_PASSWORD = "vier losse woorden samen"
TYPED = "Voorbeeldtekst die nog niet bewaard was."

Enter = Callable[..., Any]


def test_a_wrong_password_and_too_many_of_them(enter: Enter) -> None:
    visitor = enter(None, Visitor)
    visitor.open("/inloggen")
    visitor.sign_in("niemand@vpt.example", "onjuist wachtwoord")
    expect(visitor.errors).to_contain_text("horen niet bij elkaar")
    expect(visitor.field("E-mailadres")).to_have_value("niemand@vpt.example")
    for _ in range(MAX_PER_ACCOUNT_AND_ADDRESS - 1):
        visitor.send("/inloggen", {"email": "niemand@vpt.example", "password": "onjuist"})
    visitor.sign_in("niemand@vpt.example", "onjuist wachtwoord")
    expect(visitor.errors).to_contain_text("Wacht 15 minuten")


def test_a_forgotten_password_is_chosen_anew_once(enter: Enter) -> None:
    visitor, administrator = enter(None, Visitor), enter(ADMINISTRATOR, Administrator)
    visitor.open("/inloggen")
    visitor.follow("Wachtwoord vergeten?")
    visitor.fill({"E-mailadres": READER})
    visitor.press("Link aanvragen")
    visitor.expect_said("hebt u zo een e-mail met een link")
    link = administrator.newest_link_to(READER)
    visitor.choose_password(link, NEW_PASSWORD)
    visitor.expect_said("U kunt nu inloggen.")
    visitor.sign_in(READER, NEW_PASSWORD)
    visitor.expect_heading("Mijn werk")
    assert visitor.open(link) == 410
    visitor.expect_heading("Deze link werkt niet meer")


def test_a_closed_account_is_out_at_the_next_click(enter: Enter, server: Server) -> None:
    server.give_password(SECOND_MANAGER)
    manager = enter(SECOND_MANAGER, Visitor)
    enter(ADMINISTRATOR, Administrator).close_account("Tweede accountmanager")
    manager.page.get_by_role("link", name="Plannen").click()
    manager.expect_sign_in_page()
    manager.sign_in(SECOND_MANAGER)
    expect(manager.errors).to_contain_text("horen niet bij elkaar")


def test_a_lost_role_counts_at_the_next_click(enter: Enter, server: Server) -> None:
    server.give_password(GRONINGEN_LEADER)
    leader = enter(GRONINGEN_LEADER, Visitor)
    assert leader.open("/regios/groningen/uren") == 200
    enter(ADMINISTRATOR, Administrator).end_role("Projectleider Groningen", "15-7-2012")
    leader.main.get_by_role("link", name="Uitgaven").click()
    leader.expect_sign_in_page()
    leader.sign_in(GRONINGEN_LEADER)
    leader.expect_heading("Deze pagina bestaat niet")


def type_until_the_session_is_over(enter: Enter, server: Server) -> Visitor:
    """Type in a plan, send it an hour too late, and return who then meets the sign-in page."""
    leader = enter(LIMBURG_LEADER, PlanPages)
    leader.take_work("Plan van aanpak Limburg schrijven")
    leader.write_section("Aanpak", TYPED)
    server.run_sql("UPDATE user_session SET seen_at = datetime(seen_at, '-2 hours')")
    leader.press("Opslaan")
    visitor = Visitor(leader.page)
    visitor.expect_sign_in_page()
    return visitor


def test_an_expired_session_keeps_what_was_typed(enter: Enter, server: Server) -> None:
    visitor = type_until_the_session_is_over(enter, server)
    visitor.sign_in(LIMBURG_LEADER)
    visitor.expect_heading("Aanpak")
    visitor.expect_said("Wat u had getypt, staat nog in het formulier.")
    expect(visitor.field("Aanpak")).to_have_value(TYPED)
    visitor.press("Opslaan")
    visitor.expect_heading("Plan van aanpak Limburg")


def test_what_was_typed_is_for_nobody_else(enter: Enter, server: Server) -> None:
    visitor = type_until_the_session_is_over(enter, server)
    visitor.sign_in(FIRST_MANAGER)
    expect(visitor.page.get_by_role("link", name="Accountmanager")).to_be_visible()
    assert TYPED not in visitor.page.content()
    expect(visitor.page.get_by_text(TYPED)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/regios/groningen/uren", 404, "Deze pagina bestaat niet"),
        ("/regios/atlantis", 404, "Deze pagina bestaat niet"),
        ("/beheer/personen", 403, "U mag deze pagina niet bekijken"),
        ("/convenanten/nieuw", 403, "U mag deze pagina niet bekijken"),
    ],
)
def test_what_is_not_for_a_person_says_so(
    enter: Enter, path: str, status: int, heading: str
) -> None:
    leader: Screen = enter(LIMBURG_LEADER)
    assert leader.open(path) == status
    leader.expect_heading(heading)
