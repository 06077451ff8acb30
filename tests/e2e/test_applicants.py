"""The pages by a link have no finding of axe and nothing out of view, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.test_accessibility import inspect
from tests.e2e.walk import give_axe
from tools.demo_server import Server
from vpt_regio.demo.people import OFFICER

pytestmark = pytest.mark.e2e

DRAFT = "SELECT id FROM subsidy_application WHERE status = 'draft'"
GRANTED = """SELECT application_id FROM pilot
    WHERE status = 'awarded' AND application_id IS NOT NULL AND starts_on <= '2012-06-30'"""
OF_DRAFT = ("", "/wijzigen", "/documenten", "/indienen", "/aanvullen", "/intrekken")
OF_GRANTED = ("", "/pilot", "/pilot/voortgang/2012-1", "/pilot/melding", "/pilot/eindverslag")


def link_of(server: Server, officer: Page, wanted: str) -> str:
    """Let the ministry send a link to an application; return its address from the mail."""
    application_id = server.run_sql(f"{wanted} ORDER BY 1 LIMIT 1")[0][0]
    officer.goto(f"/subsidies/aanvragen/{application_id}/link")
    officer.get_by_label("E-mailadres van de aanvrager").fill("aanvrager@vpt.example")
    officer.get_by_role("button", name="Link sturen").click()
    officer.get_by_text("De aanvrager krijgt een e-mail met de link.").wait_for()
    [(body,)] = server.run_sql("SELECT body FROM outbox_message ORDER BY id DESC LIMIT 1")
    found = re.search(r"/aanvraag/\S+", body)
    assert found is not None
    return found.group()


def test_the_pages_by_a_link_are_accessible(visit: Callable[..., Page], server: Server) -> None:
    officer, applicant = visit(OFFICER), visit()
    give_axe(applicant)
    problems: list[str] = []
    for wanted, paths in ((DRAFT, OF_DRAFT), (GRANTED, OF_GRANTED)):
        link = link_of(server, officer, wanted)
        for path in paths:
            assert applicant.request.get(f"{link}{path}").ok, path
            problems += inspect(applicant, f"{link}{path}", full=False)
        problems += inspect(applicant, f"{link}?taal=en", full=False)
        applicant.goto(f"{link}?taal=nl")
    assert problems == []
