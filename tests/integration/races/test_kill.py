"""A process that is killed in the middle of a write leaves nothing half, and blocks nobody."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Expenditure
from vpt_regio.services import audit
from vpt_regio.uow import unit_of_work

# books an expenditure twice: the first time until the end, the second time until it is killed
WRITER = """
import sys, time
from datetime import date
from sqlalchemy import select
from vpt_regio import create_app
from vpt_regio.domain.enums import Phase
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.uow import unit_of_work

def book():
    book_expenditure(
        db.session.scalars(select(Region)).one(), booked_on=date(2012, 6, 1),
        phase=Phase.DEVELOPMENT, description="Zaalhuur", amount_cents=100,
        actor=db.session.scalars(select(Person)).one(),
    )

with create_app({"SQLALCHEMY_DATABASE_URI": sys.argv[1]}).app_context():
    with unit_of_work():
        book()
    with unit_of_work():
        book()
        db.session.flush()
        print("halfway", flush=True)
        time.sleep(60)
"""


def _book_and_kill(url: str, folder: Path) -> None:
    environment = {
        **os.environ,
        "VPT_ENV": "test",
        "VPT_TODAY": "2012-07-16",
        "VPT_DATA_DIR": str(folder),
    }
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as writer:
        assert writer.stdout is not None
        assert any(line.strip() == "halfway" for line in writer.stdout)
        writer.send_signal(signal.SIGKILL)


@pytest.mark.usefixtures("context")
def test_a_killed_writer_leaves_nothing_half(app: Flask, tmp_path: Path) -> None:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        make_covenant(region)
        person = make_person(programme, Role.PROJECT_LEADER, region=region)
    db.session.rollback()
    _book_and_kill(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    assert db.session.scalar(select(func.count(Expenditure.id))) == 1
    entries = db.session.scalar(select(func.count(AuditEntry.seq)))
    assert audit.verify(db.session()) is None
    # whoever comes next neither waits nor finds a gap
    with unit_of_work():
        audit.record("person.created", person, actor=person)
    assert db.session.scalar(select(func.max(AuditEntry.seq))) == (entries or 0) + 1
    assert audit.verify(db.session()) is None
