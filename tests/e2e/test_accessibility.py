"""Every kind of page, as every role, has no finding of axe and nothing out of view."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tools.demo_server import ROOT
from vpt_regio.demo.accounts import ACCOUNTS

pytestmark = pytest.mark.e2e

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_PAGES = 60
WIDTHS = (1366, 390, 320)

# a link in a drawing has no plain address as property
HREFS = "links => links.map(link => new URL(link.getAttribute('href'), location).href)"

# controls that a person cannot reach because they stand outside the page
OUT_OF_VIEW = """() => [...document.querySelectorAll("a, button, input, select, textarea")]
  .filter(element => element.checkVisibility() && !element.closest(
    ".utrecht-table-container, .vpt-scroll, .nl-skip-link, .vpt-tabs, .vpt-chart"))
  .filter(element => { const box = element.getBoundingClientRect();
    return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) })
  .map(element => element.outerHTML.slice(0, 120))"""


def findings(page: Page) -> list[str]:
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{page.url} {violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def kind_of(path: str) -> str:
    """Return an address with its changing parts replaced: one page of a kind is enough."""
    path = re.sub(r"/regios/(?!nieuw)[^/]+", "/regios/*", urlsplit(path).path)
    path = re.sub(r"/halfjaren/(?!nieuw)[^/]+", "/halfjaren/*", path)
    path = re.sub(r"/rapportages/[^/]+", "/rapportages/*", path)
    path = re.sub(r"/hulp/[^/]+", "/hulp/*", path)
    return re.sub(r"/\d+", "/*", path)


def links_on(page: Page) -> list[str]:
    """Return the addresses on a page that lead to other pages of the application."""
    links: list[str] = page.eval_on_selector_all("a[href]", HREFS)
    own = urlsplit(page.url).netloc
    return [
        link
        for link in links
        if urlsplit(link).netloc == own and not link.endswith(("/bestand", "/brief"))
    ]


def out_of_view(page: Page, width: int) -> list[str]:
    hidden = [f"{page.url} at {width}: {html}" for html in page.evaluate(OUT_OF_VIEW)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        hidden.append(f"{page.url} at {width} scrolls sideways")
    return hidden


def inspect(page: Page, *, is_first_of_kind: bool) -> list[str]:
    """Return what is wrong with the page that is open, at every width.

    Another role sees other buttons, so every page is looked at again; a page of a kind that was
    seen before needs axe at one width only.
    """
    problems = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        problems += out_of_view(page, width)
        if is_first_of_kind or width == WIDTHS[0]:
            problems += findings(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return problems


def walk(page: Page, known: set[str]) -> tuple[int, list[str]]:
    """Inspect one page of each kind that can be reached; return how many, and what is wrong."""
    waiting, seen, problems, visited = ["/mijn-werk"], {"/mijn-werk"}, [], 0
    while waiting and visited < MOST_PAGES:
        path = waiting.pop(0)
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        visited += 1
        problems += inspect(page, is_first_of_kind=kind_of(path) not in known)
        known.add(kind_of(path))
        for link in links_on(page):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
    return visited, problems


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The kinds of pages that an earlier role was shown."""
    return set()


@pytest.mark.parametrize("email", [account.email for account in ACCOUNTS])
def test_every_page_is_accessible(visit: Callable[..., Page], known: set[str], email: str) -> None:
    visited, problems = walk(visit(email), known)
    assert visited > 5
    assert problems == []


@pytest.mark.parametrize(
    "path", ["/inloggen", "/wachtwoord-vergeten", "/toegankelijkheid", "/nergens"]
)
def test_public_pages_are_accessible(visit: Callable[..., Page], path: str) -> None:
    for width in WIDTHS:
        page = visit(width=width)
        page.goto(path)
        assert findings(page) == []


def test_the_vendor_style_sheet_is_there(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/inloggen")
    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")
    assert sum(sheets) > 500
    assert Path(ROOT / "vpt_regio" / "static" / "vendor").is_dir()
