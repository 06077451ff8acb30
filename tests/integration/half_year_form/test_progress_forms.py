"""The progress form on its way out: what it is filled with, who takes it, and the trace of it."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import make_approved, make_stage
from tests.factories.covenants import make_appointment
from tests.factories.periods import Season, fill_report, make_report, make_season
from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.errors import NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import Job
from vpt_regio.queries.reports import holding_versions, list_activities, told_apart
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.hours import book_hours
from vpt_regio.services.progress_forms import form_of, start_all
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form import read_form_source, read_progress_form
from vpt_regio.workbooks.progress_form_types import FormSheet, Week

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
OFFICER = "beleid@vpt.example"
PLACE = "/halfjaren/2012-1/formulieren"


@pytest.fixture
def season(context: Flask) -> Season:
    with unit_of_work():
        made = make_season()
        appointment = make_appointment(made.stage.region, made.stage.leader)
        book_hours(appointment, iso_year=2012, iso_week=3, quarters=30, actor=made.stage.leader)
    return made


def test_a_form_without_a_report_shows_the_plan_and_what_was_booked(season: Season) -> None:
    with unit_of_work():
        book_expenditure(
            season.stage.region,
            booked_on=date(2012, 5, 1),
            phase=Phase.IMPLEMENTATION,
            description="Drukwerk",
            amount_cents=12_500,
            actor=season.stage.leader,
        )
    source = read_form_source(season.stage.region, season.period)
    assert (source.region, source.period) == (season.stage.region.code, "2012-1")
    assert source.due_on == date(2012, 7, 21)
    assert source.report.version is None
    assert [one.label for one in source.activities] == [
        f"{one.number}. {one.title}" for one in source.activities
    ]
    assert source.activities[0].status is None
    (booked,) = source.expenditures
    assert (booked.description, booked.amount_cents) == ("Drukwerk", 12_500)
    hours = {one.week: one.quarters for one in source.weeks}
    assert hours[Week(2012, 3)] == 30
    assert hours[Week(2012, 4)] is None
    # the Thursday of week 26 is the last one of the half-year
    assert max(hours) == Week(2012, 26)


def test_activities_of_several_regions_are_told_apart(season: Season) -> None:
    with unit_of_work():
        other = make_approved(make_stage("zeeland", programme=season.programme))
        held = [row.activity for row in list_activities(other)]
    versions = holding_versions(season.stage.region.id, season.period)
    own = [row.activity for row in list_activities(*versions)]
    titles = {one.id: "Training" for one in [*own, *held]}
    assert told_apart(titles, own) == titles
    both = told_apart(titles, [*own, *held])
    assert {both[one.id] for one in own} == {f"Training ({season.stage.region.name})"}
    assert {both[one.id] for one in held} == {f"Training ({other.plan.region.name})"}


def test_a_form_of_a_report_holds_what_it_says(season: Season) -> None:
    with unit_of_work():
        fill_report(make_report(season), season.stage.leader)
    source = read_form_source(season.stage.region, season.period)
    assert source.report.rag is Rag.GREEN
    assert source.report.version is not None
    assert {one.status for one in source.activities} == {ActivityStatus.RUNNING}
    assert {one.percent for one in source.activities} == {40}


def test_who_may_take_a_form_and_when(season: Season) -> None:
    region, leader, officer = season.stage.region, season.stage.leader, season.officer
    name, content = form_of(region, season.period, actor=leader, secret="s")
    assert name == f"vpt-formulier-2012-1-{region.code}.xlsx"
    read = read_progress_form(content, secret="s")
    assert read.meta is not None
    assert read.meta.region == region.code
    assert len(list(read.of(FormSheet.JUDGEMENT))) == 1
    form_of(region, season.period, actor=officer, secret="s")
    with pytest.raises(NotAllowed), unit_of_work():
        start_all(season.period, actor=leader)
    with unit_of_work():
        season.period.status = type(season.period.status).CLOSED
    with pytest.raises(WrongState):
        form_of(region, season.period, actor=leader, secret="s")


def _season(app: Flask) -> str:
    with app.app_context(), unit_of_work():
        return make_season().stage.region.code


def _actions(app: Flask) -> list[str]:
    with app.app_context():
        query = select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(2)
        return list(db.session.scalars(query))


def test_the_project_leader_takes_the_form_from_the_report(app: Flask, sign_in: SignIn) -> None:
    code = _season(app)
    client = sign_in(LEADER)
    page = client.get(f"/halfjaren/2012-1/rapportages/{code}")
    assert f'action="{PLACE}/{code}"' in page.text
    assert f'action="{PLACE}/{code}"' in client.get("/halfjaren/2012-1").text
    assert client.get(f"{PLACE}/{code}").status_code == 405
    sent = client.post(f"{PLACE}/{code}")
    assert sent.status_code == 200
    assert f"vpt-formulier-2012-1-{code}.xlsx" in sent.headers["Content-Disposition"]
    read = read_progress_form(sent.data, secret=app.config["SECRET_KEY"])
    assert read.meta is not None
    assert _actions(app)[0] == "period.form_downloaded"


def test_the_ministry_takes_all_forms_at_once(app: Flask, sign_in: SignIn) -> None:
    code = _season(app)
    client = sign_in(OFFICER)
    assert f'action="{PLACE}"' in client.get("/halfjaren/2012-1").text
    sent = client.post(PLACE)
    assert sent.status_code == 303
    with app.app_context():
        job = db.session.scalars(select(Job)).one()
    packed = client.get(f"/taken/{job.id}/bestand")
    content = packed.data
    packed.close()
    assert packed.mimetype == "application/zip"
    with ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == [f"vpt-formulier-2012-1-{code}.xlsx"]
        read = read_progress_form(
            archive.read(archive.namelist()[0]), secret=app.config["SECRET_KEY"]
        )
    assert read.meta is not None
    assert "period.forms_downloaded" in _actions(app)


def test_the_command_writes_a_form_for_a_person(app: Flask, tmp_path: Path) -> None:
    code = _season(app)
    target = tmp_path / "formulier.xlsx"
    command = ["vpt", "export", "form", code, "2012-1", "--output", str(target), "--as"]
    run = app.test_cli_runner().invoke
    done = run(args=[*command, LEADER])
    assert (done.exit_code, done.output.strip()) == (0, str(target))
    assert read_progress_form(target.read_bytes(), secret=app.config["SECRET_KEY"]).meta
    assert _actions(app)[0] == "period.form_downloaded"
    assert run(args=[*command, "niemand@vpt.example"]).exit_code == 2
