"""The pages about maturity and inventories, from the address to what is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import make_stage
from tests.factories.people import make_person
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.maturity import Inventory, MeasureMaturity
from vpt_regio.queries.programmes import list_measures
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
PAGE = "/regios/limburg/maatregelen"
FORM = f"{PAGE}/beoordelen"


@dataclass
class Ids:
    organisation: int
    measures: list[int]


@pytest.fixture
def ids(app: Flask) -> Ids:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_stage("groningen", programme=stage.programme)
        make_person(stage.programme, Role.READER, email="lezer@vpt.example")
        measures = list_measures(stage.programme, on=date(2012, 7, 16))
        return Ids(stage.partner.id, [measure.id for measure in measures])


@pytest.fixture
def leader(ids: Ids, sign_in: SignIn) -> FlaskClient:
    return sign_in("leider.limburg@vpt.example")


def _send(leader: FlaskClient, ids: Ids, *, day: str = "", **fields: str) -> tuple[int, str]:
    address = f"{FORM}?organisatie={ids.organisation}&op={day}"
    response = leader.post(address, data=fields)
    return response.status_code, response.text


def _filled(ids: Ids, *levels: tuple[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for measure, (level, evidence) in zip(ids.measures, levels, strict=False):
        fields |= {f"level_{measure}": level, f"evidence_{measure}": evidence}
    return fields


def test_a_leader_judges_an_organisation(app: Flask, ids: Ids, leader: FlaskClient) -> None:
    assert "Formulier openen" in leader.get(FORM).text
    page = leader.get(f"{FORM}?organisatie={ids.organisation}").text
    assert "Gemeente limburg" in page
    assert "in gebruik bij een deel" in page
    status, _text = _send(leader, ids, **_filled(ids, ("2", "Protocol"), ("0", "")))
    assert status == 303
    page = leader.get(PAGE).text
    assert "Gemeente limburg, Maatregel 1: in gebruik bij een deel" in page
    assert "Gemeente limburg, Maatregel 3: niet beoordeeld" in page
    with app.app_context():
        assert db.session.query(MeasureMaturity).count() == 2


def test_what_was_typed_comes_back_with_every_error(
    app: Flask, ids: Ids, leader: FlaskClient
) -> None:
    status, text = _send(leader, ids, **_filled(ids, ("3", ""), ("", "Half af <b>")))
    assert status == 422
    assert "Schrijf op waaruit dit niveau blijkt." in text
    assert "Kies ook een niveau" in text
    assert "Half af &lt;b&gt;" in text
    assert '<option selected value="3">' in text
    with app.app_context():
        assert db.session.query(MeasureMaturity).count() == 0


@pytest.mark.parametrize(
    "address",
    [
        FORM + "?organisatie=999999999999&op=x",
        FORM + "?organisatie=abc",
        FORM + "?op=17-07-2012",
        PAGE + "?op=morgen",
        PAGE + "?op=17-07-2012",
        PAGE + "?op=01-02-2012&vergelijk=01-02-2012",
        "/landelijk/maatregelen?op=31-12-2012",
    ],
)
def test_odd_addresses_still_give_a_page(leader: FlaskClient, address: str) -> None:
    response = leader.get(address)
    assert response.status_code == 200
    assert "Verbeter eerst dit:" in response.text


def test_sending_without_an_organisation_says_so(ids: Ids, leader: FlaskClient) -> None:
    response = leader.post(FORM, data=_filled(ids, ("0", "")))
    assert response.status_code == 422
    assert "Kies een organisatie" in response.text


def test_a_level_that_is_none_is_refused(ids: Ids, leader: FlaskClient) -> None:
    for level in ("5", "-1", "x"):
        status, _text = _send(leader, ids, **_filled(ids, (level, "Tekst")))
        assert status == 422


def test_two_days_are_held_against_each_other(ids: Ids, leader: FlaskClient) -> None:
    _send(leader, ids, day="01-04-2012", **_filled(ids, ("1", "Notitie")))
    _send(leader, ids, **_filled(ids, ("3", "Overal"), ("2", "Proef")))
    page = leader.get(f"{PAGE}?op=16-07-2012&vergelijk=01-05-2012").text
    assert "was 1" in page
    assert "nieuw" in page
    assert "Veranderd sinds 1 mei 2012" in page
    earlier = leader.get(f"{PAGE}?op=01-05-2012").text
    assert "1 beoordeling is pas na deze dag vastgelegd." in earlier


def test_the_page_of_the_organisation_shows_it_within_reach(
    ids: Ids, leader: FlaskClient, sign_in: SignIn
) -> None:
    _send(leader, ids, day="01-04-2012", **_filled(ids, ("1", "Notitie")))
    _send(leader, ids, **_filled(ids, ("3", "Overal ingevoerd")))
    address = f"/organisaties/{ids.organisation}"
    page = leader.get(address).text
    assert "Overal ingevoerd" in page
    assert "Eerdere niveaus" in page
    stranger = sign_in("leider.groningen@vpt.example").get(address).text
    assert "Overal ingevoerd" not in stranger
    assert "Maatregelen in" not in stranger


def test_outside_reach_only_counts_show(ids: Ids, leader: FlaskClient, sign_in: SignIn) -> None:
    _send(leader, ids, **_filled(ids, ("4", "Geëvalueerd")))
    stranger = sign_in("leider.groningen@vpt.example")
    page = stranger.get("/landelijk/maatregelen").text
    assert "Beoordeelde organisaties per regio en maatregel" in page
    assert "4 – geborgd" not in page
    assert stranger.get(PAGE).status_code == 403
    assert "4 – geborgd en geëvalueerd" in leader.get("/landelijk/maatregelen").text
    assert "4 – geborgd" in sign_in("lezer@vpt.example").get("/landelijk/maatregelen").text


def test_an_inventory_with_findings(app: Flask, ids: Ids, leader: FlaskClient) -> None:
    address = "/regios/limburg/inventarisaties/nieuw"
    wrong = leader.post(address, data={"name": "", "declared_organisations": "-3"})
    assert wrong.status_code == 422
    fields = {"name": "Ronde", "declared_organisations": "-3", "held": "voorjaar 2013"}
    refused = leader.post(address, data=fields)
    assert refused.status_code == 422
    assert "niet negatief" in refused.text
    assert "niet in de toekomst" in refused.text
    fields = {"name": "Ronde 2012", "declared_organisations": "25", "held": "voorjaar 2012"}
    url = leader.post(address, data=fields).headers["Location"]
    assert "voorjaar 2012" in leader.get(url).text
    empty = leader.post(f"{url}/bevindingen/nieuw", data={"body": "", "follow_up": "Iets"})
    assert empty.status_code == 422
    assert "Iets" in empty.text
    leader.post(f"{url}/bevindingen/nieuw", data={"body": "Weinig uitwisseling"})
    assert "nog geen vervolg" in leader.get(url).text
    with app.app_context():
        inventory = db.session.query(Inventory).one()
        finding = f"{url}/bevindingen/{inventory.findings[0].id}"
    leader.post(finding, data={"body": "Weinig uitwisseling", "follow_up": "Elk kwartaal overleg"})
    page = leader.get(url).text
    assert "Elk kwartaal overleg" in page
    assert "heeft een bevinding gewijzigd" in page
    _send(leader, ids, inventory_id=url.split("/")[-1], **_filled(ids, ("2", "Protocol")))
    assert "Protocol" in leader.get(url).text
    assert leader.post(f"{finding}/verwijderen").status_code == 303
    assert leader.post(f"{finding}/verwijderen").status_code == 409
    assert leader.get(finding).status_code == 404
    late = leader.post(finding, data={"body": "Toch nog"})
    assert late.status_code == 409
    assert "Toch nog" in late.text


def test_a_stale_finding_shows_both_texts(app: Flask, ids: Ids, leader: FlaskClient) -> None:
    url = leader.post("/regios/limburg/inventarisaties/nieuw", data={"name": "Ronde"}).headers[
        "Location"
    ]
    leader.post(f"{url}/bevindingen/nieuw", data={"body": "Eerste tekst"})
    with app.app_context():
        finding = db.session.query(Inventory).one().findings[0].id
    sent = {"body": "Mijn tekst", "version": "12345"}
    response = leader.post(f"{url}/bevindingen/{finding}", data=sent)
    assert response.status_code == 409
    assert "Eerste tekst" in response.text
    assert "Mijn tekst" in response.text


def test_a_stranger_finds_no_inventory(ids: Ids, leader: FlaskClient, sign_in: SignIn) -> None:
    made = leader.post("/regios/limburg/inventarisaties/nieuw", data={"name": "Ronde"})
    stranger = sign_in("leider.groningen@vpt.example")
    assert stranger.get(made.headers["Location"]).status_code == 404
    assert sign_in("lezer@vpt.example").get(made.headers["Location"]).status_code == 200
