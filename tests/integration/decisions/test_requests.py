"""Asking a mandate holder to decide: who sees it, what answers it, and what is refused."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.factories.action_plans import make_adopted, make_approved, make_in_review, make_stage
from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import DomainError, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.decisions import DecisionRequest
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.queries.decision_requests import open_request
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.decision_requests import request_decision, send_back
from vpt_regio.services.decisions import approve_plan, refuse_plan
from vpt_regio.uow import unit_of_work

APPROVE, REFUSE = Permission.ACTION_PLAN_APPROVE, Permission.ACTION_PLAN_REFUSE
MANAGER, HOLDER = "manager.limburg@vpt.example", "mandaat.limburg@vpt.example"


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _titles(person: Person, part: str = "to_do") -> list[str]:
    titles = [item.title % item.params for item in getattr(my_work(person), part)]
    return [title for title in titles if title.startswith("Besluiten")]


@pytest.mark.usefixtures("context")
def test_a_refusal_is_asked_for_seen_and_given() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        request = request_decision(
            version, permission=REFUSE, note="Past niet bij de regio.", actor=stage.manager
        )
    expected = f"Besluiten: plan van aanpak {stage.region.name} afwijzen"
    assert _titles(stage.holder) == [expected]
    assert _titles(stage.manager) == []
    assert len(_titles(stage.manager, "waiting")) == 1
    message = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert message is not None
    assert message.recipient == HOLDER
    assert "Past niet bij de regio." in message.body
    with unit_of_work():
        decision = refuse_plan(version, note="Past niet.", actor=stage.holder)
    assert (request.decision, request.closed_by) == (decision, stage.holder)
    assert _titles(stage.holder) == []
    assert open_request(version) is None


@pytest.mark.usefixtures("context")
def test_an_amount_above_the_mandate_is_put_before_who_may_decide() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_adopted(stage, cents=100_000_01)
        request_decision(version, permission=APPROVE, note="Te hoog voor mij.", actor=stage.manager)
    assert len(_titles(stage.holder)) == 1
    with unit_of_work():
        approve_plan(version, actor=stage.holder)
    assert open_request(version) is None


@pytest.mark.usefixtures("context")
def test_who_may_decide_or_asks_twice_or_too_early_is_told_so() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_adopted(stage)
    own = _refused(
        lambda: request_decision(version, permission=APPROVE, note="x", actor=stage.manager)
    )
    assert (own.field, "zelf" in str(own)) == ("permission", True)
    empty = _refused(
        lambda: request_decision(version, permission=APPROVE, note=" ", actor=stage.manager)
    )
    assert isinstance(empty, SeveralErrors)
    assert [part.field for part in empty.errors] == ["permission", "note"]
    by_leader = _refused(
        lambda: request_decision(version, permission=REFUSE, note="x", actor=stage.leader)
    )
    assert by_leader.status == 403
    with unit_of_work():
        request_decision(version, permission=REFUSE, note="Past niet.", actor=stage.manager)
    again = _refused(
        lambda: request_decision(version, permission=REFUSE, note="x", actor=stage.manager)
    )
    assert "al een verzoek" in str(again)
    with unit_of_work():
        other = make_stage("groningen", programme=stage.programme)
        early = make_in_review(other)
    too_early = _refused(
        lambda: request_decision(early, permission=APPROVE, note="x", actor=other.manager)
    )
    assert too_early.status == 409
    with unit_of_work():
        db.session.execute(text("DELETE FROM mandate WHERE permission = 'action_plan:refuse'"))
    nobody = _refused(
        lambda: request_decision(early, permission=REFUSE, note="x", actor=other.manager)
    )
    assert "Niemand heeft" in str(nobody)


@pytest.mark.usefixtures("context")
def test_a_request_is_sent_back_by_a_mandate_holder_or_taken_back() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        request = request_decision(version, permission=REFUSE, note="x", actor=stage.manager)
    assert _refused(lambda: send_back(request, answer=" ", actor=stage.holder)).field == "answer"
    assert _refused(lambda: send_back(request, answer="x", actor=stage.leader)).status == 403
    with unit_of_work():
        send_back(request, answer="Stuur het eerst terug.", actor=stage.holder)
    assert (request.answer, request.decision) == ("Stuur het eerst terug.", None)
    assert "afgehandeld" in str(
        _refused(lambda: send_back(request, answer="x", actor=stage.holder))
    )
    with unit_of_work():
        second = request_decision(version, permission=REFUSE, note="y", actor=stage.manager)
        send_back(second, answer="Niet meer nodig.", actor=stage.manager)
    assert open_request(version) is None


def test_the_pages_of_a_request(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        plan = f"/plannen/{version.action_plan_id}"
        leader = stage.leader.email
    manager, holder = sign_in(MANAGER), sign_in(HOLDER)
    assert f"{plan}/voorleggen" in manager.get(plan).text
    assert f"{plan}/voorleggen" not in holder.get(plan).text
    wrong = manager.post(f"{plan}/voorleggen", data={"note": "Mijn tekst"})
    assert wrong.status_code == 422
    assert "Mijn tekst" in wrong.text
    asked = manager.post(
        f"{plan}/voorleggen", data={"permission": REFUSE.value, "note": "Past niet in de aanpak."}
    )
    assert asked.status_code == 303
    page = holder.get(plan).text
    assert "Past niet in de aanpak." in page
    assert f"{plan}/verzoek-terugsturen" in page
    assert "Past niet in de aanpak." not in sign_in(leader).get(plan).text
    assert "Besluiten: plan van aanpak" in holder.get("/mijn-werk").text
    assert "Past niet" in holder.get(f"{plan}/verzoek-terugsturen").text
    back = holder.post(f"{plan}/verzoek-terugsturen", data={"answer": "Eerst terugsturen."})
    assert back.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(DecisionRequest.answer)).all() == ["Eerst terugsturen."]


def test_a_decision_is_taken_back_on_its_page(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        version = make_approved(make_stage())
        plan = f"/plannen/{version.action_plan_id}"
    manager = sign_in(MANAGER)
    assert f"{plan}/besluit-terugnemen" in manager.get(plan).text
    assert "Reden waarom" in manager.get(f"{plan}/besluit-terugnemen").text
    assert manager.post(f"{plan}/besluit-terugnemen", data={"note": ""}).status_code == 422
    done = manager.post(f"{plan}/besluit-terugnemen", data={"note": "Bedrag klopt niet."})
    assert done.status_code == 303
    assert "in behandeling" in manager.get(plan).text
    again = manager.post(f"{plan}/besluit-terugnemen", data={"note": "Nog eens."})
    assert again.status_code == 409
    assert "Nog eens." in again.text
