"""Making periods, their deadlines, and the steps towards the letter."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.factories.freezing import (
    freeze_with_explanations,
    register_letter_today,
    send_half_year,
)
from tests.factories.people import make_person
from tests.factories.periods import (
    LETTER_ON,
    make_collecting,
    make_officer,
    make_period,
    make_season,
)
from tests.factories.regions import make_programme, make_region
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back
from vpt_regio.domain.rules.periods import Oddity
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import (
    Conflict,
    DuplicateValue,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import find_oddities
from vpt_regio.services.periods import (
    close_period,
    create_period,
    edit_deadlines,
    edit_period,
    open_period,
    send_letter,
    start_collecting,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _edit(period: ReportingPeriod, **changes: object) -> ReportingPeriod:
    fields = ("code", "name", "sequence_no", "starts_on", "ends_on", "letter_on")
    values = {field: getattr(period, field) for field in fields}
    return edit_period(period, **{**values, **changes})


def test_deadlines_are_counted_back_from_the_letter() -> None:
    with unit_of_work():
        programme = make_programme()
        period = make_period(programme, make_officer(programme))
    assert {d.kind: d.due_on for d in period.deadlines} == count_back(LETTER_ON)


def test_the_period_of_seven_months_fits() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        period = make_period(
            programme,
            officer,
            "2011-2",
            starts_on=date(2011, 6, 1),
            ends_on=date(2011, 12, 31),
            letter_on=date(2012, 3, 15),
        )
        make_period(
            programme, officer, "2011-1", starts_on=date(2011, 1, 1), ends_on=date(2011, 6, 30)
        )
    assert period.due_on(DeadlineKind.REPORTS_SUBMITTED) == date(2012, 1, 19)
    assert [found.kind for found in find_oddities(period)] == [Oddity.OVERLAP]


def test_every_problem_is_named_at_its_field() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
    with pytest.raises(SeveralErrors) as caught, unit_of_work():
        create_period(
            programme,
            code="2012/1",
            name="",
            sequence_no=-8,
            starts_on=date(2012, 6, 30),
            ends_on=date(2012, 6, 30),
            letter_on=date(2012, 6, 30),
            actor=officer,
        )
    fields = [error.field for error in caught.value.errors]
    assert fields == ["code", "name", "sequence_no", "ends_on", "letter_on"]


@pytest.mark.parametrize("code", ["nieuw", "2012-1"])
def test_a_code_that_is_taken_is_refused(code: str) -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        make_period(programme, officer)
    with pytest.raises(Invalid if code == "nieuw" else DuplicateValue) as caught, unit_of_work():
        make_period(programme, officer, code)
    assert caught.value.field == "code"


def test_only_the_ministry_makes_periods() -> None:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        manager = make_person(programme, Role.ACCOUNT_MANAGER, region=region)
    with pytest.raises(NotAllowed), unit_of_work():
        make_period(programme, manager)


def test_a_new_letter_date_moves_what_nobody_moved_by_hand() -> None:
    by_hand, later = date(2012, 7, 30), LETTER_ON + timedelta(weeks=1)
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        period = make_period(programme, officer)
        edit_deadlines(period, {DeadlineKind.REPORTS_SUBMITTED: by_hand}, actor=officer)
        _edit(period, letter_on=later, actor=officer)
    db.session.expire_all()
    assert period.due_on(DeadlineKind.REPORTS_SUBMITTED) == by_hand
    assert period.due_on(DeadlineKind.LETTER_SENT) == later
    assert period.due_on(DeadlineKind.MINISTER_FILE) == later - timedelta(weeks=1)
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions == ["period.created", "period.deadline_changed", "period.changed"]


def test_a_deadline_after_the_letter_is_refused_at_its_field() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        period = make_period(programme, officer)
    too_late = {DeadlineKind.COORDINATED: LETTER_ON + timedelta(days=1)}
    with pytest.raises(Invalid) as caught, unit_of_work():
        edit_deadlines(period, too_late, actor=officer)
    assert caught.value.field == "coordinated"


def test_a_changed_deadline_makes_the_version_stale() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        period = make_period(programme, officer)
    seen = period.version
    with unit_of_work():
        edit_deadlines(period, {DeadlineKind.COORDINATED: date(2012, 8, 20)}, actor=officer)
    with pytest.raises(Conflict), unit_of_work():
        _edit(period, name="Anders", actor=officer, expected_version=seen)


def test_the_code_stays_once_the_period_is_open() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        period = make_period(programme, officer)
        open_period(period, actor=officer)
    with pytest.raises(WrongState) as caught, unit_of_work():
        _edit(period, code="2012-A", actor=officer)
    assert caught.value.field == "code"


def test_collecting_invites_each_project_leader_of_an_active_region() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        active, merged = make_region(programme), make_region(programme, "oud")
        merged.status = RegionStatus.MERGED
        for region in (active, merged):
            make_person(
                programme, Role.PROJECT_LEADER, region=region, email=f"{region.code}@vpt.example"
            )
        left = make_person(programme, Role.PROJECT_LEADER, region=active, ends_on=date(2012, 7, 15))
        period = make_period(programme, officer)
        open_period(period, actor=officer)
        count = start_collecting(period, actor=officer, address="https://vpt.example/halfjaren")
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert count == 1
    assert [message.recipient for message in messages] == ["limburg@vpt.example"]
    assert "21-07-2012" in messages[0].body
    assert "https://vpt.example/halfjaren" in messages[0].body
    assert left.email not in [message.recipient for message in messages]


def test_one_period_collects_at_a_time() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        make_collecting(programme, officer)
        other = make_period(programme, officer, "2012-2")
        open_period(other, actor=officer)
    with pytest.raises(WrongState, match="2012-1"), unit_of_work():
        start_collecting(other, actor=officer)
    # the database itself holds the rule too
    with pytest.raises(DuplicateValue), unit_of_work() as session:
        session.execute(
            update(ReportingPeriod)
            .where(ReportingPeriod.id == other.id)
            .values(status=PeriodStatus.COLLECTING)
        )


def test_the_letter_is_sent_once_and_then_nothing_changes() -> None:
    with unit_of_work():
        season = make_season(with_plan=False)
        period, officer = season.period, season.officer
    with pytest.raises(WrongState, match="uitvraag loopt"), unit_of_work(), clock.at(LETTER_ON):
        send_letter(period, actor=officer)
    with unit_of_work(), clock.at(LETTER_ON):
        send_half_year(period, officer)
        close_period(period, actor=officer)
    assert period.status is PeriodStatus.CLOSED
    with pytest.raises(WrongState), unit_of_work():
        _edit(period, name="Anders", actor=officer)
    with pytest.raises(WrongState), unit_of_work():
        close_period(period, actor=officer)


@pytest.mark.parametrize("planned_on", [None, LETTER_ON])
def test_a_letter_may_go_out_before_the_day_planned_for_it(planned_on: date | None) -> None:
    with unit_of_work():
        season = make_season(with_plan=False)
        period, officer = season.period, season.officer
        _edit(period, letter_on=planned_on, actor=officer)
        freeze_with_explanations(period, officer)
    # a frozen half-year does not change, so the planned day may not stand in the way
    with pytest.raises(Invalid, match="Registreer eerst de brief"), unit_of_work():
        send_letter(period, actor=officer)
    with unit_of_work(), clock.at(clock.today() + timedelta(days=1)):
        register_letter_today(period, officer)
    with unit_of_work(), clock.at(clock.today() + timedelta(days=3)):
        send_letter(period, actor=officer)
    assert period.status is PeriodStatus.SENT
    sent = db.session.scalars(
        select(TransitionRecord).where(TransitionRecord.transition == "send")
    ).one()
    assert sent.effective_on == clock.today() + timedelta(days=1)


def test_a_frozen_period_says_so() -> None:
    with unit_of_work():
        season = make_season(with_plan=False)
        season.period.status = PeriodStatus.FROZEN
    with pytest.raises(PeriodFrozen), unit_of_work():
        _edit(season.period, name="Anders", actor=season.officer)
