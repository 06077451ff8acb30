"""What holds for every address: headers, forged requests, cookies, reading that never writes."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, select, text
from werkzeug.routing import Rule

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.people import SignInAttempt, UserSession
from vpt_regio.services import passwords
from vpt_regio.services.sessions import ABSOLUTE_LIMIT, IDLE_LIMIT
from vpt_regio.uow import unit_of_work
from vpt_regio.web.security import HEADERS, SECRET_ADDRESS

ADMIN, OTHER, PASSWORD = "beheer@vpt.example", "ander@vpt.example", "vier paarden in de wei"
PARTS = {
    "code": "limburg",
    "region_code": "limburg",
    "token": "x",
    "filename": "css/vpt.css",
    "kind": "streefwaarde",
    "number": 1,
    "file_kind": "workbook_xlsx",
}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(autouse=True)
def people(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        make_region(programme)
        for email in (ADMIN, OTHER):
            person = make_person(programme, email=email)
            person.password_hash = passwords.hash_password(PASSWORD)
            for role in (Role.ADMINISTRATOR, Role.POLICY_OFFICER):
                _give(person.id, programme.id, role)


def _give(person_id: int, programme_id: int, role: Role) -> None:
    db.session.execute(
        text(
            "INSERT INTO role_assignment"
            " (person_id, programme_id, role, starts_on, created_at, updated_at)"
            " VALUES (:person, :programme, :role, '2010-01-01', '2010-01-01', '2010-01-01')"
        ),
        {"person": person_id, "programme": programme_id, "role": role.value},
    )


def addresses(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    """Yield every address that takes a method, with something in the place of its parts."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()):
            parts: dict[str, Any] = {
                name: PARTS.get(name, 1 if "_id" in name or "_no" in name else "x")
                for name in rule.arguments
            }
            yield rule, adapter.build(rule.endpoint, parts, method=method)


