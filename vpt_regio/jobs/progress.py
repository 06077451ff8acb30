"""How far a job is, written beside whatever the job itself reads or writes."""

import time

import structlog
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from vpt_regio.database import writing
from vpt_regio.models.jobs import Job, JobStatus
from vpt_regio.uow import write_beside

log = structlog.get_logger()

SECONDS_BETWEEN = 0.4


class ShownProgress:
    """Tells how far a job is, in whole percents; call it as often as you like.

    The number goes over a connection of its own, so that a job that reads in one instant stays
    in it, and at most a few times a second. Inside a unit of work nothing is written: the next
    call after it tells.
    """

    def __init__(self, job_id: int) -> None:
        self._job_id = job_id
        self._shown = 0
        self._shown_at = float("-inf")

    def __call__(self, percent: int) -> None:
        percent = max(0, min(100, percent))
        too_soon = time.monotonic() - self._shown_at < SECONDS_BETWEEN
        if percent <= self._shown or too_soon or writing.get():
            return
        self._show(percent)
        self._shown, self._shown_at = percent, time.monotonic()

    def _show(self, percent: int) -> None:
        statement = (
            update(Job)
            .where(Job.id == self._job_id, Job.status == JobStatus.RUNNING)
            .values(progress=percent)
        )
        try:
            write_beside(lambda connection: connection.execute(statement))
        except DBAPIError as error:
            # work must not fail because its progress could not be shown
            log.warning("progress_not_shown", job=self._job_id, exc_info=error)
