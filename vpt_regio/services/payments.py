"""Recording what the ministry paid under a covenant and what came back; a payment never changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PaymentKind
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.covenant_money import payment_day_problem
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.errors import DomainError, Invalid, OverBudget, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenant_money import CovenantMoney, corrected_cents, money_of
from vpt_regio.services import audit
from vpt_regio.services.covenant_checks import day_in_words


@dataclass(frozen=True)
class _Wanted:
    """A payment as it is asked for."""

    kind: PaymentKind
    region: Region | None
    amendment: CovenantAmendment | None
    amount_cents: int
    paid_on: date
    reference: str


def record_payment(
    covenant: Covenant,
    *,
    kind: PaymentKind,
    amount_cents: int,
    paid_on: date,
    reference: str,
    region: Region | None = None,
    amendment: CovenantAmendment | None = None,
    actor: Person,
) -> Payment:
    """Record a payment to the regions (or one of them), or a repayment by one; return it.

    Raises WrongState before the signature and after closing, OverBudget for more than is owed,
    or every reason together why the values are not acceptable.
    """
    role = policies.require(actor, Permission.PAYMENT_RECORD, covenant)
    if region is not None:
        policies.require_moving(region)
    require_money_open(covenant)
    _lock(covenant)
    wanted = _Wanted(kind, region, amendment, amount_cents, paid_on, reference.strip())
    money = money_of(covenant)
    raise_all(
        _value_errors(wanted)
        + _day_errors(covenant, wanted)
        + _region_errors(covenant, money, wanted)
        + _amendment_errors(covenant, wanted)
    )
    raise_all(_amount_errors(money, wanted))
    payment = Payment(
        covenant=covenant,
        region=region,
        kind=kind,
        amendment=amendment,
        amount_cents=amount_cents,
        paid_on=paid_on,
        reference=wanted.reference,
        recorded_by=actor,
    )
    return _store(payment, "payment.recorded", {}, actor=actor, role=role)


def correct_payment(
    payment: Payment, *, amount_cents: int, paid_on: date, reason: str, actor: Person
) -> Payment:
    """Take back (a part of) a recorded payment by a new, negative one; return the new one."""
    role = policies.require(actor, Permission.PAYMENT_RECORD, payment)
    require_money_open(payment.covenant)
    if payment.amount_cents < 0:
        raise WrongState(N_("Dit is zelf een correctie. Leg zo nodig een nieuwe betaling vast."))
    _lock(payment.covenant)
    text = reason.strip()
    raise_all(
        _correction_errors(payment, amount_cents)
        + _correction_day_errors(payment, paid_on)
        + ([] if text else [Invalid(N_("Vul de reden van de correctie in."), field="reason")])
    )
    correction = Payment(
        covenant=payment.covenant,
        region=payment.region,
        kind=payment.kind,
        amendment=payment.amendment,
        amount_cents=amount_cents,
        paid_on=paid_on,
        reference=payment.reference,
        corrects=payment,
        reason=text,
        recorded_by=actor,
    )
    details = {"reason": text, "corrects": payment.id}
    return _store(correction, "payment.corrected", details, actor=actor, role=role)


def require_money_open(covenant: Covenant) -> None:
    """Raise WrongState while a covenant is not signed, and once it is closed."""
    if covenant.status is CovenantStatus.DRAFT:
        raise WrongState(
            N_("Dit convenant is nog niet ondertekend. Er kan nog niets betaald zijn.")
        )
    if covenant.status is CovenantStatus.CLOSED:
        raise WrongState(N_("Dit convenant is afgesloten. Het geld is verrekend."))


def _store(
    payment: Payment, action: str, details: dict[str, Any], *, actor: Person, role: Role
) -> Payment:
    db.session.add(payment)
    db.session.flush()
    recorded = {
        "kind": payment.kind,
        "amount": format_euro(payment.amount_cents),
        "day": day_in_words(payment.paid_on),
        "reference": payment.reference,
        "region": payment.region.name if payment.region else None,
        **details,
    }
    audit.record(action, payment, actor=actor, role=role, details=recorded)
    return payment


def _lock(covenant: Covenant) -> None:
    """Let payments under one covenant take turns, so that nothing is paid twice."""
    db.session.execute(select(Covenant.id).where(Covenant.id == covenant.id).with_for_update())


def _value_errors(wanted: _Wanted) -> list[DomainError]:
    errors: list[DomainError] = []
    if wanted.amount_cents <= 0:
        message = N_(
            "Het bedrag moet groter zijn dan nul. Was een eerdere betaling te hoog?"
            " Corrigeer die dan."
        )
        errors.append(Invalid(message, field="amount"))
    if not wanted.reference:
        message = N_("Vul het kenmerk van de betaling in.")
        errors.append(Invalid(message, field="reference"))
    return errors


def _day_errors(covenant: Covenant, wanted: _Wanted) -> list[DomainError]:
    since = wanted.amendment.signed_on if wanted.amendment else covenant.signed_on
    problem = payment_day_problem(wanted.paid_on, since=since, today=clock.today())
    if problem == "future":
        message = N_("De datum kan niet in de toekomst liggen.")
        return [Invalid(message, field="paid_on")]
    if problem and since is not None:
        message = N_("Er is pas op %(day)s ondertekend. Eerder kan er niets betaald zijn.")
        return [Invalid(message, field="paid_on", params={"day": day_in_words(since)})]
    return []


def _region_errors(covenant: Covenant, money: CovenantMoney, wanted: _Wanted) -> list[DomainError]:
    """With several regions what was paid to each must stay certain, whoever is paid next."""
    if wanted.region is not None:
        if wanted.region.id in covenant.region_ids:
            return []
        return [Invalid(N_("Deze regio hoort niet bij het convenant."), field="region")]
    if len(covenant.shares) == 1:
        return []
    if wanted.kind is PaymentKind.REPAYMENT:
        return [Invalid(N_("Kies welke regio heeft terugbetaald."), field="region")]
    by_region = any(payment.region_id for payment in money.payments)
    if by_region or any(position.is_settled for position in money.regions.values()):
        message = N_("Voor dit convenant wordt per regio betaald of afgerekend. Kies een regio.")
        return [Invalid(message, field="region")]
    return []


def _amendment_errors(covenant: Covenant, wanted: _Wanted) -> list[DomainError]:
    amendment = wanted.amendment
    if wanted.kind is not PaymentKind.SUPPLEMENT:
        if amendment is None:
            return []
        message = N_("Alleen een aanvulling hoort bij een wijziging van het convenant.")
        return [Invalid(message, field="amendment")]
    if amendment is None:
        return [Invalid(N_("Kies bij welke aanvulling dit hoort."), field="amendment")]
    if amendment not in covenant.signed_amendments or amendment.amount_cents is None:
        message = N_("Dit is geen ondertekende aanvulling van dit convenant.")
        return [Invalid(message, field="amendment")]
    return []


def _amount_errors(money: CovenantMoney, wanted: _Wanted) -> list[DomainError]:
    limits = [limit for limit in _limits(money, wanted) if limit is not None]
    left = min(limits, default=wanted.amount_cents)
    if wanted.amount_cents <= left:
        return []
    return [OverBudget(_MESSAGES[wanted.kind], field="amount", params={"left": format_euro(left)})]


_MESSAGES = {
    PaymentKind.ADVANCE: N_("Dit is te veel. Van het voorschot is nog te betalen: %(left)s."),
    PaymentKind.SUPPLEMENT: N_("Dit is te veel. Van de aanvulling is nog te betalen: %(left)s."),
    PaymentKind.REPAYMENT: N_(
        "Dit is te veel. Volgens de aangenomen verantwoording is nog terug te betalen: %(left)s."
    ),
}


def _limits(money: CovenantMoney, wanted: _Wanted) -> list[int | None]:
    """Return how much may be paid at most: by its own sum, and by what is owed; None: no limit."""
    owed = money.regions[wanted.region.id] if wanted.region else money.whole
    if wanted.kind is PaymentKind.REPAYMENT:
        return [owed.to_repay]
    if wanted.kind is PaymentKind.ADVANCE:
        promised = money.covenant.advance_cents
    else:
        promised = wanted.amendment.amount_cents if wanted.amendment else None
    amendment_id = wanted.amendment.id if wanted.amendment else None
    paid = money.paid_of(wanted.kind, amendment_id)
    return [None if promised is None else max(promised - paid, 0), owed.to_pay]


def _correction_errors(payment: Payment, amount_cents: int) -> list[DomainError]:
    if amount_cents >= 0:
        message = N_("Een correctie is een negatief bedrag, bijvoorbeeld -250,00.")
        return [Invalid(message, field="amount")]
    left = payment.amount_cents + corrected_cents(payment)
    if left + amount_cents >= 0:
        return []
    message = N_("U kunt hoogstens %(left)s terugnemen: dat is wat er van deze betaling over is.")
    return [Invalid(message, field="amount", params={"left": format_euro(left)})]


def _correction_day_errors(payment: Payment, paid_on: date) -> list[DomainError]:
    problem = payment_day_problem(paid_on, since=payment.paid_on, today=clock.today())
    if problem == "future":
        return [Invalid(N_("De datum kan niet in de toekomst liggen."), field="paid_on")]
    if problem:
        message = N_("De correctie kan niet vóór de betaling van %(day)s liggen.")
        params = {"day": day_in_words(payment.paid_on)}
        return [Invalid(message, field="paid_on", params=params)]
    return []
