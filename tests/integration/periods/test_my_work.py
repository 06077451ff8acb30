"""What waits for each person, what lies with others, and what comes."""

from datetime import date

import pytest

from tests.factories.action_plans import (
    make_adopted,
    make_approved,
    make_in_review,
    make_plan,
    make_returned,
    make_stage,
    make_submitted,
)
from tests.factories.covenants import make_appointment, make_covenant
from tests.factories.people import make_person
from tests.factories.periods import (
    LETTER_ON,
    make_officer,
    make_period,
    make_report,
    make_season,
    make_submitted_report,
)
from tests.factories.regions import make_programme, make_region
from tests.integration.periods.counting import statements
from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS, DeadlineKind
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import HoursEntry
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.work_items import ABOVE_MANDATE, WorkItem
from vpt_regio.services.reports import return_report
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _titles(items: tuple[WorkItem, ...]) -> list[str]:
    return [item.title % item.params for item in items]


def _to_do(person: Person) -> list[str]:
    return _titles(my_work(person).to_do)


def _waiting(person: Person) -> list[str]:
    return [item.why % item.params for item in my_work(person).waiting]


def test_a_covenant_in_force_without_a_plan_asks_the_project_leader_for_one() -> None:
    with unit_of_work():
        stage = make_stage()
    item = my_work(stage.leader).to_do[0]
    assert item.title % item.params == "Plan van aanpak Limburg beginnen"
    assert (item.due_on, item.is_overdue) == (date(2012, 12, 31), False)
    assert _to_do(stage.manager) == []


def test_a_plan_moves_from_the_project_leader_to_the_account_manager() -> None:
    with unit_of_work():
        programme = make_programme()
        draft = make_stage("a", programme=programme)
        make_plan(draft)
        submitted = make_stage("b", programme=programme)
        make_submitted(submitted)
        review = make_stage("c", programme=programme)
        make_in_review(review)
        returned = make_stage("d", programme=programme)
        make_returned(returned)
    assert _to_do(draft.leader) == ["Plan van aanpak A schrijven"]
    assert _to_do(draft.manager) == []
    assert _to_do(submitted.manager) == ["Plan van aanpak B in behandeling nemen"]
    assert _to_do(review.manager) == ["Plan van aanpak C beoordelen"]
    assert _to_do(returned.leader) == ["Plan van aanpak D aanpassen"]
    assert my_work(submitted.leader).waiting[0].since == date(2012, 7, 16)
    assert _waiting(submitted.leader)[0].startswith("Bij de accountmanager")
    assert _waiting(returned.manager)[0].startswith("Bij de projectleider")


def test_a_plan_to_approve_waits_for_who_has_a_mandate_only() -> None:
    with unit_of_work():
        stage = make_stage()
        make_adopted(stage)
    assert _to_do(stage.manager) == ["Plan van aanpak Limburg goedkeuren"]
    assert my_work(stage.manager).to_do[0].endpoint == "plan_reviews.show"
    assert _to_do(stage.holder) == ["Plan van aanpak Limburg goedkeuren"]
    with unit_of_work() as session:
        session.query(Mandate).filter_by(person_id=stage.manager.id).update(
            {"ends_on": date(2012, 7, 15)}
        )
    assert _to_do(stage.manager) == []
    assert "Een ander" in _waiting(stage.manager)[0]


def test_a_plan_above_a_mandate_waits_for_who_has_a_higher_one() -> None:
    with unit_of_work() as session:
        stage = make_stage()
        version = make_adopted(stage)
        below = version.budget_cents - 1
        session.query(Mandate).filter_by(person_id=stage.manager.id).update(
            {"max_amount_cents": below}
        )
    assert below > 0
    assert _to_do(stage.manager) == []
    assert _waiting(stage.manager) == [ABOVE_MANDATE]
    assert _to_do(stage.holder) == ["Plan van aanpak Limburg goedkeuren"]
    with unit_of_work() as session:
        session.query(Mandate).filter_by(person_id=stage.manager.id).update(
            {"max_amount_cents": below + 1}
        )
    assert _to_do(stage.manager) == ["Plan van aanpak Limburg goedkeuren"]


def test_an_approved_plan_asks_nothing_any_more() -> None:
    with unit_of_work():
        stage = make_stage()
        make_approved(stage)
    assert _to_do(stage.leader) == []
    assert _to_do(stage.manager) == []
    assert _waiting(stage.leader) == []


