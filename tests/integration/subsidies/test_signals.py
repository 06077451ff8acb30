"""What asks for attention in subsidies: on the right day, to the right person, in one query."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.half_year_subsidies import DECIDED_ON
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import (
    make_application,
    make_decider,
    make_decision,
    make_granted,
    make_payment,
    make_recovery,
    make_round,
    make_scheme,
)
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, MoneyDirection, PilotStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot, Recovery
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.queries.settlements import unclaimed_cents
from vpt_regio.queries.signal import Severity, SignalKind
from vpt_regio.queries.subsidy_signals import subsidy_signals
from vpt_regio.queries.subsidy_watch import WatchedPilot, watch_subsidies
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
TODAY = date(2012, 7, 16)
EXPIRES = date(2012, 10, 1)
RECEIVED = {"direction": MoneyDirection.RECOVERED}


class Scene(NamedTuple):
    programme: Programme
    region: Region
    officer: Person
    round: SubsidyRound
    waiting: SubsidyApplication
    incomplete: SubsidyApplication
    pilot: Pilot
    recovery: Recovery


@pytest.fixture
def scene(context: Flask) -> Scene:
    with unit_of_work():
        return _scene()


def _scene() -> Scene:
    """Make a round of € 20.000 in which € 15.000 is granted, with every kind of delay ahead."""
    programme = make_programme()
    region = make_region(programme, "limburg")
    officer, decider = make_person(programme, Role.POLICY_OFFICER), make_decider(programme)
    in_round = make_round(make_scheme(programme), ceiling_cents=20_000_00)
    received_at = datetime(2012, 5, 1, 10, tzinfo=UTC)
    waiting = make_application(in_round, region=region, received_at=received_at)
    incomplete = make_application(
        in_round,
        status=ApplicationStatus.INCOMPLETE,
        completion_asked="De begroting.",
        completion_asked_on=date(2012, 7, 2),
        extended_to=date(2013, 12, 31),
        extension_reason="Het is druk.",
    )
    incomplete.completion_due_on = date(2012, 7, 16)
    pilot = make_granted(in_round, author=officer, decider=decider, region=region)
    pilot.settlement_requested_on = date(2012, 3, 1)
    back = make_granted(make_round(in_round.scheme), author=officer, decider=decider, region=region)
    # so that it can be claimed back until EXPIRES
    back.status, back.revoked_on = PilotStatus.REVOKED, date(2007, 10, 1)
    make_payment(back, 1_000_00, recorder=officer)
    decision = make_decision(
        make_application(back.application.round), author=officer, decider=decider
    )
    recovery = make_recovery(back, decision, 1_000_00, recorder=officer, demanded_on=DECIDED_ON)
    recovery.expires_on = EXPIRES
    db.session.flush()
    return Scene(programme, region, officer, in_round, waiting, incomplete, pilot, recovery)


def _rows(*regions: Region) -> list[RegionRow]:
    return [
        RegionRow(
            region_id=one.id,
            code=one.code,
            name=one.name,
            status=RegionStatus.ACTIVE,
            members=frozenset({one.id}),
        )
        for one in regions
    ]


def _kinds(
    scene: Scene, day: date, person: Person | None = None
) -> dict[SignalKind, tuple[Severity, str]]:
    watch = watch_subsidies(person or scene.officer, scene.programme.id)
    found = list(subsidy_signals(_rows(scene.region), watch, day))
    kinds = {one.kind: (one.severity, one.region.code if one.region else "") for one in found}
    assert len(kinds) == len(found)
    return kinds


@pytest.mark.parametrize(
    ("kind", "first_day", "expected"),
    [
        # eight weeks after 1 May
        (SignalKind.DECISION_OVERDUE, date(2012, 6, 27), (Severity.HIGH, "limburg")),
        # four weeks before 22 weeks after 1 March
        (SignalKind.SETTLEMENT_DUE, date(2012, 7, 5), (Severity.MEDIUM, "limburg")),
        (SignalKind.SETTLEMENT_DUE, date(2012, 8, 3), (Severity.HIGH, "limburg")),
        (SignalKind.RECOVERY_EXPIRES, date(2012, 4, 4), (Severity.MEDIUM, "limburg")),
        (SignalKind.RECOVERY_EXPIRES, date(2012, 9, 1), (Severity.HIGH, "limburg")),
        (SignalKind.COMPLETION_OVERDUE, date(2012, 7, 17), (Severity.MEDIUM, "")),
    ],
)
def test_a_signal_comes_on_its_day(
    scene: Scene, kind: SignalKind, first_day: date, expected: tuple[Severity, str]
) -> None:
    assert _kinds(scene, first_day - timedelta(days=1)).get(kind) != expected
    assert _kinds(scene, first_day)[kind] == expected


def test_a_ceiling_is_nearly_used_from_nine_tenths(scene: Scene) -> None:
    kind = SignalKind.CEILING_NEARLY_USED
    for cents, severity in (
        (16_666_67, None),
        (16_666_66, Severity.MEDIUM),
        (15_000_00, Severity.MEDIUM),
        (14_999_99, Severity.HIGH),
    ):
        with unit_of_work():
            scene.round.ceiling_cents = cents
        assert _kinds(scene, TODAY).get(kind) == ((severity, "") if severity else None)


def test_what_came_back_is_no_longer_to_be_recovered(scene: Scene) -> None:
    kind = SignalKind.RECOVERY_EXPIRES
    with unit_of_work():
        _receive(scene, 999_99)
    assert kind in _kinds(scene, TODAY)
    with unit_of_work():
        _receive(scene, 1)
    assert kind not in _kinds(scene, TODAY)


def test_what_is_to_be_recovered_is_what_the_money_of_the_pilot_says(scene: Scene) -> None:
    pilot, officer = scene.recovery.pilot, scene.officer
    steps: list[tuple[int, dict[str, Any]]] = [
        (50_00, {}),
        (-20_00, {"corrects_id": pilot.payments[0].id, "reason": "Dubbel."}),
        (300_00, RECEIVED),
        (-1, {**RECEIVED, "corrects_id": pilot.payments[0].id, "reason": "Te veel."}),
    ]
    for cents, values in steps:
        with unit_of_work():
            recovery = scene.recovery.id if values.get("direction") else None
            make_payment(pilot, cents, recorder=officer, recovery_id=recovery, **values)
        db.session.expire_all()
        (watched,) = _watched(scene)
        assert watched.money == scene.recovery.pilot.money
        assert watched.unclaimed_cents == unclaimed_cents(scene.recovery.pilot)
    assert watched.money.to_recover_cents == 730_01
    assert watched.unclaimed_cents == 30_00


def _watched(scene: Scene) -> list[WatchedPilot]:
    watch = watch_subsidies(scene.officer, scene.programme.id)
    return [one for one in watch.pilots if one.pilot.id == scene.recovery.pilot_id]


def test_money_that_nobody_claimed_is_told_until_it_is_too_late(scene: Scene) -> None:
    missing, expires = SignalKind.RECOVERY_MISSING, SignalKind.RECOVERY_EXPIRES
    assert missing not in _kinds(scene, TODAY)
    with unit_of_work():
        scene.recovery.cancelled_on, scene.recovery.cancel_reason = TODAY, "Verkeerd adres."
    assert _kinds(scene, TODAY)[missing] == (Severity.MEDIUM, "limburg")
    assert missing in _kinds(scene, EXPIRES)
    after = _kinds(scene, EXPIRES + timedelta(days=1))
    assert (missing in after, expires in after) == (False, True)
    # the sum stays uneven, but nothing is to be done any more
    with unit_of_work():
        scene.recovery.pilot.status = PilotStatus.CLOSED
    assert expires not in _kinds(scene, EXPIRES + timedelta(days=1))


def _receive(scene: Scene, cents: int) -> None:
    make_payment(
        scene.recovery.pilot,
        cents,
        recorder=scene.officer,
        direction=MoneyDirection.RECOVERED,
        recovery_id=scene.recovery.id,
    )


def test_a_region_sees_its_own_and_nothing_of_the_ministry(scene: Scene) -> None:
    with unit_of_work():
        elsewhere = make_region(scene.programme, "zeeland")
        manager = make_person(scene.programme, Role.ACCOUNT_MANAGER, region=scene.region)
        leader = make_person(scene.programme, Role.PROJECT_LEADER, region=scene.region)
        outsider = make_person(scene.programme, Role.ACCOUNT_MANAGER, region=elsewhere)
        scene.round.ceiling_cents = 15_000_00
    day = date(2012, 8, 3)
    own = {SignalKind.SETTLEMENT_DUE, SignalKind.RECOVERY_EXPIRES}
    assert set(_kinds(scene, day, manager)) == own | {SignalKind.DECISION_OVERDUE}
    assert set(_kinds(scene, day, leader)) == own
    assert _kinds(scene, day, outsider) == {}
    watch = watch_subsidies(scene.officer, scene.programme.id, region_ids=[elsewhere.id])
    assert not watch.is_national
    assert list(subsidy_signals(_rows(elsewhere), watch, day)) == []


def test_the_pages_tell_of_pilots_and_signals(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        made = _scene()
        made.round.ceiling_cents = 15_000_00
        title, code, email = made.pilot.title, made.region.code, made.officer.email
        make_person(made.programme, Role.READER, email="lezer@vpt.example")
    officer = sign_in(email)
    national = officer.get("/landelijk").get_data(as_text=True)
    assert "Subsidieplafond bijna bereikt" in national
    assert "landelijk</" in national
    regional = officer.get(f"/regios/{code}").get_data(as_text=True)
    assert "Subsidiebesluit te laat" in regional
    assert "Subsidieplafond bijna bereikt" not in regional
    assert title in regional
    assert "Signalen" in officer.get("/mijn-werk").get_data(as_text=True)
    reader = sign_in("lezer@vpt.example").get(f"/regios/{code}").get_data(as_text=True)
    assert title in reader


def test_a_pilot_in_two_regions_is_told_once_to_the_country(scene: Scene) -> None:
    with unit_of_work():
        other = make_region(scene.programme, "zeeland")
        scene.pilot.regions.append(other)
    watch = watch_subsidies(scene.officer, scene.programme.id)
    rows = _rows(scene.region, other)
    found = [
        one.region
        for one in subsidy_signals(rows, watch, TODAY)
        if one.kind is SignalKind.SETTLEMENT_DUE
    ]
    assert found == [None]
    regional = replace(watch, is_national=False)
    assert [
        one.region.code
        for one in subsidy_signals(rows[1:], regional, TODAY)
        if one.region and one.kind is SignalKind.SETTLEMENT_DUE
    ] == ["zeeland"]
