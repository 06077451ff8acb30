"""Judging how far an organisation is with the measures; a judgement is never changed or removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.maturity import LEVELS, needs_evidence
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.maturity import Inventory, MeasureMaturity
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.maturity import levels_of, list_assessable
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.services import audit
from vpt_regio.services.plan_parts import PlanPart, cleaned, require_same


@dataclass(frozen=True)
class Judgement:
    """What was filled in for one measure; no level means that it was not judged."""

    level: int | None
    evidence: str = ""


def judgements_part(region: Region, organisation: Organisation, day: date) -> PlanPart:
    """Return what the form of an organisation shows, under the names of its fields."""
    return PlanPart(lambda: _shown(region, organisation, day))


def record_levels(
    region: Region,
    *,
    organisation_id: int | None,
    assessed_on: date | None,
    judgements: Mapping[int, Judgement],
    actor: Person,
    inventory_id: int | None = None,
    expected_version: int | None = None,
) -> list[MeasureMaturity]:
    """Write down the levels of an organisation on a day, by the id of the measure.

    Only what differs from the level that holds on that day is stored. Raises all that is wrong at
    once; the field of a level is `level_<id>`, that of what shows it `evidence_<id>`.
    """
    role = policies.require(actor, Permission.MATURITY_RECORD, region)
    organisation, day = _asked(region, organisation_id, assessed_on)
    require_same(judgements_part(region, organisation, day), expected_version)
    inventory, errors = _inventory(region, inventory_id)
    present, key = levels_of(region, organisation.id, day=day), same_measures().key
    listed = list_measures(region.programme, on=day)
    changed = [
        (measure, judgements[measure.id])
        for measure in listed
        if measure.id in judgements
        and not _is_same(present.get(key(measure.id)), judgements[measure.id])
    ]
    errors += _unlisted_errors(listed, judgements)
    for measure, judgement in changed:
        errors += _errors(measure, judgement, present.get(key(measure.id)))
    if not changed and not errors:
        errors.append(Invalid(N_("U hebt niets gewijzigd. Er is niets opgeslagen.")))
    raise_all(errors)
    rows = [
        MeasureMaturity(
            region=region,
            organisation=organisation,
            measure=measure,
            inventory=inventory,
            level=judgement.level,
            evidence=cleaned(judgement.evidence, field=f"evidence_{measure.id}"),
            assessed_on=day,
            recorded_by=actor,
            recorded_on=clock.today(),
        )
        for measure, judgement in changed
    ]
    db.session.add_all(rows)
    db.session.flush()
    details = {
        "organisation": organisation.name,
        "count": len(rows),
        "assessed_on": day,
        "levels": {measure.code: judgement.level for measure, judgement in changed},
    }
    audit.record("maturity.recorded", region, actor=actor, role=role, details=details)
    return rows


def _shown(region: Region, organisation: Organisation, day: date) -> dict[str, object]:
    present, key = levels_of(region, organisation.id, day=day), same_measures().key
    shown: dict[str, object] = {}
    for measure in list_measures(region.programme, on=day):
        one = present.get(key(measure.id))
        shown[f"level_{measure.id}"] = one.level if one else None
        shown[f"evidence_{measure.id}"] = one.evidence if one else ""
    return shown


def _asked(
    region: Region, organisation_id: int | None, assessed_on: date | None
) -> tuple[Organisation, date]:
    if assessed_on is None:
        raise Invalid(N_("Vul in op welke dag de organisatie is beoordeeld."))
    if assessed_on > clock.today():
        raise Invalid(N_("De dag van de beoordeling ligt in de toekomst. Kies een eerdere dag."))
    for organisation in list_assessable(region, day=assessed_on):
        if organisation.id == organisation_id:
            return organisation, assessed_on
    raise Invalid(N_("Kies een organisatie die op deze dag partner van de regio was."))


def _inventory(
    region: Region, inventory_id: int | None
) -> tuple[Inventory | None, list[DomainError]]:
    if inventory_id is None:
        return None, []
    found = db.session.get(Inventory, inventory_id)
    if found is not None and found.region_id in branch_of(region.id):
        return found, []
    return None, [Invalid(N_("Kies een inventarisatie van deze regio."), field="inventory_id")]


def _is_same(present: MeasureMaturity | None, judgement: Judgement) -> bool:
    if present is None:
        return judgement.level is None and not judgement.evidence.strip()
    return (present.level, present.evidence) == (judgement.level, judgement.evidence.strip())


def _unlisted_errors(
    listed: list[Measure], judgements: Mapping[int, Judgement]
) -> list[DomainError]:
    if set(judgements) <= {measure.id for measure in listed}:
        return []
    return [Invalid(N_("De lijst van maatregelen is gewijzigd. Open het formulier opnieuw."))]


def _errors(
    measure: Measure, judgement: Judgement, present: MeasureMaturity | None
) -> list[DomainError]:
    level, evidence = f"level_{measure.id}", f"evidence_{measure.id}"
    if judgement.level is None and present is not None:
        text = N_("Een beoordeling kan niet worden weggehaald. Kies het niveau dat nu klopt.")
        return [Invalid(text, field=level)]
    if judgement.level is None:
        return [Invalid(N_("Kies ook een niveau, of maak de toelichting leeg."), field=level)]
    if judgement.level not in LEVELS:
        return [Invalid(N_("Kies een niveau van 0 tot en met 4."), field=level)]
    try:
        text = cleaned(judgement.evidence, field=evidence)
    except Invalid as error:
        return [error]
    if not text and needs_evidence(judgement.level):
        return [Invalid(N_("Schrijf op waaruit dit niveau blijkt."), field=evidence)]
    return []
