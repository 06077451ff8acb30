"""The merger of the demonstration: it loses nothing, can be undone, and done again."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from tests.integration.demo.conftest import DAY
from vpt_regio import policies
from vpt_regio.demo.people import BRABANT, OFFICER, SECOND_MANAGER, THIRD_MANAGER
from vpt_regio.demo.regions import MERGED_CODES, MERGED_ON, MERGED_WORDS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import PeriodFrozen
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.overview import RegionRow, region_rows
from vpt_regio.services.audit import verify
from vpt_regio.services.mergers import merge_regions, undo_merger
from vpt_regio.uow import write

SUMS = (
    "advance_cents",
    "supplement_cents",
    "budget_cents",
    "spent_in_period_cents",
    "spent_total_cents",
    "hours_quarters",
)
FAMILY = frozenset({*MERGED_CODES, BRABANT})
LEADERS = {
    "projectleider.midden-west-brabant@vpt.example": (),  # the role ended in March
    "projectleider.zeeland@vpt.example": ("zeeland",),
    f"projectleider.{BRABANT}@vpt.example": (BRABANT,),
    f"plaatsvervanger.{BRABANT}@vpt.example": (BRABANT,),
    SECOND_MANAGER: ("midden-west-brabant", BRABANT),
    THIRD_MANAGER: ("zeeland",),
}


class Stage(NamedTuple):
    """What stands on one moment: figures and states of regions, and who reaches which of them."""

    totals: Mapping[str, Any]
    rows: Mapping[str, RegionRow]
    earlier: Mapping[str, RegionRow]
    reach: Mapping[str, frozenset[str]]


def _region(code: str) -> Region:
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def _person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def _period(code: str) -> ReportingPeriod:
    return db.session.scalars(select(ReportingPeriod).where(ReportingPeriod.code == code)).one()


def _rows(code: str) -> dict[str, RegionRow]:
    period = _period(code)
    return {row.code: row for row in region_rows(None, period, min(period.ends_on, DAY))}


def _totals(rows: Mapping[str, RegionRow]) -> dict[str, Any]:
    """Return each sum over the regions; what is not known counts as nothing."""
    found: dict[str, Any] = {
        name: sum(getattr(row, name) or 0 for row in rows.values()) for name in SUMS
    }
    found["norm"] = sum((row.hours_norm or Fraction(0) for row in rows.values()), Fraction(0))
    return found


def _reach(email: str) -> frozenset[str]:
    person, codes = _person(email), sorted(FAMILY)
    allowed = (Permission.REGION_VIEW_DETAILS, Permission.HOURS_BOOK, Permission.REPORT_ACCEPT)
    return frozenset(
        code for code in codes if any(policies.can(person, one, _region(code)) for one in allowed)
    )


def _stage() -> Stage:
    rows = _rows("2012-1")
    people = db.session.scalars(select(Person.email).order_by(Person.email)).all()
    return Stage(_totals(rows), rows, _rows("2011-2"), {email: _reach(email) for email in people})


def _undo() -> None:
    (merger,) = [m for m in db.session.scalars(select(RegionMerger)) if m.predecessors]
    undo_merger(merger, reason="Voorbeeld: te vroeg vastgelegd.", actor=_person(OFFICER))


def _redo() -> None:
    merge_regions(
        _region(BRABANT),
        [_region(code) for code in MERGED_CODES],
        merged_on=MERGED_ON,
        words=MERGED_WORDS,
        reason="Voorbeeld: opnieuw vastgelegd.",
        actor=_person(OFFICER),
    )


@pytest.fixture(scope="module")
def stages(demo_app: Flask) -> dict[str, Stage]:
    """The stage before, after undoing the merger, and after doing it again."""
    found: dict[str, Stage] = {}
    for name, change in (("before", None), ("undone", _undo), ("redone", _redo)):
        with demo_app.app_context():
            if change is not None:
                write(change)
        with demo_app.app_context():
            found[name] = _stage()
    return found


@pytest.mark.parametrize("stage", ["undone", "redone"])
def test_every_sum_stays_equal_to_the_cent(stages: dict[str, Stage], stage: str) -> None:
    before = stages["before"].totals
    assert stages[stage].totals == before
    assert before["spent_total_cents"] > 0
    assert before["hours_quarters"] > 0
    assert before["supplement_cents"] > 0


def test_the_new_region_holds_what_the_old_ones_held(stages: dict[str, Stage]) -> None:
    merged, apart = stages["before"].rows, stages["undone"].rows
    assert stages["redone"].rows == merged
    for name in SUMS:
        parts = [getattr(apart[code], name) or 0 for code in FAMILY if code in apart]
        assert (getattr(merged[BRABANT], name) or 0) == sum(parts), name
    assert {apart[code].status for code in MERGED_CODES} == {RegionStatus.ACTIVE}


def test_the_half_year_before_shows_the_old_regions_at_every_stage(
    stages: dict[str, Stage],
) -> None:
    for stage in stages.values():
        for code in MERGED_CODES:
            assert stage.earlier[code].status is RegionStatus.ACTIVE
            assert stage.earlier[code].report_id is not None
            assert stage.earlier[code].spent_in_period_cents
        assert stage.earlier == stages["before"].earlier


def test_the_half_year_of_the_merger_shows_the_new_region(stages: dict[str, Stage]) -> None:
    for name in ("before", "redone"):
        rows = stages[name].rows
        assert rows[BRABANT].report_id is not None
        assert rows[BRABANT].spent_in_period_cents
        assert not any(rows[code].report_id for code in MERGED_CODES if code in rows)


def test_people_reach_the_whole_family_while_it_is_merged(stages: dict[str, Stage]) -> None:
    for name in ("before", "redone"):
        reach = stages[name].reach
        for email, own in LEADERS.items():
            assert reach[email] == (FAMILY if own else frozenset()), email


def test_people_reach_their_own_regions_alone_once_it_is_undone(stages: dict[str, Stage]) -> None:
    reach = stages["undone"].reach
    for email, own in LEADERS.items():
        assert reach[email] == frozenset(own), email


def test_nobody_else_gains_or_loses_access(stages: dict[str, Stage]) -> None:
    others = stages["before"].reach.keys() - LEADERS.keys()
    assert len(others) > len(LEADERS)
    for email in others:
        reach = {stage.reach[email] for stage in stages.values()}
        assert reach in ({FAMILY}, {frozenset()}), email


def test_the_proof_and_the_record_stay_whole(stages: dict[str, Stage], demo_app: Flask) -> None:
    assert len(stages) == 3
    with demo_app.app_context():
        first, again = db.session.scalars(select(RegionMerger).order_by(RegionMerger.id))
        assert (first.undone_on, again.undone_on) == (DAY, None)
        assert first.report
        assert again.report
        assert verify(db.session()) is None


def test_it_cannot_be_undone_once_its_half_year_is_sent(
    stages: dict[str, Stage], demo_app: Flask
) -> None:
    def send_and_undo() -> None:
        _period("2012-1").status = _period("2011-2").status
        db.session.flush()
        _undo()

    assert stages["redone"]
    with demo_app.app_context(), pytest.raises(PeriodFrozen):
        write(send_and_undo)
