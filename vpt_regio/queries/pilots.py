"""Pilots: one by one, and what a round and its limits say about a new one."""

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.rules.subsidy_arrangement import Arrangement, Limit, arrangement_of
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.models.pilots import Pilot, PilotPayment
from vpt_regio.models.subsidies import SubsidyArrangement, SubsidyRound

GRANTS = (DecisionKind.SUBSIDY_GRANTED, DecisionKind.SUBSIDY_PARTIALLY_GRANTED)


def get_pilot(pilot_id: int) -> Pilot | None:
    return db.session.get(Pilot, pilot_id)


def pilot_of(application: SubsidyApplication) -> Pilot | None:
    """Return the pilot that came from an application, also when it lapsed."""
    query = select(Pilot).where(Pilot.application_id == application.id)
    return db.session.scalars(query).one_or_none()


def next_award_order(in_round: SubsidyRound) -> int:
    """Return the next place in the annex of a round."""
    query = (
        select(func.max(Pilot.award_order))
        .join(Pilot.application)
        .where(SubsidyApplication.round_id == in_round.id)
    )
    return (db.session.scalar(query) or 0) + 1


def arrangement_for(programme_id: int, cents: int, *, on: date) -> Arrangement | None:
    """Return which arrangement an amount falls under on a day; None without any limits."""
    query = (
        select(
            SubsidyArrangement.number, SubsidyArrangement.from_cents, SubsidyArrangement.holds_from
        )
        .where(SubsidyArrangement.programme_id == programme_id)
        .order_by(SubsidyArrangement.holds_from, SubsidyArrangement.number)
    )
    limits = [Limit(number, cents, day) for number, cents, day in db.session.execute(query)]
    return arrangement_of(cents, limits, on=on)


def awarded_on(pilot: Pilot) -> date | None:
    """Return the day of the first decision to grant, else the one that a source declares."""
    if pilot.application is None:
        return None
    query = select(func.min(Decision.decided_on)).where(
        Decision.application_id == pilot.application_id, Decision.kind.in_(GRANTS)
    )
    return db.session.scalar(query) or pilot.application.declared_on


def paid_on_instalments(pilot: Pilot) -> dict[int, int]:
    """Return what was paid on each instalment on which anything was booked, in cents."""
    query = (
        select(PilotPayment.instalment_id, func.sum(PilotPayment.amount_cents))
        .where(PilotPayment.pilot_id == pilot.id, PilotPayment.instalment_id.is_not(None))
        .group_by(PilotPayment.instalment_id)
    )
    return {found: int(cents) for found, cents in db.session.execute(query) if found is not None}


def left_of_payment(payment: PilotPayment) -> int:
    """Return what is left of a booking after its corrections, in cents."""
    query = select(func.coalesce(func.sum(PilotPayment.amount_cents), 0)).where(
        PilotPayment.corrects_id == payment.id
    )
    return payment.amount_cents + int(db.session.scalar(query) or 0)


def decisions_about(pilot: Pilot) -> list[Decision]:
    """Return the decisions on a pilot and on the application that it came from, newest first."""
    about = Decision.pilot_id == pilot.id
    if pilot.application_id is not None:
        about = or_(about, Decision.application_id == pilot.application_id)
    query = (
        select(Decision)
        .where(about)
        .options(
            joinedload(Decision.pilot).selectinload(Pilot.regions),
            joinedload(Decision.application),
        )
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
    )
    return list(db.session.scalars(query))


def get_payment(pilot_id: int, pilot_payment_id: int) -> PilotPayment | None:
    payment = db.session.get(PilotPayment, pilot_payment_id)
    return payment if payment is not None and payment.pilot_id == pilot_id else None


def list_payments(pilot: Pilot) -> list[PilotPayment]:
    """Return the bookings of a pilot, with who recorded them and for which instalment."""
    query = (
        select(PilotPayment)
        .where(PilotPayment.pilot_id == pilot.id)
        .options(joinedload(PilotPayment.recorded_by), joinedload(PilotPayment.instalment))
        .order_by(PilotPayment.id)
    )
    return list(db.session.scalars(query))


def get_notice(pilot_id: int, notice_id: int) -> ChangeNotice | None:
    notice = db.session.get(ChangeNotice, notice_id)
    return notice if notice is not None and notice.pilot_id == pilot_id else None


def list_notices(pilot: Pilot) -> list[ChangeNotice]:
    """Return what was told about a pilot, the oldest first, with who did and who answered."""
    query = (
        select(ChangeNotice)
        .where(ChangeNotice.pilot_id == pilot.id)
        .options(joinedload(ChangeNotice.noticed_by), joinedload(ChangeNotice.answered_by))
        .order_by(ChangeNotice.id)
    )
    return list(db.session.scalars(query))