def test_every_answer_carries_every_header(
    app: Flask, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    for visitor in (client, sign_in(ADMIN)):
        for rule, address in addresses(app, "GET"):
            response = visitor.get(address)
            assert response.status_code < 500, address
            is_secret = "token" in rule.arguments
            expected = {**HEADERS, **SECRET_ADDRESS} if is_secret else HEADERS
            for name, value in expected.items():
                assert response.headers.get(name) == value, (address, name)
            if not address.startswith("/static/"):
                assert response.headers["Cache-Control"] == "no-store", address
            response.close()


def test_pages_of_errors_carry_the_headers_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(**_parts: object) -> None:
        raise RuntimeError("kept for the log")

    monkeypatch.setitem(app.view_functions, "health.process", break_down)
    answers = [
        (client.get("/bestaat-niet"), 404),
        (client.post("/toegankelijkheid"), 405),
        (client.get("/healthz"), 500),
    ]
    for response, status in answers:
        assert response.status_code in (status, 400)
        assert "kept for the log" not in response.text
        for name, value in HEADERS.items():
            assert response.headers.get(name) == value


def test_https_is_remembered_for_a_year(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/inloggen").headers
    secure = client.get("/inloggen", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def _token(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/toegankelijkheid").text)
    if found is None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/inloggen").text)
    assert found
    return found.group(1)


def test_every_unsafe_address_asks_for_a_token_of_its_own_visitor(
    guarded: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    mine, theirs = sign_in(ADMIN), sign_in(OTHER)
    _token(mine)
    for foreign in (None, "", "made-up", _token(theirs)):
        data = {} if foreign is None else {"csrf_token": foreign}
        for method in UNSAFE:
            for _rule, address in addresses(guarded, method):
                response = mine.open(address, method=method, data=data)
                assert response.status_code == 400, (method, address, foreign)


def test_a_token_of_ones_own_is_enough(guarded: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    mine = sign_in(ADMIN)
    response = mine.post("/uitloggen", data={"csrf_token": _token(mine)})
    assert response.status_code == 303


def test_signing_in_starts_with_a_fresh_token(guarded: Flask, client: FlaskClient) -> None:
    before = _token(client)
    data = {"email": ADMIN, "password": PASSWORD, "csrf_token": before}
    assert client.post("/inloggen", data=data).status_code == 303
    assert client.post("/uitloggen", data={"csrf_token": before}).status_code == 400


@pytest.mark.parametrize("is_secure", [False, True])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, is_secure: bool
) -> None:
    monkeypatch.setitem(app.config, "VPT_SECURE_COOKIES", is_secure)
    base = "https://localhost" if is_secure else "http://localhost"
    response = client.post("/inloggen", data={"email": ADMIN, "password": PASSWORD}, base_url=base)
    name = "__Host-vpt_session" if is_secure else "vpt_session"
    cookies: SimpleCookie = SimpleCookie()
    for header in response.headers.getlist("Set-Cookie"):
        cookies.load(header)
    cookie = cookies[name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert bool(cookie["secure"]) == is_secure
    assert len(cookie.value) >= 43


def _everything(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, but for when a session was last seen and what guessed."""
    tables = MetaData()
    with app.app_context():
        tables.reflect(db.engine)
        return {
            table.name: sorted(map(repr, db.session.execute(select(table))))
            for table in tables.sorted_tables
            if table.name not in {UserSession.__tablename__, SignInAttempt.__tablename__}
        }


def test_reading_writes_nothing(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    visitor = sign_in(ADMIN)
    before = _everything(app)
    for _rule, address in addresses(app, "GET"):
        visitor.get(address).close()
        visitor.head(address).close()
    assert _everything(app) == before


def _age(app: Flask, **columns: datetime) -> None:
    with app.app_context(), unit_of_work() as session:
        session.query(UserSession).update(columns)


@pytest.mark.parametrize(
    ("idle", "absolute", "status"),
    [
        (timedelta(minutes=59), timedelta(hours=11), 200),
        (IDLE_LIMIT + timedelta(seconds=5), timedelta(hours=2), 303),
        (timedelta(minutes=1), ABSOLUTE_LIMIT + timedelta(seconds=5), 303),
    ],
)
def test_a_session_ends_when_idle_and_after_half_a_day(
    app: Flask,
    sign_in: Callable[..., FlaskClient],
    *,
    idle: timedelta,
    absolute: timedelta,
    status: int,
) -> None:
    visitor = sign_in(ADMIN)
    now = clock.real_now()
    _age(app, seen_at=now - idle, started_at=now - absolute)
    assert visitor.get("/mijn-gegevens").status_code == status


def _typed_and_expired(app: Flask, visitor: FlaskClient) -> str:
    """Send a form with an expired session and return the sign-in page it leads to."""
    _age(app, seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    response = visitor.post(
        "/beheer/personen/nieuw",
        data={"name": "Getypt maar niet verstuurd", "email": "", "form_name": "PersonForm"},
        headers={"Referer": "http://localhost/beheer/personen/nieuw"},
    )
    assert response.status_code == 303
    assert response.location.startswith("/inloggen?volgende=")
    return response.location


def test_what_was_typed_waits_for_the_same_person(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    visitor = sign_in(ADMIN)
    address = _typed_and_expired(app, visitor)
    back = visitor.post(address, data={"email": ADMIN, "password": PASSWORD}).location
    assert back.startswith("/beheer/personen/nieuw?bewaard=")
    page = visitor.get(back).text
    assert 'value="Getypt maar niet verstuurd"' in page
    assert "Uw sessie was verlopen." in page


def test_what_was_typed_is_for_nobody_else(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    visitor = sign_in(ADMIN)
    address = _typed_and_expired(app, visitor)
    back = visitor.post(address, data={"email": OTHER, "password": PASSWORD}).location
    assert "Getypt maar niet verstuurd" not in visitor.get(back).text


def test_a_password_is_never_kept(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    visitor = sign_in(ADMIN)
    _age(app, seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    visitor.post(
        "/wachtwoord",
        data={
            "password": "geheim oud woord",
            "new_password": "geheim nieuw woord",
            "repeat_password": "geheim nieuw woord",
            "form_name": "ChangePasswordForm",
        },
    )
    stored = _everything(app)["saved_input"]
    assert len(stored) == 1
    assert "geheim" not in stored[0]


def test_the_contact_for_security_expires_within_a_year(app: Flask, client: FlaskClient) -> None:
    response = client.get("/.well-known/security.txt")
    assert response.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == app.config["VPT_SECURITY_CONTACT"]
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - clock.real_now() < timedelta(days=365)


def test_trace_is_not_answered(client: FlaskClient) -> None:
    assert client.open("/inloggen", method="TRACE").status_code in (400, 405)
