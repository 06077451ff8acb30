"""The money of a pilot: what is planned, what was paid, and what of that is taken back.

At every moment, to the cent: what is due = paid - recovered + still to pay. A payment never
changes; a mistake is put right by a negative booking that names the payment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock, policies
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_money import payment_day_problem
from vpt_regio.domain.rules.subsidy_money import (
    PilotMoney,
    instalment_problems,
    payment_fits,
    recovery_fits,
)
from vpt_regio.domain.subsidy_codes import MoneyDirection, PilotStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.errors import DomainError, Invalid, OverBudget, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot, PilotInstalment, PilotPayment
from vpt_regio.queries.pilots import awarded_on, left_of_payment, paid_on_instalments
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.pilots import lock
from vpt_regio.services.plan_parts import cleaned

PLANNABLE = (PilotStatus.AWARDED, PilotStatus.REPORTED)
PAYABLE = (*PLANNABLE, PilotStatus.SETTLED)
CORRECTABLE = (*PAYABLE, PilotStatus.REVOKED)


@dataclass(frozen=True)
class InstalmentRow:
    """One instalment as it is to be planned, in cents; `id` is that of one that exists."""

    planned_on: date | None
    amount_cents: int | None
    condition: str = ""
    id: int | None = None


def plan_instalments(
    pilot: Pilot,
    rows: Sequence[InstalmentRow],
    *,
    actor: Person,
    expected_version: int | None = None,
) -> list[PilotInstalment]:
    """Plan the instalments of a grant anew, in the order of their days; together within it.

    One on which was paid stays, for at least what was paid. The field of a problem is
    `row_<number>_<name>`, counted from 1.
    """
    role = policies.require(actor, Permission.PILOT_PAY, pilot)
    lock(pilot)
    transitions.check_version(pilot, expected_version)
    money = _money_in(pilot, PLANNABLE)
    raise_all(_row_errors(pilot, rows))
    amounts = [row.amount_cents or 0 for row in rows]
    raise_all([Invalid(text) for text in instalment_problems(amounts, money.granted_cents)])
    before = [_instalment_text(one) for one in pilot.instalments]
    _store_rows(pilot, rows)
    after = [_instalment_text(one) for one in pilot.instalments]
    if after != before:
        details = {"before": before, "after": after, "amount": format_euro(sum(amounts))}
        audit.record("pilot.instalments_planned", pilot, actor=actor, role=role, details=details)
    return pilot.instalments


def record_payment(
    pilot: Pilot,
    *,
    amount_cents: int,
    paid_on: date,
    reference: str,
    instalment: PilotInstalment | None = None,
    actor: Person,
) -> PilotPayment:
    """Record what was paid to the recipient; return it.

    Raises OverBudget above what is still to be paid (as granted, or once settled as settled) or
    above its instalment, WrongState when nothing can be paid, or all that is wrong together.
    """
    role = policies.require(actor, Permission.PILOT_PAY, pilot)
    lock(pilot)
    money = _money_in(pilot, PAYABLE)
    kept = cleaned(reference, field="reference", maximum=100)
    raise_all(
        _amount_errors(amount_cents)
        + _day_errors(paid_on, since=awarded_on(pilot))
        + _reference_errors(kept)
        + _own_instalment_errors(pilot, instalment)
    )
    raise_all(_over_errors(money, amount_cents) + _instalment_errors(instalment, amount_cents))
    payment = PilotPayment(
        pilot=pilot,
        direction=MoneyDirection.PAID,
        instalment=instalment,
        amount_cents=amount_cents,
        paid_on=paid_on,
        reference=kept,
        recorded_by=actor,
    )
    db.session.add(payment)
    db.session.flush()
    details = {
        "payment": payment.id,
        "instalment": instalment.number if instalment else None,
        "amount": format_euro(amount_cents),
        "day": day_in_words(paid_on),
        "reference": kept,
    }
    audit.record("pilot.paid", pilot, actor=actor, role=role, details=details)
    return payment


def correct_payment(
    payment: PilotPayment,
    *,
    amount_cents: int,
    paid_on: date,
    reference: str,
    reason: str,
    actor: Person,
) -> PilotPayment:
    """Take back (a part of) a booking by a new, negative one; return the new one.

    It also corrects what was booked as paid back by the recipient.
    """
    pilot = payment.pilot
    role = policies.require(actor, Permission.PILOT_PAY, payment)
    lock(pilot)
    money = _money_in(pilot, CORRECTABLE)
    if payment.amount_cents < 0:
        raise WrongState(N_("Dit is zelf een correctie. Leg zo nodig een nieuwe betaling vast."))
    why = cleaned(reason, field="reason", maximum=500)
    kept = cleaned(reference, field="reference", maximum=100)
    missing = Invalid(N_("Vul de reden van de correctie in."), field="reason")
    raise_all(
        _correction_errors(payment, money, amount_cents)
        + _correction_day_errors(payment, paid_on)
        + _reference_errors(kept)
        + ([] if why else [missing])
    )
    correction = PilotPayment(
        pilot=pilot,
        direction=payment.direction,
        instalment=payment.instalment,
        recovery=payment.recovery,
        amount_cents=amount_cents,
        paid_on=paid_on,
        reference=kept,
        # by number: the booking that is corrected never changes
        corrects_id=payment.id,
        reason=why,
        recorded_by=actor,
    )
    db.session.add(correction)
    db.session.flush()
    details = {
        "payment": correction.id,
        "corrects": payment.id,
        "amount": format_euro(amount_cents),
        "day": day_in_words(paid_on),
        "reference": kept,
        "reason": why,
    }
    audit.record("pilot.payment_corrected", pilot, actor=actor, role=role, details=details)
    return correction


def _money_in(pilot: Pilot, states: Sequence[PilotStatus]) -> PilotMoney:
    """Return how the money stands; raise WrongState when it cannot change now."""
    money = pilot.money
    if money is None:
        raise WrongState(N_("Deze pilot heeft geen subsidie. Er is niets te betalen."))
    if pilot.status not in states:
        raise WrongState(
            N_("De status van de pilot is nu ‘%(state)s’. Dit kan daarom niet (meer)."),
            params={"state": PILOT.state(pilot.status).label},
        )
    return money


def _row_errors(pilot: Pilot, rows: Sequence[InstalmentRow]) -> list[DomainError]:
    errors: list[DomainError] = []
    paid = paid_on_instalments(pilot)
    present = {one.id: one for one in pilot.instalments}
    for number, row in enumerate(rows, 1):
        field = f"row_{number}_"
        if row.planned_on is None:
            errors.append(Invalid(N_("Vul de datum in."), field=f"{field}planned_on"))
        if row.amount_cents is None or row.amount_cents <= 0:
            message = N_("Elke termijn moet hoger zijn dan € 0.")
            errors.append(Invalid(message, field=f"{field}amount"))
        elif row.amount_cents < paid.get(row.id or 0, 0):
            message = N_("Op deze termijn is al %(paid)s betaald.")
            params = {"paid": format_euro(paid[row.id or 0])}
            errors.append(Invalid(message, field=f"{field}amount", params=params))
        if row.id is not None and row.id not in present:
            errors.append(Invalid(N_("Deze termijn bestaat niet meer. Open de pagina opnieuw.")))
    kept = [row.id for row in rows if row.id is not None]
    if len(set(kept)) < len(kept):
        errors.append(Invalid(N_("Een termijn staat er twee keer in. Open de pagina opnieuw.")))
    for one in pilot.instalments:
        if one.id in paid and one.id not in kept:
            message = N_("Op termijn %(number)s is al geboekt. Die kan niet weg.")
            errors.append(Invalid(message, params={"number": str(one.number)}))
    return errors


def _store_rows(pilot: Pilot, rows: Sequence[InstalmentRow]) -> None:
    present = {one.id: one for one in pilot.instalments}
    # numbers are unique: those that stay first make room for their new ones
    for one in pilot.instalments:
        one.number = -one.number
    db.session.flush()
    ordered = sorted(rows, key=lambda row: row.planned_on or date.max)
    planned: list[PilotInstalment] = []
    for number, row in enumerate(ordered, 1):
        one = present[row.id] if row.id is not None else PilotInstalment()
        one.number = number
        one.planned_on = row.planned_on or clock.today()
        one.amount_cents = row.amount_cents or 0
        one.condition = cleaned(row.condition, field="condition", maximum=300)
        planned.append(one)
    pilot.instalments = planned
    # a plan is of its pilot: two people who plan at once do not overwrite each other unseen
    pilot.updated_at = clock.now()
    flag_modified(pilot, "updated_at")
    db.session.flush()


def _instalment_text(one: PilotInstalment) -> str:
    day, amount = day_in_words(one.planned_on), format_euro(one.amount_cents)
    return f"{one.number}. {day}: {amount} {one.condition}".strip()


def _amount_errors(amount_cents: int) -> list[DomainError]:
    if amount_cents > 0:
        return []
    message = N_(
        "Het bedrag moet groter zijn dan nul. Was een eerdere betaling te hoog? Corrigeer die dan."
    )
    return [Invalid(message, field="amount")]


def _day_errors(paid_on: date, *, since: date | None) -> list[DomainError]:
    problem = payment_day_problem(paid_on, since=since, today=clock.today())
    if problem == "future":
        return [Invalid(N_("De datum kan niet in de toekomst liggen."), field="paid_on")]
    if problem and since is not None:
        message = N_("De subsidie is pas op %(day)s toegekend. Eerder kan er niets betaald zijn.")
        return [Invalid(message, field="paid_on", params={"day": day_in_words(since)})]
    return []


def _reference_errors(reference: str) -> list[DomainError]:
    if reference:
        return []
    return [Invalid(N_("Vul het kenmerk van de betaling in."), field="reference")]


def _own_instalment_errors(pilot: Pilot, instalment: PilotInstalment | None) -> list[DomainError]:
    if instalment is None or instalment.pilot_id == pilot.id:
        return []
    return [Invalid(N_("Kies een termijn van deze pilot."), field="instalment")]


def _over_errors(money: PilotMoney, amount_cents: int) -> list[DomainError]:
    if payment_fits(money, amount_cents):
        return []
    message = N_("Dit is te veel. Er is nog te betalen: %(left)s.")
    params = {"left": format_euro(money.payable_cents)}
    return [OverBudget(message, field="amount", params=params)]


def _instalment_errors(instalment: PilotInstalment | None, amount_cents: int) -> list[DomainError]:
    if instalment is None:
        return []
    paid = paid_on_instalments(instalment.pilot).get(instalment.id, 0)
    left = max(instalment.amount_cents - paid, 0)
    if amount_cents <= left:
        return []
    message = N_("Dit is meer dan de termijn. Van deze termijn is nog te betalen: %(left)s.")
    return [OverBudget(message, field="amount", params={"left": format_euro(left)})]


def _correction_errors(
    payment: PilotPayment, money: PilotMoney, amount_cents: int
) -> list[DomainError]:
    if amount_cents >= 0:
        message = N_("Een correctie is een negatief bedrag, bijvoorbeeld -250,00.")
        return [Invalid(message, field="amount")]
    left = left_of_payment(payment)
    if left + amount_cents < 0:
        message = N_(
            "U kunt hoogstens %(left)s terugnemen: dat is wat er van deze boeking over is."
        )
        return [Invalid(message, field="amount", params={"left": format_euro(left)})]
    fits = payment_fits if payment.direction is MoneyDirection.PAID else recovery_fits
    if fits(money, amount_cents):
        return []
    message = N_("De ontvanger heeft al geld terugbetaald. U kunt hoogstens %(left)s terugnemen.")
    return [Invalid(message, field="amount", params={"left": format_euro(money.in_hand_cents)})]


def _correction_day_errors(payment: PilotPayment, paid_on: date) -> list[DomainError]:
    problem = payment_day_problem(paid_on, since=payment.paid_on, today=clock.today())
    if problem == "future":
        return [Invalid(N_("De datum kan niet in de toekomst liggen."), field="paid_on")]
    if problem:
        message = N_("De correctie kan niet vóór de betaling van %(day)s liggen.")
        params = {"day": day_in_words(payment.paid_on)}
        return [Invalid(message, field="paid_on", params=params)]
    return []
