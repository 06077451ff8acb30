"""What a plan costs, by measure and phase, against the money that there is for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from vpt_regio.domain.enums import Phase
from vpt_regio.domain.rules.sufficiency import supplement_needed
from vpt_regio.domain.text import N_
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.plan_facts import cost_by_measure, measures_of
from vpt_regio.queries.same_entries import same_measures

WITHOUT_MEASURE = N_("Activiteiten zonder maatregel")
WHOLE_PLAN = N_("Regels voor het hele plan")


@dataclass(frozen=True)
class CostRow:
    """What one measure costs, in cents by phase; `name` says what else it is without a measure."""

    measure: Measure | None
    name: str
    phases: Mapping[Phase, int]

    @property
    def total(self) -> int:
        return sum(self.phases.values())


@dataclass(frozen=True)
class Funding:
    """The money for a plan in cents: the region's share of advance and signed supplements, and
    what others give. The first two are None when the advance is not known.
    """

    advance: int | None
    supplements: int | None
    other: int

    @property
    def total(self) -> int | None:
        if self.advance is None or self.supplements is None:
            return None
        return self.advance + self.supplements + self.other


@dataclass(frozen=True)
class CostTable:
    """Every cent of a budget once, and the money that stands against it."""

    rows: tuple[CostRow, ...]
    funding: Funding

    @property
    def phases(self) -> dict[Phase, int]:
        return {phase: sum(row.phases[phase] for row in self.rows) for phase in Phase}

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def left(self) -> int | None:
        """What is left of the money, negative for what is too little; None when not known."""
        return None if self.funding.total is None else self.funding.total - self.total


def cost_table(version: PlanVersion) -> CostTable:
    """Return the costs of a loaded version by measure and phase; the rows sum to its budget."""
    costs: dict[int, dict[Phase, int]] = {}
    key = same_measures().key
    names: dict[int, Measure] = {key(measure.id): measure for measure in measures_of(version)}
    without, whole = dict.fromkeys(Phase, 0), dict.fromkeys(Phase, 0)
    for activity in version.activities:
        for link in activity.measures:
            names.setdefault(key(link.measure_id), link.measure)
        for measure_id, phases in cost_by_measure(activity).items():
            _add(costs.setdefault(key(measure_id), dict.fromkeys(Phase, 0)), phases)
    unlinked = {activity.id for activity in version.activities if not activity.measures}
    for line in version.budget_lines:
        if line.activity_version_id is None:
            whole[line.phase] += line.amount_cents
        elif line.activity_version_id in unlinked:
            without[line.phase] += line.amount_cents
    rows = [
        CostRow(measure, measure.name, costs.get(number, dict.fromkeys(Phase, 0)))
        for number, measure in names.items()
    ]
    others = [CostRow(None, WITHOUT_MEASURE, without), CostRow(None, WHOLE_PLAN, whole)]
    return CostTable((*rows, *(row for row in others if row.total)), funding_of(version))


def funding_of(version: PlanVersion) -> Funding:
    """Return the money for a version, by where it comes from."""
    plan, covenant = version.plan, version.plan.covenant
    advance = covenant.share_of(plan.region_id, covenant.advance_cents)
    together = covenant.share_of(plan.region_id, covenant.available_cents)
    supplements = None if advance is None or together is None else together - advance
    return Funding(advance, supplements, version.other_funding_cents)


def supplement_for(version: PlanVersion) -> int:
    """Return the supplement in cents that covers what the sufficiency check found too little.

    0 when nothing was found too little. A supplement is divided over the regions of a covenant,
    so it is more than the shortfall when there are more of them.
    """
    check, plan = version.sufficiency, version.plan
    if check is None or not check.shortfall_cents:
        return 0
    return supplement_needed(check.shortfall_cents, part=plan.covenant.part_of(plan.region_id))


def _add(cents: dict[Phase, int], more: Mapping[Phase, int]) -> None:
    for phase, amount in more.items():
        cents[phase] += amount
