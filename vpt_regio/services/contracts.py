"""Performance contracts: drafting, parties, offering for signature, taking back, cancelling.

What a contract says changes in a draft only. One that was offered goes back to a draft first, and
every signature under it lapses with that.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.contracts import gaps
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.contracts import ContractParty, PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation, Region
from vpt_regio.queries.contract_facts import facts_of
from vpt_regio.queries.contracts import next_number, partner_ids
from vpt_regio.queries.lineage import family_of
from vpt_regio.queries.once import answered_once
from vpt_regio.services import audit, contract_notices, transitions


@dataclass(frozen=True)
class ContractContent:
    """What a contract says of itself; what it promises stands in its agreements."""

    title: str
    starts_on: date
    ends_on: date
    purpose: str = ""
    action_plan: ActionPlan | None = None


def draft_contract(
    region: Region, *, content: ContractContent, actor: Person
) -> PerformanceContract:
    """Draft a contract under the next number of a region; raises all that is wrong at once."""
    role = policies.require(actor, Permission.CONTRACT_EDIT, region)
    _require_standing(region)
    raise_all(_content_errors(region, content))
    # two people who draft at once take turns, so that each number is given once
    db.session.execute(select(Region.id).where(Region.id == region.id).with_for_update())
    contract = PerformanceContract(
        region=region,
        number=next_number(region),
        status=ContractStatus(CONTRACT.initial),
        author=actor,
    )
    _fill(contract, content)
    db.session.add(contract)
    db.session.flush()
    details = {"number": contract.number, "title": contract.title, "after": _details(contract)}
    audit.record("contract.created", contract, actor=actor, role=role, details=details)
    return contract


def change_contract(
    contract: PerformanceContract,
    *,
    content: ContractContent,
    actor: Person,
    expected_version: int | None = None,
) -> PerformanceContract:
    """Change the title, the period, the purpose or the plan of a draft."""
    role = require_draft(contract, actor=actor, expected_version=expected_version)
    raise_all(_content_errors(contract.region, content))
    before = _details(contract)
    _fill(contract, content)
    db.session.flush()
    after = _details(contract)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("contract.changed", contract, actor=actor, role=role, details=details)
    return contract


def set_parties(
    contract: PerformanceContract,
    *,
    organisations: Collection[Organisation],
    actor: Person,
    expected_version: int | None = None,
) -> PerformanceContract:
    """Choose the parties of a draft: partners of the region, and nobody else."""
    role = require_draft(contract, actor=actor, expected_version=expected_version)
    raise_all(_party_errors(contract, organisations))
    wanted = {one.id for one in organisations}
    present = {party.organisation_id for party in contract.parties}
    if wanted == present:
        return contract
    before = [party.organisation.name for party in contract.parties]
    kept = [party for party in contract.parties if party.organisation_id in wanted]
    joining = [one for one in organisations if one.id not in present]
    contract.parties = kept + [ContractParty(organisation=one) for one in joining]
    _touch(contract)
    db.session.flush()
    names = sorted(party.organisation.name for party in contract.parties)
    details = {"before": before, "after": names, "parties": ", ".join(names) or N_("geen")}
    audit.record("contract.parties_changed", contract, actor=actor, role=role, details=details)
    return contract


def offer_contract(
    contract: PerformanceContract, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Offer a complete draft for signature; the account manager gets word of it."""
    lock(contract)
    record = transitions.apply(
        contract, "offer", workflow=CONTRACT, actor=actor, expected_version=expected_version
    )
    contract_notices.tell_offered(contract, actor=actor)
    return record


