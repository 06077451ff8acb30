"""What is told of a pilot: progress, notices of changes, and the final report."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import (
    FinalReportStatus,
    NoticeKind,
    ProgressState,
    ReportLineKind,
)
from vpt_regio.domain.workflows.pilots import PILOT_FINAL_REPORT
from vpt_regio.models.applications import Attachment
from vpt_regio.models.base import Base, Cents, coded, status_check
from vpt_regio.models.mixins import (
    Identified,
    Stamped,
    Versioned,
)
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilots import OfPilot, Pilot


class PilotProgress(OfPilot, Base):
    """How a pilot went in a half-year; a later one is the next revision. Append-only."""

    __tablename__ = "pilot_progress"
    __table_args__ = (
        UniqueConstraint("pilot_id", "period_id", "revision_no"),
        CheckConstraint("result <> ''", name="result"),
        CheckConstraint("state NOT IN ('delayed', 'stopped') OR obstacle <> ''", name="obstacle"),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    revision_no: Mapped[int]
    state: Mapped[ProgressState] = mapped_column(coded(ProgressState, "state"))
    result: Mapped[str] = mapped_column(Text)
    obstacle: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    pilot: Mapped[Pilot] = relationship(back_populates="progress")
    period: Mapped[ReportingPeriod] = relationship()
    recorded_by: Mapped[Person | None] = relationship()


class ChangeNotice(OfPilot, Stamped, Versioned, Base):
    """What a recipient had to tell at once, and what the ministry answered."""

    __tablename__ = "change_notice"
    __table_args__ = (
        CheckConstraint("explanation <> ''", name="explanation"),
        CheckConstraint(
            "(answered_on IS NULL) = (answer = '') AND (answered_on IS NULL) ="
            " (answered_by_id IS NULL)",
            name="answer",
        ),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(coded(NoticeKind, "kind"))
    explanation: Mapped[str] = mapped_column(Text)
    proposed_end_on: Mapped[date | None]
    noticed_on: Mapped[date]
    noticed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_agreed: Mapped[bool | None]

    pilot: Mapped[Pilot] = relationship(back_populates="notices")
    noticed_by: Mapped[Person | None] = relationship(foreign_keys=[noticed_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])


class PilotFinalReport(OfPilot, Stamped, Versioned, Base):
    """What a pilot realised against what was planned; kept as submitted."""

    __tablename__ = "pilot_final_report"
    __table_args__ = (
        UniqueConstraint("pilot_id"),
        status_check(PILOT_FINAL_REPORT),
        CheckConstraint(
            "status IN ('draft', 'returned') OR submitted_on IS NOT NULL", name="submitted"
        ),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    status: Mapped[FinalReportStatus] = mapped_column(
        coded(FinalReportStatus, "status", is_status=True), default=FinalReportStatus.DRAFT
    )
    results: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    obligations: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    return_note: Mapped[str] = mapped_column(Text, default="")

    pilot: Mapped[Pilot] = relationship(back_populates="final_report")
    author: Mapped[Person | None] = relationship()
    lines: Mapped[list["FinalReportLine"]] = relationship(
        back_populates="report", order_by="FinalReportLine.position", cascade="all, delete-orphan"
    )
    attachments: Mapped[list[Attachment]] = relationship(
        back_populates="final_report", order_by=Attachment.id
    )


class FinalReportLine(Identified, Base):
    """Planned and realised of one activity (in words) or one cost (cents), and why they differ."""

    __tablename__ = "final_report_line"
    __table_args__ = (
        UniqueConstraint("report_id", "position"),
        CheckConstraint("subject <> ''", name="subject"),
        CheckConstraint(
            "(kind = 'cost') = (planned_cents IS NOT NULL AND realised_cents IS NOT NULL)",
            name="amounts",
        ),
        CheckConstraint("planned_cents >= 0 AND realised_cents >= 0", name="positive"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("pilot_final_report.id"))
    position: Mapped[int]
    kind: Mapped[ReportLineKind] = mapped_column(coded(ReportLineKind, "kind"))
    subject: Mapped[str] = mapped_column(String(300))
    planned: Mapped[str] = mapped_column(Text, default="")
    realised: Mapped[str] = mapped_column(Text, default="")
    planned_cents: Mapped[int | None] = mapped_column(Cents)
    realised_cents: Mapped[int | None] = mapped_column(Cents)
    explanation: Mapped[str] = mapped_column(Text, default="")

    report: Mapped[PilotFinalReport] = relationship(back_populates="lines")
