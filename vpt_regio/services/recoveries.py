"""Getting money of a pilot back: one claim for each decision, and what came in on it.

Nothing is recovered twice: a claim is what the money says that the recipient has too much, and a
claim after a later decision takes the place of the earlier one. What came in stays booked on the
claim on which it came in.
"""

from datetime import date, timedelta

from vpt_regio import clock, policies
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.subsidy_terms import RECOVERY_DAYS, limitation_on
from vpt_regio.domain.subsidy_codes import MoneyDirection, PilotStatus
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, OverBudget, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot, PilotPayment, Recovery
from vpt_regio.queries.settlements import claim_of, standing_claim, state_of, unclaimed_cents
from vpt_regio.services import audit
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.transitions import check_version

REFERENCE_LENGTH = 100
REASON_LENGTH = 500
ABSORBED = "Gaat op in de terugvordering na besluit {reference}."
REPLACED = "De subsidie is opnieuw vastgesteld met besluit {reference}."
COMPLETE = "Helemaal ontvangen. Wat daarna nog terug moet, volgt uit besluit {reference}."


def demand_recovery(pilot: Pilot, *, actor: Person) -> Recovery:
    """Claim back what a recipient has too much after the settlement or the revocation.

    A claim that was cancelled, or that asks for too little, is taken up again; there is one for
    each decision, and one at a time. Raises WrongState when there is nothing to claim, it was
    claimed already, or five years went by.
    Source: Awb 4:57 (five years) and 4:87 (six weeks to pay).
    """
    role = policies.require(actor, Permission.PILOT_PAY, pilot)
    lock(pilot)
    raise_all(demand_problems(pilot))
    decision = _claim(pilot)
    _make_room(pilot, decision, actor=actor, role=role)
    return _demand(pilot, decision, actor=actor, role=role)


def fit_claim(pilot: Pilot, decision: Decision, *, actor: Person) -> None:
    """Let the standing claim follow a settlement that was decided anew.

    Is less to be paid back, then a lower claim takes its place, or none. Is more to be paid back,
    then it stands until `demand_recovery` claims the whole.
    """
    claim, left = standing_claim(pilot), _to_recover(pilot)
    if claim is None or claim.amount_cents - _received(claim) <= left:
        return
    if left and clock.today() > expires_on(pilot, decision):
        # too late for a new claim: on this one no more can come in than is left
        return
    reason = REPLACED.format(reference=decision.reference)
    _cancel(claim, reason, actor=actor, role=decision.role)
    if left:
        _demand(pilot, decision, actor=actor, role=decision.role)


def _demand(pilot: Pilot, decision: Decision, *, actor: Person, role: Role) -> Recovery:
    recovery = _of_decision(pilot, decision)
    if recovery is None:
        recovery = Recovery(pilot=pilot, decision_id=decision.id)
        db.session.add(recovery)
    today = clock.today()
    # what came in on it before it was cancelled stays with it
    recovery.amount_cents = _to_recover(pilot) + (_received(recovery) if recovery.id else 0)
    recovery.demanded_on = today
    recovery.due_on = today + timedelta(days=RECOVERY_DAYS)
    recovery.expires_on = expires_on(pilot, decision)
    recovery.cancelled_on, recovery.cancel_reason = None, ""
    recovery.recorded_by = actor
    db.session.flush()
    details = {
        "amount": format_euro(recovery.amount_cents),
        "due_on": day_in_words(recovery.due_on),
        "reference": decision.reference,
    }
    audit.record("recovery.demanded", recovery, actor=actor, role=role, details=details)
    return recovery


def demand_problems(pilot: Pilot) -> list[DomainError]:
    """Return why nothing can be claimed back now; empty when it can."""
    decision = claim_of(pilot)
    if decision is None:
        if pilot.status is PilotStatus.CLOSED:
            return [WrongState(N_("Deze pilot is afgesloten. Aan het geld verandert niets meer."))]
        message = N_("Terugvorderen kan pas nadat de subsidie is vastgesteld of ingetrokken.")
        return [WrongState(message)]
    standing = standing_claim(pilot)
    if standing is not None and not unclaimed_cents(pilot):
        message = N_("Dit is al teruggevorderd op %(day)s. Er wordt niets dubbel teruggevorderd.")
        params = {"day": day_in_words(standing.demanded_on)}
        return [WrongState(message, params=params, code="demanded_already")]
    if _to_recover(pilot) == 0:
        message = N_("Er is niets terug te vorderen: de ontvanger heeft niet te veel ontvangen.")
        return [WrongState(message, code="nothing_to_recover")]
    last_day = expires_on(pilot, decision)
    if clock.today() > last_day:
        message = N_("Terugvorderen kon tot en met %(day)s. Deze vordering is verjaard.")
        params = {"day": day_in_words(last_day)}
        return [WrongState(message, params=params, code="expired")]
    return []


