"""The walk over the pages of the demonstration: which there are, and what is wrong on each."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

from tools.demo_server import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1366, 390, 320)
# more kinds than there will be: a part of an address that `kind_of` does not know has no end
MOST_KINDS = 250
FILES = ("/bestand", "/brief", "/sjabloon")
# the tokens of forms are new at every request, and nobody sees them
EVERY_TIME = re.compile(r'<input[^>]*type="hidden"[^>]*>')

# controls that a person cannot reach because they stand outside the page
OUT_OF_VIEW = """() => [...document.querySelectorAll("a, button, input, select, textarea")]
  .filter(element => element.checkVisibility() && !element.closest(
    ".utrecht-table-container, .vpt-scroll, .nl-skip-link, .vpt-tabs, .vpt-chart"))
  .filter(element => { const box = element.getBoundingClientRect();
    return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) })
  .map(element => element.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Stop:
    """A page that somebody is shown.

    `is_new` when nobody before them was shown one of its kind, `is_other` when nobody before them
    was shown this one with the same contents: what they may do there differs.
    """

    path: str
    is_new: bool
    is_other: bool


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address is not None:
            self.found.append(address)


def kind_of(path: str) -> str:
    """Return an address with its changing parts replaced: one page of a kind is enough."""
    path = re.sub(r"/regios/(?!nieuw)[^/]+", "/regios/*", urlsplit(path).path)
    path = re.sub(r"/halfjaren/(?!nieuw)[^/]+", "/halfjaren/*", path)
    path = re.sub(r"/rapportages/[^/]+", "/rapportages/*", path)
    path = re.sub(r"/hulp/[^/]+", "/hulp/*", path)
    path = re.sub(r"/cijfers/(?!nieuw|controle)[^/]+", "/cijfers/*", path)
    path = re.sub(r"/lijsten/[^/]+", "/lijsten/*", path)
    return re.sub(r"/\d+", "/*", path)


def links_in(html: str, url: str) -> list[str]:
    """Return the addresses on a page that lead to other pages of the application."""
    parser = _Links()
    parser.feed(html)
    links = [urljoin(url, link) for link in parser.found]
    own = urlsplit(url).netloc
    return [link for link in links if urlsplit(link).netloc == own and not link.endswith(FILES)]


def contents_of(html: str) -> str:
    """Return what stands between header and footer, without what differs at every request."""
    start, end = html.index("<main"), html.rindex("</main>")
    return EVERY_TIME.sub("", html[start:end])


def reachable(page: Page, known: set[str]) -> list[Stop]:
    """Return a page of each kind that who is signed in can reach.

    Adds these kinds and what stands on the pages to `known`.
    """
    waiting, seen, stops = [urljoin(page.url, "/mijn-werk")], {"/mijn-werk"}, []
    while waiting:
        url = waiting.pop(0)
        response = page.request.get(url)
        assert response.status == 200, f"{url}: {response.status}"
        if not response.headers["content-type"].startswith("text/html"):
            response.dispose()
            continue  # a file to download is no page
        kind, contents = kind_of(url), contents_of(response.text())
        stops.append(Stop(url, is_new=kind not in known, is_other=contents not in known))
        known |= {kind, contents}
        for link in links_in(response.text(), response.url):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
        response.dispose()
    assert len(seen) < MOST_KINDS, sorted(seen)
    return stops


def findings(page: Page) -> list[str]:
    """Return what axe finds on a page whose context was prepared with `give_axe`."""
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        RULES,
    )
    return [
        f"{page.url} {violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def give_axe(page: Page) -> None:
    """Let every page that opens from now on have axe: sending it along each time takes long."""
    page.add_init_script(path=AXE)


def out_of_view(page: Page, width: int) -> list[str]:
    hidden = [f"{page.url} at {width}: {html}" for html in page.evaluate(OUT_OF_VIEW)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        hidden.append(f"{page.url} at {width} scrolls sideways")
    return hidden
