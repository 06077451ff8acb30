"""What stands fast for all questions of one transaction: mergers that hold, and holds.

Every question of rights asks for these, so they are read once in a transaction, and again after
a change of either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, joinedload

from vpt_regio.extensions import db
from vpt_regio.models.holds import Hold
from vpt_regio.models.regions import MergedRegion, RegionMerger

_KEY = "standing"


@dataclass(frozen=True)
class Standing:
    """The mergers (region → its successor and the day, None: of old) and the holds not lifted."""

    mergers: Mapping[int, tuple[int, date | None]]
    holds: tuple[Hold, ...]

    def holder(self, region_id: int, day: date) -> int:
        """Return the region for which a region counts on a day: itself, or its successor."""
        while region_id in self.mergers:
            successor, merged_on = self.mergers[region_id]
            if merged_on is not None and day < merged_on:
                break
            region_id = successor
        return region_id

    def family(self, region_id: int, day: date) -> frozenset[int]:
        """Return a region with all that went up, by that day, in the same region as it did."""
        holder = self.holder(region_id, day)
        others = {other for other in self.mergers if self.holder(other, day) == holder}
        return frozenset({region_id, holder, *others})

    def holds_on(
        self, day: date, *, region_ids: Collection[int], covenant_ids: Collection[int] = ()
    ) -> list[Hold]:
        """Return the holds on a day of one of the covenants, or of all of the regions."""
        current = [hold for hold in self.holds if hold.holds_on(day)]
        held = {hold.region_id for hold in current}
        all_held = bool(region_ids) and held.issuperset(region_ids)
        return [
            hold
            for hold in current
            if hold.covenant_id in covenant_ids or (all_held and hold.region_id in region_ids)
        ]


def standing() -> Standing:
    """Return the mergers and the holds as they are in this transaction."""
    session = db.session()
    if _KEY not in session.info:
        session.info[_KEY] = _read(session)
    found: Standing = session.info[_KEY]
    return found


def _read(session: Session) -> Standing:
    mergers = session.execute(
        select(MergedRegion.region_id, RegionMerger.successor_id, RegionMerger.merged_on)
        .join(RegionMerger, RegionMerger.id == MergedRegion.merger_id)
        .order_by(MergedRegion.region_id)
    )
    holds = session.scalars(
        select(Hold)
        .options(joinedload(Hold.region), joinedload(Hold.covenant), joinedload(Hold.placed_by))
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
