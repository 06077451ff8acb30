"""Regions with what went up in them: whose records the pages and sums of a region are about."""

from collections.abc import Collection
from datetime import date

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.regions import Region
from vpt_regio.standing import standing


def branch_of(region_id: int, *, day: date | None = None) -> list[int]:
    """Return a region and all that went up in it by a day, today unless told otherwise."""
    return sorted(standing().branch(region_id, day or clock.today()))


def family_of(region_id: int) -> list[int]:
    """Return a region with all that today count in the same region as it does."""
    return sorted(standing().family(region_id, clock.today()))


def holder_of(region: Region) -> Region:
    """Return the region for which a region counts today: itself, or where it went up."""
    return db.session.get_one(Region, standing().holder(region.id, clock.today()))


def share_of_branch(covenant: Covenant, region_id: int, cents: int | None) -> int | None:
    """Return the part of an amount for a region with what went up in it.

    It is 0 for a region outside the covenant, and None when the amount is not known.
    """
    if cents is None:
        return None
    return _sum_of_shares(covenant, branch_of(region_id), cents)


def _sum_of_shares(covenant: Covenant, region_ids: Collection[int], cents: int) -> int:
    shares = (covenant.share_of(region_id, cents) for region_id in region_ids)
    return sum(share for share in shares if share is not None)