def test_a_report_moves_between_project_leader_and_account_manager() -> None:
    with unit_of_work():
        season = make_season()
    leader, manager = season.stage.leader, season.stage.manager
    assert _to_do(leader) == ["Rapportage Limburg over 2012-1 beginnen"]
    with unit_of_work():
        report = make_report(season)
    item = my_work(leader).to_do[0]
    assert item.title % item.params == "Rapportage Limburg over 2012-1 schrijven"
    assert item.due_on == date(2012, 7, 21)
    with clock.at(date(2012, 7, 22)):
        assert my_work(leader).to_do[0].is_overdue
    with unit_of_work():
        make_submitted_report(season)
    assert _to_do(leader) == []
    assert _waiting(leader)[0].startswith("Bij de accountmanager")
    assert _to_do(manager) == ["Rapportage Limburg over 2012-1 beoordelen"]
    with unit_of_work():
        return_report(report, note="Te kort", actor=manager)
    assert _to_do(leader) == ["Rapportage Limburg over 2012-1 aanpassen"]
    assert _to_do(manager) == []


def test_covenants_to_sign_and_covenants_that_ran_out() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        region, succeeded = make_region(programme), make_region(programme, "groningen")
        manager = make_person(programme, Role.ACCOUNT_MANAGER, region=region)
        draft = make_covenant(make_region(programme, "zeeland"), status=CovenantStatus.DRAFT)
        over = make_covenant(region, original_end_on=date(2012, 6, 30))
        make_covenant(succeeded, original_end_on=date(2012, 6, 30))
        make_covenant(succeeded)
    about_term = [text for text in _to_do(officer) if "verlopen" in text or "Onderteken" in text]
    assert about_term == [
        f"Convenant {over.number} is verlopen",
        f"Ondertekening van convenant {draft.number} vastleggen",
    ]
    assert _to_do(manager) == [f"Convenant {over.number} is verlopen"]


def test_four_weeks_without_hours_are_noticed() -> None:
    with unit_of_work():
        programme = make_programme()
        region = make_region(programme)
        leader = make_person(programme, Role.PROJECT_LEADER, region=region)
        appointment = make_appointment(region, leader)
        entry = HoursEntry(
            appointment=appointment,
            iso_year=2012,
            iso_week=24,
            thursday_on=date(2012, 6, 14),
            quarters=80,
        )
        db.session.add(entry)
    item = my_work(leader).to_do[0]
    assert item.why % item.params == "U hebt 4 weken geen uren geboekt."
    with clock.at(date(2012, 7, 11)):
        assert my_work(leader).to_do == ()


def test_the_policy_officer_sees_the_steps_of_a_period_whose_day_has_come() -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        make_period(programme, officer)
    assert _to_do(officer) == ["Halfjaar 2012-1 openen"]
    with clock.at(date(2011, 12, 31)):
        assert _to_do(officer) == []


def test_deadlines_of_the_next_weeks_come_nearest_first() -> None:
    with unit_of_work():
        season = make_season()
    coming = my_work(season.officer).coming
    assert [day.what for day in coming][:2] == [
        DEADLINE_LABELS[DeadlineKind.REPORTS_SUBMITTED],
        DEADLINE_LABELS[DeadlineKind.REVIEWS_DONE],
    ]
    assert all(date(2012, 7, 16) <= day.due_on <= date(2012, 8, 27) for day in coming)


def test_the_oldest_comes_first() -> None:
    with unit_of_work():
        season = make_season()
        with clock.at(LETTER_ON):
            items = my_work(season.officer).to_do
    days = [item.since for item in items if item.since]
    assert days == sorted(days)


@pytest.mark.parametrize("count", [3, 30])
def test_my_work_takes_as_many_queries_whatever_there_is(count: int) -> None:
    with unit_of_work():
        programme = make_programme()
        officer = make_officer(programme)
        manager = make_person(programme, Role.POLICY_OFFICER)
        for number in range(count):
            stage = make_stage(f"regio-{number:02}", programme=programme)
            make_submitted(stage)
            for role in stage.manager.roles + stage.leader.roles:
                if number:
                    role.person = manager
        make_period(programme, officer)
    db.session.expire_all()
    assert manager.roles
    with statements() as seen:
        found = my_work(manager)
    assert len(found.to_do) >= count
    assert len(seen) <= 32
