"""Settling and revoking subsidies: one person proposes, another one with a mandate decides.

A settlement that proved wrong is decided anew: the new decision takes the place of the standing
one. A revocation is final here: no later decision takes its place.
"""

from vpt_regio import clock, policies
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ProposalKind, RevocationGround, SettlementGround
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.domain.workflows.subsidies import SUBSIDY_PROPOSAL
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.settlements import open_proposal, standing_decision
from vpt_regio.services import audit, transitions
from vpt_regio.services.decisions import record_decision
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.recoveries import fit_claim
from vpt_regio.services.settlement_checks import (
    amount_errors,
    five_years_errors,
    ground_errors,
    lowering_errors,
    report_errors,
    revoked_errors,
    valid_mandate,
)
from vpt_regio.services.subsidy_proposals import close_with

DECIDED_BY = {
    ProposalKind.SETTLEMENT: Permission.SETTLEMENT_DECIDE,
    ProposalKind.REVOCATION: Permission.PILOT_REVOKE,
}


def propose_settlement(
    pilot: Pilot,
    *,
    amount_cents: int,
    ground: SettlementGround | None,
    reasoning: str,
    is_ex_officio: bool = False,
    actor: Person,
) -> SubsidyProposal:
    """Propose at what amount (cents) a subsidy is settled: as granted, or lower with a ground.

    On a settled one it proposes to decide anew. Raises WrongState when it cannot be settled (any
    more), or while its final report waits to be assessed, and otherwise every reason together why
    the values are not acceptable.
    """
    role = _start(pilot, ProposalKind.SETTLEMENT, actor)
    text = cleaned(reasoning, field="reasoning").strip()
    raise_all(
        report_errors(pilot, is_ex_officio=is_ex_officio)
        + amount_errors(pilot, amount_cents, ground)
        + lowering_errors(pilot, amount_cents)
        + _reasoning_errors(text)
    )
    proposal = SubsidyProposal(
        pilot=pilot,
        kind=ProposalKind.SETTLEMENT,
        amount_cents=amount_cents,
        settlement_ground=ground,
        is_ex_officio=is_ex_officio,
        reasoning=text,
        author=actor,
        proposed_on=clock.today(),
    )
    return _store(proposal, actor=actor, role=role)


def decide_settlement(
    proposal: SubsidyProposal, *, note: str, actor: Person, expected_version: int | None = None
) -> Decision:
    """Settle a subsidy as proposed: its reasoning, and the note below it, is the decision's text.

    What was proposed is tested again: the grant or the final report may have changed since. When
    it was settled before, the decision takes the place of that one, and the claim follows it.
    """
    pilot, step = _start_deciding(proposal, ProposalKind.SETTLEMENT, actor, expected_version)
    amount, ground = proposal.amount_cents or 0, proposal.settlement_ground
    raise_all(decision_blockers(proposal, actor))
    standing = standing_decision(pilot, DecisionKind.SUBSIDY_SETTLED)
    # the amount must stand there when the new status is stored, and not before
    with db.session.no_autoflush:
        pilot.settled_cents = amount
        # five years run from the first settlement: deciding anew gives nobody more time
        pilot.settled_on = pilot.settled_on or clock.today()
        pilot.settlement_ground = ground
        pilot.is_ex_officio = proposal.is_ex_officio
        decision = _decide(
            proposal,
            pilot,
            step,
            kind=DecisionKind.SUBSIDY_SETTLED,
            amount=amount,
            note=note,
            actor=actor,
            replaces=standing,
        )
    fit_claim(pilot, decision, actor=actor)
    return decision


def propose_revocation(
    pilot: Pilot, *, ground: RevocationGround, reasoning: str, actor: Person
) -> SubsidyProposal:
    """Propose to revoke a subsidy: before its settlement, or within five years after it.

    Also when its pilot was closed. Source: Awb 4:48 and 4:49.
    """
    role = _start(pilot, ProposalKind.REVOCATION, actor)
    text = cleaned(reasoning, field="reasoning").strip()
    raise_all(five_years_errors(pilot) + ground_errors(pilot, ground) + _reasoning_errors(text))
    proposal = SubsidyProposal(
        pilot=pilot,
        kind=ProposalKind.REVOCATION,
        revocation_ground=ground,
        reasoning=text,
        author=actor,
        proposed_on=clock.today(),
    )
    return _store(proposal, actor=actor, role=role)


def decide_revocation(
    proposal: SubsidyProposal, *, note: str, actor: Person, expected_version: int | None = None
) -> Decision:
    """Revoke a subsidy as proposed; the decision names the amount (cents) that is revoked."""
    pilot, step = _start_deciding(proposal, ProposalKind.REVOCATION, actor, expected_version)
    raise_all(decision_blockers(proposal, actor))
    amount = pilot.money.due_cents if pilot.money else 0
    with db.session.no_autoflush:
        pilot.revoked_on = clock.today()
        return _decide(
            proposal,
            pilot,
            step,
            kind=DecisionKind.SUBSIDY_REVOKED,
            amount=amount,
            note=note,
            actor=actor,
        )


