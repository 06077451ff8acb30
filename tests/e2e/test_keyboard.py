"""With the keyboard alone: sign in and begin with the first work that waits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from vpt_regio.demo.accounts import PASSWORD
from vpt_regio.demo.spending import LIMBURG_LEADER

pytestmark = pytest.mark.e2e

MOST_TABS = 60
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const name = element.labels?.[0]?.textContent || element.textContent || "";
  const isShown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {name: name.trim(), isShown: isShown || style.boxShadow !== "none"};
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has a name; every stop on the way shows the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["isShown"], f"the focus on {focus['name']} cannot be seen"
        if focus["name"].startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with Tab")


def test_the_first_work_item_is_opened_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/inloggen")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "Direct naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "E-mailadres")
    page.keyboard.type(LIMBURG_LEADER)
    tab_to(page, "Wachtwoord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn werk")
    page.wait_for_load_state()
    table = page.get_by_role("table", name="Wat wacht op mij")
    first = table.get_by_role("link").first.inner_text()
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Mijn werk")
