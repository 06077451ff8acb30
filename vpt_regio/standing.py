"""What stands fast for all questions of one transaction: mergers that hold, and holds.

Every question of rights asks for these, so they are read once in a transaction, and again after
a change of either.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, event, select
from sqlalchemy.orm import Session, joinedload

from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.regions import MergedRegion, RegionMerger

_KEY = "standing"
_SUPPOSED = "supposed_standing"


@dataclass(frozen=True)
class Standing:
    """The mergers (region → its successor and the day, None: of old) and the holds not lifted."""

    mergers: Mapping[int, tuple[int, date | None]]
    holds: tuple[Hold, ...]

    def holder(self, region_id: int, day: date) -> int:
        """Return the region for which a region counts on a day: itself, or its successor."""
        for successor in self._path(region_id, day):
            region_id = successor
        return region_id

    def family(self, region_id: int, day: date) -> frozenset[int]:
        """Return a region with all that went up, by that day, in the same region as it did."""
        holder = self.holder(region_id, day)
        others = {other for other in self.mergers if self.holder(other, day) == holder}
        return frozenset({region_id, holder, *others})

    def branch(self, region_id: int, day: date) -> frozenset[int]:
        """Return a region with all that went up in it by a day, itself merged or not.

        These are the regions whose records its own pages show.
        """
        return frozenset(
            {region_id, *(other for other in self.mergers if region_id in self._path(other, day))}
        )

    def members(self, region_id: int, day: date) -> frozenset[int]:
        """Return the regions whose records count for a region on a day; none once it is merged."""
        if self.holder(region_id, day) != region_id:
            return frozenset()
        return self.branch(region_id, day)

    def merged_after(self, day: date) -> frozenset[int]:
        """Return the regions that went up in another one after a day: until then each its own."""
        return frozenset(
            region_id
            for region_id, (_, merged_on) in self.mergers.items()
            if merged_on is not None and merged_on > day
        )

    def holder_of(self, column: Any, day: date) -> ColumnElement[int]:
        """Return, for a column of regions, the region for which each counts on a day, as SQL."""
        moved = {
            region_id: holder
            for region_id in self.mergers
            if (holder := self.holder(region_id, day)) != region_id
        }
        found: ColumnElement[int] = case(moved, value=column, else_=column) if moved else column
        return found

    def with_merger(
        self, predecessors: Collection[int], *, successor: int, merged_on: date | None
    ) -> "Standing":
        """Return how it would stand after a merger."""
        supposed = dict.fromkeys(predecessors, (successor, merged_on))
        return replace(self, mergers={**self.mergers, **supposed})

    def without_merger(self, predecessors: Collection[int]) -> "Standing":
        """Return how it would stand if these regions had not gone up in another one."""
        kept = {key: value for key, value in self.mergers.items() if key not in predecessors}
        return replace(self, mergers=kept)

    def _path(self, region_id: int, day: date) -> Iterator[int]:
        """Yield the regions in which a region went up by a day, one after the other."""
        while region_id in self.mergers:
            region_id, merged_on = self.mergers[region_id]
            if merged_on is not None and day < merged_on:
                break
            yield region_id

    def holds_on(
        self, day: date, *, region_ids: Collection[int], covenant_ids: Collection[int] = ()
    ) -> list[Hold]:
        """Return the holds on a day of one of the covenants, or of all of the regions.

        A region that went up in another one stands still with it.
        """
        current = [hold for hold in self.holds if hold.holds_on(day)]
        held = {hold.region_id for hold in current}
        lines = [self.line(region_id, day) for region_id in region_ids]
        all_held = bool(lines) and not any(held.isdisjoint(line) for line in lines)
        regions: set[int] = set().union(*lines) if all_held else set()
        return [
            hold
            for hold in current
            if hold.covenant_id in covenant_ids or hold.region_id in regions
        ]

    def line(self, region_id: int, day: date) -> frozenset[int]:
        """Return a region with each region in which it went up by that day, one after another."""
        found = {region_id}
        while region_id in self.mergers:
            region_id, merged_on = self.mergers[region_id]
            if merged_on is not None and day < merged_on:
                break
            found.add(region_id)
        return frozenset(found)


def standing() -> Standing:
    """Return the mergers and the holds as they are in this transaction."""
    session = db.session()
    if _SUPPOSED in session.info:
        supposed: Standing = session.info[_SUPPOSED]
        return supposed
    if _KEY not in session.info:
        session.info[_KEY] = _read(session)
    found: Standing = session.info[_KEY]
    return found


@contextmanager
def supposing(supposed: Standing) -> Iterator[None]:
    """Let all questions be answered as if it stood like this, to show what a step would do."""
    info = db.session().info
    info[_SUPPOSED] = supposed
    try:
        yield
    finally:
        info.pop(_SUPPOSED)


def _read(session: Session) -> Standing:
    mergers = session.execute(
        select(MergedRegion.region_id, RegionMerger.successor_id, RegionMerger.merged_on)
        .join(RegionMerger, RegionMerger.id == MergedRegion.merger_id)
        .order_by(MergedRegion.region_id)
    )
    holds = session.scalars(
        select(Hold)
        .options(
            joinedload(Hold.region),
            joinedload(Hold.covenant).selectinload(Covenant.shares),
            joinedload(Hold.placed_by),
        )
        .where(Hold.lifted_on.is_(None))
        .order_by(Hold.id)
    )
    return Standing({region: (to, on) for region, to, on in mergers}, tuple(holds.all()))


@event.listens_for(Session, "after_flush")
def _forget_what_changed(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(one, Hold | RegionMerger | MergedRegion) for one in changed):
        session.info.pop(_KEY, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_with_the_transaction(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
