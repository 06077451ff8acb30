"""The meter of hours on the page and in the national rows: the same figures, and a signal."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.covenants import make_appointment, make_covenant, make_half_year
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.regions.records import book_hours
from vpt_regio import clock
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours import hours_overview
from vpt_regio.queries.overview import RegionRow, region_rows
from vpt_regio.queries.region_books import Span, find_span
from vpt_regio.queries.signals import Severity, SignalKind, signals_of
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)


def make_running() -> tuple[Region, ReportingPeriod]:
    """A leader up to 2 September, nobody for three weeks, then a deputy for twelve hours."""
    programme = make_programme()
    region = make_region(programme)
    make_covenant(region)
    leader = make_person(programme, Role.PROJECT_LEADER, region=region, email="leider@vpt.example")
    first = make_appointment(region, leader, quarters_per_week=100, ends_on=date(2012, 9, 2))
    make_appointment(
        region,
        make_person(programme, Role.PROJECT_LEADER, region=region),
        quarters_per_week=48,
        starts_on=date(2012, 9, 24),
        is_deputy=True,
    )
    for week in (25, 26, 27, 28):
        book_hours(first, week=week, quarters=96)
    return region, make_half_year(programme, HalfYear(2012, 2), PeriodStatus.OPEN)


@pytest.fixture
def running(context: Flask) -> Iterator[tuple[Region, ReportingPeriod]]:
    with unit_of_work():
        yield make_running()


def span_of(region: Region) -> Span:
    span = find_span(region.programme_id, "2012-2")
    assert span is not None
    return span


def row_of(period: ReportingPeriod) -> RegionRow:
    [row] = region_rows(None, period, TODAY)
    return row


def test_the_page_and_the_rows_expect_the_same(running: tuple[Region, ReportingPeriod]) -> None:
    region, period = running
    meter = hours_overview(region, span_of(region), today=TODAY).meter
    # two weeks booked; of those to come six of 25 hours and fourteen of 12
    assert meter.booked == 48
    assert [week.appointed for week in meter.coming] == [25] * 6 + [0] * 3 + [12] * 14
    assert meter.forecast == 48 + 6 * 25 + 14 * 12
    assert [(gap.first.code, gap.count) for gap in meter.gaps] == [((2012, 36), 3)]
    assert meter.replaced_weeks == 14
    row = row_of(period)
    assert row.hours_forecast == meter.forecast
    assert (row.hours_norm, row.weeks_without_leader) == (meter.norm, 3)


def test_a_half_year_that_falls_short_is_a_signal(running: tuple[Region, ReportingPeriod]) -> None:
    _region, period = running
    row = row_of(period)
    assert row.recent_hours == 24
    [signal] = [
        s for s in signals_of([row], period, TODAY) if s.kind is SignalKind.HOURS_BELOW_NORM
    ]
    assert signal.severity is Severity.LOW
    said = signal.data % signal.params
    assert "uit op 366 van 525,7 uur" in said
    assert "Weken zonder projectleider: 3" in said


def test_a_half_year_that_is_over_expects_nothing(running: tuple[Region, ReportingPeriod]) -> None:
    _region, period = running
    with clock.at(date(2013, 2, 1)):
        [row] = region_rows(None, period, date(2013, 2, 1))
    assert row.hours_forecast is None
    assert row.weeks_without_leader == 3


def test_enough_appointed_hours_raise_nothing(context: Flask) -> None:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        make_covenant(region)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region)
        appointment = make_appointment(region, leader, quarters_per_week=100)
        for week in (25, 26, 27, 28):
            book_hours(appointment, week=week, quarters=96)
        period = make_half_year(programme, HalfYear(2012, 2), PeriodStatus.OPEN)
        row = row_of(period)
        assert row.hours_norm is not None
        assert row.hours_forecast == 48 + 23 * 25 > Fraction(row.hours_norm)
        kinds = {signal.kind for signal in signals_of([row], period, TODAY)}
    assert SignalKind.HOURS_BELOW_NORM not in kinds


def test_the_page_shows_the_meter_and_blocks_nothing(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        make_running()
    client = sign_in("leider@vpt.example")
    page = client.get("/regios/limburg/uren").get_data(as_text=True)
    assert "Urenmeter" in page
    assert "48 uur geboekt, en voor 23 weken die nog komen 318 uur" in page
    assert "159,7 uur tekort" in page
    assert "Weken met een convenant, zonder projectleider" in page
    assert "Norm, aanstelling en uren" in page
    sent = {"form_name": "HoursForm", "appointment": "1", "week": "2012-W29", "quarters": "1"}
    assert client.post("/regios/limburg/uren", data=sent).status_code == 303
    assert "Urenmeter" in client.get("/regios/limburg").get_data(as_text=True)
