"""What comes after a settlement: deciding anew, revoking what was closed, and what is too late."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.factories.settlements import GRANTED, Settling, make_settling
from tests.factories.subsidies import make_decider
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    PilotOutcome,
    PilotStatus,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.errors import DomainError, NotAllowed, OverBudget, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Recovery
from vpt_regio.queries.settlements import claim_of, recovery_states, unclaimed_cents
from vpt_regio.services import audit
from vpt_regio.services.pilot_money import correct_payment, record_payment
from vpt_regio.services.pilots import close_pilot, record_outcome
from vpt_regio.services.recoveries import demand_recovery, receive_recovery
from vpt_regio.services.settlements import (
    decide_revocation,
    decide_settlement,
    propose_revocation,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY, LATER, LAST_DAY = date(2012, 7, 16), date(2012, 9, 3), date(2017, 7, 16)
TOO_LATE = date(2017, 7, 17)
SETTLED = 10_000_00
CLAIMED = GRANTED - SETTLED


@pytest.fixture
def scene(context: Any) -> Iterator[Settling]:
    """A pilot that was paid all, and settled at less."""
    with unit_of_work():
        made = make_settling(paid=GRANTED)
        made.settle(SETTLED)
        yield made


def receive(scene: Settling, recovery: Recovery, cents: int) -> None:
    receive_recovery(
        recovery,
        amount_cents=cents,
        paid_on=clock.today(),
        reference="T1",
        actor=scene.officer,
    )


def close(scene: Settling) -> str:
    """Close the pilot; return what the step tells."""
    if scene.pilot.outcome is None:
        record_outcome(scene.pilot, PilotOutcome.STOP, reason="Klaar.", actor=scene.officer)
    return close_pilot(scene.pilot, actor=scene.officer).note


def even_out(scene: Settling) -> None:
    receive(scene, demand_recovery(scene.pilot, actor=scene.officer), CLAIMED)


def revoke(scene: Settling) -> Decision:
    proposal = propose_revocation(
        scene.pilot, ground=RevocationGround.FALSE_DATA, reasoning="Onjuist.", actor=scene.officer
    )
    return decide_revocation(proposal, note="", actor=scene.holder)


def position(scene: Settling) -> tuple[int, int]:
    """What may still be paid, and what is to be paid back; the sum always holds."""
    money = scene.pilot.money
    assert money is not None
    assert money.due_cents == money.paid_cents - money.recovered_cents + money.still_to_pay_cents
    return money.payable_cents, money.to_recover_cents


def standing_claims(scene: Settling) -> list[int]:
    return [
        state.left_cents
        for state in recovery_states(scene.pilot)
        if state.recovery.cancelled_on is None
    ]


def test_a_new_decision_takes_the_place_of_the_settlement(scene: Settling) -> None:
    first = claim_of(scene.pilot)
    with clock.at(LATER):
        second = scene.settle(
            SETTLED + 1, ground=SettlementGround.OBLIGATIONS, reasoning="Na bezwaar meer bewezen."
        )
    assert (second.replaces, second.replacement_reason) == (first, "Na bezwaar meer bewezen.")
    assert (second.amount_cents, second.decided_on) == (SETTLED + 1, LATER)
    assert first is not None
    assert first.replaced_by is second
    assert claim_of(scene.pilot) is second
    assert (scene.pilot.settled_cents, scene.pilot.settlement_ground) == (
        SETTLED + 1,
        SettlementGround.OBLIGATIONS,
    )
    # nobody gets more time by deciding anew
    assert (scene.pilot.settled_on, scene.pilot.claimable_until) == (TODAY, LAST_DAY)
    third = scene.settle(GRANTED)
    assert (third.replaces, scene.pilot.settlement_ground) == (second, None)
    assert audit.verify(db.session()) is None


def test_nobody_decides_anew_alone_or_without_a_mandate(scene: Settling) -> None:
    both = make_decider(scene.programme, Role.POLICY_OFFICER)
    proposal = scene.propose(GRANTED, actor=both)
    with pytest.raises(NotAllowed, match="zelf gedaan"):
        decide_settlement(proposal, note="", actor=both)
    low = make_decider(scene.programme, maximum=GRANTED - 1)
    with pytest.raises(DomainError) as caught:
        decide_settlement(proposal, note="", actor=low)
    assert caught.value.code == "mandate_too_low"
    assert scene.pilot.settled_cents == SETTLED
    with pytest.raises(WrongState, match="al een voorstel"):
        scene.propose(GRANTED)


@pytest.mark.parametrize(
    ("received", "cents", "expected", "claims"),
    [
        # the claim fits, and stands
        (0, SETTLED, (0, CLAIMED), [CLAIMED]),
        (CLAIMED, SETTLED, (0, 0), [0]),
        # less to pay back: a lower claim, or none
        (0, SETTLED + 1, (0, CLAIMED - 1), [CLAIMED - 1]),
        (1_000_00, SETTLED + 2_000_00, (0, 2_000_00), [2_000_00]),
        (0, GRANTED, (0, 0), []),
        # above what is in hand: money is payable again
        (1_000_00, GRANTED, (1_000_00, 0), []),
        (CLAIMED, SETTLED + 1, (1, 0), [0]),
        # more to pay back: the claim stands for what it asked
        (0, SETTLED - 1, (0, CLAIMED + 1), [CLAIMED]),
        (1_000_00, 0, (0, GRANTED - 1_000_00), [CLAIMED - 1_000_00]),
        (CLAIMED, SETTLED - 1, (0, 1), [0]),
    ],
)
def test_a_claim_follows_the_new_settlement(
    scene: Settling, received: int, cents: int, expected: tuple[int, int], claims: list[int]
) -> None:
    first = demand_recovery(scene.pilot, actor=scene.officer)
    if received:
        receive(scene, first, received)
    decision = scene.settle(cents)
    assert position(scene) == expected
    assert standing_claims(scene) == claims
    payable, to_recover = expected
    missing = to_recover - sum(claims)
    assert unclaimed_cents(scene.pilot) == missing
    if missing:
        # a further claim takes the whole, and the earlier one ends
        further = demand_recovery(scene.pilot, actor=scene.officer)
        assert (further.amount_cents, further.decision_id) == (to_recover, decision.id)
        assert first.cancelled_on == TODAY
    with pytest.raises(WrongState):
        demand_recovery(scene.pilot, actor=scene.officer)
    for state in recovery_states(scene.pilot):
        if state.left_cents:
            receive(scene, state.recovery, state.left_cents)
    if payable:
        with pytest.raises(OverBudget):
            pay(scene, payable + 1)
        pay(scene, payable)
    assert position(scene) == (0, 0)
    with pytest.raises(OverBudget):
        pay(scene, 1)
    assert audit.verify(db.session()) is None


def pay(scene: Settling, cents: int) -> None:
    record_payment(
        scene.pilot, amount_cents=cents, paid_on=TODAY, reference="B9", actor=scene.officer
    )


def test_a_corrected_receipt_of_an_earlier_claim_is_claimed_again(scene: Settling) -> None:
    first = demand_recovery(scene.pilot, actor=scene.officer)
    receive(scene, first, 1_000_00)
    scene.settle(SETTLED + 2_000_00)
    (receipt,) = (one for one in scene.pilot.payments if one.recovery_id)
    correct_payment(
        receipt,
        amount_cents=-1,
        paid_on=TODAY,
        reference="T2",
        reason="Een cent te veel geboekt.",
        actor=scene.officer,
    )
    assert (standing_claims(scene), unclaimed_cents(scene.pilot)) == ([2_000_00], 1)
    claim = demand_recovery(scene.pilot, actor=scene.officer)
    assert (claim.amount_cents, unclaimed_cents(scene.pilot)) == (2_000_01, 0)
    receive(scene, claim, 2_000_01)
    assert position(scene) == (0, 0)


def test_after_five_years_a_settlement_is_raised_and_never_lowered(scene: Settling) -> None:
    claim = demand_recovery(scene.pilot, actor=scene.officer)
    with clock.at(LAST_DAY):
        low = scene.propose(SETTLED - 1)
    with clock.at(TOO_LATE):
        with pytest.raises(DomainError) as caught:
            decide_settlement(low, note="", actor=scene.holder)
        assert (caught.value.field, caught.value.code) == ("amount", "five_years")
    with clock.at(LAST_DAY):
        decide_settlement(low, note="", actor=scene.holder)
    with clock.at(TOO_LATE):
        with pytest.raises(DomainError, match="16-07-2017"):
            scene.propose(SETTLED - 2)
        scene.settle(SETTLED + 1)
        # too late for a lower claim; no more can come in on this one than is left
        assert (standing_claims(scene), claim.cancelled_on) == ([CLAIMED - 1], None)
        with pytest.raises(OverBudget):
            receive(scene, claim, CLAIMED)


def test_a_closed_pilot_is_settled_anew_and_closes_again(scene: Settling) -> None:
    even_out(scene)
    close(scene)
    scene.settle(GRANTED)
    assert scene.pilot.status is PilotStatus.SETTLED
    with pytest.raises(DomainError) as caught:
        close(scene)
    assert caught.value.code == "not_even"
    pay(scene, CLAIMED)
    close(scene)
    assert (scene.pilot.status, position(scene)) == (PilotStatus.CLOSED, (0, 0))


def test_a_closed_pilot_is_revoked_within_five_years(scene: Settling) -> None:
    even_out(scene)
    close(scene)
    with clock.at(TOO_LATE), pytest.raises(WrongState, match="vijf jaar"):
        revoke(scene)
    with clock.at(LAST_DAY):
        decision = revoke(scene)
        assert (decision.kind, decision.amount_cents) == (DecisionKind.SUBSIDY_REVOKED, SETTLED)
        assert scene.pilot.status is PilotStatus.REVOKED
        with pytest.raises(DomainError) as caught:
            close(scene)
        assert caught.value.code == "not_even"
        claim = demand_recovery(scene.pilot, actor=scene.officer)
        assert (claim.amount_cents, claim.decision_id) == (SETTLED, decision.id)
        receive(scene, claim, SETTLED)
        close(scene)
    assert (scene.pilot.status, position(scene)) == (PilotStatus.CLOSED, (0, 0))
    assert audit.verify(db.session()) is None


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_revocation_is_not_decided_anew(scene: Settling, is_closed: bool) -> None:
    even_out(scene)
    revoke(scene)
    if is_closed:
        receive(scene, demand_recovery(scene.pilot, actor=scene.officer), SETTLED)
        close(scene)
    with pytest.raises(WrongState, match="niet meer anders beslist"):
        scene.propose(GRANTED)
    with pytest.raises(WrongState, match="niet meer anders beslist"):
        revoke(scene)


@pytest.mark.parametrize("is_claimed", [False, True])
def test_what_can_no_longer_be_claimed_does_not_block_closing(
    scene: Settling, is_claimed: bool
) -> None:
    if is_claimed:
        receive(scene, demand_recovery(scene.pilot, actor=scene.officer), 1)
    left = CLAIMED - is_claimed
    with clock.at(LAST_DAY):
        assert scene.pilot.barred_cents_on(clock.today()) == 0
        with pytest.raises(DomainError) as caught:
            close(scene)
        assert caught.value.code == "not_even"
    with clock.at(TOO_LATE):
        assert scene.pilot.barred_cents_on(clock.today()) == left
        note = close(scene)
    assert "kan niet meer worden teruggevorderd: dat kon tot en met 16-07-2017." in note
    assert scene.pilot.status is PilotStatus.CLOSED
    # nothing of it is hidden: it stays in the sum
    assert position(scene) == (0, left)


def test_money_that_is_still_to_be_paid_blocks_closing_for_ever(context: Any) -> None:
    with unit_of_work():
        scene = make_settling(paid=SETTLED)
        scene.settle(GRANTED)
        with clock.at(TOO_LATE), pytest.raises(DomainError) as caught:
            close(scene)
        assert caught.value.code == "not_even"
