"""Holds: a region or a covenant that stands still for a while, with the reason."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.models.base import Base
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region


class Hold(Identified, Stamped, OfProgramme, Versioned, Base):
    """From a day on nothing changes in a region or under a covenant.

    It ends on `until_on` (the last day it holds; None: until lifted) or when it is lifted:
    `lifted_on` is the first day on which it no longer holds.
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("(region_id IS NULL) <> (covenant_id IS NULL)", name="subject"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("until_on IS NULL OR until_on >= starts_on", name="period"),
    )

    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    covenant_id: Mapped[int | None] = mapped_column(ForeignKey("covenant.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    until_on: Mapped[date | None]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lifted_on: Mapped[date | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lift_reason: Mapped[str] = mapped_column(Text, default="")

    region: Mapped[Region | None] = relationship()
    covenant: Mapped[Covenant | None] = relationship()
    placed_by: Mapped[Person] = relationship(foreign_keys=[placed_by_id])
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=[lifted_by_id])

    @property
    def region_ids(self) -> frozenset[int]:
        if self.covenant is not None:
            return self.covenant.region_ids
        return frozenset({self.region_id} if self.region_id else ())

    def holds_on(self, day: date) -> bool:
        is_over = self.lifted_on is not None and day >= self.lifted_on
        return self.starts_on <= day and not is_over and (not self.until_on or day <= self.until_on)
