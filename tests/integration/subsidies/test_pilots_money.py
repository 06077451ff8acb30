"""The money of a pilot: never above what is due, and even to the cent."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.integration.subsidies.pilot_stage import TODAY, PilotStage
from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import PilotOutcome, PilotStatus
from vpt_regio.errors import DomainError, Invalid, NotAllowed, OnHold, OverBudget, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.holds import Hold
from vpt_regio.models.pilots import Pilot, PilotInstalment, PilotPayment
from vpt_regio.services.pilot_money import (
    InstalmentRow,
    correct_payment,
    plan_instalments,
    record_payment,
)
from vpt_regio.services.pilots import close_pilot, record_outcome
from vpt_regio.uow import unit_of_work


@pytest.fixture
def stage(context: Flask) -> Iterator[PilotStage]:
    with unit_of_work():
        yield PilotStage()


def pay(
    stage: PilotStage, cents: int, instalment: PilotInstalment | None = None, on: date = TODAY
) -> PilotPayment:
    return record_payment(
        stage.pilot,
        amount_cents=cents,
        paid_on=on,
        reference="B-1",
        instalment=instalment,
        actor=stage.officer,
    )


def take_back(stage: PilotStage, payment: PilotPayment, cents: int) -> PilotPayment:
    return correct_payment(
        payment,
        amount_cents=cents,
        paid_on=TODAY,
        reference="C-1",
        reason="Dubbel overgemaakt.",
        actor=stage.officer,
    )


def settle(pilot: Pilot, cents: int) -> None:
    pilot.settled_cents, pilot.settled_on = cents, TODAY
    pilot.settlement_ground = None
    pilot.granted_cents = cents
    pilot.status = PilotStatus.SETTLED
    db.session.flush()


def rows(*amounts: int) -> list[InstalmentRow]:
    return [InstalmentRow(date(2012, 9, place), cents) for place, cents in enumerate(amounts, 1)]


def test_payments_stop_at_the_grant_to_the_cent(stage: PilotStage) -> None:
    pay(stage, 14_999_99)
    with pytest.raises(OverBudget, match="0,01"):
        pay(stage, 2)
    pay(stage, 1)
    assert stage.pilot.money is not None
    assert stage.pilot.money.is_even


def test_a_payment_is_dated_between_the_award_and_today_and_has_a_reference(
    stage: PilotStage,
) -> None:
    for day in (date(2012, 7, 17), date(2012, 7, 1)):
        with pytest.raises(Invalid) as refused:
            pay(stage, 1_00, on=day)
        assert refused.value.field == "paid_on"
    with pytest.raises(DomainError) as refused_all:
        record_payment(
            stage.pilot, amount_cents=0, paid_on=TODAY, reference=" ", actor=stage.officer
        )
    fields = [error.field for error in refused_all.value.errors]  # type: ignore[attr-defined]
    assert fields == ["amount", "reference"]


def test_a_correction_gives_room_again_and_never_more_than_was_booked(stage: PilotStage) -> None:
    payment = pay(stage, 15_000_00)
    take_back(stage, payment, -4_000_00)
    with pytest.raises(Invalid, match=r"11\.000,00"):
        take_back(stage, payment, -11_000_01)
    with pytest.raises(Invalid, match="negatief"):
        take_back(stage, payment, 1)
    pay(stage, 4_000_00)
    assert stage.pilot.money is not None
    assert stage.pilot.money.in_hand_cents == 15_000_00
    with pytest.raises(WrongState):
        take_back(stage, stage.pilot.payments[1], -1)


def test_instalments_stay_within_the_grant_and_keep_what_was_paid(stage: PilotStage) -> None:
    with pytest.raises(Invalid, match="samen hoger"):
        plan_instalments(stage.pilot, rows(10_000_00, 5_000_01), actor=stage.officer)
    first, second = plan_instalments(stage.pilot, rows(10_000_00, 5_000_00), actor=stage.officer)
    pay(stage, 4_000_00, first)
    with pytest.raises(OverBudget, match=r"6\.000,00"):
        pay(stage, 6_000_01, first)
    with pytest.raises(Invalid, match="kan niet weg"):
        plan_instalments(stage.pilot, rows(1_00), actor=stage.officer)
    swapped = [
        InstalmentRow(date(2013, 1, 1), 4_000_00, "Na het verslag", id=first.id),
        InstalmentRow(date(2012, 9, 1), 11_000_00, id=second.id),
    ]
    plan_instalments(stage.pilot, swapped, actor=stage.officer)
    assert [(one.number, one.id) for one in stage.pilot.instalments] == [
        (1, second.id),
        (2, first.id),
    ]
    with pytest.raises(Invalid) as refused:
        plan_instalments(
            stage.pilot,
            [InstalmentRow(TODAY, 3_999_99, id=first.id)],
            actor=stage.officer,
        )
    assert refused.value.field == "row_1_amount"


def test_only_the_ministry_pays_and_only_pilots_that_are_due(stage: PilotStage) -> None:
    with pytest.raises(NotAllowed):
        record_payment(
            stage.pilot, amount_cents=1, paid_on=TODAY, reference="B", actor=stage.leader
        )
    stage.pilot.status = PilotStatus.LAPSED
    with pytest.raises(WrongState):
        pay(stage, 1)


def test_a_pilot_closes_when_its_money_is_even_and_its_outcome_known(stage: PilotStage) -> None:
    pay(stage, 14_999_99)
    settle(stage.pilot, 15_000_00)
    with pytest.raises(DomainError) as refused:
        close_pilot(stage.pilot, actor=stage.officer)
    codes = [error.code for error in refused.value.errors]  # type: ignore[attr-defined]
    assert codes == ["not_even", "no_outcome"]
    pay(stage, 1)
    record_outcome(stage.pilot, PilotOutcome.STOP, reason="Werkt niet.", actor=stage.officer)
    close_pilot(stage.pilot, actor=stage.officer)
    assert stage.pilot.status is PilotStatus.CLOSED
    with pytest.raises(WrongState):
        take_back(stage, stage.pilot.payments[0], -1)


def test_a_hold_stops_money_and_not_reading(stage: PilotStage) -> None:
    hold = Hold(
        programme_id=stage.programme.id,
        region_id=stage.region.id,
        reason="Er loopt een onderzoek.",
        starts_on=TODAY,
        placed_by_id=stage.officer.id,
    )
    db.session.add(hold)
    db.session.flush()
    with pytest.raises(OnHold):
        pay(stage, 1)
    assert policies.can(stage.leader, Permission.PILOT_VIEW_DETAILS, stage.pilot)
