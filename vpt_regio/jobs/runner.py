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
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.queries.jobs import UNFINISHED
from vpt_regio.queue import wake_job
from vpt_regio.uow import write

log = structlog.get_logger()

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Product:
    """What a job made: the name under which a person downloads it."""

    file_name: str


JobFunction = Callable[[Job, BinaryIO, Progress], Product]

KINDS: dict[str, JobFunction] = {}


def job_kind(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does the work of one kind of job; it writes to the file."""

    def register(function: JobFunction) -> JobFunction:
        KINDS[name] = function
        return function

    return register


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
        product, stored_name, sha256 = _produce(job)
    except DomainError as error:
        message = str(error)
        write(lambda: _fail(job_id, message))
    except Exception as error:
        log.exception("job_failed", job=job_id, exc_info=error)
        write(lambda: _fail(job_id, N_("Er ging iets mis. Probeer het opnieuw.")))
    else:
        write(lambda: _finish(job_id, product, stored_name, sha256))


def take_over() -> None:
    """Put right what a worker that was stopped halfway left behind: for the start of a worker.

    What ran has failed, so that its owner can start it again; what waits is woken again. There
    is one worker at a time, so nothing of another one can be running.
    """
    for unfinished in files_folder().glob("*.part"):
        unfinished.unlink(missing_ok=True)
    query = select(Job.id, Job.status).where(Job.status.in_(UNFINISHED)).order_by(Job.id)
    for job_id, status in db.session.execute(query).all():
        if status is JobStatus.RUNNING:
            _give_up(job_id)
        else:
            wake_job(job_id)


def _give_up(job_id: int) -> None:
    write(lambda: _fail(job_id, N_("De taak is onderbroken. Start de taak opnieuw.")))


def _take(job_id: int) -> bool:
    job = db.session.get(Job, job_id)
    if job is None or job.status is not JobStatus.QUEUED:
        return False
    job.status = JobStatus.RUNNING
    return True


def _produce(job: Job) -> tuple[Product, str, str]:
    stored_name = uuid.uuid4().hex
    target = files_folder() / stored_name
    unfinished = target.with_suffix(".part")
    job_id = job.id
    with unfinished.open("w+b") as file:
        product = KINDS[job.kind](job, file, lambda percent: _show_progress(job_id, percent))
        file.flush()
        os.fsync(file.fileno())
    sha256 = hashlib.sha256(unfinished.read_bytes()).hexdigest()
    unfinished.replace(target)
    return product, stored_name, sha256


def _show_progress(job_id: int, percent: int) -> None:
    def update() -> None:
        db.session.get_one(Job, job_id).progress = percent

    write(update)


def _finish(job_id: int, product: Product, stored_name: str, sha256: str) -> None:
    job = db.session.get_one(Job, job_id)
    job.status = JobStatus.DONE
    job.progress = 100
    job.file_name = product.file_name
    job.stored_name = stored_name
    job.sha256 = sha256
    job.finished_at = clock.real_now()


def _fail(job_id: int, message: str) -> None:
    job = db.session.get_one(Job, job_id)
    job.status = JobStatus.FAILED
    job.message = message
    job.finished_at = clock.real_now()
