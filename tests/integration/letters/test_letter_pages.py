"""The pages of letters and commitments: what people see and send."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.letters import make_commitment, make_letter, make_version
from tests.factories.people import make_person
from tests.factories.periods import make_officer, make_period
from tests.factories.regions import make_programme
from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.letters import Letter
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
OFFICER, READER = "beleid@vpt.example", "lezer@vpt.example"
LETTER = {
    "reference": "2012-0000500",
    "subject": "Voortgang Veilige Publieke Taak",
    "written_on": "2 juli 2012",
    "co_signatories": "minister van VenJ\r\n\r\nminister van VWS",
    "annexes": "Rapportage\r\nHandreiking | ter inzage: Informatiepunt",
}
PROMISE = {
    "kind": "promise",
    "text": "De Kamer krijgt de uitkomsten.",
    "made_words": "voorjaar 2011",
    "due_words": "augustus 2012",
}


@pytest.fixture(autouse=True)
def stage(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        make_person(programme, Role.READER, email=READER)
        make_version(make_period(programme, officer), officer)
        make_letter(programme, officer, "2012-0000400", written_on=date(2012, 5, 1))
        make_commitment(
            programme,
            officer,
            kind=CommitmentKind.MOTION,
            text="Werk aan één kader.",
            submitters="Twee leden",
            due_on=date(2012, 6, 1),
            source="Kamerstukken II 2021/23, 28684, nr. 314",
        )


def number_of(app: Flask, model: type[Letter | Commitment]) -> int:
    with app.app_context():
        return max(db.session.scalars(db.select(model.id)))


def test_a_letter_about_a_half_year_begins_with_what_is_known(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        period = db.session.scalars(db.select(ReportingPeriod)).one()
        period.letter_on = date(2012, 9, 13)
        version_id = db.session.scalars(db.select(Snapshot.id)).one()
        last = db.session.scalars(db.select(Letter)).one()
        last.period_id, last.snapshot_id = period.id, version_id
        last.sender, last.co_signatories = "minister X", ["minister Y"]
        address = f"/brieven/nieuw?halfjaar={period.id}"
    page = sign_in(OFFICER).get(address).text
    known = ('value="13-09-2012"', 'value="minister X"', ">minister Y</textarea>", "Controleer ze.")
    assert [one for one in known if one not in page.replace("\r\n", "")] == []
    assert "Controleer ze." not in sign_in(OFFICER).get("/brieven/nieuw").text


def test_registering_publishing_and_correcting_a_letter(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    with app.app_context():
        period_id = db.session.scalar(db.select(db.metadata.tables["reporting_period"].c.id))
    page = client.get("/brieven/nieuw?halfjaar=1").text
    assert "Gaat over halfjaar" in page
    wrong = client.post("/brieven/nieuw", data={**LETTER, "annexes": "Handreiking | ergens"})
    assert wrong.status_code == 422
    assert "achter het streepje" in wrong.text
    assert "Handreiking | ergens" in wrong.text
    sent = client.post("/brieven/nieuw", data={**LETTER, "period_id": str(period_id)})
    assert sent.status_code == 303, sent.text
    address = sent.headers["Location"]
    page = client.get(address).text
    assert "De brief berust op versie 1 van 2012-1." in page
    assert "/halfjaren/2012-1/versies/1" in page
    assert "Brief van 2 juli 2012, kenmerk 2012-0000500" in page
    assert "niet openbaar; ter inzage: Informatiepunt" in page
    assert "minister van VenJ, minister van VWS" in page

    edited = client.get(f"{address}/wijzigen").text
    assert "Handreiking | ter inzage: Informatiepunt" in edited
    done = client.post(
        f"{address}/wijzigen", data={**LETTER, "period_id": str(period_id), "unit": "DGOO"}
    )
    assert done.status_code == 303, done.text
    published = client.post(
        f"{address}/publicatie", data={"dossier": "28 684", "number": "nr. 350"}
    )
    assert published.status_code == 303, published.text
    page = client.get(address).text
    assert "Kamerstukken II 2011/12, 28684, nr. 350" in page
    assert "Tweede Kamer, vergaderjaar 2011–2012, 28 684, nr. 350" in page
    assert client.post(f"{address}/wijzigen", data=LETTER).status_code == 409
    assert client.post(f"{address}/verbeteren", data={"reason": "Typfout"}).status_code == 303
    assert "Typfout" in client.get(address).text
    assert client.post(f"{address}/versie", data={}).status_code == 409


def test_the_list_of_letters_can_be_searched(sign_in: SignIn) -> None:
    client = sign_in(READER)
    assert "2012-0000400" in client.get("/brieven?zoek=voortgang").text
    assert "2012-0000400" not in client.get("/brieven?zoek=evaluatie").text
    assert "Brief registreren" not in client.get("/brieven").text
    assert client.post("/brieven/nieuw", data=LETTER).status_code == 403


def test_a_commitment_goes_from_recording_to_the_letter(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    wrong = client.post("/toezeggingen/nieuw", data={**PROMISE, "kind": "question"})
    assert wrong.status_code == 422
    assert "welke leden" in wrong.text
    sent = client.post("/toezeggingen/nieuw", data=PROMISE)
    assert sent.status_code == 303, sent.text
    address = sent.headers["Location"]
    page = client.get(address).text
    assert "voorjaar 2011" in page
    assert "31 augustus 2012" in page
    assert client.post(f"{address}/in-behandeling", data={}).status_code == 303
    letter = str(number_of(app, Letter))
    assert client.post(f"{address}/afdoen", data={}).status_code == 422
    told = client.post(f"{address}/brief", data={"letter": letter, "note": "Tussenstand"})
    assert told.status_code == 303, told.text
    again = client.post(f"{address}/deels-afdoen", data={"letter": letter, "note": "De helft"})
    assert again.status_code == 303, again.text
    done = client.post(f"{address}/afdoen", data={"letter": letter, "outcome": "Gestuurd"})
    assert done.status_code == 303, done.text
    page = client.get(address).text
    assert "afgedaan" in page
    assert "Gestuurd" in page
    assert client.post(f"{address}/wijzigen", data=PROMISE).status_code == 409
    assert client.post(f"{address}/vervallen", data={"note": "Nee"}).status_code == 409
    assert "doet dit af" in client.get(f"/brieven/{letter}").text


def test_the_list_shows_what_is_late_and_filters(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    client.post("/toezeggingen/nieuw", data=PROMISE)
    page = client.get("/toezeggingen").text
    assert page.index("Werk aan één kader.") < page.index(PROMISE["text"])
    late = client.get(f"/toezeggingen?status={CommitmentStatus.OVERDUE}").text
    assert "Werk aan één kader." in late
    assert PROMISE["text"] not in late
    assert PROMISE["text"] in client.get("/toezeggingen?soort=promise&zoek=uitkomsten").text
    assert client.get("/toezeggingen?status=niets").status_code == 422
    motion = f"/toezeggingen/{number_of(app, Commitment) - 1}"
    assert "2021/23 is geen vergaderjaar" in client.get(motion).text
    reader = sign_in(READER)
    assert "Afdoen met een brief" not in reader.get(motion).text
    assert reader.post(f"{motion}/vervallen", data={"note": "Weg"}).status_code == 403
    lapsed = client.post(f"{motion}/vervallen", data={"note": "Ingetrokken door de indieners."})
    assert lapsed.status_code == 303
    assert "Ingetrokken door de indieners." in client.get(motion).text


def test_the_overview_comes_in_three_columns_split_in_two(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    sent = client.post("/toezeggingen/nieuw", data={**PROMISE, "text": "=1+1 uitkomsten"})
    letter = str(number_of(app, Letter))
    client.post(f"{sent.headers['Location']}/afdoen", data={"letter": letter})
    for ending in ("xlsx", "ods"):
        content = client.get(f"/toezeggingen/overzicht.{ending}").data
        assert content.startswith(b"PK")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/toezeggingen/overzicht.xlsx").data))
    assert book.sheetnames == ["Open en in behandeling", "Afgerond"]
    assert [[cell.value for cell in row] for row in book["Open en in behandeling"].iter_rows()] == [
        ["Omschrijving", "Vindplaats", "Stand van zaken"],
        [
            "Motie (Twee leden): Werk aan één kader.",
            "Kamerstukken II 2021/23, 28684, nr. 314",
            "Over de termijn. Termijn: 1 juni 2012.",
        ],
    ]
    done = client.get("/toezeggingen/afgerond.csv").data.decode("utf-8-sig").splitlines()
    assert done[1].split(";") == [
        "Toezegging: =1+1 uitkomsten",
        "voorjaar 2011",
        "Afgedaan. Afgedaan met: Brief van 1 mei 2012, kenmerk 2012-0000400.",
    ]
    running = client.get("/toezeggingen/in-behandeling.csv").data.decode("utf-8-sig")
    assert "Werk aan één kader." in running
    assert "uitkomsten" not in running


def test_the_board_and_my_work_name_what_is_due(sign_in: SignIn) -> None:
    client = sign_in(OFFICER)
    client.post("/toezeggingen/nieuw", data={**PROMISE, "due_on": "14-9-2012"})
    client.post("/toezeggingen/nieuw", data={**PROMISE, "text": "Later", "due_on": "16-9-2012"})
    board = client.get("/halfjaren/2012-1").text
    assert "Wat de Kamer uiterlijk bij deze brief krijgt" in board
    assert PROMISE["text"] in board
    assert "Later" not in board
    work = client.get("/mijn-werk").text
    assert "Motie afdoen: Werk aan één kader." in work
    assert "te laat" in work
    assert "Later" not in work
    assert "Motie afdoen" not in sign_in(READER).get("/mijn-werk").text
