"""How agreements stand on a day: what was known then, and nothing of what came later."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from tests.factories.contracts import (
    add_revision,
    make_agreement,
    make_contract,
    make_indicator,
    make_measurement,
)
from tests.factories.regions import make_programme, make_region
from vpt_regio.domain.indicator_codes import (
    Attainment,
    ChangeKind,
    ContractStatus,
    Direction,
    ReferenceKind,
    Unit,
)
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement
from vpt_regio.queries.agreement_values import series, standing_of, standings
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
LAST_DAY = date(2012, 6, 30)


def _agreement(**options: Any) -> Agreement:
    region = make_region(make_programme())
    indicator = make_indicator(region.programme, unit=options.pop("unit", Unit.NUMBER))
    return make_agreement(make_contract(region), indicator, **options)


def test_tells_what_is_agreed_and_what_was_measured(context: Flask) -> None:
    with unit_of_work():
        agreement = _agreement(baseline=40, target=60)
        make_measurement(agreement, 44, cutoff_on=date(2012, 3, 31))
        make_measurement(agreement, 50)
    (found,) = standings(as_of=TODAY)
    assert (found.id, found.contract_status) == (agreement.id, ContractStatus.AGREED)
    assert found.responsible_name == agreement.responsible.name
    assert found.baseline is not None
    assert found.baseline.value.number == 40
    assert found.target is not None
    assert found.target.value.number == 60
    assert found.latest is not None
    assert found.latest.number == 50
    assert found.previous is not None
    assert found.previous.number == 44
    assert found.target_share == Fraction(1, 2)
    assert found.distance == 10
    assert found.change is not None
    assert found.change.amount == 25
    assert found.change_since_previous is not None
    assert found.change_since_previous.amount == Fraction(150, 11)
    assert found.attainment is Attainment.ON_COURSE


def test_a_share_changes_in_points_and_keeps_its_counts(context: Flask) -> None:
    with unit_of_work():
        agreement = _agreement(unit=Unit.PERCENT, baseline=20, target=90)
        make_measurement(agreement, counts=(66, 100))
    found = standing_of(agreement.id, as_of=TODAY)
    assert found.latest is not None
    assert found.latest.value is not None
    assert found.latest.value.number == 66
    assert (found.latest.value.numerator, found.latest.value.denominator) == (66, 100)
    assert found.change is not None
    assert (found.change.kind, found.change.amount) == (ChangeKind.POINTS, 46)


def test_lower_is_better(context: Flask) -> None:
    with unit_of_work():
        region = make_region(make_programme())
        indicator = make_indicator(region.programme, direction=Direction.DOWN)
        agreement = make_agreement(make_contract(region), indicator, baseline=40, target=20)
        make_measurement(agreement, 18)
    found = standing_of(agreement.id, as_of=TODAY)
    assert (found.distance, found.attainment) == (0, Attainment.MET)


def test_a_last_day_that_was_not_measured_is_not_the_value_before(context: Flask) -> None:
    with unit_of_work():
        agreement = _agreement()
        make_measurement(agreement, 44, cutoff_on=date(2012, 3, 31))
        make_measurement(agreement)
    found = standing_of(agreement.id, as_of=TODAY)
    assert found.latest is not None
    assert found.latest.value is None
    assert found.latest_value is not None
    assert found.latest_value.number == 44
    assert (found.change, found.distance) == (None, None)
    assert found.attainment is Attainment.NOT_MEASURED


def test_a_target_lowered_halfway_stays_as_it_was_on_earlier_days(context: Flask) -> None:
    with unit_of_work():
        agreement = _agreement(target=60)
        due_on = date(2013, 12, 31)
        lowered_on = date(2012, 5, 1)
        add_revision(
            agreement,
            ReferenceKind.TARGET,
            50,
            day=due_on,
            holds_from=lowered_on,
            reason="Minder geld.",
        )
    now = standing_of(agreement.id, as_of=TODAY)
    assert now.target is not None
    assert (now.target.value.number, now.target.reason) == (50, "Minder geld.")
    assert [one.value.number for one in now.earlier_targets] == [60]
    before = standing_of(agreement.id, as_of=lowered_on - timedelta(days=1))
    assert before.target is not None
    assert before.target.value.number == 60
    assert before.earlier_targets == ()


def test_a_correction_leaves_the_first_value(context: Flask) -> None:
    with unit_of_work():
        agreement = _agreement()
        make_measurement(agreement, 44, recorded_on=date(2012, 7, 2))
        make_measurement(agreement, 41, recorded_on=date(2012, 7, 9), reason="Dubbel geteld.")
    now = standing_of(agreement.id, as_of=TODAY)
    assert now.latest is not None
    assert (now.latest.number, now.latest.revision_no) == (41, 2)
    kept = [one.number for one in series([agreement.id], as_of=TODAY)[agreement.id].measurements]
    assert kept == [44, 41]
    before = standing_of(agreement.id, as_of=date(2012, 7, 8))
    assert before.latest is not None
    assert before.latest.number == 44


def test_only_contracts_that_hold_unless_asked_otherwise(context: Flask) -> None:
    with unit_of_work():
        region = make_region(make_programme())
        indicator = make_indicator(region.programme)
        draft = make_contract(region, status=ContractStatus.DRAFT)
        make_agreement(draft, indicator)
        held = make_agreement(make_contract(region), indicator)
    assert [found.id for found in standings(as_of=TODAY)] == [held.id]
    assert len(standings(as_of=TODAY, contract_statuses=None)) == 2
    assert [found.contract_id for found in standings(as_of=TODAY, contract_ids=[draft.id])] == []


def test_in_the_order_of_regions_contracts_and_numbers(context: Flask) -> None:
    with unit_of_work():
        programme = make_programme()
        indicator = make_indicator(programme)
        expected = []
        for code in ("zeeland", "drenthe"):
            contracts = [make_contract(make_region(programme, code))]
            contracts.append(make_contract(contracts[0].region))
            for contract in contracts:
                expected += [
                    (code.title(), contract.number, make_agreement(contract, indicator).number)
                    for _ in range(2)
                ]
    found = [(one.region_name, one.contract_number, one.number) for one in standings(as_of=TODAY)]
    assert found == sorted(expected)
    assert len(found) == 8


def test_an_agreement_that_does_not_exist(context: Flask) -> None:
    with pytest.raises(LookupError):
        standing_of(1, as_of=TODAY)


@pytest.mark.parametrize("regions", [3, 30])
def test_takes_three_queries_for_any_number_of_regions(context: Flask, regions: int) -> None:
    with unit_of_work():
        programme = make_programme()
        indicator = make_indicator(programme)
        for number in range(regions):
            contract = make_contract(make_region(programme, f"regio-{number}"))
            make_measurement(make_agreement(contract, indicator), 50)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    found = standings(as_of=TODAY)
    assert [one.attainment for one in found] == [Attainment.ON_COURSE] * regions
    assert sum(one.startswith("SELECT") for one in statements) == 3


NOTES = st.lists(
    st.tuples(
        st.sampled_from(["measurement", "baseline", "target"]),
        st.integers(min_value=1, max_value=99),
        st.integers(min_value=0, max_value=25),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(earlier=NOTES, later=NOTES)
def test_nothing_recorded_later_changes_an_earlier_day(
    context: Flask, earlier: list[tuple[str, int, int]], later: list[tuple[str, int, int]]
) -> None:
    as_of = date(2012, 7, 2)
    with unit_of_work() as session:
        agreement = _agreement()
        for note in earlier:
            _record(agreement, *note, first_day=as_of - timedelta(days=40))
        session.flush()
        session.expire_all()
        known = standing_of(agreement.id, as_of=as_of)
        told = (known, known.attainment, known.target, known.baseline, known.latest)
        for note in later:
            _record(agreement, *note, first_day=as_of + timedelta(days=1))
        session.flush()
        session.expire_all()
        again = standing_of(agreement.id, as_of=as_of)
        assert (again, again.attainment, again.target, again.baseline, again.latest) == told
        session.rollback()


def _record(agreement: Agreement, kind: str, value: int, days: int, *, first_day: date) -> None:
    """Record something on one of the days from the first; a revision may hold from long before."""
    day = first_day + timedelta(days=min(days, 13))
    if kind == "measurement":
        cutoff_on = date(2012, 1, 31) + timedelta(days=days % 3)
        make_measurement(agreement, value, cutoff_on=cutoff_on, recorded_on=day)
        return
    reference = ReferenceKind(kind)
    revision = add_revision(
        agreement, reference, value, day=date(2013, 12, 31), holds_from=date(2012, 1, 2)
    )
    revision.recorded_on = day
