"""Results over regions: what counts, who sees it, and what is refused."""

from datetime import date
from fractions import Fraction

import pytest
from flask import Flask

from tests.factories.contracts import add_revision, make_measurement
from tests.integration.regions.records import counted_queries
from tests.integration.results.result_scene import IN_2011, Scene, make_scene
from vpt_regio.domain.indicator_codes import (
    Aggregation,
    Attainment,
    ChangeKind,
    Qualifier,
    ReferenceKind,
    Unit,
)
from vpt_regio.domain.rules.results import LeftOut, Refusal
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType
from vpt_regio.models.regions import RegionMerger
from vpt_regio.queries.agreement_values import indicator_facts
from vpt_regio.queries.results import (
    HalfYearResult,
    IndicatorResult,
    indicator_results,
    look_of,
    national_results,
)
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)


def _national(
    scene: Scene, person: Person | None = None, *, as_of: date = TODAY, period: str | None = None
) -> IndicatorResult:
    look = look_of(person or scene.officer, scene.programme, as_of=TODAY).at(as_of, period)
    (result,) = national_results(look, scene.programme)
    return result


def _trend(scene: Scene, person: Person | None = None) -> list[HalfYearResult]:
    look = look_of(person or scene.officer, scene.programme, as_of=TODAY)
    return indicator_results(look, indicator_facts(scene.indicator))[1]


def _number(result: IndicatorResult) -> Fraction | None:
    return result.now.value.number if result.now.value else None


