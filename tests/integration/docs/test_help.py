"""The guides inside the application."""

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.world import make_world
from tests.integration.subsidies.applicants import make_applicants
from vpt_regio.uow import unit_of_work
from vpt_regio.web import guides

FIRST_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>")


def first_heading(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    found = FIRST_HEADING.findall(response.get_data(as_text=True))
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def people(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_world()


def test_who_is_not_signed_in_reads_how_to_sign_in(app: Flask) -> None:
    assert first_heading(app.test_client(), "/hulp") == "Handleiding VPT Regio"


def test_an_applicant_is_led_to_the_guide_for_applicants(app: Flask) -> None:
    with app.app_context():
        applicants = make_applicants()
    client = app.test_client()
    address = f"/hulp/{guides.APPLICANT}"
    assert f'href="{address}"' in client.get(applicants.url()).text
    assert first_heading(client, address) == "Handleiding voor de aanvrager"


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("email", "heading"),
    [
        ("leader.limburg@vpt.example", "Handleiding voor de projectleider"),
        ("manager.limburg@vpt.example", "Handleiding voor de accountmanager"),
        ("officer@vpt.example", "Handleiding voor de beleidsmedewerker"),
        ("holder@vpt.example", "Handleiding voor de mandaathouder"),
        ("admin@vpt.example", "Handleiding voor de functioneel beheerder"),
        ("reader@vpt.example", "Handleiding voor de lezer"),
        ("roleless@vpt.example", "Handleiding VPT Regio"),
    ],
)
def test_everyone_starts_with_the_guide_of_their_role(
    sign_in: Callable[..., FlaskClient], email: str, heading: str
) -> None:
    client = sign_in(email)
    assert first_heading(client, "/hulp") == heading
    assert 'href="/hulp"' in client.get("/mijn-werk").get_data(as_text=True)


def test_every_guide_is_sound_and_its_links_lead_to_a_heading(app: Flask) -> None:
    client = app.test_client()
    pages = {name: client.get(f"/hulp/{name}").get_data(as_text=True) for name in guides.FILES}
    for name, page in pages.items():
        html5lib.HTMLParser(strict=True).parse(page)
        for target, part in re.findall(r'href="/hulp/([\w-]+)(?:#([\w-]+))?"', page):
            assert target in pages, name
            assert not part or f'id="{part}"' in pages[target], (name, target, part)
        assert ".md" not in re.sub(r"<code>.*?</code>", "", page), name


def test_a_table_can_be_scrolled_with_the_keyboard(app: Flask) -> None:
    page = app.test_client().get("/hulp/werkboek").get_data(as_text=True)
    tables, regions = page.count("<table>"), page.count('<div role="region" tabindex="0"')
    assert tables == regions > 0


def test_a_guide_that_does_not_exist(app: Flask) -> None:
    assert app.test_client().get("/hulp/iets").status_code == 404


def test_the_english_page_says_that_guides_are_dutch(app: Flask) -> None:
    page = app.test_client().get("/hulp?taal=en").get_data(as_text=True)
    assert "The guides are available in Dutch only." in page
    assert 'lang="nl"' in page


def test_html_and_foreign_links_in_a_file_do_not_become_markup(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "guide.md"
    file.write_text("# Titel\n\n<script>x</script> [weg](javascript:x) [op](../operations.md)\n")
    monkeypatch.setitem(guides.FILES, "lezer", file)
    with app.test_request_context():
        html = guides.read_guide("lezer").html
    assert "<script" not in html
    assert "href" not in html
    assert "op" in html
