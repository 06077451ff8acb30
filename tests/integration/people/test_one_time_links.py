"""One-time links and changing a password."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import OneTimeLink, Person, UserSession
from vpt_regio.services import one_time_links, passwords
from vpt_regio.services.sessions import start_session
from vpt_regio.uow import unit_of_work, write

EMAIL, OLD, NEW = "iemand@vpt.example", "vier paarden in de wei", "drie schapen op de dijk"
SAME_ANSWER = "Als dit e-mailadres bij ons bekend is"


@pytest.fixture
def person(app: Flask) -> str:
    with app.app_context(), unit_of_work():
        someone = make_person(make_programme(), Role.READER, email=EMAIL, name="Iemand")
        someone.password_hash = passwords.hash_password(OLD)
        start_session(someone)
    return EMAIL


@pytest.fixture
def link(app: Flask, client: FlaskClient, person: str) -> str:
    """The address that was mailed to somebody who forgot the password."""
    client.post("/wachtwoord-vergeten", data={"email": person})
    with app.app_context():
        body = db.session.scalars(select(OutboxMessage.body)).one()
    found = re.search(r"http://\S+(/eenmalig/\S+)", body)
    assert found
    return found.group(1)


def choose(client: FlaskClient, link: str, password: str = NEW, again: str | None = None):
    data = {"new_password": password, "repeat_password": password if again is None else again}
    return client.post(link, data=data)


def signs_in(client: FlaskClient, password: str) -> bool:
    data = {"email": EMAIL, "password": password}
    return client.post("/inloggen", data=data).status_code == 303


def test_the_answer_is_the_same_for_an_unknown_address(
    app: Flask, client: FlaskClient, person: str
) -> None:
    answers = []
    for email in (person, "niemand@vpt.example"):
        response = client.post("/wachtwoord-vergeten", data={"email": email})
        answers.append((response.status_code, response.location, client.get("/inloggen").text))
    tokens = re.compile(r'name="(csrf_token|idempotency_key)" value="[^"]*"')
    known, unknown = [(status, url, tokens.sub("", text)) for status, url, text in answers]
    assert known == unknown
    assert SAME_ANSWER in known[2]
    with app.app_context():
        assert db.session.scalars(select(OutboxMessage.recipient)).all() == [person]


def test_a_link_sets_a_password_once_and_ends_every_session(
    app: Flask, client: FlaskClient, link: str
) -> None:
    assert client.get(link).status_code == 200
    assert choose(client, link).status_code == 303
    with app.app_context():
        assert db.session.query(UserSession).filter_by(ended_at=None).count() == 0
    assert choose(client, link, "nog een heel ander wachtwoord").status_code == 410
    assert client.get(link).status_code == 410
    assert not signs_in(client, OLD)
    assert signs_in(client, NEW)


def test_looking_at_a_link_uses_nothing_up(app: Flask, client: FlaskClient, link: str) -> None:
    for _number in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(OneTimeLink.used_at)).one() is None
    assert signs_in(client, OLD)


def test_the_database_holds_no_token(app: Flask, link: str) -> None:
    token = link.rpartition("/")[2]
    with app.app_context():
        stored = db.session.scalars(select(OneTimeLink.token_hash)).one()
    assert len(token) >= 43
    assert token not in stored


@pytest.mark.parametrize(
    ("has_password", "valid_for"),
    [(True, timedelta(minutes=30)), (False, timedelta(days=7))],
)
def test_a_link_expires(
    *,
    app: Flask,
    client: FlaskClient,
    person: str,
    monkeypatch: pytest.MonkeyPatch,
    has_password: bool,
    valid_for: timedelta,
) -> None:
    with app.app_context(), unit_of_work() as session:
        someone = session.query(Person).one()
        someone.password_hash = someone.password_hash if has_password else None
        token = one_time_links.make_link(someone, actor=None)
        start = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: start + valid_for - timedelta(seconds=5))
    assert client.get(f"/eenmalig/{token}").status_code == 200
    monkeypatch.setattr(clock, "real_now", lambda: start + valid_for + timedelta(seconds=5))
    assert client.get(f"/eenmalig/{token}").status_code == 410
    assert choose(client, f"/eenmalig/{token}").status_code == 410


def test_a_newer_link_replaces_the_one_before(app: Flask, client: FlaskClient, link: str) -> None:
    client.post("/wachtwoord-vergeten", data={"email": EMAIL})
    assert client.get(link).status_code == 410


def test_a_closed_account_gets_no_link_and_its_link_is_dead(
    app: Flask, client: FlaskClient, link: str
) -> None:
    with app.app_context(), unit_of_work() as session:
        session.query(Person).one().is_active = False
    client.post("/wachtwoord-vergeten", data={"email": EMAIL})
    with app.app_context():
        assert db.session.query(OutboxMessage).count() == 1
    assert choose(client, link).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f..", "é"])
def test_a_made_up_link_is_answered_calmly(client: FlaskClient, person: str, token: str) -> None:
    assert client.get(f"/eenmalig/{token}").status_code in (404, 410)


def test_a_weak_or_unequal_password_leaves_the_link_alive(client: FlaskClient, link: str) -> None:
    weak = choose(client, link, "wachtwoord1234")
    assert (weak.status_code, "makkelijk te raden" in weak.text) == (422, True)
    unequal = choose(client, link, NEW, NEW + "!")
    assert (unequal.status_code, "niet gelijk" in unequal.text) == (422, True)
    assert choose(client, link).status_code == 303


def test_asking_too_often_has_to_wait(client: FlaskClient, person: str) -> None:
    statuses = [
        client.post("/wachtwoord-vergeten", data={"email": "niemand@vpt.example"}).status_code
        for _number in range(4)
    ]
    assert statuses == [303, 303, 303, 429]


def test_the_link_never_follows_the_host_header(
    app: Flask, client: FlaskClient, person: str
) -> None:
    client.post("/wachtwoord-vergeten", data={"email": person}, base_url="http://elders.example")
    with app.app_context():
        body = db.session.scalars(select(OutboxMessage.body)).one()
        base = app.config["VPT_BASE_URL"]
    assert "elders.example" not in body
    assert f"{base}/eenmalig/" in body


def change(client: FlaskClient, old: str, new: str = NEW):
    data = {"password": old, "new_password": new, "repeat_password": new}
    return client.post("/wachtwoord", data=data)


def test_changing_the_password_ends_every_other_session(
    app: Flask, person: str, sign_in: Callable[..., FlaskClient]
) -> None:
    here, there = sign_in(person), sign_in(person)
    before = here.get_cookie("vpt_session")
    response = change(here, OLD)
    after = here.get_cookie("vpt_session")
    assert response.status_code == 303
    assert before
    assert after
    assert before.value != after.value
    assert here.get("/mijn-gegevens").status_code == 200
    assert there.get("/mijn-gegevens").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.action)).all() == ["person.password_changed"]
        assert passwords.matches(db.session.scalars(select(Person.password_hash)).one(), NEW)


def test_the_old_password_is_asked_and_counted(
    person: str, sign_in: Callable[..., FlaskClient]
) -> None:
    here = sign_in(person)
    for _number in range(10):
        response = change(here, "niet mijn wachtwoord")
        assert response.status_code == 422
        assert "niet uw huidige wachtwoord" in response.text
    assert change(here, OLD).status_code == 429


def test_an_open_link_dies_when_the_password_changes(
    app: Flask, link: str, sign_in: Callable[..., FlaskClient]
) -> None:
    here = sign_in(EMAIL)
    assert change(here, OLD).status_code == 303
    assert here.get(link).status_code == 410


def test_only_the_first_of_two_uses_at_once_counts(app: Flask, link: str) -> None:
    token = link.rpartition("/")[2]
    with app.app_context():
        write(lambda: one_time_links.use_link(token, password_hash="first"))
        with pytest.raises(one_time_links.WrongState):
            write(lambda: one_time_links.use_link(token, password_hash="second"))
        assert db.session.scalars(select(Person.password_hash)).one() == "first"
