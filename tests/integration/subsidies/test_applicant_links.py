"""Links for applicants: making and ending them, and what a page with a link answers."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from flask import Blueprint, Flask, render_template_string, url_for
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from sqlalchemy import MetaData, select

from tests.factories.people import make_person
from tests.factories.regions import make_programme
from tests.factories.subsidies import make_application, make_round, make_scheme
from vpt_regio import clock, create_app, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import APPLICANT, Role
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.errors import NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.forms.base import AppForm, Text
from vpt_regio.models.applications import ApplicantLink, SubsidyApplication
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import IdempotencyKey, Person, SavedInput, UserSession
from vpt_regio.services import applicant_links, audit
from vpt_regio.uow import unit_of_work, write
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.link_holder import LinkVisit, with_link

OFFICER, READER = "officer@vpt.example", "reader@vpt.example"
APPLICANT_EMAIL = "aanvrager@vpt.example"
GONE = "Deze link werkt niet meer. Vraag een nieuwe link aan bij het ministerie."
SHARED = ("VPT_ENV", "VPT_TODAY", "VPT_DATA_DIR", "VPT_JOBS", "MAIL_URL", "SECRET_KEY")

proof = Blueprint("proof", __name__)


class TitleForm(AppForm):
    title = Text("Titel")


@proof.get("/proef/<token>")
@public("the link itself is the proof")
@with_link
def show(visit: LinkVisit) -> ResponseReturnValue:
    return _page(visit, make_form(TitleForm, visit.application))


@proof.post("/proef/<token>")
@public("the link itself is the proof")
@with_link
def save(visit: LinkVisit) -> ResponseReturnValue:
    form = make_form(TitleForm, visit.application)
    if form.title.data == "Beëindigd":
        write(lambda: _end(visit.link.id))
    return handle(
        form,
        lambda: _rename(visit, form.title.data),
        page=lambda: _page(visit, form),
        success=url_for("proof.show", token=visit.token),
    )


@proof.get("/proef/<token>/kapot")
@public("the link itself is the proof")
@with_link
def break_down(visit: LinkVisit) -> ResponseReturnValue:
    raise RuntimeError(f"broken for link {visit.link.id}")


def _page(visit: LinkVisit, form: TitleForm) -> str:
    page = "{{ title }} {{ form.csrf_token }} {{ form.idempotency_key }} {{ form.general_errors }}"
    return render_template_string(page, title=visit.application.title, form=form)


def _rename(visit: LinkVisit, title: str) -> None:
    application = visit.application
    policies.require(visit.holder, Permission.APPLICATION_WRITE, application)
    application.title = title
    audit.record("subsidy_application.submit", application, actor=visit.holder)


def _end(link_id: int) -> None:
    db.session.get_one(ApplicantLink, link_id).ended_at = clock.real_now()


@pytest.fixture
def proven(app: Flask) -> Iterator[Flask]:
    """The application on the same database, with pages of its own for the holder of a link."""
    settings = {name: app.config[name] for name in (*SHARED, "SQLALCHEMY_DATABASE_URI")}
    other = create_app(
        {**settings, "TESTING": True, "WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False}
    )
    other.register_blueprint(proof)
    yield other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def visitor(proven: Flask) -> FlaskClient:
    return proven.test_client()


@pytest.fixture
def token(app: Flask) -> str:
    """The token of the link of one application; there is another application as well."""
    with app.app_context():
        with unit_of_work():
            programme = make_programme()
            some_round = make_round(make_scheme(programme))
            for name in ("Stichting De Brug", "Stichting Elders"):
                make_application(some_round, status=ApplicationStatus.DRAFT, organisation_name=name)
            make_person(programme, Role.POLICY_OFFICER, email=OFFICER)
            make_person(programme, Role.READER, email=READER)
        return _make_link()


def _make_link(*, by: str = OFFICER, email: str = APPLICANT_EMAIL, days: int = 30) -> str:
    application = db.session.scalars(select(SubsidyApplication)).first()
    actor = db.session.scalars(select(Person).where(Person.email == by)).one()
    assert application is not None
    return write(
        lambda: applicant_links.make_link(
            application,
            email=email,
            valid_until=clock.real_now() + timedelta(days=days),
            link_to=lambda token: f"https://vpt.example/aanvraag/{token}",
            actor=actor,
        )
    )


def _forms(app: Flask) -> int:
    with app.app_context():
        return db.session.query(AuditEntry).filter_by(actor_role=APPLICANT).count()


def test_the_link_is_mailed_and_its_token_stands_nowhere_else(app: Flask, token: str) -> None:
    tables = MetaData()
    with app.app_context():
        mail = db.session.scalars(select(OutboxMessage)).one()
        assert mail.recipient == APPLICANT_EMAIL
        assert f"https://vpt.example/aanvraag/{token}\n" in mail.body
        assert "Stichting De Brug" in mail.body
        tables.reflect(db.engine)
        holding = {
            table.name
            for table in tables.sorted_tables
            for row in db.session.execute(select(table))
            if token in repr(tuple(row))
        }
        assert audit.verify(db.session()) is None
    assert holding == {"outbox_message"}
    assert len(token) >= 43


def test_a_new_link_ends_the_one_before(context: Flask, token: str) -> None:
    newer = _make_link()
    assert applicant_links.find_applicant_link(token) is None
    found = applicant_links.find_applicant_link(newer)
    assert found is not None
    assert applicant_links.holder_of(found).name == "Stichting De Brug"
    ended = db.session.scalars(select(ApplicantLink).order_by(ApplicantLink.id)).first()
    assert ended is not None
    assert ended.end_reason == "er is een nieuwe link gemaakt"


def test_only_the_ministry_makes_and_ends_links(context: Flask, token: str) -> None:
    with pytest.raises(NotAllowed):
        _make_link(by=READER)
    link = applicant_links.require_link(token)
    reader = db.session.scalars(select(Person).where(Person.email == READER)).one()
    with pytest.raises(NotAllowed):
        write(lambda: applicant_links.end_link(link, reason="Zomaar", actor=reader))
    assert applicant_links.find_applicant_link(token) is not None


def test_a_link_needs_an_address_and_a_moment_to_come(context: Flask, token: str) -> None:
    with pytest.raises(SeveralErrors) as refusal:
        _make_link(email="geen adres", days=0)
    assert [error.field for error in refusal.value.errors] == ["email", "valid_until"]
    assert applicant_links.find_applicant_link(token) is not None


def test_a_link_is_ended_once_with_a_reason(context: Flask, token: str) -> None:
    link = applicant_links.require_link(token)
    officer = db.session.scalars(select(Person).where(Person.email == OFFICER)).one()
    with pytest.raises(applicant_links.Invalid):
        write(lambda: applicant_links.end_link(link, reason=" ", actor=officer))
    write(lambda: applicant_links.end_link(link, reason="Verkeerd adres", actor=officer))
    with pytest.raises(applicant_links.LinkGone):
        applicant_links.require_link(token)
    with pytest.raises(WrongState):
        write(lambda: applicant_links.end_link(link, reason="Nog eens", actor=officer))


def test_a_link_shows_its_application_and_looking_uses_nothing_up(
    app: Flask, visitor: FlaskClient, token: str
) -> None:
    with app.app_context():
        own, other = db.session.scalars(
            select(SubsidyApplication.title).order_by(SubsidyApplication.id)
        )
    for _number in range(3):
        page = visitor.get(f"/proef/{token}")
        assert page.status_code == 200
        assert own in page.text
        assert other not in page.text


def test_unknown_expired_and_ended_links_get_the_same_answer(
    app: Flask, visitor: FlaskClient, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(asked: str) -> tuple[int, str]:
        response = visitor.get(f"/proef/{asked}")
        return response.status_code, response.text.replace(asked, "")

    unknown = answer("a" * 43)
    assert unknown[0] == 410
    assert GONE in unknown[1]
    start = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: start + timedelta(days=31))
    expired = answer(token)
    monkeypatch.undo()
    with app.app_context():
        write(lambda: _end(applicant_links.require_link(token).id))
    assert unknown == expired == answer(token)
    assert visitor.post(f"/proef/{token}", data={"title": "Te laat"}).status_code == 410
    assert _forms(app) == 0


def test_a_link_works_to_the_last_second(
    visitor: FlaskClient, token: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        end = db.session.scalars(select(ApplicantLink.expires_at)).one()
    for moment, status in ((end - timedelta(seconds=1), 200), (end, 410)):
        monkeypatch.setattr(clock, "real_now", lambda moment=moment: moment)
        assert visitor.get(f"/proef/{token}").status_code == status


def test_trying_tokens_has_to_wait_and_holds_nobody_else_up(
    visitor: FlaskClient, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applicant_links, "MAX_WRONG_PER_ADDRESS", 3)
    statuses = [visitor.get(f"/proef/{number:043}").status_code for number in range(4)]
    assert statuses == [410, 410, 410, 429]
    assert visitor.get(f"/proef/{token}").status_code == 200


@pytest.mark.parametrize("path", ["/proef/{}", "/proef/{}x", "/proef/{}/kapot", "/eenmalig/{}"])
def test_the_token_goes_to_no_other_place(visitor: FlaskClient, token: str, path: str) -> None:
    headers = visitor.get(path.format(token)).headers
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_token_is_not_in_the_log(visitor: FlaskClient, token: str) -> None:
    written = io.StringIO()
    before = structlog.get_config()["logger_factory"]
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=written))
    try:
        assert visitor.get(f"/proef/{token}/kapot").status_code == 500
    finally:
        structlog.configure(logger_factory=before)
    assert "broken for link 1" in written.getvalue()
    assert token not in written.getvalue()


def test_a_form_works_once_without_anybody_signed_in(
    app: Flask, visitor: FlaskClient, token: str
) -> None:
    data = {"title": "Andere titel", "idempotency_key": "een"}
    for _number in range(2):
        response = visitor.post(f"/proef/{token}", data=data)
        assert (response.status_code, response.location) == (303, f"/proef/{token}")
    assert _forms(app) == 1
    assert visitor.post(f"/proef/{token}", data={**data, "title": "Nog een"}).status_code == 303
    assert _forms(app) == 2
    with app.app_context():
        assert set(db.session.scalars(select(IdempotencyKey.url))) == {"/proef/{token}"}


def test_a_link_that_ends_while_its_form_is_sent_changes_nothing(
    app: Flask, visitor: FlaskClient, token: str
) -> None:
    response = visitor.post(f"/proef/{token}", data={"title": "Beëindigd"})
    assert response.status_code == 410
    assert GONE in response.text
    assert _forms(app) == 0


def test_a_forged_form_is_refused_and_an_own_one_is_not(
    proven: Flask, app: Flask, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(proven.config, "WTF_CSRF_ENABLED", True)
    visitor, base = proven.test_client(), "https://vpt.example"
    page = visitor.get(f"/proef/{token}", base_url=base).text
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found
    # with the policy of these pages a browser tells the origin only
    own = {"Referer": f"{base}/"}
    for guard, headers, status in (
        ("", own, 400),
        (found.group(1), {}, 400),
        (found.group(1), {"Referer": "https://elders.example/"}, 400),
        (found.group(1), own, 303),
    ):
        data = {"title": "Nieuw", "csrf_token": guard}
        response = visitor.post(f"/proef/{token}", data=data, base_url=base, headers=headers)
        assert response.status_code == status
    assert _forms(app) == 1


def test_an_expired_session_keeps_nothing_of_a_page_with_a_link(
    app: Flask, proven: Flask, token: str, sign_in: Callable[..., FlaskClient]
) -> None:
    visitor = sign_in(OFFICER, proven.test_client())
    with app.app_context(), unit_of_work() as session:
        session.query(UserSession).update({"seen_at": datetime(2020, 1, 1, tzinfo=UTC)})
    response = visitor.post(f"/proef/{token}", data={"title": "Getypt", "form_name": "TitleForm"})
    assert response.status_code == 303
    assert _forms(app) == 1
    with app.app_context():
        assert db.session.query(SavedInput).count() == 0


def test_whoever_is_signed_in_acts_by_the_link_on_its_page(
    app: Flask, proven: Flask, token: str, sign_in: Callable[..., FlaskClient]
) -> None:
    visitor = sign_in(READER, proven.test_client())
    assert visitor.post(f"/proef/{token}", data={"title": "Met de link"}).status_code == 303
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert entry is not None
        assert (entry.actor_id, entry.actor_role) == (None, APPLICANT)
