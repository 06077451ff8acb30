"""The pages of half-years and reports, as people use them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories.people import make_person
from tests.factories.periods import (
    Season,
    fill_report,
    make_officer,
    make_period,
    make_report,
    make_season,
    make_submitted_report,
)
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.periods import PeriodDeadline, ProgressReport, ReportingPeriod
from vpt_regio.models.periods import ReportSubmission as Submission
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER, MANAGER, OFFICER = (
    "leider.limburg@vpt.example",
    "manager.limburg@vpt.example",
    "beleid@vpt.example",
)
BOARD = "/halfjaren/2012-1"
REPORT = f"{BOARD}/rapportages/limburg"
STRANGER = "leider.groningen@vpt.example"


@pytest.fixture
def season(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        _make_season()


@pytest.fixture
def draft(app: Flask) -> int:
    """A report that was started; the id of its only activity."""
    with app.app_context(), unit_of_work():
        report = make_report(_make_season())
        return report.activities[0].activity_id


@pytest.fixture
def submitted(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_submitted_report(_make_season())


def test_beside_the_deadlines_the_ministry_reads_how_far_each_step_is(
    submitted: None, sign_in: SignIn
) -> None:
    steps = (
        "gestart",
        "1 van 2 ingediend",
        "1 rapportage wacht op beoordeling",
        "0 van 2 aangenomen",
        "nog niet vastgezet",
        "nog niet klaargezet",
        "nog geen brief gecontroleerd",
        "nog niet geregistreerd",
    )
    shown = sign_in(OFFICER).get(BOARD).text
    assert [step for step in steps if step not in shown] == []
    shown = sign_in(LEADER).get(BOARD).text
    assert [step for step in steps if f"<small>{step}</small>" in shown] == []


def _make_season() -> Season:
    season = make_season()
    other = make_region(season.programme, "groningen")
    make_person(season.programme, Role.PROJECT_LEADER, region=other, email=STRANGER)
    return season


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def _filled(activity_id: int, **changes: str) -> dict[str, str]:
    key = f"activities-{activity_id}"
    values = {
        "results": "Tien bijeenkomsten",
        "obstacles": "",
        "outlook": "Verder",
        "rag": "green",
        "rag_explanation": "",
        f"{key}-status": "running",
        f"{key}-percent": "40",
        f"{key}-result": "Gestart",
        f"{key}-obstacle": "",
        f"{key}-next_step": "",
    }
    return {**values, **changes}


def _report(app: Flask) -> ProgressReport:
    with app.app_context():
        report = db.session.scalars(select(ProgressReport)).one()
        db.session.expunge(report)
        return report


@pytest.mark.parametrize("who", [LEADER, MANAGER, OFFICER])
@pytest.mark.usefixtures("season")
@pytest.mark.parametrize("address", ["/halfjaren", BOARD, "/mijn-werk", REPORT])
def test_everybody_can_read_the_pages(sign_in: SignIn, who: str, address: str) -> None:
    assert sign_in(who).get(address).status_code == 200


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize("action", ["bewerken", "indienen", "terugsturen", "aannemen"])
def test_a_report_that_was_not_started_has_no_actions(sign_in: SignIn, action: str) -> None:
    assert sign_in(LEADER).post(f"{REPORT}/{action}").status_code == 404


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(
    "address", ["/halfjaren/2099-1", f"{BOARD}/rapportages/nergens", "/halfjaren/2099-1/bewerken"]
)
def test_what_does_not_exist_is_not_found(sign_in: SignIn, address: str) -> None:
    assert sign_in(OFFICER).get(address).status_code == 404


@pytest.mark.usefixtures("submitted")
def test_the_report_of_another_region_does_not_exist(sign_in: SignIn) -> None:
    client = sign_in(STRANGER)
    assert client.get(REPORT).status_code == 404
    assert client.get(f"{REPORT}/bewerken").status_code == 404
    assert client.post(f"{REPORT}/aannemen").status_code == 404
    assert "Limburg" not in client.get(BOARD).text


@pytest.mark.usefixtures("submitted")
def test_a_project_leader_does_not_judge(sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert client.post(f"{REPORT}/aannemen").status_code == 403
    assert client.post(f"{REPORT}/terugsturen", data={"note": "x"}).status_code == 403
    assert client.post(f"{BOARD}/afsluiten").status_code == 403
    assert client.get("/halfjaren/nieuw").status_code == 403


@pytest.mark.usefixtures("season")
def test_looking_starts_nothing_and_starting_leads_to_writing(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(LEADER)
    assert "Rapportage beginnen" in client.get(REPORT).text
    with app.app_context():
        assert db.session.scalar(select(func.count(ProgressReport.id))) == 0
    response = client.post(f"{REPORT}/beginnen")
    assert (response.status_code, response.location) == (303, f"{REPORT}/bewerken")
    page = client.get(f"{REPORT}/bewerken").text
    assert "1. Campagne" in page
    assert "Indienen kan tot en met 21 juli 2012." in page
    assert "data-autosave" in page


def test_saving_and_submitting_in_one_step(app: Flask, sign_in: SignIn, draft: int) -> None:
    client = sign_in(LEADER)
    data = _filled(
        draft, do="submit", version=_hidden(client.get(f"{REPORT}/bewerken").text, "version")
    )
    response = client.post(f"{REPORT}/bewerken", data=data)
    assert (response.status_code, response.location) == (303, REPORT)
    report = _report(app)
    assert (report.status, report.results) == (ReportStatus.SUBMITTED, "Tien bijeenkomsten")
    assert "Tien bijeenkomsten" in client.get(REPORT).text
    assert client.get(f"{REPORT}/bewerken").location == REPORT


def test_sending_the_form_twice_submits_once(app: Flask, sign_in: SignIn, draft: int) -> None:
    client = sign_in(LEADER)
    page = client.get(f"{REPORT}/bewerken").text
    data = _filled(
        draft,
        do="submit",
        version=_hidden(page, "version"),
        idempotency_key=_hidden(page, "idempotency_key"),
    )
    for _ in range(2):
        assert client.post(f"{REPORT}/bewerken", data=data).location == REPORT
    with app.app_context():
        assert db.session.scalar(select(func.count(Submission.id))) == 1


def test_every_error_stands_at_its_field_and_the_text_stays(
    app: Flask, sign_in: SignIn, draft: int
) -> None:
    changes = {
        f"activities-{draft}-status": "delayed",
        f"activities-{draft}-result": "Getypte tekst",
        "outlook": "",
        "rag": "red",
    }
    data = _filled(draft, do="submit", **changes)
    response = sign_in(LEADER).post(f"{REPORT}/bewerken", data=data)
    assert response.status_code == 422
    for field in (f"activities-{draft}-obstacle", "outlook", "rag_explanation"):
        assert f'id="{field}-fout"' in response.text
        assert f'href="#{field}"' in response.text
    assert response.text.index(f"#activities-{draft}-obstacle") < response.text.index("#outlook")
    assert "Getypte tekst" in response.text
    report = _report(app)
    assert (report.status, report.results) == (ReportStatus.DRAFT, "")


@pytest.mark.parametrize("percent", ["101", "-1", "veel", "12,5"])
def test_progress_that_is_no_share_is_refused_at_its_field(
    sign_in: SignIn, draft: int, percent: str
) -> None:
    data = _filled(draft, **{f"activities-{draft}-percent": percent})
    response = sign_in(LEADER).post(f"{REPORT}/bewerken", data=data)
    assert response.status_code == 422
    assert f'id="activities-{draft}-percent-fout"' in response.text
    assert f'value="{percent}"' in response.text


def test_a_draft_saves_itself_in_between(app: Flask, sign_in: SignIn, draft: int) -> None:
    client = sign_in(LEADER)
    version = _hidden(client.get(f"{REPORT}/bewerken").text, "version")
    headers = {"Accept": "application/json"}
    data = _filled(draft, version=version, outlook="")
    response = client.post(f"{REPORT}/bewerken", data=data, headers=headers)
    assert response.status_code == 200
    assert response.json is not None
    assert response.json["version"] > int(version)
    assert _report(app).results == "Tien bijeenkomsten"
    stale = client.post(f"{REPORT}/bewerken", data=data | {"results": "Oud"}, headers=headers)
    assert stale.status_code == 409
    assert "Iemand anders" in stale.json["message"]
    assert _report(app).results == "Tien bijeenkomsten"


def test_two_people_at_once_see_each_others_text(app: Flask, sign_in: SignIn, draft: int) -> None:
    client = sign_in(LEADER)
    version = _hidden(client.get(f"{REPORT}/bewerken").text, "version")
    client.post(f"{REPORT}/bewerken", data=_filled(draft, version=version))
    mine = _filled(draft, version=version, **{f"activities-{draft}-percent": "60"})
    response = client.post(f"{REPORT}/bewerken", data=mine)
    assert response.status_code == 409
    assert "Nu opgeslagen door iemand anders" in response.text
    again = mine | {"version": _hidden(response.text, "version")}
    assert client.post(f"{REPORT}/bewerken", data=again).status_code == 303
    with app.app_context():
        report = db.session.scalars(select(ProgressReport)).one()
        assert report.activities[0].percent == 60


@pytest.mark.usefixtures("submitted")
def test_the_account_manager_returns_with_a_note_and_then_accepts(
    app: Flask, sign_in: SignIn
) -> None:
    manager = sign_in(MANAGER)
    refused = manager.post(f"{REPORT}/terugsturen", data={"note": " ", "form_name": "ReturnForm"})
    assert refused.status_code == 422
    assert 'id="note-fout"' in refused.text
    data = {"note": "Noem cijfers", "form_name": "ReturnForm"}
    assert manager.post(f"{REPORT}/terugsturen", data=data).status_code == 303
    leader = sign_in(LEADER)
    assert "Noem cijfers" in leader.get(f"{REPORT}/bewerken").text
    with app.app_context(), unit_of_work():
        report = db.session.scalars(select(ProgressReport)).one()
        fill_report(report, report.author)
    assert leader.post(f"{REPORT}/indienen").status_code == 303
    assert manager.post(f"{REPORT}/aannemen").status_code == 303
    assert _report(app).status is ReportStatus.ACCEPTED
    assert manager.post(f"{REPORT}/aannemen").status_code == 409


def test_the_policy_officer_makes_a_period_and_moves_a_deadline(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), unit_of_work():
        make_officer(make_programme())
    client = sign_in(OFFICER)
    data = {
        "code": "2011-2",
        "name": "Tweede halfjaar 2011",
        "sequence_no": "8",
        "starts_on": "1 juni 2011",
        "ends_on": "31-12-2011",
        "letter_on": "15 maart 2012",
    }
    wrong = client.post("/halfjaren/nieuw", data=data | {"letter_on": "1-12-2011", "code": "a b"})
    assert wrong.status_code == 422
    assert 'id="letter_on-fout"' in wrong.text
    assert 'id="code-fout"' in wrong.text
    assert client.post("/halfjaren/nieuw", data=data).location == "/halfjaren/2011-2"
    assert client.post("/halfjaren/nieuw", data=data).status_code == 422
    assert "19 januari 2012" in client.get("/halfjaren/2011-2").text
    moved = client.post("/halfjaren/2011-2/termijnen", data={"reports_submitted": "20-1-2012"})
    assert moved.status_code == 303
    assert "20 januari 2012" in client.get("/halfjaren/2011-2").text
    with app.app_context():
        assert db.session.scalar(select(func.count(PeriodDeadline.id))) == 10


@pytest.mark.usefixtures("app")
def test_the_buttons_of_a_period_follow_its_life(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        make_period(programme, officer)
    client = sign_in(OFFICER)
    assert "Openen" in client.get(BOARD).text
    assert client.post(f"{BOARD}/uitvraag").status_code == 409
    assert client.post(f"{BOARD}/openen").location == BOARD
    assert "Uitvraag starten" in client.get(BOARD).text
    assert client.post(f"{BOARD}/uitvraag").status_code == 303
    refused = client.post(f"{BOARD}/brief")
    assert refused.status_code == 409
    assert "uitvraag loopt" in refused.text
    with app.app_context():
        assert db.session.scalars(select(ReportingPeriod)).one().status == "collecting"


@pytest.mark.usefixtures("season")
def test_my_work_leads_to_the_report(sign_in: SignIn) -> None:
    page = sign_in(LEADER).get("/mijn-werk").text
    assert "Rapportage Limburg over 2012-1 beginnen" in page
    assert f'href="{REPORT}"' in page


@pytest.mark.usefixtures("submitted")
def test_the_pages_speak_english_too(sign_in: SignIn) -> None:
    assert sign_in(MANAGER).get(f"{REPORT}?taal=en").status_code == 200
