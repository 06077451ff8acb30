"""Pilots: awarded by a decision, or started without a grant; their outcome and their end.

The grant of a pilot follows the standing decision on its application, and changes with it.
"""

from datetime import date, timedelta

from sqlalchemy import select

from vpt_regio import policies
from vpt_regio.domain.fuzzy_date import Precision
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import PilotStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyApplication, SubsidyRound
from vpt_regio.policies import Actor
from vpt_regio.queries.pilots import (
    arrangement_for,
    next_award_order,
    paid_instalment_ids,
    pilot_of,
)
from vpt_regio.services import audit, transitions

# a grant changes until the subsidy is settled; from then on the settlement says what is due
GRANT_MAY_CHANGE = (PilotStatus.AWARDED, PilotStatus.REPORTED, PilotStatus.LAPSED)


def award(application: SubsidyApplication, *, amount_cents: int, on: date, actor: Person) -> Pilot:
    """Make the pilot of a granted application, or let its grant follow a newer decision.

    `on` is the day of the decision: the limits of that day give the arrangement. Whoever calls
    it has made the decision. Raises WrongState once the subsidy is settled or revoked, and
    Invalid for a grant that does not fit what was asked, planned or paid.
    """
    role = policies.require(actor, Permission.APPLICATION_DECIDE, application)
    # awards in one round take turns, so that each place in the annex is given once
    query = select(SubsidyRound.id).where(SubsidyRound.id == application.round_id)
    db.session.execute(query.with_for_update())
    raise_all(_amount_errors(application, amount_cents))
    pilot = pilot_of(application)
    if pilot is None:
        pilot = _first_award(application, amount_cents, on=on, actor=actor)
        action, before = "pilot.awarded", None
    else:
        before = _change_grant(pilot, amount_cents, on=on, actor=actor)
        action = "pilot.grant_changed"
        if before == amount_cents:
            return pilot
    details = {
        "before": format_euro(before) if before is not None else None,
        "amount": format_euro(amount_cents),
        "arrangement": pilot.arrangement,
        "is_by_analogy": pilot.is_by_analogy,
        "decided_on": on,
    }
    audit.record(action, pilot, actor=actor, role=role, details=details)
    return pilot


def lapse(pilot: Pilot, *, actor: Person) -> TransitionRecord:
    """Let a pilot lapse, because its application was decided on otherwise.

    Raises WrongState once it was accounted for, Invalid when something was paid.
    """
    lock(pilot)
    record = transitions.apply(pilot, "lapse", workflow=PILOT, actor=actor)
    used = paid_instalment_ids(pilot)
    pilot.instalments = [one for one in pilot.instalments if one.id in used]
    db.session.flush()
    return record


def lock(pilot: Pilot) -> None:
    """Let changes of one pilot take turns, and read again what the other one left."""
    query = select(Pilot.id).where(Pilot.id == pilot.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(pilot)


def set_end(pilot: Pilot, day: date | None) -> None:
    """Let a pilot end on a day; the day to ask for the settlement moves along."""
    pilot.ends_on, pilot.ends_words = day, ""
    pilot.ends_precision = Precision.DAY if day else None
    _follow_end(pilot)


@transitions.guard(PILOT, Guard.NOTHING_PAID)
def _nothing_is_paid(pilot: Pilot, _actor: Actor) -> list[DomainError]:
    money = pilot.money
    if money is None or money.in_hand_cents == 0:
        return []
    return [
        Invalid(
            N_(
                "Er is al %(amount)s betaald. Neem de betaling eerst terug, of trek de subsidie in."
            ),
            params={"amount": format_euro(money.in_hand_cents)},
            code="paid",
        )
    ]


def _first_award(
    application: SubsidyApplication, amount_cents: int, *, on: date, actor: Person
) -> Pilot:
    pilot = Pilot(
        programme_id=application.programme_id,
        application=application,
        award_order=next_award_order(application.round),
        title=application.title,
        description=application.description,
        hypothesis=application.hypothesis,
        organisation_name=application.organisation_name,
        place=application.place,
        organisation=application.organisation,
        starts_on=application.starts_on,
        starts_precision=Precision.DAY if application.starts_on else None,
        author=actor,
        regions=[application.region] if application.region else [],
        measures=list(application.measures),
    )
    _grant(pilot, amount_cents, on=on)
    set_end(pilot, application.ends_on)
    db.session.add(pilot)
    db.session.flush()
    return pilot


def _change_grant(pilot: Pilot, amount_cents: int, *, on: date, actor: Person) -> int | None:
    """Let the grant follow a newer decision; return the grant before, None for a lapsed pilot."""
    lock(pilot)
    if pilot.status not in GRANT_MAY_CHANGE:
        raise WrongState(
            N_(
                "De subsidie van deze pilot is al vastgesteld of ingetrokken."
                " De toekenning verandert niet meer."
            )
        )
    before = pilot.granted_cents
    raise_all(_lower_errors(pilot, amount_cents))
    if pilot.status is PilotStatus.LAPSED:
        transitions.apply(pilot, "award_again", workflow=PILOT, actor=actor)
        before = None
    _grant(pilot, amount_cents, on=on)
    db.session.flush()
    return before


def _grant(pilot: Pilot, amount_cents: int, *, on: date) -> None:
    arrangement = arrangement_for(pilot.programme_id, amount_cents, on=on)
    pilot.granted_cents = amount_cents
    pilot.arrangement = arrangement.number if arrangement else None
    pilot.is_by_analogy = arrangement.by_analogy if arrangement else False


def _follow_end(pilot: Pilot) -> None:
    """Count the day to ask for the settlement from the last day, when that day is certain."""
    is_certain = pilot.ends_on is not None and pilot.ends_precision == Precision.DAY
    if pilot.application is None or pilot.ends_on is None or not is_certain:
        pilot.settlement_request_due = None
    else:
        term = timedelta(days=pilot.application.round.settlement_days)
        pilot.settlement_request_due = pilot.ends_on + term


def _amount_errors(application: SubsidyApplication, amount_cents: int) -> list[DomainError]:
    if amount_cents <= 0:
        return [Invalid(N_("Het bedrag van de subsidie moet hoger zijn dan € 0."), field="amount")]
    asked = application.requested_cents
    if asked is None or amount_cents <= asked:
        return []
    message = N_("Er is %(asked)s gevraagd. Meer kan niet worden toegekend.")
    return [Invalid(message, field="amount", params={"asked": format_euro(asked)})]


def _lower_errors(pilot: Pilot, amount_cents: int) -> list[DomainError]:
    """Return why a grant cannot become this amount: more was paid, or is planned."""
    money = pilot.money
    if money is not None and money.in_hand_cents > amount_cents:
        message = N_("Er is al %(paid)s betaald. De toekenning kan niet lager worden dan dat.")
        params = {"paid": format_euro(money.in_hand_cents)}
        return [Invalid(message, field="amount", params=params, code="paid")]
    planned = sum(one.amount_cents for one in pilot.instalments)
    if planned > amount_cents:
        message = N_(
            "Er staan termijnen gepland van samen %(planned)s."
            " Pas eerst de termijnen van de pilot aan."
        )
        params = {"planned": format_euro(planned)}
        return [Invalid(message, field="amount", params=params, code="planned")]
    return []
