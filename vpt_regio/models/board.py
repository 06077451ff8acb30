"""What explains the board of a half-year: extra time, missing reports, and differences."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from vpt_regio.domain.half_year_codes import KeyFigure
from vpt_regio.models.base import Base, coded
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region


class OfRegionInPeriod:
    """What is said of one region in one half-year."""

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)

    @declared_attr
    @classmethod
    def period(cls) -> Mapped[ReportingPeriod]:
        return relationship(ReportingPeriod)

    @declared_attr
    @classmethod
    def region(cls) -> Mapped[Region]:
        return relationship(Region)

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})


class DeadlineExtension(Identified, Stamped, OfRegionInPeriod, Versioned, Base):
    """Extra time for the report of one region: until when, and why. The newest one holds."""

    __tablename__ = "deadline_extension"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawal_reason <> ''", name="withdrawal"),
    )

    extended_to: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    granted_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawal_reason: Mapped[str] = mapped_column(String(500), default="")

    granted_by: Mapped[Person] = relationship()


class ReportExplanation(Identified, Stamped, OfRegionInPeriod, Versioned, Base):
    """Why a half-year goes out without the accepted report of a region."""

    __tablename__ = "report_explanation"
    __table_args__ = (
        UniqueConstraint("period_id", "region_id"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    reason: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date]

    written_by: Mapped[Person] = relationship()


class ReconciliationNote(Identified, Stamped, OfRegionInPeriod, Versioned, Base):
    """Why a half-year does not open as the last letter closed: one key figure of one region."""

    __tablename__ = "reconciliation_note"
    __table_args__ = (
        UniqueConstraint("period_id", "region_id", "key_figure"),
        CheckConstraint("explanation <> ''", name="explanation"),
    )

    key_figure: Mapped[KeyFigure] = mapped_column(coded(KeyFigure, "key_figure"))
    explanation: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date]

    written_by: Mapped[Person] = relationship()
