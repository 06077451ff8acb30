"""Pilots: what they try out, their money to the cent, and their outcome."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.pilot_clock import status_at
from vpt_regio.domain.rules.subsidy_money import PilotMoney, barred_cents
from vpt_regio.domain.rules.subsidy_terms import limitation_on
from vpt_regio.domain.subsidy_codes import (
    MoneyDirection,
    PilotOutcome,
    PilotStatus,
    SettlementGround,
)
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.base import Base, Cents, SortedString, coded, status_check
from vpt_regio.models.decisions import Decision
from vpt_regio.models.mixins import (
    Identified,
    OfProgramme,
    PrecisionText,
    Stamped,
    Versioned,
    fuzzy,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Organisation, Region

if TYPE_CHECKING:
    from vpt_regio.models.pilot_reports import ChangeNotice, PilotFinalReport, PilotProgress

pilot_region = Table(
    "pilot_region",
    Base.metadata,
    Column("pilot_id", ForeignKey("pilot.id"), primary_key=True),
    Column("region_id", ForeignKey("region.id"), primary_key=True, index=True),
)
pilot_measure = Table(
    "pilot_measure",
    Base.metadata,
    Column("pilot_id", ForeignKey("pilot.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)


class Pilot(Identified, Stamped, OfProgramme, Versioned, Base):
    """A try-out of a measure by an employer: with a grant (from an application) or without.

    Amounts are cents. `arrangement` and `is_by_analogy` are kept as they were at the award. Each
    line of `description` is a point. `award_order` is the place in the annex of a round.
    """

    __tablename__ = "pilot"
    __table_args__ = (
        UniqueConstraint("application_id"),
        status_check(PILOT),
        CheckConstraint("granted_cents > 0", name="granted"),
        CheckConstraint("(application_id IS NULL) = (granted_cents IS NULL)", name="grant"),
        CheckConstraint(
            "(status IN ('without_grant', 'ended')) = (application_id IS NULL)", name="ungranted"
        ),
        CheckConstraint("settled_cents >= 0 AND settled_cents <= granted_cents", name="settled"),
        CheckConstraint(
            "(settled_cents IS NULL) = (settled_on IS NULL)"
            " AND (status <> 'settled' OR settled_on IS NOT NULL)",
            name="settlement",
        ),
        CheckConstraint(
            "settled_cents IS NULL OR settled_cents = granted_cents"
            " OR settlement_ground IS NOT NULL",
            name="ground",
        ),
        CheckConstraint("status <> 'revoked' OR revoked_on IS NOT NULL", name="revoked"),
        CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL)"
            " AND (outcome IS NULL OR outcome_reason <> '')",
            name="outcome_known",
        ),
        CheckConstraint("arrangement BETWEEN 1 AND 3", name="arrangement"),
    )

    application_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy_application.id"))
    award_order: Mapped[int | None]
    title: Mapped[str] = mapped_column(SortedString(200))
    description: Mapped[str] = mapped_column(Text, default="")
    hypothesis: Mapped[str] = mapped_column(Text, default="")
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(100), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[PilotStatus] = mapped_column(
        coded(PilotStatus, "status", is_status=True), default=PilotStatus.AWARDED
    )
    granted_cents: Mapped[int | None] = mapped_column(Cents)
    arrangement: Mapped[int | None]
    is_by_analogy: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None]
    starts_precision: Mapped[str | None] = mapped_column(PrecisionText)
    starts_words: Mapped[str] = mapped_column(String(200), default="")
    ends_on: Mapped[date | None]
    ends_precision: Mapped[str | None] = mapped_column(PrecisionText)
    ends_words: Mapped[str] = mapped_column(String(200), default="")
    settlement_request_due: Mapped[date | None]
    settlement_requested_on: Mapped[date | None]
    settled_cents: Mapped[int | None] = mapped_column(Cents)
    settled_on: Mapped[date | None]
    settlement_ground: Mapped[SettlementGround | None] = mapped_column(
        coded(SettlementGround, "settlement_ground")
    )
    is_ex_officio: Mapped[bool] = mapped_column(default=False)
    revoked_on: Mapped[date | None]
    outcome: Mapped[PilotOutcome | None] = mapped_column(coded(PilotOutcome, "outcome"))
    outcome_on: Mapped[date | None]
    outcome_reason: Mapped[str] = mapped_column(Text, default="")
    outcome_source: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    programme: Mapped[Programme] = relationship()
    application: Mapped[SubsidyApplication | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    author: Mapped[Person | None] = relationship()
    regions: Mapped[list[Region]] = relationship(secondary=pilot_region, order_by=Region.name)
    measures: Mapped[list[Measure]] = relationship(
        secondary=pilot_measure, order_by=Measure.position
    )
    proposals: Mapped[list[SubsidyProposal]] = relationship(
        back_populates="pilot", order_by=SubsidyProposal.id
    )
    instalments: Mapped[list["PilotInstalment"]] = relationship(
        back_populates="pilot", order_by="PilotInstalment.number", cascade="all, delete-orphan"
    )
    payments: Mapped[list["PilotPayment"]] = relationship(
        back_populates="pilot", order_by="PilotPayment.id"
    )
    progress: Mapped[list["PilotProgress"]] = relationship(
        back_populates="pilot", order_by="PilotProgress.id"
    )
    notices: Mapped[list["ChangeNotice"]] = relationship(
        back_populates="pilot", order_by="ChangeNotice.id"
    )
    final_report: Mapped["PilotFinalReport | None"] = relationship(back_populates="pilot")
    recoveries: Mapped[list["Recovery"]] = relationship(
        back_populates="pilot", order_by="Recovery.id"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset(region.id for region in self.regions)

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.description.splitlines() if line.strip()]

    @property
    def starts(self) -> FuzzyDate | None:
        return fuzzy(self.starts_on, self.starts_precision, self.starts_words)

    @property
    def ends(self) -> FuzzyDate | None:
        return fuzzy(self.ends_on, self.ends_precision, self.ends_words)

    @property
    def money(self) -> PilotMoney | None:
        """How its money stands; None for a pilot without a grant. Reads `payments`."""
        if self.granted_cents is None:
            return None
        return self.money_with(
            paid_cents=self._sum(MoneyDirection.PAID),
            recovered_cents=self._sum(MoneyDirection.RECOVERED),
        )

    def money_with(self, *, paid_cents: int, recovered_cents: int) -> PilotMoney:
        """How its money stands with sums of its payments that were counted elsewhere.

        Raises `LookupError` for a pilot without a grant.
        """
        if self.granted_cents is None:
            raise LookupError("a pilot without a grant has no money")
        return PilotMoney(
            granted_cents=self.granted_cents,
            settled_cents=self.settled_cents,
            is_revoked=self.revoked_on is not None or self.status is PilotStatus.LAPSED,
            paid_cents=paid_cents,
            recovered_cents=recovered_cents,
        )

    @property
    def claimable_until(self) -> date | None:
        """The last day to claim money back; None while it is neither settled nor revoked.

        Five years after the first settlement: a later decision gives nobody more time.
        Source: Awb 4:57, fourth paragraph.
        """
        since = self.settled_on or self.revoked_on
        return limitation_on(since) if since else None

    def barred_cents_on(self, day: date) -> int:
        """What is to be paid back and can no longer be claimed on a day. Reads `payments`."""
        money = self.money
        return barred_cents(money, last_day=self.claimable_until, today=day) if money else 0

    def status_on(self, day: date) -> PilotStatus:
        """The status as people see it: an awarded pilot runs, and then is done, by its dates."""
        return status_at(self.status, starts_on=self.starts_on, ends_on=self.ends_on, day=day)

    def _sum(self, direction: MoneyDirection) -> int:
        return sum(one.amount_cents for one in self.payments if one.direction is direction)


class OfPilot(Identified):
    """What belongs to a pilot lies where the pilot lies."""

    pilot: Mapped[Pilot]

    @property
    def programme_id(self) -> int:
        return self.pilot.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.pilot.region_ids

    @property
    def application_id(self) -> int | None:
        return self.pilot.application_id


class PilotInstalment(OfPilot, Stamped, Base):
    """A part of the grant (cents) that is planned to be paid on a day."""

    __tablename__ = "pilot_instalment"
    __table_args__ = (
        UniqueConstraint("pilot_id", "number"),
        CheckConstraint("amount_cents > 0", name="amount"),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    planned_on: Mapped[date]
    amount_cents: Mapped[int] = mapped_column(Cents)
    condition: Mapped[str] = mapped_column(String(300), default="")

    pilot: Mapped[Pilot] = relationship(back_populates="instalments")


class PilotPayment(OfPilot, Stamped, Base):
    """Money that went to the recipient or came back, in cents; append-only.

    A negative amount corrects an earlier row, with the reason.
    """

    __tablename__ = "pilot_payment"
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount"),
        CheckConstraint(
            "amount_cents > 0 OR (corrects_id IS NOT NULL AND reason <> '')", name="correction"
        ),
        CheckConstraint("(direction = 'recovered') = (recovery_id IS NOT NULL)", name="recovery"),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    direction: Mapped[MoneyDirection] = mapped_column(coded(MoneyDirection, "direction"))
    instalment_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_instalment.id"))
    recovery_id: Mapped[int | None] = mapped_column(ForeignKey("recovery.id"))
    amount_cents: Mapped[int] = mapped_column(Cents)
    paid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(100))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("pilot_payment.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    pilot: Mapped[Pilot] = relationship(back_populates="payments")
    instalment: Mapped[PilotInstalment | None] = relationship()
    recovery: Mapped["Recovery | None"] = relationship()
    corrects: Mapped["PilotPayment | None"] = relationship(remote_side="PilotPayment.id")
    recorded_by: Mapped[Person] = relationship()


class Recovery(OfPilot, Stamped, Versioned, Base):
    """What a recipient must pay back (cents), by when, and until when it can be claimed.

    One for each decision that it follows from: nothing is recovered twice.
    Source: General Administrative Law Act 4:57 (five years).
    """

    __tablename__ = "recovery"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("due_on > demanded_on AND expires_on >= demanded_on", name="terms"),
        CheckConstraint("cancelled_on IS NULL OR cancel_reason <> ''", name="cancelled"),
        Index(
            "uq_recovery_open",
            "pilot_id",
            unique=True,
            sqlite_where=text("cancelled_on IS NULL"),
            postgresql_where=text("cancelled_on IS NULL"),
        ),
    )

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    amount_cents: Mapped[int] = mapped_column(Cents)
    demanded_on: Mapped[date]
    due_on: Mapped[date]
    expires_on: Mapped[date]
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    pilot: Mapped[Pilot] = relationship(back_populates="recoveries")
    decision: Mapped[Decision] = relationship()
    recorded_by: Mapped[Person] = relationship()
