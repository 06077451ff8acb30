"""A real server with the demonstration programme, and a real browser before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from vpt_regio.demo.accounts import PASSWORD

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
START_SECONDS = 60


class Server:
    """The application with its worker, on a database of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = demo_environment(data_dir) | {"PORT": str(self.port)}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        flask = [sys.executable, "-m", "flask", "--app", "wsgi", "vpt", "worker"]
        for command in ([sys.executable, "-m", "vpt_regio.serve"], flask):
            log = (self.data_dir / f"{command[-1]}.log").open("wb")
            self.processes.append(
                subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            )
            log.close()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):  # noqa: S310 - our own address
                    return
            except (URLError, OSError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(20)


def demo_environment(data_dir: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "VPT_ENV": "demo",
        "VPT_TODAY": "2012-07-16",
        "VPT_DATA_DIR": str(data_dir),
    }


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration programme, to be copied by each server."""
    folder = tmp_path_factory.mktemp("demo")
    for command in (["db", "upgrade"], ["vpt", "demo"]):
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env=demo_environment(folder),
            check=True,
        )
    return folder


@pytest.fixture(scope="module")
def server(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running application with a fresh copy of the demonstration, one for each test module."""
    folder = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_data, folder)
    running = Server(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page, signed in as an account or as nobody.

    Whatever a page writes to the console as an error fails the test: a broken script, or
    something that the content security policy refused.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(email: str | None = None, *, width: int = 1366, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="nl-NL",
        )
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


def _chromium() -> str:
    found = os.environ.get("VPT_CHROMIUM") or next(
        (path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None
    )
    assert found, "no Chromium: run the tests with `make test`, which installs one"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
