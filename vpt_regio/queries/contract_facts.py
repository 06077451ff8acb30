"""Contracts reduced to what their rules ask: completeness before signing, end values after it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from vpt_regio import clock
from vpt_regio.domain.indicator_codes import Attainment, ContractStatus, ReferenceKind
from vpt_regio.domain.rules.contracts import AgreementFacts, ContractFacts, EndFacts, PartyFacts
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.regions import Region
from vpt_regio.queries.agreement_values import AgreementStanding, Measured, Reference, standings
from vpt_regio.queries.contracts import ContractRow, list_of_region, partner_ids

HELD = (
    ContractStatus.AGREED,
    ContractStatus.RUNNING,
    ContractStatus.ENDED,
    ContractStatus.EVALUATED,
)


@dataclass(frozen=True)
class Attained:
    """How many agreements there are, and how many stand in each way."""

    total: int
    met: int
    on_course: int
    behind: int
    not_measured: int

    @property
    def unknown(self) -> int:
        """Those of which too little is known to tell."""
        return self.total - self.met - self.on_course - self.behind - self.not_measured


@dataclass(frozen=True)
class ContractsSummary:
    """The contracts of a region, and how the agreements of those that hold or held stand."""

    rows: tuple[ContractRow, ...]
    attained: Attained

    def count(self, *statuses: ContractStatus) -> int:
        """Return how many contracts have one of these statuses today."""
        return sum(row.status in statuses for row in self.rows)

    @property
    def signing(self) -> tuple[ContractRow, ...]:
        return tuple(row for row in self.rows if row.status is ContractStatus.SIGNING)


def standings_of(contract: PerformanceContract) -> list[AgreementStanding]:
    """Return how the agreements of a contract stand today, whatever its status."""
    return standings(as_of=clock.today(), contract_ids=[contract.id], contract_statuses=None)


def attained_by_contract(contract_ids: Collection[int]) -> dict[int, Attained]:
    """Return by contract how its agreements stand today; none without agreements."""
    found: dict[int, list[Attainment]] = {}
    for one in standings(as_of=clock.today(), contract_ids=contract_ids, contract_statuses=None):
        found.setdefault(one.contract_id, []).append(one.attainment)
    return {contract_id: attained(how) for contract_id, how in found.items()}


def attained(how: Collection[Attainment]) -> Attained:
    """Count in which ways agreements stand."""
    count = Counter(how)
    return Attained(
        count.total(),
        count[Attainment.MET],
        count[Attainment.ON_COURSE],
        count[Attainment.BEHIND],
        count[Attainment.NOT_MEASURED],
    )


def summary_of(region: Region) -> ContractsSummary:
    """Return how the contracts of a region, and of what went up in it, stand today."""
    rows = list_of_region(region)
    held = [row.contract.id for row in rows if row.status in HELD]
    found = standings(as_of=clock.today(), contract_ids=held, contract_statuses=None)
    return ContractsSummary(tuple(rows), attained([one.attainment for one in found]))


def facts_of(
    contract: PerformanceContract, agreements: Collection[AgreementStanding] | None = None
) -> ContractFacts:
    """Return what decides whether the parties of a contract can sign it."""
    partners = partner_ids(contract.region)
    found = standings_of(contract) if agreements is None else agreements
    return ContractFacts(
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        parties=tuple(
            PartyFacts(
                party.organisation_id, party.organisation.name, party.organisation_id in partners
            )
            for party in contract.parties
        ),
        agreements=tuple(_agreement_facts(one) for one in found),
    )


def end_facts_of(agreements: Collection[AgreementStanding]) -> tuple[EndFacts, ...]:
    """Return how each promise of a contract ended."""
    return tuple(
        EndFacts(
            id=one.id,
            number=one.number,
            due_on=target.due_on if (target := reference(one, ReferenceKind.TARGET)) else None,
            measured_on=found.cutoff_on if (found := end_value(one)) else None,
            reason=one.no_end_value_reason,
        )
        for one in agreements
    )


def end_value(agreement: AgreementStanding) -> Measured | None:
    """Return the first value measured on or after the deadline, as it was corrected last."""
    target = reference(agreement, ReferenceKind.TARGET)
    due = target.due_on if target else None
    for measured in agreement.series.latest_revisions:
        if measured.value is not None and (due is None or measured.cutoff_on >= due):
            return measured
    return None


def reference(agreement: AgreementStanding, kind: ReferenceKind) -> Reference | None:
    """Return the baseline or the target that holds, else the first that is to hold."""
    holding = agreement.series.holding(kind, agreement.as_of)
    return holding or next(iter(agreement.series.of_kind(kind)), None)


def _agreement_facts(one: AgreementStanding) -> AgreementFacts:
    target = reference(one, ReferenceKind.TARGET)
    return AgreementFacts(
        id=one.id,
        number=one.number,
        responsible_id=one.responsible_id,
        responsible=one.responsible_name,
        due_on=target.due_on if target else None,
        has_baseline=reference(one, ReferenceKind.BASELINE) is not None,
    )
