"""The pages of performance contracts: what people see and send, from draft to evaluation."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import selectinload

from tests.factories.contracts import (
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
    make_partner,
    sign,
)
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.periods.counting import statements
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.contracts import ContractStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.contracts import ContractSignature, PerformanceContract
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.contract_facts import attained_by_contract
from vpt_regio.queries.contracts import list_contracts
from vpt_regio.services.contracts import offer_contract
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER, MANAGER = "leider.limburg@vpt.example", "manager.limburg@vpt.example"
STRANGER, READER = "leider.zeeland@vpt.example", "lezer@vpt.example"
ONE = "/prestatiecontracten/1"
NEW = "/regios/limburg/prestatiecontracten/nieuw"
CONTENT = {
    "title": "Samen veilig",
    "starts_on": "01-01-2012",
    "ends_on": "31 december 2013",
    "action_plan_id": "",
}
OFFERED = date(2012, 6, 18)


@pytest.fixture(autouse=True)
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        region, other = make_region(programme), make_region(programme, "zeeland")
        make_person(programme, Role.PROJECT_LEADER, region=region, email=LEADER)
        make_person(programme, Role.ACCOUNT_MANAGER, region=region, email=MANAGER)
        make_person(programme, Role.PROJECT_LEADER, region=other, email=STRANGER)
        make_person(programme, Role.READER, email=READER)
        for _ in range(3):
            make_partner(region)


def text_of(response: object) -> str:
    return response.get_data(as_text=True).replace("\u00a0", " ")  # type: ignore[attr-defined]


def limburg() -> Region:
    return db.session.query(Region).filter_by(code="limburg").one()


def leader() -> Person:
    return db.session.query(Person).filter_by(email=LEADER).one()


def add_draft(*, parties: int = 5, agreements: int = 1) -> PerformanceContract:
    contract = make_contract(
        limburg(), parties=parties, status=ContractStatus.DRAFT, author=leader()
    )
    for _ in range(agreements):
        make_agreement(contract, make_indicator(contract.region.programme))
    db.session.expire(contract)
    return contract


@pytest.fixture
def drafted(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        add_draft()


@pytest.fixture
def offered(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        contract = add_draft()
        with clock.at(OFFERED):
            offer_contract(contract, actor=leader())


@pytest.fixture
def ended(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        contract = make_contract(limburg(), author=leader())
        contract.ends_on = date(2012, 6, 30)
        agreements = [
            make_agreement(
                contract,
                make_indicator(contract.region.programme),
                due_on=date(2012, 6, 30),
            )
            for _ in range(3)
        ]
        make_measurement(agreements[0], 62)


def stored(app: Flask) -> PerformanceContract:
    """Return the first contract, with its parties read before it leaves the session."""
    with app.app_context():
        query = db.session.query(PerformanceContract).filter_by(id=1)
        return query.options(selectinload(PerformanceContract.parties)).one()


def signature_of(app: Flask, number: int, day: str = "02-07-2012") -> dict[str, str]:
    """Return what is sent to record the signature of a party."""
    with app.app_context():
        contract = db.session.get_one(PerformanceContract, 1)
        return {
            "organisation_id": str(contract.parties[number].organisation_id),
            "signatory": f"Tekenaar {number}",
            "position": "Directeur",
            "signed_on": day,
            "document_reference": f"Z-{number}",
            "version": str(contract.version),
        }


def test_from_nothing_to_a_draft_with_parties(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert "Prestatiecontract opstellen" in text_of(client.get("/regios/limburg/prestaties"))
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, data=CONTENT)
    assert (response.status_code, response.location) == (303, f"{ONE}/partijen")
    page = text_of(client.get(f"{ONE}/partijen"))
    assert page.count('type="checkbox"') == 3
    response = client.post(f"{ONE}/partijen", data={"organisations": ["1", "2"]})
    assert (response.status_code, response.location) == (303, ONE)
    page = text_of(client.get(ONE))
    assert "Voeg minstens één afspraak toe." in page
    assert f'href="{ONE}/afspraken/nieuw"' in page
    assert "Samen veilig" in page
    assert len(stored(app).parties) == 2


def test_what_is_wrong_comes_back_with_what_was_typed(sign_in: SignIn) -> None:
    response = sign_in(LEADER).post(
        NEW, data={**CONTENT, "ends_on": "01-01-2011", "purpose": "Minder agressie"}
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "De laatste dag moet na de eerste dag liggen." in page
    assert "Minder agressie" in page
    empty = sign_in(LEADER).post(NEW, data={})
    assert empty.status_code == 422
    for message in ("Vul de titel", "Vul de eerste dag in", "Vul de laatste dag in"):
        assert message in text_of(empty)


@pytest.mark.usefixtures("drafted")
def test_an_organisation_that_is_no_partner_cannot_be_sent(app: Flask, sign_in: SignIn) -> None:
    response = sign_in(LEADER).post(f"{ONE}/partijen", data={"organisations": ["1", "999"]})
    assert response.status_code == 422
    assert len(stored(app).parties) == 5


@pytest.mark.usefixtures("drafted")
def test_somebody_else_saved_in_between(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    seen = str(stored(app).version)
    client.post(f"{ONE}/bewerken", data={**CONTENT, "title": "Van de ander", "version": seen})
    response = client.post(f"{ONE}/bewerken", data={**CONTENT, "title": "Van mij", "version": seen})
    page = text_of(response)
    assert response.status_code == 409
    assert "Van de ander" in page
    assert "Van mij" in page
    assert stored(app).title == "Van de ander"


@pytest.mark.usefixtures("drafted")
def test_the_page_of_a_draft_is_offered_with_one_button(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert "Niets staat deze stap in de weg." in text_of(client.get(ONE))
    response = client.post(f"{ONE}/aanbieden", data={"version": str(stored(app).version)})
    assert (response.status_code, response.location) == (303, ONE)
    assert stored(app).status is ContractStatus.SIGNING
    again = client.post(f"{ONE}/aanbieden", data={})
    assert again.status_code == 409
    assert "Dit kan niet meer" in text_of(again)


def test_an_incomplete_draft_tells_everything_at_once(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        contract = add_draft(parties=1, agreements=1)
        make_agreement(
            contract, make_indicator(contract.region.programme), baseline=None, target=None
        )
    client = sign_in(LEADER)
    page = text_of(client.get(ONE))
    assert "Kies minstens twee partijen." in page
    assert "Vul bij afspraak 2 de streefwaarde en de deadline in." in page
    assert "Afspraak 2 heeft nog geen nulmeting" in page
    response = client.post(f"{ONE}/aanbieden", data={})
    assert response.status_code == 422
    assert text_of(response).count("Kies minstens twee partijen.") == 2


@pytest.mark.usefixtures("offered")
def test_five_parties_sign_and_each_state_in_between_shows(app: Flask, sign_in: SignIn) -> None:
    leader_client, manager = sign_in(LEADER), sign_in(MANAGER)
    days = ["19-06-2012", "23-06-2012", "30-06-2012", "9 juli 2012", "04-07-2012"]
    for number, day in enumerate(days):
        page = text_of(leader_client.get(ONE))
        assert f"{number} van 5 getekend" in page
        assert page.count("moet nog tekenen") == 5 - number
        assert page.count("heeft nog niet getekend.") == 5 - number
        assert "sinds 18 juni 2012" in page
        client = manager if number % 2 else leader_client
        response = client.post(f"{ONE}/handtekeningen", data=signature_of(app, number, day))
        assert response.status_code == 303, text_of(response)
    assert response.location == ONE
    page = text_of(leader_client.get(ONE))
    assert "loopt" in page
    assert "9 juli 2012" in page
    for number in range(5):
        assert f"Tekenaar {number}" in page
    assert "5 van 5 getekend" in text_of(leader_client.get(f"{ONE}/handtekeningen"))


@pytest.mark.usefixtures("offered")
def test_a_wrong_signature_comes_back_with_its_messages(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    data = signature_of(app, 0, "17-07-2012")
    response = client.post(f"{ONE}/handtekeningen", data=data)
    assert response.status_code == 422
    assert "kan niet in de toekomst liggen" in text_of(response)
    assert "Tekenaar 0" in text_of(response)
    empty = client.post(f"{ONE}/handtekeningen", data={"organisation_id": ""})
    assert empty.status_code == 422
    for message in ("Kies de partij", "Vul in wie er heeft getekend", "Vul de datum"):
        assert message in text_of(empty)
    client.post(f"{ONE}/handtekeningen", data=signature_of(app, 0))
    twice = client.post(
        f"{ONE}/handtekeningen", data={**signature_of(app, 0), "signatory": "Een ander"}
    )
    assert twice.status_code == 422
    assert "is al vastgelegd" in text_of(twice)


@pytest.mark.usefixtures("offered")
def test_a_withdrawn_signature_shows_with_its_reason(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(MANAGER)
    client.post(f"{ONE}/handtekeningen", data=signature_of(app, 0))
    address = f"{ONE}/handtekeningen/1/intrekken"
    assert address in text_of(client.get(f"{ONE}/handtekeningen"))
    assert "Tekenaar 0" in text_of(client.get(address))
    assert client.post(address, data={}).status_code == 422
    response = client.post(address, data={"reason": "Verkeerde functie"})
    assert response.status_code == 303
    page = text_of(client.get(ONE))
    assert "ingetrokken: Verkeerde functie" in page
    assert "0 van 5 getekend" in page
    assert client.post(address, data={"reason": "Nog eens"}).status_code == 409
    with app.app_context():
        assert db.session.query(ContractSignature).count() == 2


@pytest.mark.usefixtures("offered")
def test_taking_back_lapses_the_signatures_but_shows_them(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    for number in range(3):
        client.post(f"{ONE}/handtekeningen", data=signature_of(app, number))
    page = text_of(client.get(f"{ONE}/terugnemen"))
    assert "Er is al 3 keer getekend. Die handtekeningen vervallen" in page
    assert client.post(f"{ONE}/terugnemen", data={"note": ""}).status_code == 422
    response = client.post(f"{ONE}/terugnemen", data={"note": "De streefwaarde klopt niet."})
    assert response.status_code == 303
    page = text_of(client.get(ONE))
    assert page.count("vervallen: het contract is teruggenomen") == 3
    assert "niet getekend" in page
    assert "De streefwaarde klopt niet." in page
    late = client.post(f"{ONE}/handtekeningen", data=signature_of(app, 3))
    assert late.status_code == 409
    assert "Bied het eerst aan ter ondertekening" in text_of(late)


@pytest.mark.usefixtures("offered")
def test_a_signature_under_what_was_changed_meanwhile(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    data = signature_of(app, 0)
    client.post(f"{ONE}/terugnemen", data={"note": "Fout."})
    client.post(f"{ONE}/aanbieden", data={})
    response = client.post(f"{ONE}/handtekeningen", data=data)
    assert response.status_code == 409
    assert "Iemand anders heeft dit intussen gewijzigd" in text_of(response)
    assert "Tekenaar 0" in text_of(response)


@pytest.mark.usefixtures("offered")
def test_a_contract_can_be_cancelled_with_a_reason(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert "blijft zichtbaar" in text_of(client.get(f"{ONE}/vervallen"))
    assert client.post(f"{ONE}/vervallen", data={}).status_code == 422
    assert client.post(f"{ONE}/vervallen", data={"note": "Geen geld."}).status_code == 303
    assert "vervallen" in text_of(client.get(ONE))
    assert stored(app).status is ContractStatus.CANCELLED


@pytest.mark.usefixtures("offered")
def test_whoever_is_of_another_region_finds_nothing(sign_in: SignIn) -> None:
    client = sign_in(STRANGER)
    for address in (ONE, f"{ONE}/handtekeningen", f"{ONE}/bewerken", f"{ONE}/partijen"):
        assert client.get(address).status_code == 404
    assert client.get("/regios/limburg/prestaties").status_code == 403
    assert client.get(NEW).status_code == 403
    assert "Prestatiecontract 1" not in text_of(client.get("/prestatiecontracten"))
    reader = sign_in(READER)
    assert reader.get(ONE).status_code == 200
    assert "Terugnemen om te wijzigen" not in text_of(reader.get(ONE))
    assert reader.get(f"{ONE}/bewerken").status_code == 403


@pytest.mark.usefixtures("offered")
def test_a_region_that_stands_still_says_so(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        region = limburg()
        hold = Hold(
            programme_id=region.programme_id,
            region=region,
            reason="Er loopt een onderzoek.",
            starts_on=date(2012, 7, 1),
            placed_by=leader(),
        )
        db.session.add(hold)
    client = sign_in(LEADER)
    assert "Er loopt een onderzoek." in text_of(client.get(ONE))
    response = client.post(f"{ONE}/handtekeningen", data=signature_of(app, 0))
    assert response.status_code == 409
    assert "Er loopt een onderzoek." in text_of(response)


@pytest.mark.usefixtures("ended")
def test_an_evaluation_asks_for_everything_at_once_and_loses_nothing(
    app: Flask, sign_in: SignIn
) -> None:
    client = sign_in(MANAGER)
    assert "Evalueren en afsluiten" in text_of(client.get(ONE))
    page = text_of(client.get(f"{ONE}/evaluatie"))
    assert "62 op 30 juni 2012" in page
    assert page.count("<textarea") == 3
    response = client.post(f"{ONE}/evaluatie", data={"reason_2": "De registratie stopte."})
    page = text_of(response)
    assert response.status_code == 422
    assert "Vul in: toelichting." in page
    assert "Afspraak 3 heeft geen meting op of na de deadline. Vul in waarom niet." in page
    assert "Afspraak 2 heeft geen meting" not in page
    assert "De registratie stopte." in page
    assert stored(app).status is ContractStatus.AGREED
    response = client.post(
        f"{ONE}/evaluatie",
        data={
            "note": "De partners werken beter samen.",
            "reason_2": "De registratie stopte.",
            "reason_3": "Niet geteld.",
        },
    )
    assert (response.status_code, response.location) == (303, ONE)
    page = text_of(client.get(ONE))
    assert "De partners werken beter samen." in page
    assert "Afspraak 3 heeft geen eindwaarde: Niet geteld." in page


@pytest.mark.usefixtures("ended")
def test_the_project_leader_does_not_evaluate(sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert client.get(f"{ONE}/evaluatie").status_code == 403
    assert "Evalueren en afsluiten" not in text_of(client.get(ONE))


@pytest.mark.usefixtures("ended")
def test_whoever_wrote_is_told_that_another_evaluates(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        contract = db.session.get_one(PerformanceContract, 1)
        contract.author = db.session.query(Person).filter_by(email=MANAGER).one()
    page = text_of(sign_in(MANAGER).get(ONE))
    assert "U hebt zelf aan dit contract geschreven." in page
    assert "Evalueren en afsluiten" not in page


@pytest.mark.usefixtures("ended")
def test_the_region_shows_how_its_contracts_stand(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        contract = make_contract(limburg(), parties=3, status=ContractStatus.SIGNING)
        sign(contract, contract.parties[0].organisation, recorded_by=leader())
    client = sign_in(LEADER)
    page = text_of(client.get("/regios/limburg"))
    assert "1 van 3 getekend" in page
    assert "1 gehaald, 2 niet gemeten" in page
    page = text_of(client.get("/regios/limburg/prestaties"))
    assert "2 van 2 getekend" in page
    assert "01-01-2012 t/m 30-06-2012" in page
    assert "het contract geldt niet" in page
    assert "afgelopen, nog te evalueren" in page
    work = text_of(sign_in(MANAGER).get("/mijn-werk"))
    assert f"{ONE}/evaluatie" in work
    # another region knows nothing of it
    assert "1 van 3 getekend" not in text_of(sign_in(STRANGER).get("/regios/limburg"))


@pytest.mark.usefixtures("ended")
def test_the_successor_shows_what_went_up_in_it(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        region = limburg()
        assert region.merger is None
        successor = make_region(region.programme, "zuid")
        email = "leider.zuid@vpt.example"
        make_person(region.programme, Role.PROJECT_LEADER, region=successor, email=email)
        merger = RegionMerger(
            programme_id=region.programme_id,
            successor=successor,
            predecessors=[region],
            merged_on=date(2012, 7, 2),
        )
        db.session.add(merger)
        region.status = RegionStatus.MERGED
    client = sign_in(email)
    page = text_of(client.get("/regios/zuid/prestaties"))
    assert f'href="{ONE}"' in page
    assert "Limburg" in page
    response = client.post(NEW, data=CONTENT)
    assert response.status_code == 409
    assert "samengevoegd" in text_of(response)


@pytest.mark.usefixtures("offered")
def test_the_list_is_narrowed_down(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(READER)
    title = stored(app).title
    for query in ("", "?status=signing", "?regio=limburg", "?regio=limburg&status=signing"):
        assert title in text_of(client.get(f"/prestatiecontracten{query}"))
    assert title not in text_of(client.get("/prestatiecontracten?status=ended"))
    for query in ("?status=onzin", "?regio=onzin", "?partner=onzin"):
        assert client.get(f"/prestatiecontracten{query}").status_code == 422
    assert client.get("/prestatiecontracten/99").status_code == 404


def test_the_list_asks_as_much_for_three_contracts_as_for_thirty(app: Flask) -> None:
    def asked() -> int:
        with app.app_context(), statements() as seen:
            person = db.session.query(Person).filter_by(email=READER).one()
            rows = list_contracts(person)
            attained_by_contract([row.contract.id for row in rows])
            return len(seen)

    def add(number: int) -> None:
        with app.app_context(), unit_of_work():
            programme = db.session.query(Programme).one()
            for place in range(number):
                region = make_region(programme, f"streek-{number}-{place}")
                contract = make_contract(region, parties=3)
                agreement = make_agreement(contract, make_indicator(programme))
                make_measurement(agreement, 50)

    add(3)
    few = asked()
    add(27)
    assert asked() == few
    assert few <= 14
