"""A plan, the map, the report and the workbook go on when a second list of measures holds."""

from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.action_plans import (
    Stage,
    fill,
    make_approved,
    make_in_review,
    make_plan,
    make_stage,
)
from tests.factories.half_year import HalfYear
from tests.factories.people import make_person
from tests.factories.regions import make_organisation
from tests.integration.lists.versions import second_version
from tests.integration.workbooks_half_year.reading import make, read, rows, written
from vpt_regio import clock
from vpt_regio.domain.enums import ExemptionVerdict, OrganisationKind
from vpt_regio.domain.roles import Role
from vpt_regio.errors import WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Measure, PolicyLine, Sector
from vpt_regio.queries.coverage import coverage_map
from vpt_regio.queries.overview import RegionRow, region_rows
from vpt_regio.queries.plan_costs import cost_table
from vpt_regio.queries.plan_facts import find_all, gaps_of, rejected_reasons
from vpt_regio.queries.programmes import list_measures
from vpt_regio.queries.regions import list_measure_coverage
from vpt_regio.services.action_plans import exempt_measure, submit_plan
from vpt_regio.services.activities import change_activity
from vpt_regio.services.coverage import remark_on_gap
from vpt_regio.services.exemptions import judge_exemption
from vpt_regio.services.organisations import change_organisation
from vpt_regio.services.plan_reviews import return_plan, take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
LATER = date(2012, 8, 1)


@pytest.fixture
def stage(context: Flask) -> Stage:
    with unit_of_work():
        return make_stage()


