"""What the national view tells of the agreements of a region."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

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
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.agreement_values import standings
from vpt_regio.queries.region_agreements import tallies
from vpt_regio.standing import standing
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
Counts = tuple[int, int, int]


def _counts(as_of: date) -> dict[str, Counts]:
    found = tallies(standings(as_of=as_of), standing(), as_of)
    codes = {region.id: region.code for region in db.session.scalars(select(Region))}
    return {codes[number]: (one.contracts, one.met, one.total) for number, one in found.items()}


def test_counts_the_agreements_of_signed_contracts(context: Flask) -> None:
    with unit_of_work():
        scene = make_scene()
        region = scene.region("limburg")
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
    assert _counts(TODAY) == {"limburg": (2, 2, 4)}
    found = [one.attainment for one in standings(as_of=TODAY)]
    assert found.count(Attainment.MET) == 2


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
    met = [_counts(date(2012, 7, day))["limburg"][1] for day in (1, 2, 9, 11, 12)]
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
    assert _counts(TODAY) == {"heel": (2, 1, 2)}
    assert _counts(date(2012, 7, 1)) == {"heel": (1, 0, 1), "west": (1, 1, 1)}


def test_the_map_tells_of_open_half_years_within_reach_only(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    with app.app_context(), unit_of_work():
        scene = make_scene()
        region = scene.region("limburg")
        make_measurement(scene.agreement(region, target=60), 60)
        scene.leader(region).email = "limburg@vpt.example"
        scene.leader(scene.region("zeeland")).email = "zeeland@vpt.example"
    pages = {
        name: sign_in(f"{name}@vpt.example").get("/landelijk").get_data(as_text=True)
        for name in ("beleid", "limburg", "zeeland")
    }
    assert {name: "1 van 1" in page for name, page in pages.items()} == {
        "beleid": True,
        "limburg": True,
        "zeeland": False,
    }
