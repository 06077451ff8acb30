"""Regions: the register, their life cycle, and mergers that history brings along."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import TerritoryType
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.tiles import TILE_CODES
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.regions import REGION, RegionStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.covenants import Covenant, CovenantRegion
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionMerger, RegionTile
from vpt_regio.queries.lineage import branch_of
from vpt_regio.services import audit, transitions

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_CODE = 60


def create_region(
    programme: Programme,
    *,
    code: str,
    name: str,
    territory_type: TerritoryType,
    actor: Person,
    former_names: str = "",
    designated: FuzzyDate | None = None,
    portfolio_holder: str = "",
    source: str = "",
    tiles: Collection[str] = (),
) -> Region:
    """Add a region that is being explored.

    Raises NotAllowed, or every reason together why its values are not acceptable.
    """
    role = policies.require(actor, Permission.REGION_MANAGE)
    raise_all(
        _code_errors(programme, code)
        + _name_errors(programme, name, None)
        + _designation_errors(designated)
        + _tile_errors(tiles)
    )
    region = Region(
        programme_id=programme.id,
        code=code,
        status=RegionStatus(REGION.initial),
        name=name,
        territory_type=territory_type,
        former_names=former_names,
        portfolio_holder=portfolio_holder,
        source=source,
        tiles=[RegionTile(tile=tile) for tile in sorted(set(tiles))],
    )
    _set_designated(region, designated)
    db.session.add(region)
    db.session.flush()
    audit.record("region.created", region, actor=actor, role=role, details=_values(region))
    return region


def change_region(
    region: Region,
    *,
    name: str,
    territory_type: TerritoryType,
    actor: Person,
    expected_version: int | None = None,
    former_names: str = "",
    designated: FuzzyDate | None = None,
    portfolio_holder: str = "",
    source: str = "",
    tiles: Collection[str] = (),
) -> Region:
    """Change a region; its code never changes, because addresses and files name it."""
    role = policies.require(actor, Permission.REGION_MANAGE, region)
    transitions.check_version(region, expected_version)
    programme = db.session.get_one(Programme, region.programme_id)
    raise_all(
        _name_errors(programme, name, region)
        + _designation_errors(designated)
        + _tile_errors(tiles)
    )
    before = _values(region)
    region.name = name
    region.territory_type = territory_type
    region.former_names = former_names
    region.portfolio_holder = portfolio_holder
    region.source = source
    _set_designated(region, designated)
    _set_tiles(region, tiles)
    db.session.flush()
    after = _values(region)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("region.changed", region, actor=actor, role=role, details=details)
    return region


def step(
    region: Region,
    code: str,
    *,
    actor: Person,
    note: str = "",
    expected_version: int | None = None,
) -> TransitionRecord:
    """Designate, end, or continue a region without money of the state.

    Raises WrongState when it still has a covenant in force and is to end.
    """
    _refuse_with_covenant(region, code)
    return transitions.apply(
        region,
        code,
        workflow=REGION,
        actor=actor,
        inputs={"note": note},
        expected_version=expected_version,
    )


def record_historic_merger(
    successor: Region,
    predecessors: Sequence[Region],
    *,
    merged: FuzzyDate,
    reason: str,
    actor: Person,
) -> RegionMerger:
    """Write down that regions went up in another one, for history that is loaded.

    The predecessors become merged; their records stay. Raises Invalid when one is the successor
    or there is none, Conflict when one was merged before, WrongState when one never ran.
    """
    role = policies.require(actor, Permission.REGION_MANAGE, successor)
    _check_predecessors(successor, predecessors)
    merger = RegionMerger(
        programme_id=successor.programme_id,
        successor=successor,
        predecessors=list(predecessors),
        merged_on=merged.on,
        merged_precision=merged.precision.value,
        merged_words=merged.words,
        reason=reason,
    )
    db.session.add(merger)
    db.session.flush()
    for region in predecessors:
        _become_merged(region, merger, actor=actor, role=role)
    names = ", ".join(region.name for region in predecessors)
    details = {"regions": names, "merged": merged.display(), "note": reason}
    audit.record("region.merger_received", successor, actor=actor, role=role, details=details)
    return merger


def _become_merged(region: Region, merger: RegionMerger, *, actor: Person, role: Role) -> None:
    before = region.status
    region.status = RegionStatus.MERGED
    db.session.flush()
    entry = audit.record(
        "region.merged",
        region,
        actor=actor,
        role=role,
        details={"before": before, "successor": merger.successor.name, "note": merger.reason},
    )
    db.session.add(
        TransitionRecord(
            workflow=REGION.code,
            subject_id=region.id,
            transition="merge",
            from_state=before,
            to_state=RegionStatus.MERGED,
            effective_on=merger.merged_on or clock.today(),
            at=entry.at,
            actor_id=actor.id,
            actor_role=role,
            note=merger.reason,
            audit_seq=entry.seq,
        )
    )
    db.session.flush()


def _check_predecessors(successor: Region, predecessors: Sequence[Region]) -> None:
    if not predecessors or successor in predecessors:
        raise Invalid(N_("Kies de regio's die zijn samengevoegd, zonder de nieuwe regio zelf."))
    if successor.merger is not None:
        raise Conflict(
            N_("Regio %(region)s is al eerder opgegaan in een andere regio."),
            params={"region": successor.name},
        )
    for region in predecessors:
        if region.programme_id != successor.programme_id:
            raise Invalid(N_("De regio's horen niet bij hetzelfde programma."))
        if region.merger is not None:
            raise Conflict(
                N_("Regio %(region)s is al eerder opgegaan in een andere regio."),
                params={"region": region.name},
            )
        if region.status is not RegionStatus.ACTIVE:
            raise WrongState(
                N_("Regio %(region)s was niet actief en kan dus niet samengevoegd zijn."),
                params={"region": region.name},
            )


def _refuse_with_covenant(region: Region, code: str) -> None:
    """Refuse to end a region whose covenant still runs: the covenant has to end first.

    The covenants of what went up in the region are its covenants too.
    """
    if REGION.transition(code).target not in (
        RegionStatus.ENDED,
        RegionStatus.CONTINUED_UNFUNDED,
    ):
        return
    covenants = db.session.scalars(
        select(Covenant)
        .join(CovenantRegion, CovenantRegion.covenant_id == Covenant.id)
        .where(
            CovenantRegion.region_id.in_(branch_of(region.id)),
            Covenant.status == CovenantStatus.IN_FORCE,
        )
        .order_by(Covenant.id)
    )
    for covenant in covenants:
        end = covenant.last_day
        if end is None or end >= clock.today():
            raise WrongState(
                N_("Convenant %(number)s van deze regio is nog van kracht. Wacht tot het afloopt."),
                params={"number": covenant.number},
            )


def _code_errors(programme: Programme, code: str) -> list[DomainError]:
    if len(code) > MAX_CODE or not CODE.fullmatch(code):
        return [
            Invalid(
                N_(
                    "Gebruik voor de code alleen kleine letters, cijfers en streepjes"
                    " ertussen, bijvoorbeeld noord-holland."
                ),
                field="code",
            )
        ]
    taken = select(Region.id).where(Region.programme_id == programme.id, Region.code == code)
    if db.session.scalar(taken) is not None:
        return [DuplicateValue(N_("Deze code is al in gebruik."), field="code")]
    return []


def _name_errors(programme: Programme, name: str, besides: Region | None) -> list[DomainError]:
    if not name.strip():
        return [Invalid(N_("Vul de naam van de regio in."), field="name")]
    query = select(Region.id).where(Region.programme_id == programme.id, Region.name == name)
    others = [
        found for found in db.session.scalars(query) if besides is None or found != besides.id
    ]
    if others:
        return [DuplicateValue(N_("Er is al een regio met deze naam."), field="name")]
    return []


def _tile_errors(tiles: Collection[str]) -> list[DomainError]:
    if set(tiles) <= TILE_CODES:
        return []
    return [Invalid(N_("Kies alleen vakken die op de kaart staan."), field="tile_codes")]


def _designation_errors(designated: FuzzyDate | None) -> list[DomainError]:
    if designated is None or designated.on is None or designated.on <= clock.today():
        return []
    return [
        Invalid(
            N_("Deze dag ligt in de toekomst. Vul in wanneer de regio is aangewezen."),
            field="designated",
        )
    ]


def _set_designated(region: Region, designated: FuzzyDate | None) -> None:
    region.designated_on = designated.on if designated else None
    region.designated_precision = designated.precision.value if designated else None
    region.designated_words = designated.words if designated else ""


def _set_tiles(region: Region, tiles: Collection[str]) -> None:
    kept = [tile for tile in region.tiles if tile.tile in tiles]
    present = {tile.tile for tile in kept}
    for gone in [tile for tile in region.tiles if tile.tile not in tiles]:
        db.session.delete(gone)
    region.tiles = kept + [RegionTile(tile=tile) for tile in sorted(set(tiles) - present)]


def _values(region: Region) -> dict[str, Any]:
    return {
        "code": region.code,
        "name": region.name,
        "territory_type": region.territory_type,
        "former_names": region.former_names,
        "designated": region.designated.display() if region.designated else "",
        "portfolio_holder": region.portfolio_holder,
        "source": region.source,
        "tiles": sorted(tile.tile for tile in region.tiles),
    }
