"""Late, excused and not delivered are three things; what is missing can be explained."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.periods import Season, make_season, make_submitted_report
from vpt_regio import clock
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import Invalid, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.queries.extensions import explanation_of, extension_of
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.periods import board
from vpt_regio.services.explanations import explain_missing, withdraw_explanation
from vpt_regio.services.extensions import grant_extension, withdraw_extension
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]

UNTIL = date(2012, 8, 10)
AFTER_DEADLINE = date(2012, 7, 30)
"""The regions submit by 21 July 2012, the letter goes out on 15 September 2012."""


@pytest.fixture
def season(context: Flask) -> Season:
    with unit_of_work():
        return make_season()


def _status(season: Season, day: date) -> ReportStatus:
    with clock.at(day):
        (row,) = board(season.period, season.officer).rows
        (of_overview,) = region_rows(season.officer, season.period, day)
        assert of_overview.report_status is row.status
    return row.status


def test_extra_time_makes_late_excused_until_it_ends(season: Season) -> None:
    assert _status(season, AFTER_DEADLINE) is ReportStatus.LATE
    with unit_of_work():
        grant_extension(
            season.period,
            season.stage.region,
            extended_to=UNTIL,
            reason="De projectleider was ziek.",
            actor=season.officer,
        )
    assert _status(season, date(2012, 7, 21)) is ReportStatus.NOT_STARTED
    assert _status(season, AFTER_DEADLINE) is ReportStatus.EXCUSED
    assert _status(season, date(2012, 8, 11)) is ReportStatus.LATE
    assert _status(season, date(2012, 9, 15)) is ReportStatus.MISSING
    with clock.at(date(2012, 8, 14)):
        assert board(season.period, season.officer).rows[0].days_late == 4
        (item,) = [one for one in my_work(season.stage.leader).to_do if "Rapportage" in one.title]
        assert item.due_on == UNTIL
    assert "10-08-2012" in db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc())[0].body


def test_what_was_withdrawn_does_not_revive_what_it_replaced(season: Season) -> None:
    with unit_of_work():
        for until in (UNTIL, date(2012, 8, 20)):
            extension = grant_extension(
                season.period,
                season.stage.region,
                extended_to=until,
                reason="Ziekte.",
                actor=season.officer,
            )
    with unit_of_work():
        withdraw_extension(extension, reason="Toch op tijd klaar.", actor=season.officer)
    assert extension_of(season.period, season.stage.region.id) is None
    assert _status(season, AFTER_DEADLINE) is ReportStatus.LATE
    with pytest.raises(WrongState, match="al ingetrokken"), unit_of_work():
        withdraw_extension(extension, reason="Nog eens.", actor=season.officer)


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (date(2012, 7, 1), "nog niet voorbij"),
        (date(2012, 7, 21), "al tot en met 21-07-2012"),
        (date(2012, 9, 15), "Kies een dag daarvoor"),
    ],
)
def test_extra_time_lies_between_the_deadline_and_the_letter(
    season: Season, until: date, message: str
) -> None:
    with pytest.raises(Invalid) as raised, unit_of_work():
        grant_extension(
            season.period,
            season.stage.region,
            extended_to=until,
            reason="Ziekte.",
            actor=season.officer,
        )
    assert message in str(raised.value)
    assert raised.value.field == "extended_to"


def test_what_is_in_needs_no_extra_time_and_a_leader_gives_none(season: Season) -> None:
    with pytest.raises(NotAllowed), unit_of_work():
        grant_extension(
            season.period,
            season.stage.region,
            extended_to=UNTIL,
            reason="Ziekte.",
            actor=season.stage.leader,
        )
    with unit_of_work():
        make_submitted_report(season)
    with pytest.raises(WrongState, match="al ingediend"), unit_of_work():
        grant_extension(
            season.period,
            season.stage.region,
            extended_to=UNTIL,
            reason="Ziekte.",
            actor=season.officer,
        )


def test_an_explanation_can_be_put_right_and_taken_back(season: Season) -> None:
    period, region = season.period, season.stage.region
    with pytest.raises(Invalid, match="Leg uit"), unit_of_work():
        explain_missing(period, region, reason="  ", actor=season.officer)
    for reason in ("De regio is pas begonnen.", "De regio begon in juni."):
        with unit_of_work():
            explain_missing(period, region, reason=reason, actor=season.officer)
    (row,) = board(period, season.officer).rows
    assert row.explanation is not None
    assert row.explanation.reason == "De regio begon in juni."
    with unit_of_work():
        withdraw_explanation(period, region, actor=season.officer)
    assert explanation_of(period, region.id) is None
    with pytest.raises(WrongState, match="geen uitleg"), unit_of_work():
        withdraw_explanation(period, region, actor=season.officer)


def test_the_pages_of_the_board_carry_it_through(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        code = make_season().stage.region.code
    client = sign_in("beleid@vpt.example")
    address = f"/halfjaren/2012-1/uitstel/{code}"
    refused = client.post(address, data={"extended_to": "01-07-2012", "reason": "Ziekte."})
    assert refused.status_code == 422
    assert "nog niet voorbij" in refused.text
    assert "Ziekte." in refused.text
    assert client.post(address, data={"extended_to": "10-08-2012", "reason": "Ziekte."}).location
    told = client.post(f"/halfjaren/2012-1/ontbreekt/{code}", data={"reason": "Pas begonnen."})
    assert told.location == "/halfjaren/2012-1"
    shown = client.get("/halfjaren/2012-1").text
    assert "Uitstel tot en met" in shown
    assert "Pas begonnen." in shown
    assert "Ziekte." in client.get(address).text
    assert client.get(f"/halfjaren/2012-1/uitstel/geen{code}").status_code == 404
    with app.app_context():
        extension_id = db.session.query(DeadlineExtension.id).scalar()
    withdrawal = f"/halfjaren/2012-1/uitstel/{extension_id}/intrekken"
    assert "Ziekte." in client.get(withdrawal).text
    assert client.post(withdrawal, data={"reason": "Niet meer nodig."}).location
    assert "Uitstel tot en met" not in client.get("/halfjaren/2012-1").text
