"""A covenant: drafted, signed, in the lists, and the beginning of a plan under it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import both_ways
from tests.e2e.pages.screen import Screen
from tools.demo_server import Server
from vpt_regio.demo.people import OFFICER

pytestmark = [pytest.mark.e2e, both_ways]

NUMBER = "VPT-2012-E2E"
TITLE = "Vervolg op het convenant van Groningen (voorbeeld)"
LEADER = "projectleider.groningen@vpt.example"

Enter = Callable[..., Any]


def draft(officer: Screen) -> None:
    officer.open("/convenanten")
    officer.follow("Nieuw convenant")
    officer.fill({"Titel": TITLE, "Voorschot": "honderdduizend", "Uiterste einddatum": "ooit"})
    officer.press("Concept bewaren")
    # number, regions, advance and last day, all at once
    expect(officer.errors.get_by_role("listitem")).to_have_count(4)
    expect(officer.field("Titel")).to_have_value(TITLE)
    expect(officer.field("Voorschot")).to_have_value("honderdduizend")
    officer.choose("Regio's", "Groningen")
    officer.fill(
        {
            "Nummer": NUMBER,
            "Voorschot": "100.000",
            "Uiterste einddatum": "30 juni 2014",
            "Plan van aanpak klaar op": "31-12-2012",
            "Wie tekent er namens de minister": "de minister",
            "Wederpartij 1": "korpsbeheerder (voorbeeld)",
            "Wie tekent er voor wederpartij 1": "de korpsbeheerder (voorbeeld)",
        }
    )
    officer.press("Concept bewaren")
    officer.expect_heading(TITLE)
    officer.expect_text("concept")


def sign(officer: Screen) -> None:
    officer.follow("Ondertekening vastleggen")
    officer.fill({"Datum van ondertekening": "16-7-2012"})
    officer.press("Ondertekening vastleggen")
    officer.expect_text("van kracht", "16 juli 2012")


def test_a_covenant_is_drafted_signed_and_used(enter: Enter, server: Server) -> None:
    server.give_password(LEADER)
    officer, leader = enter(OFFICER), enter(LEADER)
    draft(officer)
    sign(officer)
    officer.open("/convenanten")
    expect(officer.row("Alle convenanten", NUMBER)).to_contain_text("van kracht")

    leader.open("/mijn-werk")
    leader.follow("Plan van aanpak Groningen beginnen")
    leader.expect_text(NUMBER)
    leader.open("/regios/groningen/plan")
    leader.press("Begin met het plan")
    leader.expect_heading("Plan van aanpak Groningen")
    leader.expect_text(NUMBER, "Voeg minstens één activiteit toe.")