def proposing_problems(pilot: Pilot, kind: ProposalKind) -> list[DomainError]:
    """Return why nobody can propose this on a pilot now; empty when somebody can."""
    problems: list[DomainError] = []
    try:
        transitions.check_state(pilot, PILOT.transition(step_of(pilot, kind)), PILOT)
    except WrongState as problem:
        return revoked_errors(pilot) or [problem]
    problems += revoked_errors(pilot)
    if kind is ProposalKind.REVOCATION:
        problems += five_years_errors(pilot)
    if open_proposal(pilot) is not None:
        message = N_("Er ligt al een voorstel over deze pilot. Eerst moet daarover beslist zijn.")
        problems.append(WrongState(message, code="proposed_already"))
    return problems


def decision_blockers(proposal: SubsidyProposal, actor: Person) -> list[DomainError]:
    """Return why a person cannot decide on a proposal to settle or revoke now."""
    pilot = proposal.pilot
    if pilot is None or proposal.kind not in DECIDED_BY:
        raise ValueError("a proposal of another kind")
    step = step_of(pilot, proposal.kind)
    try:
        transitions.check_state(proposal, SUBSIDY_PROPOSAL.transition("decide"), SUBSIDY_PROPOSAL)
    except WrongState as problem:
        return [problem]
    blockers = transitions.blockers(pilot, step, workflow=PILOT, actor=actor)
    return blockers + revoked_errors(pilot) + _outdated(proposal, pilot)


def step_of(pilot: Pilot, kind: ProposalKind) -> str:
    """Return the step that a decision of a kind takes on a pilot: settling, anew, or revoking."""
    if kind is ProposalKind.REVOCATION:
        return "revoke"
    return "settle" if pilot.settled_on is None else "settle_anew"


def _start(pilot: Pilot, kind: ProposalKind, actor: Person) -> Role:
    role = policies.require(actor, Permission.PILOT_MANAGE, pilot)
    lock(pilot)
    raise_all(proposing_problems(pilot, kind))
    return role


def _start_deciding(
    proposal: SubsidyProposal, kind: ProposalKind, actor: Person, expected_version: int | None
) -> tuple[Pilot, str]:
    """Return the pilot that is decided on and the step that the decision takes.

    First the right is asked for, then what became of the proposal.
    """
    pilot = proposal.pilot
    if pilot is None or proposal.kind is not kind:
        raise ValueError("a proposal of another kind")
    policies.require(actor, DECIDED_BY[kind], pilot)
    lock(pilot)
    db.session.refresh(proposal)
    transitions.check_version(proposal, expected_version)
    transitions.check_state(proposal, SUBSIDY_PROPOSAL.transition("decide"), SUBSIDY_PROPOSAL)
    return pilot, step_of(pilot, kind)


def _decide(
    proposal: SubsidyProposal,
    pilot: Pilot,
    step: str,
    *,
    kind: DecisionKind,
    amount: int,
    note: str,
    actor: Person,
    replaces: Decision | None = None,
) -> Decision:
    extra = cleaned(note, field="note").strip()
    mandate = valid_mandate(pilot, actor, DECIDED_BY[proposal.kind])
    record = transitions.apply(pilot, step, workflow=PILOT, actor=actor, inputs={"note": extra})
    decision = record_decision(
        kind,
        actor=actor,
        role=Role(record.actor_role),
        note="\n".join(text for text in (proposal.reasoning, extra) if text),
        pilot=pilot,
        mandate=mandate,
        amount_cents=amount,
        decided_on=record.effective_on,
        replaces=replaces,
        replacement_reason=proposal.reasoning if replaces else "",
    )
    close_with(proposal, decision, actor=actor)
    return decision


def _outdated(proposal: SubsidyProposal, pilot: Pilot) -> list[DomainError]:
    """Return what is no longer right about a proposal: the grant or the report has changed."""
    if proposal.kind is ProposalKind.REVOCATION:
        ground = proposal.revocation_ground
        return ground_errors(pilot, ground) if ground else []
    amount = proposal.amount_cents or 0
    return (
        report_errors(pilot, is_ex_officio=proposal.is_ex_officio)
        + amount_errors(pilot, amount, proposal.settlement_ground)
        + lowering_errors(pilot, amount)
    )


def _store(proposal: SubsidyProposal, *, actor: Person, role: Role) -> SubsidyProposal:
    db.session.add(proposal)
    db.session.flush()
    details = {
        "kind": proposal.kind,
        "amount": None if proposal.amount_cents is None else format_euro(proposal.amount_cents),
        "ground": proposal.settlement_ground or proposal.revocation_ground,
        "ex_officio": proposal.is_ex_officio,
    }
    is_settlement = proposal.kind is ProposalKind.SETTLEMENT
    action = "subsidy_proposal.settlement" if is_settlement else "subsidy_proposal.revocation"
    audit.record(action, proposal, actor=actor, role=role, details=details)
    return proposal


def _reasoning_errors(text: str) -> list[DomainError]:
    if text:
        return []
    return [Invalid(N_("Vul in waarom u dit voorstelt."), field="reasoning")]
