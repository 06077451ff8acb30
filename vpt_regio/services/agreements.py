"""What a contract promises: its agreements, each with an indicator, a baseline and a target.

They change only while the contract is a draft; its lock and state are those of the contract.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from vpt_regio.domain.indicator_codes import ReferenceKind
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.contracts import (
    Agreement,
    AgreementActivity,
    Indicator,
    PerformanceContract,
)
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType
from vpt_regio.models.regions import Organisation
from vpt_regio.queries.lineage import family_of
from vpt_regio.services import audit, transitions
from vpt_regio.services.contracts import require_draft
from vpt_regio.services.revisions import (
    ReferenceContent,
    details_of,
    present_revision,
    put_reference,
    reference_errors,
    touch,
)

ADDED = "contract.agreement_added"


@dataclass(frozen=True)
class AgreementContent:
    """One promise; its type is one of the list, or free words."""

    statement: str
    responsible: Organisation | None
    indicator: Indicator
    agreement_type: AgreementType | None = None
    free_type: str = ""
    activities: Collection[Activity] = ()
    baseline: ReferenceContent | None = None
    target: ReferenceContent | None = None

    def references(self) -> tuple[tuple[ReferenceKind, ReferenceContent | None], ...]:
        return (ReferenceKind.BASELINE, self.baseline), (ReferenceKind.TARGET, self.target)


def add_agreement(
    contract: PerformanceContract, *, content: AgreementContent, actor: Person
) -> Agreement:
    """Add an agreement to a draft, under the next number; raises all that is wrong at once.

    A baseline or target may be left out as long as the contract is a draft.
    """
    role = require_draft(contract, actor=actor)
    raise_all(_errors(contract, None, content))
    with db.session.no_autoflush:
        agreement = Agreement(contract=contract, number=_next_number(contract))
        _fill(agreement, content, actor=actor)
    db.session.add(agreement)
    db.session.flush()
    details = {"number": agreement.number, "statement": agreement.statement}
    audit.record(ADDED, contract, actor=actor, role=role, details=details)
    details["after"] = _details(agreement)
    audit.record("agreement.created", agreement, actor=actor, role=role, details=details)
    return agreement


def change_agreement(
    agreement: Agreement,
    *,
    content: AgreementContent,
    actor: Person,
    expected_version: int | None = None,
) -> Agreement:
    """Change an agreement of a draft, its baseline and target included."""
    role = require_draft(agreement.contract, actor=actor)
    transitions.check_version(agreement, expected_version)
    raise_all(_errors(agreement.contract, agreement, content))
    before = _details(agreement)
    with db.session.no_autoflush:
        _fill(agreement, content, actor=actor)
    if _details(agreement) != before:
        touch(agreement)
        db.session.flush()
        details = {"before": before, "after": _details(agreement)}
        audit.record("agreement.changed", agreement, actor=actor, role=role, details=details)
    return agreement


def remove_agreement(agreement: Agreement, *, actor: Person) -> None:
    """Take an agreement out of a draft; its number is not given again."""
    contract = agreement.contract
    role = require_draft(contract, actor=actor)
    details = {"number": agreement.number, "statement": agreement.statement}
    contract.agreements.remove(agreement)
    db.session.flush()
    audit.record("contract.agreement_removed", contract, actor=actor, role=role, details=details)


def _next_number(contract: PerformanceContract) -> int:
    """Return a number that no agreement of the contract had, also none that was removed."""
    added = select(func.count(AuditEntry.seq)).where(
        AuditEntry.action == ADDED,
        AuditEntry.subject_type == PerformanceContract.__tablename__,
        AuditEntry.subject_id == str(contract.id),
    )
    last = max((one.number for one in contract.agreements), default=0)
    return max(db.session.scalar(added) or 0, last) + 1


def _errors(
    contract: PerformanceContract, agreement: Agreement | None, content: AgreementContent
) -> list[DomainError]:
    errors: list[DomainError] = []
    parties = {party.organisation_id for party in contract.parties}
    if not content.statement:
        errors.append(Invalid(N_("Vul in wat de partijen afspreken."), field="statement"))
    if content.agreement_type is None and not content.free_type:
        message = N_("Kies een soort afspraak, of vul zelf een soort in.")
        errors.append(Invalid(message, field="agreement_type_id"))
    if content.agreement_type is not None and content.free_type:
        message = N_("Kies een soort uit de lijst of vul zelf een soort in. Niet allebei.")
        errors.append(Invalid(message, field="free_type"))
    if content.responsible is None or content.responsible.id not in parties:
        message = N_("Kies een partij van dit contract die voor de afspraak verantwoordelijk is.")
        errors.append(Invalid(message, field="responsible_id"))
    errors += _indicator_errors(contract, agreement, content.indicator)
    errors += _activity_errors(contract, content)
    return errors + _reference_errors(contract, content)


def _indicator_errors(
    contract: PerformanceContract, agreement: Agreement | None, indicator: Indicator
) -> list[DomainError]:
    regions = family_of(contract.region_id)
    if indicator.region_id is not None and indicator.region_id not in regions:
        return [Invalid(N_("Deze indicator hoort bij een andere regio."), field="indicator_id")]
    is_kept = agreement is not None and agreement.indicator_id == indicator.id
    if indicator.retired_on is not None and not is_kept:
        return [Invalid(N_("Deze indicator is vervallen. Kies een andere."), field="indicator_id")]
    return []


def _activity_errors(contract: PerformanceContract, content: AgreementContent) -> list[DomainError]:
    others = [one for one in content.activities if one.action_plan_id != contract.action_plan_id]
    if not others:
        return []
    message = N_("Kies alleen activiteiten uit het plan van aanpak van dit contract.")
    return [Invalid(message, field="activity_ids")]


def _reference_errors(
    contract: PerformanceContract, content: AgreementContent
) -> list[DomainError]:
    errors: list[DomainError] = []
    unit = content.indicator.unit
    for kind, reference in content.references():
        if reference is not None and not reference.is_empty:
            errors += reference_errors(contract, unit, kind, reference, prefix=f"{kind}_")
    return errors


def _fill(agreement: Agreement, content: AgreementContent, *, actor: Person) -> None:
    agreement.statement = content.statement
    agreement.agreement_type = content.agreement_type
    agreement.free_type = content.free_type
    if content.responsible is not None:
        agreement.responsible = content.responsible
    agreement.indicator = content.indicator
    wanted = {activity.id for activity in content.activities}
    kept = [link for link in agreement.activity_links if link.activity_id in wanted]
    present = {link.activity_id for link in kept}
    agreement.activity_links = kept + [
        AgreementActivity(activity=one) for one in content.activities if one.id not in present
    ]
    for kind, reference in content.references():
        put_reference(agreement, kind, reference, actor=actor)


def _details(agreement: Agreement) -> dict[str, Any]:
    return {
        "statement": agreement.statement,
        "type": agreement.type_name,
        "responsible": agreement.responsible.name,
        "indicator": agreement.indicator.name,
        "activities": sorted(link.activity.number for link in agreement.activity_links),
        **{str(kind): details_of(present_revision(agreement, kind)) for kind in ReferenceKind},
    }
