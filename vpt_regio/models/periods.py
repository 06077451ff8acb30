"""Reporting periods, their deadlines, and the half-year reports of the regions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import ActivityStatus, DutyScore, Rag, WatchDuty
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.workflows.periods import PERIOD, PeriodStatus
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.base import Base, coded, status_check
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region


class ReportingPeriod(Identified, Stamped, OfProgramme, Versioned, Base):
    """A half-year (or any other rhythm) on which the ministry reports."""

    __tablename__ = "reporting_period"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        status_check(PERIOD),
        CheckConstraint("starts_on < ends_on", name="dates"),
        CheckConstraint("letter_on IS NULL OR letter_on > ends_on", name="letter"),
        Index(
            "uq_reporting_period_collecting",
            "programme_id",
            unique=True,
            sqlite_where=text("status = 'collecting'"),
            postgresql_where=text("status = 'collecting'"),
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(100))
    sequence_no: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    letter_on: Mapped[date | None]
    status: Mapped[PeriodStatus] = mapped_column(
        coded(PeriodStatus, "status", is_status=True), default=PeriodStatus.PLANNED
    )

    programme: Mapped[Programme] = relationship()
    deadlines: Mapped[list["PeriodDeadline"]] = relationship(
        order_by="PeriodDeadline.due_on, PeriodDeadline.id", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A period belongs to the whole programme."""
        return

    def due_on(self, kind: DeadlineKind) -> date | None:
        return next((d.due_on for d in self.deadlines if d.kind is kind), None)


class PeriodDeadline(Identified, Base):
    """A deadline of a period: counted back from the letter date, then editable."""

    __tablename__ = "period_deadline"
    __table_args__ = (UniqueConstraint("period_id", "kind"),)

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    kind: Mapped[DeadlineKind] = mapped_column(coded(DeadlineKind, "kind"))
    due_on: Mapped[date]


class ProgressReport(Identified, Stamped, Versioned, Base):
    """The report of one region on one period; a submitted one is read-only."""

    __tablename__ = "progress_report"
    __table_args__ = (
        UniqueConstraint("region_id", "period_id"),
        status_check(REPORT),
        CheckConstraint(
            "status IN ('draft', 'returned') OR submitted_on IS NOT NULL", name="submitted"
        ),
        CheckConstraint("status <> 'accepted' OR accepted_on IS NOT NULL", name="accepted"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    status: Mapped[ReportStatus] = mapped_column(
        coded(ReportStatus, "status", is_status=True), default=ReportStatus.DRAFT
    )
    results: Mapped[str] = mapped_column(Text, default="")
    obstacles: Mapped[str] = mapped_column(Text, default="")
    outlook: Mapped[str] = mapped_column(Text, default="")
    rag: Mapped[Rag | None] = mapped_column(coded(Rag, "rag"))
    rag_explanation: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_on: Mapped[date | None]
    return_note: Mapped[str] = mapped_column(Text, default="")

    region: Mapped[Region] = relationship()
    period: Mapped[ReportingPeriod] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])
    activities: Mapped[list["ActivityProgress"]] = relationship(
        back_populates="report",
        order_by="ActivityProgress.activity_id",
        cascade="all, delete-orphan",
    )
    duty_scores: Mapped[list["ReportDutyScore"]] = relationship(
        back_populates="report", order_by="ReportDutyScore.id", cascade="all, delete-orphan"
    )
    submissions: Mapped[list["ReportSubmission"]] = relationship(
        order_by="ReportSubmission.revision_no"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})


class ActivityProgress(Identified, Stamped, Base):
    """How an activity stands at the end of a period, as the report tells it."""

    __tablename__ = "activity_progress"
    __table_args__ = (
        UniqueConstraint("report_id", "activity_id"),
        CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    status: Mapped[ActivityStatus | None] = mapped_column(coded(ActivityStatus, "status"))
    percent: Mapped[int | None]
    result: Mapped[str] = mapped_column(Text, default="")
    obstacle: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")

    report: Mapped[ProgressReport] = relationship(back_populates="activities")
    activity: Mapped[Activity] = relationship()


class ReportDutyScore(Identified, Stamped, Base):
    """How the account manager scores one aspect of the watch duties at a half-year."""

    __tablename__ = "report_duty_score"
    __table_args__ = (UniqueConstraint("report_id", "duty"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    duty: Mapped[WatchDuty] = mapped_column(coded(WatchDuty, "duty"))
    score: Mapped[DutyScore] = mapped_column(coded(DutyScore, "score"))
    note: Mapped[str] = mapped_column(Text, default="")
    scored_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scored_on: Mapped[date]

    report: Mapped[ProgressReport] = relationship(back_populates="duty_scores")
    scored_by: Mapped[Person] = relationship()


class ReportSubmission(Identified, Base):
    """What a report said when it was submitted: kept word for word, append-only."""

    __tablename__ = "report_submission"
    __table_args__ = (UniqueConstraint("report_id", "revision_no"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("progress_report.id"))
    revision_no: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))

    submitted_by: Mapped[Person] = relationship()
