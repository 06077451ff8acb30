"""Decisions on behalf of the minister: what, by whom, under which mandate, and why."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.enums import ObjectionOutcome
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.base import Base, Cents, coded
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Mandate, Person

if TYPE_CHECKING:
    from vpt_regio.models.pilots import Pilot


class DecisionKind(StrEnum):
    """What is decided."""

    PLAN_ADOPTED = "plan_adopted"
    PLAN_APPROVED = "plan_approved"
    PLAN_REFUSED = "plan_refused"
    PLAN_REOPENED = "plan_reopened"
    COVENANT_TERMINATED = "covenant_terminated"
    SUBSIDY_GRANTED = "subsidy_granted"
    SUBSIDY_PARTIALLY_GRANTED = "subsidy_partially_granted"
    SUBSIDY_REJECTED = "subsidy_rejected"
    SUBSIDY_SETTLED = "subsidy_settled"
    SUBSIDY_REVOKED = "subsidy_revoked"


DECISION_LABELS = {
    DecisionKind.PLAN_ADOPTED: N_("Plan van aanpak voorlopig vastgesteld"),
    DecisionKind.PLAN_APPROVED: N_("Plan van aanpak goedgekeurd"),
    DecisionKind.PLAN_REFUSED: N_("Goedkeuring plan van aanpak geweigerd"),
    DecisionKind.PLAN_REOPENED: N_("Besluit over plan van aanpak teruggenomen"),
    DecisionKind.COVENANT_TERMINATED: N_("Convenant voortijdig beëindigd"),
    DecisionKind.SUBSIDY_GRANTED: N_("Subsidie toegekend"),
    DecisionKind.SUBSIDY_PARTIALLY_GRANTED: N_("Subsidie gedeeltelijk toegekend"),
    DecisionKind.SUBSIDY_REJECTED: N_("Subsidie afgewezen"),
    DecisionKind.SUBSIDY_SETTLED: N_("Subsidie vastgesteld"),
    DecisionKind.SUBSIDY_REVOKED: N_("Subsidie ingetrokken"),
}


class TemplateKind(StrEnum):
    """What a template is for: the letter of each kind of decision, and the annex of a half-year."""

    PLAN_ADOPTED = DecisionKind.PLAN_ADOPTED
    PLAN_APPROVED = DecisionKind.PLAN_APPROVED
    PLAN_REFUSED = DecisionKind.PLAN_REFUSED
    PLAN_REOPENED = DecisionKind.PLAN_REOPENED
    COVENANT_TERMINATED = DecisionKind.COVENANT_TERMINATED
    SUBSIDY_GRANTED = DecisionKind.SUBSIDY_GRANTED
    SUBSIDY_PARTIALLY_GRANTED = DecisionKind.SUBSIDY_PARTIALLY_GRANTED
    SUBSIDY_REJECTED = DecisionKind.SUBSIDY_REJECTED
    SUBSIDY_SETTLED = DecisionKind.SUBSIDY_SETTLED
    SUBSIDY_REVOKED = DecisionKind.SUBSIDY_REVOKED
    ANNEX = "annex"


TEMPLATE_LABELS: dict[str, str] = {
    **{kind.value: text for kind, text in DECISION_LABELS.items()},
    TemplateKind.ANNEX.value: N_("Bijlage bij de brief over een halfjaar"),
}

OF_SUBSIDIES = ", ".join(f"'{kind}'" for kind in DecisionKind if kind.startswith("subsidy_"))
ONE_SUBJECT = " + ".join(
    f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"
    for column in ("plan_version_id", "covenant_id", "application_id", "pilot_id")
)


class Decision(Identified, Stamped, OfProgramme, Base):
    """A decision on a version of a plan, a covenant, an application or a pilot. It never changes.

    What was wrong is put right by a new decision that names the one it takes the place of
    (`replaces`) and why (`replacement_reason`). `authority` says in words by which mandate it was
    taken, and for whom somebody stood in. `amount_cents` is the money it was about, if any.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("programme_id", "reference"),
        # a decision is replaced once; what is wrong in the new one is put right by a next one
        UniqueConstraint("replaces_id"),
        Index(
            "uq_decision_first",
            "plan_version_id",
            "kind",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        Index(
            "uq_decision_first_of_application",
            "application_id",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        Index(
            "uq_decision_first_of_pilot",
            "pilot_id",
            "kind",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        CheckConstraint(f"{ONE_SUBJECT} = 1", name="subject"),
        CheckConstraint(
            f"kind NOT IN ('plan_approved', {OF_SUBSIDIES}) OR mandate_id IS NOT NULL",
            name="mandate",
        ),
        CheckConstraint(
            "kind NOT IN ('plan_refused', 'plan_reopened', 'covenant_terminated',"
            f" {OF_SUBSIDIES}) OR note <> ''",
            name="reason",
        ),
        CheckConstraint("replaces_id IS NULL OR replacement_reason <> ''", name="replacement"),
    )

    kind: Mapped[DecisionKind] = mapped_column(coded(DecisionKind, "kind"))
    plan_version_id: Mapped[int | None] = mapped_column(ForeignKey("plan_version.id"))
    covenant_id: Mapped[int | None] = mapped_column(ForeignKey("covenant.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_application.id"))
    pilot_id: Mapped[int | None] = mapped_column(ForeignKey("pilot.id"))
    reference: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    authority: Mapped[str] = mapped_column(String(1000), default="")
    amount_cents: Mapped[int | None] = mapped_column(Cents)
    note: Mapped[str] = mapped_column(Text, default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    replacement_reason: Mapped[str] = mapped_column(Text, default="")

    plan_version: Mapped[PlanVersion | None] = relationship()
    covenant: Mapped[Covenant | None] = relationship()
    application: Mapped[SubsidyApplication | None] = relationship()
    pilot: Mapped["Pilot | None"] = relationship()
    decided_by: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    replaces: Mapped["Decision | None"] = relationship(
        remote_side="Decision.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["Decision | None"] = relationship(back_populates="replaces", viewonly=True)
    objections: Mapped[list["Objection"]] = relationship(
        back_populates="decision", order_by="Objection.id"
    )
    letter: Mapped["DecisionLetter | None"] = relationship(viewonly=True)

    @property
    def subject(self) -> "PlanVersion | Covenant | SubsidyApplication | Pilot":
        """What is decided on."""
        subject = self.plan_version or self.covenant or self.application or self.pilot
        if subject is None:
            raise LookupError("a decision is on something")
        return subject

    @property
    def region_ids(self) -> frozenset[int]:
        """Where it is seen; that an application was rejected stays with the ministry."""
        if self.kind is DecisionKind.SUBSIDY_REJECTED:
            return frozenset()
        return self.subject.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        subject = self.plan_version or self.covenant
        return subject.covenant_ids if subject else frozenset()


class Objection(Identified, Stamped, Versioned, Base):
    """An objection to a decision, the day on which it is to be decided, and how it ended.

    Source: General Administrative Law Act: six weeks to object, a term to decide that may be
    extended with a reason.
    """

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint("objector <> ''", name="objector"),
        CheckConstraint("due_on >= received_on", name="term"),
        CheckConstraint(
            "extended_to IS NULL OR (extended_to > due_on AND extension_reason <> '')",
            name="extension",
        ),
        CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL) AND (outcome IS NULL OR outcome_note <> '')",
            name="outcome",
        ),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    received_on: Mapped[date]
    objector: Mapped[str] = mapped_column(String(200))
    grounds: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date]
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[ObjectionOutcome | None] = mapped_column(coded(ObjectionOutcome, "outcome"))
    outcome_on: Mapped[date | None]
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    decision: Mapped[Decision] = relationship(back_populates="objections")
    recorded_by: Mapped[Person] = relationship()

    @property
    def programme_id(self) -> int:
        return self.decision.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.decision.region_ids

    @property
    def decide_by(self) -> date:
        """The day on which it is to be decided at the latest."""
        return self.extended_to or self.due_on


class DecisionRequest(Identified, Stamped, Versioned, Base):
    """An account manager asks a mandate holder to decide: a refusal, or above their mandate.

    It is open until a decision answers it, or the mandate holder sends it back with a note.
    """

    __tablename__ = "decision_request"
    __table_args__ = (
        CheckConstraint("note <> ''", name="note"),
        CheckConstraint(
            "permission IN ('action_plan:approve', 'action_plan:refuse')", name="permission"
        ),
        Index(
            "uq_decision_request_open",
            "plan_version_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    permission: Mapped[Permission] = mapped_column(coded(Permission, "permission", is_status=True))
    note: Mapped[str] = mapped_column(Text)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    requested_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    answer: Mapped[str] = mapped_column(Text, default="")

    plan_version: Mapped[PlanVersion] = relationship()
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    decision: Mapped[Decision | None] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan_version.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.plan_version.covenant_ids


class DocumentTemplate(Identified, Stamped, OfProgramme, Base):
    """A Word document with content controls, from which letters of one kind are made.

    The newest one of a kind is used; those before it stay, because letters were made from them.
    """

    __tablename__ = "document_template"

    kind: Mapped[TemplateKind] = mapped_column(coded(TemplateKind, "kind"))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    uploaded_by: Mapped[Person] = relationship()


class DecisionLetter(Identified, Base):
    """The letter of a decision as it was made, with its hash; append-only.

    `template_sha256` is the hash of the template, also of the one that comes along.
    """

    __tablename__ = "decision_letter"
    __table_args__ = (UniqueConstraint("decision_id"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    template_sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
