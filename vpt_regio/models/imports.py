"""Uploaded progress forms: the file as it came, what it would change, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.workflows.imports import IMPORT
from vpt_regio.models.base import Base, coded, status_check
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region


class Import(Identified, Stamped, Versioned, Base):
    """A progress form of one region and one half-year that somebody uploaded.

    `problems`, `notes`, `changes` and `applied` are plain values: every message with its sheet and
    cells, every change with old, new and the choice made, and what was done with which records,
    so that it can be undone. `returned` is the fresh form with the marks, of a file with problems.
    """

    __tablename__ = "import"
    __table_args__ = (
        status_check(IMPORT),
        CheckConstraint("status = 'preview' OR decided_at IS NOT NULL", name="decided"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    status: Mapped[ImportStatus] = mapped_column(
        coded(ImportStatus, "status", is_status=True), default=ImportStatus.PREVIEW
    )
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    notes: Mapped[list[Any]] = mapped_column(default=list)
    changes: Mapped[list[Any]] = mapped_column(default=list)
    applied: Mapped[list[Any]] = mapped_column(default=list)
    returned: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    region: Mapped[Region] = relationship()
    period: Mapped[ReportingPeriod] = relationship()
    uploaded_by: Mapped[Person] = relationship(foreign_keys=[uploaded_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def programme_id(self) -> int:
        return self.region.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})
