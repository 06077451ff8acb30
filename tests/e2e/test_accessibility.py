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

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_PAGES = 60
NARROW = (390, 320)

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


def walk(page: Page) -> list[str]:
    """Return one address of each kind of page that can be reached from the first page."""
    waiting, seen = ["/mijn-werk"], {"/mijn-werk": "/mijn-werk"}
    visited = []
    while waiting and len(visited) < MOST_PAGES:
        path = waiting.pop(0)
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        visited.append(path)
        links = page.eval_on_selector_all("a[href]", HREFS)
        for link in links:
            parts = urlsplit(link)
            if parts.netloc != urlsplit(page.url).netloc or "/bestand" in parts.path:
                continue
            if kind_of(link) not in seen:
                seen[kind_of(link)] = link
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return visited


@pytest.mark.parametrize("email", [account.email for account in ACCOUNTS])
def test_every_page_is_accessible(visit: Callable[..., Page], email: str) -> None:
    page = visit(email)
    paths = walk(page)
    assert len(paths) > 5
    problems = []
    for path in paths:
        page.goto(path)
        problems += findings(page)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(path)
            hidden = page.evaluate(OUT_OF_VIEW)
            problems += [f"{path} at {width}: {html}" for html in hidden]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                problems.append(f"{path} at {width} scrolls sideways")
            problems += findings(page) if width == min(NARROW) else []
    assert problems == []


@pytest.mark.parametrize(
    "path", ["/inloggen", "/wachtwoord-vergeten", "/toegankelijkheid", "/nergens"]
)
def test_public_pages_are_accessible(visit: Callable[..., Page], path: str) -> None:
    for width in (1366, *NARROW):
        page = visit(width=width)
        page.goto(path)
        assert findings(page) == []


def test_the_vendor_style_sheet_is_there(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/inloggen")
    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")
    assert sum(sheets) > 500
    assert Path(ROOT / "vpt_regio" / "static" / "vendor").is_dir()
