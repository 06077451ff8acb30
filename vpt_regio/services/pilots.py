"""Pilots: awarded by a decision, or started without a grant; their outcome and their end.

The grant of a pilot follows the standing decision on its application, and changes with it.
"""

from datetime import date

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.fuzzy_date import Precision
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import PILOT_OUTCOME_LABELS, PilotOutcome, PilotStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import Actor
from vpt_regio.queries.pilots import (
    arrangement_for,
    next_award_order,
    paid_on_instalments,
    pilot_of,
)
from vpt_regio.services import audit, transitions
from vpt_regio.services.pilot_contents import PilotData, contents_of, fill, set_end
from vpt_regio.services.plan_parts import cleaned

# a grant changes until the subsidy is settled; from then on the settlement says what is due
GRANT_MAY_CHANGE = (PilotStatus.AWARDED, PilotStatus.REPORTED, PilotStatus.LAPSED)
STANDING = (
    PilotStatus.AWARDED,
    PilotStatus.REPORTED,
    PilotStatus.SETTLED,
    PilotStatus.REVOKED,
    PilotStatus.WITHOUT_GRANT,
)


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
    used = paid_on_instalments(pilot)
    pilot.instalments = [one for one in pilot.instalments if one.id in used]
    db.session.flush()
    return record


def start_without_grant(programme: Programme, data: PilotData, *, actor: Person) -> Pilot:
    """Write down a pilot that runs without a subsidy; raises all that is wrong at once."""
    role = policies.require(actor, Permission.PILOT_MANAGE, programme)
    pilot = Pilot(programme_id=programme.id, status=PilotStatus.WITHOUT_GRANT, author=actor)
    fill(pilot, data)
    db.session.add(pilot)
    db.session.flush()
    details = {"after": contents_of(pilot)}
    audit.record("pilot.started", pilot, actor=actor, role=role, details=details)
    return pilot


def import_pilot(
    programme: Programme,
    data: PilotData,
    *,
    application: SubsidyApplication | None = None,
    granted_cents: int | None = None,
    awarded_on: date | None = None,
    award_order: int | None = None,
    actor: Person,
) -> Pilot:
    """Take over a pilot of earlier years as far as its source tells; nothing is filled in.

    With an application it has a grant, and needs the day on which the limits are looked up; the
    next place in its round unless `award_order` names one.
    """
    role = policies.require(actor, Permission.SUBSIDY_IMPORT, programme)
    raise_all(_import_errors(application, granted_cents, awarded_on, data.source))
    pilot = Pilot(programme_id=programme.id, status=PilotStatus.WITHOUT_GRANT, author=actor)
    if application is not None and granted_cents is not None and awarded_on is not None:
        pilot.application, pilot.status = application, PilotStatus.AWARDED
        pilot.award_order = award_order or next_award_order(application.round)
        _grant(pilot, granted_cents, on=awarded_on)
    fill(pilot, data)
    db.session.add(pilot)
    db.session.flush()
    details = {"source": data.source, "granted_cents": granted_cents, "after": contents_of(pilot)}
    audit.record("pilot.imported", pilot, actor=actor, role=role, details=details)
    return pilot


def edit_pilot(
    pilot: Pilot, data: PilotData, *, actor: Person, expected_version: int | None = None
) -> Pilot:
    """Change what a pilot is and where it lies; its grant changes by a decision alone."""
    role = policies.require(actor, Permission.PILOT_MANAGE, pilot)
    lock(pilot)
    transitions.check_version(pilot, expected_version)
    _require_standing(pilot)
    before = contents_of(pilot)
    fill(pilot, data)
    pilot.updated_at = clock.now()
    db.session.flush()
    after = contents_of(pilot)
    if after != before:
        details = {"before": before, "after": after}
        audit.record("pilot.changed", pilot, actor=actor, role=role, details=details)
    return pilot


def record_outcome(
    pilot: Pilot,
    outcome: PilotOutcome,
    *,
    reason: str,
    source: str = "",
    on: date | None = None,
    actor: Person,
    expected_version: int | None = None,
) -> Pilot:
    """Write down what is done with what a pilot taught, and why; today unless `on` is earlier."""
    role = policies.require(actor, Permission.PILOT_MANAGE, pilot)
    lock(pilot)
    transitions.check_version(pilot, expected_version)
    _require_standing(pilot)
    why = cleaned(reason, field="outcome_reason")
    day = on or clock.today()
    errors: list[DomainError] = []
    if not why:
        errors.append(Invalid(N_("Leg uit waarom dit de uitkomst is."), field="outcome_reason"))
    if day > clock.today():
        message = N_("De datum kan niet in de toekomst liggen.")
        errors.append(Invalid(message, field="outcome_on"))
    raise_all(errors)
    before = {"outcome": pilot.outcome, "reason": pilot.outcome_reason}
    pilot.outcome, pilot.outcome_on, pilot.outcome_reason = outcome, day, why
    pilot.outcome_source = cleaned(source, field="outcome_source", maximum=500)
    db.session.flush()
    details = {
        "before": before,
        "code": outcome,
        "outcome": PILOT_OUTCOME_LABELS[outcome],
        "reason": why,
        "source": pilot.outcome_source,
        "on": day,
    }
    audit.record("pilot.outcome_recorded", pilot, actor=actor, role=role, details=details)
    return pilot


