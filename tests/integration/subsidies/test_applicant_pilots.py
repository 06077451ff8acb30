"""What the recipient of a subsidy tells by a link: progress, changes, and the final report."""

import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.periods import make_period
from tests.factories.subsidies import make_decider, make_decision, make_payment, make_pilot
from tests.integration.subsidies.applicants import Applicants, make_applicants
from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, FinalReportStatus, PilotStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import ChangeNotice, PilotProgress
from vpt_regio.models.pilots import Pilot
from vpt_regio.uow import unit_of_work

TOLD = {"state": "on_track", "result": "De knoppen hangen.", "revision": "0"}
REPORT = {
    "results": "Minder incidenten aan de balie.",
    "obligations": "Aan alle verplichtingen is voldaan.",
    "activity_1_subject": "Training",
    "activity_1_planned": "Vier dagdelen",
    "activity_1_realised": "Vijf dagdelen",
    "cost_1_subject": "Knoppen",
    "cost_1_planned": "8.000",
    "cost_1_realised": "7.500,50",
    "cost_1_explanation": "De knoppen waren goedkoper.",
}


@pytest.fixture
def granted(app: Flask) -> Applicants:
    """Both applications were granted and became pilots that run; € 1.000 was paid."""
    with app.app_context():
        found = make_applicants(status=ApplicationStatus.UNDER_ASSESSMENT)
        with unit_of_work():
            for number in (found.application_id, found.other_id):
                application = db.session.get_one(SubsidyApplication, number)
                programme = application.round.scheme.programme
                author = make_person(programme, Role.POLICY_OFFICER)
                make_decision(application, author=author, decider=make_decider(programme))
                pilot = make_pilot(application, starts_on=date(2012, 2, 1), arrangement=3)
                make_payment(pilot, 1_000_00, recorder=author)
            make_period(programme, author)
        return found


def _pilot(applicants: Applicants) -> Pilot:
    query = select(Pilot).where(Pilot.application_id == applicants.application_id)
    return db.session.scalars(query).one()


def test_the_page_of_a_pilot_tells_its_money_and_its_tasks(
    client: FlaskClient, granted: Applicants
) -> None:
    assert granted.url("/pilot") in client.get(granted.url()).text
    page = client.get(granted.url("/pilot"))
    assert page.status_code == 200
    for words in ("15.000,00", "1.000,00", "14.000,00", "Halfjaar 2012-1", "invullen"):
        assert words in page.text
    for path in ("/voortgang/2012-1", "/melding", "/eindverslag"):
        assert client.get(granted.url(f"/pilot{path}")).status_code == 200, path


