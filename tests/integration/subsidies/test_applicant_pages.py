"""What an applicant does by a link: write, hand in documents, submit, complete, withdraw."""

import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.regions import make_region
from tests.integration.subsidies.applicants import (
    OFFICER,
    OTHER,
    Applicants,
    application_of,
    make_applicants,
)
from vpt_regio.domain.roles import APPLICANT
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.holds import Hold
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.uow import unit_of_work

WRITTEN = {
    "organisation_name": "Stichting De Brug",
    "place": "Venlo",
    "contact_email": "aanvrager@vpt.example",
    "title": "Alarmknop voor baliemedewerkers",
    "description": "Knoppen plaatsen\nMedewerkers trainen",
    "starts_on": "1-9-2012",
    "ends_on": "31-8-2013",
    "line_1_description": "Knoppen",
    "line_1_amount": "8.000,50",
    "line_2_description": "",
    "line_2_amount": "",
    "line_3_description": "Training",
    "line_3_amount": "2.500",
}


@pytest.fixture
def draft(app: Flask) -> Applicants:
    with app.app_context():
        return make_applicants()


def _change(app: Flask, application_id: int, **values: object) -> None:
    with app.app_context(), unit_of_work():
        application = db.session.get_one(SubsidyApplication, application_id)
        for name, value in values.items():
            setattr(application, name, value)


def _change_round(app: Flask, applicants: Applicants, **values: object) -> None:
    with app.app_context(), unit_of_work():
        application = db.session.get_one(SubsidyApplication, applicants.application_id)
        for name, value in values.items():
            setattr(application.round, name, value)


def test_the_page_tells_how_it_stands_and_the_last_moment(
    client: FlaskClient, draft: Applicants
) -> None:
    page = client.get(draft.url())
    assert page.status_code == 200
    assert "tot en met 31 juli 2012 om 23.59 uur, Nederlandse tijd" in page.text
    assert "Controleren en indienen" in page.text
    assert OTHER not in page.text
    assert "/inloggen" not in page.text
    english = client.get(draft.url("?taal=en"))
    assert english.status_code == 200
    assert 'lang="en"' in english.text


def test_every_page_of_a_draft_can_be_opened(client: FlaskClient, draft: Applicants) -> None:
    for path in ("/wijzigen", "/documenten", "/indienen", "/aanvullen", "/intrekken"):
        page = client.get(draft.url(path))
        assert page.status_code == 200, path
        assert "vpt-nav" not in page.text, path


def test_an_application_is_written_with_its_lines(
    app: Flask, client: FlaskClient, draft: Applicants
) -> None:
    response = client.post(draft.url("/wijzigen"), data=WRITTEN)
    assert (response.status_code, response.location) == (303, draft.url())
    with app.app_context():
        application = application_of(draft.application_id)
        assert application.title == "Alarmknop voor baliemedewerkers"
        assert application.points == ["Knoppen plaatsen", "Medewerkers trainen"]
        assert [(one.description, one.requested_cents) for one in application.lines] == [
            ("Knoppen", 8_000_50),
            ("Training", 2_500_00),
        ]
        assert application.requested_cents == 10_500_50
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert entry is not None
        assert (entry.action, entry.actor_role) == ("subsidy_application.changed", APPLICANT)
    more = client.post(draft.url("/wijzigen"), data={**WRITTEN, "more_lines": "1"})
    assert more.location == draft.url("/wijzigen")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"line_1_description": ""}, "Vul in waarvoor het bedrag is."),
        ({"line_3_amount": ""}, "Vul een bedrag in, of maak de rij leeg."),
        ({"line_1_amount": "veel"}, "Vul een bedrag in euro&#39;s in"),
        ({"line_1_amount": "-5"}, "Vul een bedrag boven nul in."),
        ({"organisation_name": " "}, "Vul de naam van de organisatie in."),
        ({"ends_on": "1-1-2012"}, "De laatste dag moet na de eerste dag liggen."),
        ({"measure_ids": "99999"}, "measure_ids"),
        ({"version": "99"}, "Iemand anders heeft dit intussen gewijzigd."),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_typed(
    app: Flask, client: FlaskClient, draft: Applicants, wrong: dict[str, str], message: str
) -> None:
    response = client.post(draft.url("/wijzigen"), data={**WRITTEN, **wrong})
    assert response.status_code == (409 if "version" in wrong else 422)
    assert message in response.text
    assert "Alarmknop voor baliemedewerkers" in response.text
    with app.app_context():
        assert application_of(draft.application_id).title != WRITTEN["title"]


def test_it_is_submitted_once_with_a_receipt_and_put_right_until_the_round_closes(
    app: Flask, client: FlaskClient, draft: Applicants
) -> None:
    assert client.post(draft.url("/wijzigen"), data=WRITTEN).status_code == 303
    for _number in range(2):
        response = client.post(draft.url("/indienen"), data={"idempotency_key": "een"})
        assert (response.status_code, response.location) == (303, draft.url())
    page = client.get(draft.url())
    assert "Ontvangstbevestiging" in page.text
    assert re.search(r"16 juli 2012 om \d\d\.\d\d uur, Nederlandse tijd", page.text)
    assert "kunt u de aanvraag nog verbeteren" in page.text
    with app.app_context():
        receipts = db.session.scalars(
            select(OutboxMessage.body).where(OutboxMessage.subject.contains("ontvangen"))
        ).all()
        assert len(receipts) == 1
        assert "10.500,50" in receipts[0]
    again = client.post(draft.url("/indienen"), data={"idempotency_key": "twee"})
    assert again.status_code == 409

    assert (
        client.post(draft.url("/wijzigen"), data={**WRITTEN, "line_1_amount": "9.000"}).location
        == draft.url()
    )
    emptied = {**WRITTEN, "title": ""}
    assert client.post(draft.url("/wijzigen"), data=emptied).status_code == 422
    _change_round(app, draft, closes_on=date(2012, 7, 15))
    late = client.post(draft.url("/wijzigen"), data=WRITTEN)
    assert late.status_code == 409
    assert "De inhoud verandert niet meer." in late.text
    with app.app_context():
        application = application_of(draft.application_id)
        assert application.requested_cents == 11_500_00
        assert application.status is ApplicationStatus.RECEIVED
        changes = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "subsidy_application.changed")
        ).all()
        assert [one.actor_role for one in changes] == [APPLICANT, APPLICANT]


