"""The pages of a merger: choose, look, confirm, read back, undo."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.integration.mergers.scene import make_scene
from tests.integration.regions.records import counted_queries
from vpt_regio.extensions import db
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.uow import unit_of_work

OFFICER = "beleid@vpt.example"
ASKED = "/regios/samenvoegen/controle?opvolger=samen&regio=brabant&regio=zeeland&dag=2012-07-10"
CHOICE = {
    "form_name": "MergerForm",
    "successor": "samen",
    "predecessors": ["brabant", "zeeland"],
    "merged_on": "10-07-2012",
}
REASON = {"form_name": "ConfirmMergerForm", "reason": "Eén aanpak."}

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    with app.app_context(), unit_of_work():
        make_scene()
    return sign_in(OFFICER)


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.get_data(as_text=True)


def merged(client: FlaskClient) -> str:
    """Merge, and return the address of the merger."""
    response = client.post(ASKED, data=REASON)
    assert response.status_code == 303
    return str(response.location)


def test_one_looks_before_one_merges(app: Flask, officer: FlaskClient) -> None:
    assert "Bekijk wat er verandert" in text_of(officer, "/regios/samenvoegen")
    response = officer.post("/regios/samenvoegen", data=CHOICE)
    assert (response.status_code, response.location) == (303, ASKED)
    page = text_of(officer, ASKED)
    assert "€ 116.667,00" in page.replace("\xa0", " ")
    assert "Alle bedragen, uren en aantallen zijn na de samenvoeging gelijk" in page
    assert "Krijgt er toegang bij tot" in page
    with app.app_context():
        assert db.session.query(RegionMerger).count() == 0
        assert {r.status.value for r in db.session.query(Region)} == {"active", "exploring"}


def test_a_merger_is_made_read_and_undone(app: Flask, officer: FlaskClient) -> None:
    address = merged(officer)
    page = text_of(officer, address)
    assert "Bewijs dat er niets verloren ging" in page
    for link in ("/regios/brabant/geschiedenis", "/regios/zeeland", "/regios/samen"):
        assert link in page
    assert address in text_of(officer, "/regios/zeeland")
    assert address in text_of(officer, "/regios/samen")
    for tab in ("uren", "uitgaven", "projectleiders", "partners", "rapportages", "geschiedenis"):
        for code in ("samen", "zeeland"):
            text_of(officer, f"/regios/{code}/{tab}")
    undo = f"{address}/ongedaan-maken"
    assert "Verliest toegang tot" in text_of(officer, undo)
    empty = officer.post(undo, data={"form_name": "UndoMergerForm", "reason": ""})
    assert empty.status_code == 422
    done = officer.post(undo, data={"form_name": "UndoMergerForm", "reason": "Toch niet."})
    assert (done.status_code, done.location) == (303, address)
    assert "ongedaan gemaakt" in text_of(officer, address)
    assert "al ongedaan gemaakt" in text_of(officer, undo)
    assert address in text_of(officer, "/regios/zeeland")
    assert address in text_of(officer, "/regios/samen")


def test_a_bad_choice_comes_back_with_its_messages(officer: FlaskClient) -> None:
    for changes, words in (
        ({"predecessors": ["zeeland"]}, "minstens twee"),
        ({"merged_on": "1-8-2012"}, "ligt in de toekomst"),
        ({"merged_on": "ooit"}, "Vul een datum in"),
        ({"successor": "brabant"}, "niet in zichzelf"),
    ):
        response = officer.post("/regios/samenvoegen", data=CHOICE | changes)
        assert response.status_code == 422, changes
        assert words in response.get_data(as_text=True)
    assert officer.post("/regios/samenvoegen", data=CHOICE | {"successor": "x"}).status_code == 422
    refused = officer.post(ASKED.replace("2012-07-10", "2012-09-01"), data=REASON)
    assert refused.status_code == 422
    assert "ligt in de toekomst" in refused.get_data(as_text=True)
    for address in (
        "/regios/samenvoegen/controle",
        "/regios/samenvoegen/controle?opvolger=samen&dag=x",
        "/regios/samenvoegen/controle?opvolger=geen&regio=zeeland&dag=2012-07-10",
    ):
        assert officer.get(address).status_code == 302
        assert officer.post(address, data=REASON).status_code == 303


def test_money_shows_to_the_regions_only(officer: FlaskClient, sign_in: SignIn) -> None:
    address = merged(officer)
    assert "Voorschot" in text_of(sign_in("leader.zeeland@vpt.example"), address)
    outside = sign_in("leader.outside@vpt.example")
    assert "Voorschot" not in text_of(outside, address)
    assert outside.get("/regios/samenvoegen").status_code == 403
    assert outside.get(f"{address}/ongedaan-maken").status_code == 403


def test_the_successor_reads_and_books_on_what_it_got(
    officer: FlaskClient, sign_in: SignIn
) -> None:
    merged(officer)
    leader = sign_in("leader.brabant@vpt.example")
    page = text_of(leader, "/regios/samen/uitgaven").replace("\xa0", " ")
    assert "€ 7.000,01" in page
    assert "€ 1.234,56" in page
    assert "Training" in text_of(leader, "/regios/samen/uitgaven/nieuw")
    booked = leader.post(
        "/regios/samen/uren",
        data={"form_name": "HoursForm", "appointment": "1", "week": "2012-W28", "quarters": "8"},
    )
    assert booked.status_code == 303
    page = text_of(leader, "/regios/samen/uren?halfjaar=2012-2")
    assert "week 28" in page
    # its region still shows what it did itself
    assert "€ 1.234,56" not in text_of(leader, "/regios/brabant/uitgaven").replace("\xa0", " ")


def test_the_national_pages_keep_their_number_of_queries(app: Flask, officer: FlaskClient) -> None:
    merged(officer)
    text_of(officer, "/landelijk")
    with app.app_context(), counted_queries() as seen:
        assert officer.get("/landelijk").status_code == 200
    assert len(seen) <= 12
