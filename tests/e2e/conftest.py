"""A real server with the demonstration programme, and a real browser before it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.pages.screen import Screen
from tests.quick import full_only
from tools import demo_server
from tools.demo_server import Server
from vpt_regio.demo.accounts import PASSWORD

MOST_MILLISECONDS = 20_000
expect.set_options(timeout=MOST_MILLISECONDS)


@pytest.fixture(scope="module")
def javascript() -> bool:
    """Whether scripts run; `both_ways` gives the tests of a module with and without them."""
    return True


scripts_first = pytest.mark.parametrize(
    "javascript",
    [True, pytest.param(False, marks=full_only)],
    ids=["script", "no-script"],
    scope="module",
)
"""As `both_ways`, but in the quick form with scripts only."""
both_ways = pytest.mark.parametrize(
    "javascript", [True, False], ids=["script", "no-script"], scope="module"
)


@pytest.fixture(scope="module")
def server(
    demo_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    javascript: bool,
) -> Iterator[Server]:
    """A running application with a fresh copy of the demonstration.

    There is one for each test module, and one with and one without `javascript`.
    """
    folder = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_data, folder)
    with demo_server.running(folder) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=demo_server.chromium(), args=demo_server.CHROMIUM_FLAGS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(server: Server, browser: Browser, javascript: bool) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page, signed in as an account or as nobody.

    Whatever a page writes to the console as an error fails the test: a broken script, or
    something that the content security policy refused.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(email: str | None = None, *, width: int = 1366) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="nl-NL",
        )
        context.set_default_timeout(MOST_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note_problem(problems, message.type, message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        if email is not None:
            sign_in(page, email)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def enter(visit: Callable[..., Page]) -> Callable[..., Screen]:
    """Return a function that brings somebody, signed in or not, before screens of a kind."""

    def as_person(email: str | None = None, kind: type[Screen] = Screen) -> Screen:
        return kind(visit(email))

    return as_person


def sign_in(page: Page, email: str) -> None:
    page.goto("/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn-werk")


def _note_problem(problems: list[str], kind: str, text: str) -> None:
    # a page that answers 403, 409 or 422 on purpose is noted by the browser as an error too
    if kind == "error" and "Failed to load resource" not in text:
        problems.append(text)
