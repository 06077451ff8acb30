"""Booking hours: per week, on one's own appointment, while the half-year is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from tests.factories.covenants import make_appointment, make_covenant, make_half_year
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import Conflict, DuplicateValue, Invalid, NotAllowed, PeriodFrozen
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours import HoursOverview, hours_overview
from vpt_regio.queries.region_books import find_span, list_spans
from vpt_regio.services.hours import book_hours, change_hours, hours_in_words
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)
LOCKED = [PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED]


@dataclass
class Stage:
    programme: Programme
    region: Region
    leader: Person
    deputy: Person
    manager: Person
    own: ProjectLeaderAppointment
    standing_in: ProjectLeaderAppointment


@pytest.fixture
def stage(context: Any) -> Iterator[Stage]:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region)
        deputy = make_person(programme, Role.PROJECT_LEADER, region=region)
        make_covenant(region)
        yield Stage(
            programme,
            region,
            leader,
            deputy,
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
            make_appointment(region, leader, ends_on=date(2012, 12, 31)),
            make_appointment(region, deputy, is_deputy=True),
        )


def book(stage: Stage, week: int, **changes: Any) -> HoursEntry:
    values: dict[str, Any] = {
        "iso_year": 2012,
        "iso_week": week,
        "quarters": 80,
        "actor": stage.leader,
    }
    appointment = changes.pop("appointment", stage.own)
    return book_hours(appointment, **{**values, **changes})


def overview(stage: Stage, code: str = "2012-1") -> HoursOverview:
    span = find_span(stage.programme.id, code)
    assert span is not None
    return hours_overview(stage.region, span, today=TODAY)


def test_a_week_is_booked_on_its_thursday(stage: Stage) -> None:
    entry = book(stage, 23, quarters=30)
    assert entry.thursday_on == date(2012, 6, 7)
    recorded = db.session.query(AuditEntry).one()
    assert recorded.action == "hours.booked"
    assert recorded.detail is not None
    assert recorded.detail.details == {"week": "2012-W23", "hours": "7,5", "note": ""}


@pytest.mark.parametrize(("quarters", "words"), [(0, "0"), (80, "20"), (30, "7,5"), (13, "3,25")])
def test_hours_in_words(quarters: int, words: str) -> None:
    assert hours_in_words(quarters) == words


@pytest.mark.parametrize(("quarters", "message"), [(-1, "niet negatief"), (241, "hoogstens 60")])
def test_hours_lie_between_nothing_and_sixty(stage: Stage, quarters: int, message: str) -> None:
    with pytest.raises(Invalid, match=message) as caught:
        book(stage, 23, quarters=quarters)
    assert caught.value.field == "quarters"
    assert book(stage, 23, quarters=240).quarters == 240
    assert book(stage, 24, quarters=0).quarters == 0


def test_a_week_that_does_not_exist_is_refused(stage: Stage) -> None:
    with pytest.raises(Invalid, match="geen week 53") as caught:
        book(stage, 53)
    assert caught.value.field == "week"


def test_a_week_must_have_begun(stage: Stage) -> None:
    with pytest.raises(Invalid, match="moet nog beginnen"):
        book(stage, 30)
    # 16 July is the Monday of week 29
    assert book(stage, 29).iso_week == 29


def test_a_week_lies_within_the_appointment(stage: Stage) -> None:
    with pytest.raises(Invalid, match="valt buiten uw aanstelling"):
        book(stage, 51, iso_year=2011)
    # week 52 of 2011 ends on the first day of the appointment
    assert book(stage, 52, iso_year=2011).thursday_on == date(2011, 12, 29)


def test_a_week_is_booked_once_per_appointment(stage: Stage) -> None:
    book(stage, 23)
    with pytest.raises(DuplicateValue, match="al uren geboekt") as caught:
        book(stage, 23)
    assert caught.value.field == "week"
    book(stage, 23, appointment=stage.standing_in, actor=stage.deputy)


def test_only_on_ones_own_appointment(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="alleen uw eigen uren"):
        book(stage, 23, actor=stage.deputy)
    with pytest.raises(NotAllowed, match="geen recht"):
        book(stage, 23, actor=stage.manager)
    entry = book(stage, 23)
    with pytest.raises(NotAllowed, match="alleen uw eigen uren"):
        change_hours(entry, quarters=4, actor=stage.deputy)


def test_a_change_keeps_the_old_value_on_record(stage: Stage) -> None:
    entry = book(stage, 23)
    change_hours(entry, quarters=60, note="verlof", actor=stage.leader)
    assert (entry.quarters, entry.note) == (60, "verlof")
    recorded = db.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert recorded is not None
    assert recorded.detail is not None
    assert recorded.detail.details["before"] == "20"
    assert recorded.detail.details["hours"] == "15"


def test_a_stale_change_is_a_conflict(stage: Stage) -> None:
    entry = book(stage, 23)
    with pytest.raises(Conflict):
        change_hours(entry, quarters=4, actor=stage.leader, expected_version=entry.version + 1)


@pytest.mark.parametrize("status", LOCKED)
def test_a_locked_half_year_stays_as_it_is(stage: Stage, status: PeriodStatus) -> None:
    entry = book(stage, 23)
    period = make_half_year(stage.programme, HalfYear(2012, 1))
    change_hours(entry, quarters=76, actor=stage.leader)
    period.status = status
    with pytest.raises(PeriodFrozen, match="2012-1"):
        change_hours(entry, quarters=4, actor=stage.leader)
    with pytest.raises(PeriodFrozen):
        book(stage, 22)
    # the Thursday of week 27 lies in the next half-year
    assert book(stage, 27).iso_week == 27


def test_the_overview_counts_against_the_norm(stage: Stage) -> None:
    for week in (1, 23, 24, 25, 26):
        book(stage, week)
    book(stage, 26, quarters=20, appointment=stage.standing_in, actor=stage.deputy)
    book(stage, 27)
    found = overview(stage)
    assert len(found.weeks) == 26
    assert found.weeks[0].code == "2012-W01"
    assert found.booked == 105
    assert found.norm == found.norm_so_far == Fraction(182 * 20, 7)
    assert found.average == Fraction(85, 4)
    assert not found.is_below_norm
    assert [entry.quarters for entry in found.weeks[25].entries] == [80, 20]


def test_the_running_half_year_stops_at_this_week(stage: Stage) -> None:
    book(stage, 28)
    found = overview(stage, "2012-2")
    assert [week.code for week in found.weeks] == ["2012-W27", "2012-W28", "2012-W29"]
    assert found.norm_so_far == Fraction(16 * 20, 7)
    # weeks 25 to 28 are the last four full ones, of which one was booked
    assert found.average == 5
    assert found.is_below_norm


def test_before_the_covenant_there_is_no_norm(stage: Stage) -> None:
    found = overview(stage, "2011-2")
    assert found.norm is None
    assert found.weekly_norm is None
    assert not found.is_below_norm
    assert all(week.norm is None for week in found.weeks)


def test_the_number_of_queries_does_not_grow(stage: Stage) -> None:
    def count() -> int:
        statements: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        db.session.flush()
        db.session.expire_all()
        # the region itself was read by the page before
        assert stage.region.id
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            for week in overview(stage).weeks:
                assert all(entry.appointment.person.name for entry in week.entries)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    book(stage, 1)
    book(stage, 1, appointment=stage.standing_in, actor=stage.deputy)
    few = count()
    for week in range(2, 25):
        book(stage, week)
    assert count() == few


def test_half_years_are_periods_or_else_of_the_calendar(stage: Stage) -> None:
    assert [span.code for span in list_spans(stage.programme.id, today=TODAY)] == ["2012-2"]
    make_half_year(stage.programme, HalfYear(2012, 1), PeriodStatus.CLOSED)
    spans = list_spans(stage.programme.id, today=TODAY)
    assert [(span.code, span.is_locked) for span in spans] == [("2012-2", False), ("2012-1", True)]
    assert find_span(stage.programme.id, "onzin") is None
    assert find_span(stage.programme.id, "0000-1") is None
