"""The pages of pilots: what everyone sees, and what only those concerned do."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories.subsidies import (
    make_application,
    make_payment,
    make_pilot,
    make_pilot_without_grant,
)
from tests.integration.subsidies.pilot_stage import PilotStage
from vpt_regio.domain.subsidy_codes import PilotOutcome
from vpt_regio.extensions import db
from vpt_regio.models.pilots import Pilot
from vpt_regio.uow import unit_of_work

SignIn = Callable[[str], FlaskClient]


@dataclass(frozen=True)
class Scene:
    """The numbers and addresses of a pilot in Limburg that was paid € 1.234,56."""

    pilot_id: int
    payment_id: int
    period_id: int
    officer: str
    colleague: str
    leader: str
    stranger: str

    def at(self, path: str = "") -> str:
        return f"/pilots/{self.pilot_id}{path}"


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context(), unit_of_work():
        stage = PilotStage()
        payment = make_payment(stage.pilot, 1_234_56, recorder=stage.officer)
        stage.pilot.ends_on = date(2012, 7, 15)
        make_pilot_without_grant(
            stage.programme,
            stage.elsewhere,
            title="Bodycams",
            outcome=PilotOutcome.STOP,
            outcome_on=date(2012, 3, 1),
            outcome_reason="Het hielp te weinig.",
        )
        return Scene(
            stage.pilot.id,
            payment.id,
            stage.period().id,
            *(one.email for one in (stage.officer, stage.colleague, stage.leader, stage.stranger)),
        )


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that pages send; nothing holds a context open meanwhile."""
    with app.app_context():
        engine = db.engine

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def stored(app: Flask, scene: Scene) -> Pilot:
    with app.app_context():
        found = db.session.get(Pilot, scene.pilot_id)
        assert found is not None
        return found


def test_the_list_narrows_down_and_adds_up(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.stranger)
    everything = client.get("/pilots").text
    assert "2 pilots, waarvan 1 met subsidie. Samen toegekend: € 15.000,00." in everything.replace(
        "\xa0", " "
    )
    assert "1.234,56" not in everything
    for query, found in (
        ("status=finished", "1 pilot, waarvan 1"),
        ("uitkomst=stop", "1 pilot, waarvan 0"),
        ("regio=drenthe", "1 pilot, waarvan 0"),
        ("status=running", "geen pilots die aan uw keuze voldoen"),
    ):
        assert found in client.get(f"/pilots?{query}").text, query
    assert client.get("/pilots?ronde=geen").status_code == 422


def test_everyone_sees_what_a_pilot_learns_and_few_see_its_money(
    scene: Scene, sign_in: SignIn
) -> None:
    elsewhere = sign_in(scene.stranger)
    page = elsewhere.get(scene.at()).text
    assert "Tweede punt" in page
    assert "15.000,00" in page
    assert "Geschiedenis" not in page
    for path in ("/geld", "/voortgang", "/meldingen", "/eindverslag"):
        assert elsewhere.get(scene.at(path)).status_code in (403, 404), path
    own = sign_in(scene.leader).get(scene.at()).text
    assert "Wat de ontvanger moet doen" in own
    assert "Geschiedenis" in own


def test_a_pilot_without_a_grant_is_written_down_and_judged(
    app: Flask, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.officer)
    assert client.get("/pilots/nieuw").status_code == 200
    refused = client.post("/pilots/nieuw", data={"title": "", "starts": "ooit"})
    assert refused.status_code == 422
    assert "Vul de titel van de pilot in." in refused.text
    sent = {"title": "Toezicht", "ends": "eind 2012", "description": "Een\nTwee"}
    made = client.post("/pilots/nieuw", data=sent)
    assert made.status_code == 303
    address = made.location
    assert "loopt zonder subsidie" in client.get(address).text
    assert client.post(f"{address}/beeindigen").status_code == 422
    assert client.get(f"{address}/uitkomst").status_code == 200
    outcome = {"outcome": "adapt", "outcome_reason": "Te duur.", "outcome_source": "Evaluatie"}
    assert client.post(f"{address}/uitkomst", data=outcome).status_code == 303
    assert client.post(f"{address}/beeindigen").status_code == 303
    page = client.get(address).text
    assert "Te duur." in page
    assert "beëindigd" in page


