"""The pages of amendments, the letter line and the funding: what people see and send."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import make_in_review, make_stage
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.enums import AmendmentKind, AmendmentStatus, FundingInstrument
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import SufficiencyCheck, Verdict
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.regions import RegionMerger
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
MANAGER, LEADER = "manager.limburg@vpt.example", "leider.limburg@vpt.example"
OFFICER, STRANGER = "beleid@vpt.example", "vreemde@vpt.example"
NEW = "/convenanten/1/wijzigingen/nieuw"
ONE = "/convenanten/1/wijzigingen/1"
REASON = "De uitvoering vraagt meer tijd."


@pytest.fixture(autouse=True)
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        stage = make_stage(programme=programme)
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        other = make_region(programme, "zeeland")
        make_person(programme, Role.PROJECT_LEADER, region=other, email=STRANGER)
        version = make_in_review(stage)
        check = SufficiencyCheck(
            plan_version_id=version.id,
            verdict=Verdict.INSUFFICIENT,
            available_cents=100_000_00,
            planned_cents=112_500_00,
            difference_cents=12_500_00,
            reasoning="De begroting is hoger dan het voorschot.",
            checked_by_id=stage.manager.id,
            checked_on=date(2012, 7, 16),
        )
        db.session.add(check)
        merger = RegionMerger(
            programme_id=programme.id,
            successor=make_region(programme, "zuid"),
            merged_on=date(2012, 8, 1),
            predecessors=[stage.region],
        )
        db.session.add(merger)


def text_of(response: object) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")  # type: ignore[attr-defined]


def stored(app: Flask) -> list[CovenantAmendment]:
    with app.app_context():
        return db.session.query(CovenantAmendment).order_by(CovenantAmendment.id).all()


def drafted(sign_in: SignIn, soort: str = "extension", **fields: str) -> str:
    values = {"new_end_on": "30-06-2014", "reason": REASON, **fields}
    response = sign_in(MANAGER).post(f"{NEW}?soort={soort}", data=values)
    assert response.status_code == 303, text_of(response)
    return str(response.location)


def test_choosing_a_kind(sign_in: SignIn) -> None:
    client = sign_in(MANAGER)
    page = text_of(client.get(NEW))
    for kind in AmendmentKind:
        assert f"soort={kind.value}" in page
        assert client.get(f"{NEW}?soort={kind.value}").status_code == 200
    assert client.get(f"{NEW}?soort=onzin").status_code == 200
    assert client.post(NEW, data={}).status_code == 422


def test_an_extension_from_draft_to_signature(app: Flask, sign_in: SignIn) -> None:
    assert drafted(sign_in) == ONE
    page = text_of(sign_in(MANAGER).get("/convenanten/1"))
    assert "31 december 2013 → 30 juni 2014" in page
    assert "concept, nog niet ondertekend" in page
    officer = sign_in(OFFICER)
    assert "Ondertekening vastleggen" in text_of(officer.get(ONE))
    assert officer.get(f"{ONE}/ondertekenen").status_code == 200
    version = str(stored(app)[0].version)
    sent = {"signed_on": "10-07-2012", "version": version}
    assert officer.post(f"{ONE}/ondertekenen", data=sent).status_code == 303
    page = text_of(officer.get("/convenanten/1"))
    assert "Zoals ondertekend" in page
    assert "31 december 2013 → 30 juni 2014" in page
    assert "Opgesteld door" in page
    assert "Ondertekening vastgelegd door" in page
    assert (
        "Het convenant met de regio Limburg is op 1 januari 2012 ondertekend en eindigt uiterlijk"
        " op 30 juni 2014, verlengd bij wijziging van 10 juli 2012 (was 31 december 2013)."
    ) in page
    assert "door de verlenging van 10 juli 2012" in page
    assert "door de verlenging van 10 juli 2012" in text_of(officer.get("/regios/limburg"))


@pytest.mark.parametrize(
    ("soort", "fields", "message"),
    [
        ("extension", {"new_end_on": "31-12-2013"}, "moet na 31-12-2013 liggen"),
        ("extension", {"new_end_on": "ooit"}, "Vul een datum in"),
        ("extension", {"reason": "  "}, "Vul de reden van de wijziging in."),
        ("amount", {"amount_cents": "-5"}, "groter dan nul"),
        ("amount", {"amount_cents": "0"}, "groter dan nul"),
        ("party", {"party_name": ""}, "Vul in welke partij erbij komt."),
        ("party", {"party_name": "x", "leaving_party": "99"}, 'aria-invalid="true"'),
        ("merger", {"merger": "99"}, 'aria-invalid="true"'),
    ],
)
def test_bad_input_comes_back_as_typed(
    app: Flask, sign_in: SignIn, soort: str, fields: dict[str, str], message: str
) -> None:
    values = {"new_end_on": "30-06-2014", "reason": REASON, "document_reference": "K-1", **fields}
    response = sign_in(MANAGER).post(f"{NEW}?soort={soort}", data=values)
    page = text_of(response)
    assert response.status_code == 422
    assert message in page
    assert 'value="K-1"' in page
    assert stored(app) == []


def test_a_supplement_after_the_sufficiency_check(app: Flask, sign_in: SignIn) -> None:
    address = f"{NEW}?soort=amount&bedrag=1250000&toets=1"
    client = sign_in(MANAGER)
    page = text_of(client.get(address))
    assert "Naar aanleiding van de toets op toereikendheid van plan versie 1." in page
    assert 'value="12.500,00"' in page
    sent = {"amount_cents": "12.500", "reason": "Te weinig geld."}
    assert client.post(address, data=sent).location == ONE
    assert stored(app)[0].sufficiency_check_id == 1
    assert "toets op toereikendheid van plan versie 1" in text_of(client.get(ONE))
    assert "toets op toereikendheid van plan versie 1" in text_of(client.get("/convenanten/1"))


@pytest.mark.parametrize(
    "query",
    [
        "toets=99",
        "toets=x",
        "toets=9" + "9" * 30,
        "toets=9999999999",
        "bedrag=-1",
        "bedrag=9" + "9" * 30,
    ],
)
def test_an_address_made_up_prefills_nothing(sign_in: SignIn, query: str) -> None:
    page = sign_in(MANAGER).get(f"{NEW}?soort=amount&{query}")
    assert page.status_code == 200
    assert "toets op toereikendheid" not in text_of(page)


def test_another_party_and_a_merger(app: Flask, sign_in: SignIn) -> None:
    drafted(sign_in, "party", leaving_party="2", party_name="de veiligheidsregio")
    drafted(sign_in, "merger", merger="1")
    party, merger = stored(app)
    assert (party.leaving_party_id, party.party_name) == (2, "de veiligheidsregio")
    assert merger.merger_id == 1
    page = text_of(sign_in(MANAGER).get("/convenanten/1"))
    assert "de provincie → de veiligheidsregio" in page
    assert "Limburg → Zuid" in page


def test_editing_and_withdrawing(app: Flask, sign_in: SignIn) -> None:
    drafted(sign_in)
    client = sign_in(MANAGER)
    assert 'value="30-06-2014"' in text_of(client.get(f"{ONE}/bewerken"))
    version = str(stored(app)[0].version)
    sent = {"new_end_on": "31-12-2014", "reason": REASON, "version": version}
    assert client.post(f"{ONE}/bewerken", data=sent).status_code == 303
    again = {**sent, "new_end_on": "1-1-2015"}
    assert client.post(f"{ONE}/bewerken", data=again).status_code == 409
    assert client.post(f"{ONE}/intrekken", data={"note": ""}).status_code == 422
    assert client.post(f"{ONE}/intrekken", data={"note": "Niet nodig."}).status_code == 303
    assert stored(app)[0].status is AmendmentStatus.WITHDRAWN
    assert "Niet nodig." in text_of(client.get(ONE))
    assert "verandert niet" in text_of(client.get(f"{ONE}/bewerken"))
    assert client.post(f"{ONE}/bewerken", data=again).status_code == 409
    assert client.post(f"{ONE}/intrekken", data={"note": "Weer."}).status_code == 409


def test_a_draft_and_an_amount_stay_within_the_region(sign_in: SignIn) -> None:
    drafted(sign_in, "amount", amount_cents="5.000")
    stranger = sign_in(STRANGER)
    assert stranger.get(ONE).status_code == 404
    page = text_of(stranger.get("/convenanten/1"))
    assert REASON not in page
    assert "100.000" not in page
    assert sign_in(LEADER).get(ONE).status_code == 200


def test_an_amendment_has_no_address_at_another_covenant(sign_in: SignIn) -> None:
    drafted(sign_in)
    assert sign_in(MANAGER).get("/convenanten/2/wijzigingen/1").status_code == 404


def test_how_the_money_is_given(app: Flask, sign_in: SignIn) -> None:
    client, address = sign_in(OFFICER), "/convenanten/1/bekostiging"
    assert address in text_of(client.get("/convenanten/1"))
    assert client.get(address).status_code == 200
    assert client.post(address, data={"funding": "unknown"}).status_code == 422
    assert client.post(address, data={"funding": "specific_grant"}).status_code == 303
    with app.app_context():
        assert db.session.get_one(Covenant, 1).funding is FundingInstrument.SPECIFIC_GRANT
    page = text_of(client.get("/convenanten/1"))
    assert address not in page
    assert "Verantwoording bij de jaarrekening 2012" in page
    assert client.post(address, data={"funding": "own_rules"}).status_code == 409
    assert sign_in(MANAGER).get(address).status_code == 403


def test_both_numbers_are_said(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    assert "1 convenant in 1 regio" in text_of(client.get("/convenanten"))
    assert "Er lopen 1 convenant, in 1 regio" in text_of(client.get("/landelijk"))


def test_a_draft_may_say_how_the_money_is_given(app: Flask, sign_in: SignIn) -> None:
    fields = {
        "number": "VPT-9",
        "title": "Convenant Zeeland",
        "regions": ["2"],
        "advance_cents": "100.000",
        "min_hours_per_week": "20",
        "funding": "own_rules",
    }
    client = sign_in(OFFICER)
    assert "subsidie volgens eigen regels" in text_of(client.get("/convenanten/nieuw"))
    assert client.post("/convenanten/nieuw", data={**fields, "funding": "x"}).status_code == 422
    assert client.post("/convenanten/nieuw", data=fields).status_code == 303
    with app.app_context():
        covenant = db.session.query(Covenant).filter_by(number="VPT-9").one()
        assert covenant.funding is FundingInstrument.OWN_RULES
