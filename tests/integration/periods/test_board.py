"""The half-year board: who sees what, and in how many queries."""

from datetime import date, timedelta

import pytest

from tests.factories.freezing import send_half_year
from tests.factories.people import make_person
from tests.factories.periods import (
    LETTER_ON,
    make_collecting,
    make_officer,
    make_report,
    make_season,
    make_submitted_report,
)
from tests.factories.regions import make_programme, make_region
from tests.integration.periods.counting import statements
from vpt_regio import clock
from vpt_regio.domain.enums import Rag
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import BoardRow, board
from vpt_regio.services.reports import accept_report
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _row(period: ReportingPeriod, person: Person, code: str = "limburg") -> BoardRow:
    return next(row for row in board(period, person).rows if row.region.code == code)


def test_every_active_region_has_a_row() -> None:
    with unit_of_work():
        season = make_season()
        make_region(season.programme, "groningen")
        late = make_region(season.programme, "later")
        late.designated_on = season.period.ends_on + timedelta(days=1)
        make_region(season.programme, "oud", status=RegionStatus.MERGED)
        make_submitted_report(season)
    found = board(season.period, season.officer)
    assert [(row.region.code, row.status) for row in found.rows] == [
        ("groningen", ReportStatus.NOT_STARTED),
        ("limburg", ReportStatus.SUBMITTED),
    ]
    assert found.counts == {ReportStatus.NOT_STARTED: 1, ReportStatus.SUBMITTED: 1}
    assert found.rows[1].account_managers == (season.stage.manager.name,)
    assert found.rows[1].rag is Rag.GREEN


def test_a_draft_becomes_late_and_then_missing() -> None:
    with unit_of_work():
        season = make_season()
        make_report(season)
    assert _row(season.period, season.officer).status is ReportStatus.DRAFT
    with clock.at(date(2012, 7, 24)):
        row = _row(season.period, season.officer)
    assert (row.status, row.days_late) == (ReportStatus.LATE, 3)
    assert row.project_leaders == (season.stage.leader.name,)
    with clock.at(LETTER_ON):
        assert _row(season.period, season.officer).status is ReportStatus.MISSING


def test_a_project_leader_sees_only_the_own_region_while_the_period_runs() -> None:
    with unit_of_work():
        season = make_season()
        make_region(season.programme, "groningen")
    codes = [row.region.code for row in board(season.period, season.stage.leader).rows]
    assert codes == ["limburg"]


def test_of_a_settled_period_everybody_sees_the_national_fields() -> None:
    with unit_of_work():
        season = make_season()
        other = make_region(season.programme, "groningen")
        stranger = make_person(season.programme, Role.PROJECT_LEADER, region=other)
        accept_report(make_submitted_report(season), actor=season.stage.manager)
        with clock.at(LETTER_ON):
            send_half_year(season.period, season.officer)
    row = _row(season.period, stranger)
    assert (row.status, row.has_details, row.rag) == (ReportStatus.ACCEPTED, False, Rag.GREEN)
    assert (row.submitted_on, row.account_managers) == (None, ())
    own = _row(season.period, stranger, "groningen")
    assert (own.status, own.has_details) == (ReportStatus.MISSING, True)


@pytest.mark.parametrize("count", [3, 30])
def test_the_board_takes_as_many_queries_for_any_number_of_regions(count: int) -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        for number in range(count):
            region = make_region(programme, f"regio-{number:02}")
            make_person(programme, Role.PROJECT_LEADER, region=region)
            make_person(programme, Role.ACCOUNT_MANAGER, region=region)
        period = make_collecting(programme, officer)
    db.session.expire_all()
    # loaded before the board, by the page
    assert period.code
    assert officer.roles
    with statements() as seen:
        found = board(period, officer)
    assert len(found.rows) == count
    # regions with reports, people, deadlines, extra time, explanations, mergers and holds
    assert len(seen) <= 7
