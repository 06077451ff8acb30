"""A payment that is recorded after its half-year was frozen keeps its day and says so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.integration.half_year_freeze.conftest import Ready, make_ready, officer
from vpt_regio import clock
from vpt_regio.domain.enums import PaymentKind
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import Payment
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.pilots import Pilot, PilotPayment
from vpt_regio.queries.late_bookings import recorded_too_late
from vpt_regio.services import pilot_money
from vpt_regio.services.freeze import freeze
from vpt_regio.services.payments import record_payment
from vpt_regio.services.reopenings import reopen
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
DAY_IN_IT = date(2012, 6, 28)
NOTE = "vastgelegd toen 2012-1 al was vastgezet; telt mee in het volgende overzicht"


def _covenant(of: Ready) -> Covenant:
    return next(one for one in db.session.scalars(select(Covenant)) if of.limburg in one.regions)


def _pay(of: Ready, *, on: date = DAY_IN_IT) -> int:
    with unit_of_work():
        made = record_payment(
            _covenant(of),
            kind=PaymentKind.ADVANCE,
            amount_cents=100,
            paid_on=on,
            reference="BET-1",
            actor=officer(),
        )
    return made.id


def _payments() -> list[Payment]:
    return list(db.session.scalars(select(Payment)))


def test_before_the_freeze_nothing_is_late(ready: Ready) -> None:
    _pay(ready)
    with clock.at(clock.now() + timedelta(minutes=1)), unit_of_work():
        freeze(ready.period, actor=officer())
    assert recorded_too_late(_payments()) == {}


def test_what_is_paid_in_it_and_recorded_later_is_late(frozen: Ready) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        late = _pay(frozen)
        in_time = _pay(frozen, on=frozen.period.ends_on + timedelta(days=1))
    found = recorded_too_late(_payments())
    assert found == {late: "2012-1"}
    assert in_time not in found
    assert db.session.get_one(Payment, late).paid_on == DAY_IN_IT


def test_the_next_version_takes_it_along(frozen: Ready) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        _pay(frozen)
    with clock.at(clock.now() + timedelta(minutes=2)), unit_of_work():
        reopen(
            frozen.period,
            reason="Een betaling.",
            expires_on=date(2012, 7, 20),
            actor=officer(),
        )
        freeze(frozen.period, actor=officer())
    assert recorded_too_late(_payments()) == {}


def test_the_page_says_so(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        ready = make_ready()
        with clock.at(clock.now() - timedelta(minutes=1)), unit_of_work():
            freeze(ready.period, actor=officer())
        address = f"/convenanten/{_covenant(ready).id}/geld"
    client = sign_in("beleid@vpt.example")
    values = {"purpose": "advance", "region": "", "amount": "1", "paid_on": "28-06-2012"}
    values["reference"] = "BET-2"
    told = client.post(f"{address}/betaling", data=values, follow_redirects=True).text
    assert "Halfjaar 2012-1 is vastgezet. De boeking telt mee" in told
    assert told.count(NOTE) == 1


def test_a_payment_of_a_pilot_says_so_too(frozen: Ready) -> None:
    pilot = next(one for one in db.session.scalars(select(Pilot)) if one.money)
    with clock.at(clock.now() + timedelta(minutes=1)), unit_of_work():
        paid = pilot_money.record_payment(
            pilot, amount_cents=100, paid_on=DAY_IN_IT, reference="BET-3", actor=officer()
        )
    bookings = list(db.session.scalars(select(PilotPayment)))
    assert recorded_too_late(bookings) == {paid.id: "2012-1"}


@pytest.mark.usefixtures("frozen")
def test_without_payments_nothing_is_asked() -> None:
    assert recorded_too_late([]) == {}
