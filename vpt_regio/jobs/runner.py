"""Runs one job: marks its progress, keeps its file with a hash, and always ends in a status."""

import hashlib
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from flask import current_app
from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError
from vpt_regio.extensions import db
from vpt_regio.jobs.progress import ShownProgress
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.queries.jobs import UNFINISHED
from vpt_regio.queue import wake_job
from vpt_regio.uow import write

log = structlog.get_logger()

Progress = Callable[[int], None]

MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class Product:
    """What a job made: the name under which a person downloads it."""

    file_name: str


@dataclass(frozen=True)
class Outcome:
    """What a job did when it made no file: the address of the page that shows it."""

    result_path: str


JobFunction = Callable[[Job, BinaryIO, Progress], Product | Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its function, what it is called, and whether doing it again does no harm."""

    function: JobFunction
    title: str
    is_repeatable: bool


KINDS: dict[str, Kind] = {}


def job_kind(
    name: str, *, title: str = N_("Taak"), repeatable: bool = False
) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does the work of one kind of job.

    It writes to the file and returns a Product, or leaves the file empty and returns an Outcome.
    A repeatable kind that was interrupted is taken up again by the next worker.
    """

    def register(function: JobFunction) -> JobFunction:
        KINDS[name] = Kind(function, title, repeatable)
        return function

    return register


def title_of(job: Job) -> str:
    """Return what the work of a job is called, in Dutch source text."""
    kind = KINDS.get(job.kind)
    return kind.title if kind is not None else N_("Taak")


def files_folder() -> Path:
    """Return the folder of the files that jobs made."""
    folder: Path = current_app.config["VPT_DATA_DIR"] / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(job_id: int) -> None:
    """Run a job that waits; one that was taken already is left alone."""
    if not write(lambda: _take(job_id)):
        return
    job = db.session.get_one(Job, job_id)
    try:
        made = _produce(job)
    except DomainError as error:
        message = " ".join(str(each) for each in getattr(error, "errors", [error]))
        write(lambda: _fail(job_id, message))
    except Exception as error:
        log.exception("job_failed", job=job_id, exc_info=error)
        write(lambda: _fail(job_id, N_("Er ging iets mis. Probeer het opnieuw.")))
    else:
        write(lambda: _finish(job_id, made))


def take_over() -> None:
    """Put right what a worker that was stopped halfway left behind: for the start of a worker.

    What ran is done again when its kind can be, and has failed otherwise, so that its owner can
    start it again; what waits is woken again. There is one worker at a time, so nothing of
    another one can be running.
    """
    for unfinished in files_folder().glob("*.part"):
        unfinished.unlink(missing_ok=True)
    query = select(Job.id, Job.status).where(Job.status.in_(UNFINISHED)).order_by(Job.id)
    for job_id, status in db.session.execute(query).all():
        if status is JobStatus.QUEUED or _put_back(job_id):
            wake_job(job_id)


def _put_back(job_id: int) -> bool:
    """Return whether a job that was interrupted waits again; otherwise it has failed."""

    def put_back() -> bool:
        job = db.session.get_one(Job, job_id)
        kind = KINDS.get(job.kind)
        if kind is None or not kind.is_repeatable:
            _fail(job_id, N_("De taak is onderbroken. Start de taak opnieuw."))
        elif job.attempts >= MAX_ATTEMPTS:
            _fail(job_id, N_("De taak is drie keer onderbroken. Meld dit aan de beheerder."))
        else:
            job.status = JobStatus.QUEUED
            job.progress = 0
        return job.status is JobStatus.QUEUED

    return write(put_back)


def _take(job_id: int) -> bool:
    job = db.session.get(Job, job_id)
    if job is None or job.status is not JobStatus.QUEUED:
        return False
    job.status = JobStatus.RUNNING
    job.attempts += 1
    return True


@dataclass(frozen=True)
class _Made:
    """The work of a job, done: the outcome, or the file as it was stored."""

    result: Product | Outcome
    stored_name: str = ""
    sha256: str = ""


def _produce(job: Job) -> _Made:
    stored_name = uuid.uuid4().hex
    target = files_folder() / stored_name
    unfinished = target.with_suffix(".part")
    try:
        with unfinished.open("w+b") as file:
            result = KINDS[job.kind].function(job, file, ShownProgress(job.id))
            file.flush()
            os.fsync(file.fileno())
        if isinstance(result, Outcome):
            return _Made(result)
        with unfinished.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return _Made(result, stored_name, sha256)


def _finish(job_id: int, made: _Made) -> None:
    job = db.session.get_one(Job, job_id)
    job.status = JobStatus.DONE
    job.progress = 100
    if isinstance(made.result, Outcome):
        job.result_path = made.result.result_path
    else:
        job.file_name = made.result.file_name
        job.stored_name = made.stored_name
        job.sha256 = made.sha256
    job.finished_at = clock.real_now()


def _fail(job_id: int, message: str) -> None:
    job = db.session.get_one(Job, job_id)
    job.status = JobStatus.FAILED
    job.message = message
    job.finished_at = clock.real_now()
