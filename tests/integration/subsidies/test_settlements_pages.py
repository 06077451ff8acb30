"""The pages of settlements and recoveries: proposing, deciding, claiming back, booking."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.people import make_person
from tests.factories.settlements import GRANTED, HOLDER, OFFICER, make_settling
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.pilots import Pilot, Recovery
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
SETTLEMENT = {
    "amount": "10.000,00",
    "ground": "not_done",
    "reasoning": "Een deel van de trainingen ging niet door.",
}


@pytest.fixture
def pilot_id(app: Flask) -> int:
    with app.app_context(), unit_of_work():
        scene = make_settling(paid=GRANTED)
        make_person(scene.programme, Role.PROJECT_LEADER, region=scene.region, email=LEADER)
        db.session.flush()
        return scene.pilot.id


def settle(sign_in: SignIn, pilot_id: int) -> None:
    proposed = sign_in(OFFICER).post(f"/pilots/{pilot_id}/vaststelling", data=SETTLEMENT)
    decided = sign_in(HOLDER).post(f"{proposed.location}/beslissen", data={"note": ""})
    assert decided.status_code == 303


def test_a_settlement_is_proposed_and_decided(app: Flask, sign_in: SignIn, pilot_id: int) -> None:
    officer = sign_in(OFFICER)
    url = f"/pilots/{pilot_id}/vaststelling"
    page = officer.get(url).text
    assert 'value="15.000,00"' in page
    refused = officer.post(url, data={**SETTLEMENT, "ground": "", "reasoning": ""})
    assert refused.status_code == 422
    assert "Vul in waarom u dit voorstelt." in refused.text
    without_ground = officer.post(url, data={**SETTLEMENT, "ground": ""})
    assert without_ground.status_code == 422
    assert "Kies waarom de subsidie lager wordt vastgesteld" in without_ground.text
    assert "Een deel van de trainingen ging niet door." in without_ground.text
    done = officer.post(url, data=SETTLEMENT)
    assert done.status_code == 303
    again = officer.get(url).text
    assert "al een voorstel" in again
    assert done.location in again
    assert officer.post(url, data=SETTLEMENT).status_code == 409
    assert sign_in(HOLDER).post(f"{done.location}/beslissen", data={"note": ""}).status_code == 303
    with app.app_context():
        pilot = db.session.get_one(Pilot, pilot_id)
        assert (pilot.status, pilot.settled_cents) == ("settled", 10_000_00)
    assert "Besluiten over de subsidie" in officer.get(url).text


def test_a_revocation_asks_for_a_ground(app: Flask, sign_in: SignIn, pilot_id: int) -> None:
    officer = sign_in(OFFICER)
    url = f"/pilots/{pilot_id}/intrekking"
    assert "zoals was voorbehouden" in officer.get(url).text
    refused = officer.post(url, data={"reasoning": "Onjuist."})
    assert refused.status_code == 422
    assert "Kies een reden." in refused.text
    assert officer.post(url, data={"ground": "x", "reasoning": "Onjuist."}).status_code == 422
    done = officer.post(url, data={"ground": "false_data", "reasoning": "Onjuist."})
    assert done.status_code == 303
    with app.app_context():
        proposal = db.session.query(SubsidyProposal).order_by(SubsidyProposal.id.desc()).first()
        assert proposal is not None
        assert (proposal.kind, proposal.revocation_ground) == ("revocation", "false_data")


def test_money_is_claimed_back_and_booked(app: Flask, sign_in: SignIn, pilot_id: int) -> None:
    officer = sign_in(OFFICER)
    url = f"/pilots/{pilot_id}/terugvordering"
    assert "Terugvorderen kan pas nadat" in officer.get(url).text
    assert officer.post(url).status_code == 409
    settle(sign_in, pilot_id)
    assert officer.post(url).status_code == 303
    twice = officer.post(url)
    assert twice.status_code == 409
    assert "Er wordt niets dubbel teruggevorderd." in twice.text
    with app.app_context():
        claim = db.session.query(Recovery.id).scalar()
    receipt: dict[str, Any] = {"amount": "5.000,01", "paid_on": "16-07-2012", "reference": "T1"}
    over = officer.post(f"{url}/{claim}/ontvangst", data=receipt)
    assert over.status_code == 422
    assert "Dit is te veel." in over.text
    booked = officer.post(f"{url}/{claim}/ontvangst", data={**receipt, "amount": "4.999,99"})
    assert booked.status_code == 303
    page = officer.get(url).text
    assert "wacht op betaling" in page
    assert "€ 0,01" in page.replace("\u00a0", " ")
    assert officer.post(f"{url}/{claim}/vervallen", data={}).status_code == 422
    lapsed = officer.post(f"{url}/{claim}/vervallen", data={"reason": "Te klein bedrag."})
    assert lapsed.status_code == 303
    assert "Te klein bedrag." in officer.get(url).text
    assert officer.get(f"/pilots/999/terugvordering/{claim}/ontvangst").status_code == 404


def test_a_project_leader_sees_and_does_not_book(sign_in: SignIn, pilot_id: int) -> None:
    settle(sign_in, pilot_id)
    leader = sign_in(LEADER)
    url = f"/pilots/{pilot_id}/terugvordering"
    page = leader.get(url)
    assert page.status_code == 200
    assert f'action="{url}"' not in page.text
    assert leader.post(url).status_code == 403
    for path in ("vaststelling", "intrekking"):
        assert leader.get(f"/pilots/{pilot_id}/{path}").status_code == 403


def test_a_settlement_is_proposed_and_decided_anew(
    app: Flask, sign_in: SignIn, pilot_id: int
) -> None:
    settle(sign_in, pilot_id)
    officer = sign_in(OFFICER)
    officer.post(f"/pilots/{pilot_id}/terugvordering")
    assert f"/pilots/{pilot_id}/vaststelling" in officer.get(f"/pilots/{pilot_id}").text
    page = officer.get(f"/pilots/{pilot_id}/vaststelling").text
    assert 'value="10.000,00"' in page
    assert "komt daarvoor in de plaats" in page
    anew = {**SETTLEMENT, "amount": "12.000,00", "reasoning": "Na bezwaar meer bewezen."}
    proposed = officer.post(f"/pilots/{pilot_id}/vaststelling", data=anew)
    assert "Nu vastgesteld op" in officer.get(proposed.location).text
    holder = sign_in(HOLDER)
    decided = holder.post(f"{proposed.location}/beslissen", data={"note": ""})
    assert "Na bezwaar meer bewezen." in holder.get(decided.location).text
    claims = officer.get(f"/pilots/{pilot_id}/terugvordering").text.replace("\u00a0", " ")
    assert "De subsidie is opnieuw vastgesteld met besluit" in claims
    assert "€ 3.000,00" in claims


def test_what_is_too_late_to_claim_is_told_and_closes(
    app: Flask, sign_in: SignIn, pilot_id: int
) -> None:
    settle(sign_in, pilot_id)
    officer = sign_in(OFFICER)
    officer.post(f"/pilots/{pilot_id}/terugvordering")
    with app.app_context(), unit_of_work():
        pilot = db.session.get_one(Pilot, pilot_id)
        # as if the settlement and the claim were of long ago
        pilot.settled_on = date(2007, 1, 15)
        claim = pilot.recoveries[0]
        claim.demanded_on, claim.due_on = date(2007, 1, 15), date(2007, 2, 26)
        claim.expires_on = date(2012, 1, 15)
        pilot.outcome, pilot.outcome_on, pilot.outcome_reason = "stop", date(2012, 7, 16), "Klaar."
    money = officer.get(f"/pilots/{pilot_id}/geld").text.replace("\u00a0", " ")
    assert "Af: niet meer terug te vorderen" in money
    assert "dus dit bedrag is verjaard" in money
    assert "€ 10.000,00 = € 15.000,00 betaald − € 0,00 terugbetaald − € 5.000,00 niet meer" in money
    page = officer.get(f"/pilots/{pilot_id}/terugvordering").text
    assert "verjaard" in page
    assert "Niet meer terug te vorderen" in page
    with app.app_context():
        version = str(db.session.get_one(Pilot, pilot_id).version)
    closed = officer.post(f"/pilots/{pilot_id}/afsluiten", data={"version": version})
    assert closed.status_code == 303
    shown = officer.get(f"/pilots/{pilot_id}").text
    assert "kan niet meer worden teruggevorderd" in shown
    # a closed pilot can be settled anew; after five years it is not revoked any more
    assert f"/pilots/{pilot_id}/vaststelling" in shown
    assert "vijf jaar na de vaststelling" in officer.get(f"/pilots/{pilot_id}/intrekking").text
