"""What comes after a half-year was frozen counts in the open one, exactly once."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.half_year_board import Late, make_late
from vpt_regio import clock
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import Invalid, NotAllowed, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.snapshots import Reopening
from vpt_regio.queries import region_sums
from vpt_regio.queries.hours import hours_overview
from vpt_regio.queries.late_bookings import frozen_nationally
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.region_books import find_span
from vpt_regio.queries.reports import figures
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.hours import book_hours, change_hours
from vpt_regio.services.hours_corrections import correct_hours
from vpt_regio.services.workbooks import write_half_year
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]

TODAY = date(2012, 7, 16)
LATE_DAY = date(2012, 3, 6)


@pytest.fixture
def late(context: Flask) -> Late:
    """The first half of 2012 is frozen, the second is open; hours and money of both."""
    with unit_of_work():
        return make_late()


def _book(late: Late, day: date, cents: int) -> Expenditure:
    with unit_of_work():
        return book_expenditure(
            late.region,
            booked_on=day,
            phase=Phase.DEVELOPMENT,
            description="Zaalhuur",
            amount_cents=cents,
            actor=late.leader,
        )


def _correct_hours(late: Late, week: int, quarters: int) -> HoursCorrection:
    with unit_of_work():
        return correct_hours(
            late.appointment,
            iso_year=2012,
            iso_week=week,
            quarters=quarters,
            reason="Verkeerde week.",
            actor=late.leader,
        )


def _open_again(late: Late, **changes: int | None) -> None:
    values = {"region_id": late.region.id, **changes}
    with unit_of_work() as session:
        session.add(
            Reopening(
                period_id=late.frozen.id,
                **values,
                reference=f"HO-{len(changes)}",
                reason="Een bedrag ontbreekt.",
                decided_on=date(2012, 7, 10),
                decided_by_id=late.officer.id,
                expires_on=TODAY,
            )
        )


def _rows(late: Late) -> tuple[tuple[int | None, int | None], ...]:
    """Return what was spent and how many quarters count, by half-year."""
    with clock.at(TODAY):
        found = [
            region_rows(None, period, min(period.ends_on, TODAY))[0]
            for period in (late.frozen, late.running)
        ]
    return tuple((row.spent_in_period_cents, row.hours_quarters) for row in found)


def test_every_sum_counts_what_is_late_once_in_the_open_half_year(late: Late) -> None:
    before = _rows(late)
    _book(late, LATE_DAY, 250_00)
    _correct_hours(late, 23, 60)  # 80 were booked
    _correct_hours(late, 22, 16)  # nothing was
    after = _rows(late)
    assert after[0] == before[0]
    assert after[1] == ((before[1][0] or 0) + 250_00, (before[1][1] or 0) - 20 + 16)
    assert region_sums.spent_ever() == {late.region.id: sum(row[0] or 0 for row in after)}
    assert region_sums.quarters_ever() == {late.region.id: sum(row[1] or 0 for row in after)}
    for period, (cents, quarters) in zip((late.frozen, late.running), after, strict=True):
        found = figures(late.region.id, period)
        assert found.spent_cents == cents
        assert found.quarters == quarters
        span = find_span(late.region.programme_id, period.code)
        assert span is not None
        shown = hours_overview(late.region, span, today=TODAY)
        assert shown.booked == shown.meter.booked == Fraction(quarters or 0, 4)


def test_the_workbook_tells_in_words_what_came_late(late: Late) -> None:
    booking = _book(late, LATE_DAY, 250_00)
    with unit_of_work():
        correct_expenditure(
            booking, booked_on=LATE_DAY, amount_cents=-50_00, reason="Te veel", actor=late.leader
        )
    _correct_hours(late, 23, 60)
    target = BytesIO()
    write_half_year(
        late.running, target, made_at=clock.now(), made_by="beleid", base_url="https://vpt.example"
    )
    sheet = openpyxl.load_workbook(target)["Uren en uitgaven"]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Week 2012-W23, gecorrigeerd nadat dat halfjaar was vastgezet" in told
    words = "Van 06-03-2012, geboekt nadat dat halfjaar was vastgezet"
    assert words in told
    assert f"01-07-2012: Zaalhuur; {words}" in told


def test_a_reopening_of_the_region_lets_them_in_on_their_own_day(late: Late) -> None:
    _open_again(late)
    booking = _book(late, LATE_DAY, 250_00)
    assert (booking.booked_on, booking.dated_on) == (LATE_DAY, None)
    with unit_of_work():
        change_hours(late.entry, quarters=60, actor=late.leader)
    with pytest.raises(WrongState, match="nog open"):
        _correct_hours(late, 23, 40)
    with clock.at(date(2012, 7, 17)):
        # it expired
        assert _book(late, LATE_DAY, 1_00).dated_on == LATE_DAY


def test_a_week_in_a_frozen_half_year_is_put_right_by_a_correction_only(late: Late) -> None:
    with pytest.raises(PeriodFrozen, match="telt mee op 01-07-2012"), unit_of_work():
        change_hours(late.entry, quarters=4, actor=late.leader)
    with pytest.raises(PeriodFrozen), unit_of_work():
        book_hours(late.appointment, iso_year=2012, iso_week=22, quarters=8, actor=late.leader)
    first = _correct_hours(late, 23, 60)
    assert (first.quarters, first.counted_on) == (-20, date(2012, 7, 1))
    assert _correct_hours(late, 23, 64).quarters == 4
    for quarters, message in ((64, "tellen al 16 uren"), (-4, "niet negatief"), (400, "60 uur")):
        with pytest.raises(Invalid, match=message):
            _correct_hours(late, 23, quarters)
    with pytest.raises(NotAllowed), unit_of_work():
        correct_hours(
            late.appointment,
            iso_year=2012,
            iso_week=23,
            quarters=4,
            reason="Niet van mij.",
            actor=late.officer,
        )


def test_it_counts_after_all_that_is_frozen(late: Late) -> None:
    with unit_of_work() as session:
        session.get_one(type(late.running), late.running.id).status = PeriodStatus.FROZEN
    booking = _book(late, LATE_DAY, 1_00)
    assert booking.booked_on == date(2013, 1, 1)


def test_the_pages_say_what_happens(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        made = make_late()
        code, appointment_id = made.region.code, made.appointment.id
        email = made.leader.email
    client = sign_in(email)
    assert "Tot en met 30 juni 2012" in client.get(f"/regios/{code}/uitgaven/nieuw").text
    values = {
        "booked_on": "06-03-2012",
        "phase": Phase.DEVELOPMENT.value,
        "description": "Zaalhuur",
        "amount": "250",
    }
    booked = client.post(f"/regios/{code}/uitgaven/nieuw", data=values, follow_redirects=True)
    words = (
        "Deze uitgave is van 6 maart 2012. Dat halfjaar is vastgezet."
        " De uitgave telt mee op 1 juli 2012."
    )
    assert booked.text.count(words) == 2
    page = client.get(f"/regios/{code}/uren/correctie?week=2012-W23")
    assert "2012-W23" in page.text
    values = {"appointment": appointment_id, "week": "2012-W23", "quarters": "15", "reason": "Ziek"}
    corrected = client.post(f"/regios/{code}/uren/correctie", data=values, follow_redirects=True)
    assert corrected.request.args["halfjaar"] == "2012-2"
    told = corrected.text
    assert "telt mee op 1 juli 2012" in told
    assert "Correcties van weken uit een vastgezet halfjaar" in told
    assert client.get(f"/regios/{code}/uren/correctie?week=x").status_code == 200
    with app.app_context():
        assert db.session.query(HoursCorrection).one().quarters == -20


def test_what_belongs_to_no_region_waits_for_a_reopening_of_its_own(late: Late) -> None:
    programme_id = late.region.programme_id
    assert frozen_nationally(programme_id, date(2012, 7, 2), today=TODAY) is None
    assert frozen_nationally(programme_id, LATE_DAY, today=TODAY) == late.frozen
    _open_again(late)
    assert frozen_nationally(programme_id, LATE_DAY, today=TODAY) == late.frozen
    _open_again(late, region_id=None)
    assert frozen_nationally(programme_id, LATE_DAY, today=TODAY) is None
