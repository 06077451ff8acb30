"""Placing and lifting holds: the rules, who may, and what pages say."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import Stage, make_stage
from tests.factories.people import make_person
from tests.factories.regions import make_region
from vpt_regio import clock, policies
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import Conflict, Invalid, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.signals import SignalKind, list_signals
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.holds import lift_hold, place_hold
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
REASON = "Er loopt een onderzoek naar de uitgaven."


def _stage() -> Stage:
    with unit_of_work():
        return make_stage()


def _hold(
    stage: Stage,
    subject: Region | Covenant,
    *,
    starts_on: date = TODAY,
    until_on: date | None = None,
) -> Hold:
    with unit_of_work():
        return place_hold(
            subject, reason=REASON, starts_on=starts_on, until_on=until_on, actor=stage.manager
        )


def _book(stage: Stage) -> None:
    with unit_of_work():
        book_expenditure(
            stage.region,
            booked_on=date(2012, 7, 2),
            phase=Phase.DEVELOPMENT,
            description="Zaalhuur",
            amount_cents=1_00,
            actor=stage.leader,
        )


@pytest.mark.usefixtures("context")
def test_a_hold_says_who_since_when_and_why() -> None:
    stage = _stage()
    _hold(stage, stage.region)
    with pytest.raises(OnHold) as refusal:
        _book(stage)
    assert REASON in str(refusal.value)
    assert stage.manager.name in str(refusal.value)
    assert "16-07-2012" in str(refusal.value)


@pytest.mark.usefixtures("context")
def test_a_hold_of_the_covenant_stops_what_finds_it_by_date() -> None:
    stage = _stage()
    hold = _hold(stage, stage.covenant)
    with pytest.raises(OnHold):
        _book(stage)
    with unit_of_work():
        lift_hold(hold, reason="Klaar.", actor=stage.manager)
    _book(stage)


@pytest.mark.usefixtures("context")
def test_a_hold_holds_from_its_first_to_its_last_day() -> None:
    stage = _stage()
    _hold(stage, stage.region, starts_on=date(2012, 7, 20), until_on=date(2012, 7, 31))
    allowed = {}
    for day in (19, 20, 31):
        with clock.at(date(2012, 7, day)):
            allowed[day] = bool(policies.can(stage.leader, Permission.HOURS_BOOK, stage.region))
    with clock.at(date(2012, 8, 1)):
        allowed[32] = bool(policies.can(stage.leader, Permission.HOURS_BOOK, stage.region))
    assert allowed == {19: True, 20: False, 31: False, 32: True}


@pytest.mark.usefixtures("context")
def test_a_hold_never_works_backwards_and_never_doubles() -> None:
    stage = _stage()
    with pytest.raises(SeveralErrors), unit_of_work():
        place_hold(
            stage.region,
            reason=" ",
            starts_on=date(2012, 7, 15),
            until_on=date(2012, 7, 14),
            actor=stage.manager,
        )
    _hold(stage, stage.region, until_on=date(2012, 7, 31))
    with pytest.raises(Invalid, match="al een stilzetting"):
        _hold(stage, stage.region, starts_on=date(2012, 7, 31))
    _hold(stage, stage.region, starts_on=date(2012, 8, 1))


@pytest.mark.usefixtures("context")
def test_who_may_hold_and_lift() -> None:
    stage = _stage()
    with unit_of_work():
        elsewhere = make_person(
            stage.programme,
            Role.ACCOUNT_MANAGER,
            region=make_region(stage.programme, "groningen"),
        )
    for actor in (stage.leader, stage.holder, elsewhere):
        with pytest.raises(NotAllowed), unit_of_work():
            place_hold(stage.region, reason=REASON, starts_on=TODAY, actor=actor)
    hold = _hold(stage, stage.region)
    with pytest.raises(NotAllowed), unit_of_work():
        lift_hold(hold, reason="Klaar.", actor=stage.leader)
    with pytest.raises(Invalid), unit_of_work():
        lift_hold(hold, reason=" ", actor=stage.manager)
    with pytest.raises(Conflict), unit_of_work():
        lift_hold(hold, reason="Klaar.", actor=stage.manager, expected_version=99)
    with unit_of_work():
        lift_hold(hold, reason="Klaar.", actor=stage.manager)
    with pytest.raises(WrongState), unit_of_work():
        lift_hold(hold, reason="Klaar.", actor=stage.manager)


@pytest.mark.usefixtures("context")
def test_a_region_stands_still_with_the_one_in_which_it_went_up() -> None:
    stage = _stage()
    with unit_of_work():
        successor = make_region(stage.programme, "zuid")
        db.session.add(
            RegionMerger(
                programme_id=stage.programme.id,
                successor=successor,
                predecessors=[stage.region],
                merged_on=date(2012, 7, 1),
            )
        )
        stage.region.status = RegionStatus.MERGED
    with pytest.raises(WrongState):
        _hold(stage, stage.region)
    assert policies.can(stage.leader, Permission.ACTION_PLAN_EDIT, stage.covenant)
    _hold(stage, successor)
    assert not policies.can(stage.leader, Permission.ACTION_PLAN_EDIT, stage.covenant)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("until", "expected"), [(30, 1), (31, 0)])
def test_the_end_of_a_hold_is_signalled_two_weeks_ahead(until: int, expected: int) -> None:
    stage = _stage()
    _hold(stage, stage.region, until_on=date(2012, 7, until))
    found = [s for s in list_signals(stage.manager, TODAY) if s.kind is SignalKind.HOLD_ENDS]
    assert len(found) == expected


def test_pages_show_the_hold_and_forms_place_and_lift_it(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context():
        stage = _stage()
        manager, leader = stage.manager.email, stage.leader.email
        covenant_id = stage.covenant.id
    client = sign_in(manager)
    empty = client.post("/regios/limburg/stilzetten", data={"starts_on": "16-07-2012"})
    assert empty.status_code == 422
    placed = client.post(
        "/regios/limburg/stilzetten", data={"starts_on": "16-07-2012", "reason": REASON}
    )
    assert placed.status_code == 303
    for url in (
        "/regios/limburg",
        "/regios/limburg/uren",
        "/regios/limburg/uitgaven",
        f"/convenanten/{covenant_id}",
        f"/convenanten/{covenant_id}/geld",
    ):
        text = client.get(url).text
        assert REASON in text
        assert "Regio limburg staat stil" in text or "staat stil" in text
    refused = sign_in(leader).get("/regios/limburg/uitgaven/nieuw")
    assert refused.status_code == 409
    assert REASON in refused.text
    with app.app_context():
        hold_id = db.session.query(Hold).one().id
    assert "Weer vrijgeven" in client.get("/regios/limburg").text
    lifted = client.post(f"/stilzettingen/{hold_id}/vrijgeven", data={"reason": "Klaar."})
    assert lifted.status_code == 303
    text = client.get("/regios/limburg/geschiedenis").text
    assert "weer vrijgegeven" in text
    assert "staat stil" not in client.get("/regios/limburg").text
    assert sign_in(leader).get("/regios/limburg/uitgaven/nieuw").status_code == 200