def close_pilot(
    pilot: Pilot, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """Close a pilot whose money is even and whose outcome is known.

    Money that can no longer be claimed back does not stand in the way; the step tells of it.
    """
    return _finish(pilot, "close", actor=actor, expected_version=expected_version)


def end_pilot(
    pilot: Pilot, *, actor: Person, expected_version: int | None = None
) -> TransitionRecord:
    """End a pilot without a grant, once its outcome is known."""
    return _finish(pilot, "end", actor=actor, expected_version=expected_version)


def lock(pilot: Pilot) -> None:
    """Let changes of one pilot take turns, and read again what the other one left."""
    query = select(Pilot.id).where(Pilot.id == pilot.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(pilot)


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


@transitions.guard(PILOT, Guard.MONEY_EVEN)
def _money_is_even(pilot: Pilot, _actor: Actor) -> list[DomainError]:
    money = pilot.money
    if money is None or money.is_even:
        return []
    if money.payable_cents:
        message = N_("Er moet nog %(amount)s worden betaald.")
        params = {"amount": format_euro(money.payable_cents)}
    elif pilot.barred_cents_on(clock.today()):
        return []
    else:
        message = N_("Er moet nog %(amount)s worden terugbetaald.")
        params = {"amount": format_euro(money.to_recover_cents)}
    return [Invalid(message, params=params, code="not_even")]


@transitions.guard(PILOT, Guard.OUTCOME_KNOWN)
def _outcome_is_known(pilot: Pilot, _actor: Actor) -> list[DomainError]:
    if pilot.outcome is not None:
        return []
    return [Invalid(N_("Leg eerst de uitkomst van de pilot vast."), code="no_outcome")]


def _finish(
    pilot: Pilot, step: str, *, actor: Person, expected_version: int | None
) -> TransitionRecord:
    policies.require(actor, Permission.PILOT_MANAGE, pilot)
    lock(pilot)
    barred = _barred_words(pilot)
    return transitions.apply(
        pilot,
        step,
        workflow=PILOT,
        actor=actor,
        inputs={"note": barred} if barred else None,
        expected_version=expected_version,
    )


def _barred_words(pilot: Pilot) -> str:
    """Return in Dutch what of the money will never come back; empty when there is none."""
    cents, last_day = pilot.barred_cents_on(clock.today()), pilot.claimable_until
    if not cents or last_day is None:
        return ""
    return (
        f"{format_euro(cents)} is niet terugbetaald en kan niet meer worden teruggevorderd:"
        f" dat kon tot en met {last_day:%d-%m-%Y}."
    )


def _require_standing(pilot: Pilot) -> None:
    if pilot.status not in STANDING:
        raise WrongState(
            N_("De status van de pilot is nu ‘%(state)s’. De pilot verandert niet meer."),
            params={"state": PILOT.state(pilot.status).label},
        )


def _import_errors(
    application: SubsidyApplication | None,
    granted_cents: int | None,
    awarded_on: date | None,
    source: str,
) -> list[DomainError]:
    errors: list[DomainError] = []
    if not source.strip():
        errors.append(Invalid(N_("Vul in uit welk stuk dit komt."), field="source"))
    if application is None and granted_cents is not None:
        message = N_("Een subsidie hoort bij een aanvraag. Neem die eerst over.")
        errors.append(Invalid(message, field="granted"))
    if application is not None:
        if granted_cents is None or granted_cents <= 0:
            message = N_("Vul in hoeveel subsidie is toegekend.")
            errors.append(Invalid(message, field="granted"))
        if awarded_on is None:
            message = N_("Vul in op welke dag de subsidie is toegekend.")
            errors.append(Invalid(message, field="awarded_on"))
        if pilot_of(application) is not None:
            message = N_("Er is al een pilot bij deze aanvraag.")
            errors.append(Invalid(message, field="application"))
    return errors


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