def test_an_application_without_a_pilot_has_no_pages_of_one(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        draft = make_applicants()
    for path in ("", "/voortgang/2012-1", "/melding", "/eindverslag", "/eindverslag/indienen"):
        assert client.get(draft.url(f"/pilot{path}")).status_code == 404, path


def test_progress_is_told_once_and_revised_with_a_reason(
    app: Flask, client: FlaskClient, granted: Applicants
) -> None:
    url = granted.url("/pilot/voortgang/2012-1")
    assert client.post(url, data={**TOLD, "state": "delayed"}).status_code == 422
    for _number in range(2):
        assert client.post(url, data={**TOLD, "idempotency_key": "een"}).status_code == 303
    stale = client.post(url, data={**TOLD, "result": "Iets anders."})
    assert stale.status_code == 409
    assert "Iets anders." in stale.text
    assert "De knoppen hangen." in stale.text
    next_one = {**TOLD, "revision": "1", "result": "De knoppen zijn getest."}
    assert client.post(url, data=next_one).status_code == 422
    assert client.post(url, data={**next_one, "reason": "Er kwam iets bij."}).status_code == 303
    with app.app_context():
        rows = db.session.scalars(select(PilotProgress).order_by(PilotProgress.revision_no)).all()
        assert [(one.pilot_id, one.recorded_by_id, one.revision_no) for one in rows] == [
            (_pilot(granted).id, None, 1),
            (_pilot(granted).id, None, 2),
        ]
    assert client.get(granted.url("/pilot/voortgang/2099-1")).status_code == 404


def test_a_frozen_half_year_does_not_change(
    app: Flask, client: FlaskClient, granted: Applicants
) -> None:
    with app.app_context(), unit_of_work():
        db.session.scalars(select(ReportingPeriod)).one().status = PeriodStatus.FROZEN
    assert "verandert niet meer" in client.get(granted.url("/pilot")).text
    refused = client.post(granted.url("/pilot/voortgang/2012-1"), data=TOLD)
    assert refused.status_code == 409
    assert "De knoppen hangen." in refused.text


def test_a_change_is_told_and_its_answer_is_shown(
    app: Flask, client: FlaskClient, granted: Applicants
) -> None:
    url = granted.url("/pilot/melding")
    late = {"kind": "delay", "explanation": "De levering is later."}
    assert client.post(url, data=late).status_code == 422
    assert client.post(url, data={"kind": "zomaar", "explanation": "x"}).status_code == 422
    assert client.post(url, data={**late, "proposed_end_on": "31-12-2013"}).status_code == 303
    with app.app_context(), unit_of_work():
        notice = db.session.scalars(select(ChangeNotice)).one()
        assert notice.noticed_by_id is None
        answering = make_person(notice.pilot.programme, Role.POLICY_OFFICER)
        notice.answer, notice.is_agreed = "Dat is goed.", True
        notice.answered_on, notice.answered_by_id = date(2012, 7, 16), answering.id
        name = answering.name
    page = client.get(granted.url("/pilot"))
    assert "Dat is goed." in page.text
    assert name not in page.text


def test_a_final_report_is_written_and_submitted_with_its_documents(
    app: Flask, client: FlaskClient, granted: Applicants
) -> None:
    url, documents = granted.url("/pilot/eindverslag"), "/pilot/eindverslag/documenten"
    assert client.get(granted.url(documents)).status_code == 404
    assert client.post(url, data=REPORT).location == f"{url}/indienen"
    shown = client.get(f"{url}/indienen")
    assert "-499,50" in shown.text.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "")
    missing = client.post(f"{url}/indienen")
    assert missing.status_code == 422
    assert "Voeg de verklaring van de accountant toe." in missing.text
    file = (io.BytesIO(b"%PDF-1.4 verklaring"), "verklaring.pdf")
    assert client.post(granted.url(documents), data={"file": file}).status_code == 303
    with app.app_context():
        attachment_id = db.session.scalars(select(Attachment.id)).one()
    assert client.get(granted.url(f"{documents}/{attachment_id}")).data == b"%PDF-1.4 verklaring"
    assert client.get(granted.url(f"/documenten/{attachment_id}")).status_code == 404
    assert client.post(f"{url}/indienen").location == granted.url("/pilot")
    with app.app_context():
        pilot = _pilot(granted)
        assert pilot.status is PilotStatus.REPORTED
        assert pilot.final_report is not None
        assert pilot.final_report.status is FinalReportStatus.SUBMITTED
        assert pilot.final_report.author_id is None
    assert client.post(url, data=REPORT).status_code == 409
    assert client.post(f"{url}/indienen").status_code == 409
    removal = granted.url(f"{documents}/{attachment_id}/weghalen")
    assert client.post(removal).status_code == 409


def test_a_report_that_was_changed_meanwhile_is_not_overwritten(
    client: FlaskClient, granted: Applicants
) -> None:
    url = granted.url("/pilot/eindverslag")
    assert client.post(url, data=REPORT).status_code == 303
    # as a page sends it that was opened when there was no report yet
    second = client.post(url, data={**REPORT, "cost_1_planned": "9.000", "version": ""})
    assert second.status_code == 409
    assert "8.000,00" in second.text
    assert "9.000" in second.text
