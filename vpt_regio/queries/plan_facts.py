"""What follows from the content of a plan version: gaps, coverage of the measures, and money."""

from collections import Counter
from dataclasses import dataclass

from vpt_regio import clock
from vpt_regio.domain.enums import ExemptionVerdict, Phase, PlanSection
from vpt_regio.domain.money import split_by_weight
from vpt_regio.domain.rules.completeness import (
    ActivityFacts,
    Gap,
    PlanFacts,
    RemarkFacts,
    find_gaps,
)
from vpt_regio.domain.rules.measures import Coverage, MeasureCoverage, coverage
from vpt_regio.domain.rules.remarks import shortened
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.models.action_plans import ActivityVersion, MeasureExemption, PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.remarks import list_unanswered, list_verdicts
from vpt_regio.queries.same_entries import same_measures


@dataclass(frozen=True)
class MeasureRow:
    """A measure in a plan: the activities on it and their part of the budget, in cents."""

    measure: Measure
    coverage: MeasureCoverage
    activities: tuple[ActivityVersion, ...]
    cents: int


@dataclass(frozen=True)
class Findings:
    """What is to be said of a version: its gaps and its measures, from one reading."""

    gaps: tuple[Gap, ...]
    measures: tuple[MeasureRow, ...]

    def gaps_in(self, section: PlanSection) -> list[Gap]:
        return [gap for gap in self.gaps if gap.section is section]

    @property
    def covered(self) -> int:
        return sum(row.coverage.is_covered for row in self.measures)


def measures_of(version: PlanVersion) -> list[Measure]:
    """Return the list of measures that a version answers to.

    A draft answers to the list of today, a submitted version to the one of that day.
    """
    day = version.submitted_on or clock.today()
    return list_measures(version.plan.region.programme, on=day)


def find_all(version: PlanVersion) -> Findings:
    """Return the gaps and the coverage of a version."""
    measures = measures_of(version)
    return Findings(
        gaps=tuple(find_gaps(_facts(version, measures))),
        measures=tuple(_measure_rows(version, measures)),
    )


def gaps_of(version: PlanVersion) -> list[Gap]:
    """Return what a version lacks before it can be submitted."""
    return find_gaps(_facts(version, measures_of(version)))


def cents_by_phase(version: PlanVersion) -> dict[Phase, int]:
    """Return the budget of a version in cents for each phase, those without money included."""
    cents = dict.fromkeys(Phase, 0)
    for line in version.budget_lines:
        cents[line.phase] += line.amount_cents
    return cents


def available_cents(version: PlanVersion) -> int | None:
    """Return the money for a plan in cents, or None when the advance is not known.

    That is the region's share of advance and signed supplements, plus the other funding.
    """
    plan = version.plan
    share = plan.covenant.share_of(plan.region_id, plan.covenant.available_cents)
    return None if share is None else share + version.other_funding_cents


def _facts(version: PlanVersion, measures: list[Measure]) -> PlanFacts:
    # ids, because a code says nothing without the list that it stands in
    listed = {str(measure.id): measure.name for measure in measures}
    places = _places(version, measures)
    rejected = (places.get(measure_id) for measure_id in rejected_reasons(version))
    return PlanFacts(
        has_problem_analysis=bool(version.problem_analysis.strip()),
        has_approach=bool(version.approach.strip()),
        has_embedding=bool(version.embedding.strip()),
        agreement_analysis=version.consensus_analysis,
        agreement_approach=version.consensus_approach,
        activities=tuple(_activity_facts(activity, places) for activity in version.activities),
        measures=listed,
        exemptions=_exemptions(version, places),
        rejected=frozenset(str(place) for place in rejected if place is not None),
        budget_lines=tuple(line.amount_cents for line in version.budget_lines),
        unanswered=_unanswered(version),
    )


def _places(version: PlanVersion, measures: list[Measure]) -> dict[int, int]:
    """Return, for what a version says of a measure, the measure of the list that it is about."""
    links = [link.measure_id for activity in version.activities for link in activity.measures]
    links += [exemption.measure_id for exemption in version.exemptions]
    return same_measures().counterparts(links, [measure.id for measure in measures])


def rejected_reasons(version: PlanVersion) -> dict[int, MeasureExemption]:
    """Return by measure what was not accepted in an earlier version and still reads the same.

    Only a draft can be put right; what is or was judged lacks nothing in this respect.
    """
    if version.status is not ActionPlanStatus.DRAFT:
        return {}
    key = same_measures().key
    last = {key(one.measure_id): one for one in list_verdicts(version.plan, before=version)}
    return {
        exemption.measure_id: verdict
        for exemption in version.exemptions
        if (verdict := last.get(key(exemption.measure_id))) is not None
        and verdict.verdict is ExemptionVerdict.REJECTED
        and verdict.reason == exemption.reason
    }


def _unanswered(version: PlanVersion) -> tuple[RemarkFacts, ...]:
    if version.status is not ActionPlanStatus.DRAFT:
        return ()
    return tuple(
        RemarkFacts(str(remark.id), remark.section, shortened(remark.body))
        for remark in list_unanswered(version.plan)
    )


def _activity_facts(activity: ActivityVersion, places: dict[int, int]) -> ActivityFacts:
    return ActivityFacts(
        number=activity.activity.number,
        title=activity.title,
        has_dates=activity.starts_on is not None and activity.ends_on is not None,
        has_owner=activity.owner_id is not None,
        is_awareness=activity.is_awareness,
        measures=frozenset(
            str(places[link.measure_id]) for link in activity.measures if link.measure_id in places
        ),
    )


def _exemptions(version: PlanVersion, places: dict[int, int]) -> dict[str, str]:
    return {
        str(places[exemption.measure_id]): exemption.reason
        for exemption in version.exemptions
        if exemption.measure_id in places
    }


def _measure_rows(version: PlanVersion, measures: list[Measure]) -> list[MeasureRow]:
    places = _places(version, measures)
    on_measure: dict[int, list[ActivityVersion]] = {measure.id: [] for measure in measures}
    cents: Counter[int] = Counter()
    for activity in version.activities:
        for measure_id, phases in cost_by_measure(activity).items():
            place = places.get(measure_id)
            if place is None:
                continue
            cents[place] += sum(phases.values())
            if activity not in on_measure[place]:
                on_measure[place].append(activity)
    found: Coverage = coverage(
        [str(measure.id) for measure in measures],
        {str(measure.id): len(on_measure[measure.id]) for measure in measures},
        _exemptions(version, places),
    )
    return [
        MeasureRow(measure, row, tuple(on_measure[measure.id]), cents[measure.id])
        for measure, row in zip(measures, found.rows, strict=True)
    ]


def cost_by_measure(activity: ActivityVersion) -> dict[int, dict[Phase, int]]:
    """Split the budget of an activity over its measures by weight, phase by phase, in cents.

    The parts of each phase sum to it; an activity without a measure has no parts.
    """
    weights = [link.weight for link in activity.measures]
    parts: dict[int, dict[Phase, int]] = {link.measure_id: {} for link in activity.measures}
    if not weights:
        return parts
    for phase in Phase:
        lines = [line.amount_cents for line in activity.budget_lines if line.phase is phase]
        for link, cents in zip(
            activity.measures, split_by_weight(sum(lines), weights), strict=True
        ):
            parts[link.measure_id][phase] = cents
    return parts
