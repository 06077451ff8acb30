"""Every integration test runs on SQLite and on PostgreSQL, each from a migrated database."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings

from tests.databases import PostgresDatabase, SqliteDatabase, TestDatabase
from tests.quick import is_quick
from tests.scheduling import LongestFirst, in_order
from tests.shared import once_in_a_run
from tools.demo_server import load_demo
from vpt_regio import create_app
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.services.sessions import start_session
from vpt_regio.uow import write

DAY = date(2012, 7, 16)
# a busy machine is no fault of the data that is made
settings.register_profile("vpt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vpt")
BACKENDS = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="the full sets instead of the quick ones")
    parser.addoption(
        "--quick", action="store_true", help="each test of a page on one of the databases"
    )


def is_quick_form(config: pytest.Config) -> bool:
    return bool(config.getoption("--quick") and not config.getoption("--full"))


def pytest_report_header(config: pytest.Config) -> str:
    form = "quick (everything: make test ARGS=--full)" if is_quick_form(config) else "full"
    return f"form: {form}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return LongestFirst(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_quick_form(config):
        left_out = [item for item in items if not is_quick(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if is_quick(item)]
    if hasattr(config, "workerinput"):
        items[:] = in_order(items)


class Backend:
    """An application on one kind of database, whose contents start afresh for every test."""

    def __init__(self, database: TestDatabase, data_dir: Path) -> None:
        self.database = database
        self.data_dir = data_dir
        self.app = create_app(
            {
                "TESTING": True,
                "VPT_ENV": "test",
                "VPT_TODAY": DAY,
                "VPT_DATA_DIR": data_dir,
                "VPT_JOBS": "immediate",
                "MAIL_URL": (data_dir / "mail").as_uri(),
                "SQLALCHEMY_DATABASE_URI": database.url,
                "SECRET_KEY": "secret-of-the-tests",
                "WTF_CSRF_ENABLED": False,
                "PROPAGATE_EXCEPTIONS": False,
            }
        )
        with self.app.app_context():
            upgrade("migrations")
            db.engine.dispose()
        database.keep_as_template()

    def disconnect(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    def reset(self) -> None:
        if not self.database.sweep():
            self.disconnect()
            self.database.make_anew()
        shutil.rmtree(self.data_dir / "mail", ignore_errors=True)
        shutil.rmtree(self.data_dir / "files", ignore_errors=True)


@pytest.fixture(scope="session")
def backends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Backend]]:
    made: dict[str, Backend] = {}

    def backend(kind: str) -> Backend:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            made[kind] = Backend(BACKENDS[kind](folder), folder)
        return made[kind]

    yield backend
    for one in made.values():
        one.disconnect()
        one.database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, backends: Callable[[str], Backend]) -> Flask:
    """The application on an empty, migrated database; no context is pushed."""
    backend = backends(request.param)
    backend.reset()
    return backend.app


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration programme, to be copied: loading it takes long."""
    return once_in_a_run(tmp_path_factory, "demo", load_demo)


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether to do everything, which takes long, instead of the quick form."""
    chosen: bool = request.config.getoption("--full")
    return chosen


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """A pushed application context, for tests of services and queries (not for the client)."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """Return a function that gives a client signed in as the person with an e-mail address."""

    def signed_in(email: str, client: FlaskClient | None = None) -> FlaskClient:
        client = client or app.test_client()
        with app.app_context():
            token = write(lambda: start_session(_person(email)))
        client.set_cookie("vpt_session", token)
        return client

    return signed_in


def _person(email: str) -> Person:
    person: Any = db.session.query(Person).filter_by(email=email).one()
    return person
