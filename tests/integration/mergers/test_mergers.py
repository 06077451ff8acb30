"""Merging regions and undoing it: not a cent, hour, plan or right is lost or counted twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.covenants import make_covenant
from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.mergers.scene import MERGED_ON, TODAY, Scene, make_scene
from tests.integration.regions.records import book_hours, counted_queries, make_period, spend
from vpt_regio import clock, policies
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.periods import ProgressReport
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.mergers import (
    FIGURES,
    preview_merger,
    preview_undo,
    recorded_since,
    snapshot,
)
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.overview import RegionRow, region_rows
from vpt_regio.queries.regions import list_region_history
from vpt_regio.services.expenditures import book_expenditure, correct_expenditure
from vpt_regio.services.hours import book_hours as book_hours_of
from vpt_regio.services.mergers import merge_regions, undo_merger
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def scene(context: Flask) -> Iterator[Scene]:
    with unit_of_work():
        yield make_scene()


def merge(scene: Scene, *, merged_on: date = MERGED_ON) -> RegionMerger:
    return merge_regions(
        scene.north,
        [scene.brabant, scene.zeeland],
        merged_on=merged_on,
        reason="Eén aanpak voor het hele gebied.",
        actor=scene.officer,
    )


def rows_of(scene: Scene, *, as_of: date = TODAY) -> dict[str, RegionRow]:
    return {row.code: row for row in region_rows(None, scene.period, as_of)}


def everything(scene: Scene) -> object:
    return snapshot([scene.north, scene.brabant, scene.zeeland, scene.outside])


def test_all_that_the_regions_had_counts_for_the_successor(scene: Scene) -> None:
    before = rows_of(scene)
    merge(scene)
    after = rows_of(scene)
    both = [before["brabant"], before["zeeland"]]
    joint = after["samen"]
    # two thirds of the shared covenant, and the other one, which was signed last
    assert before["brabant"].advance_cents == 66_666_67
    assert joint.advance_cents == sum(row.advance_cents or 0 for row in both) == 116_667_00
    assert joint.supplement_cents == sum(row.supplement_cents or 0 for row in both)
    assert joint.spent_total_cents == 1_234_56 + 7_000_01 + 500_99
    assert joint.spent_in_period_cents == 1_234_56 + 7_000_01
    assert joint.hours_quarters == 2 * (33 + 41)
    assert joint.hours_norm == sum(row.hours_norm or 0 for row in both)
    assert joint.recent_hours == sum(row.recent_hours or 0 for row in both)
    assert joint.project_leaders == tuple(sorted(row.project_leaders[0] for row in both))
    assert joint.members == {scene.north.id, scene.brabant.id, scene.zeeland.id}
    assert (joint.covenant_id, joint.status) == (scene.own.id, RegionStatus.ACTIVE)
    for code in ("brabant", "zeeland"):
        assert after[code].status is RegionStatus.MERGED
        assert after[code].advance_cents is None
        assert after[code].hours_quarters is None
        # it stays readable
        assert after[code].covenant_id == before[code].covenant_id
    assert after["outside"] == before["outside"]


def test_the_report_proves_it(scene: Scene) -> None:
    before = everything(scene)
    merger = merge(scene)
    report = {row["code"]: row for row in merger.report}
    assert list(report) == [figure.code for figure in FIGURES]
    assert all(row["total"] == row["after"] for row in merger.report)
    paid = {one["code"]: one["value"] for one in report["paid"]["before"]}
    assert paid == {"samen": 0, "brabant": 66_666_67, "zeeland": 33_333_34 + 25_000_00}
    assert report["hours"]["after"] == 2 * (33 + 41 + 7)
    assert (report["plans"]["after"], report["partners"]["after"]) == (2, 2)
    assert (report["remarks"]["after"], report["reports"]["after"]) == (1, 2)
    assert report["work"]["after"] == 3
    assert len(report["managers"]["after"]) == 2
    assert before != everything(scene)


def test_undoing_it_brings_everything_back(scene: Scene) -> None:
    before, rows = everything(scene), rows_of(scene)
    merger = merge(scene)
    report = merger.report
    undo_merger(merger, reason="De gemeenten gaan toch apart verder.", actor=scene.officer)
    assert everything(scene) == before
    # the successor stays designated: of its row nothing else is new
    now = rows_of(scene)
    assert now == rows | {"samen": replace(rows["samen"], status=RegionStatus.ACTIVE)}
    assert scene.zeeland.status is RegionStatus.ACTIVE
    assert scene.zeeland.merger is None
    assert (merger.report, merger.undone_on) == (report, TODAY)
    with pytest.raises(Conflict):
        undo_merger(merger, reason="Nog eens.", actor=scene.officer)
    # as if it never was, also seen from a day in between
    assert rows_of(scene, as_of=date(2012, 7, 12))["zeeland"].status is RegionStatus.ACTIVE


def test_what_the_successor_recorded_since_stays_and_counts_once(scene: Scene) -> None:
    merger = merge(scene)
    leader = scene.people["leader.brabant"]
    booked = book_expenditure(
        scene.north,
        booked_on=date(2012, 7, 12),
        phase=Phase.IMPLEMENTATION,
        description="Zaal",
        amount_cents=77_77,
        actor=leader,
    )
    assert booked.covenant is scene.own
    first = spend(scene.shared, scene.brabant, leader, cents=10_00)
    correction = correct_expenditure(
        first, booked_on=date(2012, 7, 13), amount_cents=-4_00, reason="Te veel.", actor=leader
    )
    assert correction.region is scene.north
    book_hours_of(
        scene.appointments["brabant"], iso_year=2012, iso_week=28, quarters=12, actor=leader
    )
    total = rows_of(scene)["samen"].spent_total_cents
    [spent] = recorded_since(merger)
    assert (spent.count, spent.total) == (2, 77_77 - 4_00)
    undo_merger(merger, reason="Toch niet.", actor=scene.officer)
    rows = rows_of(scene)
    assert rows["samen"].spent_total_cents == 77_77 - 4_00
    assert rows["zeeland"].spent_total_cents == 1_234_56
    assert sum(row.spent_total_cents or 0 for row in rows.values()) == total


def test_before_its_day_each_region_stands_on_its_own(scene: Scene) -> None:
    early = rows_of(scene, as_of=date(2012, 7, 9))
    merge(scene)
    before = rows_of(scene, as_of=date(2012, 7, 9))
    assert before == early
    assert before["zeeland"].status is RegionStatus.ACTIVE
    on_the_day = rows_of(scene, as_of=MERGED_ON)
    assert on_the_day["zeeland"].advance_cents is None
    assert on_the_day["samen"].advance_cents == 116_667_00


def test_a_chain_of_mergers_counts_in_the_last_one(scene: Scene) -> None:
    merge(scene)
    whole = make_region(scene.programme, "geheel")
    other = make_region(scene.programme, "ander")
    make_covenant(other, advance_cents=1_00)
    merge_regions(
        whole, [scene.north, other], merged_on=TODAY, reason="Groter.", actor=scene.officer
    )
    rows = rows_of(scene)
    assert rows["geheel"].advance_cents == 116_667_00 + 1_00
    assert rows["samen"].advance_cents is None
    earlier = rows_of(scene, as_of=date(2012, 7, 12))
    assert earlier["samen"].advance_cents == 116_667_00
    assert earlier["geheel"].advance_cents is None
    first = db.session.scalars(select(RegionMerger).order_by(RegionMerger.id)).first()
    assert first is not None
    undo_merger(first, reason="Toch apart.", actor=scene.officer)
    rows = rows_of(scene)
    assert rows["geheel"].advance_cents == 1_00
    assert rows["zeeland"].advance_cents == 50_000_33


def test_a_historic_merger_counts_on_every_day(scene: Scene) -> None:
    merger = merge(scene)
    merger.merged_on, merger.merged_words = None, "vóór 2012"
    db.session.flush()
    assert rows_of(scene, as_of=date(2012, 3, 1))["samen"].spent_total_cents == 1_234_56


def test_the_preview_stores_nothing_and_says_the_same(scene: Scene) -> None:
    before = everything(scene)
    preview = preview_merger(scene.north, [scene.brabant, scene.zeeland], merged_on=MERGED_ON)
    assert everything(scene) == before
    assert not db.session.dirty
    assert all(row.is_equal for row in preview.rows)
    leaders = {line.person.email: line.others for line in preview.access}
    assert leaders["leader.zeeland@vpt.example"] == (scene.brabant.name, scene.north.name)
    assert "leader.outside@vpt.example" not in leaders
    merger = merge(scene)
    stored = [(row["code"], row["total"]) for row in merger.report]
    assert stored == [
        (row.code, list(row.total_after) if isinstance(row.total_after, tuple) else row.total_after)
        for row in preview.rows
    ]
    back = preview_undo(merger)
    assert all(row.is_equal for row in back.rows)
    assert scene.zeeland.status is RegionStatus.MERGED


ASKED = (
    Permission.REGION_VIEW_DETAILS,
    Permission.ACTION_PLAN_EDIT,
    Permission.ACTION_PLAN_REVIEW,
    Permission.REPORT_EDIT,
    Permission.REPORT_ACCEPT,
    Permission.HOURS_BOOK,
    Permission.EXPENDITURE_BOOK,
    Permission.APPOINTMENT_MANAGE,
    Permission.PARTNER_MANAGE,
)


def rights(scene: Scene) -> set[tuple[str, str, str]]:
    """Return who may do what with which record: (person, permission, record)."""
    regions = db.session.scalars(select(Region)).all()
    records: list[tuple[str, object]] = [(region.code, region) for region in regions]
    records += [(f"plan-{p.region.code}", p) for p in db.session.scalars(select(ActionPlan))]
    records += [(f"rep-{r.region.code}", r) for r in db.session.scalars(select(ProgressReport))]
    return {
        (name, str(permission), key)
        for name, person in scene.people.items()
        for permission in ASKED
        for key, record in records
        if policies.can(person, permission, record)
    }


def test_everyone_reaches_what_belongs_together_and_no_more(scene: Scene) -> None:
    before = rights(scene)
    merger = merge(scene)
    after = rights(scene)
    assert before < after
    of_zeeland = {(p, key) for name, p, key in after if name == "leader.zeeland"}
    for key in ("samen", "brabant", "zeeland", "plan-brabant", "rep-brabant"):
        assert (str(Permission.REGION_VIEW_DETAILS), key) in of_zeeland
    assert (str(Permission.ACTION_PLAN_EDIT), "plan-brabant") in of_zeeland
    # a role grows in reach, never in power
    assert not any(p == str(Permission.ACTION_PLAN_REVIEW) for p, _ in of_zeeland)
    outsider = {entry for entry in before if "outside" in entry[0]}
    assert {entry for entry in after if "outside" in entry[0]} == outsider
    assert {key for _, _, key in outsider} == {"outside"}
    undo_merger(merger, reason="Toch niet.", actor=scene.officer)
    assert rights(scene) == before


def test_open_work_goes_on_for_the_people_of_the_successor(scene: Scene) -> None:
    leader = scene.people["leader.zeeland"]
    mine = {item.title for item in my_work(leader).to_do}
    merger = merge(scene)
    joint = my_work(leader).to_do
    assert {item.params["region"] for item in joint} >= {scene.brabant.name}
    undo_merger(merger, reason="Toch niet.", actor=scene.officer)
    assert {item.title for item in my_work(leader).to_do} == mine


def test_new_bookings_are_made_in_the_successor(scene: Scene) -> None:
    merge(scene)
    with pytest.raises(WrongState):
        book_expenditure(
            scene.zeeland,
            booked_on=TODAY,
            phase=Phase.IMPLEMENTATION,
            description="Zaal",
            amount_cents=1,
            actor=scene.people["leader.zeeland"],
        )


def test_both_histories_tell_of_it(scene: Scene) -> None:
    merger = merge(scene)
    undo_merger(merger, reason="Toch niet.", actor=scene.officer)
    actions = {
        region.code: [
            entry.action for entry in list_region_history(region, person=scene.officer, limit=20)
        ]
        for region in (scene.north, scene.zeeland)
    }
    assert actions["zeeland"][:2] == ["region.unmerge", "region.merge"]
    assert actions["samen"][:3] == [
        "region.merger_undone",
        "region.merged_into_this",
        "region.designate",
    ]


def refused(scene: Scene, **changes: object) -> list[DomainError]:
    """Return why a merger is refused."""
    values: dict[str, object] = {
        "successor": scene.north,
        "predecessors": [scene.brabant, scene.zeeland],
        "merged_on": MERGED_ON,
        "reason": "Eén aanpak.",
        "actor": scene.officer,
        **changes,
    }
    with pytest.raises(DomainError) as caught:
        merge_regions(
            values.pop("successor"),  # type: ignore[arg-type]
            values.pop("predecessors"),  # type: ignore[arg-type]
            **values,  # type: ignore[arg-type]
        )
    error = caught.value
    return list(error.errors) if isinstance(error, SeveralErrors) else [error]


def test_what_cannot_be_merged_is_refused_with_all_reasons(scene: Scene) -> None:
    [alone] = refused(scene, predecessors=[scene.zeeland])
    assert (type(alone), alone.field) == (Invalid, "predecessors")
    fields = {e.field for e in refused(scene, successor=scene.zeeland, merged_on=date(2012, 8, 1))}
    assert fields == {"predecessors", "merged_on"}
    [reason] = refused(scene, reason=" ")
    assert reason.field == "reason"
    [right] = refused(scene, actor=scene.people["manager.zeeland"])
    assert isinstance(right, NotAllowed)
    scene.outside.status = RegionStatus.ENDED
    [ended] = refused(scene, predecessors=[scene.outside, scene.zeeland, scene.brabant])
    assert isinstance(ended, WrongState)
    [successor] = refused(scene, successor=scene.outside)
    assert successor.field == "successor"
    foreign = make_region(make_programme(code="ander"), "ver")
    [beyond] = refused(scene, predecessors=[foreign, scene.zeeland])
    assert isinstance(beyond, NotAllowed)


def test_a_merged_region_cannot_merge_again(scene: Scene) -> None:
    merge(scene)
    errors = refused(scene, successor=scene.outside)
    assert [type(error) for error in errors] == [WrongState, WrongState]
    # nor can a region come back into what it went up in
    ring = refused(scene, successor=scene.zeeland, predecessors=[scene.north, scene.outside])
    assert [error.field for error in ring] == ["successor"]


def test_a_frozen_half_year_keeps_a_merger_out_and_in(scene: Scene) -> None:
    make_period(
        scene.programme,
        "2011-2",
        starts_on=date(2011, 7, 1),
        ends_on=date(2011, 12, 31),
        status=PeriodStatus.SENT,
    )
    [inside] = refused(scene, merged_on=date(2011, 12, 31))
    [earlier] = refused(scene, merged_on=date(2010, 3, 1))
    assert (type(inside), type(earlier)) == (PeriodFrozen, PeriodFrozen)
    merger = merge(scene, merged_on=date(2012, 6, 1))
    scene.period.status = PeriodStatus.FROZEN
    db.session.flush()
    with pytest.raises(PeriodFrozen):
        undo_merger(merger, reason="Toch niet.", actor=scene.officer)
    assert scene.zeeland.status is RegionStatus.MERGED


def test_undoing_asks_a_reason_and_the_right(scene: Scene) -> None:
    merger = merge(scene)
    with pytest.raises(Invalid):
        undo_merger(merger, reason="", actor=scene.officer)
    with pytest.raises(NotAllowed):
        undo_merger(merger, reason="x", actor=scene.people["manager.zeeland"])


def test_the_rows_take_as_many_queries_with_mergers(scene: Scene) -> None:
    officer = make_person(scene.programme, Role.POLICY_OFFICER)
    db.session.flush()
    with counted_queries() as without:
        region_rows(officer, scene.period, TODAY)
    merge(scene)
    with counted_queries() as merged:
        region_rows(officer, scene.period, TODAY)
    assert len(merged) <= len(without) + 2
    assert len(merged) <= 6


def test_a_day_in_a_running_half_year_counts_all_of_it(scene: Scene) -> None:
    """The half-year that holds the day is the successor's, with what came before the day."""
    merge(scene, merged_on=date(2012, 6, 1))
    with clock.at(date(2012, 7, 16)):
        joint = rows_of(scene, as_of=date(2012, 6, 30))["samen"]
    assert joint.hours_quarters == 2 * (33 + 41)
    book_hours(scene.appointments["brabant"], week=26, quarters=3)
    assert rows_of(scene)["samen"].hours_quarters == 2 * (33 + 41) + 3
