"""A long form asks little more of the database than a short one."""

import pytest

from tests.factories.covenants import make_appointment
from tests.factories.imports import booking, download, fill, send_in
from tests.factories.periods import Season, make_season
from tests.integration.periods.counting import statements
from vpt_regio.services import imports
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form_types import Week

pytestmark = pytest.mark.usefixtures("context")


def _questions(season: Season, appointment: int, weeks: range, bookings: range) -> int:
    """Take a form over, and return how many questions that asked."""
    hours = [(appointment, Week(2012, week), 30) for week in weeks]
    spent = [booking(100_00 + number) for number in bookings]
    with unit_of_work():
        import_ = send_in(season, fill(download(season), weeks=hours, bookings=spent))
    keys = {line.key for line in imports.preview(import_).lines}
    with unit_of_work(), statements() as seen:
        imports.decide(import_, accepted_keys=keys, actor=import_.uploaded_by)
    assert len(import_.applied) == 1 + len(weeks) + len(bookings)
    return len(seen)


def test_a_line_more_asks_only_what_is_about_that_line() -> None:
    with unit_of_work():
        season = make_season()
        appointment = make_appointment(season.stage.region, season.stage.leader).id
    _questions(season, appointment, range(5, 6), range(1))  # the first form starts the report
    few = _questions(season, appointment, range(6, 7), range(1, 2))
    more = _questions(season, appointment, range(7, 17), range(2, 12))
    # of a week whether it was booked and whether its half-year is open, of a booking what is left
    assert more <= few + 9 * 2 + 9 * 1
