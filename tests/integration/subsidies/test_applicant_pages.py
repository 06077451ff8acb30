"""What an applicant does by a link: write, hand in documents, submit, complete, withdraw."""


import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.integration.subsidies.applicants import (
    OTHER,
    Applicants,
    application_of,
    make_applicants,
)
from vpt_regio.domain.roles import APPLICANT
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.subsidies import SubsidyApplication
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
