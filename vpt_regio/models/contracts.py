"""Performance contracts: parties and signatures, agreements with their values, measurements."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import (
    Aggregation,
    ContractStatus,
    Direction,
    Qualifier,
    ReferenceKind,
    Unit,
)
from vpt_regio.domain.workflows.contracts import CONTRACT
from vpt_regio.models.action_plans import ActionPlan, Activity
from vpt_regio.models.base import Base, Scaled, SortedString, coded, status_check
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import AgreementType
from vpt_regio.models.regions import Organisation, Region

ONE_WAY = "value IS NULL OR denominator IS NULL"
COUNTS = "(numerator IS NULL) = (denominator IS NULL) AND (denominator IS NULL OR denominator > 0)"


class Indicator(Identified, Stamped, OfProgramme, Versioned, Base):
    """What is measured, and how: of the whole programme, or (with `region`) of one region only.

    Its unit, direction and aggregation never change once something was agreed on it.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("decimals >= 0 AND decimals <= 4", name="decimals"),
        CheckConstraint(
            "unit <> 'percent' OR (numerator_label <> '' AND denominator_label <> '')",
            name="counts",
        ),
        CheckConstraint("unit <> 'percent' OR aggregation <> 'sum'", name="aggregation_of_shares"),
        Index(
            "uq_indicator_national",
            "programme_id",
            "name",
            unique=True,
            sqlite_where=text("region_id IS NULL"),
            postgresql_where=text("region_id IS NULL"),
        ),
        UniqueConstraint("region_id", "name"),
    )

    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    agreement_type_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_type.id"))
    name: Mapped[str] = mapped_column(SortedString(200))
    definition: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[Unit] = mapped_column(coded(Unit, "unit"))
    direction: Mapped[Direction] = mapped_column(coded(Direction, "direction"))
    aggregation: Mapped[Aggregation] = mapped_column(coded(Aggregation, "aggregation"))
    decimals: Mapped[int] = mapped_column(default=0)
    numerator_label: Mapped[str] = mapped_column(String(200), default="")
    denominator_label: Mapped[str] = mapped_column(String(200), default="")
    source_system: Mapped[str] = mapped_column(String(200), default="")
    retired_on: Mapped[date | None]

    region: Mapped[Region | None] = relationship()
    agreement_type: Mapped[AgreementType | None] = relationship()

    @property
    def region_ids(self) -> frozenset[int] | None:
        """An indicator without a region belongs to the whole programme."""
        return frozenset({self.region_id}) if self.region_id else None


