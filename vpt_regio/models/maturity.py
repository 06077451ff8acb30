"""How far employers are with the measures: inventories, their findings, and levels."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.models.base import Base
from vpt_regio.models.mixins import Identified, PrecisionText, Stamped, Versioned, fuzzy
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Organisation, Region


class Inventory(Identified, Stamped, Versioned, Base):
    """A survey among the organisations of a region.

    `declared_organisations` is how many took part as the source says, when they are not all known
    here.
    """

    __tablename__ = "inventory"
    __table_args__ = (CheckConstraint("declared_organisations >= 0", name="declared"),)

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date | None]
    held_precision: Mapped[str | None] = mapped_column(PrecisionText)
    held_words: Mapped[str] = mapped_column(String(200), default="")
    declared_organisations: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(500), default="")

    region: Mapped[Region] = relationship()
    findings: Mapped[list["InventoryFinding"]] = relationship(
        order_by="InventoryFinding.position", cascade="all, delete-orphan"
    )

    @property
    def held(self) -> FuzzyDate | None:
        return fuzzy(self.held_on, self.held_precision, self.held_words)

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})


class InventoryFinding(Identified, Stamped, Base):
    """What an inventory found, and what the region does with it."""

    __tablename__ = "inventory_finding"
    __table_args__ = (CheckConstraint("body <> ''", name="body"),)

    inventory_id: Mapped[int] = mapped_column(ForeignKey("inventory.id"), index=True)
    position: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text, default="")


class MeasureMaturity(Identified, Base):
    """How far an organisation in a region is with a measure, from 0 to 4; append-only.

    The last one of an organisation and a measure (by `assessed_on`, then by its own order) holds.
    """

    __tablename__ = "measure_maturity"
    __table_args__ = (
        CheckConstraint("level >= 0 AND level <= 4", name="level"),
        CheckConstraint("level = 0 OR evidence <> ''", name="evidence"),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    inventory_id: Mapped[int | None] = mapped_column(ForeignKey("inventory.id"))
    level: Mapped[int]
    evidence: Mapped[str] = mapped_column(Text, default="")
    assessed_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)

    region: Mapped[Region] = relationship()
    organisation: Mapped[Organisation] = relationship()
    measure: Mapped[Measure] = relationship()
    inventory: Mapped[Inventory | None] = relationship()
    recorded_by: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})
