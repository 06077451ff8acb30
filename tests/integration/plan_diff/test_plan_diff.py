"""What changed between two versions of a plan; an approved plan is revised while it runs."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.factories.action_plans import (
    Stage,
    assess,
    fill,
    make_approved,
    make_plan,
    make_returned,
    make_stage,
)
from tests.factories.periods import make_report, make_season, make_submitted_report
from vpt_regio.domain.enums import Phase, PlanSection
from vpt_regio.domain.rules.plan_diff import ChangeKind
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.queries.plan_diff import compare_versions, last_progress, version_before
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.reports import holding_version
from vpt_regio.services.action_plans import (
    add_budget_line,
    edit_texts,
    submit_plan,
    withdraw_plan,
)
from vpt_regio.services.activities import add_activity, remove_activity
from vpt_regio.services.decisions import adopt_plan, approve_plan
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.plan_reviews import take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"
STRANGER = "leider.groningen@vpt.example"


def _revise(version: PlanVersion, stage: Stage) -> PlanVersion:
    """A second version: a longer approach, one activity gone, one new, one line for the plan."""
    leader = stage.leader
    revised = start_new_version(version.plan, actor=leader)
    edit_texts(revised, approach="Aanpak in twee stappen", actor=leader)
    remove_activity(revised.activities[0], actor=leader)
    add_activity(
        revised,
        title="Training",
        measures=list_measures(stage.programme, on=date(2012, 7, 16)),
        owner=stage.partner,
        starts_on=date(2012, 10, 1),
        ends_on=date(2013, 3, 31),
        is_awareness=True,
        development_cents=5_000_00,
        actor=leader,
    )
    add_budget_line(
        revised,
        phase=Phase.IMPLEMENTATION,
        description="Zaalhuur",
        amount_cents=1_000_00,
        actor=leader,
    )
    return revised


@pytest.mark.usefixtures("context")
def test_texts_activities_and_money_are_compared() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_returned(stage)
        _revise(version, stage)
    diff = compare_versions(version.plan, 1, 2).diff
    approach = diff.texts[PlanSection.APPROACH]
    assert (approach.old, approach.new) == ("Aanpak", "Aanpak in twee stappen")
    assert not diff.texts[PlanSection.EMBEDDING].is_changed
    assert [(one.title, one.kind) for one in diff.activities] == [
        ("Campagne", ChangeKind.REMOVED),
        ("Training", ChangeKind.ADDED),
    ]
    assert (diff.total.old, diff.total.new) == (80_000_00, 6_000_00)
    assert diff.phases[Phase.DEVELOPMENT].difference == 5_000_00
    assert compare_versions(version.plan, 2, 2).diff.is_empty


@pytest.mark.usefixtures("context")
def test_a_copy_without_a_change_does_not_differ() -> None:
    with unit_of_work():
        stage = make_stage()
        plan = make_plan(stage)
        version = fill(plan.latest, stage)
        for number in (1, 2):
            add_budget_line(
                version,
                phase=Phase.DEVELOPMENT,
                description="Materiaal",
                amount_cents=number * 100,
                actor=stage.leader,
            )
        submit_plan(version, actor=stage.leader)
        withdraw_plan(version, actor=stage.leader)
        start_new_version(plan, actor=stage.leader)
    assert compare_versions(plan, 1, 2).diff.is_empty


@pytest.mark.usefixtures("context")
def test_the_version_before_is_the_one_that_was_judged_last() -> None:
    with unit_of_work():
        stage = make_stage()
        plan = make_returned(stage).plan
        second = start_new_version(plan, actor=stage.leader)
        submit_plan(second, actor=stage.leader)
        withdraw_plan(second, actor=stage.leader)
        third = start_new_version(plan, actor=stage.leader)
    found = version_before(plan, third)
    assert found is not None
    assert found.version_no == 1
    assert version_before(plan, plan.versions[0]) is None


@pytest.mark.usefixtures("context")
def test_comparing_takes_as_many_queries_for_many_activities() -> None:
    counts: list[int] = []
    with unit_of_work():
        stage = make_stage()
        version = make_returned(stage)
        revised = _revise(version, stage)
        plan_id = version.action_plan_id
    for extra in (0, 5):
        with unit_of_work():
            for number in range(extra):
                add_activity(revised, title=f"Extra {number}", measures=[], actor=stage.leader)
        db.session.expire_all()
        plan = db.session.get_one(ActionPlan, plan_id)
        counts.append(_count_of(lambda plan=plan: compare_versions(plan, 1, 2)))
    assert counts[0] == counts[1]


def _count_of(work: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(text.startswith("SELECT") for text in statements)


@pytest.mark.usefixtures("context")
def test_an_approved_plan_runs_on_while_it_is_revised() -> None:
    """Bookings and reports stay with the approved version until the new one is approved."""
    with unit_of_work():
        season = make_season()
        stage = season.stage
        report = make_submitted_report(season)
        plan = db.session.scalars(select(ActionPlan)).one()
        approved = plan.latest
        activity = approved.activities[0].activity
        draft = _revise(approved, stage)
    held = holding_version(stage.region.id, season.period)
    assert (draft.version_no, held) == (2, approved)
    assert plan.holding is approved
    with unit_of_work():
        booked = book_expenditure(
            stage.region,
            activity=activity,
            phase=Phase.IMPLEMENTATION,
            booked_on=date(2012, 7, 2),
            description="Drukwerk",
            amount_cents=100_00,
            actor=stage.leader,
        )
    assert booked.activity_id == activity.id
    assert [row.activity_id for row in report.activities] == [activity.id]
    assert last_progress(plan)[activity.id].percent == 40
    with unit_of_work():
        take_up_plan(submit_plan(draft, actor=stage.leader), actor=stage.manager)
        adopt_plan(assess(draft, stage), note="", actor=stage.manager)
    assert holding_version(stage.region.id, season.period) is approved
    with unit_of_work():
        approve_plan(draft, note="", actor=stage.manager)
    assert approved.status is ActionPlanStatus.SUPERSEDED
    assert holding_version(stage.region.id, season.period) is draft
    # the activity left the plan: what was booked and reported on it stays
    assert booked.activity_id == activity.id
    assert last_progress(plan)[activity.id].percent == 40


@pytest.mark.usefixtures("context")
def test_a_report_that_is_not_handed_in_tells_nothing_yet() -> None:
    with unit_of_work():
        season = make_season()
        make_report(season)
        plan = db.session.scalars(select(ActionPlan)).one()
    assert last_progress(plan) == {}


@pytest.fixture
def revised(app: Flask) -> str:
    """The address of a plan with a returned version and a draft that follows it."""
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_stage("groningen", programme=stage.programme)
        version = make_returned(stage)
        _revise(version, stage)
        return f"/plannen/{version.action_plan_id}"


def test_the_page_shows_what_came_and_went(revised: str, sign_in: SignIn) -> None:
    page = sign_in(LEADER).get(f"{revised}/vergelijken?van=1&tot=2").text
    assert "toegevoegd: </span> in twee stappen" in page
    assert "2. Training" in page
    assert "80.000,00" in page
    assert "6.000,00" in page
    assert "Zaalhuur" in page
    back = sign_in(LEADER).get(f"{revised}/vergelijken?van=2&tot=1").text
    assert "verwijderd: </span> in twee stappen" in back


def test_without_a_choice_the_newest_stands_beside_the_one_before(
    revised: str, sign_in: SignIn
) -> None:
    leader = sign_in(LEADER)
    assert f"{revised}/vergelijken?van=1&amp;tot=2" in leader.get(revised).text
    for asked in ("", "?van=&tot=", "?van=99&tot=x", "?van=-1&tot=99999999999999"):
        answer = leader.get(f"{revised}/vergelijken{asked}")
        assert answer.status_code == 200
        assert "Versie 1 vergeleken met versie 2" in answer.text
    same = leader.get(f"{revised}/vergelijken?van=2&tot=2").text
    assert "niets veranderd" in same


def test_the_first_version_is_compared_with_itself(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        url = f"/plannen/{make_approved(make_stage()).action_plan_id}"
    leader = sign_in(LEADER)
    assert "niets veranderd" in leader.get(f"{url}/vergelijken").text
    assert "Wat is er veranderd" not in leader.get(url).text


def test_another_region_does_not_see_it(revised: str, sign_in: SignIn) -> None:
    assert sign_in(STRANGER).get(f"{revised}/vergelijken").status_code == 404
    assert "vergelijken" in sign_in(MANAGER).get(f"{revised}/versies/2").text


def test_the_last_report_stands_beside_an_activity(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        make_submitted_report(make_season())
    page = sign_in(LEADER).get("/plannen/1").text
    assert "loopt, 40% (Halfjaar 2012-1)" in page
