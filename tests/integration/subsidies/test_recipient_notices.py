"""Who must act on a notice or a final report, or waits for an answer, gets a message."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.subsidies.pilot_stage import PilotStage
from vpt_regio.domain.subsidy_codes import NoticeKind
from vpt_regio.extensions import db
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.pilot_reports import ChangeNotice
from vpt_regio.policies import Actor
from vpt_regio.services.final_reports import (
    FinalReportData,
    accept_final_report,
    return_final_report,
    submit_final_report,
    write_final_report,
)
from vpt_regio.services.pilot_notices import answer_notice, give_notice
from vpt_regio.uow import unit_of_work

NEW_END = date(2013, 10, 31)


@pytest.fixture
def stage(context: Flask) -> Iterator[PilotStage]:
    with unit_of_work():
        yield PilotStage()


def messages() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def recipient_of(stage: PilotStage) -> str:
    assert stage.pilot.application is not None
    return stage.pilot.application.contact_email


def delay(stage: PilotStage, actor: Actor) -> ChangeNotice:
    return give_notice(
        stage.pilot,
        NoticeKind.DELAY,
        explanation="De trainer is ziek.",
        proposed_end_on=NEW_END,
        actor=actor,
    )


def test_a_notice_goes_to_the_officers_and_its_answer_to_the_recipient(stage: PilotStage) -> None:
    stage.pilot.arrangement = 2
    notice = delay(stage, stage.holder())
    told = messages()
    assert {one.recipient for one in told} == {stage.officer.email, stage.colleague.email}
    assert len(told) == 2
    assert "De trainer is ziek." in told[0].body
    assert f"/pilots/{stage.pilot.id}/meldingen/{notice.id}" in told[0].body
    answer_notice(notice, answer="Beterschap gewenst.", is_agreed=True, actor=stage.officer)
    (answer,) = messages()[2:]
    assert answer.recipient == recipient_of(stage)
    assert answer.subject == "Uw pilot: antwoord op uw melding"
    for words in ("Wij zijn akkoord.", "Beterschap gewenst.", "31-10-2013", "30-01-2014"):
        assert words in answer.body


def test_who_tells_gets_no_message_of_it(stage: PilotStage) -> None:
    report = write_final_report(
        stage.pilot, FinalReportData(results="Minder incidenten."), actor=stage.leader
    )
    notice = delay(stage, stage.leader)
    answer_notice(notice, answer="Niet nodig.", is_agreed=False, actor=stage.officer)
    answer = messages()[-1]
    assert "Wij zijn niet akkoord." in answer.body
    assert "De laatste dag van de pilot is nu" not in answer.body
    before = len(messages())
    submit_final_report(report, actor=stage.leader)
    return_final_report(report, note="Noem de aantallen.", actor=stage.officer)
    submit_final_report(report, actor=stage.holder())
    accept_final_report(report, actor=stage.colleague)
    officers = [(stage.officer.email, "ingediend"), (stage.colleague.email, "ingediend")]
    told = [(one.recipient, one.subject.rsplit(" ", 1)[-1]) for one in messages()[before:]]
    assert sorted(told[:2]) == sorted(told[3:5]) == sorted(officers)
    assert told[2] == (recipient_of(stage), "teruggestuurd")
    assert told[5:] == [(recipient_of(stage), "aangenomen")]
    assert "Noem de aantallen." in messages()[before + 2].body


def test_without_an_address_nothing_is_sent(stage: PilotStage) -> None:
    assert stage.pilot.application is not None
    stage.pilot.application.contact_email = ""
    notice = delay(stage, stage.leader)
    before = len(messages())
    answer_notice(notice, answer="Goed.", is_agreed=True, actor=stage.officer)
    assert len(messages()) == before
