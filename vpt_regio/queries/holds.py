"""Holds: those that are about a record today, and all that a region or covenant ever had."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.regions import Region
from vpt_regio.standing import standing


def holds_about(subject: Any) -> list[Hold]:
    """Return the holds of today that a page about this record tells of.

    Those of its regions and covenants; without a covenant of its own, those of every covenant of
    its regions.
    """
    today = clock.today()
    covenant_ids: frozenset[int] = getattr(subject, "covenant_ids", frozenset())
    regions: set[int] = set()
    for region_id in getattr(subject, "region_ids", None) or ():
        regions |= standing().line(region_id, today)
    return [
        hold
        for hold in standing().holds
        if hold.holds_on(today)
        and (
            hold.region_id in regions
            or hold.covenant_id in covenant_ids
            or (not covenant_ids and hold.covenant_id and hold.region_ids & regions)
        )
    ]


def find_hold(hold_id: int) -> Hold | None:
    """Return a hold by its id, or None."""
    return db.session.get(Hold, hold_id)


def list_holds(subject: Region | Covenant) -> list[Hold]:
    """Return every hold of a region or of a covenant, the newest first."""
    of_subject = (
        Hold.region_id == subject.id
        if isinstance(subject, Region)
        else Hold.covenant_id == subject.id
    )
    return list(
        db.session.scalars(
            select(Hold)
            .where(of_subject)
            .options(joinedload(Hold.placed_by), joinedload(Hold.lifted_by))
            .order_by(Hold.starts_on.desc(), Hold.id.desc())
        )
    )
