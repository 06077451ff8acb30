"""Applications: the window, completing once, the clock of the decision, receipts, history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.factories.subsidies import make_application, make_proposal, make_round, make_scheme
from vpt_regio import clock
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.roles import Role
from vpt_regio.domain.subsidy_codes import (
    ApplicationStatus,
    ProposalKind,
    ProposalStatus,
    RoundStatus,
)
from vpt_regio.errors import Conflict, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.applications import ProposalLine, SubsidyApplication
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import LinkHolder
from vpt_regio.queries.applications import decision_due, list_applications, list_pending
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.services.applications import (
    ApplicationData,
    LineData,
    application_problems,
    ask_completion,
    complete_application,
    extend_decision,
    import_application,
    record_late,
    start_application,
    submit_application,
    take_up,
    withdraw_application,
    write_application,
)
from vpt_regio.services.attachments import add_attachment, remove_attachment
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

DATA = ApplicationData(
    organisation_name="Stichting Veilig Werk",
    place="Venlo",
    contact_name="Coördinator",
    contact_email="aanvrager@vpt.example",
    title="Training aan de balie",
    description="Training geven\n\nErvaringen delen",
    hypothesis="Wie oefent, meldt vaker.",
    starts_on=date(2012, 9, 1),
    ends_on=date(2013, 8, 31),
    measure_ids=(),
    lines=(LineData("Trainers", 12_000_00), LineData("Zaalhuur", 3_000_01)),
)
OPEN_ON = date(2012, 5, 10)


@dataclass
class Scene:
    programme: Programme
    region: Region
    round: SubsidyRound
    officer: Person
    manager: Person
    measures: list[Measure]


@pytest.fixture
def scene(context: Any) -> Iterator[Scene]:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme, "limburg")
        measures = list(db.session.scalars(select(Measure).order_by(Measure.position)))
        yield Scene(
            programme,
            region,
            make_round(make_scheme(programme)),
            make_person(programme, Role.POLICY_OFFICER),
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            measures,
        )


def _applicant(application: SubsidyApplication) -> LinkHolder:
    return LinkHolder(application.id, link_id=1, name=application.organisation_name)


def _mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def _local(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=AMSTERDAM)


def _submitted(scene: Scene) -> SubsidyApplication:
    with clock.at(OPEN_ON):
        application = start_application(scene.round, DATA, actor=scene.officer)
        submit_application(application, actor=scene.officer)
    return application


def test_a_draft_keeps_what_was_written_and_counts_the_lines(scene: Scene) -> None:
    chosen = tuple(measure.id for measure in scene.measures[:2])
    data = replace(DATA, measure_ids=chosen, region_id=scene.region.id)
    first = start_application(scene.round, data, actor=scene.officer)
    second = start_application(scene.round, DATA, actor=scene.officer)
    assert (first.number, second.number) == (1, 2)
    assert first.requested_cents == 15_000_01
    assert first.points == ["Training geven", "Ervaringen delen"]
    assert [measure.id for measure in first.measures] == list(chosen)
    assert list_applications(scene.round, person=scene.manager) == [first]
    assert application_problems(first) == []


def test_a_draft_may_be_empty_but_not_wrong(scene: Scene) -> None:
    empty = ApplicationData("Stichting", "", "", "", "", "", "", None, None, (), ())
    draft = start_application(scene.round, empty, actor=scene.officer)
    assert draft.requested_cents is None
    assert {error.field for error in application_problems(draft)} == {
        "place", "contact_email", "title", "description", "starts_on", "ends_on", "lines",
    }  # fmt: skip
    wrong = replace(
        DATA,
        organisation_name="",
        contact_email="geen adres",
        ends_on=date(2012, 8, 31),
        lines=(LineData("", -1),),
        measure_ids=(0,),
        region_id=999_999,
        organisation_id=999_999,
    )
    with pytest.raises(SeveralErrors) as refusal:
        start_application(scene.round, wrong, actor=scene.officer)
    assert [error.field for error in refusal.value.errors] == [
        "organisation_name", "contact_email", "ends_on", "lines", "lines",
        "measure_ids", "region_id", "organisation_id",
    ]  # fmt: skip


def test_only_the_ministry_starts_and_not_in_a_cancelled_round(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        start_application(scene.round, DATA, actor=scene.manager)
    scene.round.status = RoundStatus.CANCELLED
    with pytest.raises(WrongState):
        start_application(scene.round, DATA, actor=scene.officer)


def test_an_applicant_writes_until_closing_and_never_moves_the_region(scene: Scene) -> None:
    data = replace(DATA, region_id=scene.region.id)
    application = start_application(scene.round, data, actor=scene.officer)
    version = application.version
    holder = _applicant(application)
    shorter = replace(DATA, title="Anders", lines=DATA.lines[:1], region_id=None)
    with clock.at(OPEN_ON):
        write_application(application, shorter, actor=holder, expected_version=version)
    assert (application.title, application.requested_cents) == ("Anders", 12_000_00)
    assert application.region_id == scene.region.id
    with pytest.raises(Conflict), clock.at(OPEN_ON):
        write_application(application, DATA, actor=holder, expected_version=version)
    with pytest.raises(WrongState, match="31-05-2012"), clock.at(date(2012, 6, 1)):
        write_application(application, DATA, actor=holder)
    other = start_application(scene.round, DATA, actor=scene.officer)
    with pytest.raises(NotAllowed), clock.at(OPEN_ON):
        write_application(other, DATA, actor=holder)


@pytest.mark.parametrize("closes_on", [date(2012, 2, 29), date(2012, 5, 31)])
@pytest.mark.parametrize("is_inclusive", [True, False])
def test_the_last_minute_of_the_window_in_winter_and_summer(
    scene: Scene, closes_on: date, is_inclusive: bool
) -> None:
    scene.round.opens_on = date(2012, 1, 10)
    scene.round.closes_on, scene.round.closing_inclusive = closes_on, is_inclusive
    last = closes_on if is_inclusive else closes_on - timedelta(days=1)
    late = start_application(scene.round, DATA, actor=scene.officer)
    with pytest.raises(Invalid) as refusal:
        submit_application(
            late, actor=scene.officer, received_at=_local(last + timedelta(days=1), 0, 0)
        )
    assert refusal.value.field == "received_at"
    assert refusal.value.params == {
        "day": closes_on.strftime("%d-%m-%Y"),
        "last": last.strftime("%d-%m-%Y"),
    }
    in_time = start_application(scene.round, DATA, actor=scene.officer)
    with clock.at(_local(last, 23, 59, 59)):
        submit_application(in_time, actor=_applicant(in_time))
    assert in_time.status is ApplicationStatus.RECEIVED
    assert in_time.received_at == _local(last, 23, 59, 59)


def test_too_early_in_the_future_or_not_open(scene: Scene) -> None:
    application = start_application(scene.round, DATA, actor=scene.officer)
    with pytest.raises(Invalid, match="02-04-2012"):
        submit_application(
            application, actor=scene.officer, received_at=_local(date(2012, 4, 1), 23, 59)
        )
    with pytest.raises(Invalid, match="toekomst"):
        submit_application(
            application, actor=scene.officer, received_at=clock.now() + timedelta(minutes=1)
        )
    scene.round.status = RoundStatus.PLANNED
    with pytest.raises(Invalid, match="nog niet opengesteld"), clock.at(OPEN_ON):
        submit_application(application, actor=scene.officer)


def test_an_applicant_cannot_say_when_it_came_in(scene: Scene) -> None:
    application = start_application(scene.round, DATA, actor=scene.officer)
    holder = _applicant(application)
    with pytest.raises(Invalid, match="Neem contact op"):
        submit_application(application, actor=holder, received_at=_local(OPEN_ON, 12, 0))


def test_a_submitted_application_has_a_receipt_and_does_not_change(scene: Scene) -> None:
    application = _submitted(scene)
    [mail] = _mails()
    assert mail.recipient == "aanvrager@vpt.example"
    for words in ("10-05-2012 om 12:00", "15.000,01", "Zaalhuur", "05-07-2012"):
        assert words in mail.body
    with pytest.raises(WrongState, match="verandert niet meer"):
        write_application(application, DATA, actor=scene.officer)
    assert list_pending(scene.officer, scene.programme) == [application]
    assert list_pending(scene.manager, scene.programme) == []


def test_too_late_is_recorded_with_the_reason_and_can_be_taken_up(scene: Scene) -> None:
    application = start_application(scene.round, DATA, actor=scene.officer)
    in_time, too_late = _local(date(2012, 5, 31), 23, 59), _local(date(2012, 6, 1), 0, 0)
    with pytest.raises(Invalid, match="op tijd"):
        record_late(application, received_at=in_time, note="Te laat.", actor=scene.officer)
    with pytest.raises(Invalid, match="Vul in"):
        record_late(application, received_at=too_late, note="", actor=scene.officer)
    record_late(application, received_at=too_late, note="De post was traag.", actor=scene.officer)
    assert application.status is ApplicationStatus.TOO_LATE
    [mail] = _mails()
    assert "De post was traag." in mail.body
    assert "tot en met 31-05-2012" in mail.body
    take_up(application, actor=scene.officer)
    assert application.status is ApplicationStatus.UNDER_ASSESSMENT


def test_the_clock_stands_still_while_the_applicant_completes(scene: Scene) -> None:
    application = _submitted(scene)
    holder = _applicant(application)
    due = decision_due(application, today=date(2012, 5, 20))
    assert due is not None
    assert due.due_on == date(2012, 7, 5)
    with clock.at(date(2012, 5, 20)):
        ask_completion(application, what="De begroting.", actor=scene.officer)
    assert application.completion_due_on == date(2012, 6, 3)
    assert "De begroting." in _mails()[-1].body
    assert "03-06-2012" in _mails()[-1].body
    assert "staat de termijn voor ons besluit stil" in _mails()[-1].body
    waiting = decision_due(application, today=date(2012, 5, 25))
    assert waiting is not None
    assert (waiting.is_paused, waiting.due_on) == (True, date(2012, 7, 10))
    with pytest.raises(Invalid, match="03-06-2012"), clock.at(date(2012, 6, 3)):
        take_up(application, actor=scene.officer)
    with clock.at(date(2012, 6, 3)):
        write_application(application, replace(DATA, title="Aangevuld"), actor=holder)
        complete_application(application, actor=holder)
    assert (application.status, application.paused_days) == (ApplicationStatus.RECEIVED, 13)
    after = decision_due(application, today=date(2012, 7, 19))
    assert after is not None
    assert (after.due_on, after.is_overdue) == (date(2012, 7, 18), True)
    with pytest.raises(Invalid, match="één keer"):
        ask_completion(application, what="Nog iets.", actor=scene.officer)


def test_after_the_term_nothing_is_completed_and_it_is_taken_up_as_it_is(scene: Scene) -> None:
    application = _submitted(scene)
    with clock.at(date(2012, 5, 20)):
        ask_completion(application, what="De begroting.", actor=scene.officer)
    holder = _applicant(application)
    with clock.at(date(2012, 6, 4)):
        with pytest.raises(Invalid, match="voorbij"):
            complete_application(application, actor=holder)
        with pytest.raises(WrongState, match="voorbij"):
            write_application(application, DATA, actor=holder)
        take_up(application, actor=scene.officer)
    assert (application.status, application.paused_days) == (
        ApplicationStatus.UNDER_ASSESSMENT,
        14,
    )


def test_asking_after_the_term_makes_no_decision_less_late(scene: Scene) -> None:
    application = _submitted(scene)
    with clock.at(date(2012, 7, 6)):
        ask_completion(application, what="De begroting.", actor=scene.officer)
    assert "staat de termijn" not in _mails()[-1].body
    with clock.at(date(2012, 7, 10)):
        complete_application(application, actor=_applicant(application))
    due = decision_due(application, today=date(2012, 7, 10))
    assert due is not None
    assert (due.due_on, due.is_overdue, due.paused_days) == (date(2012, 7, 5), True, 0)


def test_no_completion_is_asked_while_a_proposal_waits(scene: Scene) -> None:
    application = make_application(scene.round)
    make_proposal(application, ProposalKind.GRANT, author=scene.officer, amount_cents=1)
    with pytest.raises(WrongState, match="voorstel"):
        ask_completion(application, what="De begroting.", actor=scene.officer)


def test_a_line_that_was_proposed_on_stays(scene: Scene) -> None:
    application = make_application(scene.round, status=ApplicationStatus.INCOMPLETE)
    proposal = make_proposal(
        application, ProposalKind.GRANT, author=scene.officer, amount_cents=1, answer="Terug."
    )
    second = application.lines[1]
    proposal.lines.append(ProposalLine(application_line_id=second.id, granted_cents=1))
    db.session.flush()
    with pytest.raises(Invalid, match="voorstel"):
        write_application(application, replace(DATA, lines=DATA.lines[:1]), actor=scene.officer)
    write_application(application, DATA, actor=scene.officer)
    assert application.lines[1] is second
    assert second.requested_cents == 3_000_01


def test_a_later_decision_is_told_with_the_reason(scene: Scene) -> None:
    application = _submitted(scene)
    with clock.at(date(2012, 6, 20)):
        with pytest.raises(SeveralErrors):
            extend_decision(
                application, extended_to=date(2012, 7, 5), reason="", actor=scene.officer
            )
        extend_decision(
            application,
            extended_to=date(2012, 8, 1),
            reason="Er wordt advies gevraagd.",
            actor=scene.officer,
        )
    due = decision_due(application, today=date(2012, 7, 16))
    assert due is not None
    assert (due.due_on, due.is_overdue) == (date(2012, 8, 1), False)
    assert application.extension_noticed_on == date(2012, 6, 20)
    assert "Er wordt advies gevraagd." in _mails()[-1].body
    draft = start_application(scene.round, DATA, actor=scene.officer)
    with pytest.raises(WrongState):
        extend_decision(draft, extended_to=date(2012, 9, 1), reason="Later.", actor=scene.officer)


def test_withdrawing_asks_a_reason_and_ends_the_clock(scene: Scene) -> None:
    application = _submitted(scene)
    with pytest.raises(Invalid):
        withdraw_application(application, note="", actor=_applicant(application))
    proposal = make_proposal(application, ProposalKind.GRANT, author=scene.officer, amount_cents=1)
    db.session.refresh(application)
    withdraw_application(application, note="Geen tijd.", actor=_applicant(application))
    assert application.status is ApplicationStatus.WITHDRAWN
    assert proposal.status is ProposalStatus.WITHDRAWN
    assert decision_due(application) is None
    with pytest.raises(WrongState):
        take_up(application, actor=scene.officer)
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last is not None
    assert (last.actor_id, last.actor_role) == (None, "applicant")


def test_history_keeps_what_a_source_tells_and_nothing_more(scene: Scene) -> None:
    bare = replace(DATA, contact_email="", starts_on=None, ends_on=None, lines=(), title="")
    kept = import_application(
        scene.round,
        bare,
        declared_outcome=ApplicationStatus.GRANTED_SOME,
        declared_cents=9_300_00,
        declared=FuzzyDate.parse("november 2011"),
        declared_source="Brief van november 2011, bijlage",
        actor=scene.officer,
    )
    assert (kept.requested_cents, kept.declared_cents) == (None, 9_300_00)
    assert kept.status is ApplicationStatus.GRANTED_SOME
    assert kept.received_at is None
    assert kept.declared is not None
    assert kept.declared.display() == "november 2011"
    assert decision_due(kept) is None
    with pytest.raises(SeveralErrors) as refusal:
        import_application(
            scene.round,
            bare,
            declared_outcome=ApplicationStatus.RECEIVED,
            declared_cents=5,
            declared=None,
            declared_source="",
            actor=scene.officer,
        )
    assert [error.field for error in refusal.value.errors] == [
        "declared_outcome", "declared_source", "declared_cents",
    ]  # fmt: skip
    with pytest.raises(Invalid, match="niet meer"):
        import_application(
            scene.round,
            DATA,
            declared_outcome=ApplicationStatus.GRANTED,
            declared_cents=15_000_02,
            declared=None,
            declared_source="Brief",
            actor=scene.officer,
        )


def test_documents_go_with_writing_and_nothing_handed_in_is_erased(scene: Scene) -> None:
    application = start_application(scene.round, DATA, actor=scene.officer)
    holder = _applicant(application)
    with clock.at(OPEN_ON):
        first = add_attachment(application, file_name="a.pdf", content=b"%PDF-1", actor=holder)
        second = add_attachment(application, file_name="b.pdf", content=b"%PDF-2", actor=holder)
        with pytest.raises(Invalid, match="al toegevoegd"):
            add_attachment(application, file_name="c.pdf", content=b"%PDF-1", actor=holder)
        remove_attachment(first, actor=holder)
        with pytest.raises(WrongState):
            remove_attachment(first, actor=holder)
        assert list_attachments(application) == [second]
        assert first.content == b"%PDF-1"
        submit_application(application, actor=holder)
    with pytest.raises(WrongState):
        remove_attachment(second, actor=holder)
    other = start_application(scene.round, DATA, actor=scene.officer)
    with pytest.raises(NotAllowed), clock.at(OPEN_ON):
        add_attachment(other, file_name="a.pdf", content=b"%PDF-1", actor=holder)
