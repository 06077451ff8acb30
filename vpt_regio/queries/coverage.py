"""Which measures the regions work on: the map of regions and measures, without drafts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select

from vpt_regio import clock
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityMeasure,
    ActivityVersion,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.same_entries import key_of, same_measures, with_kept
from vpt_regio.standing import standing

HIDDEN = (ActionPlanStatus.DRAFT, ActionPlanStatus.WITHDRAWN)
# of two versions of a plan the first of these counts, else the newest
HOLDING = (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED)


@dataclass(frozen=True)
class ShownVersion:
    """The version of a plan that counts, and whose plan it is."""

    id: int
    plan_id: int
    version_no: int
    status: ActionPlanStatus
    region_id: int


@dataclass(frozen=True)
class CoveragePart:
    """What one version says of a measure; without an activity it may be left out with a reason."""

    version: ShownVersion
    activities: int
    is_exempt: bool


@dataclass(frozen=True)
class CoverageCell:
    """A region and a measure; more than one part only where regions went up in one."""

    measure: Measure
    parts: tuple[CoveragePart, ...]

    @property
    def activities(self) -> int:
        return sum(part.activities for part in self.parts)

    @property
    def is_exempt(self) -> bool:
        return self.activities == 0 and any(part.is_exempt for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return self.activities == 0 and not self.is_exempt


@dataclass(frozen=True)
class CoverageRow:
    """A region with its cells, in the order of the measures; no versions: there is no plan."""

    region: Region
    versions: tuple[ShownVersion, ...]
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True)
class CoverageMap:
    """The measures as columns and the regions as rows."""

    measures: tuple[Measure, ...]
    rows: tuple[CoverageRow, ...]

    def regions_with(self, measure: Measure) -> int:
        """Return how many regions have an activity on a measure."""
        cells = [cell for row in self.rows for cell in row.cells if cell.measure is measure]
        return sum(cell.activities > 0 for cell in cells)


def coverage_map(programme: Programme) -> CoverageMap:
    """Return every region by name with its measures; a merged one counts under its successor.

    An activity on a measure of an earlier list counts for the same measure of today. Six queries
    at most, and what stands of mergers and holds.
    """
    stands, today = standing(), clock.today()
    by_holder: dict[int, list[ShownVersion]] = defaultdict(list)
    for version in _shown_versions(programme):
        by_holder[stands.holder(version.region_id, today)].append(version)
    shown = [version.id for versions in by_holder.values() for version in versions]
    counts, exempt = _activities(shown), _exemptions(shown)
    measures = _measures(programme, today, {key for _version, key in counts})
    rows = []
    for region in _regions(programme):
        if stands.holder(region.id, today) != region.id:
            continue
        versions = tuple(by_holder[region.id])
        cells = tuple(_cell(measure, versions, counts, exempt) for measure in measures)
        rows.append(CoverageRow(region, versions, cells))
    return CoverageMap(measures, tuple(rows))


def _cell(
    measure: Measure,
    versions: Iterable[ShownVersion],
    counts: Counter[tuple[int, int]],
    exempt: Collection[tuple[int, int]],
) -> CoverageCell:
    key = same_measures().key(measure.id)
    parts = [
        CoveragePart(version, counts[version.id, key], (version.id, key) in exempt)
        for version in versions
    ]
    return CoverageCell(measure, tuple(parts))


def _shown_versions(programme: Programme) -> list[ShownVersion]:
    """Return one version a region: of its last plan, the one that holds or was submitted last."""
    rows = db.session.execute(
        select(
            PlanVersion.id,
            PlanVersion.action_plan_id,
            PlanVersion.version_no,
            PlanVersion.status,
            ActionPlan.region_id,
            Covenant.id.label("covenant_id"),
            Covenant.signed_on,
        )
        .join(PlanVersion.plan)
        .join(ActionPlan.covenant)
        .where(Covenant.programme_id == programme.id, PlanVersion.status.not_in(HIDDEN))
        .order_by(PlanVersion.id)
    )
    best: dict[int, tuple[tuple[date, int, int, int], ShownVersion]] = {}
    for row in rows:
        holds = -HOLDING.index(row.status) if row.status in HOLDING else -len(HOLDING)
        rank = (row.signed_on or date.min, row.covenant_id, holds, row.version_no)
        version = ShownVersion(
            row.id, row.action_plan_id, row.version_no, row.status, row.region_id
        )
        if row.region_id not in best or rank > best[row.region_id][0]:
            best[row.region_id] = (rank, version)
    return [version for _rank, version in best.values()]


def _activities(version_ids: Collection[int]) -> Counter[tuple[int, int]]:
    """Return how many activities there are by (version, key of the measure)."""
    key = key_of(ActivityMeasure.measure_id).label("key")
    rows = db.session.execute(
        select(
            ActivityVersion.plan_version_id,
            key,
            func.count(distinct(ActivityMeasure.activity_version_id)).label("number"),
        )
        .join(ActivityMeasure, ActivityMeasure.activity_version_id == ActivityVersion.id)
        .where(ActivityVersion.plan_version_id.in_(version_ids))
        .group_by(ActivityVersion.plan_version_id, key)
    )
    return Counter({(row.plan_version_id, row.key): row.number for row in rows})


def _exemptions(version_ids: Collection[int]) -> set[tuple[int, int]]:
    key = same_measures().key
    rows = db.session.execute(
        select(MeasureExemption.plan_version_id, MeasureExemption.measure_id).where(
            MeasureExemption.plan_version_id.in_(version_ids)
        )
    )
    return {(row.plan_version_id, key(row.measure_id)) for row in rows}


def _measures(programme: Programme, day: date, used: Collection[int]) -> tuple[Measure, ...]:
    """Return the measures of a day, and older ones on which a plan still works.

    `used` are keys of measures: the last entry of each, whose words are shown.
    """
    listed, key = list_measures(programme, on=day), same_measures().key
    missing = set(used) - {key(measure.id) for measure in listed}
    older = db.session.scalars(select(Measure).where(Measure.id.in_(missing))) if missing else ()
    shown = with_kept(listed, older)
    return tuple(sorted(shown, key=lambda measure: (measure.position, measure.id)))


def _regions(programme: Programme) -> list[Region]:
    return list(
        db.session.scalars(
            select(Region)
            .where(Region.programme_id == programme.id)
            .order_by(Region.name, Region.id)
        )
    )
