"""Mergers from history, the programme's lists, and the history of a region."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.factories.people import make_person
from tests.factories.regions import make_programme, make_region
from tests.integration.regions.records import make_period, make_running_region
from vpt_regio.domain.enums import TerritoryType
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, PolicyLine, Programme, Sector
from vpt_regio.queries.mergers import list_mergers_of
from vpt_regio.queries.overview import region_rows
from vpt_regio.queries.programmes import (
    get_programme,
    list_measures,
    list_policy_lines,
    list_sectors,
)
from vpt_regio.queries.regions import get_region, list_region_history
from vpt_regio.queries.signals import SignalKind, list_signals
from vpt_regio.services import audit
from vpt_regio.services.programmes import (
    create_programme,
    load_entry,
)
from vpt_regio.services.regions import create_region, record_historic_merger
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)


@pytest.fixture(autouse=True)
def transaction(context: Flask) -> Iterator[None]:
    with unit_of_work():
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def officer(programme: Programme) -> Person:
    return make_person(programme, Role.POLICY_OFFICER)


def test_a_merger_keeps_what_was(programme: Programme, officer: Person) -> None:
    brabant, zeeland = make_region(programme, "brabant"), make_region(programme, "zeeland")
    together = make_region(programme, "zuidwest", name="Zuidwest")
    make_running_region(programme, zeeland)
    merger = record_historic_merger(
        together,
        [brabant, zeeland],
        merged=FuzzyDate.parse("begin 2012"),
        reason="samen sterker",
        actor=officer,
    )
    assert (zeeland.status, together.status) == (RegionStatus.MERGED, RegionStatus.ACTIVE)
    assert zeeland.merger is merger
    assert merger.merged is not None
    assert merger.merged.display() == "begin 2012"
    assert list_mergers_of(together) == list_mergers_of(zeeland) == [merger]
    assert merger.predecessors == [brabant, zeeland]
    steps = db.session.query(TransitionRecord).filter_by(subject_id=zeeland.id, workflow="region")
    assert [(s.from_state, s.to_state, s.effective_on) for s in steps] == [
        ("active", "merged", date(2012, 1, 1))
    ]
    # before the merger the region counts as what it was then
    period = make_period(programme)
    before = {row.code: row.status for row in region_rows(None, period, date(2011, 12, 31))}
    after = {row.code: row.status for row in region_rows(None, period, TODAY)}
    assert (before["zeeland"], after["zeeland"]) == (RegionStatus.ACTIVE, RegionStatus.MERGED)
    assert audit.verify(db.session()) is None


@pytest.mark.parametrize(
    ("predecessors", "error"),
    [
        ([], Invalid),
        (["zuidwest"], Invalid),
        (["merged"], Conflict),
        (["exploring"], WrongState),
    ],
)
def test_a_merger_that_cannot_be(
    programme: Programme, officer: Person, predecessors: list[str], error: type[DomainError]
) -> None:
    together, other = make_region(programme, "zuidwest"), make_region(programme, "noord")
    merged = make_region(programme, "merged")
    make_region(programme, "exploring", status=RegionStatus.EXPLORING)
    vague = FuzzyDate.parse("2011")
    record_historic_merger(other, [merged], merged=vague, reason="", actor=officer)
    regions = [region for code in predecessors if (region := get_region(code))]
    with pytest.raises(error):
        record_historic_merger(together, regions, merged=vague, reason="", actor=officer)


def test_an_account_manager_adds_no_region(programme: Programme) -> None:
    region = make_region(programme)
    manager = make_person(programme, Role.ACCOUNT_MANAGER, region=region)
    with pytest.raises(NotAllowed):
        create_region(
            programme,
            code="drenthe",
            name="Drenthe",
            territory_type=TerritoryType.PROVINCE,
            actor=manager,
        )


def test_an_unknown_tile_is_refused(programme: Programme, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        create_region(
            programme,
            code="drenthe",
            name="Drenthe",
            territory_type=TerritoryType.PROVINCE,
            tiles=["atlantis"],
            actor=officer,
        )
    assert caught.value.field == "tile_codes"


def test_the_review_shows_to_reviewers_only(programme: Programme) -> None:
    region = make_region(programme)
    _covenant, leader, manager = make_running_region(programme, region)
    audit.record("region.changed", region, actor=manager)
    audit.record("action_plan.remark_made", region, actor=manager, details={"section": "Aanpak"})
    seen = [
        [entry.action for entry in list_region_history(region, person=person, limit=10)]
        for person in (leader, manager)
    ]
    assert seen == [["region.changed"], ["action_plan.remark_made", "region.changed"]]


def test_signals_reach_those_who_see_the_details(programme: Programme) -> None:
    region, other = make_region(programme), make_region(programme, "zeeland")
    _covenant, leader, _manager = make_running_region(programme, region)
    outsider = make_person(programme, Role.PROJECT_LEADER, region=other)
    make_period(programme, reports_due_on=date(2012, 7, 1))
    kinds = [signal.kind for signal in list_signals(leader, TODAY)]
    assert kinds == [SignalKind.REPORT_LATE, SignalKind.HOURS_BELOW_NORM]
    assert [signal.kind for signal in list_signals(leader, TODAY, limit=1)] == kinds[:1]
    assert {signal.region.code for signal in list_signals(outsider, TODAY)} == {"zeeland"}


def test_lists_hold_from_day_to_day() -> None:
    made = create_programme(
        code="nieuw", name="Nieuw", ministry="BZK", minister_title="de minister", actor=None
    )
    for version, start, end in (
        ("2012", None, date(2016, 12, 31)),
        ("2017", date(2017, 1, 1), None),
    ):
        measure = Measure(
            code="M1",
            position=1,
            name=f"Maatregel {version}",
            short_name="M1",
            list_version=version,
            valid_from=start,
            valid_until=end,
        )
        load_entry(made, measure, actor=None)
    for kind in (PolicyLine, Sector):
        load_entry(made, kind(code="A", position=1, name="A", list_version="2012"), actor=None)
    assert get_programme() == made
    assert [m.list_version for m in list_measures(made, on=date(2016, 12, 31))] == ["2012"]
    assert [m.list_version for m in list_measures(made, on=date(2017, 1, 1))] == ["2017"]
    assert [line.code for line in list_policy_lines(made, on=TODAY)] == ["A"]
    assert [sector.code for sector in list_sectors(made, on=TODAY)] == ["A"]