@pytest.fixture
def admin(stage: Stage) -> Person:
    with unit_of_work():
        return make_person(stage.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")


def _row(stage: Stage) -> RegionRow:
    (row,) = region_rows(
        None, None, LATER, programme_id=stage.programme.id, region_id=stage.region.id
    )
    return row


def _renew(admin: Person, starts_on: date = LATER) -> list[Any]:
    with unit_of_work():
        return second_version(admin, starts_on=starts_on)


def test_a_draft_of_the_old_list_misses_only_the_ninth(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        draft = fill(make_plan(stage).latest, stage)
    assert gaps_of(draft) == []
    new = _renew(admin)
    with clock.at(LATER):
        found = find_all(draft)
        (gap,) = found.gaps
        assert gap.params["measure"] == new[-1].name
        assert [row.measure.id for row in found.measures] == [one.id for one in new]
        assert [row.coverage.activities for row in found.measures] == [1, 1, 1, 0]
        assert sum(row.cents for row in found.measures) == 80_000_00
        costs = cost_table(draft)
        assert [row.name for row in costs.rows] == [one.name for one in new]
        assert costs.total == 80_000_00
        with unit_of_work():
            exempt_measure(draft, measure=new[-1], reason="Nog te vroeg.", actor=stage.leader)
        assert gaps_of(draft) == []


def test_changing_an_activity_keeps_its_links(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        draft = fill(make_plan(stage).latest, stage)
        draft.activities[0].measures[0].weight = 3
    activity = draft.activities[0]
    old = [link.measure_id for link in activity.measures]
    new = _renew(admin)
    with clock.at(LATER), unit_of_work():
        change_activity(
            activity,
            title="Campagne",
            measures=new,
            policy_line=activity.policy_line,
            actor=stage.leader,
        )
    assert [link.measure_id for link in activity.measures] == [*old, new[-1].id]
    assert activity.measures[0].weight == 3
    assert gaps_of(draft)[0].code != "measure_without_activity"


def test_an_approved_plan_goes_on_under_the_list_of_its_day(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        version = make_approved(stage)
    old = list_measures(stage.programme, on=TODAY)
    new = _renew(admin)
    with clock.at(LATER):
        assert [row.measure for row in find_all(version).measures] == old
        found = coverage_map(stage.programme)
        assert [measure.id for measure in found.measures] == [one.id for one in new]
        assert [cell.activities for cell in found.rows[0].cells] == [1, 1, 1, 0]
        assert found.rows[0].cells[-1].is_empty
        row = _row(stage)
        assert (row.measures_covered, row.measures_total) == (3, 3)
        lines = list_measure_coverage(stage.programme, row)
        assert [line.coverage.activities for line in lines] == [1, 1, 1]


def test_a_new_version_answers_to_the_new_list(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        plan = make_approved(stage).plan
    _renew(admin)
    with clock.at(LATER):
        with unit_of_work():
            draft = start_new_version(plan, actor=stage.leader)
        row = _row(stage)
        assert [one.coverage.activities for one in find_all(draft).measures] == [1, 1, 1, 0]
        assert row.measures_covered == 3


def test_a_rejected_reason_stays_rejected_under_other_words(stage: Stage, admin: Person) -> None:
    with unit_of_work():
        draft = fill(make_plan(stage).latest, stage)
        dropped = draft.activities[0].measures.pop().measure
        exempt_measure(draft, measure=dropped, reason="Hier niet.", actor=stage.leader)
        version = _in_review(draft, stage)
        judge_exemption(
            version,
            exemption=version.exemptions[0],
            verdict=ExemptionVerdict.REJECTED,
            note="Wel nodig.",
            actor=stage.manager,
        )
        return_plan(version, actor=stage.manager)
    new = _renew(admin)
    with clock.at(LATER):
        with unit_of_work():
            draft = start_new_version(version.plan, actor=stage.leader)
        assert set(rejected_reasons(draft)) == {dropped.id}
        assert {gap.code for gap in gaps_of(draft)} >= {"exemption_rejected"}
        with unit_of_work():
            exempt_measure(draft, measure=new[2], reason="Nu beter.", actor=stage.leader)
        assert len(draft.exemptions) == 1
        assert rejected_reasons(draft) == {}


def _in_review(draft: PlanVersion, stage: Stage) -> PlanVersion:
    return take_up_plan(submit_plan(draft, actor=stage.leader), actor=stage.manager)


def test_what_was_answered_in_old_words_is_no_gap(stage: Stage, admin: Person) -> None:
    """A version that carries links of the old list is reviewed under the new one."""
    with unit_of_work():
        draft = fill(make_plan(stage).latest, stage)
    new = _renew(admin, starts_on=TODAY)
    with unit_of_work():
        exempt_measure(draft, measure=new[-1], reason="Nog te vroeg.", actor=stage.leader)
        version = _in_review(draft, stage)
    with pytest.raises(WrongState), unit_of_work():
        remark_on_gap(version, measure=new[0], actor=stage.manager)


def test_a_sector_keeps_its_organisations(stage: Stage, admin: Person) -> None:
    with unit_of_work() as session:
        old = Sector(
            programme_id=stage.programme.id,
            code="S1",
            position=1,
            name="Zorg",
            list_version="2012",
            valid_until=date(2012, 7, 15),
        )
        new = Sector(
            programme_id=stage.programme.id,
            code="S1",
            position=1,
            name="Zorg en welzijn",
            list_version="2012b",
            valid_from=TODAY,
        )
        session.add_all([old, new])
        session.flush()
        organisation = make_organisation(stage.programme, "Ziekenhuis")
        organisation.sector_id = old.id
    with unit_of_work():
        change_organisation(
            organisation,
            name="Ziekenhuis",
            kind=OrganisationKind.EMPLOYER,
            sector_id=new.id,
            actor=stage.manager,
        )
    assert organisation.sector_id == old.id


def _second_half_year(half_year: HalfYear) -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=half_year.programme.id,
        code="2012-2",
        name="juli–december 2012",
        starts_on=date(2012, 7, 1),
        ends_on=date(2012, 12, 31),
        letter_on=date(2013, 3, 15),
    )
    db.session.add(period)
    return period


def _coverage_sheet(half_year: HalfYear) -> tuple[list[str], list[dict[str, Any]]]:
    book: openpyxl.Workbook = read(written(half_year))
    header = [str(cell.value) for cell in book["Dekking maatregelen"][1]]
    return header, rows(book, "Dekking maatregelen")


def test_the_workbook_has_the_list_of_its_half_year(context: Flask) -> None:
    half_year = make()
    header, before = _coverage_sheet(half_year)
    with unit_of_work():
        admin = make_person(half_year.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")
        second_version(admin, starts_on=LATER)
        period = _second_half_year(half_year)
    assert _coverage_sheet(half_year) == (header, before)
    new_header, after = _coverage_sheet(half_year._replace(period=period))
    assert new_header[1:5] == [
        "Norm stellen VNG",
        "Melden VNG",
        "Verhalen schade VNG",
        "Gastvrijheid",
    ]
    old_limburg, limburg = before[0], after[0]
    assert [limburg[name] for name in new_header[1:5]] == [
        *(old_limburg[name] for name in header[1:4]),
        0,
    ]
    assert limburg["Gedekt"] == old_limburg["Gedekt"] == 2
    assert limburg["Verhalen schade VNG"] == "n.v.t."


def test_the_form_of_an_activity_shows_the_new_words(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work() as session:
        stage = make_stage()
        draft = fill(make_plan(stage).latest, stage)
        admin = make_person(stage.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")
        second_version(admin, starts_on=TODAY)
        line = session.query(PolicyLine).one()
        line.valid_until = date(2012, 7, 15)
        session.add(
            PolicyLine(
                programme_id=stage.programme.id,
                code=line.code,
                position=1,
                name="Vooraf werken",
                list_version="2012b",
                valid_from=TODAY,
            )
        )
        address = f"/plannen/{draft.action_plan_id}/activiteiten/{draft.activities[0].activity_id}"
    leader = sign_in("leider.limburg@vpt.example")
    page = leader.get(f"{address}/bewerken").text
    assert page.count('name="measures"') == 4
    assert page.count(" checked>") >= 3
    assert "Maatregel 1, anders gezegd" in page
    assert "Vooraf werken" in page
    assert '<option selected value="2">Vooraf werken' in page
    assert ">Voorkomen<" not in page


def test_the_map_leads_to_a_measure_of_either_list(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        stage = make_stage()
        with clock.at(date(2012, 7, 2)):
            version = make_in_review(stage)
        admin = make_person(stage.programme, Role.ADMINISTRATOR, email="beheer@vpt.example")
        new = [one.id for one in second_version(admin, starts_on=TODAY)]
        old = db.session.query(Measure).order_by(Measure.id).first().id
        address = f"/plannen/{version.action_plan_id}/versies/1/maatregelen"
    manager = sign_in("manager.limburg@vpt.example")
    assert "Campagne" in manager.get(f"{address}/{old}").text
    assert "Campagne" in manager.get(f"{address}/{new[0]}").text
    ninth = manager.get(f"{address}/{new[-1]}").text
    assert "Deze maatregel is nieuw" in ninth
    assert "Hierover een opmerking maken" not in ninth
    assert manager.get(f"{address}/9999").status_code == 404
    page = manager.get("/landelijk/dekking").text
    for measure in new:
        assert f"{address}/{measure}" in page
