"""The pages of covenants, appointments, hours and expenditures: what people see and send."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.covenants import (
    make_appointment,
    make_covenant,
    make_half_year,
    make_plan_version,
)
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import (
    Covenant,
    Expenditure,
    HoursEntry,
    ProjectLeaderAppointment,
)
from vpt_regio.services.hours import book_hours
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER, STRANGER = "leider@vpt.example", "vreemde@vpt.example"
MANAGER, OFFICER = "manager@vpt.example", "beleid@vpt.example"
DEPUTY = "waarnemer@vpt.example"
BOOKS = ("/regios/limburg/projectleiders", "/regios/limburg/uren", "/regios/limburg/uitgaven")


@pytest.fixture(autouse=True)
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region, other = make_region(programme), make_region(programme, "zeeland")
        leader = make_person(
            programme, Role.PROJECT_LEADER, region=region, email=LEADER, name="De Leider"
        )
        deputy = make_person(
            programme, Role.PROJECT_LEADER, region=region, email=DEPUTY, name="De Waarnemer"
        )
        make_person(programme, Role.PROJECT_LEADER, region=other, email=STRANGER)
        make_person(programme, Role.ACCOUNT_MANAGER, region=region, email=MANAGER)
        make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
        covenant = make_covenant(region, advance_cents=1_000_00)
        make_plan_version(covenant, leader, 200_00)
        own = make_appointment(region, leader)
        make_appointment(region, deputy, quarters_per_week=20, is_deputy=True)
        book_hours(own, iso_year=2012, iso_week=23, quarters=60, note="start", actor=leader)
        make_half_year(programme, HalfYear(2011, 2), PeriodStatus.CLOSED)
        make_half_year(programme, HalfYear(2012, 1))


def text_of(response: object) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")  # type: ignore[attr-defined]


def first(app: Flask, model: type) -> int:
    with app.app_context():
        return int(db.session.query(model).order_by(model.id).first().id)  # type: ignore[attr-defined]


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.query(model).count()


DRAFT = {
    "number": "VPT-9",
    "title": "Convenant Zeeland",
    "minister_signatory": "de directeur",
    "counterparty_1": "de provincie Zeeland",
    "signatory_1": "de gedeputeerde",
    "advance_cents": "€ 100.000,--",
    "min_hours_per_week": "20",
    "original_end_on": "31 december 2013",
    "plan_due_on": "",
}


def make_draft(app: Flask, client: FlaskClient) -> str:
    with app.app_context():
        region = make_region_id("zeeland")
    response = client.post("/convenanten/nieuw", data={**DRAFT, "regions": [region]})
    assert response.status_code == 303, text_of(response)
    return response.location


def make_region_id(code: str) -> int:
    from vpt_regio.models.regions import Region

    return int(db.session.query(Region).filter_by(code=code).one().id)


@pytest.mark.parametrize("address", BOOKS)
def test_a_foreign_region_has_no_books(sign_in: SignIn, address: str) -> None:
    assert sign_in(LEADER).get(address).status_code == 200
    assert sign_in(STRANGER).get(address).status_code == 404
    assert sign_in(OFFICER).get(address).status_code == 200
    assert sign_in(OFFICER).get(address.replace("limburg", "nergens")).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/regios/limburg/projectleiders/nieuw",
        "/regios/limburg/projectleiders/1",
        "/regios/limburg/uren",
        "/regios/limburg/uren/1",
        "/regios/limburg/uitgaven/nieuw",
        "/regios/limburg/uitgaven/1",
    ],
)
def test_a_foreign_region_takes_nothing(sign_in: SignIn, address: str) -> None:
    assert sign_in(STRANGER).post(address, data={}).status_code == 404


def test_a_record_of_one_region_has_no_address_in_another(app: Flask, sign_in: SignIn) -> None:
    appointment, entry = first(app, ProjectLeaderAppointment), first(app, HoursEntry)
    client = sign_in(OFFICER)
    assert client.get(f"/regios/zeeland/projectleiders/{appointment}").status_code == 404
    assert client.get(f"/regios/zeeland/uren/{entry}").status_code == 404


def test_everybody_sees_covenants_and_only_some_the_money(app: Flask, sign_in: SignIn) -> None:
    page = f"/convenanten/{first(app, Covenant)}"
    for email, sees_money in ((LEADER, True), (OFFICER, True), (STRANGER, False)):
        client = sign_in(email)
        assert "van kracht" in text_of(client.get("/convenanten"))
        shown = text_of(client.get(page))
        assert "31 december 2013" in shown
        assert ("€ 1.000,00" in shown) is sees_money


def test_drafting_editing_and_signing(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    address = make_draft(app, client)
    assert "concept" in text_of(client.get(address))
    edit = client.get(f"{address}/bewerken")
    assert "de provincie Zeeland" in text_of(edit)
    assert "100.000,00" in text_of(edit)
    refused = client.post(f"{address}/ondertekenen", data={"signed_on": "17-07-2012"})
    assert refused.status_code == 422
    assert "toekomst" in text_of(refused)
    assert "17-07-2012" in text_of(refused)
    signed = client.post(f"{address}/ondertekenen", data={"signed_on": "16 juli 2012"})
    assert signed.status_code == 303
    assert "van kracht" in text_of(client.get(address))
    again = client.post(f"{address}/ondertekenen", data={"signed_on": "16 juli 2012"})
    assert again.status_code == 409
    assert "Dit kan niet meer" in text_of(again)
    with app.app_context():
        region = make_region_id("zeeland")
    late = client.post(
        f"{address}/bewerken", data={**DRAFT, "regions": [region], "title": "Anders"}
    )
    assert late.status_code == 409
    assert "verandert niet meer" in text_of(late)
    assert "Anders" in text_of(late)


def test_a_draft_hides_from_other_regions(app: Flask, sign_in: SignIn) -> None:
    address = make_draft(app, sign_in(OFFICER))
    assert sign_in(STRANGER).get(address).status_code == 200  # it is about their own region
    assert sign_in(LEADER).get(address).status_code == 404
    assert "VPT-9" not in text_of(sign_in(LEADER).get("/convenanten"))


def test_the_sign_page_says_what_is_missing(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        covenant = db.session.query(Covenant).one()
        draft = make_covenant(covenant.regions[0], status=CovenantStatus.DRAFT)
        draft_id = draft.id
    shown = text_of(sign_in(OFFICER).get(f"/convenanten/{draft_id}/ondertekenen"))
    assert "Vul bij het concept in wie er tekent voor de provincie" in shown


@pytest.mark.parametrize("email", [LEADER, MANAGER])
def test_only_a_policy_officer_drafts(app: Flask, sign_in: SignIn, email: str) -> None:
    client = sign_in(email)
    assert client.get("/convenanten/nieuw").status_code == 403
    assert client.post("/convenanten/nieuw", data=DRAFT).status_code == 403
    assert client.get(f"/convenanten/{first(app, Covenant)}/ondertekenen").status_code == 403


def test_an_unreadable_draft_comes_back_as_typed(sign_in: SignIn) -> None:
    sent = {**DRAFT, "advance_cents": "12.34", "original_end_on": "ooit", "regions": ["999"]}
    response = sign_in(OFFICER).post("/convenanten/nieuw", data=sent)
    assert response.status_code == 422
    for typed in ("12.34", "ooit", "de provincie Zeeland"):
        assert typed in text_of(response)


def test_a_stale_draft_shows_both_texts(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    address = make_draft(app, client)
    with app.app_context():
        region = make_region_id("zeeland")
    sent = {**DRAFT, "regions": [region], "version": "1"}
    assert client.post(f"{address}/bewerken", data={**sent, "title": "Eerst"}).status_code == 303
    stale = client.post(f"{address}/bewerken", data={**sent, "title": "Later"})
    assert stale.status_code == 409
    assert "Eerst" in text_of(stale)
    assert "Later" in text_of(stale)


def test_appointing_and_ending(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(MANAGER)
    shown = text_of(client.get("/regios/limburg/projectleiders"))
    assert "25 uur, de norm is 20 uur" in shown
    with app.app_context():
        from vpt_regio.models.people import Person

        deputy = db.session.query(Person).filter_by(email=DEPUTY).one().id
    sent = {"person": deputy, "quarters_per_week": "20", "starts_on": "1-8-2012"}
    overlap = client.post("/regios/limburg/projectleiders/nieuw", data=sent)
    assert overlap.status_code == 422
    assert "De Waarnemer is hier al aangesteld" in text_of(overlap)
    own = f"/regios/limburg/projectleiders/{first(app, ProjectLeaderAppointment)}"
    assert "01-01-2012" in text_of(client.get(own))
    ended = {"quarters_per_week": "20", "starts_on": "1-1-2012", "ends_on": "31-7-2012"}
    assert client.post(own, data=ended).status_code == 303
    assert client.get(own.replace("limburg", "zeeland")).status_code == 404
    assert sign_in(LEADER).get(own).status_code == 403


def test_booking_and_changing_hours(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    own = first(app, ProjectLeaderAppointment)
    page = "/regios/limburg/uren?halfjaar=2012-1"
    shown = text_of(client.get(page))
    assert "2012-W23" in shown
    assert "15 van 520 uur" in shown
    sent = {"appointment": own, "week": "2012-W24", "quarters": "19,5", "note": ""}
    assert client.post(page, data=sent).status_code == 303
    twice = client.post(page, data=sent)
    assert twice.status_code == 422
    assert "al uren geboekt" in text_of(twice)
    entry = f"/regios/limburg/uren/{first(app, HoursEntry)}"
    assert "start" in text_of(client.get(entry))
    assert client.post(entry, data={"quarters": "7,5", "note": ""}).status_code == 303
    assert "van 15 naar 7,5" in text_of(client.get(entry))
    assert sign_in(DEPUTY).get(entry).status_code == 403
    assert sign_in(DEPUTY).post(entry, data={"quarters": "1"}).status_code == 403
    assert sign_in(MANAGER).get(entry).status_code == 403


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"week": "2012-W54"}, "Vul een week in"),
        ({"week": ""}, "Vul de week in"),
        ({"week": "2012-W40"}, "moet nog beginnen"),
        ({"week": "2011-W40"}, "valt buiten uw aanstelling"),
        ({"quarters": "-3"}, "niet negatief"),
        ({"quarters": "7,1"}, "tot op een kwartier"),
        ({"quarters": "61"}, "hoogstens 60"),
    ],
)
def test_bad_hours_come_back_with_a_message(
    app: Flask, sign_in: SignIn, changes: dict[str, str], message: str
) -> None:
    own = first(app, ProjectLeaderAppointment)
    sent = {"appointment": own, "week": "2012-W25", "quarters": "8", "note": "zo getypt", **changes}
    response = sign_in(LEADER).post("/regios/limburg/uren", data=sent)
    assert response.status_code == 422
    assert message in text_of(response)
    assert "zo getypt" in text_of(response)
    assert count(app, HoursEntry) == 1


def test_hours_of_somebody_else_are_not_offered(app: Flask, sign_in: SignIn) -> None:
    own = first(app, ProjectLeaderAppointment)
    sent = {"appointment": own, "week": "2012-W25", "quarters": "8"}
    assert sign_in(DEPUTY).post("/regios/limburg/uren", data=sent).status_code == 422
    assert count(app, HoursEntry) == 1


def test_an_unknown_half_year_is_not_found(sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    for page in ("uren", "uitgaven"):
        assert client.get(f"/regios/limburg/{page}?halfjaar=2012-1").status_code == 200
        assert client.get(f"/regios/limburg/{page}?halfjaar=onzin").status_code == 404


BOOKING = {
    "booked_on": "10-5-2012",
    "description": "Zaalhuur",
    "phase": "implementation",
    "activity": "",
    "amount": "150,00",
}


def test_booking_and_correcting_money(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert "Activiteit 1" in text_of(client.get("/regios/limburg/uitgaven/nieuw"))
    booked = client.post("/regios/limburg/uitgaven/nieuw", data=BOOKING)
    assert booked.status_code == 303, text_of(booked)
    page = f"/regios/limburg/uitgaven/{first(app, Expenditure)}"
    wrong = {"booked_on": "11-5-2012", "amount": "-150,01", "reason": "Te hoog"}
    refused = client.post(page, data=wrong)
    assert refused.status_code == 422
    assert "hoogstens € 150,00" in text_of(refused)
    assert client.post(page, data={**wrong, "amount": "-50"}).status_code == 303
    shown = text_of(client.get("/regios/limburg/uitgaven?halfjaar=2012-1"))
    assert "€ 100,00 van € 1.000,00 besteed, nog € 900,00 over" in shown
    assert "Gecorrigeerd met € -50,00" in shown
    assert "Te hoog" in text_of(client.get(page))
    with app.app_context():
        correction = db.session.query(Expenditure.id).order_by(Expenditure.id.desc()).first()
    assert correction is not None
    again = client.post(f"/regios/limburg/uitgaven/{correction.id}", data=wrong)
    assert again.status_code == 409
    assert "zelf een correctie" in text_of(again)


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"amount": "-5"}, 422, "groter zijn dan nul"),
        ({"amount": "12.34"}, 422, "Vul een bedrag in euro"),
        ({"amount": "1.000,01"}, 422, "€ 0,01 meer dan er over is"),
        ({"booked_on": "17-7-2012"}, 422, "toekomst"),
        ({"booked_on": "30-12-2011"}, 422, "pas op 01-01-2012 ondertekend"),
        ({"booked_on": "31-2-2012"}, 422, "Vul een datum in"),
        ({"phase": "iets"}, 422, "phase-fout"),
        ({"activity": "99999"}, 422, "activity-fout"),
        ({"description": ""}, 422, "waaraan het geld"),
    ],
)
def test_bad_bookings_come_back_with_a_message(
    app: Flask, sign_in: SignIn, changes: dict[str, str], status: int, message: str
) -> None:
    response = sign_in(LEADER).post("/regios/limburg/uitgaven/nieuw", data={**BOOKING, **changes})
    assert response.status_code == status
    assert message in text_of(response)
    assert count(app, Expenditure) == 0


def test_the_account_manager_is_asked_for_a_reason(app: Flask, sign_in: SignIn) -> None:
    page = "/regios/limburg/uitgaven/nieuw"
    sent = {**BOOKING, "amount": "1.200,00"}
    client = sign_in(MANAGER)
    asked = client.post(page, data=sent)
    assert asked.status_code == 422
    assert "Vul dan hier de reden in" in text_of(asked)
    assert client.post(page, data={**sent, "override_reason": "Afgesproken"}).status_code == 303
    shown = text_of(client.get("/regios/limburg/uitgaven"))
    assert "Boven budget toegestaan: Afgesproken" in shown
    forged = sign_in(LEADER).post(page, data={**sent, "override_reason": "Mag dit?"})
    assert forged.status_code == 403
    assert sign_in(OFFICER).get(page).status_code == 403


def test_a_booking_in_a_closed_half_year_counts_in_the_open_one(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        covenant = db.session.query(Covenant).one()
        covenant.signed_on = date(2011, 1, 1)
    response = sign_in(LEADER).post(
        "/regios/limburg/uitgaven/nieuw", data={**BOOKING, "booked_on": "1-12-2011"}
    )
    assert response.status_code == 303
    with app.app_context():
        booked = db.session.query(Expenditure).one()
        assert booked.dated_on == date(2011, 12, 1)
        assert booked.booked_on > date(2011, 12, 31)
