"""Everything under a covenant is held against the dates that hold: both ends included.

The same days are asked of everything: the day before the signature, the day of the signature, the
last day and the day after it; for a covenant that ran out, that was extended, and that ended early.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.factories.covenants import (
    make_appointment,
    make_covenant,
    make_half_year,
    make_plan_version,
)
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.enums import ActionPlanStatus, AmendmentKind, AmendmentStatus, Phase
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.hours_norm import norm_between
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import DomainError, Invalid, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.covenants import Covenant, CovenantAmendment
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import in_force_on, status_of
from vpt_regio.queries.hours_norm import norm_terms
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.periods import board
from vpt_regio.queries.signals import SignalKind, signals_of
from vpt_regio.services.activities import add_activity
from vpt_regio.services.appointments import appoint_project_leader, change_appointment
from vpt_regio.services.covenants import require_in_force
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.hours import book_hours
from vpt_regio.services.reports import start_report
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)
SIGNED, LAST = date(2012, 2, 1), date(2012, 5, 31)
DAY = timedelta(days=1)
EDGES = [
    (SIGNED - DAY, False),
    (SIGNED, True),
    (LAST, True),
    (LAST + DAY, False),
]
WAYS = ["ran_out", "extended", "terminated", "closed"]


@dataclass
class Stage:
    programme: Programme
    region: Region
    covenant: Covenant
    leader: Person
    manager: Person


@pytest.fixture(params=WAYS)
def stage(context: Any, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Yield a region whose covenant ran from SIGNED up to LAST, whatever made that its last day."""
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        covenant = make_covenant(region, signed_on=SIGNED, original_end_on=date(2013, 12, 31))
        _end(covenant, request.param)
        yield Stage(
            programme,
            region,
            covenant,
            make_person(programme, Role.PROJECT_LEADER, region=region),
            make_person(programme, Role.ACCOUNT_MANAGER, region=region),
        )


def _end(covenant: Covenant, way: str) -> None:
    if way == "ran_out":
        covenant.original_end_on = LAST
    elif way == "extended":
        covenant.original_end_on = date(2012, 3, 1)
        extension = CovenantAmendment(
            covenant=covenant,
            kind=AmendmentKind.EXTENSION,
            status=AmendmentStatus.SIGNED,
            signed_on=date(2012, 2, 15),
            new_end_on=LAST,
            reason="Meer tijd.",
        )
        db.session.add(extension)
    else:
        covenant.status = CovenantStatus(way)
        covenant.ended_on = LAST
    db.session.flush()


def fields_of(error: DomainError) -> list[str | None]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return [found.field for found in errors]


@pytest.mark.parametrize(("day", "is_within"), EDGES)
def test_in_force(stage: Stage, day: date, *, is_within: bool) -> None:
    assert in_force_on(stage.covenant, day) is is_within
    assert (require_in_force(stage.covenant, day) == []) is is_within


@pytest.mark.parametrize(("day", "is_within"), EDGES)
def test_spending(stage: Stage, day: date, *, is_within: bool) -> None:
    values: dict[str, Any] = {
        "booked_on": day,
        "phase": Phase.DEVELOPMENT,
        "description": "Zaalhuur",
        "amount_cents": 100_00,
        "actor": stage.leader,
    }
    if is_within and stage.covenant.status is CovenantStatus.CLOSED:
        with pytest.raises(WrongState, match="afgesloten"):
            book_expenditure(stage.region, **values)
        return
    if is_within:
        assert book_expenditure(stage.region, **values).covenant == stage.covenant
        return
    with pytest.raises(Invalid) as caught:
        book_expenditure(stage.region, **values)
    assert caught.value.field == "booked_on"


@pytest.mark.parametrize(
    ("week", "is_within"),
    # the covenant was signed on the Wednesday of week 5 and ended on the Thursday of week 22
    [(4, False), (5, True), (22, True), (23, False)],
)
def test_hours(stage: Stage, week: int, *, is_within: bool) -> None:
    appointment = make_appointment(stage.region, stage.leader)
    values: dict[str, Any] = {
        "iso_year": 2012,
        "iso_week": week,
        "quarters": 80,
        "actor": stage.leader,
    }
    if is_within:
        assert book_hours(appointment, **values).iso_week == week
        return
    with pytest.raises(Invalid) as caught:
        book_hours(appointment, **values)
    assert caught.value.field == "week"


def test_a_week_is_told_on_which_side_it_lies(stage: Stage) -> None:
    appointment = make_appointment(stage.region, stage.leader)
    for week, day in ((4, "01-02-2012"), (23, "31-05-2012")):
        with pytest.raises(Invalid, match=day):
            book_hours(appointment, iso_year=2012, iso_week=week, quarters=4, actor=stage.leader)


