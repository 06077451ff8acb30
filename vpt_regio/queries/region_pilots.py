"""The pilots of a region, with those of what went up in it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from vpt_regio.domain.subsidy_codes import PilotStatus
from vpt_regio.extensions import db
from vpt_regio.models.pilots import Pilot, pilot_region

MOST = 8


@dataclass(frozen=True)
class RegionPilots:
    """The newest pilots of a region, and how many it has."""

    pilots: tuple[Pilot, ...]
    total: int


def pilots_in(region_ids: Collection[int]) -> RegionPilots:
    """Return the pilots that lie in one of these regions, the last to begin first.

    What lapsed never was a pilot there.
    """
    here = select(pilot_region.c.pilot_id).where(pilot_region.c.region_id.in_(region_ids))
    query = (
        select(Pilot, func.count().over())
        .where(Pilot.id.in_(here), Pilot.status != PilotStatus.LAPSED)
        .order_by(Pilot.starts_on.is_(None), Pilot.starts_on.desc(), Pilot.id.desc())
        .limit(MOST)
    )
    found = list(db.session.execute(query))
    return RegionPilots(tuple(row[0] for row in found), found[0][1] if found else 0)
