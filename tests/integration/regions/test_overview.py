"""One row a region: sums, shares, as-of days, walls, and a fixed number of queries."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.regions.records import (
    counted_queries,
    make_period,
    make_plan_version,
    make_report,
    make_running_region,
    spend,
)
from vpt_regio.domain.enums import AmendmentKind, AmendmentStatus
from vpt_regio.domain.fuzzy_date import Precision
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import CovenantAmendment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.overview import RegionRow, current_period, region_rows
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)


@pytest.fixture
def transaction(context: Flask) -> Iterator[None]:
    with unit_of_work():
        yield


def one(
    period: ReportingPeriod | None, *, as_of: date = TODAY, person: Person | None = None
) -> RegionRow:
    [row] = region_rows(person, period, as_of)
    return row


@pytest.mark.usefixtures("transaction")
def test_a_running_region_shows_its_sums() -> None:
    programme = make_programme()
    region = make_region(programme)
    covenant, leader, _ = make_running_region(programme, region)
    period = make_period(programme)
    spend(covenant, region, leader, cents=100_00, booked_on=date(2012, 7, 3))
    row = one(period)
    assert row.status is RegionStatus.ACTIVE
    assert row.account_managers == ("Accountmanager Limburg",)
    assert row.project_leaders == ("Projectleider Limburg",)
    assert (row.covenant_number, row.covenant_status) == (covenant.number, CovenantStatus.IN_FORCE)
    assert (row.advance_cents, row.supplement_cents) == (100_000_00, 0)
    assert row.spent_in_period_cents == 1_250_50
    assert row.spent_total_cents == 1_350_50
    assert row.left_cents == 98_649_50
    assert row.budget_cents == 60_000_00
    # 1 January up to 30 June 2012 is 182 days
    assert row.hours_norm == Fraction(182 * 20, 7)
    assert row.hours_quarters == 110
    assert (row.plan_status, row.plan_approved_on) == (ActionPlanStatus.APPROVED, date(2012, 6, 1))
    assert (row.measures_covered, row.measures_total) == (2, 3)
    assert row.report_status is ReportStatus.NOT_STARTED


@pytest.mark.usefixtures("transaction")
def test_what_is_not_known_stays_unknown() -> None:
    programme = make_programme()
    covenant = make_covenant(make_region(programme))
    covenant.signed_on, covenant.signed_words = None, "niet in bron"
    covenant.signed_precision = Precision.UNKNOWN
    covenant.advance_cents = None
    db.session.flush()
    row = one(make_period(programme))
    assert row.covenant_id == covenant.id
    assert row.hours_norm is None
    assert row.hours_quarters is None
    assert row.advance_cents is None
    assert row.spent_total_cents is None
    assert row.spent_share is None
    assert row.measures_covered is None


@pytest.mark.usefixtures("transaction")
def test_a_shared_covenant_counts_no_cent_twice() -> None:
    programme = make_programme()
    regions = [make_region(programme, code) for code in ("aa", "bb", "cc")]
    covenant = make_covenant(*regions, advance_cents=100_000_00)
    db.session.add(
        CovenantAmendment(
            covenant=covenant,
            kind=AmendmentKind.AMOUNT,
            status=AmendmentStatus.SIGNED,
            amount_cents=100,
            reason="meer scholen",
            signed_on=date(2012, 5, 1),
        )
    )
    db.session.flush()
    rows = region_rows(None, make_period(programme), TODAY)
    assert sum(row.advance_cents or 0 for row in rows) == 100_000_00
    assert [row.supplement_cents for row in rows] == [34, 33, 33]
    assert sum(row.hours_norm or 0 for row in rows) == Fraction(182 * 20, 7)
    [middle] = region_rows(
        None,
        make_period(programme, "x", status=PeriodStatus.PLANNED),
        TODAY,
        region_id=regions[1].id,
    )
    assert middle.advance_cents == rows[1].advance_cents


@pytest.mark.usefixtures("transaction")
def test_of_successive_covenants_the_one_in_force_on_the_day_is_shown() -> None:
    programme = make_programme()
    region = make_region(programme)
    first = make_covenant(region, signed_on=date(2010, 6, 1), original_end_on=date(2011, 12, 31))
    second = make_covenant(region, signed_on=date(2012, 2, 1))
    period = make_period(programme)
    assert one(period, as_of=date(2011, 12, 31)).covenant_id == first.id
    gap = one(period, as_of=date(2012, 1, 15))
    assert (gap.covenant_id, gap.covenant_status) == (first.id, CovenantStatus.EXPIRED)
    assert one(period).covenant_id == second.id
    assert one(period, as_of=date(2010, 5, 1)).covenant_id is None


@pytest.mark.usefixtures("transaction")
def test_an_extension_counts_from_its_signature() -> None:
    programme = make_programme()
    covenant = make_covenant(make_region(programme), original_end_on=date(2012, 3, 31))
    db.session.add(
        CovenantAmendment(
            covenant=covenant,
            kind=AmendmentKind.EXTENSION,
            status=AmendmentStatus.SIGNED,
            new_end_on=date(2012, 12, 31),
            reason="uitvoering loopt nog",
            signed_on=date(2012, 3, 1),
        )
    )
    db.session.flush()
    period = make_period(programme)
    before, after = one(period, as_of=date(2012, 2, 1)), one(period)
    assert (before.latest_end_on, before.extended) == (date(2012, 3, 31), False)
    assert (after.latest_end_on, after.extended) == (date(2012, 12, 31), True)


@pytest.mark.usefixtures("transaction")
def test_the_version_that_holds_is_shown_and_the_newest_is_named() -> None:
    programme = make_programme()
    region = make_region(programme)
    covenant = make_covenant(region)
    author = make_person(programme)
    held = make_plan_version(covenant, region, author)
    newest = make_plan_version(
        covenant, region, author, status=ActionPlanStatus.DRAFT, version_no=2, budget_cents=1
    )
    row = one(make_period(programme))
    assert (row.plan_version_id, row.latest_version_id) == (held.id, newest.id)
    assert (row.plan_status, row.latest_status) == (
        ActionPlanStatus.APPROVED,
        ActionPlanStatus.DRAFT,
    )
    assert row.budget_cents == 60_000_00


@pytest.mark.parametrize(
    ("stored", "due", "status", "shown"),
    [
        (None, date(2012, 8, 1), PeriodStatus.COLLECTING, ReportStatus.NOT_STARTED),
        (None, date(2012, 7, 16), PeriodStatus.COLLECTING, ReportStatus.NOT_STARTED),
        (None, date(2012, 7, 15), PeriodStatus.COLLECTING, ReportStatus.LATE),
        (ReportStatus.DRAFT, date(2012, 8, 1), PeriodStatus.COLLECTING, ReportStatus.DRAFT),
        (ReportStatus.DRAFT, date(2012, 7, 15), PeriodStatus.COLLECTING, ReportStatus.LATE),
        (ReportStatus.SUBMITTED, date(2012, 7, 1), PeriodStatus.COLLECTING, ReportStatus.SUBMITTED),
        (ReportStatus.DRAFT, date(2012, 7, 1), PeriodStatus.SENT, ReportStatus.MISSING),
        (None, date(2012, 8, 1), PeriodStatus.PLANNED, None),
    ],
)
@pytest.mark.usefixtures("transaction")
def test_the_state_of_a_report_follows_from_dates(
    stored: ReportStatus | None, due: date, status: PeriodStatus, shown: ReportStatus | None
) -> None:
    programme = make_programme()
    region = make_region(programme)
    period = make_period(programme, status=status, reports_due_on=due)
    if stored is not None:
        make_report(region, period, make_person(programme), status=stored)
    assert one(period).report_status is shown


@pytest.mark.usefixtures("transaction")
def test_a_person_of_another_region_sees_national_fields_only() -> None:
    programme = make_programme()
    limburg, other = make_region(programme), make_region(programme, "zeeland")
    make_running_region(programme, limburg)
    outsider = make_person(programme, Role.PROJECT_LEADER, region=other)
    open_row = region_rows(outsider, make_period(programme), TODAY, region_id=limburg.id)[0]
    assert not open_row.sees_details
    assert open_row.covenant_number is not None
    assert open_row.plan_status is ActionPlanStatus.APPROVED
    assert open_row.measures_covered == 2
    hidden = [
        open_row.advance_cents,
        open_row.budget_cents,
        open_row.spent_total_cents,
        open_row.hours_norm,
        open_row.hours_quarters,
        open_row.report_status,
    ]
    assert hidden == [None] * 6
    closed = make_period(programme, "2011-2", status=PeriodStatus.CLOSED)
    row = region_rows(outsider, closed, TODAY, region_id=limburg.id)[0]
    assert row.report_status is ReportStatus.MISSING


def _rows_and_queries(regions: int) -> tuple[int, int]:
    with unit_of_work():
        programme = make_programme(code=f"p{regions}")
        for number in range(regions):
            make_running_region(programme, make_region(programme, f"regio-{number:02}"))
        period = make_period(programme)
        officer = make_person(programme, Role.POLICY_OFFICER)
    loaded = db.session.get_one(ReportingPeriod, period.id), db.session.get_one(Person, officer.id)
    assert loaded[1].roles
    with counted_queries() as statements:
        rows = region_rows(loaded[1], loaded[0], TODAY)
    return len(rows), len(statements)


def test_the_number_of_queries_does_not_grow_with_the_regions() -> None:
    # four for the rows, two for the mergers and holds that stand
    assert _rows_and_queries(3) == (3, 6)
    assert _rows_and_queries(30) == (30, 6)


@pytest.mark.usefixtures("transaction")
def test_the_period_to_look_at_is_the_one_that_collects() -> None:
    programme: Programme = make_programme()
    assert current_period(TODAY) == (programme, None)
    last = make_period(
        programme,
        "2011-2",
        starts_on=date(2011, 7, 1),
        ends_on=date(2011, 12, 31),
        status=PeriodStatus.CLOSED,
    )
    assert current_period(TODAY) == (programme, last)
    around = make_period(
        programme,
        "2012-2",
        starts_on=date(2012, 7, 1),
        ends_on=date(2012, 12, 31),
        status=PeriodStatus.PLANNED,
    )
    assert current_period(TODAY) == (programme, around)
    collecting = make_period(programme)
    assert current_period(TODAY) == (programme, collecting)
