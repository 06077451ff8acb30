"""The pages of applications: what they show, how they answer bad input, and the documents."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind
from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment, ProposalLine, SubsidyApplication
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
OFFICER, MANAGER, LEADER = "beleid@vpt.example", "manager@vpt.example", "leider@vpt.example"
PDF = b"%PDF-1.4 begroting"
FILLED = {
    "organisation_name": "Stichting Veilig Werk",
    "place": "Venlo",
    "contact_email": "Aanvrager@vpt.example",
    "title": "Training aan de balie",
    "description": "Training geven\nErvaringen delen",
    "starts_on": "01-09-2012",
    "ends_on": "31 augustus 2013",
    "line_1_description": "Trainers",
    "line_1_amount": "12.000",
    "line_3_description": "Zaalhuur",
    "line_3_amount": "€ 3.000,01",
}


@dataclass
class Scene:
    """An open round with a draft, and an application in Limburg that was received; by id."""

    round: int
    draft: int
    received: int


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region = make_region(programme, "limburg")
        in_round = make_round(make_scheme(programme), closes_on=date(2012, 7, 31))
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        make_person(programme, Role.ACCOUNT_MANAGER, region=region, email=MANAGER)
        make_person(programme, Role.PROJECT_LEADER, region=region, email=LEADER)
        draft = make_application(in_round, status=ApplicationStatus.DRAFT)
        received = make_application(
            in_round,
            status=ApplicationStatus.RECEIVED,
            region=region,
            received_at=datetime(2012, 5, 10, 10, 0, tzinfo=UTC),
        )
        return Scene(in_round.id, draft.id, received.id)


def _version(page: str) -> str:
    found = re.search(r'name="version" value="([0-9]+)"', page)
    assert found is not None
    return found[1]


def test_the_list_shows_status_amount_and_clock_within_reach(scene: Scene, sign_in: SignIn) -> None:
    address = f"/subsidies/rondes/{scene.round}/aanvragen"
    page = sign_in(OFFICER).get(address).text
    for words in ("concept", "ontvangen", "15.000,00", "05-07-2012", "te laat", "31 juli 2012"):
        assert words in page
    assert "niet vastgelegd" in page
    regional = sign_in(MANAGER).get(address).text
    assert "05-07-2012" in regional
    assert "niet vastgelegd" not in regional
    assert "15.000,00" not in sign_in(LEADER).get(address).text
    only = sign_in(OFFICER).get(f"{address}?status=draft").text
    assert "05-07-2012" not in only
    assert sign_in(OFFICER).get(f"{address}?status=onzin").status_code == 422


def test_a_new_application_is_filled_in_by_rows_and_submitted(
    scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(OFFICER)
    address = f"/subsidies/rondes/{scene.round}/aanvragen/nieuw"
    assert "line_3_amount" in client.get(address).text
    answer = client.post(address, data=FILLED)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    for words in ("15.000,01", "Zaalhuur", "<li>Ervaringen delen</li>", "aanvrager@vpt.example"):
        assert words in page
    submit = f"{answer.location}/indienen"
    answer = client.post(submit, data={"version": _version(client.get(submit).text)})
    assert answer.status_code == 303
    assert "De klok van het besluit" in client.get(answer.location).text


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    scene: Scene, sign_in: SignIn
) -> None:
    wrong = {
        **FILLED,
        "contact_email": "geen adres",
        "line_1_amount": "-5",
        "line_2_description": "Koffie",
        "line_3_amount": "veel",
        "line_4_amount": "10",
    }
    client = sign_in(OFFICER)
    address = f"/subsidies/rondes/{scene.round}/aanvragen/nieuw"
    answer = client.post(address, data=wrong)
    assert answer.status_code == 422
    for words in ("boven nul", "maak de rij leeg", "bedrag in euro", "waarvoor het bedrag is"):
        assert words in answer.text
    assert 'value="veel"' in answer.text
    valid_rows = {**FILLED, "contact_email": "geen adres", "ends_on": "31-08-2012"}
    answer = client.post(address, data=valid_rows)
    assert answer.status_code == 422
    assert "naam@organisatie.nl" in answer.text
    assert "na de eerste dag" in answer.text


def test_a_stale_form_shows_both_versions_and_a_submitted_one_is_closed(
    scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(OFFICER)
    address = f"/subsidies/aanvragen/{scene.draft}/wijzigen"
    version = _version(client.get(address).text)
    assert client.post(address, data={**FILLED, "version": version}).status_code == 303
    stale = client.post(address, data={**FILLED, "title": "Anders", "version": version})
    assert stale.status_code == 409
    assert "Training aan de balie" in stale.text
    closed = client.post(f"/subsidies/aanvragen/{scene.received}/wijzigen", data=FILLED)
    assert closed.status_code == 409
    assert "verandert niet meer" in closed.text


def test_steps_ask_what_they_need(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    draft = f"/subsidies/aanvragen/{scene.draft}"
    received = f"/subsidies/aanvragen/{scene.received}"
    half = client.post(f"{draft}/indienen", data={"received_at": "01-06-2012"})
    assert half.status_code == 422
    assert "allebei" in half.text
    early = {"received_at": "16-07-2012", "received_time": "0:01", "note": "Te laat."}
    on_time = client.post(f"{draft}/te-laat", data=early)
    assert on_time.status_code == 422
    assert "op tijd" in on_time.text
    assert client.post(f"{received}/aanvulling-vragen", data={}).status_code == 422
    asked = client.post(f"{received}/aanvulling-vragen", data={"note": "De begroting."})
    assert asked.status_code == 303
    page = client.get(received).text
    assert "De begroting." in page
    assert "De klok stond stil" in page
    assert client.post(f"{received}/in-behandeling").status_code == 422
    soon = {"extended_to": "17-07-2012", "reason": "Advies."}
    assert client.post(f"{received}/uitstel", data=soon).status_code in (303, 422)
    assert client.post(f"{received}/aanvullen").status_code == 303
    assert client.post(f"{received}/in-behandeling").status_code == 303
    assert client.post(f"{received}/intrekken", data={"note": "Geen tijd."}).status_code == 303
    assert "Geen tijd." in client.get(received).text
    for step in ("indienen", "te-laat", "aanvulling-vragen", "intrekken", "uitstel", "wijzigen"):
        assert client.get(f"{received}/{step}").status_code == 200


def test_what_was_granted_stands_beside_what_was_asked(
    app: Flask, scene: Scene, sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        application = db.session.get_one(SubsidyApplication, scene.received)
        programme = application.round.scheme.programme
        author = make_person(programme, Role.POLICY_OFFICER)
        decider = make_decider(programme)
        kind, day = ProposalKind.PARTIAL_GRANT, date(2012, 7, 6)
        make_decision(
            application,
            kind,
            author=author,
            decider=decider,
            amount_cents=9_000_00,
            decided_on=day,
        )
        first, second = application.lines
        db.session.refresh(application)
        application.proposals[0].lines = [
            ProposalLine(application_line_id=first.id, granted_cents=9_000_00, reason="Minder."),
            ProposalLine(application_line_id=second.id, granted_cents=0, reason="Past niet."),
        ]
    page = sign_in(OFFICER).get(f"/subsidies/aanvragen/{scene.received}").text
    for words in ("9.000,00", "Minder.", "Past niet.", "te laat: uiterlijk was", "S-"):
        assert words in page
    assert "er loopt geen termijn" not in page


def test_others_only_look(scene: Scene, sign_in: SignIn) -> None:
    manager, leader = sign_in(MANAGER), sign_in(LEADER)
    received = f"/subsidies/aanvragen/{scene.received}"
    page = manager.get(received)
    assert page.status_code == 200
    assert "In behandeling nemen</button>" not in page.text
    assert manager.post(f"{received}/in-behandeling").status_code == 403
    assert manager.get(f"/subsidies/aanvragen/{scene.draft}").status_code == 404
    assert leader.get(received).status_code == 404


def test_documents_are_taken_by_content_and_handed_out_as_files(
    app: Flask, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(OFFICER)
    address = f"/subsidies/aanvragen/{scene.draft}/documenten"

    def send(content: bytes, name: str) -> int:
        return client.post(address, data={"file": (io.BytesIO(content), name)}).status_code

    assert send(PDF, "../map/begroting.pdf") == 303
    assert send(PDF, "nog-eens.pdf") == 422
    assert send(b"<html>hallo</html>", "begroting.pdf") == 422
    assert send(PDF + b"x", "begroting.html") == 422
    assert send(b"", "leeg.pdf") == 422
    assert client.post(address, data={}).status_code == 422
    with app.app_context():
        kept = db.session.scalars(select(Attachment)).one()
        assert (kept.file_name, kept.content_type) == ("begroting.pdf", "application/pdf")
    answer = client.get(f"{address}/{kept.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename=begroting.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        client.get(f"/subsidies/aanvragen/{scene.received}/documenten/{kept.id}").status_code == 404
    )
    assert client.post(f"{address}/{kept.id}/weghalen").status_code == 303
    assert client.get(f"{address}/{kept.id}").status_code == 404
    closed = f"/subsidies/aanvragen/{scene.received}/documenten"
    sent = client.post(closed, data={"file": (io.BytesIO(PDF), "laat.pdf")})
    assert sent.status_code == 409


def test_at_most_ten_documents(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    address = f"/subsidies/aanvragen/{scene.draft}/documenten"
    answers = [
        client.post(address, data={"file": (io.BytesIO(PDF + bytes([number])), "stuk.pdf")})
        for number in range(11)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [422]
