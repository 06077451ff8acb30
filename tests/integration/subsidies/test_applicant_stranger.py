"""Whoever has a link sees one application: nothing of others, and nothing of the assessment."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.factories.people import make_person
from tests.factories.subsidies import make_decider, make_decision, make_pilot
from tests.integration.subsidies.applicants import (
    OFFICER,
    OTHER,
    OWN,
    Applicants,
    link_of,
    make_applicants,
)
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalKind
from vpt_regio.extensions import db
from vpt_regio.models.applications import (
    ApplicantLink,
    Attachment,
    SubsidyApplication,
    SubsidyProposal,
)
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.decisions import Decision, DecisionLetter
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.services import applicant_links
from vpt_regio.uow import unit_of_work, write

UNKNOWN = "u" * 43
WORDS = b"PK letter"
# as the factories write them
REASONING, NOTE = "Past bij het doel van de ronde.", "Volgens het voorstel."


@pytest.fixture
def applicants(app: Flask) -> Applicants:
    with app.app_context():
        return make_applicants()


@pytest.fixture
def decided(app: Flask) -> Applicants:
    """Both were decided on, one granted and one rejected, with letters and reasons."""
    with app.app_context():
        found = make_applicants(status=ApplicationStatus.UNDER_ASSESSMENT)
        with unit_of_work():
            own, other = (
                db.session.get_one(SubsidyApplication, number)
                for number in (found.application_id, found.other_id)
            )
            programme = own.round.scheme.programme
            author = make_person(programme, Role.POLICY_OFFICER)
            decider = make_decider(programme)
            for application, kind in (
                (own, ProposalKind.PARTIAL_GRANT),
                (other, ProposalKind.REJECTION),
            ):
                amount = 9_876_54 if application is own else None
                decision = make_decision(
                    application, kind, author=author, decider=decider, amount_cents=amount
                )
                assert decision.note == NOTE
                db.session.add(_letter(decision))
                pilot = make_pilot(application, granted_cents=9_876_54)
                db.session.add(PilotFinalReport(pilot=pilot, results="Wat de pilot opleverde."))
            assert set(db.session.scalars(select(SubsidyProposal.reasoning))) == {REASONING}
        return found


def _document(**values: int) -> Attachment:
    return Attachment(
        file_name="geheim.pdf",
        content_type="application/pdf",
        size=8,
        sha256="0" * 64,
        content=b"%PDF-1.4",
        **values,
    )


def _letter(decision: Decision) -> DecisionLetter:
    return DecisionLetter(
        decision_id=decision.id, content=WORDS, sha256="0" * 64, template_sha256="0" * 64
    )


def _rules(app: Flask) -> list[Rule]:
    """Return every route of the pages by a link."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "token" in rule.arguments and rule.rule.startswith("/aanvraag/")
    ]


def _requests(app: Flask, token: str, **parts: object) -> Iterator[tuple[str, str]]:
    """Yield the method and the address of every request that the pages by a link take."""
    for rule in _rules(app):
        values = {name: parts.get(name, 1) for name in rule.arguments - {"token"}}
        with app.test_request_context():
            url = url_for(rule.endpoint, token=token, **values)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, url


def _entries(app: Flask) -> int:
    with app.app_context():
        return db.session.query(AuditEntry).count()


def test_every_page_refuses_a_link_that_does_not_work(
    app: Flask, client: FlaskClient, applicants: Applicants, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        link = db.session.scalars(select(ApplicantLink).order_by(ApplicantLink.id)).first()
        officer = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
        assert link is not None
        write(lambda: applicant_links.end_link(link, reason="Verkeerd adres", actor=officer))
        expired = link_of(applicants.other_id, days=1)
    later = clock.real_now() + timedelta(days=2)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    monkeypatch.setattr(applicant_links, "MAX_WRONG_PER_ADDRESS", 1000)
    before = _entries(app)
    for token in (UNKNOWN, applicants.token, expired):
        asked = list(_requests(app, token))
        assert len(asked) > 10
        for method, url in asked:
            response = client.open(url, method=method)
            assert response.status_code == 410, (method, url)
            assert OWN not in response.text
    assert _entries(app) == before


def test_no_page_takes_another_method(
    app: Flask, client: FlaskClient, applicants: Applicants
) -> None:
    taken: dict[str, set[str]] = {}
    for method, url in _requests(app, applicants.token):
        taken.setdefault(url, set()).add(method)
    for url, methods in taken.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            assert client.open(url, method=method).status_code == 405, (method, url)


def test_no_page_shows_or_changes_another_application(
    app: Flask, client: FlaskClient, decided: Applicants
) -> None:
    with app.app_context(), unit_of_work():
        of_other = select(Pilot).where(Pilot.application_id == decided.other_id)
        report = db.session.scalars(of_other).one().final_report
        assert report is not None
        documents = [
            _document(application_id=decided.other_id),
            _document(final_report_id=report.id),
        ]
        db.session.add_all(documents)
        db.session.flush()
        attachment_ids = [document.id for document in documents]
        rejected = select(Decision.id).where(Decision.application_id == decided.other_id)
        decision_id = db.session.scalars(rejected).one()
    before = _entries(app)
    for attachment_id in attachment_ids:
        parts = {"attachment_id": attachment_id, "decision_id": decision_id, "code": "2012-1"}
        start = len(decided.url())
        requests = _requests(app, decided.token, **parts)
        asked = [one for one in requests if re.search(r"/\d", one[1][start:])]
        assert len(asked) >= 7
        for method, url in asked:
            response = client.open(url, method=method)
            assert response.status_code == 404, (method, url)
            assert OTHER not in response.text
    assert _entries(app) == before


def test_a_decision_is_told_without_what_the_ministry_wrote_about_it(
    app: Flask, client: FlaskClient, decided: Applicants
) -> None:
    page = client.get(decided.url())
    assert "Subsidie gedeeltelijk toegekend" in page.text
    assert "9.876,54" in page.text
    with app.app_context():
        own = select(Decision).where(Decision.application_id == decided.application_id)
        decision_id = db.session.scalars(own).one().id
        names = list(db.session.scalars(select(Person.name)))
    letter = client.get(decided.url(f"/besluiten/{decision_id}/brief"))
    assert letter.data == WORDS
    for method, url in _requests(app, decided.token):
        if method == "GET":
            text = client.get(url).text
            for hidden in (REASONING, NOTE, OTHER, "M-", *names):
                assert hidden not in text, (url, hidden)


def test_whoever_is_signed_in_sees_no_more_by_a_link(
    app: Flask, decided: Applicants, sign_in: Callable[..., FlaskClient]
) -> None:
    visitor = sign_in(OFFICER)
    page = visitor.get(decided.url())
    assert page.status_code == 200
    assert "/uitloggen" not in page.text
    assert "/mijn-werk" not in page.text


def test_a_forged_form_is_refused_and_an_own_one_is_not(
    app: Flask, applicants: Applicants, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    visitor = app.test_client()
    page = visitor.get(applicants.url("/intrekken")).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    note = {"note": "De proef gaat niet door."}
    assert visitor.post(applicants.url("/intrekken"), data=note).status_code == 400
    stranger = app.test_client()
    forged = {**note, "csrf_token": found.group(1)}
    assert stranger.post(applicants.url("/intrekken"), data=forged).status_code == 400
    assert visitor.post(applicants.url("/intrekken"), data=forged).status_code == 303
