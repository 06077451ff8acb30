"""The report of a region: start, write, submit, return, accept."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from tests.factories.covenants import make_appointment
from tests.factories.freezing import send_half_year
from tests.factories.people import give_role, make_person
from tests.factories.periods import (
    LETTER_ON,
    Season,
    fill_report,
    make_period,
    make_report,
    make_season,
    make_submitted_report,
)
from tests.factories.regions import make_region
from vpt_regio import clock
from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Expenditure, HoursEntry
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportSubmission
from vpt_regio.queries.reports import figures, holding_version
from vpt_regio.services.periods import open_period
from vpt_regio.services.reports import (
    ProgressInput,
    accept_report,
    add_missing_activities,
    content_hash,
    edit_report,
    return_report,
    start_report,
    submit_report,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

RUNNING = ProgressInput(ActivityStatus.RUNNING, 40)


def _edit(report: ProgressReport, actor: Person, **changes: object) -> ProgressReport:
    names = ("results", "obstacles", "outlook", "rag", "rag_explanation")
    values = {name: getattr(report, name) for name in names}
    return edit_report(report, **{**values, "activities": {}, **changes}, actor=actor)


def _book(season: Season, cents: int, on: date, activity_id: int | None = None) -> None:
    stage = season.stage
    db.session.add(
        Expenditure(
            region=stage.region,
            covenant=stage.covenant,
            activity_id=activity_id,
            phase=Phase.IMPLEMENTATION,
            booked_on=on,
            description="Drukwerk",
            amount_cents=cents,
            booked_by=stage.leader,
        )
    )


def test_a_report_starts_with_the_activities_of_the_plan_that_holds() -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
    version = holding_version(season.stage.region.id, season.period)
    assert version is not None
    assert [row.activity_id for row in report.activities] == [
        row.activity_id for row in version.activities
    ]
    assert report.status is ReportStatus.DRAFT
    assert [row.status for row in report.activities] == [None]


def test_without_a_plan_the_report_has_no_activities_and_can_be_submitted() -> None:
    with unit_of_work():
        season = make_season(with_plan=False)
        report = make_submitted_report(season)
    assert report.activities == []
    assert report.status is ReportStatus.SUBMITTED


def test_starting_twice_gives_the_same_report() -> None:
    with unit_of_work():
        season = make_season()
        first = make_report(season)
    with unit_of_work():
        assert make_report(season).id == first.id
    actions = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action.startswith("report."))
    ).all()
    assert actions == ["report.started"]


def test_status_and_progress_come_from_the_last_accepted_report() -> None:
    with unit_of_work():
        season = make_season()
        accept_report(make_submitted_report(season), actor=season.stage.manager)
        following = make_period(
            season.programme,
            season.officer,
            "2012-2",
            starts_on=date(2012, 7, 1),
            ends_on=date(2012, 12, 31),
            letter_on=date(2013, 3, 15),
        )
        open_period(following, actor=season.officer)
        report = start_report(season.stage.region, following, actor=season.stage.leader)
    row = report.activities[0]
    assert (row.status, row.percent, row.result) == (ActivityStatus.RUNNING, 40, "")


@pytest.mark.parametrize("status", [RegionStatus.EXPLORING, RegionStatus.MERGED])
def test_a_region_that_is_not_active_does_not_report(status: RegionStatus) -> None:
    with unit_of_work():
        season = make_season()
        season.stage.region.status = status
    with pytest.raises(WrongState), unit_of_work():
        make_report(season)


def test_reporting_needs_an_open_period() -> None:
    with unit_of_work():
        season = make_season()
        planned = make_period(season.programme, season.officer, "2012-2")
    with pytest.raises(WrongState), unit_of_work():
        start_report(season.stage.region, planned, actor=season.stage.leader)
    with unit_of_work(), clock.at(LETTER_ON):
        report = make_report(season)
        send_half_year(season.period, season.officer)
    with pytest.raises(WrongState), unit_of_work():
        _edit(report, season.stage.leader, results="Te laat")


def test_a_frozen_period_refuses_every_change() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        season.period.status = PeriodStatus.FROZEN
    with pytest.raises(PeriodFrozen), unit_of_work():
        return_report(report, note="Te kort", actor=season.stage.manager)
    for status in (PeriodStatus.FROZEN, PeriodStatus.SENT, PeriodStatus.CLOSED):
        with unit_of_work():
            season.period.status = status
        with pytest.raises(PeriodFrozen), unit_of_work():
            accept_report(report, actor=season.stage.manager)


def test_a_region_is_a_wall() -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
        other = make_region(season.programme, "groningen")
        stranger = make_person(season.programme, Role.PROJECT_LEADER, region=other)
        foreign = make_person(season.programme, Role.ACCOUNT_MANAGER, region=other)
    with pytest.raises(NotAllowed), unit_of_work():
        _edit(report, stranger, results="Van een ander")
    with pytest.raises(NotAllowed), unit_of_work():
        start_report(season.stage.region, season.period, actor=stranger)
    with pytest.raises(NotAllowed), unit_of_work():
        submit_report(report, actor=foreign)
    with pytest.raises(NotAllowed), unit_of_work():
        _edit(report, season.stage.manager, results="De accountmanager schrijft niet")


def test_a_draft_may_be_incomplete() -> None:
    with unit_of_work():
        season = make_season()
        report = _edit(make_report(season), season.stage.leader, results="Begin")
    assert (report.results, report.rag) == ("Begin", None)


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_lies_between_0_and_100(percent: int) -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
    activity_id = report.activities[0].activity_id
    progress = replace(RUNNING, percent=percent)
    with pytest.raises(Invalid) as caught, unit_of_work():
        _edit(report, season.stage.leader, activities={activity_id: progress})
    assert caught.value.field == f"activities-{activity_id}-percent"


def test_an_unknown_activity_is_refused() -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
    with pytest.raises(Invalid, match="hoort niet bij"), unit_of_work():
        _edit(report, season.stage.leader, activities={9999: RUNNING})


def test_a_change_of_an_activity_makes_the_version_stale() -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
    leader, seen = season.stage.leader, report.version
    activities = {report.activities[0].activity_id: RUNNING}
    with unit_of_work():
        _edit(report, leader, activities=activities)
    with pytest.raises(Conflict), unit_of_work():
        _edit(report, leader, results="Verouderd", expected_version=seen)
    with pytest.raises(Conflict), unit_of_work():
        submit_report(report, actor=leader, expected_version=seen)


def test_submitting_names_every_gap_at_once() -> None:
    with unit_of_work():
        season = make_season()
        report = make_report(season)
    activity_id = report.activities[0].activity_id
    with pytest.raises(SeveralErrors) as caught, unit_of_work():
        submit_report(report, actor=season.stage.leader)
    fields = [error.field for error in caught.value.errors]
    assert fields == [
        f"activities-{activity_id}-status",
        f"activities-{activity_id}-percent",
        "results",
        "outlook",
        "rag",
    ]
    assert report.submitted_on is None


def test_what_is_submitted_is_kept_with_its_figures() -> None:
    with unit_of_work():
        season = make_season()
        report = fill_report(make_report(season), season.stage.leader)
        activity_id = report.activities[0].activity_id
        _book(season, 250_00, date(2012, 6, 30), activity_id)
        _book(season, 100_00, date(2012, 2, 1))
        _book(season, 999_00, date(2012, 7, 1), activity_id)
        appointment = make_appointment(season.stage.region, season.stage.leader)
        db.session.add(
            HoursEntry(
                appointment=appointment,
                iso_year=2012,
                iso_week=10,
                thursday_on=date(2012, 3, 8),
                quarters=78,
            )
        )
        submission = submit_report(report, actor=season.stage.leader)
    db.session.expire_all()
    assert submission.content["spent_cents"] == 350_00
    assert submission.content["activities"][0]["spent_cents"] == 250_00
    assert submission.content["activities"][0]["title"] == "Campagne"
    assert submission.content["hours_quarters"] == 78
    # 26 weeks from 1 January up to and including 30 June are 182 days
    assert submission.content["hours_norm"] == "520"
    assert submission.sha256 == content_hash(submission.content)
    assert submission.revision_no == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE report_submission SET sha256 = ''", "DELETE FROM report_submission"]
)
def test_a_submission_never_changes(statement: str) -> None:
    with unit_of_work():
        make_submitted_report(make_season())
    with pytest.raises(Exception, match="append-only"), unit_of_work() as session:
        session.execute(text(statement))


def test_a_submitted_report_is_read_only() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
    leader = season.stage.leader
    with pytest.raises(WrongState), unit_of_work():
        _edit(report, leader, results="Nog even")
    with pytest.raises(WrongState), unit_of_work():
        submit_report(report, actor=leader)
    with pytest.raises(WrongState), unit_of_work():
        add_missing_activities(report, actor=leader)


def test_a_returned_report_is_submitted_again_as_the_second_revision() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
    with pytest.raises(Invalid) as caught, unit_of_work():
        return_report(report, note="  ", actor=season.stage.manager)
    assert caught.value.field == "note"
    with unit_of_work():
        return_report(report, note="Noem cijfers.", actor=season.stage.manager)
    assert (report.status, report.return_note) == (ReportStatus.RETURNED, "Noem cijfers.")
    with unit_of_work():
        _edit(report, season.stage.leader, results="Tien bijeenkomsten.")
        submit_report(report, actor=season.stage.leader)
    kept = db.session.scalars(select(ReportSubmission).order_by(ReportSubmission.revision_no)).all()
    assert [(row.revision_no, row.content["results"]) for row in kept] == [
        (1, "De campagne loopt."),
        (2, "Tien bijeenkomsten."),
    ]


def test_nobody_accepts_what_they_wrote_themselves() -> None:
    with unit_of_work():
        season = make_season()
        stage = season.stage
        give_role(
            stage.leader, Role.ACCOUNT_MANAGER, programme=season.programme, region=stage.region
        )
        report = make_submitted_report(season)
    with pytest.raises(NotAllowed, match="zelf"), unit_of_work():
        accept_report(report, actor=stage.leader)
    with unit_of_work():
        accept_report(report, actor=stage.manager)
    assert report.status is ReportStatus.ACCEPTED
    assert (report.accepted_on, report.accepted_by) == (date(2012, 7, 16), stage.manager)
    with pytest.raises(WrongState), unit_of_work():
        return_report(report, note="Toch niet", actor=stage.manager)


def test_an_activity_that_the_plan_got_later_must_be_added() -> None:
    with unit_of_work():
        season = make_season()
        report = fill_report(make_report(season), season.stage.leader)
        report.activities.clear()
    with pytest.raises(Invalid, match="Voeg die toe"), unit_of_work():
        submit_report(report, actor=season.stage.leader)
    with unit_of_work():
        assert add_missing_activities(report, actor=season.stage.leader) == 1
    assert len(report.activities) == 1


def test_amber_without_explanation_stays_a_draft() -> None:
    with unit_of_work():
        season = make_season()
        report = fill_report(make_report(season), season.stage.leader)
        _edit(report, season.stage.leader, rag=Rag.AMBER)
    with pytest.raises(Invalid) as caught, unit_of_work():
        submit_report(report, actor=season.stage.leader)
    assert caught.value.field == "rag_explanation"


def test_without_a_covenant_there_is_no_norm() -> None:
    with unit_of_work():
        season = make_season()
        region = make_region(season.programme, "groningen")
    found = figures(region.id, season.period)
    assert (found.norm, found.quarters, found.spent_cents) == (None, 0, 0)
