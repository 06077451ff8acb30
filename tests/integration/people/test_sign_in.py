"""Signing in and out, and the throttle."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.database import writing
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person, SignInAttempt, UserSession
from vpt_regio.services import passwords
from vpt_regio.services.sessions import hash_token
from vpt_regio.uow import unit_of_work

PASSWORD = "vier paarden in de wei"
EMAIL = "iemand@vpt.example"
REFUSED = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar."


@pytest.fixture
def person(app: Flask) -> str:
    with app.app_context(), unit_of_work():
        someone = make_person(make_programme(), Role.READER, email=EMAIL)
        someone.password_hash = passwords.hash_password(PASSWORD)
    return EMAIL


def attempt(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **options):
    return client.post("/inloggen", data={"email": email, "password": password}, **options)


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_signing_in_starts_a_session_and_leaves_a_trace(
    app: Flask, client: FlaskClient, person: str
) -> None:
    response = attempt(client, "  Iemand@VPT.example ")
    assert (response.status_code, response.location) == (303, "/")
    cookie = client.get_cookie("vpt_session")
    assert cookie is not None
    with app.app_context():
        session = db.session.scalar(select(UserSession))
        assert session is not None
        assert session.token_hash == hash_token(cookie.value)
        assert db.session.query(SignInAttempt).count() == 0
        assert db.session.scalar(select(Person.last_sign_in_at)) is not None
    assert actions(app) == ["person.signed_in"]


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "vier paarden in de wal"), ("niemand@vpt.example", PASSWORD), (EMAIL, " " + PASSWORD)],
)
def test_every_failure_reads_the_same(
    app: Flask, client: FlaskClient, person: str, email: str, password: str
) -> None:
    response = attempt(client, email, password)
    assert response.status_code == 422
    assert REFUSED in response.text
    assert password not in response.text
    assert client.get_cookie("vpt_session") is None
    assert actions(app) == ["person.sign_in_refused"]


def test_a_closed_account_is_refused(app: Flask, client: FlaskClient, person: str) -> None:
    with app.app_context(), unit_of_work() as session:
        session.query(Person).one().is_active = False
    response = attempt(client)
    assert response.status_code == 422
    assert REFUSED in response.text


def test_the_eleventh_attempt_waits_and_nobody_else_does(
    app: Flask, client: FlaskClient, person: str
) -> None:
    for _number in range(10):
        assert attempt(client, password="fout en nog eens fout").status_code == 422
    blocked = attempt(client)
    assert blocked.status_code == 429
    assert "Wacht 15 minuten" in blocked.text
    elsewhere = attempt(app.test_client(), environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 303


def test_the_wait_ends_after_a_quarter_of_an_hour(
    app: Flask, client: FlaskClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(10):
        attempt(client, password="fout en nog eens fout")
    later = clock.real_now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert attempt(client).status_code == 303


def test_an_address_that_tries_many_accounts_waits(
    app: Flask, client: FlaskClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda stored, password: False)
    for number in range(50):
        assert attempt(client, f"niemand{number}@vpt.example").status_code == 422
    assert attempt(client).status_code == 429


def test_a_right_password_forgets_the_failures(client: FlaskClient, person: str) -> None:
    for _round in range(2):
        for _number in range(9):
            attempt(client, password="fout en nog eens fout")
        assert attempt(client).status_code == 303
        client.post("/uitloggen")


def test_the_password_is_checked_outside_the_transaction_whoever_asks(
    client: FlaskClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, bool]] = []

    def spy(stored: str | None, password: str) -> bool:
        seen.append((writing.get(), stored is None))
        return False

    monkeypatch.setattr(passwords, "matches", spy)
    attempt(client)
    attempt(client, "niemand@vpt.example")
    assert seen == [(False, False), (False, True)]


def test_signing_in_again_makes_a_new_token_and_ends_the_old_session(
    app: Flask, client: FlaskClient, person: str
) -> None:
    client.set_cookie("vpt_session", "chosen-by-somebody-else")
    attempt(client)
    first = client.get_cookie("vpt_session")
    attempt(client)
    second = client.get_cookie("vpt_session")
    assert first
    assert second
    assert len({"chosen-by-somebody-else", first.value, second.value}) == 3
    with app.app_context():
        ended = db.session.scalars(select(UserSession.ended_at).order_by(UserSession.id)).all()
    assert [moment is not None for moment in ended] == [True, False]


def test_signing_out_really_ends_the_session(app: Flask, client: FlaskClient, person: str) -> None:
    attempt(client)
    cookie = client.get_cookie("vpt_session")
    assert cookie is not None
    assert client.post("/uitloggen").location == "/inloggen"
    assert client.get_cookie("vpt_session") is None
    client.set_cookie("vpt_session", cookie.value)
    assert client.get("/").location.startswith("/inloggen")
    assert actions(app)[-1] == "person.signed_out"


OWN_PAGES = ["/regios/limburg", "/halfjaren/2012-1?sorteer=naam", "/"]
OTHER_PLACES = [
    "//elders.example",
    "/\\elders.example",
    "\\\\elders.example",
    "https://elders.example",
    "http:///elders.example",
    "https:elders.example",
    "javascript:alert(1)",
    "/%0d\\elders.example",
    "/regios\r\nSet-Cookie: x=1",
    "\t//elders.example",
    "regios/limburg",
    "",
]


@pytest.mark.parametrize("target", OWN_PAGES + OTHER_PLACES)
def test_the_way_back_never_leaves_the_application(
    client: FlaskClient, person: str, target: str
) -> None:
    response = attempt(client, query_string={"volgende": target})
    assert response.location == (target if target in OWN_PAGES else "/")


def test_the_demonstration_shows_its_accounts_and_nothing_else_does(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "VPT_SHOW_DEMO_ACCOUNTS", True)
    assert "beheer@vpt.example" not in client.get("/inloggen").text
    monkeypatch.setitem(app.config, "VPT_ENV", "demo")
    shown = client.get("/inloggen").text
    assert "beheer@vpt.example" in shown
    monkeypatch.setitem(app.config, "VPT_ENV", "production")
    assert "beheer@vpt.example" not in client.get("/inloggen").text


def test_whoever_is_signed_in_needs_no_sign_in_page(
    client: FlaskClient, person: str, sign_in: Callable[..., FlaskClient]
) -> None:
    assert sign_in(person, client).get("/inloggen?volgende=/mijn-werk").location == "/mijn-werk"
