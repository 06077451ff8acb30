"""Performance contracts: the lists, one with its parts, and how far the signing is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.contracts import CONTRACT, ContractStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.contracts import (
    Agreement,
    ContractParty,
    ContractSignature,
    PerformanceContract,
)
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Organisation, Region, RegionPartner
from vpt_regio.queries.history import has_done
from vpt_regio.queries.lineage import branch_of, family_of
from vpt_regio.queries.work_items import within

ContractQuery = Select[PerformanceContract, date | None, int]

# what somebody does who writes a contract, as opposed to who records what others signed
WRITING_ACTIONS = (
    "contract.created",
    "contract.changed",
    "contract.parties_changed",
    "contract.agreement_added",
    "contract.agreement_removed",
    f"{CONTRACT.code}.offer",
    f"{CONTRACT.code}.take_back",
)


@dataclass(frozen=True)
class PartyState:
    """A party of a contract with its signature of the present round, if it gave one."""

    party: ContractParty
    signature: ContractSignature | None


@dataclass(frozen=True)
class Signing:
    """How far the signing of a contract is: `since` is the day on which it was offered."""

    parties: tuple[PartyState, ...]
    since: date | None

    @property
    def signed(self) -> int:
        return sum(state.signature is not None for state in self.parties)

    @property
    def total(self) -> int:
        return len(self.parties)

    @property
    def unsigned(self) -> tuple[Organisation, ...]:
        return tuple(s.party.organisation for s in self.parties if s.signature is None)


@dataclass(frozen=True)
class ContractRow:
    """A contract in a list; `status` is the one people see today."""

    contract: PerformanceContract
    status: ContractStatus
    signing: Signing
    agreements: int


def get_contract(contract_id: int) -> PerformanceContract | None:
    """Return a contract with its parties, signatures and agreements."""
    query = (
        select(PerformanceContract)
        .where(PerformanceContract.id == contract_id)
        .options(
            joinedload(PerformanceContract.region),
            joinedload(PerformanceContract.author),
            joinedload(PerformanceContract.action_plan),
            selectinload(PerformanceContract.agreements),
            *_signing_parts(),
        )
    )
    return db.session.scalar(query)


def get_signature(contract_id: int, signature_id: int) -> ContractSignature | None:
    """Return a signature under a contract."""
    query = (
        select(ContractSignature)
        .where(ContractSignature.id == signature_id, ContractSignature.contract_id == contract_id)
        .options(joinedload(ContractSignature.organisation))
    )
    return db.session.scalar(query)


def list_contracts(
    person: Person,
    *,
    region: Region | None = None,
    status: ContractStatus | None = None,
    partner_id: int | None = None,
) -> list[ContractRow]:
    """Return the contracts that a person may see, by region, the newest of each first.

    With a region come those of what went up in it. A status that follows from the dates counts
    as it is today.
    """
    query = _list_query(policies.visible_regions(person, Permission.CONTRACT_VIEW))
    if region is not None:
        query = query.where(PerformanceContract.region_id.in_(branch_of(region.id)))
    if status is not None:
        query = query.where(*_has_status(status))
    if partner_id is not None:
        is_party = exists().where(
            ContractParty.contract_id == PerformanceContract.id,
            ContractParty.organisation_id == partner_id,
        )
        query = query.where(is_party)
    return rows_of(query)


def list_of_region(region: Region) -> list[ContractRow]:
    """Return the contracts of a region and of what went up in it, the newest first."""
    return rows_of(_list_query(frozenset(branch_of(region.id))))


def list_parties(person: Person) -> list[Organisation]:
    """Return who is a party to a contract that a person may see, by name."""
    regions = policies.visible_regions(person, Permission.CONTRACT_VIEW)
    query = (
        select(Organisation)
        .join(ContractParty, ContractParty.organisation_id == Organisation.id)
        .join(PerformanceContract, PerformanceContract.id == ContractParty.contract_id)
        .where(within(PerformanceContract.region_id, regions))
        .distinct()
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def list_regions_with_contracts(person: Person) -> list[Region]:
    """Return the regions of which a person may see a contract, by name."""
    regions = policies.visible_regions(person, Permission.CONTRACT_VIEW)
    query = (
        select(Region)
        .join(PerformanceContract, PerformanceContract.region_id == Region.id)
        .where(within(Region.id, regions))
        .distinct()
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))


def list_plans_for(region: Region) -> list[ActionPlan]:
    """Return the plans that a contract of a region may belong to, the newest first."""
    query = (
        select(ActionPlan)
        .where(ActionPlan.region_id.in_(family_of(region.id)))
        .options(joinedload(ActionPlan.covenant), joinedload(ActionPlan.region))
        .order_by(ActionPlan.id.desc())
    )
    return list(db.session.scalars(query))


def list_partners_of(region: Region) -> list[Organisation]:
    """Return who takes part now in a region, or in one that counts as the same, by name."""
    query = (
        select(Organisation)
        .join(RegionPartner, RegionPartner.organisation_id == Organisation.id)
        .where(*_takes_part(region))
        .distinct()
        .order_by(Organisation.name, Organisation.id)
    )
    return list(db.session.scalars(query))


def partner_ids(region: Region) -> frozenset[int]:
    """Return which organisations take part now in a region, or in one that counts as the same."""
    query = select(RegionPartner.organisation_id).where(*_takes_part(region))
    return frozenset(db.session.scalars(query.order_by(RegionPartner.organisation_id)))


def left_on(region: Region, organisation: Organisation) -> date | None:
    """Return the day on which a partner left a region; None while it takes part."""
    query = (
        select(RegionPartner.left_on)
        .where(
            RegionPartner.region_id.in_(family_of(region.id)),
            RegionPartner.organisation_id == organisation.id,
        )
        .order_by(RegionPartner.id)
    )
    days = list(db.session.scalars(query))
    return None if None in days else max((day for day in days if day), default=None)


def signing_of(contract: PerformanceContract) -> Signing:
    """Return who signed a contract in the present round, and who did not yet."""
    return _signing(contract, db.session.scalar(select(_offered_on(contract.id))))


def lapsed_signatures(contract: PerformanceContract) -> list[ContractSignature]:
    """Return the signatures that count no more: of earlier rounds, and withdrawn ones."""
    standing = contract.standing_signatures
    return [s for s in contract.signatures if s.withdraws_id is None and s not in standing]


def next_number(region: Region) -> int:
    """Return the number of the next contract of a region; ask it under the lock of the region."""
    query = select(func.max(PerformanceContract.number)).where(
        PerformanceContract.region_id == region.id
    )
    return (db.session.scalar(query) or 0) + 1


def has_written(person: Person, contract: PerformanceContract) -> bool:
    """Return whether a person drafted or edited a contract, or anything that is agreed in it."""
    if contract.author_id == person.id or has_done(person, WRITING_ACTIONS, contract):
        return True
    agreements = [str(agreement.id) for agreement in contract.agreements]
    query = select(AuditEntry.seq).where(
        AuditEntry.subject_type == Agreement.__tablename__,
        AuditEntry.subject_id.in_(agreements),
        AuditEntry.actor_id == person.id,
    )
    return db.session.scalars(query.order_by(AuditEntry.seq).limit(1)).first() is not None


def rows_of(query: ContractQuery) -> list[ContractRow]:
    """Run a query of `contract_query` and return its contracts as rows of a list."""
    today = clock.today()
    return [
        ContractRow(contract, contract.status_on(today), _signing(contract, offered), agreements)
        for contract, offered, agreements in db.session.execute(query)
    ]


def contract_query() -> ContractQuery:
    """Return the query of contracts with what a list tells of them: three SELECTs in all."""
    contract_id = PerformanceContract.id
    agreements = (
        select(func.count(Agreement.id))
        .where(Agreement.contract_id == contract_id)
        .correlate(PerformanceContract)
        .scalar_subquery()
    )
    return (
        select(PerformanceContract, _offered_on(contract_id), agreements)
        .join(PerformanceContract.region)
        .options(contains_eager(PerformanceContract.region), *_signing_parts())
    )


def _signing(contract: PerformanceContract, since: date | None) -> Signing:
    signed = {one.organisation_id: one for one in contract.standing_signatures}
    parties = sorted(contract.parties, key=lambda party: (party.organisation.name, party.id))
    return Signing(
        tuple(PartyState(party, signed.get(party.organisation_id)) for party in parties), since
    )


def _signing_parts() -> tuple[Any, ...]:
    return (
        selectinload(PerformanceContract.parties).joinedload(ContractParty.organisation),
        selectinload(PerformanceContract.signatures).options(
            joinedload(ContractSignature.organisation), joinedload(ContractSignature.recorded_by)
        ),
    )


def _list_query(regions: frozenset[int] | None) -> ContractQuery:
    return (
        contract_query()
        .where(within(PerformanceContract.region_id, regions))
        .order_by(Region.name, Region.id, PerformanceContract.number.desc())
    )


def _has_status(status: ContractStatus) -> list[ColumnElement[bool]]:
    today, table = clock.today(), PerformanceContract
    agreed = table.status == ContractStatus.AGREED
    by_dates: dict[ContractStatus, list[ColumnElement[bool]]] = {
        ContractStatus.AGREED: [agreed, table.starts_on > today],
        ContractStatus.RUNNING: [agreed, table.starts_on <= today, table.ends_on >= today],
        ContractStatus.ENDED: [agreed, table.ends_on < today],
    }
    return by_dates.get(status, [table.status == status])


def _takes_part(region: Region) -> list[ColumnElement[bool]]:
    return [RegionPartner.region_id.in_(family_of(region.id)), RegionPartner.left_on.is_(None)]


def _offered_on(contract_id: Any) -> Any:
    """Return the day on which a contract was last offered for signature, as SQL."""
    query = select(func.max(TransitionRecord.effective_on)).where(
        TransitionRecord.workflow == CONTRACT.code,
        TransitionRecord.transition == "offer",
        TransitionRecord.subject_id == contract_id,
    )
    return query.scalar_subquery()
