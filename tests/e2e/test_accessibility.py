"""Every kind of page, as every role, has no finding of axe and nothing out of view.

The quick form looks at a page of each kind once, as the first role that is shown one: at three
widths for what stands out of view, with axe on the widest and the narrowest. To the other roles a
page may show other buttons, so there nothing may stand out of view on the narrowest screen; what
is the same to the letter for somebody before them is not looked at again. With `--full`
(`make a11y`) every page is looked at as every role, with axe at every width.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import sign_in
from tests.e2e.walk import WIDTHS, Stop, findings, give_axe, out_of_view, reachable
from tools.demo_server import ROOT, Server
from vpt_regio.demo.accounts import ACCOUNTS

pytestmark = pytest.mark.e2e

PARTS = 1  # more parts can be walked side by side, but each finds its way over all pages first
WIDEST, NARROWEST = WIDTHS[0], WIDTHS[-1]


@pytest.fixture(scope="module")
def stops(server: Server, browser: Browser) -> dict[str, list[Stop]]:
    """The pages that each account can reach, by its e-mail address."""
    known: set[str] = set()
    found = {}
    for account in ACCOUNTS:
        context = browser.new_context(base_url=server.url)
        page = context.new_page()
        sign_in(page, account.email)
        found[account.email] = reachable(page, known)
        context.close()
    return found


def inspect(page: Page, path: str, *, full: bool = True) -> list[str]:
    """Return what is wrong with a page at every width."""
    problems = []
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        problems += out_of_view(page, width)
        if full or width in (WIDEST, NARROWEST):
            problems += findings(page)
    return problems


@pytest.mark.parametrize("email", [account.email for account in ACCOUNTS])
@pytest.mark.parametrize("part", range(PARTS), ids="part-{}".format)
def test_every_page_is_accessible(
    visit: Callable[..., Page], stops: dict[str, list[Stop]], full: bool, part: int, email: str
) -> None:
    looked_at = [stop for stop in stops[email] if full or stop.is_new]
    page = visit(email)
    give_axe(page)
    problems = []
    for stop in looked_at[part::PARTS]:
        problems += inspect(page, stop.path, full=full)
    assert len(stops[email]) > 5
    assert problems == []


@pytest.mark.parametrize("email", [account.email for account in ACCOUNTS])
@pytest.mark.parametrize("part", range(PARTS), ids="part-{}".format)
def test_nothing_is_out_of_view_for_any_role(
    visit: Callable[..., Page], stops: dict[str, list[Stop]], full: bool, part: int, email: str
) -> None:
    page = visit(email, width=NARROWEST)
    # the header and the menu differ for every role: the first page shows them
    looked_at = [
        stop
        for place, stop in enumerate(stops[email])
        if not stop.is_new and (full or stop.is_other or not place)
    ]
    problems = []
    for stop in looked_at[part::PARTS]:
        page.goto(stop.path)
        problems += out_of_view(page, NARROWEST)
    assert problems == []


@pytest.mark.parametrize(
    "path", ["/inloggen", "/wachtwoord-vergeten", "/toegankelijkheid", "/nergens"]
)
def test_public_pages_are_accessible(visit: Callable[..., Page], path: str) -> None:
    page = visit()
    give_axe(page)
    assert inspect(page, path) == []


def test_the_vendor_style_sheet_is_there(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/inloggen")
    sheets = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")
    assert sum(sheets) > 500
    assert Path(ROOT / "vpt_regio" / "static" / "vendor").is_dir()
