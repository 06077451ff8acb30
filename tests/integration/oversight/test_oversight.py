"""The watch duties at a plan and at each half-year, and their course over time."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from tests.factories.action_plans import assess, make_in_review, make_stage
from tests.factories.periods import Season, fill_report, make_season, make_submitted_report
from vpt_regio.domain.enums import DutyScore, WatchDuty
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import Conflict, Invalid, NotAllowed, PeriodFrozen, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.periods import ProgressReport, ReportSubmission
from vpt_regio.queries.duties import course_of, earlier_scores
from vpt_regio.services.action_plans import submit_plan
from vpt_regio.services.plan_reviews import take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.report_duties import score_report_duties
from vpt_regio.services.reports import accept_report, submit_report, withdraw_report
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"
REPORT = "/halfjaren/2012-1/rapportages/limburg"
ALL_PARTIAL = dict.fromkeys(WatchDuty, (DutyScore.PARTIAL, "Het kan beter"))


@pytest.mark.usefixtures("context")
def test_a_withdrawn_report_is_a_draft_and_what_was_submitted_is_kept() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        withdraw_report(report, actor=season.stage.leader)
    assert (report.status, report.submitted_on) == (ReportStatus.DRAFT, None)
    message = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert message is not None
    assert message.recipient == season.stage.manager.email
    with unit_of_work():
        fill_report(report, season.stage.leader)
        submit_report(report, actor=season.stage.leader)
    assert [one.revision_no for one in report.submissions] == [1, 2]
    assert db.session.scalar(select(func.count(ReportSubmission.id))) == 2


@pytest.mark.usefixtures("context")
def test_a_report_is_withdrawn_by_the_region_while_it_lies_with_the_account_manager() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        seen = report.version
    with pytest.raises(NotAllowed), unit_of_work():
        withdraw_report(report, actor=season.stage.manager)
    with unit_of_work():
        score_report_duties(report, scores=ALL_PARTIAL, actor=season.stage.manager)
    with pytest.raises(Conflict), unit_of_work():
        withdraw_report(report, actor=season.stage.leader, expected_version=seen)
    with unit_of_work():
        accept_report(report, actor=season.stage.manager)
    with pytest.raises((WrongState, PeriodFrozen)), unit_of_work():
        withdraw_report(report, actor=season.stage.leader)


@pytest.mark.usefixtures("context")
def test_the_duties_are_scored_while_the_report_is_submitted() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        score_report_duties(report, scores=ALL_PARTIAL, actor=season.stage.manager)
    again = {WatchDuty.PROGRESS: (DutyScore.SUFFICIENT, "")}
    with unit_of_work():
        score_report_duties(report, scores=again, actor=season.stage.manager)
    scores = {score.duty: score for score in report.duty_scores}
    assert len(scores) == len(WatchDuty)
    assert scores[WatchDuty.PROGRESS].score is DutyScore.SUFFICIENT
    assert scores[WatchDuty.COOPERATION].note == "Het kan beter"
    actions = list(db.session.scalars(select(AuditEntry.action)))
    assert actions.count("report.duties_scored") == 2
    with pytest.raises(NotAllowed), unit_of_work():
        score_report_duties(report, scores=again, actor=season.stage.leader)
    with pytest.raises(Invalid), unit_of_work():
        score_report_duties(report, scores={}, actor=season.stage.manager)
    with unit_of_work():
        accept_report(report, actor=season.stage.manager)
    with pytest.raises(WrongState), unit_of_work():
        score_report_duties(report, scores=again, actor=season.stage.manager)


@pytest.mark.usefixtures("context")
def test_two_who_score_at_once_do_not_overwrite_each_other() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
    seen = report.version
    with unit_of_work():
        score_report_duties(
            report, scores=ALL_PARTIAL, actor=season.stage.manager, expected_version=seen
        )
    with pytest.raises(Conflict), unit_of_work():
        score_report_duties(
            report, scores=ALL_PARTIAL, actor=season.stage.manager, expected_version=seen
        )


@pytest.mark.usefixtures("context")
def test_the_course_puts_plan_versions_and_half_years_in_order() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        score_report_duties(report, scores=ALL_PARTIAL, actor=season.stage.manager)
        other = make_stage("groningen", programme=season.programme)
        assess(make_in_review(other), other)
    region = season.stage.region
    moments = course_of(region, with_running=True)
    assert [(one.is_plan, len(one.scores)) for one in moments] == [(False, 6), (True, 6)]
    assert [one.is_plan for one in course_of(region, with_running=False)] == [True]
    assert course_of(other.region, with_running=False) == []
    before_plan = earlier_scores(moments, moments[1].subject)
    assert before_plan[WatchDuty.PROGRESS].record.score is DutyScore.PARTIAL
    assert earlier_scores(moments, report) == {}


@pytest.mark.usefixtures("context")
def test_the_course_takes_as_many_queries_for_many_moments() -> None:
    with unit_of_work():
        season = make_season()
        report = make_submitted_report(season)
        score_report_duties(report, scores=ALL_PARTIAL, actor=season.stage.manager)
    region_id = season.stage.region.id
    db.session.expire_all()
    region = db.session.get_one(type(season.stage.region), region_id)
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        moments = course_of(region, with_running=True)
        assert [score.scored_by.name for one in moments for score in one.scores.values()]
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    # two for the mergers and holds that stand, four for the moments and their scores
    assert len([text for text in statements if text.startswith("SELECT")]) <= 6


def _submitted(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_submitted_report(make_season())


def test_the_account_manager_scores_on_the_page_of_the_report(app: Flask, sign_in: SignIn) -> None:
    _submitted(app)
    manager = sign_in(MANAGER)
    page = manager.get(REPORT).text
    assert "Aandachtspunten van het toezicht" in page
    answer = manager.post(
        f"{REPORT}/toezicht",
        data={"score_progress": "insufficient", "note_progress": "Te traag"},
        follow_redirects=True,
    )
    assert "is bewaard" in answer.text
    assert "Te traag" in answer.text
    leader = sign_in(LEADER)
    assert "Te traag" not in leader.get(REPORT).text
    assert "Te traag" not in leader.get("/regios/limburg/toezicht").text
    manager = sign_in(MANAGER)
    manager.post(f"{REPORT}/aannemen")
    course = manager.get("/regios/limburg/toezicht").text
    assert "Te traag" in course
    assert "niet beoordeeld" in course
    leader = sign_in(LEADER)
    assert "Te traag" in leader.get(REPORT).text
    assert "Te traag" in leader.get("/regios/limburg/toezicht").text


def test_nothing_scored_is_said_and_the_typed_note_stays(app: Flask, sign_in: SignIn) -> None:
    _submitted(app)
    answer = sign_in(MANAGER).post(f"{REPORT}/toezicht", data={"note_progress": "Half af"})
    assert answer.status_code == 422
    assert "minstens één aandachtspunt" in answer.text
    assert "Half af" in answer.text


def test_the_score_before_stands_beside_the_form(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        season: Season = make_season()
        report: ProgressReport = make_submitted_report(season)
        score_report_duties(report, scores=ALL_PARTIAL, actor=season.stage.manager)
        accept_report(report, actor=season.stage.manager)
        make_in_review_again(season)
    page = sign_in(MANAGER).get("/plannen/1/beoordeling").text
    assert "Vorige keer (Plan, versie 1, 16-07-2012): voldoende. In orde" in page
    assert "/regios/limburg/toezicht" in page


def make_in_review_again(season: Season) -> None:
    """A second version of the approved plan that lies with the account manager."""
    plan = db.session.scalars(select(ActionPlan)).one()
    version = start_new_version(plan, actor=season.stage.leader)
    submit_plan(version, actor=season.stage.leader)
    take_up_plan(version, actor=season.stage.manager)


def test_the_region_withdraws_with_a_button(app: Flask, sign_in: SignIn) -> None:
    _submitted(app)
    leader = sign_in(LEADER)
    assert f"{REPORT}/intrekken" in leader.get(REPORT).text
    answer = leader.post(f"{REPORT}/intrekken", follow_redirects=True)
    assert "weer een concept" in answer.text
    assert leader.post(f"{REPORT}/intrekken").status_code == 409
    assert f"{REPORT}/intrekken" not in sign_in(MANAGER).get(REPORT).text
