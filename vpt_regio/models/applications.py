"""Subsidy applications, what is proposed on them, and how applicants reach them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    ProposalKind,
    ProposalStatus,
    RejectionGround,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.domain.workflows.subsidies import (
    SUBSIDY_APPLICATION,
    SUBSIDY_PROPOSAL,
)
from vpt_regio.models.base import Base, Cents, SortedString, coded, status_check
from vpt_regio.models.mixins import (
    Identified,
    PrecisionText,
    Stamped,
    Versioned,
    fuzzy,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.models.subsidies import SubsidyRound

if TYPE_CHECKING:
    from vpt_regio.models.decisions import Decision
    from vpt_regio.models.pilot_reports import PilotFinalReport
    from vpt_regio.models.pilots import Pilot

GRANTED_STATES = (
    ApplicationStatus.GRANTED,
    ApplicationStatus.PARTIALLY_GRANTED,
    ApplicationStatus.GRANTED_SOME,
)

application_measure = Table(
    "application_measure",
    Base.metadata,
    Column("application_id", ForeignKey("subsidy_application.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)


class SubsidyApplication(Identified, Stamped, Versioned, Base):
    """What an organisation asks for, and how far it came.

    `requested_cents` is the sum of the lines; unknown (NULL) for imported history only. Each line
    of `description` is a point. `declared_*` is an outcome that is known from a source and not
    from a decision of ours. `paused_days` is how long the decision clock stood still.
    """

    __tablename__ = "subsidy_application"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        status_check(SUBSIDY_APPLICATION),
        CheckConstraint("requested_cents > 0", name="requested"),
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR received_at IS NOT NULL OR declared_source <> ''",
            name="received",
        ),
        CheckConstraint(
            "requested_cents IS NOT NULL OR status IN ('draft', 'withdrawn')"
            " OR declared_source <> ''",
            name="amount",
        ),
        CheckConstraint(
            "status <> 'incomplete' OR completion_due_on IS NOT NULL", name="completion"
        ),
        CheckConstraint("extended_to IS NULL OR extension_reason <> ''", name="extension"),
        CheckConstraint("declared_outcome IS NULL OR declared_source <> ''", name="declared"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("subsidy_round.id"))
    number: Mapped[int]
    organisation_name: Mapped[str] = mapped_column(SortedString(200))
    place: Mapped[str] = mapped_column(String(100), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    hypothesis: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[ApplicationStatus] = mapped_column(
        coded(ApplicationStatus, "status", is_status=True), default=ApplicationStatus.DRAFT
    )
    requested_cents: Mapped[int | None] = mapped_column(Cents)
    received_at: Mapped[datetime | None]
    completion_asked: Mapped[str] = mapped_column(Text, default="")
    completion_asked_on: Mapped[date | None]
    completion_due_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    extension_noticed_on: Mapped[date | None]
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    declared_outcome: Mapped[ApplicationStatus | None] = mapped_column(
        coded(ApplicationStatus, "declared_outcome")
    )
    declared_cents: Mapped[int | None] = mapped_column(Cents)
    declared_on: Mapped[date | None]
    declared_precision: Mapped[str | None] = mapped_column(PrecisionText)
    declared_words: Mapped[str] = mapped_column(String(200), default="")
    declared_source: Mapped[str] = mapped_column(String(500), default="")

    round: Mapped[SubsidyRound] = relationship(back_populates="applications")
    organisation: Mapped[Organisation | None] = relationship()
    region: Mapped[Region | None] = relationship()
    author: Mapped[Person | None] = relationship()
    measures: Mapped[list[Measure]] = relationship(
        secondary=application_measure, order_by=Measure.position
    )
    lines: Mapped[list["ApplicationLine"]] = relationship(
        back_populates="application",
        order_by="ApplicationLine.position",
        cascade="all, delete-orphan",
    )
    proposals: Mapped[list["SubsidyProposal"]] = relationship(
        back_populates="application", order_by="SubsidyProposal.id"
    )
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="application", order_by="Attachment.id"
    )

    @property
    def programme_id(self) -> int:
        return self.round.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id}) if self.region_id else frozenset()

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.description.splitlines() if line.strip()]

    @property
    def declared(self) -> FuzzyDate | None:
        return fuzzy(self.declared_on, self.declared_precision, self.declared_words)


class ApplicationLine(Identified, Base):
    """A part of what an application asks money for, in cents."""

    __tablename__ = "application_line"
    __table_args__ = (
        UniqueConstraint("application_id", "position"),
        CheckConstraint("requested_cents > 0", name="requested"),
        CheckConstraint("description <> ''", name="description"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("subsidy_application.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(500))
    requested_cents: Mapped[int] = mapped_column(Cents)

    application: Mapped[SubsidyApplication] = relationship(back_populates="lines")


class SubsidyProposal(Identified, Stamped, Versioned, Base):
    """What one person proposes on an application or a pilot, for another one to decide.

    `amount_cents` is what would be granted or settled. A proposal that was decided on, sent back
    or withdrawn never changes.
    """

    __tablename__ = "subsidy_proposal"
    __table_args__ = (
        status_check(SUBSIDY_PROPOSAL),
        CheckConstraint("(application_id IS NULL) <> (pilot_id IS NULL)", name="subject"),
        CheckConstraint(
            "(kind IN ('grant', 'partial_grant', 'rejection')) = (application_id IS NOT NULL)",
            name="kind_of_subject",
        ),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint(
            "kind NOT IN ('grant', 'partial_grant', 'settlement') OR amount_cents IS NOT NULL",
            name="amount_known",
        ),
        CheckConstraint("kind <> 'rejection' OR rejection_ground IS NOT NULL", name="rejection"),
        CheckConstraint("kind <> 'revocation' OR revocation_ground IS NOT NULL", name="revocation"),
        CheckConstraint("reasoning <> ''", name="reasoning"),
        CheckConstraint("(status = 'decided') = (decision_id IS NOT NULL)", name="decided"),
        UniqueConstraint("decision_id"),
        Index(
            "uq_subsidy_proposal_open_application",
            "application_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "uq_subsidy_proposal_open_pilot",
            "pilot_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    application_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_application.id"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilot.id"))
    kind: Mapped[ProposalKind] = mapped_column(coded(ProposalKind, "kind"))
    status: Mapped[ProposalStatus] = mapped_column(
        coded(ProposalStatus, "status", is_status=True), default=ProposalStatus.OPEN
    )
    amount_cents: Mapped[int | None] = mapped_column(Cents)
    rejection_ground: Mapped[RejectionGround | None] = mapped_column(
        coded(RejectionGround, "rejection_ground")
    )
    settlement_ground: Mapped[SettlementGround | None] = mapped_column(
        coded(SettlementGround, "settlement_ground")
    )
    revocation_ground: Mapped[RevocationGround | None] = mapped_column(
        coded(RevocationGround, "revocation_ground")
    )
    is_ex_officio: Mapped[bool] = mapped_column(default=False)
    reasoning: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    application: Mapped[SubsidyApplication | None] = relationship(back_populates="proposals")
    pilot: Mapped["Pilot | None"] = relationship(back_populates="proposals")
    author: Mapped[Person] = relationship()
    decision: Mapped["Decision | None"] = relationship()
    lines: Mapped[list["ProposalLine"]] = relationship(
        back_populates="proposal", order_by="ProposalLine.id", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> "SubsidyApplication | Pilot":
        """What it is about."""
        subject = self.application or self.pilot
        if subject is None:
            raise LookupError("a proposal is on an application or on a pilot")
        return subject

    @property
    def programme_id(self) -> int:
        return self.subject.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.subject.region_ids


class ProposalLine(Identified, Base):
    """What a proposal would grant of one line of an application (cents), and why less."""

    __tablename__ = "proposal_line"
    __table_args__ = (
        UniqueConstraint("proposal_id", "application_line_id"),
        CheckConstraint("granted_cents >= 0", name="granted"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("subsidy_proposal.id"))
    application_line_id: Mapped[int] = mapped_column(ForeignKey("application_line.id"))
    granted_cents: Mapped[int] = mapped_column(Cents)
    reason: Mapped[str] = mapped_column(String(500), default="")

    proposal: Mapped[SubsidyProposal] = relationship(back_populates="lines")
    application_line: Mapped[ApplicationLine] = relationship()


class ApplicantLink(Identified, Base):
    """A link by which an applicant reaches one application; only its hash is kept.

    Times are real ones. A new link ends those before it.
    """

    __tablename__ = "applicant_link"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="period"),)

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("subsidy_application.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(200), default="")

    application: Mapped[SubsidyApplication] = relationship()
    made_by: Mapped[Person] = relationship()

    @property
    def programme_id(self) -> int:
        return self.application.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.application.region_ids


class Attachment(Identified, Base):
    """A document with an application or with a final report, as it was handed in; append-only.

    A row with `removes_id` says that an earlier document no longer belongs to it.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "(application_id IS NULL) <> (final_report_id IS NULL)",
            name="subject",
        ),
        CheckConstraint("removes_id IS NOT NULL OR size > 0", name="size"),
        UniqueConstraint("removes_id"),
    )

    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("subsidy_application.id"), index=True
    )
    final_report_id: Mapped[int | None] = mapped_column(
        ForeignKey("pilot_final_report.id"), index=True
    )
    file_name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    removes_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    application: Mapped[SubsidyApplication | None] = relationship(back_populates="attachments")
    final_report: Mapped["PilotFinalReport | None"] = relationship(back_populates="attachments")
    added_by: Mapped[Person | None] = relationship()

    @property
    def subject(self) -> "SubsidyApplication | PilotFinalReport":
        """What it belongs to."""
        subject = self.application or self.final_report
        if subject is None:
            raise LookupError("an attachment belongs to an application or to a final report")
        return subject

    @property
    def programme_id(self) -> int:
        return self.subject.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.subject.region_ids