def take_back_contract(
    contract: PerformanceContract,
    *,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Make a draft of a contract again, to change it; each party then signs anew."""
    lock(contract)
    record = transitions.apply(
        contract,
        "take_back",
        workflow=CONTRACT,
        actor=actor,
        inputs={"note": note},
        expected_version=expected_version,
    )
    contract.signing_round += 1
    db.session.flush()
    contract_notices.tell_taken_back(contract, note, actor=actor)
    return record


def cancel_contract(
    contract: PerformanceContract,
    *,
    note: str,
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Give up a contract that does not hold yet, with the reason; it stays to be seen."""
    lock(contract)
    was_offered = contract.status is ContractStatus.SIGNING
    record = transitions.apply(
        contract,
        "cancel",
        workflow=CONTRACT,
        actor=actor,
        inputs={"note": note},
        expected_version=expected_version,
    )
    if was_offered:
        contract_notices.tell_cancelled(contract, note, actor=actor)
    return record


def require_draft(
    contract: PerformanceContract, *, actor: Person, expected_version: int | None = None
) -> str:
    """Return the role by which a person may change a draft; let others wait until that is done.

    Raises NotAllowed, Conflict for a stale version, or WrongState once it was offered.
    """
    lock(contract)
    role = policies.require(actor, Permission.CONTRACT_EDIT, contract)
    transitions.check_version(contract, expected_version)
    if contract.status is ContractStatus.DRAFT:
        return role
    if contract.status is ContractStatus.SIGNING:
        raise WrongState(
            N_("Dit contract ligt ter ondertekening. Neem het eerst terug om het te wijzigen.")
        )
    raise WrongState(
        N_("Dit contract is %(state)s. De inhoud verandert niet meer."),
        params={"state": CONTRACT.state(contract.status).label},
    )


@answered_once
def lock(contract: PerformanceContract) -> None:
    """Let changes of one contract take turns, and read again what the other one left."""
    query = select(PerformanceContract.id).where(PerformanceContract.id == contract.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(contract)


@transitions.guard(CONTRACT, Guard.COMPLETE)
def _is_complete(contract: PerformanceContract, _actor: Person) -> list[DomainError]:
    return [
        Invalid(gap.message, params=gap.params, code=gap.code) for gap in gaps(facts_of(contract))
    ]


def _require_standing(region: Region) -> None:
    if region.status is RegionStatus.MERGED:
        raise WrongState(
            N_(
                "De regio %(region)s is samengevoegd."
                " Maak een nieuw prestatiecontract bij de nieuwe regio."
            ),
            params={"region": region.name},
        )


def _content_errors(region: Region, content: ContractContent) -> list[DomainError]:
    errors: list[DomainError] = []
    if not content.title:
        errors.append(Invalid(N_("Vul de titel van het contract in."), field="title"))
    if content.ends_on <= content.starts_on:
        message = N_("De laatste dag moet na de eerste dag liggen.")
        errors.append(Invalid(message, field="ends_on"))
    plan = content.action_plan
    if plan is not None and plan.region_id not in family_of(region.id):
        message = N_("Dit plan van aanpak hoort bij een andere regio.")
        errors.append(Invalid(message, field="action_plan_id"))
    elif plan is not None:
        policies.require_moving(plan)
    return errors


def _party_errors(
    contract: PerformanceContract, organisations: Collection[Organisation]
) -> list[DomainError]:
    partners = partner_ids(contract.region)
    return [
        Invalid(
            N_(
                "%(organisation)s is geen partner van regio %(region)s."
                " Alleen partners van nu kunnen partij zijn."
            ),
            field="organisations",
            params={"organisation": one.name, "region": contract.region.name},
            code="no_partner",
        )
        for one in organisations
        if one.id not in partners
    ]


def _fill(contract: PerformanceContract, content: ContractContent) -> None:
    contract.title = content.title
    contract.purpose = content.purpose
    contract.starts_on = content.starts_on
    contract.ends_on = content.ends_on
    contract.action_plan = content.action_plan


def _touch(contract: PerformanceContract) -> None:
    """Give a contract a next version when only its parts changed."""
    contract.updated_at = clock.now()
    flag_modified(contract, "updated_at")


def _details(contract: PerformanceContract) -> dict[str, Any]:
    return {
        "title": contract.title,
        "purpose": contract.purpose,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "action_plan": contract.action_plan.id if contract.action_plan else None,
    }
