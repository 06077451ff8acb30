"""Levels of maturity: judging, what holds on a day, and what may be seen of whom."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.action_plans import Stage, make_stage
from tests.factories.people import make_person
from tests.factories.regions import make_organisation, make_region
from tests.integration.periods.counting import statements
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.maturity import Move, move
from vpt_regio.errors import Conflict, DomainError, NotAllowed, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.maturity import Inventory, MeasureMaturity
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Organisation, Region, RegionMerger, RegionPartner
from vpt_regio.queries.maturity import (
    list_assessable,
    list_judgements,
    maturity_of,
    national_maturity,
)
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.maturity import Judgement, judgements_part, record_levels
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
SPRING = date(2012, 4, 1)


@pytest.fixture
def stage(context: Flask) -> Stage:
    with unit_of_work():
        return make_stage()


def _measures(stage: Stage, on: date = TODAY) -> list[Measure]:
    return list_measures(stage.programme, on=on)


def _record(
    stage: Stage,
    levels: dict[int, tuple[int | None, str]],
    *,
    on: date = TODAY,
    organisation: Organisation | None = None,
    region: Region | None = None,
    actor: Person | None = None,
    expected_version: int | None = None,
    inventory_id: int | None = None,
) -> list[MeasureMaturity]:
    with unit_of_work():
        return record_levels(
            region or stage.region,
            organisation_id=(organisation or stage.partner).id,
            assessed_on=on,
            judgements={number: Judgement(*one) for number, one in levels.items()},
            actor=actor or stage.leader,
            expected_version=expected_version,
            inventory_id=inventory_id,
        )


def _refused(work: Callable[[], object]) -> dict[str | None, str]:
    """Return every message by its field."""
    with pytest.raises(DomainError) as caught:
        work()
    error = caught.value
    parts = error.errors if isinstance(error, SeveralErrors) else [error]
    return {part.field: str(part) for part in parts}


def test_only_what_changed_is_stored(stage: Stage) -> None:
    one, two, _three = (measure.id for measure in _measures(stage))
    first = _record(stage, {one: (2, "Protocol"), two: (0, "")}, on=SPRING)
    assert [(row.level, row.recorded_on) for row in first] == [(2, TODAY), (0, TODAY)]
    again = _record(stage, {one: (3, "Overal ingevoerd"), two: (0, " ")})
    assert [(row.measure_id, row.level) for row in again] == [(one, 3)]
    entries = db.session.scalars(select(AuditEntry).filter_by(action="maturity.recorded")).all()
    assert [entry.detail.details["count"] for entry in entries] == [2, 1]
    assert _refused(lambda: _record(stage, {one: (3, "Overal ingevoerd")})) == {
        None: "U hebt niets gewijzigd. Er is niets opgeslagen."
    }


def test_a_day_shows_what_held_then(stage: Stage) -> None:
    one, two, three = _measures(stage)
    _record(stage, {one.id: (1, "Notitie"), two.id: (0, "")}, on=SPRING)
    _record(stage, {one.id: (3, "Overal"), three.id: (2, "Proef")})
    before = maturity_of(stage.region, day=SPRING)
    now = maturity_of(stage.region, day=TODAY)
    levels = {
        found.day: [
            judged.level if (judged := found.at(stage.partner, measure)) else None
            for measure in (one, two, three)
        ]
        for found in (before, now)
    }
    assert levels == {SPRING: [1, 0, None], TODAY: [3, 0, 2]}
    assert [move(*pair) for pair in zip(levels[SPRING], levels[TODAY], strict=True)] == [
        Move.UP,
        Move.SAME,
        Move.FIRST,
    ]
    assert (before.recorded_later, now.recorded_later) == (2, 0)
    summary = now.summary(two)
    assert (summary.counts[0], summary.not_assessed) == (1, 0)
    empty = maturity_of(stage.region, day=date(2012, 1, 1)).summary(two)
    assert (empty.counts[0], empty.not_assessed) == (0, 1)


def test_of_one_day_the_last_one_holds(stage: Stage) -> None:
    one = _measures(stage)[0]
    _record(stage, {one.id: (4, "Verkeerd")})
    _record(stage, {one.id: (2, "Verbeterd")})
    held = maturity_of(stage.region, day=TODAY).at(stage.partner, one)
    assert held is not None
    assert (held.level, held.evidence) == (2, "Verbeterd")
    assert db.session.query(MeasureMaturity).count() == 2


def test_every_error_comes_at_once(stage: Stage) -> None:
    one, two, three = (measure.id for measure in _measures(stage))
    _record(stage, {one: (1, "Notitie")})
    wrong = {one: (None, ""), two: (3, " "), three: (None, "Wel tekst")}
    assert set(_refused(lambda: _record(stage, wrong))) == {
        f"level_{one}",
        f"evidence_{two}",
        f"level_{three}",
    }
    assert set(_refused(lambda: _record(stage, {two: (5, "x")}, inventory_id=99))) == {
        f"level_{two}",
        "inventory_id",
    }
    too_long = _refused(lambda: _record(stage, {two: (2, "x" * 30_001)}))
    assert set(too_long) == {f"evidence_{two}"}
    assert "lijst" in _refused(lambda: _record(stage, {999: (2, "x")}))[None]
    assert db.session.query(MeasureMaturity).count() == 1


def test_the_day_and_the_organisation_are_checked(stage: Stage) -> None:
    one = _measures(stage)[0].id
    future = _refused(lambda: _record(stage, {one: (0, "")}, on=date(2012, 7, 17)))
    assert "toekomst" in future[None]
    with unit_of_work():
        stranger = make_organisation(stage.programme, "Vreemde")
        gone = make_organisation(stage.programme, "Vertrokken")
        db.session.add(
            RegionPartner(region=stage.region, organisation=gone, left_on=date(2012, 6, 1))
        )
    assert (
        "partner" in _refused(lambda: _record(stage, {one: (0, "")}, organisation=stranger))[None]
    )
    assert "partner" in _refused(lambda: _record(stage, {one: (0, "")}, organisation=gone))[None]
    assert len(_record(stage, {one: (0, "")}, organisation=gone, on=SPRING)) == 1
    assert gone not in maturity_of(stage.region, day=TODAY).organisations
    assert gone in maturity_of(stage.region, day=SPRING).organisations


def test_who_joins_later_counts_from_its_first_judgement(stage: Stage) -> None:
    one = _measures(stage)[0].id
    with unit_of_work():
        late = make_organisation(stage.programme, "Later")
        db.session.add(
            RegionPartner(region=stage.region, organisation=late, joined_on=date(2012, 6, 1))
        )
    assert late not in maturity_of(stage.region, day=SPRING).organisations
    assert late in list_assessable(stage.region, day=SPRING)
    _record(stage, {one: (1, "Notitie")}, organisation=late, on=SPRING)
    assert late in maturity_of(stage.region, day=SPRING).organisations


def test_two_people_do_not_overwrite_each_other(stage: Stage) -> None:
    one, two, _three = (measure.id for measure in _measures(stage))
    seen = judgements_part(stage.region, stage.partner, TODAY).version
    _record(stage, {one: (2, "Eerste")}, expected_version=seen)
    with pytest.raises(Conflict):
        _record(stage, {two: (2, "Tweede")}, expected_version=seen)


def test_only_the_leader_and_the_manager_judge(stage: Stage) -> None:
    one = _measures(stage)[0].id
    with unit_of_work():
        reader = make_person(stage.programme, Role.READER, region=stage.region)
        elsewhere = make_stage("groningen", programme=stage.programme)
    for actor in (reader, elsewhere.leader, stage.holder):
        with pytest.raises(NotAllowed):
            _record(stage, {one: (0, "")}, actor=actor)
    assert len(_record(stage, {one: (0, "")}, actor=stage.manager)) == 1


def test_a_later_list_keeps_what_was_judged(stage: Stage) -> None:
    old = _measures(stage)[0]
    _record(stage, {old.id: (2, "Protocol")}, on=SPRING)
    with unit_of_work():
        old.valid_until = date(2012, 6, 30)
        new = Measure(
            programme_id=stage.programme.id,
            code=old.code,
            position=1,
            name="In andere woorden",
            short_name="Anders",
            list_version="2012b",
            valid_from=date(2012, 7, 1),
        )
        db.session.add(new)
    now = maturity_of(stage.region, day=TODAY)
    assert next(measure.short_name for measure in now.measures) == "Anders"
    held = now.at(stage.partner, new)
    assert held is not None
    assert held.measure_id == old.id
    # the same words and level again are no change, a new level goes under the new list
    assert "niets gewijzigd" in _refused(lambda: _record(stage, {new.id: (2, "Protocol")}))[None]
    (row,) = _record(stage, {new.id: (3, "Overal")})
    assert row.measure_id == new.id
    (summary, *_rest) = national_maturity(stage.programme, day=TODAY).rows[0].summaries
    assert summary.counts[3] == 1


def test_an_inventory_of_the_region_may_be_named(stage: Stage) -> None:
    one, two, _three = (measure.id for measure in _measures(stage))
    with unit_of_work():
        other = make_region(stage.programme, "zeeland")
        foreign = Inventory(region=other, name="Elders")
        own = Inventory(region=stage.region, name="Hier")
        db.session.add_all([foreign, own])
        db.session.flush()
    refused = _refused(lambda: _record(stage, {one: (0, "")}, inventory_id=foreign.id))
    assert set(refused) == {"inventory_id"}
    (row,) = _record(stage, {two: (1, "Notitie")}, inventory_id=own.id)
    assert row.inventory is own


def test_a_successor_shows_what_went_up_in_it(stage: Stage) -> None:
    one = _measures(stage)[0]
    _record(stage, {one.id: (2, "Protocol")}, on=SPRING)
    with unit_of_work():
        successor = make_region(stage.programme, "zuid")
        db.session.add(
            RegionMerger(
                programme_id=stage.programme.id,
                successor=successor,
                predecessors=[stage.region],
                merged_on=date(2012, 7, 1),
                reason="Eén aanpak.",
            )
        )
    held = maturity_of(successor, day=TODAY).at(stage.partner, one)
    assert held is not None
    assert held.level == 2
    rows = {row.region.code: row for row in national_maturity(stage.programme, day=TODAY).rows}
    assert set(rows) == {"zuid"}
    assert rows["zuid"].summaries[0].counts[2] == 1
    then = {row.region.code: row for row in national_maturity(stage.programme, day=SPRING).rows}
    assert then["limburg"].summaries[0].counts[2] == 1


def test_judgements_stay_within_reach(stage: Stage) -> None:
    one = _measures(stage)[0].id
    with unit_of_work():
        other = make_stage("groningen", programme=stage.programme)
        db.session.add(RegionPartner(region=other.region, organisation=stage.partner))
    _record(stage, {one: (2, "Hier")})
    _record(stage, {one: (4, "Daar")}, region=other.region, actor=other.leader)
    here = list_judgements(stage.partner, visible=frozenset({stage.region.id}))
    assert [row.evidence for row in here] == ["Hier"]
    assert len(list_judgements(stage.partner, visible=None)) == 2


@pytest.mark.parametrize("regions", [3, 30])
def test_the_national_page_keeps_its_number_of_queries(stage: Stage, regions: int) -> None:
    measures = [measure.id for measure in _measures(stage)]
    with unit_of_work():
        for number in range(regions - 1):
            region = make_region(stage.programme, f"regio-{number:02}")
            organisation = make_organisation(stage.programme)
            db.session.add(RegionPartner(region=region, organisation=organisation))
            db.session.add_all(
                MeasureMaturity(
                    region=region,
                    organisation=organisation,
                    measure_id=measure,
                    level=number % 5,
                    evidence="Gezien",
                    assessed_on=SPRING,
                    recorded_by=stage.leader,
                    recorded_on=SPRING,
                )
                for measure in measures
            )
    programme = stage.programme
    with statements() as seen:
        found = national_maturity(programme, day=TODAY)
    assert len(found.rows) == regions
    assert len(seen) <= 8
