"""Takes the pictures of the README: `python tools/screenshots.py` writes docs/screenshots/*.png.

It starts a demonstration of its own, so that the pictures show what everybody sees who starts it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tools import demo_server  # noqa: E402
from vpt_regio.demo.accounts import PASSWORD  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
LEADER, MANAGER = "projectleider.limburg@vpt.example", "accountmanager@vpt.example"
OFFICER = "beleid@vpt.example"
DESKTOP, PHONE = (1366, 900), (390, 844)


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it.

    `way` names the links to follow from `path` on, `part` the heading to scroll to.
    """

    name: str
    email: str
    path: str
    way: tuple[str, ...] = ()
    part: str = ""
    size: tuple[int, int] = DESKTOP


PICTURES = (
    Picture("regio", MANAGER, "/regios/limburg"),
    Picture("landelijk", OFFICER, "/landelijk", part="De regio's op de kaart"),
    Picture("mijn-werk", LEADER, "/mijn-werk"),
    Picture("plan", LEADER, "/plannen", ("Limburg",)),
    Picture("beoordeling", MANAGER, "/plannen", ("Midden Nederland", "Naar de beoordeling")),
    Picture("rapportage", OFFICER, "/halfjaren/2012-1/rapportages/groningen"),
    Picture("halfjaar", OFFICER, "/halfjaren/2012-1"),
    Picture("telefoon", LEADER, "/mijn-werk", size=PHONE),
)


def main() -> None:
    """Take every picture, one after the other."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder)
        demo_server.load_demo(data)
        with demo_server.running(data) as server:
            chromium = playwright.chromium.launch(
                executable_path=demo_server.chromium(), args=demo_server.CHROMIUM_FLAGS
            )
            for picture in PICTURES:
                take(chromium, server.url, picture)
            chromium.close()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Write the picture of what stands on one screen."""
    with signed_in(browser, url, picture) as page:
        page.goto(picture.path)
        for name in picture.way:
            page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
            page.wait_for_load_state()
        if picture.part:
            heading = page.get_by_role("heading", name=picture.part)
            heading.evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=FOLDER / f"{picture.name}.png")
    print(f"{picture.name}.png")


@contextmanager
def signed_in(browser: Browser, url: str, picture: Picture) -> Iterator[Page]:
    """Give a page of somebody who is signed in to the demonstration."""
    width, height = picture.size
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, locale="nl-NL"
    )
    page = context.new_page()
    page.goto("/inloggen")
    page.get_by_label("E-mailadres").fill(picture.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/mijn-werk")
    yield page
    context.close()


if __name__ == "__main__":
    main()
