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
from vpt_regio.queries.jobs import count_unfinished
from vpt_regio.queue import wake_job
from vpt_regio.uow import on_commit

MAX_UNFINISHED = 2
# a worker that was killed leaves its job behind, which must not block its owner for ever
COUNTS_FOR = timedelta(hours=2)


def queue_job(kind: str, parameters: Mapping[str, Any], *, actor: Person) -> Job:
    """Put a job in the queue; `parameters` are plain values.

    The right to start this kind of work is for the caller to check. Raises WrongState while two
    jobs of this person wait or run.
    """
    if count_unfinished(actor, since=clock.real_now() - COUNTS_FOR) >= MAX_UNFINISHED:
        raise WrongState(
            N_(
                "Er lopen al %(maximum)s taken voor u."
                " Wacht tot er een klaar is en probeer het dan opnieuw."
            ),
            params={"maximum": MAX_UNFINISHED},
        )
    job = Job(kind=kind, parameters=dict(parameters), person_id=actor.id)
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    on_commit(lambda: wake_job(job_id))
    return job
