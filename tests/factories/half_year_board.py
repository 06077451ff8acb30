"""A region with hours and money in a half-year that is frozen and in one that is open."""

from dataclasses import dataclass
from datetime import date

from tests.factories.covenants import make_appointment, make_covenant, make_half_year
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.hours import book_hours


@dataclass
class Late:
    """`entry` is of week 23 of 2012: twenty hours."""

    region: Region
    leader: Person
    officer: Person
    appointment: ProjectLeaderAppointment
    entry: HoursEntry
    frozen: ReportingPeriod
    running: ReportingPeriod


def make_late() -> Late:
    programme = make_programme()
    region = make_region(programme)
    leader = make_person(programme, Role.PROJECT_LEADER, region=region)
    make_covenant(region)
    appointment = make_appointment(region, leader)
    entry, _running = (
        book_hours(appointment, iso_year=2012, iso_week=week, quarters=80, actor=leader)
        for week in (23, 28)
    )
    for day in (date(2012, 5, 10), date(2012, 7, 3)):
        book_expenditure(
            region,
            booked_on=day,
            phase=Phase.DEVELOPMENT,
            description="Drukwerk",
            amount_cents=100_00,
            actor=leader,
        )
    return Late(
        region,
        leader,
        make_person(programme, Role.POLICY_OFFICER),
        appointment,
        entry,
        make_half_year(programme, HalfYear(2012, 1), PeriodStatus.FROZEN),
        make_half_year(programme, HalfYear(2012, 2)),
    )
