"""Starting long work: a row in the transaction of its cause, a worker woken after the commit."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.errors import WrongState
from vpt_regio.extensions import db
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.queries.jobs import FOLLOWERS, count_unfinished, find_unfinished, is_of
from vpt_regio.queue import wake_job
from vpt_regio.uow import on_commit

MAX_UNFINISHED = 2
# a worker that was killed leaves its job behind, which must not block its owner for ever
COUNTS_FOR = timedelta(hours=2)


def queue_job(
    kind: str,
    parameters: Mapping[str, Any],
    *,
    actor: Person,
    work_key: str = "",
    at_most: int = MAX_UNFINISHED,
) -> Job:
    """Put a job in the queue; `parameters` are plain values.

    `work_key` names work that may not be done twice at the same time, such as "annex:12": while
    a job with that key waits or runs it is returned instead of a second one, and whoever asks
    for it may see it as well. The right to start this kind of work is for the caller to check.
    Raises WrongState while `at_most` jobs of this person wait or run.
    """
    running = find_unfinished(work_key) if work_key else None
    if running is not None:
        _follow(running, actor)
        return running
    if count_unfinished(actor, since=clock.real_now() - COUNTS_FOR) >= at_most:
        raise WrongState(
            N_(
                "Er lopen al %(maximum)s taken voor u."
                " Wacht tot er een klaar is en probeer het dan opnieuw."
            ),
            params={"maximum": at_most},
        )
    job = Job(kind=kind, parameters=dict(parameters), person_id=actor.id, work_key=work_key)
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    on_commit(lambda: wake_job(job_id))
    return job


def _follow(job: Job, person: Person) -> None:
    if not is_of(job, person):
        followers = [*job.parameters.get(FOLLOWERS, []), person.id]
        job.parameters = {**job.parameters, FOLLOWERS: followers}
        db.session.flush()
