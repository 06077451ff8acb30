"""The pages of people, mandates, the audit record and the messages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Mandate, Person, RoleAssignment
from vpt_regio.queries.audit import PAGE_SIZE
from vpt_regio.services import audit
from vpt_regio.uow import unit_of_work

ADMIN, OFFICER, LEADER = "beheer@vpt.example", "beleid@vpt.example", "leider@vpt.example"


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        make_person(programme, Role.ADMINISTRATOR, email=ADMIN, name="Beheerder")
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER, name="Beleidsmedewerker")
        leader = make_person(
            programme, Role.PROJECT_LEADER, region=region, email=LEADER, name="Projectleider"
        )
        holder = make_person(programme, Role.MANDATE_HOLDER, name="Mandaathouder")
        return {
            "region": region.id,
            "leader": leader.id,
            "leader_role": leader.roles[0].id,
            "holder": holder.id,
        }


@pytest.fixture
def admin(ids: dict[str, int], sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(ADMIN)


def test_somebody_is_added_given_a_role_and_sent_a_link(
    app: Flask, admin: FlaskClient, ids: dict[str, int]
) -> None:
    added = admin.post(
        "/beheer/personen/nieuw", data={"name": "Nieuweling", "email": "nieuw@vpt.example"}
    )
    assert added.status_code == 303
    data = {"role": "project_leader", "region": str(ids["region"]), "starts_on": "16-7-2012"}
    assert admin.post(f"{added.location}/rollen/nieuw", data=data).status_code == 303
    assert admin.post(f"{added.location}/link").status_code == 303
    page = admin.get(added.location).text
    assert "regionaal projectleider (Limburg)" in page
    assert 'vanaf <time datetime="2012-07-16">16-07-2012</time>' in page
    assert "heeft een rol gegeven: regionaal projectleider in Limburg." in page
    with app.app_context():
        message = db.session.scalars(select(OutboxMessage)).one()
        assert message.recipient == "nieuw@vpt.example"
        assert "7 dagen" in message.body


def test_mistakes_come_back_at_their_field_with_what_was_typed(admin: FlaskClient) -> None:
    twice = admin.post("/beheer/personen/nieuw", data={"name": "Dubbel", "email": LEADER})
    assert twice.status_code == 422
    assert "Dit e-mailadres is al in gebruik." in twice.text
    assert 'value="Dubbel"' in twice.text
    empty = admin.post("/beheer/personen/nieuw", data={})
    assert empty.text.count("Vul dit veld in.") == 4


def test_a_role_without_its_region_says_so(admin: FlaskClient, ids: dict[str, int]) -> None:
    address = f"/beheer/personen/{ids['leader']}/rollen/nieuw"
    data = {"role": "account_manager", "region": "", "starts_on": "16-7-2012"}
    refused = admin.post(address, data=data)
    assert refused.status_code == 422
    assert "Kies een regio." in refused.text
    unknown = admin.post(address, data={**data, "role": "keizer", "region": "abc"})
    assert unknown.status_code == 422


def test_a_role_ends_and_an_account_closes_from_their_pages(
    app: Flask, admin: FlaskClient, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    person, role = ids["leader"], ids["leader_role"]
    their_client = sign_in(LEADER)
    assert their_client.get("/mijn-gegevens").status_code == 200
    end = f"/beheer/personen/{person}/rollen/{role}/beeindigen"
    assert 'value="16-07-2012"' in admin.get(end).text
    assert admin.post(end, data={"ends_on": "15-7-2012"}).status_code == 303
    assert their_client.get("/mijn-gegevens").status_code == 303
    with app.app_context():
        assert db.session.get_one(RoleAssignment, role).ends_on is not None
    close = f"/beheer/personen/{person}/sluiten"
    assert "Reden" in admin.get(close).text
    assert admin.post(close, data={"reason": "uit dienst"}).status_code == 303
    again = f"/beheer/personen/{person}/openen"
    assert "Reden" in admin.get(again).text
    assert ">gesloten<" in admin.get(f"/beheer/personen/{person}").text
    assert admin.post(again, data={"reason": "terug"}).status_code == 303
    page = admin.get(f"/beheer/personen/{person}").text
    assert "heeft dit account gesloten: uit dienst" in page


def test_a_role_of_somebody_else_is_not_found(admin: FlaskClient, ids: dict[str, int]) -> None:
    wrong = f"/beheer/personen/{ids['holder']}/rollen/{ids['leader_role']}/beeindigen"
    assert admin.get(wrong).status_code == 404
    assert admin.get("/beheer/personen/999").status_code == 404


def test_a_stale_form_shows_both_texts(app: Flask, admin: FlaskClient, ids: dict[str, int]) -> None:
    address = f"/beheer/personen/{ids['leader']}/bewerken"
    assert 'value="Projectleider"' in admin.get(address).text
    data = {"name": "Eerste", "email": LEADER, "version": "1"}
    assert admin.post(address, data=data).status_code == 303
    late = admin.post(address, data={**data, "name": "Tweede"})
    assert late.status_code == 409
    assert "Eerste" in late.text
    assert "Tweede" in late.text


def test_extra_fields_change_nothing(app: Flask, admin: FlaskClient, ids: dict[str, int]) -> None:
    admin.post(
        f"/beheer/personen/{ids['leader']}/bewerken",
        data={
            "name": "Projectleider",
            "email": LEADER,
            "version": "1",
            "is_active": "",
            "password_hash": "x",
            "id": "999",
            "role": "administrator",
        },
    )
    with app.app_context():
        person = db.session.get_one(Person, ids["leader"])
        assert (person.is_active, person.password_hash) == (True, None)
        assert [role.role for role in person.roles] == [Role.PROJECT_LEADER]


def test_the_list_of_people_takes_any_filter(admin: FlaskClient, ids: dict[str, int]) -> None:
    found = admin.get(f"/beheer/personen?rol=project_leader&regio={ids['region']}")
    assert "Projectleider" in found.text
    assert "Mandaathouder</a>" not in found.text
    nobody = admin.get("/beheer/personen?naam=bestaat+niet")
    assert "Niemand voldoet aan deze keuze" in nobody.text
    assert admin.get("/beheer/personen?rol=keizer&regio=abc").status_code == 422


def test_only_the_administrator_sees_people(
    ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    for email in (OFFICER, LEADER):
        client = sign_in(email)
        assert client.get("/beheer/personen").status_code == 403
        assert client.get(f"/beheer/personen/{ids['leader']}").status_code == 404
        assert client.post("/beheer/personen/nieuw", data={"name": "X"}).status_code == 403


def test_a_mandate_is_recorded_and_seen_by_the_ministry(
    app: Flask, admin: FlaskClient, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    data = {
        "person": str(ids["holder"]),
        "permission": "action_plan:approve",
        "on_behalf_of": "de minister",
        "reference": "2012-17",
        "max_amount_cents": "250.000",
        "starts_on": "1-1-2012",
    }
    assert "Kies een persoon" in admin.get("/beheer/mandaten/nieuw").text
    assert admin.post("/beheer/mandaten/nieuw", data=data).status_code == 303
    wrong = admin.post("/beheer/mandaten/nieuw", data={**data, "max_amount_cents": "veel"})
    assert wrong.status_code == 422
    assert "Vul een bedrag" in wrong.text
    page = sign_in(OFFICER).get("/beheer/mandaten")
    assert "€\u00a0250.000,00" in page.text
    assert "Beëindigen" not in page.text
    assert sign_in(LEADER).get("/beheer/mandaten").status_code == 403
    with app.app_context():
        mandate = db.session.scalars(select(Mandate.id)).one()
    end = f"/beheer/mandaten/{mandate}/beeindigen"
    assert "2012-17" in admin.get(end).text
    assert admin.post(end, data={"ends_on": "15-7-2012", "version": "1"}).status_code == 303
    assert "voorbij" in admin.get("/beheer/mandaten").text


def test_one_sees_and_keeps_ones_own_particulars(
    ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    page = sign_in(LEADER).get("/mijn-gegevens").text
    assert LEADER in page
    assert "regionaal projectleider (Limburg)" in page


def _fill_record(app: Flask, ids: dict[str, int], number: int) -> None:
    with app.app_context(), unit_of_work():
        leader = db.session.get_one(Person, ids["leader"])
        for _number in range(number):
            audit.record("person.signed_in", leader, actor=leader)


def test_the_record_reads_as_sentences_page_by_page(
    app: Flask, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    _fill_record(app, ids, PAGE_SIZE + 3)
    client = sign_in(OFFICER)
    first = client.get("/beheer/logboek").text
    assert first.count("Projectleider is ingelogd.") == PAGE_SIZE
    older = re.search(r'href="([^"]*voor=\d+[^"]*)"', first)
    assert older
    second = client.get(older.group(1).replace("&amp;", "&")).text
    assert second.count("Projectleider is ingelogd.") == 3
    assert ">Ouder</a>" not in second


def test_the_record_names_whom_it_is_about(
    client: FlaskClient, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    client.post("/inloggen", data={"email": "niemand@vpt.example", "password": "x"})
    client.post("/inloggen", data={"email": LEADER, "password": "x"})
    page = sign_in(OFFICER).get("/beheer/logboek").text
    assert page.count("Een poging om in te loggen is geweigerd.") == 2
    assert re.search(r"<td[^>]*>onbekend account</td>", page)
    assert re.search(r"<td[^>]*>Projectleider</td>", page)


def test_the_record_is_narrowed_down(
    app: Flask, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    _fill_record(app, ids, 1)
    client = sign_in(OFFICER)

    def shows(query: str) -> bool:
        return "Projectleider is ingelogd." in client.get(f"/beheer/logboek?{query}").text

    assert shows(f"persoon={ids['leader']}&soort=person&vanaf=16-7-2012&tot_en_met=16-7-2012")
    assert not shows(f"persoon={ids['holder']}")
    assert not shows(f"regio={ids['region']}")
    assert not shows("soort=mandate")
    assert not shows("vanaf=17-7-2012")
    assert not shows("tot_en_met=15-7-2012")
    assert client.get("/beheer/logboek?vanaf=gisteren&regio=x").status_code == 422


def test_the_chain_is_checked_on_request(
    app: Flask, ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    _fill_record(app, ids, 2)
    client = sign_in(OFFICER)
    client.post("/beheer/logboek/controle")
    assert "Het logboek klopt: er is niets gewijzigd" in client.get("/beheer/logboek").text
    with app.app_context(), unit_of_work() as session:
        session.execute(text("UPDATE audit_detail SET salt = 'anders' WHERE seq = 2"))
    client.post("/beheer/logboek/controle")
    assert "klopt niet vanaf nummer 2" in client.get("/beheer/logboek").text


def test_the_record_is_not_for_regions(
    ids: dict[str, int], sign_in: Callable[..., FlaskClient]
) -> None:
    client = sign_in(LEADER)
    assert client.get("/beheer/logboek").status_code == 403
    assert client.post("/beheer/logboek/controle").status_code == 403


def test_messages_are_shown_but_in_production_not_their_text(
    app: Flask, admin: FlaskClient, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), unit_of_work() as session:
        session.add(OutboxMessage(recipient=LEADER, subject="Hallo", body="Geheime link"))
        session.add(
            OutboxMessage(
                recipient=LEADER, subject="Weg", body="x", sent_at=datetime.now(UTC), attempts=1
            )
        )
    listed = admin.get("/beheer/berichten").text
    assert "wacht" in listed
    assert "verstuurd" in listed
    assert "Geheime link" in admin.get("/beheer/berichten/1").text
    monkeypatch.setitem(app.config, "VPT_ENV", "production")
    assert "Geheime link" not in admin.get("/beheer/berichten/1").text
    assert admin.get("/beheer/berichten/99").status_code == 404


def test_markup_in_a_name_stays_text(app: Flask, admin: FlaskClient) -> None:
    name = "<script>alert(1)</script>{{ 7 * 7 }}"
    added = admin.post("/beheer/personen/nieuw", data={"name": name, "email": "x@vpt.example"})
    for address in (added.location, "/beheer/personen"):
        page = admin.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page
