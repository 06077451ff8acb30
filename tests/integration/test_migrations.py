"""Migrations go up and down with data in the tables, and end where the models are."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.database import writing
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows import ALL
from vpt_regio.extensions import db
from vpt_regio.models.audit import APPEND_ONLY_TABLES
from vpt_regio.services import audit
from vpt_regio.uow import unit_of_work


@pytest.fixture
def filled(context: Flask) -> Flask:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        make_covenant(region)
        person = make_person(programme, Role.PROJECT_LEADER, region=region)
        audit.record("person.created", person, actor=person)
    db.session.remove()
    return context


def _triggers() -> set[str]:
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if db.engine.dialect.name == "postgresql":
        names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(db.session.scalars(text(names)))


def test_down_to_nothing_and_up_again(filled: Flask) -> None:
    triggers = _triggers()
    db.session.remove()
    downgrade("migrations", revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade("migrations")
    assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
    assert _triggers() == triggers


def test_append_only_tables_have_their_triggers(context: Flask) -> None:
    triggers = _triggers()
    for table in APPEND_ONLY_TABLES:
        assert any(name.startswith(f"{table}_no_") for name in triggers), table


def test_models_and_migrations_agree(context: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    found = compare_metadata(
        MigrationContext.configure(db.session.connection(), opts={"compare_type": True}),
        db.metadata,
    )
    assert found == []


@pytest.mark.parametrize(
    ("table", "workflow"),
    [
        ("region", "region"),
        ("covenant", "covenant"),
        ("covenant_amendment", "covenant_amendment"),
        ("final_account", "final_account"),
        ("remark", "remark"),
        ("performance_contract", "performance_contract"),
        ("subsidy_round", "subsidy_round"),
        ("subsidy_application", "subsidy_application"),
        ("subsidy_proposal", "subsidy_proposal"),
        ("pilot", "pilot"),
        ("pilot_final_report", "pilot_final_report"),
        ("plan_version", "action_plan"),
        ("reporting_period", "period"),
        ("progress_report", "report"),
        ("import", "import"),
        ("commitment", "commitment"),
    ],
)
def test_the_check_of_a_status_knows_every_stored_state(
    context: Flask, table: str, workflow: str
) -> None:
    """A changed list of states needs a migration, which autogenerate does not notice."""
    checks = {
        check["name"]: str(check["sqltext"])
        for check in inspect(db.engine).get_check_constraints(table)
    }
    written = checks[f"ck_{table}_status"]
    for state in ALL[workflow].states:
        assert (f"'{state.code}'" in written) is not state.is_derived
    assert not writing.get()
