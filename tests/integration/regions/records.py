"""Records around regions, and a count of the queries that a piece of work needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import event

from tests.factories.covenants import make_appointment, make_covenant
from tests.factories.people import make_person
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    ActionPlan,
    Activity,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    PlanVersion,
)
from vpt_regio.models.covenants import Covenant, Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import PeriodDeadline, ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region

_numbers = count(1)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Collect the SELECTs of a piece of work."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def make_period(
    programme: Programme,
    code: str = "2012-1",
    *,
    starts_on: date = date(2012, 1, 1),
    ends_on: date = date(2012, 6, 30),
    status: PeriodStatus = PeriodStatus.COLLECTING,
    reports_due_on: date = date(2012, 8, 1),
) -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=programme.id,
        code=code,
        name=code,
        starts_on=starts_on,
        ends_on=ends_on,
        status=status,
        deadlines=[PeriodDeadline(kind=DeadlineKind.REPORTS_SUBMITTED, due_on=reports_due_on)],
    )
    db.session.add(period)
    db.session.flush()
    return period


def make_plan_version(
    covenant: Covenant,
    region: Region,
    author: Person,
    *,
    status: ActionPlanStatus = ActionPlanStatus.APPROVED,
    version_no: int = 1,
    submitted_on: date | None = date(2012, 5, 1),
    approved_on: date = date(2012, 6, 1),
    budget_cents: int = 60_000_00,
    covered: int = 2,
) -> PlanVersion:
    """Make a version with one activity that works on the first measures of the programme."""
    plan = db.session.query(ActionPlan).filter_by(covenant=covenant, region=region).first()
    plan = plan or ActionPlan(covenant=covenant, region=region)
    activity = Activity(plan=plan, number=next(_numbers))
    db.session.add_all([plan, activity])
    query = db.session.query(Measure).filter_by(programme_id=region.programme_id)
    measures = query.order_by(Measure.position).limit(covered).all()
    is_draft = status is ActionPlanStatus.DRAFT
    version = PlanVersion(
        plan=plan,
        version_no=version_no,
        status=status,
        author=author,
        submitted_on=None if is_draft else submitted_on,
        submitted_by=None if is_draft else author,
        provisionally_adopted_on=None if is_draft else date(2012, 5, 20),
        approved_on=approved_on if status is ActionPlanStatus.APPROVED else None,
        budget_lines=[BudgetLine(phase=Phase.IMPLEMENTATION, amount_cents=budget_cents)],
    )
    version.activities.append(
        ActivityVersion(
            activity=activity,
            title="Training",
            measures=[ActivityMeasure(measure=measure) for measure in measures],
        )
    )
    db.session.add(version)
    db.session.flush()
    return version


def make_report(
    region: Region,
    period: ReportingPeriod,
    author: Person,
    *,
    status: ReportStatus = ReportStatus.DRAFT,
) -> ProgressReport:
    is_draft = status is ReportStatus.DRAFT
    report = ProgressReport(
        region=region,
        period=period,
        author=author,
        status=status,
        submitted_on=None if is_draft else date(2012, 7, 10),
        accepted_on=date(2012, 7, 12) if status is ReportStatus.ACCEPTED else None,
    )
    db.session.add(report)
    db.session.flush()
    return report


def spend(
    covenant: Covenant,
    region: Region,
    person: Person,
    *,
    cents: int,
    booked_on: date = date(2012, 3, 1),
) -> Expenditure:
    booking = Expenditure(
        region=region,
        covenant=covenant,
        phase=Phase.IMPLEMENTATION,
        booked_on=booked_on,
        description="Training",
        amount_cents=cents,
        booked_by=person,
    )
    db.session.add(booking)
    db.session.flush()
    return booking


def book_hours(
    appointment: ProjectLeaderAppointment, *, week: int, quarters: int, year: int = 2012
) -> HoursEntry:
    entry = HoursEntry(
        appointment=appointment,
        iso_year=year,
        iso_week=week,
        thursday_on=date.fromisocalendar(year, week, 4),
        quarters=quarters,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM)


def make_running_region(programme: Programme, region: Region) -> tuple[Covenant, Person, Person]:
    """Give a region a covenant, a leader, a manager, an approved plan, hours and spending."""
    covenant = make_covenant(region)
    leader = make_person(
        programme, Role.PROJECT_LEADER, region=region, name=f"Projectleider {region.name}"
    )
    manager = make_person(
        programme, Role.ACCOUNT_MANAGER, region=region, name=f"Accountmanager {region.name}"
    )
    appointment = make_appointment(region, leader)
    book_hours(appointment, week=23, quarters=80)
    book_hours(appointment, week=24, quarters=30)
    spend(covenant, region, leader, cents=1_250_50)
    make_plan_version(covenant, region, leader)
    return covenant, leader, manager
