"""The rows of the page about the money of a pilot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.rules.subsidy_money import PilotMoney
from vpt_regio.domain.subsidy_codes import MONEY_DIRECTION_LABELS
from vpt_regio.models.pilots import Pilot, PilotInstalment, PilotPayment
from vpt_regio.queries.late_bookings import recorded_too_late
from vpt_regio.web.filters import day, euro
from vpt_regio.web.i18n import label
from vpt_regio.web.late_bookings import late_payment_note

Amount = tuple[float, str]


@dataclass(frozen=True)
class Equation:
    """How the money of a pilot adds up: rows for a table, a sentence, and a bullet."""

    rows: list[list[Any]]
    sentence: str
    in_hand: Amount
    due: Amount
    text: str
    tone: str


def equation_of(money: PilotMoney, *, barred_cents: int = 0) -> Equation:
    """Return due = paid - recovered + still to pay, in amounts and in words.

    What can no longer be claimed back stays in the sum, under its own name.
    """
    due = due_words(money)
    still = money.still_to_pay_cents
    last = [_("Bij: nog te betalen"), euro(still)]
    if barred_cents:
        last = [_("Af: niet meer terug te vorderen"), euro(barred_cents)]
    elif still < 0:
        last = [_("Af: nog terug te betalen"), euro(-still)]
    rows = [
        [_("Betaald"), euro(money.paid_cents)],
        [_("Af: terugbetaald"), euro(money.recovered_cents)],
        last,
        [_("Samen"), euro(money.in_hand_cents + still)],
        [due, euro(money.due_cents)],
    ]
    return Equation(
        rows=rows,
        sentence=_sentence(money, due, barred_cents),
        in_hand=_amount(money.in_hand_cents),
        due=_amount(money.due_cents),
        text=_open_words(money, barred_cents),
        tone=_tone(money, barred_cents),
    )


def _tone(money: PilotMoney, barred_cents: int) -> str:
    if money.is_even:
        return "success"
    if barred_cents:
        return "warning"
    return "active" if money.payable_cents else "danger"


def _sentence(money: PilotMoney, due: str, barred_cents: int) -> str:
    still = money.still_to_pay_cents
    parts = {
        "due": due,
        "amount": euro(money.due_cents),
        "paid": euro(money.paid_cents),
        "recovered": euro(money.recovered_cents),
        "still": euro(abs(still)),
    }
    if barred_cents:
        return _(
            "%(due)s: %(amount)s = %(paid)s betaald − %(recovered)s terugbetaald"
            " − %(still)s niet meer terug te vorderen.",
            **parts,
        )
    if still < 0:
        return _(
            "%(due)s: %(amount)s = %(paid)s betaald − %(recovered)s terugbetaald"
            " − %(still)s nog terug te betalen.",
            **parts,
        )
    return _(
        "%(due)s: %(amount)s = %(paid)s betaald − %(recovered)s terugbetaald"
        " + %(still)s nog te betalen.",
        **parts,
    )


def due_words(money: PilotMoney) -> str:
    """Return what decides what is due: the settlement, the revocation, or else the grant."""
    if money.is_revoked:
        return _("Na de intrekking")
    return _("Toegekend") if money.settled_cents is None else _("Vastgesteld")


def instalment_rows(pilot: Pilot, paid: Mapping[int, int]) -> list[list[Any]]:
    """Return the instalments: what is planned, what of that was paid, and what is left."""
    return [
        [
            str(one.number),
            day(one.planned_on),
            one.condition or _("geen"),
            euro(one.amount_cents),
            euro(paid.get(one.id, 0)),
            _left_of(pilot, one.amount_cents - paid.get(one.id, 0)),
        ]
        for one in pilot.instalments
    ]


def _left_of(pilot: Pilot, cents: int) -> str | None:
    """Return what is still paid of an instalment: nothing once no more money is due."""
    money = pilot.money
    is_over = money is not None and not money.payable_cents
    return _("vervalt") if cents and is_over else euro(cents)


def payment_rows(payments: Sequence[PilotPayment]) -> list[list[Any]]:
    """Return the bookings, the newest first; each leads to its own page."""
    too_late = recorded_too_late(payments)
    return [
        [
            {
                "text": day(one.paid_on),
                "url": url_for(
                    "pilot_money.correct", pilot_id=one.pilot_id, pilot_payment_id=one.id
                ),
                "note": late_payment_note(too_late[one.id]) if one.id in too_late else None,
            },
            {"text": label(MONEY_DIRECTION_LABELS[one.direction]), "note": _note(one)},
            one.reference,
            one.recorded_by.name,
            euro(one.amount_cents),
        ]
        for one in sorted(payments, key=lambda one: (one.paid_on, one.id), reverse=True)
    ]


def instalment_choices(pilot: Pilot) -> list[tuple[Any, str]]:
    """Return the instalments to choose from for a payment."""
    named = [(one.id, _instalment_name(one)) for one in pilot.instalments]
    return [("", _("hoort niet bij een termijn")), *named]


def _instalment_name(one: PilotInstalment) -> str:
    return _(
        "termijn %(number)s van %(day)s: %(amount)s",
        number=one.number,
        day=one.planned_on.strftime("%d-%m-%Y"),
        amount=euro(one.amount_cents),
    )


def _note(payment: PilotPayment) -> str | None:
    if payment.corrects_id is not None:
        return _("Correctie: %(reason)s", reason=payment.reason)
    if payment.instalment is not None:
        return _("termijn %(number)s", number=payment.instalment.number)
    return None


def _open_words(money: PilotMoney, barred_cents: int) -> str:
    if barred_cents:
        return _("niet meer terug te vorderen: %(amount)s", amount=euro(barred_cents))
    if money.payable_cents:
        return _("nog te betalen: %(amount)s", amount=euro(money.payable_cents))
    if money.to_recover_cents:
        return _("terug te betalen: %(amount)s", amount=euro(money.to_recover_cents))
    return _("er is niets meer te betalen of terug te krijgen")


def _amount(cents: int) -> Amount:
    return cents / 100, euro(cents) or ""
