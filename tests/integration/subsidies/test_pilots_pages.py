"""The pages of pilots: what everyone sees, and what only those concerned do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.subsidies import make_payment, make_pilot_without_grant
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
