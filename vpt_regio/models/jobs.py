"""Background work and messages, as rows: the truth that the queue only wakes a worker for."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.models.base import Base, coded
from vpt_regio.models.mixins import Identified
from vpt_regio.models.people import Person


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


JOB_STATUS_LABELS = {
    JobStatus.QUEUED: N_("wacht"),
    JobStatus.RUNNING: N_("bezig"),
    JobStatus.DONE: N_("klaar"),
    JobStatus.FAILED: N_("mislukt"),
}


class Job(Identified, Base):
    """A piece of long work that one person started, with its progress and its file.

    `work_key` names what may not be done twice at the same time; `result_path` is the address of
    the page that shows what was made, for work that is no file. `attempts` counts the starts.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("progress >= 0 AND progress <= 100", name="progress"),
        CheckConstraint("status <> 'done' OR finished_at IS NOT NULL", name="finished"),
        Index(
            "uq_job_work_key",
            "work_key",
            unique=True,
            sqlite_where=text("work_key <> '' AND status IN ('queued', 'running')"),
            postgresql_where=text("work_key <> '' AND status IN ('queued', 'running')"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, Any]]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[JobStatus] = mapped_column(coded(JobStatus, "status"), default=JobStatus.QUEUED)
    progress: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    stored_name: Mapped[str] = mapped_column(String(80), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    work_key: Mapped[str] = mapped_column(String(120), default="")
    result_path: Mapped[str] = mapped_column(String(300), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(default=clock.real_now)
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class OutboxMessage(Identified, Base):
    """A message written in the same transaction as its cause, and sent after the commit."""

    __tablename__ = "outbox_message"

    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=clock.real_now)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