class PerformanceContract(Identified, Stamped, Versioned, Base):
    """What partners in a region promise each other; it holds once each of them has signed."""

    __tablename__ = "performance_contract"
    __table_args__ = (
        UniqueConstraint("region_id", "number"),
        status_check(CONTRACT),
        CheckConstraint("starts_on < ends_on", name="period"),
        CheckConstraint(
            "status NOT IN ('agreed', 'evaluated') OR agreed_on IS NOT NULL", name="agreed"
        ),
        CheckConstraint("status <> 'evaluated' OR evaluated_on IS NOT NULL", name="evaluated"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    action_plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    status: Mapped[ContractStatus] = mapped_column(
        coded(ContractStatus, "status", is_status=True), default=ContractStatus.DRAFT
    )
    signing_round: Mapped[int] = mapped_column(default=1)
    agreed_on: Mapped[date | None]
    evaluated_on: Mapped[date | None]
    evaluation: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    region: Mapped[Region] = relationship()
    action_plan: Mapped[ActionPlan | None] = relationship()
    author: Mapped[Person] = relationship()
    parties: Mapped[list["ContractParty"]] = relationship(
        back_populates="contract", order_by="ContractParty.id", cascade="all, delete-orphan"
    )
    signatures: Mapped[list["ContractSignature"]] = relationship(
        back_populates="contract", order_by="ContractSignature.id"
    )
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="contract", order_by="Agreement.number", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.action_plan.covenant_ids if self.action_plan else frozenset()

    @property
    def standing_signatures(self) -> list["ContractSignature"]:
        """The signatures of the present round that were not withdrawn."""
        withdrawn = {one.withdraws_id for one in self.signatures}
        return [
            one
            for one in self.signatures
            if one.round_no == self.signing_round
            and one.withdraws_id is None
            and one.id not in withdrawn
        ]

    def status_on(self, day: date) -> ContractStatus:
        """The status as people see it: an agreed contract runs, and then ends, by its dates."""
        if self.status is not ContractStatus.AGREED:
            return self.status
        if day > self.ends_on:
            return ContractStatus.ENDED
        return ContractStatus.RUNNING if day >= self.starts_on else ContractStatus.AGREED


class ContractParty(Identified, Stamped, Base):
    """A partner that a contract binds."""

    __tablename__ = "contract_party"
    __table_args__ = (UniqueConstraint("contract_id", "organisation_id"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("performance_contract.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)

    contract: Mapped[PerformanceContract] = relationship(back_populates="parties")
    organisation: Mapped[Organisation] = relationship()


class ContractSignature(Identified, Base):
    """A party's signature under a contract, or (with `withdraws`) that one was recorded wrongly.

    Append-only. A contract that was taken back is signed anew, in the next `round_no`.
    """

    __tablename__ = "contract_signature"
    __table_args__ = (
        UniqueConstraint("withdraws_id"),
        CheckConstraint("withdraws_id IS NULL OR reason <> ''", name="withdrawal"),
        CheckConstraint("withdraws_id IS NOT NULL OR signatory <> ''", name="signatory"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("performance_contract.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    round_no: Mapped[int]
    signed_on: Mapped[date]
    signatory: Mapped[str] = mapped_column(String(200), default="")
    signatory_position: Mapped[str] = mapped_column(String(200), default="")
    document_reference: Mapped[str] = mapped_column(String(200), default="")
    withdraws_id: Mapped[int | None] = mapped_column(ForeignKey("contract_signature.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)

    contract: Mapped[PerformanceContract] = relationship(back_populates="signatures")
    organisation: Mapped[Organisation] = relationship()
    recorded_by: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.contract.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.contract.covenant_ids


class Agreement(Identified, Stamped, Versioned, Base):
    """One promise in a contract: who answers for it, and the indicator that shows the result.

    `number` is given once within a contract. Its type is one of the list, or free words.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("statement <> ''", name="statement"),
        CheckConstraint("agreement_type_id IS NOT NULL OR free_type <> ''", name="type"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("performance_contract.id"))
    number: Mapped[int]
    agreement_type_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_type.id"))
    free_type: Mapped[str] = mapped_column(String(200), default="")
    statement: Mapped[str] = mapped_column(Text)
    responsible_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    no_end_value_reason: Mapped[str] = mapped_column(Text, default="")

    contract: Mapped[PerformanceContract] = relationship(back_populates="agreements")
    agreement_type: Mapped[AgreementType | None] = relationship()
    responsible: Mapped[Organisation] = relationship()
    indicator: Mapped[Indicator] = relationship()
    activity_links: Mapped[list["AgreementActivity"]] = relationship(
        order_by="AgreementActivity.activity_id", cascade="all, delete-orphan"
    )
    revisions: Mapped[list["IndicatorRevision"]] = relationship(
        back_populates="agreement",
        order_by="IndicatorRevision.revision_no",
        cascade="all, delete-orphan",
    )
    measurements: Mapped[list["Measurement"]] = relationship(
        back_populates="agreement",
        order_by="Measurement.cutoff_on, Measurement.revision_no",
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return self.contract.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.contract.covenant_ids

    @property
    def type_name(self) -> str:
        return self.agreement_type.name if self.agreement_type else self.free_type


class AgreementActivity(Identified, Base):
    """An activity of the plan that works towards an agreement."""

    __tablename__ = "agreement_activity"
    __table_args__ = (UniqueConstraint("agreement_id", "activity_id"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)

    activity: Mapped[Activity] = relationship()


class _Valued:
    """A value: a plain number, or a numerator and a denominator from which a share follows."""

    value: Mapped[Decimal | None] = mapped_column(Scaled)
    numerator: Mapped[Decimal | None] = mapped_column(Scaled)
    denominator: Mapped[Decimal | None] = mapped_column(Scaled)

    @declared_attr
    @classmethod
    def qualifier(cls) -> Mapped[Qualifier]:
        return mapped_column(coded(Qualifier, "qualifier"), default=Qualifier.EXACT)

    @property
    def number(self) -> Fraction | None:
        """The exact value, a share in per cent; None when it was not measured."""
        if self.numerator is not None and self.denominator is not None:
            return Fraction(self.numerator) / Fraction(self.denominator) * 100
        return None if self.value is None else Fraction(self.value)


class IndicatorRevision(_Valued, Identified, Stamped, Base):
    """The baseline or the target of an agreement, as it holds from a day on.

    While the contract is a draft it may be changed; after that only a next revision, with its
    reason, changes it. A baseline was measured on a day, a target is due on one.
    """

    __tablename__ = "indicator_revision"
    __table_args__ = (
        UniqueConstraint("agreement_id", "kind", "revision_no"),
        CheckConstraint(ONE_WAY, name="one_way"),
        CheckConstraint(COUNTS, name="counts"),
        CheckConstraint("value IS NOT NULL OR denominator IS NOT NULL", name="value"),
        CheckConstraint("revision_no = 1 OR reason <> ''", name="reason"),
        CheckConstraint("(kind = 'target') = (due_on IS NOT NULL)", name="due"),
        CheckConstraint("kind = 'baseline' OR measured_on IS NULL", name="measured"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    kind: Mapped[ReferenceKind] = mapped_column(coded(ReferenceKind, "kind"))
    revision_no: Mapped[int]
    measured_on: Mapped[date | None]
    due_on: Mapped[date | None]
    holds_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    document_reference: Mapped[str] = mapped_column(String(200), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_on: Mapped[date]

    agreement: Mapped[Agreement] = relationship(back_populates="revisions")
    recorded_by: Mapped[Person] = relationship()


class Measurement(_Valued, Identified, Base):
    """A measured value on a cut-off date, or (without a value) why there is none; append-only.

    A late or corrected value of the same day is the next revision, with its reason.
    `recorded_on` is the project's day on which it became known: what was closed before that day
    does not know it. `period` is the half-year that it is reported for; `is_late` tells that the
    half-year, or the region's report on it, was done with by then.
    """

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("agreement_id", "cutoff_on", "revision_no"),
        CheckConstraint(ONE_WAY, name="one_way"),
        CheckConstraint(COUNTS, name="counts"),
        CheckConstraint(
            "value IS NOT NULL OR denominator IS NOT NULL OR note <> ''", name="not_measured"
        ),
        CheckConstraint("revision_no = 1 OR reason <> ''", name="reason"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    cutoff_on: Mapped[date]
    revision_no: Mapped[int]
    source: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    is_late: Mapped[bool] = mapped_column(default=False)

    agreement: Mapped[Agreement] = relationship(back_populates="measurements")
    period: Mapped[ReportingPeriod | None] = relationship()
    recorded_by: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.agreement.region_ids
