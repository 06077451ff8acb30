"""Whoever must act on a report, or waits for it, gets a message; who did it does not."""

import pytest
from sqlalchemy import select

from tests.factories.periods import make_season, make_submitted_report
from vpt_regio.extensions import db
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.services.reports import accept_report, return_report, submit_report
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _messages() -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(OutboxMessage.recipient, OutboxMessage.subject)
        .where(OutboxMessage.subject.startswith("Rapportage"))
        .order_by(OutboxMessage.id)
    )
    return [(row.recipient, row.subject.rsplit(" ", 1)[-1]) for row in rows]


def test_each_step_of_a_report_tells_the_other_side() -> None:
    with unit_of_work():
        season = make_season()
        leader, manager = season.stage.leader, season.stage.manager
        report = make_submitted_report(season)
        return_report(report, note="Noem cijfers.", actor=manager)
        submit_report(report, actor=leader)
        accept_report(report, actor=manager)
        expected = [
            (manager.email, "ingediend"),
            (leader.email, "teruggestuurd"),
            (manager.email, "ingediend"),
            (leader.email, "aangenomen"),
        ]
    assert _messages() == expected


def test_the_message_of_a_return_says_what_must_be_better() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        return_report(report, note="Noem cijfers.", actor=season.stage.manager)
    body = db.session.scalars(
        select(OutboxMessage.body).where(OutboxMessage.subject.endswith("teruggestuurd"))
    ).one()
    assert "Noem cijfers." in body
    assert "/halfjaren/" in body
