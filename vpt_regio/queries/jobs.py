"""Jobs as their owner sees them."""

from datetime import datetime

from sqlalchemy import func, select

from vpt_regio.extensions import db
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.models.people import Person

UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING)


def find_own_job(person: Person, job_id: int) -> Job | None:
    """Return a job that this person started, or None: nobody sees the job of another."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.person_id == person.id))


def count_unfinished(person: Person, *, since: datetime) -> int:
    """Return how many jobs that a person started since a moment wait or run."""
    return int(
        db.session.scalar(
            select(func.count(Job.id)).where(
                Job.person_id == person.id, Job.status.in_(UNFINISHED), Job.queued_at >= since
            )
        )
        or 0
    )
