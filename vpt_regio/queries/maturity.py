"""How far the organisations of a region are with the measures, on a day.

What counts is the day of the judgement, not the day on which it was written down: whoever looks
back wants to know how far employers were then. An organisation counts while it takes part in the
region, and from the day on which it was first judged there.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.rules.maturity import Summary, summarise
from vpt_regio.extensions import db
from vpt_regio.models.maturity import Inventory, MeasureMaturity
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.same_entries import key_of, same_measures
from vpt_regio.standing import standing

# an organisation, and the key of a measure over the versions of the list
Place = tuple[int, int]


@dataclass(frozen=True)
class RegionMaturity:
    """The levels of a region on a day; no judgement at a place means not judged."""

    day: date
    measures: tuple[Measure, ...]
    organisations: tuple[Organisation, ...]
    levels: Mapping[Place, MeasureMaturity]

    def at(self, organisation: Organisation, measure: Measure) -> MeasureMaturity | None:
        return self.levels.get((organisation.id, same_measures().key(measure.id)))

    def summary(self, measure: Measure) -> Summary:
        found = [self.at(organisation, measure) for organisation in self.organisations]
        return summarise(one.level if one else None for one in found)

    @property
    def recorded_later(self) -> int:
        """How many of these were written down after the day itself."""
        return sum(one.recorded_on > self.day for one in self.levels.values())


@dataclass(frozen=True)
class NationalRow:
    """A region with a summary for each measure, in their order."""

    region: Region
    organisations: int
    summaries: tuple[Summary, ...]


@dataclass(frozen=True)
class NationalMaturity:
    """Every region by name; one that was merged counts under its successor."""

    day: date
    measures: tuple[Measure, ...]
    rows: tuple[NationalRow, ...]


def maturity_of(region: Region, *, day: date) -> RegionMaturity:
    """Return the levels of the organisations of a region on a day, with all that went up in it."""
    branch = branch_of(region.id)
    members = _partners(branch, day)
    levels = _levels(branch, {partner.organisation_id for partner in members}, day)
    judged = {organisation_id for organisation_id, _key in levels}
    shown = {
        partner.organisation_id: partner.organisation
        for partner in members
        if _has_joined(partner.joined_on, day) or partner.organisation_id in judged
    }
    return RegionMaturity(
        day=day,
        measures=tuple(list_measures(region.programme, on=day)),
        organisations=tuple(shown.values()),
        levels=levels,
    )


def list_assessable(region: Region, *, day: date) -> list[Organisation]:
    """Return who may be judged as of a day, by name: who takes part, or will take part later."""
    partners = _partners(branch_of(region.id), day)
    return list({partner.organisation_id: partner.organisation for partner in partners}.values())


def levels_of(region: Region, organisation_id: int, *, day: date) -> dict[int, MeasureMaturity]:
    """Return the judgement of one organisation that holds on a day, by the key of its measure."""
    found = _levels(branch_of(region.id), {organisation_id}, day)
    return {key: one for (_organisation, key), one in found.items()}


def list_judgements(
    organisation: Organisation, *, visible: Collection[int] | None
) -> list[MeasureMaturity]:
    """Return all that was judged of an organisation, newest first, in the regions within reach.

    None stands for every region.
    """
    query = (
        select(MeasureMaturity)
        .where(MeasureMaturity.organisation_id == organisation.id)
        .options(
            joinedload(MeasureMaturity.region),
            joinedload(MeasureMaturity.organisation),
            joinedload(MeasureMaturity.measure),
            joinedload(MeasureMaturity.inventory),
        )
        .order_by(MeasureMaturity.assessed_on.desc(), MeasureMaturity.id.desc())
    )
    if visible is not None:
        query = query.where(MeasureMaturity.region_id.in_(visible))
    return list(db.session.scalars(query))


def national_maturity(programme: Programme, *, day: date) -> NationalMaturity:
    """Return the summary of every region for each measure; five queries, however many regions."""
    measures = tuple(list_measures(programme, on=day))
    members = _all_members(programme, day)
    levels = _all_levels(programme, day)
    same, rows = same_measures(), []
    for region in _holding_regions(programme, day):
        judged = {place[0] for place in levels[region.id]}
        counted = [
            number
            for number, has_joined in members[region.id].items()
            if has_joined or number in judged
        ]
        summaries = tuple(
            summarise(levels[region.id].get((number, same.key(measure.id))) for number in counted)
            for measure in measures
        )
        rows.append(NationalRow(region, len(counted), summaries))
    return NationalMaturity(day, measures, tuple(rows))


def list_inventories(region: Region) -> list[Inventory]:
    """Return the inventories of a region with their findings: the latest first, undated last."""
    query = (
        select(Inventory)
        .where(Inventory.region_id.in_(branch_of(region.id)))
        .options(selectinload(Inventory.findings), joinedload(Inventory.region))
        .order_by(Inventory.held_on.is_(None), Inventory.held_on.desc(), Inventory.id.desc())
    )
    return list(db.session.scalars(query))


def get_inventory(inventory_id: int) -> Inventory | None:
    query = (
        select(Inventory)
        .where(Inventory.id == inventory_id)
        .options(selectinload(Inventory.findings), joinedload(Inventory.region))
    )
    return db.session.scalar(query)


def list_judged_in(inventory: Inventory) -> list[MeasureMaturity]:
    """Return what was judged in an inventory, by organisation and measure."""
    query = (
        select(MeasureMaturity)
        .join(MeasureMaturity.organisation)
        .join(MeasureMaturity.measure)
        .where(MeasureMaturity.inventory_id == inventory.id)
        .options(joinedload(MeasureMaturity.organisation), joinedload(MeasureMaturity.measure))
        .order_by(Organisation.name, Organisation.id, Measure.position, MeasureMaturity.id)
    )
    return list(db.session.scalars(query))


def _has_joined(joined_on: date | None, day: date) -> bool:
    return joined_on is None or joined_on <= day


def _partners(branch: Collection[int], day: date) -> list[RegionPartner]:
    """Return who has not left by a day, by name, whether or not it had joined by then."""
    query = (
        select(RegionPartner)
        .join(RegionPartner.organisation)
        .where(
            RegionPartner.region_id.in_(branch),
            RegionPartner.left_on.is_(None) | (RegionPartner.left_on >= day),
        )
        .options(joinedload(RegionPartner.organisation))
        .order_by(Organisation.name, Organisation.id, RegionPartner.id)
    )
    return list(db.session.scalars(query))


def _levels(
    branch: Collection[int], organisations: Collection[int], day: date
) -> dict[Place, MeasureMaturity]:
    query = (
        select(MeasureMaturity)
        .where(
            MeasureMaturity.region_id.in_(branch),
            MeasureMaturity.organisation_id.in_(organisations),
            MeasureMaturity.assessed_on <= day,
        )
        .options(joinedload(MeasureMaturity.inventory))
        .order_by(MeasureMaturity.assessed_on, MeasureMaturity.id)
    )
    key = same_measures().key
    # of one place the last one stays
    return {(one.organisation_id, key(one.measure_id)): one for one in db.session.scalars(query)}


def _all_members(programme: Programme, day: date) -> Mapping[int, dict[int, bool]]:
    """Return, by region, who has not left by a day, and whether it had joined by then."""
    holder = standing().holder_of(RegionPartner.region_id, day)
    rows = db.session.execute(
        select(holder, RegionPartner.organisation_id, RegionPartner.joined_on)
        .join(RegionPartner.region)
        .where(
            Region.programme_id == programme.id,
            RegionPartner.left_on.is_(None) | (RegionPartner.left_on >= day),
        )
        .order_by(RegionPartner.id)
    )
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for region_id, organisation_id, joined_on in rows:
        has_joined = found[region_id].get(organisation_id, False)
        found[region_id][organisation_id] = has_joined or _has_joined(joined_on, day)
    return found


def _all_levels(programme: Programme, day: date) -> Mapping[int, dict[Place, int]]:
    holder = standing().holder_of(MeasureMaturity.region_id, day)
    rows = db.session.execute(
        select(
            holder,
            MeasureMaturity.organisation_id,
            key_of(MeasureMaturity.measure_id),
            MeasureMaturity.level,
        )
        .join(MeasureMaturity.region)
        .where(Region.programme_id == programme.id, MeasureMaturity.assessed_on <= day)
        .order_by(MeasureMaturity.assessed_on, MeasureMaturity.id)
    )
    found: dict[int, dict[Place, int]] = defaultdict(dict)
    for region_id, organisation_id, key, level in rows:
        found[region_id][organisation_id, key] = level
    return found


def _holding_regions(programme: Programme, day: date) -> list[Region]:
    query = (
        select(Region).where(Region.programme_id == programme.id).order_by(Region.name, Region.id)
    )
    stands = standing()
    return [one for one in db.session.scalars(query) if stands.holder(one.id, day) == one.id]
