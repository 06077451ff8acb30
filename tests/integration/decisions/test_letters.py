"""Letters of decisions and their templates: what they say, made once, and kept."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.factories.action_plans import assess, make_approved, make_in_review, make_stage
from tests.factories.people import make_person
from vpt_regio import clock
from vpt_regio.documents.default_template import default_template
from vpt_regio.documents.fields import Field
from vpt_regio.documents.package import pack, unpack
from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionLetter, DocumentTemplate
from vpt_regio.models.remarks import Remark
from vpt_regio.services.decision_letters import keep_letter, letter_fields, render_letter
from vpt_regio.services.decisions import refuse_plan, reopen_plan
from vpt_regio.uow import unit_of_work

OFFICER = "beleid@vpt.example"


def _last() -> Decision:
    return db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()


def _text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(node.text for node in document.element.body.iter() if node.text)


@pytest.mark.usefixtures("context")
def test_a_letter_tells_what_was_decided() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        db.session.add(
            Remark(
                plan_version_id=version.id,
                section=PlanSection.APPROACH,
                weight=RemarkWeight.COULD,
                body="Noem ook de scholen.",
                author_id=stage.manager.id,
                made_on=date(2012, 7, 1),
            )
        )
        db.session.add(
            Remark(
                plan_version_id=version.id,
                section=PlanSection.APPROACH,
                weight=RemarkWeight.COULD,
                body="Van na het besluit.",
                author_id=stage.manager.id,
                made_on=date(2012, 7, 17),
            )
        )
    fields = letter_fields(_last())
    assert fields[Field.DATE] == "16 juli 2012"
    assert fields[Field.AMOUNT] == "€ 80.000,-".replace(" ", "\u00a0")
    assert fields[Field.AUTHORITY] == "krachtens mandaat Mandaatbesluit 2012 van de minister"
    assert fields[Field.ON_BEHALF_OF] == "Namens de minister,"
    assert "27 augustus 2012" in fields[Field.OBJECTION]
    assert "meer dan toereikend" in fields[Field.SUFFICIENCY]
    assert "Noem ook de scholen." in fields[Field.REMARKS]
    assert "Van na het besluit." not in fields[Field.REMARKS]
    assert "versie 1 van het plan van aanpak" in fields[Field.TEXT]
    assert fields[Field.TEXT].endswith("Akkoord")
    letter = _text_of(render_letter(_last())[0])
    for value in fields.values():
        for line in value.split("\n"):
            assert line in letter


@pytest.mark.usefixtures("context")
def test_a_letter_names_what_it_takes_back_and_what_is_not_final() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        adopted = db.session.scalars(select(Decision).order_by(Decision.id)).first()
        reopen_plan(version, note="Het bedrag klopt niet.", actor=stage.manager)
        other = make_in_review(make_stage("groningen", programme=stage.programme))
    taken_back = letter_fields(_last())
    assert "besluit VPT-2012-0002 over versie 1" in taken_back[Field.TEXT]
    assert taken_back[Field.REMARKS] == ""
    assert adopted is not None
    assert "bereidt een besluit" in letter_fields(adopted)[Field.OBJECTION]
    with unit_of_work():
        refuse_plan(other, note="Past niet.", actor=stage.holder)
    refused = letter_fields(_last())
    assert "geweigerd namens de minister" in refused[Field.TEXT]
    assert refused[Field.SUFFICIENCY] == ""


@pytest.mark.usefixtures("context")
def test_a_letter_tells_no_test_of_after_its_decision() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
    decision = _last()
    assert letter_fields(decision)[Field.SUFFICIENCY] != ""
    with unit_of_work(), clock.at(clock.today() + timedelta(days=1)):
        reopen_plan(version, note="Het bedrag klopt niet.", actor=stage.manager)
        assess(version, stage)
    assert letter_fields(decision)[Field.SUFFICIENCY] == ""


@pytest.mark.usefixtures("context")
def test_a_letter_is_kept_once_and_never_changes() -> None:
    with unit_of_work():
        stage = make_stage()
        make_approved(stage)
    decision = _last()
    content, template = render_letter(decision)
    assert template == hashlib.sha256(default_template()).hexdigest()
    with unit_of_work():
        first = keep_letter(decision, content=content, template_sha256=template, actor=stage.leader)
        # the one who came second made other bytes, and gets those of the first
        second = keep_letter(
            decision, content=b"anders", template_sha256=template, actor=stage.manager
        )
    assert second is first
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work():
        db.session.execute(text("UPDATE decision_letter SET sha256 = ''"))


def test_a_letter_is_downloaded_as_the_same_bytes_again(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_approved(stage)
        address = f"/besluiten/{_last().id}/brief"
        people = [stage.leader.email, stage.manager.email]
        elsewhere = make_stage("groningen", programme=stage.programme).leader.email
    leader, manager = (sign_in(email) for email in people)
    # nobody asked for it yet, and reading does not make it
    assert leader.get(address).status_code == 303
    assert leader.post(address).status_code == 303
    assert manager.post(address).status_code == 303
    one, two = leader.get(address), manager.get(address)
    assert one.status_code == 200
    assert one.data == two.data
    assert one.headers["Content-Disposition"] == "attachment; filename=VPT-2012-0002.docx"
    assert one.headers["X-Content-Type-Options"] == "nosniff"
    assert "wordprocessingml" in one.content_type
    assert "VPT-2012-0002" in _text_of(one.data)
    assert sign_in(elsewhere).get(address).status_code == 404
    with app.app_context():
        assert len(db.session.scalars(select(DecisionLetter.id)).all()) == 1


def test_a_template_is_replaced_for_letters_to_come(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_approved(stage)
        make_person(stage.programme, Role.POLICY_OFFICER, email=OFFICER)
        address = f"/besluiten/{_last().id}/brief"
        leader = stage.leader.email
    parts = unpack(default_template())
    body = parts["word/document.xml"].decode().replace("Gaat over", "Betreft")
    own = pack({**parts, "word/document.xml": body.encode()})
    officer = sign_in(OFFICER)
    assert "standaardbrief" in officer.get("/beheer/sjablonen").text
    assert officer.get("/beheer/sjablonen/standaard/bestand").data == default_template()

    def upload(content: bytes, name: str = "brief.docx", kind: str = "plan_approved") -> int:
        data = {"kind": kind, "file": (io.BytesIO(content), name)}
        return officer.post("/beheer/sjablonen", data=data).status_code

    broken = officer.post(
        "/beheer/sjablonen",
        data={
            "kind": "plan_approved",
            "file": (io.BytesIO(own.replace(b"PK", b"XX")), "kapot.docx"),
        },
    )
    assert broken.status_code == 422
    assert "geen Word-document" in broken.text
    assert upload(b"") == 422
    empty = officer.post("/beheer/sjablonen", data={"kind": "plan_approved"})
    assert empty.status_code == 422
    assert "Kies een bestand." in empty.text
    assert "(optioneel)" not in empty.text
    assert upload(own, kind="") == 422
    assert upload(own, "../<b>brief</b>.docx") == 303
    page = officer.get("/beheer/sjablonen").text
    assert "b&gt;.docx" in page
    assert "<b>" not in page
    with app.app_context():
        template = db.session.scalars(select(DocumentTemplate)).one()
        number, sha256 = template.id, template.sha256
    assert officer.get(f"/beheer/sjablonen/{number}/bestand").data == own
    assert sign_in(leader).post(address).status_code == 303
    letter = sign_in(leader).get(address).data
    assert "Betreft" in _text_of(letter)
    with app.app_context():
        assert db.session.scalars(select(DecisionLetter.template_sha256)).one() == sha256
    assert sign_in(leader).get("/beheer/sjablonen").status_code == 403
