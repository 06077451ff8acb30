"""The demonstration; each module of tests has an application on a copy of it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from vpt_regio import create_app
from vpt_regio.extensions import db

DAY = date(2012, 7, 16)


def _app(folder: Path) -> Flask:
    return create_app(
        {
            "TESTING": True,
            "VPT_ENV": "test",
            "VPT_TODAY": DAY,
            "VPT_DATA_DIR": folder,
            "VPT_JOBS": "immediate",
            "MAIL_URL": (folder / "mail").as_uri(),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'vpt-regio.db'}",
            "SECRET_KEY": "secret-of-the-tests",
            "WTF_CSRF_ENABLED": False,
        }
    )


@pytest.fixture(scope="module")
def demo_app(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the demonstration; what a test changes, the next ones see."""
    folder = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(demo_data, folder)
    app = _app(folder)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Flask]:
    with demo_app.app_context():
        yield demo_app
