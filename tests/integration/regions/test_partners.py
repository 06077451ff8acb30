"""Organisations, and how they join and leave regions."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.regions import Organisation, RegionPartner
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]

LEADER, OUTSIDER, READER = "leider@vpt.example", "ander@vpt.example", "lezer@vpt.example"


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        limburg, zeeland = make_region(programme), make_region(programme, "zeeland")
        make_person(programme, Role.PROJECT_LEADER, region=limburg, email=LEADER)
        make_person(programme, Role.PROJECT_LEADER, region=zeeland, email=OUTSIDER)
        make_person(programme, Role.READER, region=limburg, email=READER)
        make_organisation(programme, "Ziekenhuis Zuid")


def organisation_id(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Organisation.id).filter_by(name="Ziekenhuis Zuid").scalar()


def partner_id(app: Flask) -> int:
    with app.app_context():
        return db.session.query(RegionPartner.id).order_by(RegionPartner.id.desc()).scalar()


def join(app: Flask, client: FlaskClient, **fields: object) -> int:
    data = {"organisation_id": organisation_id(app), "joined_on": "1-3-2012", **fields}
    return client.post("/regios/limburg/partners/nieuw", data=data).status_code


def test_a_partner_joins_leaves_and_comes_back(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert join(app, client, contact_name="Coördinator VPT") == 303
    assert join(app, client) == 422
    address = f"/regios/limburg/partners/{partner_id(app)}"
    early = client.post(f"{address}/stoppen", data={"left_on": "1-2-2012"})
    assert early.status_code == 422
    assert "ligt voor de begindatum" in early.text
    late = client.post(f"{address}/stoppen", data={"left_on": "17-7-2012"})
    assert "in de toekomst" in late.text
    assert client.post(f"{address}/stoppen", data={"left_on": "1-6-2012"}).status_code == 303
    assert client.post(f"{address}/stoppen", data={"left_on": "1-6-2012"}).status_code == 409
    assert "Eerdere partners" in client.get("/regios/limburg/partners").text
    assert join(app, client, joined_on="1-7-2012") == 303
    history = client.get("/regios/limburg/geschiedenis").text
    assert "heeft Ziekenhuis Zuid als partner toegevoegd" in history
    assert "Ziekenhuis Zuid geen partner meer is" in history


def test_contacts_are_for_the_region_only(app: Flask, sign_in: SignIn) -> None:
    join(app, sign_in(LEADER), contact_name="Coördinator VPT", contact_phone="0800-1234")
    assert "0800-1234" in sign_in(READER).get("/regios/limburg/partners").text
    page = sign_in(OUTSIDER).get("/regios/limburg/partners").text
    assert "Ziekenhuis Zuid" in page
    assert "Coördinator VPT" not in page
    assert "0800-1234" not in page


def test_publishing_needs_a_contact(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert join(app, client, is_publishable="y") == 422
    assert join(app, client, is_publishable="y", contact_name="Coördinator VPT") == 303
    address = f"/regios/limburg/partners/{partner_id(app)}/bewerken"
    data = {"joined_on": "2-3-2012", "contact_name": "Opvolger", "version": "1"}
    assert client.post(address, data=data).status_code == 303
    with app.app_context():
        partner = db.session.get_one(RegionPartner, partner_id(app))
        assert (partner.joined_on, partner.is_publishable) == (date(2012, 3, 2), False)


def test_who_has_no_right_manages_no_partners(app: Flask, sign_in: SignIn) -> None:
    assert join(app, sign_in(OUTSIDER)) == 403
    assert join(app, sign_in(READER)) == 403
    assert join(app, sign_in(LEADER)) == 303
    address = f"/regios/limburg/partners/{partner_id(app)}/stoppen"
    assert sign_in(OUTSIDER).post(address, data={"left_on": "1-6-2012"}).status_code == 404
    assert sign_in(LEADER).get(address.replace("limburg", "zeeland")).status_code == 404


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Vul de naam van de organisatie in"),
        ({"name": "Ziekenhuis Zuid"}, "Er is al een organisatie met deze naam"),
        ({"kind": "club"}, "geldige keuze"),
    ],
)
def test_what_is_wrong_with_an_organisation_stands_at_its_field(
    sign_in: SignIn, change: dict[str, str], message: str
) -> None:
    data = {"name": "Brandweer", "kind": "employer", "municipality": "Maastricht", **change}
    response = sign_in(LEADER).post("/organisaties/nieuw", data=data)
    assert response.status_code == 422
    assert message in response.text
    assert "Maastricht" in response.text


def test_an_organisation_is_added_changed_and_shown(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    data = {"name": "Brandweer", "kind": "employer", "sector_id": "", "municipality": "Sittard"}
    made = client.post("/organisaties/nieuw", data=data)
    assert made.status_code == 303
    page = client.get(made.location).text
    assert "Brandweer" in page
    assert "heeft de organisatie toegevoegd" in page
    changed = client.post(
        f"{made.location}/bewerken", data={**data, "kind": "safety_region", "version": "1"}
    )
    assert changed.status_code == 303
    assert "veiligheidsregio" in client.get("/organisaties").text
    assert sign_in(READER).get("/organisaties/nieuw").status_code == 403
    assert client.get("/organisaties/999999").status_code == 404
