"""Regions, the organisations in them, and mergers."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import OrganisationKind, TerritoryType
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.workflows.regions import REGION, RegionStatus
from vpt_regio.models.base import Base, SortedString, coded, status_check
from vpt_regio.models.mixins import (
    Identified,
    OfProgramme,
    PrecisionText,
    Stamped,
    Versioned,
    fuzzy,
)
from vpt_regio.models.programmes import Programme, Sector


class RegionMerger(Identified, Stamped, OfProgramme, Base):
    """Regions that went up in one other region on a (vague) date.

    Nothing moves: from that day on, what belongs to a predecessor counts for the successor and is
    within reach of its people. `report` proves it: each sum before and after. A merger that was
    undone keeps its report, but has no predecessors any more.
    """

    __tablename__ = "region_merger"
    __table_args__ = (CheckConstraint("undone_on IS NULL OR undo_reason <> ''", name="undone"),)

    successor_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    merged_on: Mapped[date | None]
    merged_precision: Mapped[str | None] = mapped_column(PrecisionText)
    merged_words: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[list[Any]] = mapped_column(default=list)
    undone_on: Mapped[date | None]
    undo_reason: Mapped[str] = mapped_column(Text, default="")

    successor: Mapped["Region"] = relationship()
    predecessors: Mapped[list["Region"]] = relationship(
        back_populates="merger", secondary="merged_region", order_by="Region.name"
    )

    @property
    def merged(self) -> FuzzyDate | None:
        return fuzzy(self.merged_on, self.merged_precision, self.merged_words)

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.successor_id, *(region.id for region in self.predecessors)})


class MergedRegion(Base):
    """A region that went up in a merger: once only."""

    __tablename__ = "merged_region"

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    merger_id: Mapped[int] = mapped_column(ForeignKey("region_merger.id"), index=True)


class Region(Identified, Stamped, OfProgramme, Versioned, Base):
    """A region in which the approach is intensified."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("programme_id", "code"), status_check(REGION))

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(SortedString(200))
    former_names: Mapped[str] = mapped_column(String(500), default="")
    territory_type: Mapped[TerritoryType] = mapped_column(coded(TerritoryType, "territory_type"))
    status: Mapped[RegionStatus] = mapped_column(coded(RegionStatus, "status", is_status=True))
    designated_on: Mapped[date | None]
    designated_precision: Mapped[str | None] = mapped_column(PrecisionText)
    designated_words: Mapped[str] = mapped_column(String(200), default="")
    portfolio_holder: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")

    programme: Mapped[Programme] = relationship()
    merger: Mapped[RegionMerger | None] = relationship(
        back_populates="predecessors", secondary="merged_region"
    )
    tiles: Mapped[list["RegionTile"]] = relationship(order_by="RegionTile.tile")
    partners: Mapped[list["RegionPartner"]] = relationship(back_populates="region")

    @property
    def designated(self) -> FuzzyDate | None:
        return fuzzy(self.designated_on, self.designated_precision, self.designated_words)

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.id})


class RegionTile(Identified, Base):
    """A tile of the map that (part of) a region covers; codes stand in `domain/tiles.py`."""

    __tablename__ = "region_tile"
    __table_args__ = (UniqueConstraint("region_id", "tile"),)

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    tile: Mapped[str] = mapped_column(String(40))


class Organisation(Identified, Stamped, OfProgramme, Versioned, Base):
    """An organisation: a partner in regions, a party to covenants, an owner of activities."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    name: Mapped[str] = mapped_column(SortedString(200))
    kind: Mapped[OrganisationKind] = mapped_column(coded(OrganisationKind, "kind"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sector.id"))
    municipality: Mapped[str] = mapped_column(String(100), default="")

    sector: Mapped[Sector | None] = relationship()
    memberships: Mapped[list["RegionPartner"]] = relationship(back_populates="organisation")


class RegionPartner(Identified, Stamped, Versioned, Base):
    """An organisation that takes part in a region, with its contact.

    Contact data is for work only; it is published only with consent (`is_publishable`).
    """

    __tablename__ = "region_partner"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="period"),
        Index(
            "uq_region_partner_current",
            "region_id",
            "organisation_id",
            unique=True,
            # a partner may come back after it left
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    is_publishable: Mapped[bool] = mapped_column(default=False)

    region: Mapped[Region] = relationship(back_populates="partners")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})
