"""The map of regions and measures, and the remark on an empty place in it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.factories.action_plans import (
    Stage,
    fill,
    make_approved,
    make_in_review,
    make_plan,
    make_stage,
    make_submitted,
)
from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.errors import NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import RegionMerger
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.coverage import CoverageMap, CoverageRow, coverage_map
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.action_plans import exempt_measure, submit_plan
from vpt_regio.services.activities import add_activity
from vpt_regio.services.coverage import remark_on_gap
from vpt_regio.services.plan_reviews import take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

SignIn = Callable[..., FlaskClient]
LEADER = "leider.limburg@vpt.example"
MANAGER = "manager.limburg@vpt.example"
STRANGER = "leider.groningen@vpt.example"


def _row(found: CoverageMap, code: str) -> CoverageRow:
    return next(row for row in found.rows if row.region.code == code)


def _measures(stage: Stage) -> list[Measure]:
    return list_measures(stage.programme, on=date(2012, 7, 16))


def _with_gap(stage: Stage) -> PlanVersion:
    """A version in review: the last measure has no activity, and no reason either."""
    version = make_in_review(stage)
    links = version.activities[0].measures
    links.remove(links[-1])
    db.session.flush()
    return version


@pytest.mark.usefixtures("context")
def test_the_version_that_holds_counts_and_a_draft_does_not() -> None:
    with unit_of_work():
        stage = make_stage()
        approved = make_approved(stage)
        draft = start_new_version(approved.plan, actor=stage.leader)
        add_activity(draft, title="Meer", measures=_measures(stage), actor=stage.leader)
        other = make_stage("groningen", programme=stage.programme)
        fill(make_plan(other).latest, other)
    found = coverage_map(stage.programme)
    row = _row(found, "limburg")
    assert [version.version_no for version in row.versions] == [1]
    assert [cell.activities for cell in row.cells] == [1] * len(found.measures)
    assert _row(found, "groningen").versions == ()
    assert found.regions_with(found.measures[0]) == 1


@pytest.mark.usefixtures("context")
def test_without_a_version_that_holds_the_newest_submitted_one_counts() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_plan(stage).latest
        fill(version, stage)
        measures = _measures(stage)
        links = version.activities[0].measures
        for link in list(links[-2:]):
            links.remove(link)
        exempt_measure(version, measure=measures[-1], reason="Later", actor=stage.leader)
        exempt_measure(version, measure=measures[-2], reason="Later", actor=stage.leader)
        submit_plan(version, actor=stage.leader)
    *others, left_out, also = _row(coverage_map(stage.programme), "limburg").cells
    assert all(cell.activities == 1 for cell in others)
    assert (left_out.is_exempt, also.is_exempt) == (True, True)
    assert not left_out.is_empty


@pytest.mark.usefixtures("context")
def test_a_merged_region_counts_under_its_successor_from_the_day_on() -> None:
    with unit_of_work():
        stage = make_stage()
        make_submitted(stage)
        other = make_stage("groningen", programme=stage.programme)
        make_submitted(other)
        db.session.add(
            RegionMerger(
                programme_id=stage.programme.id,
                successor=stage.region,
                predecessors=[other.region],
                merged_on=date(2012, 7, 1),
            )
        )
    found = coverage_map(stage.programme)
    assert [row.region.code for row in found.rows] == ["limburg"]
    assert [cell.activities for cell in found.rows[0].cells] == [2] * len(found.measures)


@pytest.mark.usefixtures("context")
def test_the_map_takes_as_many_queries_for_many_regions() -> None:
    counts = []
    with unit_of_work():
        stage = make_stage()
        make_submitted(stage)
    for codes in ((), ("groningen", "zeeland")):
        with unit_of_work():
            for code in codes:
                make_submitted(make_stage(code, programme=stage.programme))
        programme = stage.programme
        assert programme.id
        statements: list[str] = []

        def note(*args: object, into: list[str] = statements) -> None:
            into.append(str(args[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            found = coverage_map(programme)
            assert [cell.activities for row in found.rows for cell in row.cells]
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        counts.append(sum(text.startswith("SELECT") for text in statements))
    assert counts[0] == counts[1] <= 8


@pytest.mark.usefixtures("context")
def test_an_empty_place_becomes_a_remark_that_must_be_settled_once() -> None:
    with unit_of_work():
        stage = make_stage()
        version = _with_gap(stage)
        gap = _measures(stage)[-1]
        remark = remark_on_gap(version, measure=gap, actor=stage.manager)
    assert remark.measure is gap
    assert (remark.section, remark.weight) == (PlanSection.ACTIVITIES, RemarkWeight.MUST)
    assert gap.name in remark.body
    for measure in (gap, _measures(stage)[0]):
        with pytest.raises(WrongState), unit_of_work():
            remark_on_gap(version, measure=measure, actor=stage.manager)


@pytest.mark.usefixtures("context")
def test_only_the_account_manager_remarks_on_a_gap_during_the_review() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_submitted(stage)
        links = version.activities[0].measures
        links.remove(links[-1])
        gap = _measures(stage)[-1]
    with pytest.raises(WrongState), unit_of_work():
        remark_on_gap(version, measure=gap, actor=stage.manager)
    with unit_of_work():
        take_up_plan(version, actor=stage.manager)
    with pytest.raises(NotAllowed), unit_of_work():
        remark_on_gap(version, measure=gap, actor=stage.leader)


@pytest.fixture
def gap(app: Flask) -> tuple[int, int]:
    """The ids of a plan in review and of the measure that it leaves empty; a second region."""
    with app.app_context(), unit_of_work():
        stage = make_stage()
        make_stage("groningen", programme=stage.programme)
        return _with_gap(stage).action_plan_id, _measures(stage)[-1].id


def test_everyone_sees_the_map_and_links_only_to_what_they_may_read(
    gap: tuple[int, int], sign_in: SignIn
) -> None:
    plan_id, measure_id = gap
    address = f"/plannen/{plan_id}/versies/1/maatregelen/{measure_id}"
    page = sign_in(LEADER).get("/landelijk/dekking").text
    assert address in page
    assert "leeg" in page
    stranger = sign_in(STRANGER)
    page = stranger.get("/landelijk/dekking").text
    assert "leeg" in page
    assert address not in page
    assert stranger.get(address).status_code == 404
    assert "/landelijk/dekking" in stranger.get("/landelijk").text


def test_the_page_of_a_measure_shows_its_activities(gap: tuple[int, int], sign_in: SignIn) -> None:
    plan_id, measure_id = gap
    leader = sign_in(LEADER)
    empty = leader.get(f"/plannen/{plan_id}/versies/1/maatregelen/{measure_id}").text
    assert "geen activiteit voor deze maatregel" in empty
    assert "opmerking maken" not in empty
    first = leader.get(f"/plannen/{plan_id}/versies/1/maatregelen/{measure_id - 1}").text
    assert "1. Campagne" in first
    unknown = leader.get(f"/plannen/{plan_id}/versies/1/maatregelen/99999")
    assert unknown.status_code == 404


def test_one_button_makes_the_remark(app: Flask, gap: tuple[int, int], sign_in: SignIn) -> None:
    plan_id, measure_id = gap
    url = f"/plannen/{plan_id}/maatregelen/{measure_id}/opmerking"
    manager = sign_in(MANAGER)
    assert url in manager.get(f"/plannen/{plan_id}/beoordeling").text
    assert url in manager.get(f"/plannen/{plan_id}/versies/1/maatregelen/{measure_id}").text
    answer = manager.post(url, follow_redirects=True)
    assert "is gemaakt" in answer.text
    assert url not in answer.text
    again = manager.post(url)
    assert again.status_code == 409
    assert "al een opmerking" in again.text
    assert sign_in(LEADER).post(url).status_code == 403
    with app.app_context():
        assert len(db.session.scalars(select(Remark)).all()) == 1
        assert db.session.get_one(ActionPlan, plan_id).latest.remarks[0].measure_id == measure_id
