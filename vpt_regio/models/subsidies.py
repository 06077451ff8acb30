"""Subsidies: schemes, rounds, and the limits of the arrangements."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.subsidy_terms import COMPLETION_DAYS, DECISION_DAYS, SETTLEMENT_DAYS
from vpt_regio.domain.subsidy_codes import (
    CountKind,
    RoundStatus,
)
from vpt_regio.domain.workflows.subsidies import (
    SUBSIDY_ROUND,
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
from vpt_regio.models.programmes import Programme

if TYPE_CHECKING:
    from vpt_regio.models.applications import SubsidyApplication


class SubsidyArrangement(Identified, Stamped, OfProgramme, Base):
    """From which amount (cents) on an arrangement holds, and from which day this limit does.

    Before the first day of the oldest set it is applied by analogy.
    """

    __tablename__ = "subsidy_arrangement"
    __table_args__ = (
        UniqueConstraint("programme_id", "holds_from", "number"),
        CheckConstraint("number BETWEEN 1 AND 3", name="number"),
        CheckConstraint("from_cents >= 0", name="from_cents"),
    )

    number: Mapped[int]
    from_cents: Mapped[int] = mapped_column(Cents)
    holds_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(500), default="")


class SubsidyScheme(Identified, Stamped, OfProgramme, Versioned, Base):
    """A scheme under which the ministry grants subsidies, in one or more rounds."""

    __tablename__ = "subsidy_scheme"
    __table_args__ = (
        UniqueConstraint("programme_id", "name"),
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period"
        ),
    )

    name: Mapped[str] = mapped_column(SortedString(200))
    legal_basis: Mapped[str] = mapped_column(String(500), default="")
    objective: Mapped[str] = mapped_column(Text, default="")
    is_incidental: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    period_words: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(500), default="")

    programme: Mapped[Programme] = relationship()
    rounds: Mapped[list["SubsidyRound"]] = relationship(
        back_populates="scheme", order_by="SubsidyRound.number"
    )
    counts: Mapped[list["SchemeCount"]] = relationship(
        back_populates="scheme", order_by="SchemeCount.id", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A scheme belongs to the whole programme."""
        return


class SchemeCount(Identified, Base):
    """What a source counts of a historic scheme, of all its years or of some."""

    __tablename__ = "scheme_count"
    __table_args__ = (
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint("source <> ''", name="source"),
    )

    scheme_id: Mapped[int] = mapped_column(ForeignKey("subsidy_scheme.id"), index=True)
    kind: Mapped[CountKind] = mapped_column(coded(CountKind, "kind"))
    from_year: Mapped[int]
    to_year: Mapped[int]
    number: Mapped[int]
    source: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(500), default="")

    scheme: Mapped[SubsidyScheme] = relationship(back_populates="counts")


class SubsidyRound(Identified, Stamped, Versioned, Base):
    """A window in which can be applied, with its ceiling (cents) and its terms.

    `unlisted_*` is what a source tells beyond the applications that are listed here: how many
    more there were (0: none, NULL: unknown), how many of those were granted, and for how much.
    """

    __tablename__ = "subsidy_round"
    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        status_check(SUBSIDY_ROUND),
        CheckConstraint(
            "opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on", name="dates"
        ),
        CheckConstraint(
            "status <> 'open' OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
            name="window",
        ),
        CheckConstraint("ceiling_cents >= 0", name="ceiling"),
        CheckConstraint(
            "decision_days > 0 AND completion_days > 0 AND settlement_days > 0", name="terms"
        ),
        CheckConstraint("unlisted_applications >= 0 AND unlisted_granted >= 0", name="unlisted"),
    )

    scheme_id: Mapped[int] = mapped_column(ForeignKey("subsidy_scheme.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(SortedString(200))
    status: Mapped[RoundStatus] = mapped_column(
        coded(RoundStatus, "status", is_status=True), default=RoundStatus.PLANNED
    )
    opens_on: Mapped[date | None]
    opens_precision: Mapped[str | None] = mapped_column(PrecisionText)
    opens_words: Mapped[str] = mapped_column(String(200), default="")
    closes_on: Mapped[date | None]
    closes_precision: Mapped[str | None] = mapped_column(PrecisionText)
    closes_words: Mapped[str] = mapped_column(String(200), default="")
    closing_inclusive: Mapped[bool] = mapped_column(default=True)
    ceiling_cents: Mapped[int | None] = mapped_column(Cents)
    decision_days: Mapped[int] = mapped_column(default=DECISION_DAYS)
    completion_days: Mapped[int] = mapped_column(default=COMPLETION_DAYS)
    settlement_days: Mapped[int] = mapped_column(default=SETTLEMENT_DAYS)
    conditions: Mapped[str] = mapped_column(Text, default="")
    unlisted_applications: Mapped[int | None] = mapped_column(default=0)
    unlisted_granted: Mapped[int | None] = mapped_column(default=0)
    unlisted_granted_cents: Mapped[int | None] = mapped_column(Cents)
    source: Mapped[str] = mapped_column(String(500), default="")

    scheme: Mapped[SubsidyScheme] = relationship(back_populates="rounds")
    applications: Mapped[list["SubsidyApplication"]] = relationship(
        back_populates="round", order_by="SubsidyApplication.number"
    )

    @property
    def programme_id(self) -> int:
        return self.scheme.programme_id

    @property
    def region_ids(self) -> None:
        """A round is open to the whole country."""
        return

    @property
    def opens(self) -> FuzzyDate | None:
        return fuzzy(self.opens_on, self.opens_precision, self.opens_words)

    @property
    def closes(self) -> FuzzyDate | None:
        return fuzzy(self.closes_on, self.closes_precision, self.closes_words)