def test_an_edit_from_an_old_page_shows_both_texts(
    app: Flask, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.officer)
    page = client.get(scene.at("/wijzigen"))
    assert page.status_code == 200
    version = stored(app, scene).version
    first = {"title": "Nieuwe titel", "version": str(version)}
    assert client.post(scene.at("/wijzigen"), data=first).status_code == 303
    late = client.post(scene.at("/wijzigen"), data={"title": "Oude pagina", "version": version})
    assert late.status_code == 409
    assert "Nieuwe titel" in late.text


def test_money_is_planned_paid_and_corrected_in_sight(scene: Scene, sign_in: SignIn) -> None:
    client = sign_in(scene.officer)
    page = client.get(scene.at("/geld")).text.replace("\xa0", " ")
    assert (
        "Toegekend: € 15.000,00 = € 1.234,56 betaald − € 0,00 terugbetaald"
        " + € 13.765,44 nog te betalen." in page
    )
    assert client.get(scene.at("/geld/termijnen")).status_code == 200
    blank_before = {"row_2_planned_on": "1-9-2012", "row_2_amount": "0"}
    refused = client.post(scene.at("/geld/termijnen"), data=blank_before)
    assert refused.status_code == 422
    assert "#row_2_amount" in refused.text
    plan = {"row_2_planned_on": "1-9-2012", "row_2_amount": "13.765,44"}
    assert client.post(scene.at("/geld/termijnen"), data=plan).status_code == 303
    over = {"amount": "13.765,45", "paid_on": "16-7-2012", "reference": "B-2"}
    assert client.get(scene.at("/geld/betaling")).status_code == 200
    refused = client.post(scene.at("/geld/betaling"), data=over)
    assert refused.status_code == 422
    assert "13.765,44" in refused.text
    booking = scene.at(f"/geld/betalingen/{scene.payment_id}/corrigeren")
    assert client.get(booking).status_code == 200
    correction = {
        "amount": "-0,56",
        "paid_on": "16-7-2012",
        "reference": "C-1",
        "reason": "Typefout.",
    }
    assert client.post(booking, data=correction).status_code == 303
    shown = client.get(scene.at("/geld")).text
    assert "Correctie: Typefout." in shown
    assert "13.766,00" in shown
    own = sign_in(scene.leader)
    assert own.get(scene.at("/geld")).status_code == 200
    assert own.post(scene.at("/geld/betaling"), data=over).status_code == 403


def test_progress_and_changes_are_written_and_answered(scene: Scene, sign_in: SignIn) -> None:
    leader, officer = sign_in(scene.leader), sign_in(scene.officer)
    place = scene.at(f"/voortgang/{scene.period_id}")
    assert leader.get(place).status_code == 200
    missing = {"state": "delayed", "result": "Begonnen.", "revision": "0"}
    assert leader.post(place, data=missing).status_code == 422
    sent = {**missing, "obstacle": "Geen trainer."}
    assert leader.post(place, data=sent).status_code == 303
    assert officer.post(place, data={**sent, "result": "Anders."}).status_code == 409
    revised = {**sent, "result": "Klaar.", "revision": "1", "reason": "Later gehoord."}
    assert officer.post(place, data=revised).status_code == 303
    page = leader.get(scene.at("/voortgang")).text
    assert "Eerdere teksten (1)" in page
    assert "Later gehoord." in page
    assert leader.get(scene.at("/meldingen/nieuw")).status_code == 200
    told = {"kind": "delay", "explanation": "Ziek.", "proposed_end_on": "31-12-2013"}
    assert leader.post(scene.at("/meldingen/nieuw"), data=told).status_code == 303
    page = officer.get(scene.at("/meldingen")).text
    address = page.split('href="' + scene.at("/meldingen/"))[-1].split('"')[0]
    assert leader.post(scene.at(f"/meldingen/{address}"), data={}).status_code == 403
    answer = {"is_agreed": "ja", "answer": "Akkoord."}
    assert officer.post(scene.at(f"/meldingen/{address}"), data=answer).status_code == 303
    assert "31 december 2013" in officer.get(scene.at()).text
    assert leader.get(scene.at(f"/meldingen/{address}")).status_code == 200


