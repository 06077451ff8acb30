"""Jobs as those who asked for them see them."""

from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select

from vpt_regio.extensions import db
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod

UNFINISHED = (JobStatus.QUEUED, JobStatus.RUNNING)
PER_PAGE = 25
FOLLOWERS = "followers"  # among the parameters: who asked for work that somebody else started


def find_own_job(person: Person, job_id: int) -> Job | None:
    """Return a job that this person asked for, or None: nobody sees the job of another."""
    job = db.session.get(Job, job_id)
    return job if job is not None and is_of(job, person) else None


def period_of(job: Job) -> ReportingPeriod | None:
    """Return the half-year that a job works for, if its parameters name one."""
    period_id = job.parameters.get("period_id")
    return db.session.get(ReportingPeriod, period_id) if period_id is not None else None


def is_of(job: Job, person: Person) -> bool:
    """Return whether a person started a job, or asked for the same work while it ran."""
    return job.person_id == person.id or person.id in job.parameters.get(FOLLOWERS, [])


def page_of_jobs(person: Person, page: int) -> Pagination:
    """Return one page of the jobs that a person started, the newest first."""
    query = select(Job).where(Job.person_id == person.id).order_by(Job.id.desc())
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def find_unfinished(work_key: str) -> Job | None:
    """Return the job that does this work now or waits to do it, or None."""
    return db.session.scalar(
        select(Job).where(Job.work_key == work_key, Job.status.in_(UNFINISHED))
    )


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
