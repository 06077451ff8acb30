"""Proposals for decisions on subsidies, and how a round stands against its ceiling."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.rules.subsidy_ceiling import Meter
from vpt_regio.domain.subsidy_codes import ProposalKind, ProposalStatus
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import (
    GRANTED_STATES,
    ProposalLine,
    SubsidyApplication,
    SubsidyProposal,
    SubsidyRound,
)

ON_APPLICATIONS = (ProposalKind.GRANT, ProposalKind.PARTIAL_GRANT, ProposalKind.REJECTION)
GRANTS = (DecisionKind.SUBSIDY_GRANTED, DecisionKind.SUBSIDY_PARTIALLY_GRANTED)


@dataclass(frozen=True)
class Candidate:
    """An open proposal of a round, with what the application has been granted by now (cents)."""

    proposal: SubsidyProposal
    application: SubsidyApplication
    granted_cents: int

    @property
    def extra_cents(self) -> int:
        """What its decision would add to the money granted; negative when it takes off."""
        return (self.proposal.amount_cents or 0) - self.granted_cents


def get_proposal(proposal_id: int) -> SubsidyProposal | None:
    """Return a proposal with all that its page shows."""
    return db.session.scalar(
        select(SubsidyProposal)
        .where(SubsidyProposal.id == proposal_id)
        .options(
            joinedload(SubsidyProposal.application).options(
                joinedload(SubsidyApplication.round).joinedload(SubsidyRound.scheme),
                joinedload(SubsidyApplication.region),
                selectinload(SubsidyApplication.lines),
            ),
            joinedload(SubsidyProposal.pilot).selectinload(Pilot.regions),
            joinedload(SubsidyProposal.author),
            joinedload(SubsidyProposal.decision),
            selectinload(SubsidyProposal.lines).joinedload(ProposalLine.application_line),
        )
    )


def list_proposals(application: SubsidyApplication) -> list[SubsidyProposal]:
    """Return every proposal on an application, newest first."""
    query = (
        select(SubsidyProposal)
        .where(SubsidyProposal.application_id == application.id)
        .options(joinedload(SubsidyProposal.author), joinedload(SubsidyProposal.decision))
        .order_by(SubsidyProposal.id.desc())
    )
    return list(db.session.scalars(query))


def open_proposal(application: SubsidyApplication) -> SubsidyProposal | None:
    """Return what is proposed on an application and waits for a decision; one at most."""
    return db.session.scalar(
        select(SubsidyProposal)
        .where(
            SubsidyProposal.application_id == application.id,
            SubsidyProposal.status == ProposalStatus.OPEN,
        )
        .options(selectinload(SubsidyProposal.lines))
    )


def proposal_of(decision: Decision) -> SubsidyProposal | None:
    """Return the proposal from which a decision on a subsidy was made."""
    return db.session.scalar(
        select(SubsidyProposal)
        .where(SubsidyProposal.decision_id == decision.id)
        .options(selectinload(SubsidyProposal.lines).joinedload(ProposalLine.application_line))
    )


def standing_on_application(application: SubsidyApplication) -> Decision | None:
    """Return the decision on an application that no other one took the place of."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.application_id == application.id, ~Decision.replaced_by.has())
        .order_by(Decision.id.desc())
        .limit(1)
    )


def granted_on(application: SubsidyApplication) -> int:
    """Return what is granted on an application now, in cents: by decision, else by a source."""
    return _granted_by_application([application])[application.id]


def list_candidates(in_round: SubsidyRound) -> list[Candidate]:
    """Return the open proposals on applications of a round, in their order."""
    query = (
        select(SubsidyProposal)
        .join(SubsidyProposal.application)
        .where(
            SubsidyApplication.round_id == in_round.id,
            SubsidyProposal.status == ProposalStatus.OPEN,
        )
        .options(
            joinedload(SubsidyProposal.author),
            joinedload(SubsidyProposal.application).joinedload(SubsidyApplication.region),
            selectinload(SubsidyProposal.lines),
        )
        .order_by(SubsidyApplication.number)
    )
    return candidates_of(db.session.scalars(query))


def candidates_of(proposals: Iterable[SubsidyProposal]) -> list[Candidate]:
    """Return proposals on applications with what each application has been granted by now."""
    pairs = [(one, one.application) for one in proposals if one.application is not None]
    granted = _granted_by_application([application for _, application in pairs])
    return [Candidate(one, application, granted[application.id]) for one, application in pairs]


def meter_of(in_round: SubsidyRound) -> Meter:
    """Return what is asked and granted in a round against its ceiling, as far as it is known."""
    applications = db.session.scalars(
        select(SubsidyApplication).where(SubsidyApplication.round_id == in_round.id)
    ).all()
    granted = _granted_by_application(applications)
    return Meter(
        ceiling_cents=in_round.ceiling_cents,
        applied_cents=sum(
            one.requested_cents or 0
            for one in applications
            if one.received_at is not None or one.declared_source
        ),
        granted_cents=sum(granted.values()) + (in_round.unlisted_granted_cents or 0),
    )


def _granted_by_application(applications: Iterable[SubsidyApplication]) -> dict[int, int]:
    known = {one.id: one for one in applications}
    rows = db.session.execute(
        select(Decision.application_id, Decision.amount_cents).where(
            Decision.application_id.in_(list(known)),
            Decision.kind.in_(GRANTS),
            ~Decision.replaced_by.has(),
        )
    )
    decided = {row.application_id: row.amount_cents or 0 for row in rows}
    return {number: decided.get(number) or _declared_cents(one) for number, one in known.items()}


def _declared_cents(application: SubsidyApplication) -> int:
    """Return what a source says was granted, as long as nothing else was decided since."""
    is_granted = application.status in GRANTED_STATES
    return (application.declared_cents or 0) if is_granted else 0
