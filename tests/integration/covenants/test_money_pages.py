"""The pages about the money of a covenant: what they show, and to whom."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import make_mandate, make_stage
from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_region
from vpt_regio.domain.enums import FundingInstrument, PaymentKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import FinalAccount, Payment
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.uow import unit_of_work


@pytest.fixture
def addresses(app: Flask) -> dict[str, str]:
    """A covenant in force and one that ran out, of Limburg; one of Groningen; their people."""
    with app.app_context(), unit_of_work():
        stage = make_stage()
        over = make_covenant(stage.region, original_end_on=date(2012, 6, 30))
        grant = make_covenant(
            stage.region, signed_on=date(2011, 1, 1), original_end_on=date(2011, 12, 31)
        )
        grant.funding = FundingInstrument.SPECIFIC_GRANT
        make_person(stage.programme, Role.POLICY_OFFICER, email="officer@vpt.example")
        other = make_region(stage.programme, "groningen")
        make_person(
            stage.programme, Role.PROJECT_LEADER, region=other, email="elsewhere@vpt.example"
        )
        make_mandate(
            stage.holder,
            Permission.COVENANT_TERMINATE,
            programme=stage.programme,
            max_amount_cents=None,
        )
        return {
            "running": f"/convenanten/{stage.covenant.id}",
            "over": f"/convenanten/{over.id}",
            "grant": f"/convenanten/{grant.id}",
            "leader": stage.leader.email,
            "manager": stage.manager.email,
            "holder": stage.holder.email,
        }


def test_a_payment_is_recorded_shown_and_corrected(
    app: Flask, addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    url = addresses["running"]
    client = sign_in("officer@vpt.example")
    form = {
        "purpose": "advance",
        "amount": "40.000,00",
        "paid_on": "1-2-2012",
        "reference": "B-12",
    }
    too_much = client.post(f"{url}/geld/betaling", data={**form, "amount": "100.000,01"})
    assert too_much.status_code == 422
    assert "Van het voorschot is nog te betalen" in too_much.text
    assert "B-12" in too_much.text
    assert client.post(f"{url}/geld/betaling", data=form).status_code == 303
    with app.app_context():
        payment_id = db.session.query(Payment).one().id
    page = f"{url}/geld/betalingen/{payment_id}"
    wrong = client.post(page, data={"amount": "10", "paid_on": "1-3-2012", "reason": "Dubbel"})
    assert wrong.status_code == 422
    right = client.post(page, data={"amount": "-10", "paid_on": "1-3-2012", "reason": "Dubbel"})
    assert right.status_code == 303
    text = client.get(f"{url}/geld").text
    assert "39.990,00" in text
    assert "Correctie: Dubbel" in text
    assert "60.010,00" in text


def test_a_leader_of_another_region_sees_no_money(
    addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    elsewhere = sign_in("elsewhere@vpt.example")
    for part in ("/geld", "/eindverantwoording/limburg"):
        assert elsewhere.get(addresses["over"] + part).status_code in {403, 404}
    assert sign_in(addresses["leader"]).get(addresses["over"] + "/geld").status_code == 200


def test_an_account_is_written_submitted_returned_and_accepted(
    app: Flask, addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    url = addresses["over"] + "/eindverantwoording/limburg"
    leader, manager = sign_in(addresses["leader"]), sign_in(addresses["manager"])
    assert "Eindverantwoording beginnen" in leader.get(url).text
    assert leader.post(f"{url}/beginnen").status_code == 303
    empty = leader.post(f"{url}/bewerken", data={"do": "submit", "explanation": "Bewaar dit."})
    assert empty.status_code == 422
    assert "Beschrijf de resultaten" in empty.text
    assert "Bewaar dit." in empty.text
    with app.app_context():
        version = str(db.session.query(FinalAccount).one().version)
    saved = leader.post(
        f"{url}/bewerken",
        data={"results": "Veel bereikt.", "version": version},
        headers={"Accept": "application/json"},
    )
    assert saved.status_code == 200
    stale = leader.post(f"{url}/bewerken", data={"results": "Anders.", "version": "1"})
    assert stale.status_code == 409
    assert "Veel bereikt." in stale.text
    assert leader.post(f"{url}/indienen").status_code == 303
    assert manager.post(f"{url}/terugsturen", data={"note": ""}).status_code == 422
    assert manager.post(f"{url}/terugsturen", data={"note": "Noem meer."}).status_code == 303
    assert "Noem meer." in leader.get(f"{url}/bewerken").text
    assert leader.post(f"{url}/indienen").status_code == 303
    assert leader.post(f"{url}/intrekken").status_code == 303
    assert leader.post(f"{url}/indienen").status_code == 303
    assert leader.post(f"{url}/aannemen").status_code == 403
    assert manager.post(f"{url}/aannemen").status_code == 303
    assert "aangenomen" in manager.get(url).text


def test_closing_says_what_is_still_to_be_done(
    addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    url = addresses["over"]
    manager, leader = sign_in(addresses["manager"]), sign_in(addresses["leader"])
    page = manager.get(f"{url}/afsluiten")
    assert "nog niet aangenomen" in page.text
    assert manager.post(f"{url}/afsluiten").status_code == 409
    account = f"{url}/eindverantwoording/limburg"
    leader.post(f"{account}/beginnen")
    leader.post(f"{account}/bewerken", data={"results": "Geen geld nodig.", "do": "submit"})
    manager.post(f"{account}/aannemen")
    assert manager.post(f"{url}/afsluiten").status_code == 303
    assert "afgesloten" in manager.get(url).text


def test_a_mandate_holder_ends_a_covenant_early(
    app: Flask, addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    url = f"{addresses['running']}/beeindigen"
    holder = sign_in(addresses["holder"])
    assert holder.get(url).status_code == 200
    refused = holder.post(url, data={"ended_on": "17-7-2012", "reason": "De regio stopt."})
    assert refused.status_code == 422
    assert "De regio stopt." in refused.text
    ended = holder.post(url, data={"ended_on": "1-7-2012", "reason": "De regio stopt."})
    assert ended.status_code == 303
    assert "voortijdig beëindigd" in holder.get(addresses["running"]).text
    with app.app_context():
        covenant = db.session.get_one(Covenant, int(addresses["running"].rsplit("/", 1)[1]))
        assert str(covenant.ended_on) == "2012-07-01"


def test_a_year_is_recorded_with_the_annual_accounts(
    addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    url = addresses["grant"]
    officer, leader = sign_in("officer@vpt.example"), sign_in(addresses["leader"])
    paid = {
        "purpose": "advance",
        "amount": "100.000",
        "paid_on": "1-3-2011",
        "reference": "B-1",
    }
    assert officer.post(f"{url}/geld/betaling", data=paid).status_code == 303
    assert "te laat" in leader.get(f"{url}/geld").text
    form = {"year": "2011", "delivered_on": "1-7-2012", "reference": "Jaarrekening 2011"}
    address = f"{url}/jaarverantwoording/limburg"
    assert leader.post(address, data={**form, "delivered_on": ""}).status_code == 422
    assert leader.post(address, data=form).status_code == 303
    assert "vastgelegd" in leader.get(f"{url}/geld").text


def test_each_region_sees_what_was_paid_for_all_and_to_itself_only(
    app: Flask, addresses: dict[str, str], sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        regions = {region.code: region for region in db.session.query(Region)}
        covenant = make_covenant(regions["limburg"], regions["groningen"])
        officer = db.session.query(Person).filter_by(email="officer@vpt.example").one()
        url = f"/convenanten/{covenant.id}/geld"
        ids = {}
        for code in ("", "limburg", "groningen"):
            payment = Payment(
                covenant=covenant,
                region=regions.get(code),
                kind=PaymentKind.ADVANCE,
                amount_cents=1_00,
                paid_on=date(2012, 2, 1),
                reference=f"B-{code or 'samen'}",
                recorded_by=officer,
            )
            db.session.add(payment)
            db.session.flush()
            ids[code] = f"{url}/betalingen/{payment.id}"
    leader = sign_in(addresses["leader"])
    page = leader.get(url).text
    assert "B-samen" in page
    assert "B-limburg" in page
    assert "B-groningen" not in page
    statuses = {code: leader.get(address).status_code for code, address in ids.items()}
    assert statuses == {"": 200, "limburg": 200, "groningen": 404}
