"""Schemes and rounds: the lists, one with what belongs to it, and when one can apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import Precision
from vpt_regio.domain.rules.subsidy_arrangement import Limit
from vpt_regio.domain.rules.subsidy_window import Window
from vpt_regio.domain.subsidy_codes import PilotStatus, ProposalStatus, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.pilots import Pilot, pilot_measure, pilot_region
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region, RegionTile
from vpt_regio.models.subsidies import SubsidyArrangement, SubsidyRound, SubsidyScheme

PER_PAGE = 25
# what came to nothing is not being tried
NOT_TRIED = (PilotStatus.LAPSED, PilotStatus.REVOKED)


@dataclass(frozen=True)
class RegionPilots:
    """How many pilots of a round a region has, and which tiles of the map it covers."""

    code: str
    name: str
    tiles: tuple[str, ...]
    pilots: int


@dataclass(frozen=True)
class MeasurePilots:
    """How many pilots of a round try out a measure."""

    measure: Measure
    pilots: int


@dataclass(frozen=True)
class LimitSet:
    """The limits of the arrangements from a day on, the lowest first."""

    limits: tuple[SubsidyArrangement, ...]

    @property
    def newest(self) -> SubsidyArrangement:
        return self.limits[0]


def get_scheme(scheme_id: int) -> SubsidyScheme | None:
    """Return a scheme with its rounds and with what sources count of it."""
    query = (
        select(SubsidyScheme)
        .where(SubsidyScheme.id == scheme_id)
        .options(selectinload(SubsidyScheme.rounds), selectinload(SubsidyScheme.counts))
    )
    return db.session.scalar(query)


def get_round(round_id: int) -> SubsidyRound | None:
    """Return a round with its scheme."""
    query = (
        select(SubsidyRound)
        .where(SubsidyRound.id == round_id)
        .options(joinedload(SubsidyRound.scheme))
    )
    return db.session.scalar(query)


def list_schemes(programme: Programme, *, page: int = 1) -> Pagination:
    """Return a page of schemes with their rounds and counts, those that began last first."""
    query = (
        select(SubsidyScheme)
        .where(SubsidyScheme.programme_id == programme.id)
        .options(selectinload(SubsidyScheme.rounds), selectinload(SubsidyScheme.counts))
        .order_by(
            SubsidyScheme.starts_on.is_(None), SubsidyScheme.starts_on.desc(), SubsidyScheme.name
        )
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def list_open_rounds(programme: Programme) -> list[SubsidyRound]:
    """Return the rounds that are not decided yet, the first to close in front."""
    query = (
        select(SubsidyRound)
        .join(SubsidyRound.scheme)
        .where(
            SubsidyScheme.programme_id == programme.id,
            SubsidyRound.status.in_((RoundStatus.PLANNED, RoundStatus.OPEN)),
        )
        .options(joinedload(SubsidyRound.scheme))
        .order_by(SubsidyRound.closes_on.is_(None), SubsidyRound.closes_on, SubsidyRound.id)
    )
    return list(db.session.scalars(query))


def next_round_number(scheme: SubsidyScheme) -> int:
    query = select(func.max(SubsidyRound.number)).where(SubsidyRound.scheme_id == scheme.id)
    return (db.session.scalar(query) or 0) + 1


def window_of(in_round: SubsidyRound) -> Window | None:
    """Return from when until when one can apply; None while a day is unknown or vague."""
    if in_round.opens_on is None or in_round.closes_on is None:
        return None
    exact = (None, Precision.DAY)
    if in_round.opens_precision not in exact or in_round.closes_precision not in exact:
        return None
    try:
        return Window(in_round.opens_on, in_round.closes_on, in_round.closing_inclusive)
    except ValueError:
        return None


def state_of(in_round: SubsidyRound, at: datetime | None = None) -> RoundStatus:
    """Return the status that people see: a round that is open closes when its window ends."""
    window = window_of(in_round)
    if (
        in_round.status is RoundStatus.OPEN
        and window is not None
        and window.is_closed(at or clock.now())
    ):
        return RoundStatus.CLOSED
    return in_round.status


def count_by_region(in_round: SubsidyRound) -> list[RegionPilots]:
    """Return the regions with pilots of a round, by name; a pilot counts in each of its regions."""
    query = (
        select(Region.id, Region.code, Region.name, func.count(Pilot.id))
        .join(pilot_region, pilot_region.c.region_id == Region.id)
        .join(Pilot, Pilot.id == pilot_region.c.pilot_id)
        .join(SubsidyApplication, SubsidyApplication.id == Pilot.application_id)
        .where(SubsidyApplication.round_id == in_round.id, Pilot.status.not_in(NOT_TRIED))
        .group_by(Region.id, Region.code, Region.name)
        .order_by(Region.name)
    )
    rows = db.session.execute(query).all()
    tiles = _tiles_of([row.id for row in rows])
    return [RegionPilots(code, name, tuple(tiles[id_]), pilots) for id_, code, name, pilots in rows]


def count_by_measure(in_round: SubsidyRound) -> list[MeasurePilots]:
    """Return the measures that pilots of a round try out, those of most pilots first."""
    number = func.count(Pilot.id)
    query = (
        select(Measure, number)
        .join(pilot_measure, pilot_measure.c.measure_id == Measure.id)
        .join(Pilot, Pilot.id == pilot_measure.c.pilot_id)
        .join(SubsidyApplication, SubsidyApplication.id == Pilot.application_id)
        .where(SubsidyApplication.round_id == in_round.id, Pilot.status.not_in(NOT_TRIED))
        .group_by(Measure.id)
        .order_by(number.desc(), Measure.position, Measure.id)
    )
    return [MeasurePilots(measure, pilots) for measure, pilots in db.session.execute(query)]


def page_of_pilots(in_round: SubsidyRound, *, page: int = 1) -> Pagination:
    """Return a page of the pilots of a round, in the order of the annex to the letter."""
    query = (
        select(Pilot)
        .join(SubsidyApplication, SubsidyApplication.id == Pilot.application_id)
        .where(SubsidyApplication.round_id == in_round.id, Pilot.status != PilotStatus.LAPSED)
        .options(selectinload(Pilot.regions))
        .order_by(Pilot.award_order.is_(None), Pilot.award_order, Pilot.id)
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def count_off_the_map(in_round: SubsidyRound) -> int:
    """Return how many pilots no tile shows: without a region, or in one that is not on the map."""
    on_the_map = (
        exists()
        .where(pilot_region.c.pilot_id == Pilot.id)
        .where(RegionTile.region_id == pilot_region.c.region_id)
    )
    query = (
        select(func.count(Pilot.id))
        .join(SubsidyApplication, SubsidyApplication.id == Pilot.application_id)
        .where(
            SubsidyApplication.round_id == in_round.id,
            Pilot.status.not_in(NOT_TRIED),
            ~on_the_map,
        )
    )
    return db.session.scalar(query) or 0


def count_open_proposals(in_round: SubsidyRound) -> int:
    """Return how many proposals in a round wait for a decision."""
    query = (
        select(func.count())
        .select_from(SubsidyProposal)
        .join(SubsidyApplication, SubsidyApplication.id == SubsidyProposal.application_id)
        .where(
            SubsidyApplication.round_id == in_round.id,
            SubsidyProposal.status == ProposalStatus.OPEN,
        )
    )
    return db.session.scalar(query) or 0


def list_limit_sets(programme: Programme) -> list[LimitSet]:
    """Return the sets of limits, the newest first."""
    query = (
        select(SubsidyArrangement)
        .where(SubsidyArrangement.programme_id == programme.id)
        .order_by(SubsidyArrangement.holds_from.desc(), SubsidyArrangement.number)
    )
    sets: dict[object, list[SubsidyArrangement]] = {}
    for limit in db.session.scalars(query):
        sets.setdefault(limit.holds_from, []).append(limit)
    return [LimitSet(tuple(limits)) for limits in sets.values()]


def list_limits(programme: Programme) -> list[Limit]:
    """Return every limit as the rule on arrangements takes them."""
    return [
        Limit(limit.number, limit.from_cents, limit.holds_from)
        for one in list_limit_sets(programme)
        for limit in one.limits
    ]


def _tiles_of(region_ids: Sequence[int]) -> dict[int, list[str]]:
    tiles: dict[int, list[str]] = {one: [] for one in region_ids}
    query = (
        select(RegionTile.region_id, RegionTile.tile)
        .where(RegionTile.region_id.in_(region_ids))
        .order_by(RegionTile.tile)
    )
    for region_id, tile in db.session.execute(query):
        tiles[region_id].append(tile)
    return tiles
