"""Proposals for decisions on subsidies, and what they would add to the money granted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import ProposalKind, ProposalStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import ProposalLine, SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import outcomes_on

ON_APPLICATIONS = (ProposalKind.GRANT, ProposalKind.PARTIAL_GRANT, ProposalKind.REJECTION)


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
    """Return what is granted on an application today, in cents: by decision, or by a source."""
    return _granted_by_application([application.round]).get(application.id, 0)


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
    granted = _granted_by_application({application.round for _, application in pairs})
    return [
        Candidate(one, application, granted.get(application.id, 0)) for one, application in pairs
    ]


def _granted_by_application(rounds: Iterable[SubsidyRound]) -> dict[int, int]:
    """Return what is granted today, in cents, on each application of some rounds."""
    return {
        outcome.application.id: outcome.granted_cents or 0
        for outcomes in outcomes_on(clock.today(), rounds=list(rounds)).values()
        for outcome in outcomes
    }
