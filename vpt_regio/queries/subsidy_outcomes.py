"""What became of the applications of rounds on a day: a closed half-year never moves by it.

The outcome of an application is its decision that stood on that day, else what a source declares,
else its status on that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.rules.subsidy_ceiling import Meter
from vpt_regio.domain.rules.subsidy_outcomes import (
    GRANTED_IN_SOME_WAY,
    Outcome,
    RoundCounts,
    count,
    round_sentence,
)
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.as_of import existed_by, status_as_of

DECIDED_AS = {
    DecisionKind.SUBSIDY_GRANTED: ApplicationStatus.GRANTED,
    DecisionKind.SUBSIDY_PARTIALLY_GRANTED: ApplicationStatus.PARTIALLY_GRANTED,
    DecisionKind.SUBSIDY_REJECTED: ApplicationStatus.REJECTED,
}
# these hold by a decision or by a source that declares them, never by themselves
ONLY_DECIDED = GRANTED_IN_SOME_WAY | {ApplicationStatus.REJECTED}


@dataclass(frozen=True)
class ApplicationOutcome(Outcome):
    """One application as of a day, and why: its decision, or a source (`is_declared`)."""

    application: SubsidyApplication
    decision: Decision | None
    is_declared: bool

    @property
    def is_granted(self) -> bool:
        """Whether it was granted, wholly or in part."""
        return self.status in GRANTED_IN_SOME_WAY

    @property
    def decided_on(self) -> date | None:
        if self.decision is not None:
            return self.decision.decided_on
        return self.application.declared_on if self.is_declared else None


def outcomes_on(
    day: date, *, rounds: Sequence[SubsidyRound], known_on: date | None = None
) -> dict[int, list[ApplicationOutcome]]:
    """Return by round the outcome of each application that had been made by then, by number.

    Every round is in it. What was recorded after `known_on` is left out. It takes two queries,
    however many rounds and applications there are.
    """
    found: dict[int, list[ApplicationOutcome]] = {one.id: [] for one in rounds}
    if not found:
        return found
    decisions = _decisions_on(day, list(found))
    query = (
        select(SubsidyApplication, status_as_of(SUBSIDY_APPLICATION, SubsidyApplication, day))
        .where(SubsidyApplication.round_id.in_(found))
        .order_by(SubsidyApplication.round_id, SubsidyApplication.number)
    )
    if known_on is not None:
        query = query.where(existed_by(SubsidyApplication, known_on))
    for application, status in db.session.execute(query):
        outcome = _outcome(
            application, ApplicationStatus(status), decisions.get(application.id), day
        )
        if outcome is not None:
            found[application.round_id].append(outcome)
    return found


def counts_on(
    day: date, rounds: Sequence[SubsidyRound], *, known_on: date | None = None
) -> dict[int, RoundCounts]:
    """Return by round how its applications stood on a day, with what a source tells besides.

    What was recorded after `known_on` is left out.
    """
    outcomes = outcomes_on(day, rounds=rounds, known_on=known_on)
    return {one.id: count_outcomes(one, outcomes[one.id]) for one in rounds}


def count_outcomes(in_round: SubsidyRound, outcomes: Sequence[Outcome]) -> RoundCounts:
    """Count the outcomes of a round, with what a source tells beyond them."""
    return count(
        outcomes,
        unlisted_applications=in_round.unlisted_applications,
        unlisted_granted=in_round.unlisted_granted,
        unlisted_granted_cents=in_round.unlisted_granted_cents,
    )


def sentence_on(day: date, in_round: SubsidyRound) -> str:
    """Return the Dutch clause of a letter about a round, as it stood on a day."""
    return round_sentence(counts_on(day, [in_round])[in_round.id])


def meter_of(in_round: SubsidyRound, outcomes: Sequence[Outcome]) -> Meter:
    """Return what is known to stand against the ceiling: unknown amounts are left out of it."""
    granted = sum(one.granted_cents or 0 for one in outcomes if one.status in GRANTED_IN_SOME_WAY)
    return Meter(
        ceiling_cents=in_round.ceiling_cents,
        applied_cents=sum(one.requested_cents or 0 for one in outcomes),
        granted_cents=granted + (in_round.unlisted_granted_cents or 0),
    )


def meter_on(day: date, in_round: SubsidyRound) -> Meter:
    """Return what is known to stand against the ceiling of a round on a day."""
    return meter_of(in_round, outcomes_on(day, rounds=[in_round])[in_round.id])


def _decisions_on(day: date, round_ids: Sequence[int]) -> dict[int, Decision]:
    """Return by application the decision that stood at the end of a day."""
    later = aliased(Decision)
    query = (
        select(Decision)
        .join(SubsidyApplication, SubsidyApplication.id == Decision.application_id)
        .outerjoin(later, (later.replaces_id == Decision.id) & (later.decided_on <= day))
        .where(
            SubsidyApplication.round_id.in_(round_ids),
            Decision.kind.in_(DECIDED_AS),
            Decision.decided_on <= day,
            later.id.is_(None),
        )
        .order_by(Decision.id)
    )
    return {one.application_id: one for one in db.session.scalars(query) if one.application_id}


def _outcome(
    application: SubsidyApplication, status: ApplicationStatus, decision: Decision | None, day: date
) -> ApplicationOutcome | None:
    """Return the outcome on a day; None when there was no application yet."""
    if decision is not None:
        decided = DECIDED_AS[decision.kind]
        granted = decision.amount_cents if decided in GRANTED_IN_SOME_WAY else None
        return _as(application, decided, granted, decision=decision)
    if _is_declared_by(application, day) and application.declared_outcome is not None:
        cents = application.declared_cents
        return _as(application, application.declared_outcome, cents, is_declared=True)
    if status is ApplicationStatus.DRAFT or not _is_received_by(application, day):
        return None
    # what a later decision or source made of it, was not yet so
    pending = ApplicationStatus.UNDER_ASSESSMENT
    return _as(application, pending if status in ONLY_DECIDED else status, None)


def _as(
    application: SubsidyApplication,
    status: ApplicationStatus,
    granted_cents: int | None,
    *,
    decision: Decision | None = None,
    is_declared: bool = False,
) -> ApplicationOutcome:
    return ApplicationOutcome(
        status=status,
        requested_cents=application.requested_cents,
        granted_cents=granted_cents,
        application=application,
        decision=decision,
        is_declared=is_declared,
    )


def _is_declared_by(application: SubsidyApplication, day: date) -> bool:
    """Tell whether a source's outcome held on a day; without a day of its own it always did."""
    return application.declared_on is None or application.declared_on <= day


def _is_received_by(application: SubsidyApplication, day: date) -> bool:
    """Tell whether an application had come in; history without a day did when its round opened.

    What was withdrawn before it was sent never did.
    """
    if application.received_at is not None:
        return application.received_at < _end_of(day)
    if application.status is ApplicationStatus.WITHDRAWN and not application.declared_source:
        return False
    opens_on = application.round.opens_on
    return opens_on is None or opens_on <= day


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
