"""What may be agreed in a contract, by whom and until when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tests.factories.action_plans import Stage, make_plan, make_stage
from tests.factories.contracts import make_contract, make_indicator, make_partner
from vpt_regio.domain.indicator_codes import ContractStatus, ReferenceKind, Unit
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.errors import Conflict, DomainError, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.contracts import PerformanceContract
from vpt_regio.queries.agreement_values import standing_of
from vpt_regio.services.agreements import (
    AgreementContent,
    add_agreement,
    change_agreement,
    remove_agreement,
)
from vpt_regio.services.holds import place_hold
from vpt_regio.services.revisions import ReferenceContent
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
END = date(2013, 12, 31)


def _draft(stage: Stage) -> PerformanceContract:
    return make_contract(stage.region, status=ContractStatus.DRAFT, author=stage.leader)


def _content(contract: PerformanceContract, *, unit: Unit = Unit.NUMBER) -> AgreementContent:
    return AgreementContent(
        statement="Wij doen dit vaker.",
        responsible=contract.parties[0].organisation,
        indicator=make_indicator(contract.region.programme, unit=unit),
        free_type="Eigen soort",
        baseline=ReferenceContent(Given(Decimal(40)), date(2012, 1, 1), source="Registratie"),
        target=ReferenceContent(Given(Decimal(60)), END),
    )


def _activity_elsewhere(stage: Stage) -> Activity:
    plan = make_plan(make_stage("drenthe", programme=stage.programme))
    activity = Activity(action_plan_id=plan.id, number=1)
    db.session.add(activity)
    db.session.flush()
    return activity


def _fields(error: DomainError) -> set[str | None]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return {one.field for one in errors}


def test_an_agreement_with_its_baseline_and_target(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        agreement = add_agreement(contract, content=_content(contract), actor=stage.leader)
    found = standing_of(agreement.id, as_of=TODAY)
    assert found.number == 1
    assert found.baseline is not None
    assert found.target is not None
    assert (found.baseline.value.number, found.target.value.number) == (40, 60)
    assert (found.target.due_on, found.target.holds_from) == (END, contract.starts_on)
    assert found.target.recorded_on == TODAY


def test_in_a_draft_the_target_changes_in_place(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        agreement = add_agreement(contract, content=content, actor=stage.leader)
        version = agreement.version
        content = replace(content, target=ReferenceContent(Given(Decimal(70)), END), baseline=None)
        change_agreement(agreement, content=content, actor=stage.leader)
        assert agreement.version > version
    found = standing_of(agreement.id, as_of=TODAY)
    assert found.baseline is None
    assert [one.value.number for one in found.series.of_kind(ReferenceKind.TARGET)] == [70]


def test_everything_that_is_wrong_is_told_at_once(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        wrong = AgreementContent(
            statement="",
            responsible=make_partner(stage.region),
            indicator=make_indicator(stage.programme, unit=Unit.PERCENT),
            activities=[_activity_elsewhere(stage)],
            baseline=ReferenceContent(Given(None, Decimal(3), Decimal(2)), date(2012, 8, 1)),
            target=ReferenceContent(Given(Decimal(101)), date(2014, 1, 1)),
        )
        with pytest.raises(SeveralErrors) as refusal:
            add_agreement(contract, content=wrong, actor=stage.leader)
    assert _fields(refusal.value) == {
        "statement",
        "agreement_type_id",
        "responsible_id",
        "activity_ids",
        "baseline_numerator",
        "baseline_day",
        "target_value",
        "target_day",
    }


def test_a_number_is_given_once(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        first, second = (
            add_agreement(contract, content=content, actor=stage.leader) for _ in range(2)
        )
        remove_agreement(second, actor=stage.leader)
        third = add_agreement(contract, content=content, actor=stage.leader)
        assert [first.number, third.number] == [1, 3]


@pytest.mark.parametrize(
    "status", [ContractStatus.SIGNING, ContractStatus.AGREED, ContractStatus.EVALUATED]
)
def test_only_a_draft_changes(context: Flask, status: ContractStatus) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = make_contract(stage.region, status=status, author=stage.leader)
        with pytest.raises(WrongState):
            add_agreement(contract, content=_content(contract), actor=stage.leader)
        assert contract.agreements == []


def test_who_saw_an_older_version_is_told(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        agreement = add_agreement(contract, content=content, actor=stage.leader)
        with pytest.raises(Conflict):
            change_agreement(agreement, content=content, actor=stage.leader, expected_version=0)


def test_not_for_another_region_or_role(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        other = make_stage("drenthe", programme=stage.programme)
        for actor in (other.leader, stage.manager):
            with pytest.raises(NotAllowed):
                add_agreement(contract, content=content, actor=actor)


def test_an_indicator_of_another_region_or_a_retired_one(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        other = make_stage("drenthe", programme=stage.programme)
        theirs = make_indicator(stage.programme, region=other.region)
        retired = make_indicator(stage.programme)
        retired.retired_on = TODAY
        for indicator in (theirs, retired):
            with pytest.raises(DomainError) as refusal:
                add_agreement(
                    contract, content=replace(content, indicator=indicator), actor=stage.leader
                )
            assert _fields(refusal.value) == {"indicator_id"}


def test_a_region_that_stands_still(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        contract = _draft(stage)
        content = _content(contract)
        place_hold(stage.region, reason="Onderzoek.", starts_on=TODAY, actor=stage.manager)
        with pytest.raises(OnHold):
            add_agreement(contract, content=content, actor=stage.leader)
