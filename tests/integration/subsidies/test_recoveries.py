"""Getting money back: once, in time, to the cent."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.factories.people import make_person
from tests.factories.settlements import GRANTED, Settling, make_settling
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import PilotStatus, RevocationGround
from vpt_regio.errors import DomainError, NotAllowed, OverBudget, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.pilots import PilotPayment, Recovery
from vpt_regio.queries.settlements import recovery_states, state_of
from vpt_regio.services import audit
from vpt_regio.services.pilot_money import correct_payment
from vpt_regio.services.recoveries import (
    cancel_recovery,
    demand_recovery,
    receive_recovery,
)
from vpt_regio.services.settlements import decide_revocation, propose_revocation
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)
SETTLED = 10_000_00
TOO_MUCH = GRANTED - SETTLED


@pytest.fixture
def scene(context: Any) -> Iterator[Settling]:
    with unit_of_work():
        made = make_settling(paid=GRANTED)
        made.settle(SETTLED)
        yield made


def receive(
    scene: Settling, recovery: Recovery, cents: int, *, paid_on: date = TODAY, reference: str = "T1"
) -> PilotPayment:
    return receive_recovery(
        recovery, amount_cents=cents, paid_on=paid_on, reference=reference, actor=scene.officer
    )


def position(scene: Settling) -> tuple[int, int]:
    """What was recovered, and what is still to be paid back."""
    money = scene.pilot.money
    assert money is not None
    assert money.due_cents == money.paid_cents - money.recovered_cents + money.still_to_pay_cents
    return money.recovered_cents, money.to_recover_cents


def test_what_was_paid_too_much_is_claimed_back_once(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    assert recovery.amount_cents == TOO_MUCH
    assert (recovery.demanded_on, recovery.due_on) == (TODAY, date(2012, 8, 27))
    assert recovery.expires_on == date(2017, 7, 16)
    with pytest.raises(WrongState, match="al teruggevorderd"):
        demand_recovery(scene.pilot, actor=scene.officer)
    state = state_of(recovery)
    assert (state.left_cents, state.is_overdue(date(2012, 8, 27))) == (TOO_MUCH, False)
    assert state.is_overdue(date(2012, 8, 28))
    assert audit.verify(db.session()) is None


def test_receipts_never_exceed_the_claim(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    receive(scene, recovery, 1)
    with pytest.raises(OverBudget, match=r"4\.999,99"):
        receive(scene, recovery, TOO_MUCH)
    receive(scene, recovery, TOO_MUCH - 1)
    assert position(scene) == (TOO_MUCH, 0)
    assert state_of(recovery).is_complete
    with pytest.raises(OverBudget):
        receive(scene, recovery, 1)
    with pytest.raises(WrongState, match="helemaal terugontvangen"):
        cancel_recovery(recovery, reason="Toch niet.", actor=scene.officer)
    with pytest.raises(WrongState, match="al teruggevorderd"):
        demand_recovery(scene.pilot, actor=scene.officer)


def test_what_is_wrong_with_a_receipt_is_said_at_once(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    with pytest.raises(SeveralErrors) as caught:
        receive(scene, recovery, 0, paid_on=date(2012, 7, 17), reference=" ")
    assert {part.field for part in caught.value.errors} == {"amount", "paid_on", "reference"}
    with pytest.raises(DomainError, match="16-07-2012"):
        receive(scene, recovery, 1, paid_on=date(2012, 7, 15))
    stranger = make_person(scene.programme, Role.PROJECT_LEADER, region=scene.region)
    with pytest.raises(NotAllowed):
        demand_recovery(scene.pilot, actor=stranger)
    scene.officer = stranger
    with pytest.raises(NotAllowed):
        receive(scene, recovery, 1)


def test_a_receipt_is_corrected_by_a_negative_row(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    receipt = receive(scene, recovery, TOO_MUCH)
    values: dict[str, Any] = {
        "paid_on": TODAY,
        "reference": "T2",
        "reason": "Dubbel.",
        "actor": scene.officer,
    }
    for cents in (0, 1, -TOO_MUCH - 1):
        with pytest.raises(DomainError) as caught:
            correct_payment(receipt, amount_cents=cents, **values)
        assert caught.value.field == "amount"
    correction = correct_payment(receipt, amount_cents=-1, **values)
    assert (correction.corrects, correction.recovery) == (receipt, recovery)
    assert position(scene) == (TOO_MUCH - 1, 1)
    with pytest.raises(DomainError, match=r"4\.999,99"):
        correct_payment(receipt, amount_cents=-TOO_MUCH, **values)
    receive(scene, recovery, 1)
    assert position(scene) == (TOO_MUCH, 0)


def test_a_payment_that_proves_lower_lowers_what_is_claimed(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    (payment,) = scene.pilot.payments
    correct_payment(
        payment,
        amount_cents=-1_000_00,
        paid_on=TODAY,
        reference="T2",
        reason="Niet aangekomen.",
        actor=scene.officer,
    )
    assert state_of(recovery).left_cents == TOO_MUCH - 1_000_00
    with pytest.raises(OverBudget):
        receive(scene, recovery, TOO_MUCH)
    receive(scene, recovery, TOO_MUCH - 1_000_00)
    assert position(scene) == (TOO_MUCH - 1_000_00, 0)
    assert state_of(recovery).left_cents == 0


def test_a_cancelled_claim_is_taken_up_again_for_what_is_left(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    receive(scene, recovery, 1_000_00)
    with pytest.raises(DomainError, match="waarom"):
        cancel_recovery(recovery, reason=" ", actor=scene.officer)
    cancel_recovery(recovery, reason="Verkeerd adres.", actor=scene.officer)
    assert position(scene) == (1_000_00, TOO_MUCH - 1_000_00)
    assert state_of(recovery).left_cents == 0
    with pytest.raises(WrongState, match="vervallen"):
        receive(scene, recovery, 1)
    with clock.at(date(2012, 8, 1)):
        again = demand_recovery(scene.pilot, actor=scene.officer)
        assert again is recovery
        assert (again.amount_cents, again.due_on) == (TOO_MUCH, date(2012, 9, 12))
        assert state_of(again).left_cents == TOO_MUCH - 1_000_00
        with pytest.raises(OverBudget):
            receive(scene, again, TOO_MUCH, paid_on=date(2012, 8, 1))


@pytest.mark.parametrize("received", [0, 1_000_00, TOO_MUCH])
def test_a_later_revocation_claims_what_is_left_and_nothing_twice(
    scene: Settling, received: int
) -> None:
    first = demand_recovery(scene.pilot, actor=scene.officer)
    if received:
        receive(scene, first, received)
    proposal = propose_revocation(
        scene.pilot, ground=RevocationGround.FALSE_DATA, reasoning="Onjuist.", actor=scene.officer
    )
    decision = decide_revocation(proposal, note="", actor=scene.holder)
    second = demand_recovery(scene.pilot, actor=scene.officer)
    assert second.amount_cents == GRANTED - received
    assert (second.decision_id, second.expires_on) == (decision.id, date(2017, 7, 16))
    assert first.cancelled_on == TODAY
    assert [state.left_cents for state in recovery_states(scene.pilot)] == [GRANTED - received, 0]
    with pytest.raises(WrongState, match="vervallen"):
        receive(scene, first, 1)
    receive(scene, second, GRANTED - received)
    assert position(scene) == (GRANTED, 0)
    assert audit.verify(db.session()) is None


def test_five_years_after_the_settlement_nothing_is_claimed(scene: Settling) -> None:
    with clock.at(date(2017, 7, 17)), pytest.raises(WrongState, match="verjaard"):
        demand_recovery(scene.pilot, actor=scene.officer)
    with clock.at(date(2017, 7, 16)):
        assert demand_recovery(scene.pilot, actor=scene.officer).amount_cents == TOO_MUCH


def test_before_the_settlement_and_after_closing_nothing_is_claimed(scene: Settling) -> None:
    recovery = demand_recovery(scene.pilot, actor=scene.officer)
    scene.pilot.status = PilotStatus.CLOSED
    db.session.flush()
    for work in (
        lambda: demand_recovery(scene.pilot, actor=scene.officer),
        lambda: receive(scene, recovery, 1),
        lambda: cancel_recovery(recovery, reason="Klaar.", actor=scene.officer),
    ):
        with pytest.raises(WrongState, match="afgesloten"):
            work()


def test_money_that_is_not_too_much_is_not_claimed(context: Any) -> None:
    with unit_of_work():
        scene = make_settling(paid=SETTLED)
        with pytest.raises(WrongState, match="Terugvorderen kan pas"):
            demand_recovery(scene.pilot, actor=scene.officer)
        scene.settle(SETTLED)
        with pytest.raises(WrongState, match="niets terug te vorderen"):
            demand_recovery(scene.pilot, actor=scene.officer)