def test_adds_numbers_of_regions_and_tells_how_many_count(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        for code, value in (("a", 50), ("b", 70)):
            make_measurement(scene.agreement(scene.region(code)), value)
        scene.agreement(scene.region("c"))
    result = _national(scene)
    assert _number(result) == 120
    assert (result.now.regions, result.now.regions_total) == (2, 3)
    assert result.baseline.value is not None
    assert result.baseline.value.number == 120
    assert result.target.value is not None
    assert result.target.value.number == 180
    assert [(one.code, dict(one.left_out)) for one in result.incomplete] == [
        ("c", {LeftOut.NOT_MEASURED: 1})
    ]
    assert result.counts == {
        Attainment.MET: 1,
        Attainment.ON_COURSE: 1,
        Attainment.NOT_MEASURED: 1,
    }


def test_compares_only_what_was_measured_on_both_sides(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        make_measurement(scene.agreement(scene.region("a"), baseline=40), 50)
        make_measurement(scene.agreement(scene.region("b"), baseline=None), 500)
        scene.agreement(scene.region("c"), baseline=1000)
    result = _national(scene)
    assert result.change is not None
    assert (result.change.kind, result.change.amount) == (ChangeKind.PERCENT, 25)
    assert result.compared == 1


def test_weighs_percentages_by_their_counts(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene(unit=Unit.PERCENT)
        for code, counts in (("a", (10, 100)), ("b", (90, 900)), ("c", (900, 1000))):
            make_measurement(scene.agreement(scene.region(code)), counts=counts)
    result = _national(scene)
    assert _number(result) == 50
    assert result.now.value is not None
    assert (result.now.value.numerator, result.now.value.denominator) == (1000, 2000)


def test_the_same_target_of_all_is_the_target_together(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene(unit=Unit.PERCENT)
        same, other = scene.agreement(scene.region("a")), scene.agreement(scene.region("b"))
        make_measurement(same, counts=(1, 2))
        make_measurement(other, counts=(1, 2))
    assert _national(scene).target.value is not None
    with unit_of_work():
        add_revision(other, ReferenceKind.TARGET, 80, day=date(2013, 12, 31))
    result = _national(scene)
    assert result.target.value is None
    assert result.target.regions == 0


def test_shows_a_region_whose_share_has_no_counts_and_leaves_it_out(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene(unit=Unit.PERCENT)
        make_measurement(scene.agreement(scene.region("a")), counts=(1, 4))
        make_measurement(scene.agreement(scene.region("b")), 90)
    result = _national(scene)
    assert _number(result) == 25
    (left_out,) = result.incomplete
    assert left_out.code == "b"
    assert left_out.left_out == {LeftOut.NO_COUNTS: 1}
    assert left_out.now.value is not None
    assert left_out.now.value.number == 90


@pytest.mark.parametrize(
    ("unit", "aggregation", "refusal"),
    [
        (Unit.NUMBER, Aggregation.NONE, Refusal.NOT_TO_BE_JOINED),
        (Unit.YES_NO, Aggregation.SUM, Refusal.UNIT_CANNOT_BE_ADDED),
        (Unit.YES_NO, Aggregation.WEIGHTED, Refusal.UNIT_CANNOT_BE_WEIGHED),
        (Unit.NUMBER, Aggregation.LATEST, Refusal.SEVERAL_LATEST_VALUES),
    ],
)
def test_refuses_what_may_not_be_told_as_one(
    context: Flask, unit: Unit, aggregation: Aggregation, refusal: Refusal
) -> None:
    with unit_of_work():
        scene = make_scene(unit=unit, aggregation=aggregation)
        for code, value in (("a", 1), ("b", 0)):
            make_measurement(scene.agreement(scene.region(code)), value)
    result = _national(scene)
    assert result.now.refusal is refusal
    assert result.now.value is None
    assert [one.now.value.number for one in result.regions if one.now.value] == [1, 0]


def test_what_differs_in_certainty_is_circa(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        make_measurement(scene.agreement(scene.region("a")), 50)
        rough = scene.agreement(scene.region("b"))
        make_measurement(rough, 50, qualifier=Qualifier.ALMOST)
    found = _national(scene).now.value
    assert found is not None
    assert found.qualifier is Qualifier.CIRCA


def test_a_merged_region_counts_once_in_its_successor(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        west, east, whole = (scene.region(code) for code in ("west", "oost", "heel"))
        make_measurement(scene.agreement(west), 10)
        make_measurement(scene.agreement(east), 20)
        for region in (west, east):
            region.status = RegionStatus.MERGED
            assert region.merger is None
        db.session.add(
            RegionMerger(
                programme_id=scene.programme.id,
                successor=whole,
                predecessors=[west, east],
                merged_on=date(2012, 7, 2),
                reason="Eén aanpak.",
            )
        )
    result = _national(scene)
    assert _number(result) == 30
    assert [(one.code, len(one.agreements)) for one in result.regions] == [("heel", 2)]
    assert (result.now.regions, result.now.regions_total) == (1, 1)
    before = _national(scene, as_of=date(2012, 7, 1))
    assert _number(before) == 30
    assert [one.code for one in before.regions] == ["oost", "west"]
    of_half_year = _national(scene, period="2012-1")
    assert [one.code for one in of_half_year.regions] == ["oost", "west"]


def test_other_regions_show_closed_half_years_only(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        own, other = scene.region("eigen"), scene.region("ander")
        for region in (own, other):
            agreement = scene.agreement(region)
            make_measurement(agreement, 45, cutoff_on=IN_2011, recorded_on=date(2012, 1, 10))
            make_measurement(agreement, 55)
        never_closed = scene.agreement(scene.region("nieuw"))
        make_measurement(never_closed, 59)
        leader = scene.leader(own)
    result = _national(scene, leader)
    shown = {one.code: one.now.value.number if one.now.value else None for one in result.regions}
    assert shown == {"ander": 45, "eigen": 55, "nieuw": None}
    assert _number(result) == 100
    assert result.hidden == 1
    hidden = {one.code: dict(one.left_out) for one in result.incomplete}
    assert hidden == {"nieuw": {LeftOut.NOT_CLOSED: 1}}
    assert _number(_national(scene)) == 169
    assert [_number(one.result) for one in _trend(scene, leader)] == [90, 55]
    assert [_number(one.result) for one in _trend(scene)] == [90, 169]


def test_nothing_of_an_open_half_year_reaches_outside(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        agreement = scene.agreement(scene.region("ander"))
        make_measurement(agreement, 45, cutoff_on=IN_2011, recorded_on=date(2012, 1, 10))
        add_revision(
            agreement,
            ReferenceKind.TARGET,
            99,
            day=date(2013, 12, 31),
            holds_from=date(2012, 2, 1),
        )
        make_measurement(agreement, 46, cutoff_on=date(2012, 1, 5), period=scene.closed)
        leader = scene.leader(scene.region("eigen"))
    result = _national(scene, leader)
    (region,) = result.regions
    assert region.target.value is not None
    assert region.target.value.number == 60
    # reported for the closed half-year, though measured after it
    assert _number(result) == 46
    (of_open,) = _national(scene, leader, period="2012-1").regions
    assert (of_open.agreements, of_open.hidden) == ((), 1)


def test_an_earlier_day_knows_nothing_of_what_came_later(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        agreement = scene.agreement(scene.region("a"))
        make_measurement(agreement, 50, recorded_on=date(2012, 7, 2))
        make_measurement(agreement, 52, recorded_on=date(2012, 7, 10))
    assert _number(_national(scene, as_of=date(2012, 7, 1))) is None
    assert _number(_national(scene, as_of=date(2012, 7, 9))) == 50
    assert _number(_national(scene)) == 52


def test_a_half_year_without_a_measurement_stays_empty(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        make_measurement(scene.agreement(scene.region("a")), 50)
        make_measurement(
            scene.agreement(scene.region("b")), 45, cutoff_on=IN_2011, recorded_on=IN_2011
        )
    closed, collecting = _trend(scene)
    assert [(one.code, one.now.value is None) for one in closed.result.regions] == [
        ("a", True),
        ("b", False),
    ]
    assert _number(collecting.result) == 50


def test_a_measurement_that_turns_out_to_be_of_another_half_year_counts_there_only(
    context: Flask,
) -> None:
    with unit_of_work():
        scene = make_scene()
        agreement = scene.agreement(scene.region("a"))
        make_measurement(agreement, 50, cutoff_on=date(2012, 1, 6), period=scene.closed)
        make_measurement(agreement, 51, cutoff_on=date(2012, 1, 6), period=scene.open)
    assert _number(_national(scene, period=scene.closed.code)) is None
    assert _number(_national(scene, period=scene.open.code)) == 51


def test_narrows_down_to_a_kind_of_agreement(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        kinds = [
            AgreementType(
                programme_id=scene.programme.id,
                code="melden",
                position=1,
                name="Melden",
                list_version=version,
            )
            for version in ("2011", "2012")
        ]
        db.session.add_all(kinds)
        for code, kind in (("a", kinds[0]), ("b", kinds[1]), ("c", None)):
            agreement = scene.agreement(scene.region(code))
            agreement.agreement_type = kind
            make_measurement(agreement, 10)
    look = look_of(scene.officer, scene.programme, as_of=TODAY)
    (result,) = national_results(look, scene.programme, type_code="melden")
    assert [one.code for one in result.regions] == ["a", "b"]


@pytest.mark.parametrize("regions", [3, 30])
def test_needs_a_fixed_number_of_queries(context: Flask, regions: int) -> None:
    with unit_of_work():
        scene = make_scene()
        for number in range(regions):
            make_measurement(scene.agreement(scene.region(f"regio-{number}")), number)
    _read_again(scene)
    with counted_queries() as selects:
        assert _number(_national(scene)) == sum(range(regions))
    assert len(selects) <= 8
    _read_again(scene)
    with counted_queries() as selects:
        assert _number(_trend(scene)[-1].result) == sum(range(regions))
    assert len(selects) <= 8


def _read_again(scene: Scene) -> None:
    """Begin a transaction in which the person who is signed in has been read, as in a request."""
    db.session.rollback()
    for one in (scene.programme, scene.officer, scene.indicator):
        db.session.refresh(one)
    assert scene.officer.roles
