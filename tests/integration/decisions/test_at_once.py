"""Two people at once: one decision, one replacement, one letter."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories.action_plans import make_approved, make_stage
from vpt_regio.extensions import db
from vpt_regio.models.decisions import Decision, DecisionLetter
from vpt_regio.uow import unit_of_work

MANAGER, HOLDER = "manager.limburg@vpt.example", "mandaat.limburg@vpt.example"


@pytest.fixture
def decision_id(app: Flask) -> int:
    with app.app_context(), unit_of_work():
        make_approved(make_stage())
        number: int = db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first()
        return number


def _at_once(*works: Callable[[], object]) -> None:
    gate = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        work()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_two_who_ask_for_a_letter_get_the_same_bytes(
    app: Flask, sign_in: Callable[..., FlaskClient], decision_id: int
) -> None:
    answers: list[bytes] = []

    def ask(client: FlaskClient) -> Callable[[], None]:
        address = f"/besluiten/{decision_id}/brief"

        def make_and_read() -> None:
            client.post(address)
            answers.append(client.get(address).data)

        return make_and_read

    _at_once(*(ask(sign_in(email)) for email in (MANAGER, HOLDER)))
    assert len(answers) == 2
    assert answers[0] == answers[1]
    with app.app_context():
        assert db.session.scalars(select(DecisionLetter.content)).all() == answers[:1]


def test_of_two_who_replace_a_decision_one_is_told_so(
    app: Flask, sign_in: Callable[..., FlaskClient], decision_id: int
) -> None:
    answers: list[tuple[int, str]] = []

    def replace(client: FlaskClient, note: str) -> Callable[[], None]:
        def send() -> None:
            data = {"note": note, "reason": "De termijn ontbrak."}
            answer = client.post(f"/besluiten/{decision_id}/vervangen", data=data)
            answers.append((answer.status_code, answer.text))

        return send

    texts = {MANAGER: "Tekst van de een", HOLDER: "Tekst van de ander"}
    _at_once(*(replace(sign_in(email), note) for email, note in texts.items()))
    statuses = sorted(status for status, _page in answers)
    assert statuses == [303, 409]
    (refused,) = (page for status, page in answers if status == 409)
    assert "al vervangen door" in refused
    assert any(note in refused for note in texts.values())
    with app.app_context():
        replaced = select(Decision).where(Decision.replaces_id == decision_id)
        assert len(db.session.scalars(replaced).all()) == 1
