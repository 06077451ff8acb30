"""The pages about plans: who gets in, what is shown, and that nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories.action_plans import (
    Stage,
    assess,
    fill,
    make_adopted,
    make_approved,
    make_in_review,
    make_plan,
    make_returned,
    make_stage,
    make_submitted,
)
from tests.factories.people import make_person
from tests.factories.regions import make_programme
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.uow import unit_of_work

LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"
HOLDER = "mandaat.limburg@vpt.example"
STRANGER = "leider.groningen@vpt.example"

SignIn = Callable[..., FlaskClient]


@dataclass
class Made:
    """What a test needs to know outside the transaction that made it."""

    plan_id: int
    url: str


@pytest.fixture
def made(app: Flask) -> Callable[[Callable[[Stage], Any]], Made]:
    """Return a function that makes a plan with one of the factories, and a second region."""

    def make(work: Callable[[Stage], Any]) -> Made:
        with app.app_context(), unit_of_work():
            stage = make_stage()
            make_stage("groningen", programme=stage.programme)
            result = work(stage)
            plan_id = result.id if isinstance(result, ActionPlan) else result.action_plan_id
            return Made(plan_id, f"/plannen/{plan_id}")

    return make


def _complete_draft(stage: Stage) -> ActionPlan:
    plan = make_plan(stage)
    fill(plan.latest, stage)
    return plan


def _version(app: Flask, made: Made) -> PlanVersion:
    with app.app_context():
        version = db.session.get_one(ActionPlan, made.plan_id).latest
        version.budget_lines, version.activities, version.remarks  # noqa: B018 - read while open
        db.session.expunge_all()
        return version


def test_the_whole_way_through_the_pages(app: Flask, made: Any, sign_in: SignIn) -> None:
    """Submit, take up, score, test, adopt and approve, each with the button that is there."""
    plan = made(_complete_draft)
    leader, manager = sign_in(LEADER), sign_in(MANAGER)
    assert "Het plan is compleet" in leader.get(plan.url).text
    assert leader.post(f"{plan.url}/indienen").status_code == 303
    page = manager.get(f"{plan.url}/beoordeling").text
    assert "In behandeling nemen" in page
    assert manager.post(f"{plan.url}/in-behandeling").status_code == 303
    scores = {
        f"score_{duty}": "sufficient"
        for duty in (
            "consensus_analysis",
            "consensus_approach",
            "cooperation",
            "coordination",
            "progress",
            "use_of_funds",
        )
    }
    duties = manager.post(f"{plan.url}/beoordeling/toezicht", data=scores)
    assert duties.status_code == 303
    money = {"reasoning": "Er blijft over.", "follow_up": "Volgend jaar."}
    assert manager.post(f"{plan.url}/beoordeling/toereikendheid", data=money).status_code == 303
    assert manager.post(f"{plan.url}/voorlopig-vaststellen", data={}).status_code == 303
    confirm = manager.get(f"{plan.url}/goedkeuren")
    assert "Mandaatbesluit 2012, namens de minister" in confirm.text
    assert manager.post(f"{plan.url}/goedkeuren", data={"note": "Akkoord"}).status_code == 303
    page = leader.get(plan.url).text
    assert "VPT-2012-0002" in page
    assert "Nieuwe versie beginnen" in page
    assert _version(app, plan).status is ActionPlanStatus.APPROVED


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/versies/1",
        "/onderdelen/aanpak",
        "/onderdelen/probleemanalyse",
        "/onderdelen/borging",
        "/overeenstemming",
        "/begroting",
        "/maatregelen",
        "/activiteiten",
        "/activiteiten/nieuw",
    ],
)
def test_a_leader_opens_every_page_of_a_draft(made: Any, sign_in: SignIn, path: str) -> None:
    plan = made(_complete_draft)
    answer = sign_in(LEADER).get(plan.url + path)
    assert answer.status_code == 200
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    "path",
    ["", "/versies/1", "/beoordeling", "/terugsturen", "/voorlopig-vaststellen", "/goedkeuren"],
)
def test_a_manager_opens_every_page_of_a_review(made: Any, sign_in: SignIn, path: str) -> None:
    plan = made(make_in_review)
    assert sign_in(MANAGER).get(plan.url + path).status_code == 200


def test_activities_have_pages_of_their_own(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_complete_draft)
    leader = sign_in(LEADER)
    activity = _version(app, plan).activities[0]
    address = f"{plan.url}/activiteiten/{activity.activity_id}"
    assert "Campagne" in leader.get(f"{address}/bewerken").text
    assert leader.get(f"{address}/verwijderen").status_code == 200
    key = {"idempotency_key": "once"}
    assert leader.post(f"{address}/verwijderen", data=key).status_code == 303
    assert leader.post(f"{address}/verwijderen", data=key).status_code == 303
    assert leader.post(f"{address}/verwijderen").status_code == 404
    added = leader.post(f"{plan.url}/activiteiten/nieuw", data={"title": "Training"})
    assert added.status_code == 303
    assert "2. Training" in leader.get(f"{plan.url}/activiteiten").text


def test_what_is_wrong_with_an_activity_is_said_at_once_and_stays_typed(
    made: Any, sign_in: SignIn
) -> None:
    plan = made(_complete_draft)
    data = {
        "title": "Training",
        "starts_on": "1-10-2012",
        "ends_on": "1-9-2012",
        "development_cents": "-5",
        "implementation_cents": "veel",
    }
    answer = sign_in(LEADER).post(f"{plan.url}/activiteiten/nieuw", data=data)
    assert answer.status_code == 422
    assert 'value="veel"' in answer.text
    del data["implementation_cents"]
    answer = sign_in(LEADER).post(f"{plan.url}/activiteiten/nieuw", data=data)
    assert answer.status_code == 422
    assert "ligt voor de begindatum" in answer.text
    assert "niet negatief" in answer.text
    data = {"title": "Training", "ends_on": "1-9-2014", "measures": ["999"]}
    answer = sign_in(LEADER).post(f"{plan.url}/activiteiten/nieuw", data=data)
    assert answer.status_code == 422


def test_each_gap_leads_to_the_page_where_it_is_filled_in(made: Any, sign_in: SignIn) -> None:
    plan = made(make_plan)
    leader = sign_in(LEADER)
    page = leader.get(plan.url).text
    for path in (
        "/onderdelen/probleemanalyse#problem_analysis",
        "/onderdelen/borging#embedding",
        "/overeenstemming#consensus_approach",
        "/activiteiten/nieuw",
    ):
        assert f'href="{plan.url}{path}"' in page
    answer = leader.post(f"{plan.url}/indienen")
    assert answer.status_code == 422
    assert "Beschrijf het probleem in uw regio." in answer.text


def test_a_foreign_region_is_not_there_and_a_wrong_role_is_refused(
    made: Any, sign_in: SignIn
) -> None:
    plan = made(make_in_review)
    stranger, leader, manager = sign_in(STRANGER), sign_in(LEADER), sign_in(MANAGER)
    assert stranger.get(plan.url).status_code == 404
    assert stranger.post(f"{plan.url}/indienen").status_code == 404
    assert stranger.get(f"{plan.url}/versies/1").status_code == 404
    assert leader.post(f"{plan.url}/goedkeuren").status_code == 403
    assert leader.post(f"{plan.url}/beoordeling/opmerkingen").status_code == 403
    assert leader.get(f"{plan.url}/beoordeling").status_code == 302
    assert manager.get(f"{plan.url}/onderdelen/aanpak").status_code == 403
    assert manager.get(f"{plan.url}/afwijzen").status_code == 403
    assert sign_in(HOLDER).get(f"{plan.url}/afwijzen").status_code == 200
    assert leader.get("/plannen/999").status_code == 404
    assert leader.get(f"{plan.url}/versies/7").status_code == 404
    assert leader.get(f"{plan.url}/onderdelen/geheim").status_code == 404


def test_the_list_holds_what_a_person_may_see(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        other = make_stage("groningen", programme=stage.programme)
        make_submitted(stage)
        make_plan(other)
        make_person(stage.programme, Role.POLICY_OFFICER, email="beleid@vpt.example")
    assert "Groningen" not in sign_in(LEADER).get("/plannen").text
    officer = sign_in("beleid@vpt.example")
    page = officer.get("/plannen").text
    assert "Limburg" in page
    assert "Groningen" in page
    page = officer.get("/plannen?status=submitted").text
    assert "Limburg" in page
    assert "Groningen" not in page
    assert officer.get("/plannen?status=onzin").status_code == 200


def test_nothing_changes_after_the_submission(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(make_submitted)
    leader = sign_in(LEADER)
    for path in ("/onderdelen/aanpak", "/overeenstemming", "/begroting", "/activiteiten/nieuw"):
        assert leader.get(plan.url + path).status_code == 409
    answer = leader.post(f"{plan.url}/onderdelen/aanpak", data={"approach": "Anders"})
    assert answer.status_code == 409
    assert "Anders" in answer.text
    assert "verandert niet meer" in answer.text
    assert _version(app, plan).approach == "Aanpak"


def test_two_people_in_one_section_see_both_texts(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_complete_draft)
    leader = sign_in(LEADER)
    page = leader.get(f"{plan.url}/onderdelen/aanpak").text
    seen = page.split('name="version" value="')[1].split('"')[0]
    first = leader.post(
        f"{plan.url}/onderdelen/aanpak", data={"approach": "Van de een", "version": seen}
    )
    assert first.status_code == 303
    second = leader.post(
        f"{plan.url}/onderdelen/aanpak", data={"approach": "Van de ander", "version": seen}
    )
    assert second.status_code == 409
    assert "Van de een" in second.text
    assert "Van de ander" in second.text
    assert _version(app, plan).approach == "Van de een"
    # another section is not in the way
    other = leader.post(f"{plan.url}/onderdelen/borging", data={"embedding": "Zo"})
    assert other.status_code == 303


def test_a_text_is_saved_while_typing(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(make_plan)
    leader = sign_in(LEADER)
    page = leader.get(f"{plan.url}/onderdelen/aanpak").text
    seen = page.split('name="version" value="')[1].split('"')[0]
    as_json = {"Accept": "application/json"}
    address = f"{plan.url}/onderdelen/aanpak"
    first = leader.post(address, data={"approach": "Een", "version": seen}, headers=as_json)
    assert first.json is not None
    assert set(first.json) == {"saved_at", "version"}
    data = {"approach": "Een twee", "version": str(first.json["version"])}
    assert leader.post(address, data=data, headers=as_json).status_code == 200
    stale = leader.post(address, data={"approach": "Drie", "version": seen}, headers=as_json)
    assert stale.status_code == 409
    assert _version(app, plan).approach == "Een twee"


def test_money_and_exemptions_of_the_plan_as_a_whole(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    plan = made(make_plan)
    leader = sign_in(LEADER)
    line = {"description": "Drukwerk", "phase": "development", "amount_cents": "1.000,50"}
    assert leader.post(f"{plan.url}/begroting", data=line).status_code == 303
    assert _version(app, plan).budget_cents == 1_000_50
    refused = leader.post(f"{plan.url}/begroting", data={**line, "amount_cents": "-1"})
    assert refused.status_code == 422
    assert "niet negatief" in refused.text
    line_id = _version(app, plan).budget_lines[0].id
    assert leader.post(f"{plan.url}/begroting/{line_id}/verwijderen").status_code == 303
    assert leader.post(f"{plan.url}/begroting/{line_id}/verwijderen").status_code == 409
    funding = {"other_funding_cents": "5.000", "other_funding_note": ""}
    unknown = leader.post(f"{plan.url}/begroting/geld-van-anderen", data=funding)
    assert unknown.status_code == 422
    assert "van wie dit bedrag komt" in unknown.text
    funding["other_funding_note"] = "de provincie"
    assert leader.post(f"{plan.url}/begroting/geld-van-anderen", data=funding).status_code == 303
    with app.app_context():
        measure_id = db.session.query(Measure).order_by(Measure.id).first().id
    exemption = {"measure_id": str(measure_id), "reason": "Bestaat al."}
    assert leader.post(f"{plan.url}/maatregelen", data=exemption).status_code == 303
    assert "Bestaat al." in leader.get(f"{plan.url}/maatregelen").text
    withdrawn = leader.post(f"{plan.url}/maatregelen/{measure_id}/opnemen")
    assert withdrawn.status_code == 303
    assert "Bestaat al." not in leader.get(f"{plan.url}/maatregelen").text
    assert leader.post(f"{plan.url}/maatregelen", data={"measure_id": "999"}).status_code == 422


def test_remarks_are_shown_to_the_region_after_the_return(made: Any, sign_in: SignIn) -> None:
    plan = made(make_in_review)
    leader, manager = sign_in(LEADER), sign_in(MANAGER)
    remark = {"section": "approach", "body": "Dit is te kort."}
    address = f"{plan.url}/beoordeling/opmerkingen"
    assert manager.post(address, data={**remark, "body": ""}).status_code == 422
    assert manager.post(address, data=remark).status_code == 303
    assert "Dit is te kort." in manager.get(f"{plan.url}/beoordeling").text
    assert "Dit is te kort." not in leader.get(plan.url).text
    assert manager.post(f"{plan.url}/terugsturen", data={"note": "Zie punt 1"}).status_code == 303
    assert "Dit is te kort." in leader.get(plan.url).text
    assert leader.post(f"{plan.url}/nieuwe-versie").status_code == 303
    assert "Dit is te kort." in leader.get(f"{plan.url}/onderdelen/aanpak").text
    assert "Dit is te kort." in leader.get(f"{plan.url}/versies/1").text


def test_a_decision_above_the_mandate_says_who_must_decide(made: Any, sign_in: SignIn) -> None:
    plan = made(lambda stage: make_adopted(stage, cents=100_000_01))
    manager = sign_in(MANAGER)
    assert "Een mandaathouder moet beslissen" in manager.get(f"{plan.url}/beoordeling").text
    answer = manager.post(f"{plan.url}/goedkeuren", data={"note": "Toch akkoord"})
    assert answer.status_code == 422
    assert "Toch akkoord" in answer.text
    assert sign_in(HOLDER).post(f"{plan.url}/goedkeuren", data={}).status_code == 303


def test_a_double_click_decides_once(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(make_adopted)
    manager = sign_in(MANAGER)
    data = {"note": "Akkoord", "idempotency_key": "once"}
    assert manager.post(f"{plan.url}/goedkeuren", data=data).status_code == 303
    assert manager.post(f"{plan.url}/goedkeuren", data=data).status_code == 303
    again = manager.post(f"{plan.url}/goedkeuren", data={"note": "Nog eens"})
    assert again.status_code == 409
    assert "Nog eens" in again.text


def test_a_decision_on_what_changed_meanwhile_is_asked_again(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    plan = made(make_adopted)
    manager = sign_in(MANAGER)
    answer = manager.post(f"{plan.url}/goedkeuren", data={"version": "1", "note": "Akkoord"})
    assert answer.status_code == 409
    assert f'name="version" value="{_version(app, plan).version}"' in answer.text
    assert _version(app, plan).status is ActionPlanStatus.PROVISIONALLY_ADOPTED


def test_a_refusal_needs_a_reason(made: Any, sign_in: SignIn) -> None:
    plan = made(make_in_review)
    holder = sign_in(HOLDER)
    assert holder.post(f"{plan.url}/afwijzen", data={"note": ""}).status_code == 422
    assert holder.post(f"{plan.url}/afwijzen", data={"note": "Past niet."}).status_code == 303
    assert "Past niet." in holder.get(plan.url).text


def test_a_plan_is_started_from_its_covenant(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_stage("groningen", programme=stage.programme)
        covenant_id = stage.covenant.id
    leader = sign_in(LEADER)
    address = f"/convenanten/{covenant_id}/regios/limburg/plan"
    started = leader.post(address)
    assert started.status_code == 303
    assert leader.get(started.location).status_code == 200
    assert leader.post(address).status_code == 422
    assert leader.post(f"/convenanten/{covenant_id}/regios/groningen/plan").status_code == 404
    assert sign_in(MANAGER).post(address).status_code == 403


@pytest.mark.parametrize("state", [make_returned, make_approved])
def test_the_plan_page_shows_every_state(made: Any, sign_in: SignIn, state: Any) -> None:
    plan = made(state)
    for person in (LEADER, MANAGER, HOLDER):
        assert sign_in(person).get(plan.url).status_code == 200
        assert sign_in(person).get(f"{plan.url}?taal=en").status_code == 200


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", count)


def _queries(app: Flask, client: FlaskClient, url: str) -> int:
    assert client.get(url).status_code == 200
    with _counted(app) as statements:
        client.get(url)
    return len(statements)


def test_the_list_takes_as_many_queries_for_many_plans(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), unit_of_work():
        programme = make_programme()
        make_person(programme, Role.POLICY_OFFICER, email="beleid@vpt.example")
        make_submitted(make_stage("a", programme=programme))
    officer = sign_in("beleid@vpt.example")
    few = _queries(app, officer, "/plannen")
    with app.app_context(), unit_of_work():
        programme = db.session.get_one(type(programme), 1)
        for code in "bcdef":
            make_submitted(make_stage(code, programme=programme))
    assert _queries(app, officer, "/plannen") == few


def test_a_plan_takes_as_many_queries_with_many_activities(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    plan = made(_complete_draft)
    leader = sign_in(LEADER)
    pages = [plan.url, f"{plan.url}/versies/1", f"{plan.url}/activiteiten"]
    few = [_queries(app, leader, page) for page in pages]
    for number in range(5):
        data = {"title": f"Activiteit {number}", "measures": ["1", "2"], "development_cents": "5"}
        assert leader.post(f"{plan.url}/activiteiten/nieuw", data=data).status_code == 303
    assert [_queries(app, leader, page) for page in pages] == few


def test_the_review_takes_as_many_queries_with_many_remarks(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    plan = made(lambda stage: assess(make_in_review(stage), stage))
    manager = sign_in(MANAGER)
    page = f"{plan.url}/beoordeling"
    data = {"section": "approach", "body": "Te kort"}
    manager.post(f"{page}/opmerkingen", data=data)
    few = _queries(app, manager, page)
    for _number in range(4):
        manager.post(f"{page}/opmerkingen", data=data)
    assert _queries(app, manager, page) == few
