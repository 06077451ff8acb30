"""The money of a pilot, at the cent and along any path."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vpt_regio.domain.rules.subsidy_money import (
    PilotMoney,
    barred_cents,
    instalment_problems,
    payment_fits,
    recovery_fits,
    settlement_problems,
)
from vpt_regio.domain.subsidy_codes import SettlementGround

GRANT = 2_206_100
cents = st.integers(0, 10**12)


def money(
    *, settled: int | None = None, revoked: bool = False, paid: int = 0, recovered: int = 0
) -> PilotMoney:
    return PilotMoney(
        GRANT,
        settled_cents=settled,
        is_revoked=revoked,
        paid_cents=paid,
        recovered_cents=recovered,
    )


@pytest.mark.parametrize(
    ("position", "due", "still", "payable", "to_recover"),
    [
        (money(), GRANT, GRANT, GRANT, 0),
        (money(paid=GRANT - 1), GRANT, 1, 1, 0),
        (money(paid=GRANT), GRANT, 0, 0, 0),
        (money(settled=2_000_000, paid=1_500_000), 2_000_000, 500_000, 500_000, 0),
        (money(settled=2_000_000, paid=2_000_001), 2_000_000, -1, 0, 1),
        (money(settled=2_000_000, paid=GRANT, recovered=206_100), 2_000_000, 0, 0, 0),
        (money(settled=0, paid=1_000_000), 0, -1_000_000, 0, 1_000_000),
        (money(revoked=True, paid=1_000_000), 0, -1_000_000, 0, 1_000_000),
        (money(settled=GRANT, revoked=True, paid=GRANT, recovered=1), 0, 1 - GRANT, 0, GRANT - 1),
    ],
)
def test_what_is_due_and_open(
    position: PilotMoney, due: int, still: int, payable: int, to_recover: int
) -> None:
    assert position.due_cents == due
    assert position.still_to_pay_cents == still
    assert position.payable_cents == payable
    assert position.to_recover_cents == to_recover
    assert position.is_even is (still == 0)


@pytest.mark.parametrize(("days", "barred"), [(0, 0), (1, 1_000)])
def test_what_is_too_late_to_claim_stays_in_the_sum(days: int, barred: int) -> None:
    position = money(settled=GRANT - 1_000, paid=GRANT)
    last_day = date(2017, 7, 16)
    day = last_day + timedelta(days=days)
    assert barred_cents(position, last_day=last_day, today=day) == barred
    assert position.still_to_pay_cents == -1_000
    assert barred_cents(money(paid=GRANT - 1), last_day=last_day, today=day) == 0
    assert barred_cents(position, last_day=None, today=day) == 0


@given(
    granted=cents,
    settled=st.none() | cents,
    is_revoked=st.booleans(),
    paid=cents,
    recovered=cents,
)
def test_the_money_always_adds_up(
    granted: int, settled: int | None, is_revoked: bool, paid: int, recovered: int
) -> None:
    position = PilotMoney(granted, settled, is_revoked, paid, recovered)
    assert position.due_cents == paid - recovered + position.still_to_pay_cents
    assert position.still_to_pay_cents == position.payable_cents - position.to_recover_cents
    assert 0 in (position.payable_cents, position.to_recover_cents)


@pytest.mark.parametrize(
    ("position", "amount", "does_fit"),
    [
        (money(), GRANT, True),
        (money(), GRANT + 1, False),
        (money(), 0, False),
        (money(), -1, False),
        (money(paid=1_000_000), 1_206_100, True),
        (money(paid=1_000_000), 1_206_101, False),
        (money(paid=1_000_000), -1_000_000, True),
        (money(paid=1_000_000), -1_000_001, False),
        (money(settled=2_000_000, paid=1_000_000), 1_000_000, True),
        (money(settled=2_000_000, paid=1_000_000), 1_000_001, False),
        (money(settled=500_000, paid=1_000_000), 1, False),
        # a correction may bring an overpaid pilot nearer to what is due, not all the way yet
        (money(settled=500_000, paid=1_000_000), -1, True),
        (money(settled=500_000, paid=1_000_000, recovered=500_000), -500_000, True),
        (money(settled=500_000, paid=1_000_000, recovered=500_000), -500_001, False),
        (money(revoked=True), 1, False),
    ],
)
def test_which_payments_fit(position: PilotMoney, amount: int, does_fit: bool) -> None:
    assert payment_fits(position, amount) is does_fit


@pytest.mark.parametrize(
    ("position", "amount", "does_fit"),
    [
        (money(paid=GRANT), 1, False),
        (money(settled=2_000_000, paid=GRANT), 206_100, True),
        (money(settled=2_000_000, paid=GRANT), 206_101, False),
        (money(settled=2_000_000, paid=GRANT), 0, False),
        (money(settled=2_000_000, paid=GRANT, recovered=206_100), 1, False),
        (money(settled=2_000_000, paid=GRANT, recovered=206_100), -206_100, True),
        (money(settled=2_000_000, paid=GRANT, recovered=206_100), -206_101, False),
        (money(revoked=True, paid=GRANT), GRANT, True),
    ],
)
def test_which_recoveries_fit(position: PilotMoney, amount: int, does_fit: bool) -> None:
    assert recovery_fits(position, amount) is does_fit


@pytest.mark.parametrize(
    ("amounts", "problems"),
    [
        ([], 0),
        ([GRANT], 0),
        ([1_000_000, 1_206_100], 0),
        ([1_000_000, 1_206_101], 1),
        ([0, 1_000_000], 1),
        ([-1, GRANT], 1),
        ([-1, GRANT + 2], 2),
    ],
)
def test_instalments_stay_within_the_grant(amounts: list[int], problems: int) -> None:
    found = instalment_problems(amounts, GRANT)
    assert len(found) == problems
    assert ("De termijnen zijn samen hoger dan de toegekende subsidie." in found) is (
        sum(amounts) > GRANT
    )


@pytest.mark.parametrize(
    ("settled", "ground", "word"),
    [
        (GRANT, None, None),
        (GRANT - 1, SettlementGround.NOT_DONE, None),
        (0, SettlementGround.FALSE_DATA, None),
        (GRANT - 1, None, "Kies waarom"),
        (GRANT, SettlementGround.OBLIGATIONS, "alleen bij een lagere vaststelling"),
        (GRANT + 1, None, "niet hoger"),
        (GRANT + 1, SettlementGround.WRONG_AWARD, "niet hoger"),
        (-1, SettlementGround.NOT_DONE, "niet op minder dan € 0"),
    ],
)
def test_settled_as_granted_or_lower_with_a_ground(
    settled: int, ground: SettlementGround | None, word: str | None
) -> None:
    found = settlement_problems(settled, GRANT, ground)
    assert len(found) == (word is not None)
    assert word is None or word in found[0]


class MoneyPath(RuleBasedStateMachine):
    """Books what fits, in any order, on a pilot that is settled, settled anew and revoked."""

    def __init__(self) -> None:
        super().__init__()
        self.paid = self.recovered = 0
        self.settled: int | None = None
        self.is_revoked = False

    @property
    def position(self) -> PilotMoney:
        return money(
            settled=self.settled,
            revoked=self.is_revoked,
            paid=self.paid,
            recovered=self.recovered,
        )

    @rule(amount=st.integers(-GRANT - 1, GRANT + 1))
    def pay(self, amount: int) -> None:
        due = self.position.due_cents
        if payment_fits(self.position, amount):
            self.paid += amount
            assert amount < 0 or self.position.in_hand_cents <= due

    @rule(amount=st.integers(-GRANT - 1, GRANT + 1))
    def recover(self, amount: int) -> None:
        if recovery_fits(self.position, amount):
            self.recovered += amount
            assert amount < 0 or self.position.in_hand_cents >= self.position.due_cents

    @rule()
    def pay_the_rest(self) -> None:
        if payment_fits(self.position, self.position.payable_cents):
            self.paid += self.position.payable_cents
            assert self.position.is_even

    @rule()
    def recover_all_once(self) -> None:
        open_cents = self.position.to_recover_cents
        if recovery_fits(self.position, open_cents):
            self.recovered += open_cents
            assert self.position.is_even
            assert not recovery_fits(self.position, open_cents)

    @precondition(lambda self: not self.is_revoked)
    @rule(settled=st.integers(0, GRANT))
    def settle(self, settled: int) -> None:
        self.settled = settled

    @rule()
    def revoke(self) -> None:
        self.is_revoked = True

    @invariant()
    def nobody_has_more_than_the_grant(self) -> None:
        assert 0 <= self.position.in_hand_cents <= GRANT
        assert 0 <= self.recovered <= self.paid

    @invariant()
    def the_books_add_up(self) -> None:
        position = self.position
        assert position.due_cents == self.paid - self.recovered + position.still_to_pay_cents


test_no_path_pays_more_than_granted_or_recovers_twice = MoneyPath.TestCase
