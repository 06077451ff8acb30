"""Two people who settle, claim back or book money of one pilot at the same moment."""

from flask import Flask
from sqlalchemy import func, select

from tests.factories.people import make_person
from tests.factories.settlements import GRANTED, HOLDER, OFFICER, make_settling
from tests.factories.subsidies import make_decider
from tests.integration.races.test_races import Send, SignIn, together
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import MoneyDirection
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.pilots import Pilot, PilotPayment, Recovery
from vpt_regio.services import audit
from vpt_regio.services.recoveries import demand_recovery
from vpt_regio.uow import unit_of_work

SECOND_OFFICER, SECOND_HOLDER = "tweede@vpt.example", "tweede.beslisser@vpt.example"
SETTLED = 10_000_00
RECEIPT = {"amount": "3.000,00", "paid_on": "16-07-2012", "reference": "T1"}


def _make(app: Flask, *, paid: int = GRANTED, settles: bool = True, claims: bool = False) -> str:
    """Make a pilot with two officers and two holders of a mandate; return its address."""
    with app.app_context(), unit_of_work():
        scene = make_settling(paid=paid)
        make_person(scene.programme, Role.POLICY_OFFICER, email=SECOND_OFFICER)
        make_decider(scene.programme).email = SECOND_HOLDER
        if settles:
            scene.settle(SETTLED)
        if claims:
            demand_recovery(scene.pilot, actor=scene.officer)
        db.session.flush()
        return f"/pilots/{scene.pilot.id}"


def _recovered() -> int:
    query = select(func.coalesce(func.sum(PilotPayment.amount_cents), 0)).where(
        PilotPayment.direction == MoneyDirection.RECOVERED
    )
    return int(db.session.scalar(query) or 0)


def test_what_is_too_much_is_claimed_once(app: Flask, sign_in: SignIn) -> None:
    url = f"{_make(app)}/terugvordering"
    sends = [Send(sign_in(email), url, {}) for email in (OFFICER, SECOND_OFFICER, OFFICER)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409, 409]
    with app.app_context():
        claim = db.session.scalars(select(Recovery)).one()
        assert claim.amount_cents == GRANTED - SETTLED
        assert audit.verify(db.session()) is None


def test_receipts_at_once_never_exceed_the_claim(app: Flask, sign_in: SignIn) -> None:
    address = _make(app, claims=True)
    with app.app_context():
        url = f"{address}/terugvordering/{db.session.scalar(select(Recovery.id))}/ontvangst"
    clients = [sign_in(email) for email in (OFFICER, SECOND_OFFICER, OFFICER)]
    # each alone fits in the five thousand that was claimed, two of them do not
    sends = [
        Send(client, url, {**RECEIPT, "reference": f"T{number}"})
        for number, client in enumerate(clients)
    ]
    assert sorted(together(*(send.status for send in sends))) == [303, 422, 422]
    with app.app_context():
        assert _recovered() == 3_000_00
        assert audit.verify(db.session()) is None


def test_a_claim_lapses_or_is_paid_but_not_both(app: Flask, sign_in: SignIn) -> None:
    address = _make(app, claims=True)
    with app.app_context():
        claim = db.session.scalars(select(Recovery)).one()
        url, seen = f"{address}/terugvordering/{claim.id}", claim.version
    whole = {**RECEIPT, "amount": "5.000,00"}
    receive = Send(sign_in(OFFICER), f"{url}/ontvangst", whole)
    cancel = Send(
        sign_in(SECOND_OFFICER), f"{url}/vervallen", {"reason": "Te klein.", "version": seen}
    )
    assert sorted(together(receive.status, cancel.status)) == [303, 409]
    with app.app_context():
        claim = db.session.scalars(select(Recovery)).one()
        assert (_recovered() == 5_000_00) == (claim.cancelled_on is None)


def test_one_of_two_settlements_counts(app: Flask, sign_in: SignIn) -> None:
    address = _make(app, settles=False)
    proposal = sign_in(OFFICER).post(
        f"{address}/vaststelling",
        data={"amount": "10.000,00", "ground": "not_done", "reasoning": "Een deel."},
    )
    url = f"{proposal.location}/beslissen"
    sends = [Send(sign_in(email), url, {"note": ""}) for email in (HOLDER, SECOND_HOLDER)]
    assert sorted(together(*(send.status for send in sends))) == [303, 409]
    with app.app_context():
        kinds = select(Decision.id).where(Decision.kind == DecisionKind.SUBSIDY_SETTLED)
        assert len(db.session.scalars(kinds).all()) == 1
        assert audit.verify(db.session()) is None


def test_a_payment_and_a_settlement_at_once_add_up(app: Flask, sign_in: SignIn) -> None:
    address = _make(app, paid=0, settles=False)
    proposal = sign_in(OFFICER).post(
        f"{address}/vaststelling",
        data={"amount": "10.000,00", "ground": "not_done", "reasoning": "Een deel."},
    )
    payment = {"amount": "15.000,00", "paid_on": "16-07-2012", "reference": "B1"}
    pay = Send(sign_in(SECOND_OFFICER), f"{address}/geld/betaling", payment)
    decide = Send(sign_in(HOLDER), f"{proposal.location}/beslissen", {"note": ""})
    assert together(pay.status, decide.status)[1] == 303
    with app.app_context():
        money = db.session.scalars(select(Pilot)).one().money
        assert money is not None
        # whichever came first: all was paid and a part comes back, or nothing was paid
        assert (money.paid_cents, money.to_recover_cents) in {(GRANTED, 5_000_00), (0, 0)}
        assert money.still_to_pay_cents == SETTLED - money.paid_cents
