"""`vpt user create`, the text at the start, and what production refuses."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from config import UnsafeSettings
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.demo.accounts import ACCOUNTS, PASSWORD, refuse_in_production, start_text
from vpt_regio.domain.roles import REGIONAL_ROLES, Role
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.services import passwords
from vpt_regio.uow import unit_of_work

CREATE = ["vpt", "user", "create"]
FOUND = ["vpt", "programme", "create"]
NAMES = ["--name", "Programma", "--ministry", "Ministerie", "--minister-title", "De minister"]


@pytest.fixture
def limburg(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_region(make_programme())


@pytest.mark.usefixtures("limburg")
def test_a_created_person_chooses_a_password_with_the_printed_link(
    app: Flask, client: FlaskClient
) -> None:
    arguments = ["leider@vpt.example", "--name", "Leider", "--role", "project_leader"]
    result = app.test_cli_runner().invoke(args=[*CREATE, *arguments, "--region", "limburg"])
    assert result.exit_code == 0, result.output
    link = re.fullmatch(r"http://127\.0\.0\.1:\d+(/eenmalig/\S+)\n", result.stdout)
    assert link
    new = "drie schapen op de dijk"
    data = {"new_password": new, "repeat_password": new}
    assert client.post(link.group(1), data=data).status_code == 303
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert [role.role for role in person.roles] == [Role.PROJECT_LEADER]
        operators = db.session.scalars(select(AuditEntry.operator).order_by(AuditEntry.seq)).all()
    assert all(operators[:3])


def test_an_empty_system_gets_its_programme_and_first_administrator(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    person = ["beheer@vpt.example", "--name", "Beheer", "--role", "administrator"]
    before = run(args=[*CREATE, *person])
    assert before.exit_code == 2
    assert "vpt programme create" in before.stderr
    made = run(args=[*FOUND, "vpt", *NAMES])
    assert (made.exit_code, made.stdout) == (0, "vpt\n")
    assert run(args=[*CREATE, *person]).exit_code == 0
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).first()
        assert entry is not None
        assert (entry.action, bool(entry.operator)) == ("programme.created", True)
    again = run(args=[*FOUND, "ander", *NAMES])
    assert (again.exit_code, again.stdout) == (1, "")
    assert "Er is al een programma." in again.stderr


def test_every_wrong_value_of_a_programme_is_told(app: Flask) -> None:
    wrong = ["--name", " ", "--ministry", "x" * 201, "--minister-title", "De minister"]
    result = app.test_cli_runner().invoke(args=[*FOUND, "VPT Regio", *wrong])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 3
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Programme)) == 0


@pytest.mark.usefixtures("limburg")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["geen-adres", "--name", "X", "--role", "reader"], 2),
        (["x@vpt.example", "--name", "X", "--role", "keizer"], 2),
        (["x@vpt.example", "--name", "X", "--role", "project_leader"], 2),
        (["x@vpt.example", "--name", "X", "--role", "reader", "--region", "atlantis"], 2),
        (["x@vpt.example", "--role", "reader"], 2),
        (["bekend@vpt.example", "--name", "X", "--role", "reader"], 1),
    ],
)
def test_wrong_use_and_a_known_address_have_their_own_status(
    app: Flask, arguments: list[str], status: int
) -> None:
    with app.app_context(), unit_of_work() as session:
        session.add(Person(email="bekend@vpt.example", name="Bekend"))
    result = app.test_cli_runner().invoke(args=[*CREATE, *arguments])
    assert result.exit_code == status
    assert result.stdout == ""
    assert result.stderr
    with app.app_context():
        assert db.session.query(Person).count() == 1


def test_without_a_programme_nobody_can_be_created(app: Flask) -> None:
    arguments = ["x@vpt.example", "--name", "X", "--role", "reader"]
    result = app.test_cli_runner().invoke(args=[*CREATE, *arguments])
    assert result.exit_code == 2
    assert "programme" in result.stderr


def test_the_accounts_of_the_demonstration_fit_the_rules() -> None:
    assert {account.role for account in ACCOUNTS} == set(Role)
    for account in ACCOUNTS:
        assert (account.region is not None) == (account.role in REGIONAL_ROLES)
        assert passwords.problems(PASSWORD, name=account.name, email=account.email) == []
        assert account.email in start_text("http://127.0.0.1:8000")
    assert PASSWORD in start_text("http://127.0.0.1:8000")


def test_production_refuses_accounts_of_the_demonstration(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), unit_of_work():
        make_person(make_programme(), email=ACCOUNTS[0].email)
    refuse_in_production(app)
    monkeypatch.setitem(app.config, "VPT_ENV", "production")
    with pytest.raises(UnsafeSettings, match="demonstration"):
        refuse_in_production(app)
    with app.app_context(), unit_of_work() as session:
        session.query(Person).one().is_active = False
    refuse_in_production(app)


def test_production_starts_on_a_database_that_still_has_to_be_migrated(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "VPT_ENV", "production")
    with app.app_context(), unit_of_work() as session:
        session.execute(text("ALTER TABLE person RENAME TO person_of_before"))
    refuse_in_production(app)
