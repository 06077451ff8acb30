"""Long work: at most two at a time, seen and fetched by who started it only."""

from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio import clock, outbox
from vpt_regio.domain.roles import Role
from vpt_regio.errors import Invalid, WrongState
from vpt_regio.extensions import db
from vpt_regio.jobs import progress as progress_module
from vpt_regio.jobs import runner
from vpt_regio.models.jobs import Job, JobStatus, OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.queries.instant import one_instant
from vpt_regio.services.jobs import queue_job
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three kinds of work: one that makes a file, one that shows a page, one that fails."""

    def make(job: Job, file: BinaryIO, progress: runner.Progress) -> runner.Product:
        file.write(str(job.parameters["text"]).encode())
        progress(50)
        return runner.Product("overzicht.xlsx")

    def fail(_job: Job, _file: BinaryIO, _progress: runner.Progress) -> runner.Product:
        raise Invalid("Dit kan niet.")

    def look(_job: Job, _file: BinaryIO, _progress: runner.Progress) -> runner.Outcome:
        return runner.Outcome("/halfjaren")

    monkeypatch.setattr(runner, "KINDS", {})
    runner.job_kind("make", title="Overzicht", repeatable=True)(make)
    runner.job_kind("look")(look)
    runner.job_kind("fail")(fail)


def _person(email: str = "een@vpt.example") -> Person:
    found = db.session.query(Person).filter_by(email=email).one_or_none()
    return found or make_person(make_programme(), Role.POLICY_OFFICER, email=email)


def _queue(app: Flask, kind: str, status: JobStatus | None = None) -> int:
    with app.app_context():
        with unit_of_work():
            job_id = queue_job(kind, {"text": "inhoud"}, actor=_person(), at_most=9).id
        if status is not None:
            with unit_of_work() as session:
                session.get_one(Job, job_id).status = status
        return job_id


@pytest.mark.usefixtures("context")
def test_a_third_job_waits_for_the_first_two() -> None:
    with unit_of_work() as session:
        person = _person()
        session.add_all(Job(kind="make", parameters={}, person_id=person.id) for _ in range(2))
    with pytest.raises(WrongState, match="2 taken"), unit_of_work():
        queue_job("make", {}, actor=person)


@pytest.mark.usefixtures("context")
def test_a_job_that_a_dead_worker_left_does_not_block_for_ever() -> None:
    long_ago = clock.real_now() - timedelta(hours=3)
    with unit_of_work() as session:
        person = _person()
        session.add_all(
            Job(kind="make", parameters={}, person_id=person.id, queued_at=long_ago)
            for _ in range(2)
        )
    with unit_of_work():
        job_id = queue_job("make", {"text": "x"}, actor=person).id
    assert db.session.get_one(Job, job_id).status is JobStatus.DONE


def test_the_file_of_a_job_is_a_download(app: Flask, sign_in: SignIn) -> None:
    job_id = _queue(app, "make")
    client = sign_in("een@vpt.example")
    page = client.get(f"/taken/{job_id}")
    assert "overzicht.xlsx" in page.text
    assert 'http-equiv="refresh"' not in page.text
    with client.get(f"/taken/{job_id}/bestand") as response:
        assert response.data == b"inhoud"
        assert response.headers["Content-Disposition"] == "attachment; filename=overzicht.xlsx"
        assert response.mimetype.endswith("spreadsheetml.sheet")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_running_job_refreshes_its_page_and_has_no_file(app: Flask, sign_in: SignIn) -> None:
    job_id = _queue(app, "make", JobStatus.RUNNING)
    client = sign_in("een@vpt.example")
    assert f'content="3; url=/taken/{job_id}?volg=1"' in client.get(f"/taken/{job_id}").text
    assert client.get(f"/taken/{job_id}?volg=1").status_code == 200
    assert client.get(f"/taken/{job_id}/bestand").status_code == 404


def test_a_failed_job_says_why(app: Flask, sign_in: SignIn) -> None:
    job_id = _queue(app, "fail")
    assert "Dit kan niet." in sign_in("een@vpt.example").get(f"/taken/{job_id}").text


def test_the_job_of_another_does_not_exist(app: Flask, sign_in: SignIn) -> None:
    job_id = _queue(app, "make")
    with app.app_context(), unit_of_work():
        make_person(make_programme(code="ander"), Role.ADMINISTRATOR, email="twee@vpt.example")
    client = sign_in("twee@vpt.example")
    assert client.get(f"/taken/{job_id}").status_code == 404
    assert client.get(f"/taken/{job_id}/bestand").status_code == 404
    assert client.get("/taken/9999").status_code == 404


def test_a_worker_that_starts_takes_up_what_another_left(app: Flask, sign_in: SignIn) -> None:
    again = _queue(app, "make", JobStatus.RUNNING)
    waiting = _queue(app, "make", JobStatus.QUEUED)
    once = _queue(app, "look", JobStatus.RUNNING)
    with app.app_context():
        left = runner.files_folder() / "half.part"
        left.touch()
        runner.take_over()
        assert not left.exists()
        jobs = {found.id: found for found in db.session.query(Job)}
        assert (jobs[again].status, jobs[again].attempts) == (JobStatus.DONE, 2)
        assert jobs[waiting].status is JobStatus.DONE
        assert jobs[once].status is JobStatus.FAILED
    assert "De taak is onderbroken." in sign_in("een@vpt.example").get(f"/taken/{once}").text


def test_work_that_stops_the_worker_each_time_is_given_up(app: Flask) -> None:
    job_id = _queue(app, "make", JobStatus.RUNNING)
    with app.app_context():
        with unit_of_work() as session:
            session.get_one(Job, job_id).attempts = runner.MAX_ATTEMPTS
        runner.take_over()
        job = db.session.get_one(Job, job_id)
        assert job.status is JobStatus.FAILED
        assert "drie keer onderbroken" in job.message


def test_the_same_work_is_not_done_twice_and_seen_by_who_asked(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        with unit_of_work():
            first = queue_job("make", {"text": "x"}, actor=_person(), work_key="make:1").id
        with unit_of_work() as session:
            session.get_one(Job, first).status = JobStatus.RUNNING
        with unit_of_work():
            other = make_person(
                make_programme(code="ander"), Role.ADMINISTRATOR, email="twee@vpt.example"
            )
            again = [queue_job("make", {}, actor=other, work_key="make:1").id for _ in range(2)]
        assert again == [first, first]
        with unit_of_work() as session:
            session.get_one(Job, first).status = JobStatus.FAILED
        with unit_of_work():
            assert queue_job("make", {"text": "x"}, actor=other, work_key="make:1").id != first
    assert sign_in("twee@vpt.example").get(f"/taken/{first}").status_code == 200


def test_work_without_a_file_leads_to_its_page(app: Flask, sign_in: SignIn) -> None:
    job_id = _queue(app, "look")
    client = sign_in("een@vpt.example")
    assert 'href="/halfjaren"' in client.get(f"/taken/{job_id}").text
    assert client.get(f"/taken/{job_id}?volg=1").location == "/halfjaren"
    assert client.get(f"/taken/{job_id}/bestand").status_code == 404
    with app.app_context():
        assert list(runner.files_folder().iterdir()) == []


def test_the_list_of_tasks_shows_only_those_of_the_person(app: Flask, sign_in: SignIn) -> None:
    mine = _queue(app, "make")
    with app.app_context(), unit_of_work():
        make_person(make_programme(code="ander"), Role.ADMINISTRATOR, email="twee@vpt.example")
    page = sign_in("een@vpt.example").get("/taken").text
    assert f"/taken/{mine}" in page
    assert "Overzicht" in page
    assert f"/taken/{mine}" not in sign_in("twee@vpt.example").get("/taken").text


@pytest.mark.usefixtures("context")
def test_a_job_that_reads_in_one_instant_shows_its_progress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN", 0)

    def read(job: Job, _file: BinaryIO, progress: runner.Progress) -> runner.Outcome:
        job_id = job.id
        with one_instant() as session:
            session.get_one(Job, job_id)
            progress(40)
            session.expire_all()
            # what is read stays as it was; another connection sees how far the work is
            seen.append(session.get_one(Job, job_id).progress)
        seen.append(db.session.get_one(Job, job_id).progress)
        with unit_of_work():
            progress(60)
        seen.append(db.session.get_one(Job, job_id).progress)
        return runner.Outcome("/")

    runner.job_kind("read")(read)
    with unit_of_work():
        queue_job("read", {}, actor=_person())
    assert seen == [0, 40, 40]


def test_work_that_breaks_down_ends_as_failed(app: Flask, sign_in: SignIn) -> None:
    def break_down(_job: Job, _file: BinaryIO, _progress: runner.Progress) -> runner.Product:
        raise RuntimeError("kept for the log")

    runner.job_kind("make")(break_down)
    job_id = _queue(app, "make")
    page = sign_in("een@vpt.example").get(f"/taken/{job_id}").text
    assert "Er ging iets mis." in page
    assert "kept for the log" not in page


@pytest.mark.usefixtures("context")
def test_a_message_that_cannot_be_sent_holds_up_no_other() -> None:
    with unit_of_work():
        outbox.post("een@vpt.example", subject="Regel een\nregel twee", body="Tekst")
        outbox.post("twee@vpt.example", subject="Onderwerp", body="Tekst")
    odd, good = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    assert odd.sent_at is None
    assert odd.last_error
    assert good.sent_at is not None


@pytest.mark.usefixtures("context")
def test_a_queue_that_cannot_be_reached_undoes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise OSError("no queue")

    monkeypatch.setattr(outbox, "wake_outbox", unreachable)
    with unit_of_work():
        outbox.post("een@vpt.example", subject="Onderwerp", body="Tekst")
    assert db.session.query(OutboxMessage).one().sent_at is None
    monkeypatch.undo()
    assert outbox.deliver() == 1
