"""What the national view tells of the agreements of a region."""

from datetime import date
from decimal import Decimal

from flask import Flask

from tests.factories.contracts import (
    add_revision,
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.integration.results.result_scene import make_scene
from vpt_regio.domain.indicator_codes import (
    Aggregation,
    Attainment,
    ContractStatus,
    Direction,
    ReferenceKind,
    Unit,
)
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import RegionMerger
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.overview import region_rows
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
Counts = tuple[int | None, int | None, int | None]


def _counts(person: Person | None, period: ReportingPeriod, as_of: date) -> dict[str, Counts]:
    return {
        row.code: (row.contracts, row.agreements_met, row.agreements_total)
        for row in region_rows(person, period, as_of)
    }


def test_counts_the_agreements_of_signed_contracts(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        region, other = scene.region("limburg"), scene.region("zeeland")
        units = {
            unit: make_indicator(
                scene.programme, unit=unit, direction=direction, aggregation=Aggregation.NONE
            )
            for unit, direction in (
                (Unit.PERCENT, Direction.UP),
                (Unit.DAYS, Direction.DOWN),
                (Unit.YES_NO, Direction.UP),
            )
        }
        contract = make_contract(region)
        share = make_agreement(contract, units[Unit.PERCENT], target=66)
        make_measurement(share, counts=(2, 3))  # 66,67 reaches 66
        days = make_agreement(contract, units[Unit.DAYS], baseline=10, target=5)
        make_measurement(days, Decimal("5.5"))
        make_measurement(make_agreement(contract, units[Unit.YES_NO], target=1), 1)
        make_agreement(make_contract(region), units[Unit.DAYS])
        make_agreement(make_contract(region, status=ContractStatus.SIGNING), units[Unit.DAYS])
        leader = scene.leader(other)
    assert _counts(None, scene.open, TODAY) == {"limburg": (2, 2, 4), "zeeland": (0, 0, 0)}
    found = [one.attainment for one in standings(as_of=TODAY)]
    assert found.count(Attainment.MET) == 2
    # another region is told nothing of a half-year that is not closed
    assert _counts(leader, scene.open, TODAY) == {
        "limburg": (None, None, None),
        "zeeland": (0, 0, 0),
    }


def test_counts_what_was_known_on_the_day(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        agreement = scene.agreement(scene.region("limburg"), target=60)
        make_measurement(agreement, 60, recorded_on=date(2012, 7, 2))
        make_measurement(agreement, 59, recorded_on=date(2012, 7, 9))
        add_revision(
            agreement,
            ReferenceKind.TARGET,
            55,
            day=date(2013, 12, 31),
            holds_from=date(2012, 7, 12),
        )
    met = [_counts(None, scene.open, date(2012, 7, day))["limburg"][1] for day in (1, 2, 9, 11, 12)]
    assert met == [0, 1, 0, 0, 1]


def test_a_successor_counts_what_went_up_in_it(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        west, whole = scene.region("west"), scene.region("heel")
        make_measurement(scene.agreement(west), 60)
        make_measurement(scene.agreement(whole), 50)
        west.status = RegionStatus.MERGED
        assert west.merger is None
        db.session.add(
            RegionMerger(
                programme_id=scene.programme.id,
                successor=whole,
                predecessors=[west],
                merged_on=date(2012, 7, 2),
                reason="Eén aanpak.",
            )
        )
    assert _counts(None, scene.open, TODAY) == {"heel": (2, 1, 2), "west": (None, None, None)}
    assert _counts(None, scene.open, date(2012, 7, 1)) == {"heel": (1, 0, 1), "west": (1, 1, 1)}