def receive_recovery(
    recovery: Recovery, *, amount_cents: int, paid_on: date, reference: str, actor: Person
) -> PilotPayment:
    """Record money that came back on a claim; never more than the claim asks for.

    What was booked by mistake is corrected as any other payment of the pilot.

    Raises WrongState for a cancelled claim, OverBudget for too much, or every other reason
    together why the values are not acceptable.
    """
    role = _start_booking(recovery, actor)
    if recovery.cancelled_on is not None:
        message = N_("Deze terugvordering is vervallen. Vorder zo nodig opnieuw terug.")
        raise WrongState(message)
    text = cleaned(reference, field="reference", maximum=REFERENCE_LENGTH).strip()
    errors = _day_errors(paid_on, since=recovery.demanded_on)
    if amount_cents <= 0:
        message = N_("Het bedrag moet groter zijn dan nul. Was er te veel geboekt? Corrigeer dat.")
        errors.append(Invalid(message, field="amount"))
    if not text:
        errors.append(Invalid(N_("Vul het kenmerk van de betaling in."), field="reference"))
    raise_all(errors)
    raise_all(_amount_errors(recovery, amount_cents))
    receipt = PilotPayment(
        pilot=recovery.pilot,
        direction=MoneyDirection.RECOVERED,
        recovery=recovery,
        amount_cents=amount_cents,
        paid_on=paid_on,
        reference=text,
        recorded_by=actor,
    )
    db.session.add(receipt)
    db.session.flush()
    details = {
        "payment": receipt.id,
        "amount": format_euro(amount_cents),
        "day": day_in_words(paid_on),
        "reference": text,
    }
    audit.record("recovery.received", recovery, actor=actor, role=role, details=details)
    return receipt


def cancel_recovery(
    recovery: Recovery, *, reason: str, actor: Person, expected_version: int | None = None
) -> None:
    """Let a claim lapse, with the reason. What the recipient has too much stays visible."""
    role = _start_booking(recovery, actor)
    check_version(recovery, expected_version)
    if recovery.cancelled_on is not None:
        raise WrongState(N_("Deze terugvordering is al vervallen. Er is niets gewijzigd."))
    if state_of(recovery).is_complete:
        raise WrongState(N_("Dit bedrag is al helemaal terugontvangen. Er is niets gewijzigd."))
    text = cleaned(reason, field="reason", maximum=REASON_LENGTH).strip()
    if not text:
        raise Invalid(N_("Vul in waarom de terugvordering vervalt."), field="reason")
    _cancel(recovery, text, actor=actor, role=role)


def expires_on(pilot: Pilot, decision: Decision) -> date:
    """Return the last day on which money may be claimed back: five years after the settlement.

    Of a subsidy that was revoked before it was settled, after the revocation.
    """
    return pilot.claimable_until or limitation_on(decision.decided_on)


def _start_booking(recovery: Recovery, actor: Person) -> Role:
    role = policies.require(actor, Permission.PILOT_PAY, recovery)
    lock(recovery.pilot)
    db.session.refresh(recovery)
    if recovery.pilot.status is PilotStatus.CLOSED:
        raise WrongState(N_("Deze pilot is afgesloten. Aan het geld verandert niets meer."))
    return role


def _claim(pilot: Pilot) -> Decision:
    decision = claim_of(pilot)
    if decision is None:
        raise AssertionError("a claim without a decision was not refused")
    return decision


def _of_decision(pilot: Pilot, decision: Decision) -> Recovery | None:
    return next((one for one in pilot.recoveries if one.decision_id == decision.id), None)


def _make_room(pilot: Pilot, decision: Decision, *, actor: Person, role: Role) -> None:
    """End the claim after an earlier decision: one claim holds at a time."""
    for earlier in pilot.recoveries:
        if earlier.cancelled_on is None and earlier.decision_id != decision.id:
            words = COMPLETE if state_of(earlier).is_complete else ABSORBED
            reason = words.format(reference=decision.reference)
            _cancel(earlier, reason, actor=actor, role=role)


def _cancel(recovery: Recovery, reason: str, *, actor: Person, role: Role) -> None:
    recovery.cancelled_on, recovery.cancel_reason = clock.today(), reason
    db.session.flush()
    audit.record("recovery.cancelled", recovery, actor=actor, role=role, details={"reason": reason})


def _to_recover(pilot: Pilot) -> int:
    return pilot.money.to_recover_cents if pilot.money else 0


def _received(recovery: Recovery) -> int:
    return state_of(recovery).received_cents


def _day_errors(paid_on: date, *, since: date) -> list[DomainError]:
    if paid_on > clock.today():
        return [Invalid(N_("De datum kan niet in de toekomst liggen."), field="paid_on")]
    if paid_on < since:
        message = N_("Deze datum kan niet vóór %(day)s liggen.")
        return [Invalid(message, field="paid_on", params={"day": day_in_words(since)})]
    return []


def _amount_errors(recovery: Recovery, amount_cents: int) -> list[DomainError]:
    left = state_of(recovery).left_cents
    if amount_cents <= left:
        return []
    message = N_("Dit is te veel. Nog terug te ontvangen is: %(left)s.")
    return [OverBudget(message, field="amount", params={"left": format_euro(left)})]
