"""Covenants with regions: parties, money, hours of the project leader, and what was spent."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import AmendmentKind, FundingInstrument, PartyRole, Phase
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.money import split_by_weight
from vpt_regio.domain.workflows.covenants import (
    COVENANT,
    COVENANT_AMENDMENT,
    AmendmentStatus,
    CovenantStatus,
)
from vpt_regio.models.base import Base, Cents, SortedString, coded, status_check
from vpt_regio.models.mixins import (
    Identified,
    OfProgramme,
    PrecisionText,
    Stamped,
    Versioned,
    fuzzy,
)
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation, Region, RegionMerger

DEFAULT_ADVANCE_CENTS = 100_000_00
DEFAULT_HOURS_PER_WEEK = 20


class Covenant(Identified, Stamped, OfProgramme, Versioned, Base):
    """An agreement of the minister with one or more regions.

    It enters into force when it is signed. Money is in cents, hours are per week. The end date is
    the latest one: `original_end_on` as signed; what holds follows from the signed amendments.
    `ended_on` is the last day of one that was ended early or closed.
    """

    __tablename__ = "covenant"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        status_check(COVENANT),
        CheckConstraint("advance_cents >= 0", name="advance"),
        CheckConstraint("min_hours_per_week > 0 AND min_hours_per_week <= 40", name="hours"),
        CheckConstraint(
            "status = 'draft' OR signed_on IS NOT NULL OR signed_words <> ''", name="signed"
        ),
        CheckConstraint(
            "signed_on IS NULL OR original_end_on IS NULL OR original_end_on > signed_on",
            name="ends_after_signature",
        ),
        CheckConstraint("ended_on IS NULL OR status IN ('terminated', 'closed')", name="ended"),
    )

    number: Mapped[str] = mapped_column(SortedString(40))
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[CovenantStatus] = mapped_column(
        coded(CovenantStatus, "status", is_status=True), default=CovenantStatus.DRAFT
    )
    signed_on: Mapped[date | None]
    signed_precision: Mapped[str | None] = mapped_column(PrecisionText)
    signed_words: Mapped[str] = mapped_column(String(200), default="")
    original_end_on: Mapped[date | None]
    original_end_precision: Mapped[str | None] = mapped_column(PrecisionText)
    original_end_words: Mapped[str] = mapped_column(String(200), default="")
    advance_cents: Mapped[int | None] = mapped_column(Cents, default=DEFAULT_ADVANCE_CENTS)
    min_hours_per_week: Mapped[int | None] = mapped_column(default=DEFAULT_HOURS_PER_WEEK)
    plan_due_on: Mapped[date | None]
    funding: Mapped[FundingInstrument] = mapped_column(
        coded(FundingInstrument, "funding"), default=FundingInstrument.UNKNOWN
    )
    ended_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")

    parties: Mapped[list["CovenantParty"]] = relationship(
        back_populates="covenant", order_by="CovenantParty.id", cascade="all, delete-orphan"
    )
    shares: Mapped[list["CovenantRegion"]] = relationship(
        back_populates="covenant", order_by="CovenantRegion.id", cascade="all, delete-orphan"
    )
    amendments: Mapped[list["CovenantAmendment"]] = relationship(
        back_populates="covenant", order_by="CovenantAmendment.id"
    )

    @property
    def regions(self) -> list[Region]:
        return [share.region for share in self.shares]

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset(share.region_id for share in self.shares)

    @property
    def signed(self) -> FuzzyDate | None:
        return fuzzy(self.signed_on, self.signed_precision, self.signed_words)

    @property
    def effective_on(self) -> date | None:
        """The day it entered into force: the day of signature."""
        return self.signed_on

    @property
    def original_end(self) -> FuzzyDate | None:
        return fuzzy(self.original_end_on, self.original_end_precision, self.original_end_words)

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.id})

    @property
    def signed_amendments(self) -> list["CovenantAmendment"]:
        return [amendment for amendment in self.amendments if amendment.is_signed]

    @property
    def extensions(self) -> list["CovenantAmendment"]:
        """The signed extensions, in the order in which they hold: the latest end last."""
        extensions = [a for a in self.signed_amendments if a.kind is AmendmentKind.EXTENSION]
        return sorted(extensions, key=lambda a: (a.new_end_on or date.min, a.id))

    @property
    def latest_end(self) -> FuzzyDate | None:
        """The ultimate end that holds: of the last signed extension, else the original one."""
        return self.extensions[-1].new_end if self.extensions else self.original_end

    @property
    def latest_end_on(self) -> date | None:
        return self.latest_end.on if self.latest_end else None

    @property
    def last_day(self) -> date | None:
        """The day after which nothing can be done under it: an early end goes before the latest."""
        return self.ended_on or self.latest_end_on

    @property
    def latest_plan_due_on(self) -> date | None:
        """The day on which the plan is due that holds: an extension may have moved it."""
        moved = [a.new_plan_due_on for a in self.extensions if a.new_plan_due_on]
        return moved[-1] if moved else self.plan_due_on

    @property
    def parties_now(self) -> list["CovenantParty"]:
        """The parties as they are: without those whose place another one took."""
        return self.parties_under(self.signed_amendments)

    def parties_under(self, amendments: Sequence["CovenantAmendment"]) -> list["CovenantParty"]:
        """Return the parties when only these of the signed amendments count."""
        gone = {amendment.leaving_party_id for amendment in amendments}
        later = {a.joining_party_id for a in self.signed_amendments if a not in amendments}
        return [party for party in self.parties if party.id not in gone | later]

    @property
    def supplement_cents(self) -> int:
        return sum(a.amount_cents or 0 for a in self.signed_amendments)

    @property
    def available_cents(self) -> int | None:
        """Advance and signed supplements together, or None when the advance is not known."""
        if self.advance_cents is None:
            return None
        return self.advance_cents + self.supplement_cents

    def part_of(self, region_id: int) -> Fraction:
        """Return the part of a region in the covenant, in money and in hours; 1 is all of it."""
        weights = {share.region_id: share.weight for share in self.shares}
        return Fraction(weights[region_id], sum(weights.values()))

    def share_of(self, region_id: int, cents: int | None) -> int | None:
        """Return the part of an amount for one of its regions; the parts sum to the whole."""
        if cents is None:
            return None
        parts = split_by_weight(cents, [share.weight for share in self.shares])
        return dict(zip((s.region_id for s in self.shares), parts, strict=True)).get(region_id)


class CovenantParty(Identified, Stamped, Base):
    """Who concluded the covenant, and who signed for them."""

    __tablename__ = "covenant_party"

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(coded(PartyRole, "role"))
    name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    signatory: Mapped[str] = mapped_column(String(200), default="")

    covenant: Mapped[Covenant] = relationship(back_populates="parties")
    organisation: Mapped[Organisation | None] = relationship()


class CovenantRegion(Identified, Base):
    """A region under a covenant; `weight` divides money and hours when there are several."""

    __tablename__ = "covenant_region"
    __table_args__ = (
        UniqueConstraint("covenant_id", "region_id"),
        CheckConstraint("weight > 0", name="weight"),
    )

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    weight: Mapped[int] = mapped_column(default=1)

    covenant: Mapped[Covenant] = relationship(back_populates="shares")
    region: Mapped[Region] = relationship()


class CovenantAmendment(Identified, Stamped, Versioned, Base):
    """A change of a covenant; it counts once signed. The original values stay where they are.

    An extension has a new end (and may move the day on which the plan is due), a supplement an
    amount in cents, another party the names of who leaves and who joins, a merger its record.
    """

    __tablename__ = "covenant_amendment"
    __table_args__ = (
        status_check(COVENANT_AMENDMENT),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(
            "(kind = 'extension') = (new_end_on IS NOT NULL)"
            " AND (kind = 'amount') = (amount_cents IS NOT NULL)"
            " AND (kind = 'party') = (party_name <> '')"
            " AND (kind = 'merger') = (merger_id IS NOT NULL)",
            name="kind_and_value",
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
    )

    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"), index=True)
    kind: Mapped[AmendmentKind] = mapped_column(coded(AmendmentKind, "kind"))
    status: Mapped[AmendmentStatus] = mapped_column(
        coded(AmendmentStatus, "status", is_status=True), default=AmendmentStatus.DRAFT
    )
    signed_on: Mapped[date | None]
    signed_precision: Mapped[str | None] = mapped_column(PrecisionText)
    signed_words: Mapped[str] = mapped_column(String(200), default="")
    new_end_on: Mapped[date | None]
    new_end_precision: Mapped[str | None] = mapped_column(PrecisionText)
    new_end_words: Mapped[str] = mapped_column(String(200), default="")
    new_plan_due_on: Mapped[date | None]
    amount_cents: Mapped[int | None] = mapped_column(Cents)
    leaving_party_id: Mapped[int | None] = mapped_column(ForeignKey("covenant_party.id"))
    party_name: Mapped[str] = mapped_column(String(200), default="")
    party_signatory: Mapped[str] = mapped_column(String(200), default="")
    joining_party_id: Mapped[int | None] = mapped_column(ForeignKey("covenant_party.id"))
    merger_id: Mapped[int | None] = mapped_column(ForeignKey("region_merger.id"))
    sufficiency_check_id: Mapped[int | None] = mapped_column(ForeignKey("sufficiency_check.id"))
    document_reference: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    covenant: Mapped[Covenant] = relationship(back_populates="amendments")
    leaving_party: Mapped["CovenantParty | None"] = relationship(foreign_keys=[leaving_party_id])
    joining_party: Mapped["CovenantParty | None"] = relationship(foreign_keys=[joining_party_id])
    merger: Mapped[RegionMerger | None] = relationship()
    drafted_by: Mapped[Person | None] = relationship()

    @property
    def signed(self) -> FuzzyDate | None:
        return fuzzy(self.signed_on, self.signed_precision, self.signed_words)

    @property
    def new_end(self) -> FuzzyDate | None:
        return fuzzy(self.new_end_on, self.new_end_precision, self.new_end_words)

    @property
    def is_signed(self) -> bool:
        return self.status is AmendmentStatus.SIGNED

    @property
    def programme_id(self) -> int:
        return self.covenant.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.covenant.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.covenant_id})


class ProjectLeaderAppointment(Identified, Stamped, Versioned, Base):
    """A project leader of a region for a number of hours a week (quarters of an hour)."""

    __tablename__ = "project_leader_appointment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint("quarters_per_week > 0 AND quarters_per_week <= 160", name="hours"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    quarters_per_week: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_deputy: Mapped[bool] = mapped_column(default=False)
    employer: Mapped[str] = mapped_column(String(200), default="")

    region: Mapped[Region] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})


class HoursEntry(Identified, Stamped, Versioned, Base):
    """The hours of one appointment in one ISO week, in quarters; the Thursday places the week."""

    __tablename__ = "hours_entry"
    __table_args__ = (
        UniqueConstraint("appointment_id", "iso_year", "iso_week"),
        CheckConstraint("quarters >= 0 AND quarters <= 240", name="hours"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("project_leader_appointment.id"))
    iso_year: Mapped[int]
    iso_week: Mapped[int]
    thursday_on: Mapped[date] = mapped_column(index=True)
    quarters: Mapped[int]
    note: Mapped[str] = mapped_column(String(500), default="")

    appointment: Mapped[ProjectLeaderAppointment] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.appointment.region_ids


class Expenditure(Identified, Stamped, Base):
    """Money spent by a region, in cents; a negative amount corrects an earlier booking.

    A booking never changes: what was wrong is put right by a new one. `dated_on` is the day of
    the cost itself, when that lies in a half-year that was frozen before it was booked.
    """

    __tablename__ = "expenditure"
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount"),
        CheckConstraint(
            "amount_cents > 0 OR (corrects_id IS NOT NULL AND reason <> '')", name="correction"
        ),
        Index("ix_expenditure_region_booked", "region_id", "booked_on"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    phase: Mapped[Phase] = mapped_column(coded(Phase, "phase"))
    booked_on: Mapped[date]
    dated_on: Mapped[date | None]
    description: Mapped[str] = mapped_column(String(500))
    amount_cents: Mapped[int] = mapped_column(Cents)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("expenditure.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    override_reason: Mapped[str] = mapped_column(String(500), default="")
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    region: Mapped[Region] = relationship()
    covenant: Mapped[Covenant] = relationship()
    corrects: Mapped["Expenditure | None"] = relationship(remote_side="Expenditure.id")
    booked_by: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.covenant_id})
