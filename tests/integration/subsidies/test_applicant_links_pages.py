"""The pages on which the ministry sends an applicant a link, and ends it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.integration.subsidies.applicants import OFFICER, Applicants, make_applicants
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicantLink
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.programmes import Programme
from vpt_regio.uow import unit_of_work

READER = "reader@vpt.example"
NEW = {"email": "Nieuw@vpt.example", "days": "10"}


@pytest.fixture
def applicants(app: Flask) -> Applicants:
    with app.app_context():
        found = make_applicants()
        with unit_of_work():
            programme = db.session.scalars(select(Programme)).one()
            make_person(programme, Role.READER, email=READER)
        return found


def _address(applicants: Applicants) -> str:
    return f"/subsidies/aanvragen/{applicants.application_id}/link"


def _newest(app: Flask) -> ApplicantLink:
    with app.app_context():
        newest = select(ApplicantLink).order_by(ApplicantLink.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def test_a_link_is_mailed_works_and_is_ended(
    app: Flask,
    client: FlaskClient,
    applicants: Applicants,
    sign_in: Callable[..., FlaskClient],
) -> None:
    officer, url = sign_in(OFFICER), _address(applicants)
    page = officer.get(url)
    assert "aanvrager@vpt.example" in page.text
    assert applicants.token not in page.text
    for _number in range(2):
        sent = officer.post(url, data={**NEW, "idempotency_key": "een"})
        assert (sent.status_code, sent.location) == (303, url)
    with app.app_context():
        mails = select(OutboxMessage.body).where(OutboxMessage.recipient == "nieuw@vpt.example")
        [body] = db.session.scalars(mails)
    found = re.search(r"https?://[^/]+(/aanvraag/\S+)", body)
    assert found
    assert client.get(found.group(1)).status_code == 200
    assert client.get(applicants.url()).status_code == 410
    link = _newest(app)
    local = link.expires_at.astimezone(clock.AMSTERDAM)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)

    end = f"{url}/{link.id}/beeindigen"
    assert officer.get(end).status_code == 200
    assert officer.post(end, data={"reason": ""}).status_code == 422
    assert officer.post(end, data={"reason": "Verkeerd adres"}).location == url
    assert officer.post(end, data={"reason": "Nog eens"}).status_code == 409
    assert "Verkeerd adres" in officer.get(url).text
    assert client.get(found.group(1)).status_code == 410


@pytest.mark.parametrize("wrong", [{"email": "geen adres"}, {"days": "0"}, {"days": "731"}])
def test_a_wrong_address_or_term_makes_no_link(
    client: FlaskClient,
    applicants: Applicants,
    sign_in: Callable[..., FlaskClient],
    wrong: dict[str, str],
) -> None:
    response = sign_in(OFFICER).post(_address(applicants), data={**NEW, **wrong})
    assert response.status_code == 422
    assert client.get(applicants.url()).status_code == 200


def test_links_are_for_the_ministry_and_for_their_own_application(
    app: Flask, applicants: Applicants, sign_in: Callable[..., FlaskClient]
) -> None:
    reader, officer = sign_in(READER), sign_in(OFFICER)
    for visitor, method in ((reader, "GET"), (reader, "POST")):
        response = visitor.open(_address(applicants), method=method, data=NEW)
        assert response.status_code == 403
    # the newest link is of the other application
    url = f"{_address(applicants)}/{_newest(app).id}/beeindigen"
    assert officer.get(url).status_code == 404
    assert officer.post(url, data={"reason": "Niet deze"}).status_code == 404