@pytest.mark.parametrize(("day", "is_within"), EDGES)
def test_activities(stage: Stage, day: date, *, is_within: bool) -> None:
    version = make_plan_version(stage.covenant, stage.leader, status=ActionPlanStatus.DRAFT)
    for field in ("starts_on", "ends_on"):
        values: Any = {"title": "Training", field: day}
        if is_within:
            activity = add_activity(version, actor=stage.leader, **values)
            assert getattr(activity, field) == day
            continue
        with pytest.raises(DomainError) as caught:
            add_activity(version, actor=stage.leader, **values)
        assert fields_of(caught.value) == [field]


def appoint(stage: Stage, **values: Any) -> Any:
    return appoint_project_leader(
        stage.region, person=stage.leader, quarters_per_week=80, actor=stage.manager, **values
    )


def test_appointments_lie_before_the_end(stage: Stage) -> None:
    assert appoint(stage, starts_on=LAST, ends_on=LAST).ends_on == LAST
    with pytest.raises(DomainError) as caught:
        appoint(stage, starts_on=LAST + DAY, ends_on=LAST + 2 * DAY)
    assert fields_of(caught.value) == ["starts_on", "ends_on"]


def test_an_appointment_that_runs_on_can_be_ended_on_any_day(stage: Stage) -> None:
    appointment = make_appointment(stage.region, stage.leader)
    values: dict[str, Any] = {
        "quarters_per_week": 80,
        "starts_on": appointment.starts_on,
        "employer": "",
        "is_deputy": False,
        "actor": stage.manager,
    }
    change_appointment(appointment, ends_on=TODAY, **values)
    assert appointment.ends_on == TODAY
    with pytest.raises(Invalid) as caught:
        change_appointment(appointment, ends_on=TODAY + DAY, **values)
    assert caught.value.field == "ends_on"


@pytest.mark.parametrize(("day", "is_within"), EDGES[1:])
def test_the_overview_of_a_day(stage: Stage, day: date, *, is_within: bool) -> None:
    [row] = region_rows(None, None, day, programme_id=stage.programme.id)
    assert (row.covenant_status is CovenantStatus.IN_FORCE) is is_within


def test_the_norm_of_hours_ends_with_the_covenant(stage: Stage) -> None:
    terms = norm_terms([stage.covenant], region_id=stage.region.id)
    days = (LAST - SIGNED).days + 1
    assert norm_between(terms, date(2012, 1, 1), date(2012, 6, 30)) == Fraction(days * 20, 7)


def test_no_report_is_asked_for_a_half_year_after_the_end(stage: Stage) -> None:
    officer = make_person(stage.programme, Role.POLICY_OFFICER)
    within = make_half_year(stage.programme, HalfYear(2012, 1))
    after = make_half_year(stage.programme, HalfYear(2012, 2), PeriodStatus.OPEN)
    for period, is_expected in ((within, True), (after, False)):
        [row] = region_rows(None, period, TODAY)
        assert (row.report_status is not None) is is_expected
        assert len(board(period, officer).rows) == is_expected


def test_what_is_over_shows_as_over(stage: Stage) -> None:
    expected = {
        CovenantStatus.IN_FORCE: CovenantStatus.EXPIRED,
        CovenantStatus.TERMINATED: CovenantStatus.TERMINATED,
        CovenantStatus.CLOSED: CovenantStatus.CLOSED,
    }
    assert status_of(stage.covenant, LAST + DAY) is expected[stage.covenant.status]


def test_activities_that_an_early_end_leaves_outside_are_signalled(stage: Stage) -> None:
    version: PlanVersion = make_plan_version(stage.covenant, stage.leader, 100_00)
    version.activities[0].ends_on = LAST
    db.session.flush()

    def kinds() -> list[SignalKind]:
        rows = region_rows(None, None, TODAY, programme_id=stage.programme.id)
        return [signal.kind for signal in signals_of(rows, None, TODAY)]

    assert SignalKind.ACTIVITIES_AFTER_END not in kinds()
    version.activities[0].ends_on = LAST + DAY
    db.session.flush()
    assert SignalKind.ACTIVITIES_AFTER_END in kinds()


def test_no_report_is_begun_on_a_half_year_after_the_end(stage: Stage) -> None:
    within = make_half_year(stage.programme, HalfYear(2012, 1))
    after = make_half_year(stage.programme, HalfYear(2012, 2), PeriodStatus.OPEN)
    assert start_report(stage.region, within, actor=stage.leader).period == within
    with pytest.raises(WrongState, match="al voorbij"):
        start_report(stage.region, after, actor=stage.leader)
