"""A region and a half-year together, as the board speaks of them."""

from dataclasses import dataclass

from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.regions import get_region


@dataclass(frozen=True)
class RegionInPeriod:
    """A region and a half-year, to ask the policies about."""

    __tablename__ = "region_in_period"

    period: ReportingPeriod
    region: Region

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region.id})


def find_region_in_period(code: str, region_code: str) -> RegionInPeriod | None:
    """Return a half-year and a region by their codes, or None without one of them."""
    period = get_period(get_programme().id, code)
    region = get_region(region_code)
    return RegionInPeriod(period, region) if period and region else None


def get_extension(code: str, extension_id: int) -> DeadlineExtension | None:
    """Return extra time that was granted in a half-year, withdrawn or not."""
    found = db.session.get(DeadlineExtension, extension_id)
    return found if found is not None and found.period.code == code else None
