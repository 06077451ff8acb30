"""The pages of regions: what they tell, to whom, and how they refuse."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.regions.records import (
    counted_queries,
    make_period,
    make_report,
    make_running_region,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionTile
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]

OFFICER, LEADER, OUTSIDER = "beleid@vpt.example", "leider@vpt.example", "ander@vpt.example"


@pytest.fixture
def programme(app: Flask) -> None:
    """Limburg runs under a covenant; Zeeland is only being explored."""
    with app.app_context(), unit_of_work():
        programme = make_programme()
        limburg = make_region(programme)
        zeeland = make_region(programme, "zeeland", status=RegionStatus.EXPLORING)
        db.session.add(RegionTile(region_id=limburg.id, tile="limburg-zuid"))
        _covenant, leader, _manager = make_running_region(programme, limburg)
        leader.email = LEADER
        make_report(limburg, make_period(programme), leader, status=ReportStatus.DRAFT)
        closed = make_period(
            programme,
            "2011-2",
            starts_on=date(2011, 7, 1),
            ends_on=date(2011, 12, 31),
            status=PeriodStatus.CLOSED,
        )
        make_report(limburg, closed, leader, status=ReportStatus.ACCEPTED)
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        make_person(programme, Role.PROJECT_LEADER, region=zeeland, email=OUTSIDER)


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.text
    return response.text.replace("\u00a0", " ")


@pytest.mark.usefixtures("programme")
def test_the_region_page_tells_how_a_region_stands(sign_in: SignIn) -> None:
    page = text_of(sign_in(LEADER), "/regios/limburg")
    assert "nog 533 dagen" in page
    assert "€ 1.250,50 van € 100.000" in page
    assert "27,5 van 520 uur" in page
    assert "2 van 3" in page
    assert "Accountmanager Limburg" in page
    assert "Te weinig uren" in page


@pytest.mark.usefixtures("programme")
def test_an_outsider_sees_national_fields_only(sign_in: SignIn) -> None:
    page = text_of(sign_in(OUTSIDER), "/regios/limburg")
    assert "nog 533 dagen" in page
    assert "goedgekeurd" in page
    assert "2011-2" in page
    for hidden in ("€", "uur", "Open opmerkingen", "concept", "Laatste gebeurtenissen"):
        assert hidden not in page.partition("<main")[2], hidden


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("address", ["/regios/limburg/geschiedenis", "/regios/limburg/plan"])
def test_an_outsider_gets_no_further(sign_in: SignIn, address: str) -> None:
    assert sign_in(OUTSIDER).get(address).status_code in (403, 404)


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    "address",
    [
        "/regios",
        "/regios/limburg/geschiedenis",
        "/regios/limburg/rapportages",
        "/regios/limburg/partners",
        "/regios/zeeland",
        "/regios/zeeland/plan",
        "/regios/limburg/bewerken",
        "/regios/limburg/status",
        "/regios/nieuw",
        "/landelijk?kleur=onzin",
    ],
)
def test_every_page_opens(sign_in: SignIn, address: str) -> None:
    assert "<h1" in text_of(sign_in(OFFICER), address)


@pytest.mark.usefixtures("programme")
def test_the_plan_of_a_region_is_one_step_away(sign_in: SignIn) -> None:
    response = sign_in(LEADER).get("/regios/limburg/plan")
    assert response.status_code == 302
    assert response.location.startswith("/plannen/")


@pytest.mark.usefixtures("programme")
def test_an_unknown_region_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(OFFICER).get("/regios/nergens").status_code == 404


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("scale", "shown"),
    [
        ("plan", "goedgekeurd"),
        ("rapportage", "concept"),
        ("geld", "1% besteed"),
        ("uren", "5% van norm"),
        ("einddatum", "533 dagen"),
    ],
)
def test_the_map_shows_one_scale_at_a_time(sign_in: SignIn, scale: str, shown: str) -> None:
    page = text_of(sign_in(OFFICER), f"/landelijk?kleur={scale}")
    assert f"LIZ {shown}, Limburg" in page
    assert "Convenant eindigt" in page


@pytest.mark.usefixtures("programme")
def test_money_and_hours_are_no_scale_for_who_may_not_see_them(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        programme = db.session.query(Programme).one()
        partner = make_region(programme, "elders")
        make_person(programme, Role.READER, region=partner, email="lezer@vpt.example")
    page = text_of(sign_in("lezer@vpt.example"), "/landelijk?kleur=geld").partition("<main")[2]
    assert "besteed" not in page
    assert "€" not in page
    assert "1%" not in page


def _landelijk_queries(app: Flask, sign_in: SignIn, regions: int) -> int:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        for number in range(regions):
            make_running_region(programme, make_region(programme, f"regio-{number:02}"))
        make_period(programme)
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
    client = sign_in(OFFICER)
    client.get("/landelijk")
    with app.app_context(), counted_queries() as statements:
        assert client.get("/landelijk").status_code == 200
    return len(statements)


@pytest.mark.parametrize("regions", [3, 30])
def test_the_national_view_needs_as_many_queries_for_any_number_of_regions(
    app: Flask, sign_in: SignIn, regions: int
) -> None:
    assert _landelijk_queries(app, sign_in, regions) <= 12


@pytest.mark.usefixtures("programme")
def test_a_region_is_added_and_its_code_never_changes(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    fields = {
        "code": "drenthe",
        "name": "Drenthe",
        "territory_type": "province",
        "designated": "voorjaar 2010",
        "tile_codes": ["drenthe"],
    }
    assert client.post("/regios/nieuw", data=fields).location == "/regios/drenthe"
    assert "voorjaar 2010" in text_of(client, "/regios/drenthe")
    changed = {**fields, "code": "anders", "name": "Drenthe en omstreken", "version": "1"}
    assert client.post("/regios/drenthe/bewerken", data=changed).status_code == 303
    page = text_of(client, "/regios/drenthe")
    assert "Drenthe en omstreken" in page
    assert client.get("/regios/anders").status_code == 404
    assert "heeft de regio gewijzigd" in text_of(client, "/regios/drenthe/geschiedenis")


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "Noord Holland"}, "alleen kleine letters"),
        ({"code": "-limburg"}, "alleen kleine letters"),
        ({"code": "limburg"}, "Deze code is al in gebruik"),
        ({"code": ""}, "Vul een code in"),
        ({"name": ""}, "Vul de naam van de regio in"),
        ({"name": "Limburg"}, "Er is al een regio met deze naam"),
        ({"designated": "najaar 2012"}, "ligt in de toekomst"),
        ({"designated": "ooit"}, "zo precies als u weet"),
        ({"territory_type": "land"}, "geldige keuze"),
    ],
)
def test_what_is_wrong_with_a_region_stands_at_its_field(
    sign_in: SignIn, change: dict[str, str], message: str
) -> None:
    fields = {
        "code": "drenthe",
        "name": "Drenthe",
        "territory_type": "province",
        "portfolio_holder": "de korpsbeheerder",
        **change,
    }
    response = sign_in(OFFICER).post("/regios/nieuw", data=fields)
    assert response.status_code == 422
    assert message in response.text.replace("\u00a0", " ")
    assert "de korpsbeheerder" in response.text


@pytest.mark.usefixtures("programme")
def test_what_is_left_alone_keeps_its_value(app: Flask, sign_in: SignIn) -> None:
    words = "in 2012 (dag niet in bron)"
    with app.app_context(), unit_of_work():
        region = db.session.query(Region).filter_by(code="limburg").one()
        region.designated_on, region.designated_precision = date(2012, 1, 1), "year"
        region.designated_words = words
    client = sign_in(OFFICER)
    page = text_of(client, "/regios/limburg/bewerken")
    assert re.search(r'value="limburg-zuid" checked', page)
    assert not re.search(r'value="limburg-noord" checked', page)
    fields = {
        "name": "Limburg",
        "territory_type": "province",
        "designated": words,
        "tile_codes": ["limburg-zuid"],
    }
    assert client.post("/regios/limburg/bewerken", data=fields).status_code == 303
    with app.app_context():
        stored = db.session.query(Region).filter_by(code="limburg").one()
        assert stored.designated is not None
        assert (stored.designated.on, stored.designated.words) == (date(2012, 1, 1), words)
        assert [tile.tile for tile in stored.tiles] == ["limburg-zuid"]


@pytest.mark.usefixtures("programme")
def test_a_stale_region_shows_both_texts(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    fields = {"name": "Limburg", "territory_type": "province", "version": "1"}
    assert (
        client.post("/regios/limburg/bewerken", data={**fields, "source": "a"}).status_code == 303
    )
    response = client.post("/regios/limburg/bewerken", data={**fields, "source": "mijn bron"})
    assert response.status_code == 409
    assert "mijn bron" in response.text


@pytest.mark.usefixtures("programme")
def test_a_region_is_designated_but_not_ended_under_a_covenant(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    data = {"step": "designate", "version": "1"}
    assert client.post("/regios/zeeland/status", data=data).status_code == 303
    assert "actief" in text_of(client, "/regios/zeeland")
    refused = client.post("/regios/limburg/status", data={"step": "end", "version": "1"})
    assert refused.status_code == 409
    assert "nog van kracht" in refused.text
    again = client.post("/regios/zeeland/status", data={"step": "designate", "version": "2"})
    assert again.status_code == 422


@pytest.mark.usefixtures("programme")
def test_only_a_policy_officer_manages_regions(sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert client.get("/regios/nieuw").status_code == 403
    assert client.post("/regios/limburg/bewerken", data={"name": "X"}).status_code == 403
