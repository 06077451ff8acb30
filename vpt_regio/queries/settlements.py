"""The settlement of pilots: what is proposed, until when to decide, and what is recovered."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.rules.subsidy_arrangement import Duty, duties_of
from vpt_regio.domain.subsidy_codes import PilotStatus, ProposalStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Pilot, PilotPayment, Recovery
from vpt_regio.models.subsidies import SubsidyRound

UNSETTLED = (PilotStatus.AWARDED, PilotStatus.REPORTED)
CLAIM_OF = {
    PilotStatus.SETTLED: DecisionKind.SUBSIDY_SETTLED,
    PilotStatus.REVOKED: DecisionKind.SUBSIDY_REVOKED,
}


@dataclass(frozen=True)
class RecoveryState:
    """How far a recovery is, in cents: `left_cents` is what is still to come.

    Nothing is once it was cancelled; less than it asks for when a payment proved too high since.
    """

    recovery: Recovery
    receipts: tuple[PilotPayment, ...]
    received_cents: int
    left_cents: int

    @property
    def is_complete(self) -> bool:
        return self.received_cents == self.recovery.amount_cents

    def is_overdue(self, today: date) -> bool:
        return self.left_cents > 0 and today > self.recovery.due_on


def get_granted(pilot_id: int) -> Pilot | None:
    """Return a pilot that has a grant, with what its settlement is about."""
    query = (
        select(Pilot)
        .where(Pilot.id == pilot_id, Pilot.application_id.is_not(None))
        .options(
            joinedload(Pilot.application)
            .joinedload(SubsidyApplication.round)
            .joinedload(SubsidyRound.scheme),
            joinedload(Pilot.final_report),
            selectinload(Pilot.regions),
            selectinload(Pilot.payments).joinedload(PilotPayment.recorded_by),
            selectinload(Pilot.recoveries).joinedload(Recovery.decision),
        )
    )
    return db.session.scalar(query)


def open_proposal(pilot: Pilot) -> SubsidyProposal | None:
    """Return what is proposed on a pilot and was not decided yet; there is one at most."""
    query = (
        select(SubsidyProposal)
        .where(
            SubsidyProposal.pilot_id == pilot.id,
            SubsidyProposal.status == ProposalStatus.OPEN,
        )
        .order_by(SubsidyProposal.id)
    )
    return db.session.scalars(query).first()


def claim_of(pilot: Pilot) -> Decision | None:
    """Return the standing decision that a recovery follows from: settlement or revocation."""
    kind = CLAIM_OF.get(pilot.status)
    return standing_decision(pilot, kind) if kind else None


def standing_decision(pilot: Pilot, kind: DecisionKind) -> Decision | None:
    """Return the decision of a kind on a pilot that no other one took the place of."""
    query = (
        select(Decision)
        .where(
            Decision.pilot_id == pilot.id,
            Decision.kind == kind,
            ~Decision.replaced_by.has(),
        )
        .order_by(Decision.id.desc())
    )
    return db.session.scalars(query).first()


def decisions_of(pilot: Pilot) -> list[Decision]:
    """Return the decisions on a pilot, newest first."""
    query = (
        select(Decision)
        .where(Decision.pilot_id == pilot.id)
        .options(joinedload(Decision.decided_by), joinedload(Decision.replaced_by))
        .order_by(Decision.id.desc())
    )
    return list(db.session.scalars(query))


def get_recovery(pilot_id: int, recovery_id: int) -> Recovery | None:
    """Return a recovery of this pilot, with what was booked on it."""
    query = (
        select(Recovery)
        .where(Recovery.id == recovery_id, Recovery.pilot_id == pilot_id)
        .options(
            joinedload(Recovery.decision),
            joinedload(Recovery.pilot).selectinload(Pilot.payments),
        )
    )
    return db.session.scalar(query)


def standing_claim(pilot: Pilot) -> Recovery | None:
    """Return the recovery that was not cancelled; there is one at most."""
    return next((one for one in pilot.recoveries if one.cancelled_on is None), None)


def unclaimed_cents(pilot: Pilot) -> int:
    """Return what is to be paid back and was not claimed yet; reads the payments of the pilot."""
    money, claim = pilot.money, standing_claim(pilot)
    asked = claim.amount_cents - state_of(claim).received_cents if claim else 0
    return max(money.to_recover_cents - asked, 0) if money else 0


def recovery_states(pilot: Pilot) -> list[RecoveryState]:
    """Return the recoveries of a pilot, newest first; reads its payments."""
    return [state_of(recovery) for recovery in reversed(pilot.recoveries)]


def state_of(recovery: Recovery) -> RecoveryState:
    """Return how far a recovery is; reads the payments of its pilot."""
    receipts = tuple(row for row in recovery.pilot.payments if row.recovery_id == recovery.id)
    received = sum(row.amount_cents for row in receipts)
    money = recovery.pilot.money
    too_much = money.to_recover_cents if money and recovery.cancelled_on is None else 0
    left = min(recovery.amount_cents - received, too_much)
    return RecoveryState(recovery, receipts, received, left)


def asks_report(pilot: Pilot) -> bool:
    """Tell whether the arrangement of a pilot asks for a report before the settlement."""
    return pilot.arrangement is not None and Duty.ACTIVITY_REPORT in duties_of(pilot.arrangement)


def settlement_due_on(pilot: Pilot) -> date | None:
    """Return the last day to settle a pilot; None while no term runs.

    From the request for a settlement; where no request is asked for, from the last day of the
    activities.
    """
    if pilot.status not in UNSETTLED or pilot.application is None:
        return None
    since = pilot.settlement_requested_on
    if since is None and not asks_report(pilot):
        since = pilot.ends_on
    if since is None:
        return None
    return since + timedelta(days=pilot.application.round.settlement_days)
