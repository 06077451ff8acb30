"""Subsidies for overviews of a half-year: rounds, pilots and the annex, as of one day.

Rounds pass in batches, so that memory does not grow with them; what is decided, paid or recovered
after the day is not there yet. Nor is what was recorded after `known_on`, the day whose knowledge
is shown (today unless given): history that is taken over late, and a payment that is booked late,
belong to a later overview.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from vpt_regio import clock
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision, format_dutch_date
from vpt_regio.domain.rules.pilot_clock import status_at
from vpt_regio.domain.rules.subsidy_outcomes import RoundCounts
from vpt_regio.domain.subsidy_codes import MoneyDirection, PilotOutcome, PilotStatus, RoundStatus
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.domain.workflows.subsidies import SUBSIDY_ROUND
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Pilot, PilotPayment
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.as_of import Extent, existed_by, status_as_of
from vpt_regio.queries.pilots import arrangement_for
from vpt_regio.queries.subsidy_outcomes import ApplicationOutcome, count_outcomes, outcomes_on

BATCH = 20
GRANTS = (DecisionKind.SUBSIDY_GRANTED, DecisionKind.SUBSIDY_PARTIALLY_GRANTED)
NEVER_OPENED = (RoundStatus.PLANNED, RoundStatus.CANCELLED)


@dataclass(frozen=True)
class RoundOnDay:
    """A round with its counts; `sources` name where what is known of it comes from."""

    round: SubsidyRound
    counts: RoundCounts
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PilotOnDay:
    """A pilot as it was on a day; amounts are cents, None is not known or not yet.

    `outcome` and `awarded_on` are None for a pilot without a grant; `result` is what is done with
    what it taught.
    """

    pilot: Pilot
    round: SubsidyRound | None
    outcome: ApplicationOutcome | None
    awarded_on: date | None
    status: PilotStatus
    ends: FuzzyDate | None
    arrangement: int | None
    is_by_analogy: bool
    paid_cents: int | None
    settled_cents: int | None
    recovery_cents: int | None
    result: PilotOutcome | None

    @property
    def granted_cents(self) -> int | None:
        return self.outcome.granted_cents if self.outcome else None

    @property
    def source(self) -> str:
        """Where it is from that something is not known of this pilot."""
        declared = self.outcome.application.declared_source if self.outcome else ""
        return declared or self.pilot.source


def day_of(extent: Extent) -> date:
    """Return the day whose subsidies an overview shows: its last one, or today while it runs."""
    return min(extent.ends_on, extent.as_of)


def stream_rounds(
    programme_id: int, day: date, *, known_on: date | None = None
) -> Iterator[RoundOnDay]:
    """Yield the rounds that had opened by a day, in order, with how their applications stood."""
    known_on = known_on or clock.today()
    for rounds in _batches(programme_id, day, known_on):
        outcomes = outcomes_on(day, rounds=rounds, known_on=known_on)
        for one in rounds:
            found = outcomes[one.id]
            declared = (each.application.declared_source for each in found if each.is_declared)
            own = one.source or one.scheme.source
            sources = dict.fromkeys(filter(None, [own, *declared]))
            yield RoundOnDay(one, count_outcomes(one, found), tuple(sources))


def stream_pilots(
    programme_id: int, day: date, *, known_on: date | None = None
) -> Iterator[PilotOnDay]:
    """Yield the pilots that had been awarded by a day by round and award, then those without a
    grant that had begun."""
    known_on = known_on or clock.today()
    for rounds in _batches(programme_id, day, known_on):
        yield from _awarded(rounds, day, known_on)
    yield from _without_grant(programme_id, day, known_on)


def stream_annex(
    programme_id: int, starts_on: date, day: date, *, known_on: date | None = None
) -> Iterator[PilotOnDay]:
    """Yield the pilots of the annex of a half-year up to a day, in the order of award.

    A pilot belongs to the half-year in which it was first awarded; when nobody knows that day, to
    the one in which its round closed.
    """
    for one in stream_pilots(programme_id, day, known_on=known_on):
        when = one.awarded_on or _closing_day(one.round)
        if _is_granted(one) and when is not None and starts_on <= when <= day:
            yield one


def annex_of_round(in_round: SubsidyRound, day: date) -> list[PilotOnDay]:
    """Return the pilots of the annex of one round as of a day, in the order of award."""
    return [one for one in _awarded([in_round], day, clock.today()) if _is_granted(one)]


def _is_granted(one: PilotOnDay) -> bool:
    return one.outcome is not None and one.outcome.is_granted


def _closing_day(in_round: SubsidyRound | None) -> date | None:
    return (in_round.closes_on or in_round.opens_on) if in_round else None


def _batches(programme_id: int, day: date, known_on: date) -> Iterator[list[SubsidyRound]]:
    rounds = _rounds(programme_id, day, known_on)
    for first in range(0, len(rounds), BATCH):
        yield rounds[first : first + BATCH]


def _rounds(programme_id: int, day: date, known_on: date) -> list[SubsidyRound]:
    """Return the rounds that had opened by a day and were known; one without a day always had."""
    began = func.coalesce(SubsidyRound.opens_on, SubsidyRound.closes_on, SubsidyScheme.starts_on)
    query = (
        select(SubsidyRound)
        .join(SubsidyRound.scheme)
        .where(
            SubsidyScheme.programme_id == programme_id,
            status_as_of(SUBSIDY_ROUND, SubsidyRound, day).not_in(NEVER_OPENED),
            or_(began <= day, began.is_(None)),
            existed_by(SubsidyRound, known_on),
        )
        .options(joinedload(SubsidyRound.scheme))
    )
    return sorted(db.session.scalars(query), key=_place)


def _place(one: SubsidyRound) -> tuple[date, str, int, int]:
    began = one.opens_on or one.closes_on or one.scheme.starts_on or date.min
    return (began, one.scheme.name, one.number, one.id)


@dataclass(frozen=True)
class _Batch:
    """What is known of the applications and the pilots of some rounds as of a day, by id."""

    day: date
    known_on: date
    outcomes: dict[int, ApplicationOutcome]
    awards: dict[int, date | None]
    settled: dict[int, int | None]


def _awarded(rounds: Sequence[SubsidyRound], day: date, known_on: date) -> Iterator[PilotOnDay]:
    outcomes = {
        outcome.application.id: outcome
        for found in outcomes_on(day, rounds=rounds, known_on=known_on).values()
        for outcome in found
    }
    awards = _awards([one.id for one in rounds], outcomes, day)
    pilots = _pilots(list(awards), day, known_on)
    settled = _settled([pilot.id for pilot, _status, _later in pilots], day)
    batch = _Batch(day, known_on, outcomes, awards, settled)
    places = {one.id: place for place, one in enumerate(rounds)}

    def order(one: PilotOnDay) -> tuple[int, int, int]:
        assert one.outcome is not None  # noqa: S101  # those without a grant are not among them
        application, place = one.outcome.application, one.pilot.award_order
        number = application.number
        return (places[application.round_id], number if place is None else place, number)

    yield from sorted(
        (_on_day(pilot, status, batch, told_later=later) for pilot, status, later in pilots),
        key=order,
    )


def _awards(
    round_ids: list[int], outcomes: dict[int, ApplicationOutcome], day: date
) -> dict[int, date | None]:
    """Return by application the day of its first award, for those that ever had one by a day."""
    query = (
        select(Decision.application_id, func.min(Decision.decided_on))
        .join(SubsidyApplication, SubsidyApplication.id == Decision.application_id)
        .where(
            SubsidyApplication.round_id.in_(round_ids),
            Decision.kind.in_(GRANTS),
            Decision.decided_on <= day,
        )
        .group_by(Decision.application_id)
    )
    found: dict[int, date | None] = {key: value for key, value in db.session.execute(query) if key}
    for application_id, outcome in outcomes.items():
        if outcome.is_granted and outcome.is_declared:
            found[application_id] = outcome.decided_on
    return found


def _pilots(application_ids: list[int], day: date, known_on: date) -> list[tuple[Pilot, str, bool]]:
    query = (
        select(Pilot, status_as_of(PILOT, Pilot, day), _told_later(known_on))
        .where(Pilot.application_id.in_(application_ids), existed_by(Pilot, known_on))
        .options(
            selectinload(Pilot.regions),
            selectinload(Pilot.payments),
            selectinload(Pilot.recoveries),
            selectinload(Pilot.notices),
        )
        .order_by(Pilot.id)
    )
    return [(pilot, status, later) for pilot, status, later in db.session.execute(query)]


def _told_later(known_on: date) -> ColumnElement[bool]:
    """Return whether the outcome of a pilot was written down after a day, on whatever day it is."""
    return exists().where(
        AuditEntry.subject_type == Pilot.__tablename__,
        AuditEntry.subject_id == cast(Pilot.id, String),
        AuditEntry.action == "pilot.outcome_recorded",
        AuditEntry.at >= datetime.combine(known_on + timedelta(days=1), time(), AMSTERDAM),
    )


def _result(pilot: Pilot, day: date, *, told_later: bool) -> PilotOutcome | None:
    is_known = pilot.outcome_on is not None and pilot.outcome_on <= day and not told_later
    return pilot.outcome if is_known else None


def _settled(pilot_ids: list[int], day: date) -> dict[int, int | None]:
    """Return by pilot the amount of the settlement that stood at the end of a day."""
    later = aliased(Decision)
    query = (
        select(Decision.pilot_id, Decision.amount_cents)
        .outerjoin(later, and_(later.replaces_id == Decision.id, later.decided_on <= day))
        .where(
            Decision.pilot_id.in_(pilot_ids),
            Decision.kind == DecisionKind.SUBSIDY_SETTLED,
            Decision.decided_on <= day,
            later.id.is_(None),
        )
        .order_by(Decision.id)
    )
    return {key: value for key, value in db.session.execute(query) if key}


def _on_day(pilot: Pilot, status: str, batch: _Batch, *, told_later: bool) -> PilotOnDay:
    outcome, day = batch.outcomes[pilot.application_id or 0], batch.day
    ends = _ends(pilot, outcome.application, day)
    arrangement, is_by_analogy = _arrangement(pilot, outcome)
    # of history that a source declares, nobody recorded the money
    payments = _payments(pilot, day, batch.known_on)
    is_recorded = outcome.decision is not None or bool(payments)
    return PilotOnDay(
        pilot=pilot,
        round=outcome.application.round,
        outcome=outcome,
        awarded_on=batch.awards[outcome.application.id],
        status=_status(pilot, status, ends, day),
        ends=ends,
        arrangement=arrangement,
        is_by_analogy=is_by_analogy,
        paid_cents=sum(one.amount_cents for one in payments) if is_recorded else None,
        settled_cents=batch.settled.get(pilot.id, _settled_by_source(pilot, day)),
        recovery_cents=_recovery(pilot, day) if is_recorded else None,
        result=_result(pilot, day, told_later=told_later),
    )


def _status(pilot: Pilot, stored: str, ends: FuzzyDate | None, day: date) -> PilotStatus:
    ends_on = ends.on if ends else None
    return status_at(PilotStatus(stored), starts_on=pilot.starts_on, ends_on=ends_on, day=day)


def _arrangement(pilot: Pilot, outcome: ApplicationOutcome) -> tuple[int | None, bool]:
    """Return the arrangement of the award that stood; that of a later award is not it."""
    granted, decided_on = outcome.granted_cents, outcome.decided_on
    if granted is None or granted == pilot.granted_cents or decided_on is None:
        return pilot.arrangement, pilot.is_by_analogy
    found = arrangement_for(pilot.programme_id, granted, on=decided_on)
    return (found.number, found.by_analogy) if found else (None, False)


def _ends(pilot: Pilot, application: SubsidyApplication | None, day: date) -> FuzzyDate | None:
    """Return the last day as it was: a change that was agreed later did not hold yet."""
    moved = sorted(
        (one.answered_on, one.id, one.proposed_end_on)
        for one in pilot.notices
        if one.is_agreed and one.answered_on is not None and one.proposed_end_on is not None
    )
    if not moved or moved[-1][0] <= day:
        return pilot.ends
    held = [proposed for answered_on, _id, proposed in moved if answered_on <= day]
    ends_on = held[-1] if held else application.ends_on if application else None
    if ends_on is None:
        return None
    return FuzzyDate(ends_on, Precision.DAY, format_dutch_date(ends_on))


def _payments(pilot: Pilot, day: date, known_on: date) -> list[PilotPayment]:
    """Return what was paid by a day, as far as it was booked by then."""
    return [
        one
        for one in pilot.payments
        if one.direction is MoneyDirection.PAID
        and one.paid_on <= day
        and one.created_at.astimezone(AMSTERDAM).date() <= known_on
    ]


def _recovery(pilot: Pilot, day: date) -> int:
    """Return what had to be paid back as of a day."""
    return sum(
        one.amount_cents
        for one in pilot.recoveries
        if one.demanded_on <= day and (one.cancelled_on is None or one.cancelled_on > day)
    )


def _settled_by_source(pilot: Pilot, day: date) -> int | None:
    is_settled = pilot.settled_on is not None and pilot.settled_on <= day
    return pilot.settled_cents if is_settled else None


def _without_grant(programme_id: int, day: date, known_on: date) -> Iterator[PilotOnDay]:
    began = or_(Pilot.starts_on <= day, Pilot.starts_on.is_(None)) & existed_by(Pilot, known_on)
    query = (
        select(Pilot, status_as_of(PILOT, Pilot, day), _told_later(known_on))
        .where(Pilot.programme_id == programme_id, Pilot.application_id.is_(None), began)
        .options(selectinload(Pilot.regions), selectinload(Pilot.notices))
        .order_by(Pilot.title, Pilot.id)
        .execution_options(yield_per=100)
    )
    with db.session.execute(query) as rows:
        for pilot, status, told_later in rows:
            ends = _ends(pilot, None, day)
            yield PilotOnDay(
                pilot=pilot,
                round=None,
                outcome=None,
                awarded_on=None,
                status=_status(pilot, status, ends, day),
                ends=ends,
                arrangement=None,
                is_by_analogy=False,
                paid_cents=None,
                settled_cents=None,
                recovery_cents=None,
                result=_result(pilot, day, told_later=told_later),
            )