def test_a_final_report_is_written_submitted_and_judged(scene: Scene, sign_in: SignIn) -> None:
    leader, colleague = sign_in(scene.leader), sign_in(scene.colleague)
    assert "nog geen eindverslag" in leader.get(scene.at("/eindverslag")).text
    edit = scene.at("/eindverslag/bewerken")
    assert leader.get(edit).status_code == 200
    wrong = {"cost_2_subject": "Zaal", "cost_2_planned": "100"}
    refused = leader.post(edit, data=wrong)
    assert refused.status_code == 422
    assert "#cost_2_realised" in refused.text
    assert leader.post(edit, data={**wrong, "cost_2_realised": "90,50"}).status_code == 303
    page = leader.get(scene.at("/eindverslag")).text.replace("\xa0", " ")
    assert "Zaal: leg uit waarom de kosten anders zijn dan begroot." in page
    assert "€ -9,50" in page
    assert leader.post(scene.at("/eindverslag/indienen")).status_code == 422
    full = {
        "results": "Minder incidenten.",
        "cost_1_subject": "Zaal",
        "cost_1_planned": "100",
        "cost_1_realised": "90,50",
        "cost_1_explanation": "Korting.",
    }
    assert leader.post(edit, data=full).status_code == 303
    files = scene.at("/eindverslag/documenten")
    assert leader.get(files).status_code == 200
    document = {"file": (io.BytesIO(b"%PDF-1.4\n%%EOF"), "verklaring.pdf")}
    added = leader.post(files, data=document, content_type="multipart/form-data")
    assert added.status_code == 303
    listed = leader.get(files).text
    number = listed.split(f"{files}/")[1].split('"')[0]
    answer = leader.get(f"{files}/{number}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert sign_in(scene.stranger).get(f"{files}/{number}").status_code == 404
    assert leader.post(scene.at("/eindverslag/indienen")).status_code == 303
    assert leader.post(f"{files}/{number}/weghalen").status_code == 409
    assert leader.post(edit, data=full).status_code == 409
    assert colleague.get(scene.at("/eindverslag/terugsturen")).status_code == 200
    back = scene.at("/eindverslag/terugsturen")
    assert colleague.post(back, data={"note": "Noem aantallen."}).status_code == 303
    assert "Noem aantallen." in leader.get(scene.at("/eindverslag")).text
    assert leader.post(scene.at("/eindverslag/indienen")).status_code == 303
    assert leader.post(scene.at("/eindverslag/aannemen")).status_code == 403
    assert colleague.post(scene.at("/eindverslag/aannemen")).status_code == 303
    assert "aangenomen" in colleague.get(scene.at("/eindverslag")).text


def test_the_list_reads_as_much_for_many_pilots_as_for_one(
    app: Flask, scene: Scene, sign_in: SignIn
) -> None:
    client = sign_in(scene.officer)
    client.get("/pilots")
    with counted(app) as before:
        client.get("/pilots")
    with app.app_context(), unit_of_work():
        first = db.session.get(Pilot, scene.pilot_id)
        assert first is not None
        assert first.application is not None
        for _number in range(5):
            application = make_application(first.application.round)
            pilot = make_pilot(application, regions=tuple(first.regions))
            make_payment(pilot, 1_00, recorder=first.payments[0].recorded_by)
    with counted(app) as after:
        assert client.get("/pilots").text.count("Ronde") > 5
    assert len(after) == len(before)
