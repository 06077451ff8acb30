"""Merging regions with proof that nothing is lost, and undoing it.

Nothing moves: from the day of a merger on, what belongs to the predecessors counts for the
successor. The figures before and after are compared inside the unit of work.
"""

from collections.abc import Sequence
from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.mergers import ProofRow, as_stored, differences
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.regions import REGION, RegionStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    Invalid,
    PeriodFrozen,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.mergers import FIGURE_LABELS, locked_since, proof, regions_of_proof, snapshot
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words

FEWEST = 2
SUCCESSOR_STATES = (RegionStatus.EXPLORING, RegionStatus.ACTIVE)


def merge_regions(
    successor: Region,
    predecessors: Sequence[Region],
    *,
    merged_on: date,
    reason: str,
    actor: Person,
    words: str = "",
) -> RegionMerger:
    """Let regions go up in another one from a day on; a successor in exploration is designated.

    `words` are those of a source that gives no exact day: then the day is the one to work with.
    Raises NotAllowed, every reason together why it cannot be, or WrongState when a figure of the
    proof would change: then nothing is stored.
    """
    check_merger(successor, predecessors, merged_on=merged_on, actor=actor)
    role = policies.require(actor, Permission.REGION_MERGE, successor)
    if not reason.strip():
        raise Invalid(N_("Vul in waarom de regio's worden samengevoegd."), field="reason")
    regions = regions_of_proof(successor, predecessors)
    before = snapshot(regions)
    if successor.status is RegionStatus.EXPLORING:
        _designate(successor, merged_on, actor=actor)
    vague_day = FuzzyDate(merged_on, Precision.HALF, words)
    day = vague_day if words else FuzzyDate.exactly(merged_on)
    merger = RegionMerger(
        programme_id=successor.programme_id,
        successor=successor,
        predecessors=list(predecessors),
        merged_on=merged_on,
        merged_precision=day.precision.value,
        merged_words=day.words,
        reason=reason.strip(),
    )
    db.session.add(merger)
    db.session.flush()
    inputs = {"successor": successor.name, "note": merger.reason}
    for region in predecessors:
        transitions.apply(
            region, "merge", workflow=REGION, actor=actor, inputs=inputs, effective_on=merged_on
        )
    rows = proof(before, snapshot(regions))
    _require_equal(rows)
    merger.report = as_stored(rows, _names(regions))
    db.session.flush()
    details = {"regions": _listed(predecessors), "merged": day.display(), "note": merger.reason}
    audit.record("region.merged_into_this", successor, actor=actor, role=role, details=details)
    return merger


def check_merger(
    successor: Region, predecessors: Sequence[Region], *, merged_on: date, actor: Person
) -> None:
    """Raise NotAllowed, or every reason together why these regions cannot merge on a day."""
    for region in (successor, *predecessors):
        policies.require(actor, Permission.REGION_MERGE, region)
    raise_all(
        _successor_errors(successor)
        + _predecessor_errors(successor, predecessors)
        + _day_errors(successor, merged_on)
    )


def undo_merger(merger: RegionMerger, *, reason: str, actor: Person) -> RegionMerger:
    """Let the predecessors stand on their own again; what the successor recorded stays there.

    Raises NotAllowed, Conflict when it was undone before, Invalid without a reason, PeriodFrozen
    when a half-year was frozen since, or WrongState when a figure would change.
    """
    role = policies.require(actor, Permission.REGION_MERGE, merger)
    _require_standing(merger)
    if not reason.strip():
        raise Invalid(N_("Vul in waarom u de samenvoeging ongedaan maakt."), field="reason")
    predecessors = list(merger.predecessors)
    regions = regions_of_proof(merger.successor, predecessors)
    before = snapshot(regions)
    # it is as if it never was, also seen from a day in between
    effective_on = merger.merged_on or clock.today()
    inputs = {"successor": merger.successor.name, "note": reason.strip()}
    for region in predecessors:
        transitions.apply(
            region,
            "unmerge",
            workflow=REGION,
            actor=actor,
            inputs=inputs,
            effective_on=effective_on,
        )
    merger.undone_on = clock.today()
    merger.undo_reason = reason.strip()
    merger.predecessors = []
    db.session.flush()
    after = snapshot(regions)
    _require_equal(proof(before, after))
    if not merger.report:
        merger.report = as_stored(proof(after, before), _names(regions))
    details = {"regions": _listed(predecessors), "note": merger.undo_reason}
    audit.record("region.merger_undone", merger.successor, actor=actor, role=role, details=details)
    return merger


