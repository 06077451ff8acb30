"""Evaluating a performance contract: each promise gets its end value, or why there is none."""

from collections.abc import Mapping

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.contracts import end_gaps
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.contracts import CONTRACT
from vpt_regio.errors import DomainError, Invalid, NotAllowed
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.models.people import Person
from vpt_regio.queries.contract_facts import end_facts_of, standings_of
from vpt_regio.queries.contracts import has_written
from vpt_regio.services import contract_notices, transitions
from vpt_regio.services.contracts import lock


def evaluate_contract(
    contract: PerformanceContract,
    *,
    note: str,
    reasons: Mapping[int, str],
    actor: Person,
    expected_version: int | None = None,
) -> TransitionRecord:
    """Close a contract with its evaluation; `reasons` says by agreement why no end value is known.

    A reason counts only for an agreement without an end value. Raises every missing value and
    the missing note at once.
    """
    lock(contract)
    policies.require(actor, Permission.CONTRACT_EVALUATE, contract)
    transitions.check_version(contract, expected_version)
    transitions.check_state(contract, CONTRACT.transition("evaluate"), CONTRACT)
    _set_reasons(contract, reasons)
    contract.evaluation = note
    contract.evaluated_on = clock.today()
    record = transitions.apply(
        contract, "evaluate", workflow=CONTRACT, actor=actor, inputs={"note": note}
    )
    contract_notices.tell_evaluated(contract, actor=actor)
    return record


@transitions.guard(CONTRACT, Guard.END_VALUES)
def _end_values(contract: PerformanceContract, _actor: Person) -> list[DomainError]:
    found = end_gaps(end_facts_of(standings_of(contract)), today=clock.today())
    return [
        Invalid(gap.message, field=f"reason_{gap.agreement_id}", params=gap.params, code=gap.code)
        for gap in found
    ]


@transitions.guard(CONTRACT, Guard.NOT_AUTHOR)
def _not_author(contract: PerformanceContract, actor: Person) -> list[DomainError]:
    if not has_written(actor, contract):
        return []
    message = N_("U hebt zelf aan dit contract geschreven. Iemand anders moet het evalueren.")
    return [NotAllowed(message, code="not_author")]


def _set_reasons(contract: PerformanceContract, reasons: Mapping[int, str]) -> None:
    measured = {one.id for one in end_facts_of(standings_of(contract)) if one.measured_on}
    for agreement in contract.agreements:
        if agreement.id in reasons and agreement.id not in measured:
            agreement.no_end_value_reason = reasons[agreement.id]
