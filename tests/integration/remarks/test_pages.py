"""The pages with remarks: what each person sees and can do there."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.factories.action_plans import Stage, assess, fill, make_in_review, make_plan, make_stage
from tests.factories.people import make_person
from tests.factories.remarks import hand_in, make_following, make_must
from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.remarks import Remark, RemarkEntry
from vpt_regio.queries.my_work import my_work
from vpt_regio.services.action_plans import exempt_measure
from vpt_regio.services.decisions import adopt_plan
from vpt_regio.services.remarks import answer_remark
from vpt_regio.uow import unit_of_work

LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"
SECOND = "tweede@vpt.example"
STRANGER = "leider.groningen@vpt.example"

SignIn = Callable[..., FlaskClient]


@dataclass
class Made:
    """The addresses of a plan and of its first remark."""

    url: str
    remark_id: int
    measure_id: int

    @property
    def remark(self) -> str:
        return f"{self.url}/opmerkingen/{self.remark_id}"


@pytest.fixture
def made(app: Flask) -> Callable[[Callable[[Stage], PlanVersion]], Made]:
    def make(work: Callable[[Stage], PlanVersion]) -> Made:
        with app.app_context(), unit_of_work():
            stage = make_stage()
            make_stage("groningen", programme=stage.programme)
            make_person(
                stage.programme,
                Role.ACCOUNT_MANAGER,
                region=stage.region,
                email=SECOND,
                name="Twee",
            )
            version = work(stage)
            remark = db.session.query(Remark).first()
            exempted = version.exemptions[0].measure_id if version.exemptions else 0
            url = f"/plannen/{version.action_plan_id}"
            return Made(url, remark.id if remark else 0, exempted)

    return make


def _draft(stage: Stage) -> PlanVersion:
    return make_following(stage, sections=[PlanSection.APPROACH])[0]


def _answered(stage: Stage) -> PlanVersion:
    draft, remark = make_following(stage)
    answer_remark(remark, note="Is gedaan.", actor=stage.leader)
    return hand_in(draft, stage)


def _adopted(stage: Stage) -> PlanVersion:
    version = assess(_answered(stage), stage)
    adopt_plan(version, actor=stage.manager)
    return version


def _exempting(stage: Stage) -> PlanVersion:
    version = fill(make_plan(stage).latest, stage)
    measure = version.activities[0].measures.pop().measure
    exempt_measure(version, measure=measure, reason="Hier niet nodig", actor=stage.leader)
    return hand_in(version, stage)


def _remark(app: Flask, made: Made) -> Remark:
    with app.app_context():
        remark = db.session.get_one(Remark, made.remark_id)
        assert isinstance(remark.entries, list)
        db.session.expunge_all()
        return remark


def test_a_reviewer_makes_a_remark_at_a_paragraph(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(make_in_review)
    manager = sign_in(MANAGER)
    review = manager.get(f"{plan.url}/beoordeling").text
    address = f"{plan.url}/opmerkingen/nieuw?plaats=approach.alinea.1"
    assert address in review
    page = manager.get(address).text
    assert "Aanpak, alinea 1" in page
    typed = {"weight": "must", "seen": "Aanpak"}
    refused = manager.post(address, data={**typed, "body": ""})
    assert refused.status_code == 422
    stale = manager.post(address, data={**typed, "seen": "Andere tekst", "body": "Te kort"})
    assert stale.status_code == 409
    assert "Te kort" in stale.text
    assert manager.post(address, data={**typed, "body": "Te kort"}).status_code == 303
    with app.app_context():
        remark = db.session.query(Remark).one()
        assert (remark.paragraph_no, remark.quote) == (1, "Aanpak")
        assert remark.weight is RemarkWeight.MUST


@pytest.mark.parametrize(
    "place",
    [
        "",
        "approach",
        "approach.alinea.9",
        "approach.alinea.²",
        "x.alinea.1",
        "budget.regel.1",
        "approach.zin.1",
    ],
)
def test_an_unknown_place_is_told_so(made: Any, sign_in: SignIn, place: str) -> None:
    plan = made(make_in_review)
    answer = sign_in(MANAGER).get(f"{plan.url}/opmerkingen/nieuw?plaats={place}")
    assert answer.status_code == 422
    assert "Deze plaats staat niet in deze versie" in answer.text


def test_the_leader_answers_beside_the_text(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_draft)
    leader = sign_in(LEADER)
    page = leader.get(f"{plan.url}/onderdelen/aanpak").text
    assert "Werk dit uit." in page
    assert f"{plan.remark}/antwoord" in page
    empty = leader.post(f"{plan.remark}/antwoord", data={"note": ""})
    assert empty.status_code == 422
    assert "Schrijf uw antwoord op." in empty.text
    assert leader.post(f"{plan.remark}/antwoord", data={"note": "Gedaan."}).status_code == 303
    assert "Gedaan." in leader.get(f"{plan.url}/onderdelen/aanpak").text
    everything = leader.get(f"{plan.url}/opmerkingen").text
    assert "Antwoord verbeteren" in everything
    assert _remark(app, plan).status is RemarkStatus.ANSWERED


def test_an_unanswered_must_is_a_gap_with_a_link(made: Any, sign_in: SignIn) -> None:
    plan = made(_draft)
    page = sign_in(LEADER).get(plan.url).text
    assert f"{plan.url}/opmerkingen#opmerking-{plan.remark_id}" in page
    assert "Beantwoord de opmerking" in page
    refused = sign_in(LEADER).post(f"{plan.url}/indienen", data={})
    assert refused.status_code == 422


def test_a_locked_section_has_no_way_in(made: Any, sign_in: SignIn) -> None:
    plan = made(_draft)
    leader = sign_in(LEADER)
    page = leader.get(plan.url).text
    assert "vergrendeld" in page
    assert f'href="{plan.url}/onderdelen/aanpak"' in page
    for closed in ("onderdelen/borging", "overeenstemming", "begroting", "activiteiten"):
        assert f'href="{plan.url}/{closed}"' not in page
        answer = leader.get(f"{plan.url}/{closed}")
        assert answer.status_code == 409
        assert "is vergrendeld" in answer.text
    sent = leader.post(f"{plan.url}/onderdelen/borging", data={"embedding": "Anders"})
    assert sent.status_code == 409
    assert "is vergrendeld" in sent.text


def test_with_the_budget_open_the_activities_show_what_can_be_changed(
    made: Any, sign_in: SignIn
) -> None:
    plan = made(lambda stage: make_following(stage, sections=[PlanSection.BUDGET])[0])
    leader = sign_in(LEADER)
    page = leader.get(f"{plan.url}/activiteiten").text
    assert "Dit onderdeel is vergrendeld" in page
    assert "Activiteit toevoegen" not in page
    assert "/verwijderen" not in page
    assert leader.get(f"{plan.url}/activiteiten/nieuw").status_code == 409


def test_the_return_offers_the_sections_with_new_remarks(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    def work(stage: Stage) -> PlanVersion:
        version = make_in_review(stage)
        make_must(version, stage)
        return version

    plan = made(work)
    manager = sign_in(MANAGER)
    page = manager.get(f"{plan.url}/terugsturen").text
    assert 'value="approach" checked' in page
    assert page.count("checked") == 1
    unknown = manager.post(f"{plan.url}/terugsturen", data={"sections": ["niets"]})
    assert unknown.status_code == 422
    sent = manager.post(f"{plan.url}/terugsturen", data={"sections": ["approach", "budget"]})
    assert sent.status_code == 303
    with app.app_context():
        latest = db.session.query(ActionPlan).one().latest
        assert {row.section for row in latest.returned_sections} == {
            PlanSection.APPROACH,
            PlanSection.BUDGET,
        }


def test_the_manager_settles_and_opens_again(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_answered)
    manager = sign_in(MANAGER)
    page = manager.get(plan.remark).text
    assert "Is gedaan." in page
    assert "Deze tekst is hetzelfde gebleven." in page
    assert manager.post(f"{plan.remark}/opnieuw-openen", data={"note": ""}).status_code == 422
    seen = str(_remark(app, plan).version)
    sent = {"note": "Mooi", "version": seen}
    assert manager.post(f"{plan.remark}/afhandelen", data=sent).status_code == 303
    late = manager.post(f"{plan.remark}/opnieuw-openen", data={"note": "Nee", "version": seen})
    assert late.status_code == 409
    assert "Nee" in late.text
    again = {"note": "Toch niet", "version": str(_remark(app, plan).version)}
    assert manager.post(f"{plan.remark}/opnieuw-openen", data=again).status_code == 303
    assert [e.step for e in _remark(app, plan).entries] == ["answer", "settle", "reopen"]
    # the region sees the end of it when the review has ended
    seen_by_leader = sign_in(LEADER).get(plan.remark).text
    assert "Is gedaan." in seen_by_leader
    assert "Toch niet" not in seen_by_leader
    assert "Toch niet" not in sign_in(LEADER).get(plan.url).text


def test_two_reviewers_at_the_same_moment(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_answered)
    seen = str(_remark(app, plan).version)
    barrier = Barrier(2)

    def send(client: FlaskClient, step: str) -> int:
        barrier.wait(timeout=30)
        data = {"note": "Woord", "version": seen}
        return client.post(f"{plan.remark}/{step}", data=data).status_code

    clients = (sign_in(MANAGER), sign_in(SECOND))
    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(send, clients, ("afhandelen", "opnieuw-openen")))
    assert sorted(statuses) == [303, 409]
    with app.app_context():
        assert db.session.query(RemarkEntry).count() == 2


def test_a_remark_of_a_review_that_goes_on_is_hidden(made: Any, sign_in: SignIn) -> None:
    def work(stage: Stage) -> PlanVersion:
        version = make_in_review(stage)
        make_must(version, stage, body="GEHEIM")
        return version

    plan = made(work)
    for email, status in ((LEADER, 404), (STRANGER, 404), (MANAGER, 200)):
        assert sign_in(email).get(plan.remark).status_code == status
    leader = sign_in(LEADER)
    for page in (plan.url, f"{plan.url}/opmerkingen", f"{plan.url}/versies/1"):
        assert "GEHEIM" not in leader.get(page).text
    refused = leader.post(f"{plan.remark}/antwoord", data={"note": "Ha"})
    assert refused.status_code == 409
    assert "GEHEIM" not in refused.text


def test_what_must_be_settled_shows_before_the_decision(made: Any, sign_in: SignIn) -> None:
    plan = made(lambda stage: assess(_answered(stage), stage))
    warned = sign_in(MANAGER).get(f"{plan.url}/voorlopig-vaststellen").text
    assert "Goedkeuren kan straks nog niet" in warned
    assert plan.remark in warned
    assert "Dit kan nu niet" not in warned


def test_an_approval_lists_what_stands_in_its_way(made: Any, sign_in: SignIn) -> None:
    plan = made(_adopted)
    manager = sign_in(MANAGER)
    page = manager.get(f"{plan.url}/goedkeuren").text
    assert "Dit kan nu niet" in page
    assert plan.remark in page
    assert manager.post(f"{plan.url}/goedkeuren", data={"note": "Ja"}).status_code == 422
    assert manager.post(f"{plan.remark}/afhandelen", data={"note": ""}).status_code == 303
    assert manager.post(f"{plan.url}/goedkeuren", data={"note": "Ja"}).status_code == 303


def test_a_measure_left_out_is_judged(app: Flask, made: Any, sign_in: SignIn) -> None:
    plan = made(_exempting)
    manager = sign_in(MANAGER)
    address = f"{plan.url}/maatregelen/{plan.measure_id}/oordeel"
    assert address in manager.get(f"{plan.url}/beoordeling").text
    assert "Hier niet nodig" in manager.get(address).text
    assert manager.post(address, data={"verdict": ""}).status_code == 422
    empty = manager.post(address, data={"verdict": "rejected", "verdict_note": ""})
    assert empty.status_code == 422
    assert "Leg uit waarom u niet akkoord gaat." in empty.text
    rejected = {"verdict": "rejected", "verdict_note": "Wel nodig"}
    assert manager.post(address, data=rejected).status_code == 303
    assert manager.get(f"{plan.url}/maatregelen/999/oordeel").status_code == 404
    assert sign_in(LEADER).get(address).status_code == 403
    assert "Wel nodig" not in sign_in(LEADER).get(plan.url).text
    assert manager.post(f"{plan.url}/terugsturen", data={}).status_code == 303
    leader = sign_in(LEADER)
    assert leader.post(f"{plan.url}/nieuwe-versie", data={}).status_code == 303
    page = leader.get(f"{plan.url}/maatregelen").text
    assert "niet akkoord" in page
    assert "Wel nodig" in page


def test_my_work_names_answers_to_write_and_to_judge(app: Flask, sign_in: SignIn) -> None:
    to_answer, to_judge = "beantwoorden", "Antwoorden bij het plan"
    with app.app_context():
        with unit_of_work():
            stage = make_stage()
            draft, remark = make_following(stage)
        (item,) = (item for item in my_work(stage.leader).to_do if to_answer in item.title)
        assert (item.params["count"], item.params["musts"]) == (1, 1)
        assert all(to_judge not in item.title for item in my_work(stage.manager).to_do)
        with unit_of_work():
            answer_remark(remark, note="Gedaan", actor=stage.leader)
            hand_in(draft, stage)
        assert all(to_answer not in item.title for item in my_work(stage.leader).to_do)
        assert any(to_judge in item.title for item in my_work(stage.manager).to_do)
    assert "Antwoorden bij het plan van aanpak" in sign_in(MANAGER).get("/mijn-werk").text


def test_the_page_of_a_region_counts_what_waits_for_an_answer(made: Any, sign_in: SignIn) -> None:
    plan = made(_draft)
    leader = sign_in(LEADER)
    assert _open_remarks(leader) == 1
    leader.post(f"{plan.remark}/antwoord", data={"note": "Gedaan."})
    assert _open_remarks(leader) == 0


def _open_remarks(client: FlaskClient) -> int:
    text = client.get("/regios/limburg").text
    found = re.search(r"Open opmerkingen</dt>\s*<dd[^>]*>\s*(\d+)", text)
    assert found is not None
    return int(found.group(1))


def test_pages_take_as_many_queries_with_many_remarks(
    app: Flask, made: Any, sign_in: SignIn
) -> None:
    plan = made(_answered)
    manager = sign_in(MANAGER)
    pages = [
        f"{plan.url}/opmerkingen",
        f"{plan.url}/voorlopig-vaststellen",
        f"{plan.url}/beoordeling",
        plan.remark,
    ]
    for _number in range(2):
        _add_remark(manager, plan)
    few = [_queries(app, manager, page) for page in pages]
    for _number in range(5):
        _add_remark(manager, plan)
    assert [_queries(app, manager, page) for page in pages] == few


def _add_remark(client: FlaskClient, plan: Made) -> None:
    data = {"weight": "must", "seen": "Aanpak", "body": "Nog iets"}
    address = f"{plan.url}/opmerkingen/nieuw?plaats=approach.alinea.1"
    assert client.post(address, data=data).status_code == 303


def _queries(app: Flask, client: FlaskClient, page: str) -> int:
    """Return how many statements a page sends when it is asked for a second time."""
    assert client.get(page).status_code == 200
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(page)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
