"""The money of one pilot, in cents: what was granted, paid, got back, and what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.subsidy_codes import SettlementGround
from vpt_regio.domain.text import N_


@dataclass(frozen=True)
class PilotMoney:
    """What is booked for a pilot; at every moment due = paid - recovered + still to pay.

    `settled_cents` is None before the settlement; 0 is a settlement at nothing.
    """

    granted_cents: int
    settled_cents: int | None
    is_revoked: bool
    paid_cents: int
    recovered_cents: int

    @property
    def due_cents(self) -> int:
        """What the recipient may have in the end, as things stand now."""
        if self.is_revoked:
            return 0
        return self.granted_cents if self.settled_cents is None else self.settled_cents

    @property
    def in_hand_cents(self) -> int:
        """What the recipient has: paid to it, less what it paid back."""
        return self.paid_cents - self.recovered_cents

    @property
    def still_to_pay_cents(self) -> int:
        """Negative when the recipient has more than is due."""
        return self.due_cents - self.in_hand_cents

    @property
    def payable_cents(self) -> int:
        """What may still be paid; never negative."""
        return max(self.still_to_pay_cents, 0)

    @property
    def to_recover_cents(self) -> int:
        """What the recipient has to pay back; never negative."""
        return max(-self.still_to_pay_cents, 0)

    @property
    def is_even(self) -> bool:
        """Whether nothing is left to be paid either way."""
        return self.still_to_pay_cents == 0


def barred_cents(money: PilotMoney, *, last_day: date | None, today: date) -> int:
    """Return what is to be paid back and can no longer be claimed: all of it after the last day.

    It stays in the sum as money to pay back; only nobody can ask for it any more.
    Source: Awb 4:57, fourth paragraph.
    """
    return money.to_recover_cents if last_day is not None and today > last_day else 0


def payment_fits(money: PilotMoney, amount_cents: int) -> bool:
    """Tell whether a payment, or a negative correction of payments, may be booked.

    A payment may not bring more in hand than is due. A correction may not take away more than
    the recipient has in hand: what was paid back must have been paid.
    """
    if amount_cents > 0:
        return amount_cents <= money.payable_cents
    return amount_cents < 0 <= money.in_hand_cents + amount_cents


def recovery_fits(money: PilotMoney, amount_cents: int) -> bool:
    """Tell whether money that came back, or a negative correction of it, may be booked.

    What is recovered once cannot be recovered again: it is no longer open.
    """
    if amount_cents > 0:
        return amount_cents <= money.to_recover_cents
    return amount_cents < 0 <= money.recovered_cents + amount_cents


def instalment_problems(amounts: Sequence[int], granted_cents: int) -> list[str]:
    """Return what is wrong with a plan of instalments; it may leave a rest for the settlement."""
    problems = []
    if any(amount <= 0 for amount in amounts):
        problems.append(N_("Elke termijn moet hoger zijn dan € 0."))
    if sum(amounts) > granted_cents:
        problems.append(N_("De termijnen zijn samen hoger dan de toegekende subsidie."))
    return problems


def settlement_problems(
    settled_cents: int, granted_cents: int, ground: SettlementGround | None
) -> list[str]:
    """Return what is wrong with a settlement: as granted without a ground, or lower with one.

    Source: Awb 4:46.
    """
    if settled_cents < 0:
        return [N_("Een subsidie kan niet op minder dan € 0 worden vastgesteld.")]
    if settled_cents > granted_cents:
        return [N_("Een subsidie kan niet hoger worden vastgesteld dan zij is toegekend.")]
    if settled_cents < granted_cents and not ground:
        return [N_("Kies waarom de subsidie lager wordt vastgesteld dan zij is toegekend.")]
    if settled_cents == granted_cents and ground:
        return [N_("Een reden hoort alleen bij een lagere vaststelling dan de toekenning.")]
    return []
