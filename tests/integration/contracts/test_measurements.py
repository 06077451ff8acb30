"""Recording, correcting and receiving measurements late: nothing that was recorded goes away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tests.factories.action_plans import Stage, make_stage
from tests.factories.contracts import make_agreement, make_contract, make_indicator, make_partner
from tests.factories.people import make_person
from tests.factories.regions import make_region
from vpt_regio.domain.indicator_codes import ContractStatus, Unit
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.errors import Conflict, DomainError, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement, Measurement
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import RegionMerger
from vpt_regio.queries.agreement_values import standing_of
from vpt_regio.queries.my_work import my_work
from vpt_regio.queries.signals import SignalKind, list_signals
from vpt_regio.services.holds import place_hold
from vpt_regio.services.measurements import (
    MeasurementContent,
    correct_measurement,
    record_measurement,
)
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
LAST_DAY = date(2012, 6, 30)
WELL = MeasurementContent(Given(Decimal(50)), source="Registratie")


def _agreement(stage: Stage, **options: Any) -> Agreement:
    status = options.pop("status", ContractStatus.AGREED)
    indicator = make_indicator(stage.programme, unit=options.pop("unit", Unit.NUMBER))
    contract = make_contract(stage.region, status=status, author=stage.leader)
    return make_agreement(contract, indicator, **options)


def _period(stage: Stage, status: PeriodStatus, code: str = "2012-1") -> ReportingPeriod:
    period = ReportingPeriod(
        programme_id=stage.programme.id,
        code=code,
        name=code,
        starts_on=date(2012, 1, 1),
        ends_on=LAST_DAY,
        status=status,
    )
    db.session.add(period)
    db.session.flush()
    return period


def _record(
    agreement: Agreement,
    stage: Stage,
    content: MeasurementContent = WELL,
    *,
    on: date = LAST_DAY,
    reason: str = "",
) -> Measurement:
    return record_measurement(
        agreement, cutoff_on=on, content=content, actor=stage.leader, reason=reason
    )


def _told(error: DomainError) -> dict[str | None, str]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return {one.field: one.message for one in errors}


def test_a_measurement_belongs_to_the_half_year_of_its_day(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        period = _period(stage, PeriodStatus.COLLECTING)
        measurement = _record(_agreement(stage), stage)
        assert measurement.period is period
        assert (measurement.revision_no, measurement.is_late) == (1, False)
        assert measurement.recorded_on == TODAY


@pytest.mark.parametrize("status", [PeriodStatus.SENT, PeriodStatus.CLOSED])
def test_what_comes_after_the_half_year_is_late(context: Flask, status: PeriodStatus) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        _period(stage, status)
        agreement = _agreement(stage)
        assert _record(agreement, stage).is_late
    shown = standing_of(agreement.id, as_of=TODAY).latest
    assert shown is not None
    assert shown.is_late
    assert standing_of(agreement.id, as_of=LAST_DAY).latest is None


def test_what_comes_after_the_report_was_accepted_is_late(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        period = _period(stage, PeriodStatus.COLLECTING)
        report = ProgressReport(
            region_id=stage.region.id,
            period_id=period.id,
            author_id=stage.leader.id,
            status=ReportStatus.ACCEPTED,
            submitted_on=LAST_DAY,
            accepted_on=TODAY,
        )
        db.session.add(report)
        assert _record(_agreement(stage), stage).is_late


def test_a_correction_keeps_what_it_corrects(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        first = _record(agreement, stage)
        content = replace(WELL, given=Given(Decimal(48)))
        second = correct_measurement(
            first,
            content=content,
            reason="Dubbel geteld.",
            actor=stage.leader,
            expected_revision=1,
        )
        assert (second.revision_no, second.reason) == (2, "Dubbel geteld.")
    found = standing_of(agreement.id, as_of=TODAY)
    assert [one.number for one in found.series.measurements] == [50, 48]
    assert [one.number for one in found.series.latest_revisions] == [48]


def test_a_correction_needs_a_reason_and_a_difference(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        first = _record(_agreement(stage), stage)
        with pytest.raises(SeveralErrors) as refusal:
            correct_measurement(first, content=WELL, reason="", actor=stage.leader)
        assert set(_told(refusal.value)) == {"reason", "is_measured"}
        with pytest.raises(Conflict):
            correct_measurement(
                first, content=WELL, reason="x", actor=stage.leader, expected_revision=2
            )


def test_a_day_that_was_measured_asks_for_a_reason(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        _record(agreement, stage)
        with pytest.raises(DomainError) as refusal:
            _record(agreement, stage)
        assert set(_told(refusal.value)) == {"reason"}
        assert _record(agreement, stage, reason="Nageteld.").revision_no == 2


@pytest.mark.parametrize(
    ("unit", "given", "fields"),
    [
        (Unit.PERCENT, Given(Decimal(66)), {"value", "numerator", "denominator"}),
        (Unit.PERCENT, Given(None, Decimal(3)), {"denominator"}),
        (Unit.PERCENT, Given(None, Decimal(4), Decimal(3)), {"numerator"}),
        (Unit.PERCENT, Given(None, Decimal(0), Decimal(0)), {"denominator"}),
        (Unit.PERCENT, Given(None, Decimal(-1), Decimal(3)), {"numerator"}),
        (Unit.NUMBER, Given(), {"value"}),
        (Unit.NUMBER, Given(Decimal(-1)), {"value"}),
        (Unit.EURO, Given(Decimal(10) ** 13), {"value"}),
        (Unit.DAYS, Given(None, Decimal(1), Decimal(2)), {"numerator"}),
        (Unit.YES_NO, Given(Decimal(2)), {"value"}),
    ],
)
def test_a_value_that_cannot_be(context: Flask, unit: Unit, given: Given, fields: set[str]) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage, unit=unit, baseline=None, target=None)
        with pytest.raises(DomainError) as refusal:
            _record(agreement, stage, MeasurementContent(given, source="Registratie"))
        assert set(_told(refusal.value)) == fields
        assert agreement.measurements == []


def test_a_share_keeps_its_counts(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage, unit=Unit.PERCENT, baseline=20, target=90)
        content = MeasurementContent(Given(None, Decimal(2), Decimal(3)), source="Registratie")
        measurement = _record(agreement, stage, content)
        assert measurement.value is None
        assert measurement.number is not None
        assert measurement.number * 3 == 200


def test_not_measured_is_a_choice_with_a_reason(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        silent = MeasurementContent(is_measured=False)
        with pytest.raises(DomainError) as refusal:
            _record(agreement, stage, silent)
        assert set(_told(refusal.value)) == {"note"}
        with pytest.raises(DomainError) as refusal:
            _record(agreement, stage, replace(WELL, is_measured=False, note="Geen telling."))
        assert set(_told(refusal.value)) == {"is_measured"}
        measurement = _record(agreement, stage, replace(silent, note="Geen telling."))
        assert measurement.number is None


def test_a_day_to_come_or_no_day_at_all(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        for day in (date(2012, 7, 17), None):
            with pytest.raises(DomainError) as refusal:
                record_measurement(agreement, cutoff_on=day, content=WELL, actor=stage.leader)
            assert set(_told(refusal.value)) == {"cutoff_on"}


@pytest.mark.parametrize(
    "status", [ContractStatus.DRAFT, ContractStatus.SIGNING, ContractStatus.EVALUATED]
)
def test_only_while_the_contract_holds(context: Flask, status: ContractStatus) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        with pytest.raises(WrongState):
            _record(_agreement(stage, status=status), stage)


def test_not_by_another_region_or_role(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        other = make_stage("drenthe", programme=stage.programme)
        for actor in (other.leader, stage.manager):
            with pytest.raises(NotAllowed):
                record_measurement(agreement, cutoff_on=LAST_DAY, content=WELL, actor=actor)


def test_a_region_that_stands_still(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        place_hold(stage.region, reason="Onderzoek.", starts_on=TODAY, actor=stage.manager)
        with pytest.raises(OnHold):
            _record(agreement, stage)


def test_the_successor_measures_on_for_a_region_that_went_up(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        successor = make_region(stage.programme, "zuid")
        stage.region.status = RegionStatus.MERGED
        assert stage.region.merger is None
        merger = RegionMerger(
            programme_id=stage.programme.id,
            successor=successor,
            predecessors=[stage.region],
            merged_on=date(2012, 7, 2),
            reason="Eén aanpak.",
        )
        db.session.add(merger)
        db.session.flush()
        leader = make_person(stage.programme, Role.PROJECT_LEADER, region=successor)
        measurement = record_measurement(agreement, cutoff_on=LAST_DAY, content=WELL, actor=leader)
        assert measurement.region_ids == {stage.region.id}


def test_my_work_asks_for_measurements_and_tells_what_stays_behind(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        make_partner(stage.region)
        _period(stage, PeriodStatus.COLLECTING)
        agreement = _agreement(stage, baseline=40, target=60, due_on=date(2012, 8, 10))
        asked = [item for item in my_work(stage.leader).to_do if "Metingen" in item.title]
        assert [item.params["numbers"] for item in asked] == ["1"]
        assert [day.due_on for day in my_work(stage.leader).coming] == [date(2012, 8, 10)]
        _record(agreement, stage, replace(WELL, given=Given(Decimal(41))))
        assert not [item for item in my_work(stage.leader).to_do if "Metingen" in item.title]
        behind = [item for item in my_work(stage.manager).to_do if "achter" in item.title]
        assert [item.args for item in behind] == [{"agreement_id": agreement.id}]
        kinds = (SignalKind.AGREEMENT_BEHIND, SignalKind.TARGET_DUE)
        for person in (stage.manager, stage.leader):
            raised = [one for one in list_signals(person, TODAY) if one.kind in kinds]
            assert [one.kind for one in raised] == list(kinds)
            assert {one.region.code for one in raised} == {"limburg"}
        other = make_stage("drenthe", programme=stage.programme)
        assert not [one for one in list_signals(other.manager, TODAY) if one.kind in kinds]
