"""Figure sets that a ministry reports: rows by periods, what sources claim of them, and targets."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import ChangeKind, ClaimKind, Direction, Qualifier, Unit
from vpt_regio.models.base import Base, Scaled, SortedString, coded
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Person


class FigureSet(Identified, Stamped, OfProgramme, Versioned, Base):
    """A table of figures: categories by periods.

    Sets with the same `total_code` break down one total in several ways: their totals agree.
    """

    __tablename__ = "figure_set"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint("decimals >= 0 AND decimals <= 4", name="decimals"),
    )

    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(SortedString(200))
    description: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[Unit] = mapped_column(coded(Unit, "unit"))
    decimals: Mapped[int] = mapped_column(default=0)
    total_code: Mapped[str] = mapped_column(String(60), default="")
    retired_on: Mapped[date | None]

    categories: Mapped[list["FigureCategory"]] = relationship(
        back_populates="figure_set",
        order_by="FigureCategory.position",
        cascade="all, delete-orphan",
    )
    periods: Mapped[list["FigurePeriod"]] = relationship(
        back_populates="figure_set", order_by="FigurePeriod.position", cascade="all, delete-orphan"
    )
    deliveries: Mapped[list["FigureDelivery"]] = relationship(
        back_populates="figure_set", order_by="FigureDelivery.number"
    )
    claims: Mapped[list["FigureClaim"]] = relationship(
        back_populates="figure_set", order_by="FigureClaim.position", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A figure set belongs to the whole programme."""
        return


class FigureCategory(Identified, Base):
    """A row of a figure set; with `adds_up` it is the sum of the rows that are part of it."""

    __tablename__ = "figure_category"
    __table_args__ = (UniqueConstraint("figure_set_id", "name"),)

    figure_set_id: Mapped[int] = mapped_column(ForeignKey("figure_set.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("figure_category.id"))
    adds_up: Mapped[bool] = mapped_column(default=False)

    figure_set: Mapped[FigureSet] = relationship(back_populates="categories")
    part_of: Mapped["FigureCategory | None"] = relationship(remote_side="FigureCategory.id")


class FigurePeriod(Identified, Base):
    """A column of a figure set: a season, a year, a half-year; in order from old to new."""

    __tablename__ = "figure_period"
    __table_args__ = (
        UniqueConstraint("figure_set_id", "label"),
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="dates"
        ),
    )

    figure_set_id: Mapped[int] = mapped_column(ForeignKey("figure_set.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    figure_set: Mapped[FigureSet] = relationship(back_populates="periods")


class FigureDelivery(Identified, Base):
    """Figures that came in together: from which source, as of which day; append-only."""

    __tablename__ = "figure_delivery"
    __table_args__ = (
        UniqueConstraint("figure_set_id", "number"),
        CheckConstraint("source <> ''", name="source"),
    )

    figure_set_id: Mapped[int] = mapped_column(ForeignKey("figure_set.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(String(500))
    cutoff_on: Mapped[date]
    scope_note: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)

    figure_set: Mapped[FigureSet] = relationship(back_populates="deliveries")
    recorded_by: Mapped[Person] = relationship()
    rows: Mapped[list["FigureRow"]] = relationship(
        back_populates="delivery", order_by="FigureRow.id"
    )

    @property
    def region_ids(self) -> None:
        """Figures belong to the whole programme."""
        return


class FigureRow(Identified, Base):
    """One figure of a delivery; a later figure for the same place is its next revision.

    Append-only. Without a value the source says that it is not known. `printed` is how the
    source prints it, when that differs.
    """

    __tablename__ = "figure_row"
    __table_args__ = (
        UniqueConstraint("category_id", "period_id", "revision_no"),
        CheckConstraint("value IS NULL OR value >= 0", name="value"),
    )

    delivery_id: Mapped[int] = mapped_column(ForeignKey("figure_delivery.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("figure_category.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("figure_period.id"))
    revision_no: Mapped[int]
    value: Mapped[Decimal | None] = mapped_column(Scaled)
    qualifier: Mapped[Qualifier] = mapped_column(
        coded(Qualifier, "qualifier"), default=Qualifier.EXACT
    )
    printed: Mapped[str] = mapped_column(String(100), default="")

    delivery: Mapped[FigureDelivery] = relationship(back_populates="rows")
    category: Mapped[FigureCategory] = relationship()
    period: Mapped[FigurePeriod] = relationship()


class FigureClaim(Identified, Stamped, Versioned, Base):
    """What a source computed from figures, to be held against our own computation.

    Without `stated` it is a value that we derive and no source gives.
    """

    __tablename__ = "figure_claim"
    __table_args__ = (
        CheckConstraint("subject <> ''", name="subject"),
        CheckConstraint("decimals >= 0 AND decimals <= 4", name="decimals"),
    )

    figure_set_id: Mapped[int] = mapped_column(ForeignKey("figure_set.id"), index=True)
    position: Mapped[int]
    subject: Mapped[str] = mapped_column(String(300))
    kind: Mapped[ClaimKind] = mapped_column(coded(ClaimKind, "kind"))
    stated: Mapped[Decimal | None] = mapped_column(Scaled)
    decimals: Mapped[int] = mapped_column(default=0)
    qualifier: Mapped[Qualifier] = mapped_column(
        coded(Qualifier, "qualifier"), default=Qualifier.EXACT
    )
    source: Mapped[str] = mapped_column(String(500), default="")
    explanation: Mapped[str] = mapped_column(Text, default="")

    figure_set: Mapped[FigureSet] = relationship(back_populates="claims")
    operands: Mapped[list["FigureClaimOperand"]] = relationship(
        order_by="FigureClaimOperand.position", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A claim belongs to the whole programme."""
        return


class FigureClaimOperand(Identified, Base):
    """A figure that a claim is computed from: old before new, the whole before its part."""

    __tablename__ = "figure_claim_operand"
    __table_args__ = (UniqueConstraint("claim_id", "position"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("figure_claim.id"))
    position: Mapped[int]
    category_id: Mapped[int] = mapped_column(ForeignKey("figure_category.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("figure_period.id"))

    category: Mapped[FigureCategory] = relationship()
    period: Mapped[FigurePeriod] = relationship()


class ProgrammeTarget(Identified, Stamped, OfProgramme, Versioned, Base):
    """What the programme wants to reach, in the words and the unit of its source.

    `change` is signed and in `change_kind`: −25 per cent is another thing than −25 points.
    Progress is read from a category of a figure set, from `from_period` on, when there is one.
    """

    __tablename__ = "programme_target"
    __table_args__ = (
        CheckConstraint("source <> ''", name="source"),
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on < ends_on", name="dates"
        ),
        CheckConstraint("(category_id IS NULL) = (from_period_id IS NULL)", name="progress"),
    )

    name: Mapped[str] = mapped_column(SortedString(200))
    subject: Mapped[str] = mapped_column(String(300))
    change: Mapped[Decimal] = mapped_column(Scaled)
    change_kind: Mapped[ChangeKind] = mapped_column(coded(ChangeKind, "change_kind"))
    direction: Mapped[Direction] = mapped_column(coded(Direction, "direction"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    period_words: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(500))
    explanation: Mapped[str] = mapped_column(Text, default="")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("figure_category.id"))
    from_period_id: Mapped[int | None] = mapped_column(ForeignKey("figure_period.id"))

    category: Mapped[FigureCategory | None] = relationship()
    from_period: Mapped[FigurePeriod | None] = relationship()

    @property
    def region_ids(self) -> None:
        """A target belongs to the whole programme."""
        return
