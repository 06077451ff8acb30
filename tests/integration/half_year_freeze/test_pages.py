"""The pages about freezing, versions and reopening, from the first click to the file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from tests.integration.half_year_freeze.conftest import make_ready
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.extensions import db
from vpt_regio.models.board import ReconciliationNote, ReportExplanation
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.models.periods import PeriodDeadline, ReportingPeriod
from vpt_regio.uow import unit_of_work

SignIn = Callable[[str], FlaskClient]
OFFICER = "beleid@vpt.example"
PERIOD = "/halfjaren/2012-1"


@pytest.fixture
def officer(app: Flask, sign_in: SignIn) -> FlaskClient:
    with app.app_context():
        make_ready()
    return sign_in(OFFICER)


def test_what_is_missing_is_told_per_region(app: Flask, officer: FlaskClient) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(ReportExplanation))
        db.session.execute(delete(ReconciliationNote))
    page = officer.get(f"{PERIOD}/vastzetten").text
    assert "Vastzetten kan nog niet" in page
    assert f"{PERIOD}/ontbreekt/oost" in page
    assert f"{PERIOD}/vergelijking" in page
    refused = officer.post(f"{PERIOD}/vastzetten")
    assert refused.status_code == 422
    assert "Regio Oost: de rapportage is" in refused.text


def test_from_freezing_to_the_next_version(app: Flask, officer: FlaskClient) -> None:
    with app.app_context(), unit_of_work():
        of_code = select(ReportingPeriod.id).where(ReportingPeriod.code == "2012-1")
        period_id = db.session.scalars(of_code).one()
        for kind in (DeadlineKind.SNAPSHOT_TAKEN, DeadlineKind.LETTER_SENT):
            db.session.add(PeriodDeadline(period_id=period_id, kind=kind, due_on=date(2012, 9, 6)))
    board = officer.get(PERIOD).text
    assert "/vastzetten" in board
    assert "nog niet vastgezet" in board
    answer = officer.post(f"{PERIOD}/vastzetten")
    assert (answer.status_code, answer.location) == (303, f"{PERIOD}/versies/1")
    page = officer.get(answer.location).text
    assert "vpt-voortgang-2012-1-v1.xlsx" in page
    assert 'http-equiv="refresh"' not in page
    board = officer.get(PERIOD).text
    assert "versie 1, vastgezet op" in board
    assert "Klopt er iets niet?" in board
    assert "Brief registreren<span" in board
    with app.app_context(), unit_of_work():
        db.session.execute(update(Job).values(status=JobStatus.RUNNING))
    assert 'http-equiv="refresh"' in officer.get(answer.location).text
    with app.app_context(), unit_of_work():
        db.session.execute(update(Job).values(status=JobStatus.DONE))
    with officer.get(f"{PERIOD}/versies/1/workbook_xlsx") as file:
        assert file.headers["Content-Disposition"].endswith("vpt-voortgang-2012-1-v1.xlsx")
        first = file.data
    with officer.get(officer.post(f"{PERIOD}/werkboek").location + "/bestand") as file:
        assert file.data == first
    wrong = officer.post(f"{PERIOD}/heropenen", data={"region": "limburg", "reason": "Te laag."})
    assert wrong.status_code == 422
    chosen = {"region": "-", "reason": "Een bedrag klopt niet.", "expires_on": "20-07-2012"}
    assert officer.post(f"{PERIOD}/heropenen", data=chosen).status_code == 303
    assert "HO-2012-1-1" in officer.get(PERIOD).text
    answer = officer.post(f"{PERIOD}/vastzetten")
    assert answer.location == f"{PERIOD}/versies/2"
    assert "Er is geen cel anders dan in de vorige versie." in officer.get(answer.location).text


def test_a_reopening_is_ended_and_what_is_not_there_is_not_found(officer: FlaskClient) -> None:
    officer.post(f"{PERIOD}/vastzetten")
    chosen = {"region": "limburg", "reason": "Te laag.", "expires_on": "20-07-2012"}
    officer.post(f"{PERIOD}/heropenen", data=chosen)
    ended = officer.post(f"{PERIOD}/heropeningen/1/beeindigen")
    assert ended.status_code == 303
    assert "beëindigd" in officer.get(f"{PERIOD}/heropenen").text
    for path in ("versies/9", "versies/1/anders", "versies/9/workbook_xlsx"):
        assert officer.get(f"{PERIOD}/{path}").status_code == 404
    assert officer.post(f"{PERIOD}/heropeningen/9/beeindigen").status_code == 404


def test_the_command(app: Flask, officer: FlaskClient, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    frozen = runner.invoke(args=["vpt", "freeze", "2012-1", "--as", OFFICER])
    assert frozen.exit_code == 0, frozen.output
    assert "vpt-voortgang-2012-1-v1.xlsx" in frozen.output
    again = runner.invoke(args=["vpt", "freeze", "2012-1", "--as", OFFICER])
    assert (again.exit_code, "al vastgezet" in again.output) == (1, True)
    assert runner.invoke(args=["vpt", "freeze", "2019-1", "--as", OFFICER]).exit_code == 2
    assert runner.invoke(args=["vpt", "freeze", "2012-1", "--as", "x@y.example"]).exit_code == 2
    target = tmp_path / "overzicht.xlsx"
    arguments = ["vpt", "export", "half-year", "2012-1", "--output", str(target)]
    assert runner.invoke(args=arguments).exit_code == 0
    with officer.get(f"{PERIOD}/versies/1/workbook_xlsx") as file:
        assert target.read_bytes() == file.data
