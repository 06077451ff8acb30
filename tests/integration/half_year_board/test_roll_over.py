"""Going on to the next half-year: shown first, made once, and nothing goes along silently."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.periods import make_season
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.errors import NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.roll_over import starting_with
from vpt_regio.services.periods import edit_deadlines
from vpt_regio.services.roll_over import propose, roll_over
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]


@pytest.mark.usefixtures("context")
def test_the_next_half_year_follows_once_with_its_deadlines() -> None:
    with unit_of_work():
        season = make_season()
        moved = {DeadlineKind.REPORTS_SUBMITTED: date(2012, 7, 25)}
        edit_deadlines(season.period, moved, actor=season.officer)
    plan = propose(season.period)
    with pytest.raises(NotAllowed), unit_of_work():
        roll_over(season.period, **vars(plan), actor=season.stage.leader)
    with unit_of_work():
        made = roll_over(season.period, **vars(plan), actor=season.officer)
    assert (made.code, made.name, made.status) == ("2012-2", "Halfjaar 2012-2", "planned")
    assert made.letter_on == date(2013, 3, 15)
    # 52 days before the letter, as the last time
    assert made.due_on(DeadlineKind.REPORTS_SUBMITTED) == date(2013, 1, 22)
    with pytest.raises(WrongState, match="2012-2"), unit_of_work():
        roll_over(season.period, **vars(plan), actor=season.officer)


@pytest.mark.usefixtures("context")
def test_what_it_starts_with_is_told_beforehand() -> None:
    with unit_of_work():
        season = make_season()
    plan = propose(season.period)
    found = starting_with(season.period, starts_on=plan.starts_on, ends_on=plan.ends_on)
    assert [region.name for region in found.regions] == [season.stage.region.name]
    assert [region.name for region in found.unfinished] == [season.stage.region.name]
    assert (found.joining, found.leaving, found.late_cents) == ([], [], 0)
    with unit_of_work():
        season.stage.region.designated_on = date(2012, 9, 1)
    found = starting_with(season.period, starts_on=plan.starts_on, ends_on=plan.ends_on)
    assert [region.name for region in found.joining] == [season.stage.region.name]


def test_the_page_shows_it_and_makes_it(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        make_season()
    client = sign_in("beleid@vpt.example")
    page = client.get("/halfjaren/2012-1/volgende").text
    assert 'value="2012-2"' in page
    assert "Wat achterblijft" in page
    with app.app_context():
        assert db.session.query(ReportingPeriod).count() == 1
    values = {
        "code": "2012-2",
        "name": "Tweede halfjaar",
        "starts_on": "01-07-2012",
        "ends_on": "31-12-2012",
        "letter_on": "15-03-2013",
    }
    refused = client.post("/halfjaren/2012-1/volgende", data={**values, "ends_on": "01-01-2012"})
    assert refused.status_code == 422
    assert "Tweede halfjaar" in refused.text
    made = client.post("/halfjaren/2012-1/volgende", data=values)
    assert made.location == "/halfjaren/2012-2"
    assert "is er al een ander" in client.get("/halfjaren/2012-1/volgende").text