def test_a_draft_that_is_not_complete_or_too_late_is_not_submitted(
    app: Flask, client: FlaskClient, draft: Applicants
) -> None:
    _change(app, draft.application_id, title="", place="")
    page = client.get(draft.url("/indienen"))
    assert "Vul de titel van de aanvraag in." in page.text
    refused = client.post(draft.url("/indienen"))
    assert refused.status_code == 422
    assert "Vul de plaats van de organisatie in." in refused.text
    _change(app, draft.application_id, title="Proef", place="Venlo")
    _change_round(app, draft, closes_on=date(2012, 7, 16), closing_inclusive=False)
    page = client.get(draft.url())
    assert "Indienen kon tot en met 15 juli 2012 om 23.59 uur" in page.text
    late = client.post(draft.url("/indienen"))
    assert late.status_code == 422
    assert "Neem contact op met het ministerie." in late.text


def test_an_incomplete_application_is_completed_once_within_its_term(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        asked = make_applicants(
            status=ApplicationStatus.INCOMPLETE,
            completion_asked="Een begroting per onderdeel.",
            completion_asked_on=date(2012, 7, 6),
        )
    page = client.get(asked.url("/aanvullen"))
    assert "Een begroting per onderdeel." in page.text
    assert "20 juli 2012" in page.text
    assert client.post(asked.url("/wijzigen"), data=WRITTEN).status_code == 303
    assert client.post(asked.url("/aanvullen")).location == asked.url()
    assert client.post(asked.url("/aanvullen")).status_code == 409
    assert client.post(asked.url("/wijzigen"), data=WRITTEN).status_code == 409
    with app.app_context():
        application = application_of(asked.application_id)
        assert application.status is ApplicationStatus.RECEIVED
        assert application.completed_on == date(2012, 7, 16)


def test_after_the_term_nothing_is_completed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        asked = make_applicants(
            status=ApplicationStatus.INCOMPLETE,
            completion_asked="Een begroting.",
            completion_asked_on=date(2012, 7, 1),
        )
    _change(app, asked.application_id, completion_due_on=date(2012, 7, 15))
    page = client.get(asked.url())
    assert "Aanvullen kon tot en met 15 juli 2012." in page.text
    assert asked.url("/wijzigen") not in page.text
    assert client.post(asked.url("/aanvullen")).status_code == 422


def test_it_is_withdrawn_with_a_reason(app: Flask, client: FlaskClient, draft: Applicants) -> None:
    assert client.post(draft.url("/intrekken"), data={"note": " "}).status_code == 422
    response = client.post(draft.url("/intrekken"), data={"note": "De proef gaat niet door."})
    assert response.location == draft.url()
    assert "Er volgt geen besluit." in client.get(draft.url()).text
    assert client.post(draft.url("/intrekken"), data={"note": "Nog eens"}).status_code == 409


def test_documents_go_up_and_down_as_they_came(
    app: Flask, client: FlaskClient, draft: Applicants
) -> None:
    def send(content: bytes, name: str) -> int:
        file = (io.BytesIO(content), name)
        return client.post(draft.url("/documenten"), data={"file": file}).status_code

    assert client.post(draft.url("/documenten"), data={}).status_code == 422
    assert send(b"<script>alert(1)</script>", "begroting.pdf") == 422
    assert send(b"%PDF-1.4 een begroting", "begroting.pdf") == 303
    with app.app_context():
        attachment_id = db.session.scalars(select(Attachment.id)).one()
    found = client.get(draft.url(f"/documenten/{attachment_id}"))
    assert found.data == b"%PDF-1.4 een begroting"
    assert found.headers["Content-Disposition"] == "attachment; filename=begroting.pdf"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    removal = draft.url(f"/documenten/{attachment_id}/weghalen")
    assert client.post(removal).status_code == 303
    assert client.get(draft.url(f"/documenten/{attachment_id}")).status_code == 404
    assert client.post(removal).status_code == 404


def test_a_hold_stops_the_applicant_and_keeps_what_was_typed(
    app: Flask, client: FlaskClient, draft: Applicants
) -> None:
    with app.app_context(), unit_of_work():
        application = db.session.get_one(SubsidyApplication, draft.application_id)
        region = make_region(application.round.scheme.programme)
        application.region = region
        officer = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
        placed_by = officer.name
        db.session.add(
            Hold(
                programme_id=region.programme_id,
                region=region,
                starts_on=date(2012, 7, 1),
                reason="Onderzoek naar fraude",
                placed_by=officer,
            )
        )
    page = client.get(draft.url())
    assert page.status_code == 200
    assert "staat nu stil" in page.text
    assert "fraude" not in page.text
    refused = client.post(draft.url("/wijzigen"), data=WRITTEN)
    assert refused.status_code == 409
    assert WRITTEN["title"] in refused.text
    assert "fraude" not in refused.text
    assert placed_by not in refused.text
