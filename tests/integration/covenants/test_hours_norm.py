"""Every page and the workbook name the same norm for the hours of a region."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from tests.factories.covenants import make_appointment, make_covenant, make_half_year
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.half_year import HalfYear, iso_week_thursday
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, HoursEntry
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import list_appointments, staffing_on
from vpt_regio.queries.covenants import list_covenants_of
from vpt_regio.queries.hours import HoursOverview, hours_overview
from vpt_regio.queries.overview import RegionRow, region_rows
from vpt_regio.queries.region_books import find_span
from vpt_regio.queries.reports import figures
from vpt_regio.queries.signals import SignalKind, signals_of
from vpt_regio.queries.workbook_half_year import extent_of, list_regions
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2012, 7, 16)


@pytest.fixture
def transaction(context: Flask) -> Iterator[None]:
    with unit_of_work():
        yield


def make_two_covenants() -> tuple[Region, ReportingPeriod, list[Covenant]]:
    """A third of a covenant up to 31 March, then a covenant of its own from 2 April."""
    programme = make_programme()
    region, other = make_region(programme), make_region(programme, "zeeland")
    first = make_covenant(
        region, other, signed_on=date(2011, 1, 1), original_end_on=date(2012, 3, 31)
    )
    first.shares[1].weight = 2
    second = make_covenant(region, signed_on=date(2012, 4, 2))
    leader = make_person(programme, Role.PROJECT_LEADER, region=region)
    appointment = make_appointment(region, leader, quarters_per_week=60)
    for week in (25, 26, 27, 28):
        thursday = iso_week_thursday(2012, week)
        db.session.add(
            HoursEntry(
                appointment=appointment,
                iso_year=2012,
                iso_week=week,
                thursday_on=thursday,
                quarters=60,
            )
        )
    period = make_half_year(programme, HalfYear(2012, 1))
    db.session.flush()
    return region, period, [first, second]


def row_of(region: Region, period: ReportingPeriod) -> RegionRow:
    [row] = region_rows(None, period, TODAY, region_id=region.id)
    return row


def pages_of(region: Region, period: ReportingPeriod) -> HoursOverview:
    span = find_span(region.programme_id, period.code)
    assert span is not None
    return hours_overview(region, span, today=TODAY)


def norms(region: Region, period: ReportingPeriod) -> set[Fraction | None]:
    """Return what the hours page, the national view, the report and the workbook say."""
    [line] = [row for row in list_regions(extent_of(period), period) if row.region_id == region.id]
    return {
        pages_of(region, period).norm,
        row_of(region, period).hours_norm,
        figures(region.id, period).norm,
        line.hours_norm,
    }


@pytest.mark.usefixtures("transaction")
def test_all_count_the_share_over_the_days_in_force() -> None:
    region, period, [first, _second] = make_two_covenants()
    # January up to and including March has 91 days, 2 April up to and including 30 June 90
    expected = Fraction(91, 7) * Fraction(20, 3) + Fraction(90, 7) * 20
    assert norms(region, period) == {expected}
    assert norms(first.regions[1], period) == {Fraction(91, 7) * Fraction(40, 3)}
    [(_member, stretches)] = pages_of(region, period).stretches
    assert [(found.term.part, found.days) for found in stretches] == [(Fraction(1, 3), 91), (1, 90)]


@pytest.mark.usefixtures("transaction")
def test_all_hold_the_last_four_weeks_against_the_same_norm() -> None:
    region, period, _covenants = make_two_covenants()
    second_half = make_half_year(region.programme, HalfYear(2012, 2), PeriodStatus.PLANNED)
    row, page = row_of(region, second_half), pages_of(region, second_half)
    assert row.recent_norm == page.weekly_norm == 20
    assert row.recent_hours == page.average == 15
    staffing = staffing_on(region, list_appointments(region), list_covenants_of(region), TODAY)
    assert staffing.norm == 80
    assert staffing.is_below_norm
    kinds = [signal.kind for signal in signals_of([row], period, TODAY)]
    assert SignalKind.HOURS_BELOW_NORM in kinds


@pytest.mark.usefixtures("transaction")
def test_a_part_of_a_covenant_asks_a_part_of_its_hours() -> None:
    region, _period, [first, second] = make_two_covenants()
    day = first.latest_end_on
    assert day is not None
    staffing = staffing_on(region, list_appointments(region), [first, second], day)
    assert staffing.norm == Fraction(80, 3)
    assert not staffing.is_below_norm
    assert (
        staffing_on(
            region, list_appointments(region), [first, second], day + timedelta(days=1)
        ).norm
        is None
    )


@pytest.mark.usefixtures("transaction")
@pytest.mark.parametrize("unknown", ["hours", "start", "end"])
def test_what_is_not_known_is_no_norm_anywhere(unknown: str) -> None:
    region, period, [first, second] = make_two_covenants()
    if unknown == "hours":
        second.min_hours_per_week = None
    elif unknown == "start":
        first.signed_on, first.signed_words = None, "niet in bron"
    else:
        first.status = CovenantStatus.TERMINATED
    db.session.flush()
    assert norms(region, period) == {None}
    assert row_of(region, period).hours_quarters == 120