def undo_refusals(merger: RegionMerger, *, actor: Person) -> list[DomainError]:
    """Return why undoing a merger would be refused now; an empty list means it would succeed."""
    try:
        _require_standing(merger)
    except Conflict as error:
        return [error]
    region = merger.predecessors[0]
    return transitions.blockers(region, "unmerge", workflow=REGION, actor=actor)


def _require_standing(merger: RegionMerger) -> None:
    if merger.undone_on is not None or not merger.predecessors:
        raise Conflict(N_("Deze samenvoeging is al ongedaan gemaakt."))


@transitions.guard(REGION, Guard.NO_FROZEN_PERIOD)
def _no_frozen_period(region: Region, _actor: Person) -> list[DomainError]:
    merger = region.merger
    if merger is None:
        return []
    return [
        PeriodFrozen(
            N_(
                "Het halfjaar %(period)s is sinds de samenvoeging vastgezet of verstuurd."
                " De samenvoeging kan niet meer ongedaan worden gemaakt."
            ),
            params={"period": period.code},
        )
        for period in locked_since(region.programme_id, merger.merged_on)[:1]
    ]


def _designate(successor: Region, merged_on: date, *, actor: Person) -> None:
    if successor.designated is None:
        successor.designated_on = merged_on
        successor.designated_precision = FuzzyDate.exactly(merged_on).precision.value
    note = {"note": N_("Aangewezen bij de samenvoeging.")}
    transitions.apply(
        successor, "designate", workflow=REGION, actor=actor, inputs=note, effective_on=merged_on
    )


def _require_equal(rows: list[ProofRow]) -> None:
    codes = differences(rows)
    if codes:
        raise WrongState(
            N_(
                "Niet alles is na de samenvoeging gelijk aan ervoor (%(figures)s)."
                " Er is niets opgeslagen."
            ),
            params={"figures": ", ".join(FIGURE_LABELS[code] for code in codes)},
        )


def _successor_errors(successor: Region) -> list[DomainError]:
    if successor.status in SUCCESSOR_STATES and successor.merger is None:
        return []
    return [
        WrongState(
            N_("Regio %(region)s is niet actief en ook niet in verkenning. Kies een andere regio."),
            field="successor",
            params={"region": successor.name},
        )
    ]


def _predecessor_errors(successor: Region, predecessors: Sequence[Region]) -> list[DomainError]:
    errors: list[DomainError] = []
    if successor in predecessors:
        errors.append(
            Invalid(
                N_("De nieuwe regio kan niet in zichzelf opgaan. Kies alleen de andere regio's."),
                field="predecessors",
            )
        )
    if len(set(predecessors)) < FEWEST:
        errors.append(
            Invalid(N_("Kies minstens twee regio's die samengaan."), field="predecessors")
        )
    for region in predecessors:
        if region.programme_id != successor.programme_id:
            errors.append(
                Invalid(N_("De regio's horen niet bij hetzelfde programma."), field="predecessors")
            )
        elif region.status is not RegionStatus.ACTIVE or region.merger is not None:
            errors.append(
                WrongState(
                    N_("Regio %(region)s is niet actief en kan dus niet opgaan in een andere."),
                    field="predecessors",
                    params={"region": region.name},
                )
            )
    return errors


def _day_errors(successor: Region, merged_on: date) -> list[DomainError]:
    if merged_on > clock.today():
        return [
            Invalid(
                N_("De dag ligt in de toekomst. Leg een samenvoeging vast als die er is."),
                field="merged_on",
            )
        ]
    return [
        PeriodFrozen(
            N_("Het halfjaar %(period)s is vastgezet of verstuurd. Kies een dag na %(end)s."),
            field="merged_on",
            params={"period": period.code, "end": day_in_words(period.ends_on)},
        )
        for period in locked_since(successor.programme_id, merged_on)[-1:]
    ]


def _names(regions: Sequence[Region]) -> dict[int, tuple[str, str]]:
    return {region.id: (region.code, region.name) for region in regions}


def _listed(regions: Sequence[Region]) -> str:
    return ", ".join(region.name for region in regions)
