"""The pages in English: the switch keeps the page, and no Dutch of the application is left."""

from collections.abc import Callable

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from tests.e2e.conftest import scripts_first
from tools.demo_server import ROOT
from vpt_regio.demo.people import ADMINISTRATOR, FIRST_MANAGER, OFFICER

pytestmark = [pytest.mark.e2e, scripts_first]

CATALOGUE = ROOT / "vpt_regio" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PAGES = {
    FIRST_MANAGER: (
        "/mijn-werk",
        "/landelijk",
        "/regios/limburg",
        "/regios/limburg/uren",
        "/regios/limburg/uitgaven",
        "/regios/limburg/plan",
        "/convenanten",
        "/plannen",
        "/halfjaren",
        "/halfjaren/2012-1",
        "/halfjaren/2012-1/rapportages/groningen",
        "/organisaties",
        "/mijn-gegevens",
        "/prestatiecontracten",
        "/regios/limburg/prestaties",
        "/regios/limburg/maatregelen",
        "/landelijk/resultaten",
        "/landelijk/maatregelen",
        "/indicatoren",
        "/cijfers",
        "/cijfers/jaarwisseling",
        "/cijfers/controle",
        "/doelen",
        "/subsidies",
        "/subsidies/arrangementen",
        "/subsidies/rondes/2",
        "/pilots",
        "/pilots/1",
    ),
    OFFICER: (
        "/subsidies/rondes/2/aanvragen",
        "/subsidies/regelingen/1/rondes/nieuw",
        "/subsidies/aanvragen/1",
        "/subsidies/aanvragen/1/link",
        "/subsidies/inlezen",
    ),
    ADMINISTRATOR: (
        "/beheer/personen",
        "/beheer/mandaten",
        "/beheer/logboek",
        "/beheer/berichten",
        "/beheer/lijsten",
        "/beheer/lijsten/maatregelen",
    ),
}
# what the application itself says, as opposed to what people typed
WORDS = """() => [...document.querySelectorAll(
    "h1, h2, h3, th[scope=col], caption, legend, label, button, nav a, dt, summary")]
  .map(element => element.textContent.trim())"""

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def dutch() -> set[str]:
    """Every Dutch text of the application that is something else in English."""
    with CATALOGUE.open("rb") as file:
        pairs = [(message.id, message.string) for message in read_po(file)]
    return {text for text, english in pairs if isinstance(text, str) and text and text != english}


def switch_to(page: Page, language: str) -> None:
    page.get_by_role("banner").get_by_role("link", name=language).click()


def test_switching_keeps_the_page(visit: Visit) -> None:
    page = visit(FIRST_MANAGER)
    page.goto("/regios/limburg/uren?halfjaar=2012-1")
    switch_to(page, "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/regios/limburg/uren?" in page.url
    assert "halfjaar=2012-1" in page.url
    # the choice holds on the pages that follow
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="My work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    switch_to(page, "Nederlands")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")


def test_no_dutch_is_left(visit: Visit, dutch: set[str]) -> None:
    left = []
    for email, paths in PAGES.items():
        page = visit(email)
        switch_to(page, "English")
        for path in paths:
            page.goto(path)
            words = set(page.evaluate(WORDS))
            assert "My work" in words
            left += [f"{path}: {text}" for text in sorted(words & dutch)]
    assert left == []
