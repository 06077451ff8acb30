"""The money of a covenant to its end: payments, the final account, and what the law asks for."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import PaymentKind
from vpt_regio.domain.workflows.covenants import FINAL_ACCOUNT, FinalAccountStatus
from vpt_regio.models.base import Base, Cents, coded, status_check
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region


class Payment(Identified, Stamped, Base):
    """Money that went from the ministry to a region or back, in cents; append-only.

    A negative amount corrects an earlier payment, with the reason. `region` is whose share it is;
    None stands for the covenant as a whole.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount"),
        CheckConstraint(
            "amount_cents > 0 OR (corrects_id IS NOT NULL AND reason <> '')", name="correction"
        ),
        CheckConstraint("(kind = 'supplement') = (amendment_id IS NOT NULL)", name="amendment"),
    )

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[PaymentKind] = mapped_column(coded(PaymentKind, "kind"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("covenant_amendment.id"))
    amount_cents: Mapped[int] = mapped_column(Cents)
    paid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(100))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    covenant: Mapped[Covenant] = relationship()
    region: Mapped[Region | None] = relationship()
    amendment: Mapped[CovenantAmendment | None] = relationship()
    corrects: Mapped["Payment | None"] = relationship(remote_side="Payment.id")
    recorded_by: Mapped[Person] = relationship()

    @property
    def programme_id(self) -> int:
        return self.covenant.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id}) if self.region_id else self.covenant.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.covenant_id})


class FinalAccount(Identified, Stamped, Versioned, Base):
    """What a region did with the money of a covenant; the amounts (cents) are kept as submitted.

    `received` is what was paid to the region, `spent` follows from its bookings, `unspent` is to
    be paid back.
    """

    __tablename__ = "final_account"
    __table_args__ = (
        UniqueConstraint("covenant_id", "region_id"),
        status_check(FINAL_ACCOUNT),
        CheckConstraint(
            "status IN ('draft', 'returned') OR (submitted_on IS NOT NULL"
            " AND received_cents IS NOT NULL AND spent_cents IS NOT NULL"
            " AND unspent_cents IS NOT NULL)",
            name="submitted",
        ),
        CheckConstraint("status <> 'accepted' OR accepted_on IS NOT NULL", name="accepted"),
        CheckConstraint("unspent_cents >= 0", name="unspent"),
    )

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    status: Mapped[FinalAccountStatus] = mapped_column(
        coded(FinalAccountStatus, "status", is_status=True), default=FinalAccountStatus.DRAFT
    )
    received_cents: Mapped[int | None] = mapped_column(Cents)
    spent_cents: Mapped[int | None] = mapped_column(Cents)
    unspent_cents: Mapped[int | None] = mapped_column(Cents)
    explanation: Mapped[str] = mapped_column(Text, default="")
    results: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_on: Mapped[date | None]
    return_note: Mapped[str] = mapped_column(Text, default="")

    covenant: Mapped[Covenant] = relationship()
    region: Mapped[Region] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])

    @property
    def programme_id(self) -> int:
        return self.covenant.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.covenant_id})


class AccountabilityStatement(Identified, Stamped, Base):
    """That a region accounted for a year of money with its annual accounts, and where.

    Source: single information, single audit: due on 15 July of the next year.
    """

    __tablename__ = "accountability_statement"
    __table_args__ = (
        UniqueConstraint("covenant_id", "region_id", "year"),
        CheckConstraint("reference <> ''", name="reference"),
    )

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    year: Mapped[int]
    delivered_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(200))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    covenant: Mapped[Covenant] = relationship()
    region: Mapped[Region] = relationship()
    recorded_by: Mapped[Person] = relationship()
