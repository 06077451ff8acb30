"""The money of a covenant to the cent after its regions went up in another one, and at its end."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.factories.people import make_person
from tests.factories.regions import make_region
from tests.integration.mergers.scene import MERGED_ON, Scene, make_scene
from vpt_regio.domain.enums import AmendmentKind, FundingInstrument, PaymentKind, Phase
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import CovenantStatus, FinalAccountStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import OnHold, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import AccountabilityStatement, FinalAccount
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.covenant_money import money_of
from vpt_regio.queries.covenants import is_over_before
from vpt_regio.services.amendment_checks import AmendmentContent
from vpt_regio.services.amendments import draft_amendment
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.holds import place_hold
from vpt_regio.services.mergers import merge_regions
from vpt_regio.services.payments import record_payment
from vpt_regio.services.regions import step
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)


@pytest.fixture
def scene(context: Flask) -> Iterator[Scene]:
    """Zeeland and Brabant share a covenant (1 to 2) of € 101.000,01 that was paid but for 1.000."""
    with unit_of_work():
        yield make_scene()


def _merge(
    scene: Scene, *regions: Region, into: Region | None = None, merged_on: date = MERGED_ON
) -> RegionMerger:
    return merge_regions(
        into or scene.north, regions, merged_on=merged_on, reason="Samen.", actor=scene.officer
    )


def _spend(scene: Scene, region: Region, cents: int, covenant: Covenant | None = None) -> None:
    db.session.add(
        Expenditure(
            region=region,
            covenant=covenant or scene.shared,
            phase=Phase.IMPLEMENTATION,
            booked_on=TODAY,
            description="Zaal",
            amount_cents=cents,
            booked_by=scene.people["leader.brabant"],
        )
    )
    db.session.flush()


def _book(scene: Scene, region: Region, *, day: date = TODAY) -> Expenditure:
    return book_expenditure(
        region,
        booked_on=day,
        phase=Phase.IMPLEMENTATION,
        description="Zaal",
        amount_cents=1_00,
        actor=scene.people["leader.brabant"],
    )


def _account(scene: Scene, region: Region, status: FinalAccountStatus) -> None:
    leader = scene.people["leader.brabant"]
    account = FinalAccount(covenant=scene.shared, region=region, author=leader, status=status)
    account.submitted_on = account.accepted_on = TODAY
    account.received_cents = account.spent_cents = account.unspent_cents = 0
    db.session.add(account)
    db.session.flush()


def test_what_a_successor_spends_fits_in_the_room_of_the_regions_together(scene: Scene) -> None:
    _merge(scene, scene.brabant, scene.zeeland)
    before = money_of(scene.shared).whole
    room = (before.committed or 0) - before.spent
    _spend(scene, scene.north, room - 1)
    money = money_of(scene.shared)
    assert money.whole.spent == before.spent + room - 1
    for region in (scene.brabant, scene.zeeland):
        _account(scene, region, FinalAccountStatus.ACCEPTED)
    # of all the money one cent was not spent, and no region has more than its share
    settled = money_of(scene.shared)
    assert not any(position.is_overspent for position in settled.regions.values())
    assert (settled.whole.to_pay or 0) - settled.whole.to_repay == 1_000_00 - 1


def test_a_successor_under_the_covenant_itself_spends_the_room_of_the_others(scene: Scene) -> None:
    _merge(scene, scene.zeeland, scene.outside, into=scene.brabant)
    before = money_of(scene.shared)
    room = (before.whole.committed or 0) - before.whole.spent
    _spend(scene, scene.brabant, room)
    after = money_of(scene.shared)
    assert after.whole.spent == after.whole.committed
    for region in (scene.brabant, scene.zeeland):
        position = after.regions[region.id]
        assert position.spent == position.committed
    # what was booked before the merger stays with the region that booked it
    assert before.regions[scene.zeeland.id].spent == 0


def test_a_correction_after_a_merger_counts_where_the_booking_did(scene: Scene) -> None:
    booked = db.session.query(Expenditure).filter_by(amount_cents=7_000_01).one()
    before = money_of(scene.shared).regions
    _merge(scene, scene.brabant, scene.zeeland)
    correct_expenditure(
        booked,
        booked_on=TODAY,
        amount_cents=-7_000_01,
        reason="Dubbel.",
        actor=scene.people["leader.brabant"],
    )
    after = money_of(scene.shared).regions
    assert after[scene.zeeland.id] == before[scene.zeeland.id]
    spent = before[scene.brabant.id].spent - after[scene.brabant.id].spent
    assert spent == 7_000_01


def test_a_successor_books_nothing_on_money_that_one_of_them_accounted_for(scene: Scene) -> None:
    _merge(scene, scene.brabant, scene.zeeland)
    scene.own.status = CovenantStatus.DRAFT
    _account(scene, scene.brabant, FinalAccountStatus.SUBMITTED)
    with pytest.raises(WrongState, match="eindverantwoording"):
        _book(scene, scene.north)


def test_nothing_is_booked_under_a_closed_covenant_or_in_a_year_accounted_for(
    scene: Scene,
) -> None:
    scene.shared.funding = FundingInstrument.SPECIFIC_GRANT
    db.session.add(
        AccountabilityStatement(
            covenant=scene.shared,
            region=scene.brabant,
            year=2012,
            delivered_on=TODAY,
            reference="JR",
            recorded_by=scene.officer,
        )
    )
    db.session.flush()
    with pytest.raises(WrongState, match="jaarrekening"):
        _book(scene, scene.brabant)
    scene.shared.status, scene.shared.ended_on = CovenantStatus.CLOSED, TODAY
    db.session.flush()
    with pytest.raises(WrongState, match="afgesloten"):
        _book(scene, scene.brabant)
    booked = db.session.query(Expenditure).filter_by(amount_cents=7_000_01).one()
    with pytest.raises(WrongState, match="afgesloten"):
        correct_expenditure(
            booked,
            booked_on=TODAY,
            amount_cents=-1,
            reason="Fout.",
            actor=scene.people["leader.brabant"],
        )


def test_a_region_on_hold_is_not_paid_under_a_covenant_that_goes_on(scene: Scene) -> None:
    place_hold(scene.brabant, reason="Bestuur stopt.", starts_on=TODAY, actor=scene.officer)
    with pytest.raises(OnHold):
        record_payment(
            scene.shared,
            kind=PaymentKind.ADVANCE,
            amount_cents=1,
            paid_on=TODAY,
            reference="B-2",
            region=scene.brabant,
            actor=scene.officer,
        )


@pytest.mark.parametrize("status", [FinalAccountStatus.SUBMITTED, FinalAccountStatus.ACCEPTED])
def test_a_covenant_that_was_accounted_for_is_not_extended(
    scene: Scene, status: FinalAccountStatus
) -> None:
    _account(scene, scene.brabant, status)
    content = AmendmentContent(reason="Langer nodig.", new_end_on=date(2014, 6, 30))
    with pytest.raises(WrongState, match="eindverantwoording"):
        draft_amendment(
            scene.shared,
            kind=AmendmentKind.EXTENSION,
            content=content,
            actor=scene.people["manager.brabant"],
        )


def test_a_covenant_from_down_a_chain_of_mergers_keeps_the_last_region_running(
    scene: Scene,
) -> None:
    _merge(scene, scene.brabant, scene.zeeland)
    last = make_region(scene.programme, "zuid", status=RegionStatus.ACTIVE)
    make_person(scene.programme, Role.PROJECT_LEADER, region=last)
    _merge(scene, scene.north, scene.outside, into=last, merged_on=date(2012, 7, 12))
    assert not is_over_before(last, TODAY)
    assert is_over_before(last, date(2014, 1, 1))


def test_a_successor_does_not_stop_while_a_covenant_that_it_got_runs(scene: Scene) -> None:
    _merge(scene, scene.brabant, scene.zeeland)
    with pytest.raises(WrongState, match="nog van kracht"):
        step(scene.north, "continue_unfunded", actor=scene.officer)
