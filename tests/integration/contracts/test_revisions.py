"""Targets and baselines that change after everybody signed: with a reason, and in sight."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories.action_plans import Stage, make_stage
from tests.factories.contracts import make_agreement, make_contract, make_indicator
from vpt_regio.domain.indicator_codes import ContractStatus, ReferenceKind
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.errors import Conflict, DomainError, NotAllowed, OnHold, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Agreement
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.queries.agreement_values import standing_of
from vpt_regio.services.holds import place_hold
from vpt_regio.services.revisions import ReferenceContent, RevisionContent, change_reference
from vpt_regio.uow import unit_of_work

TODAY = date(2012, 7, 16)
DUE_ON = date(2013, 12, 31)
LOWER = RevisionContent(
    ReferenceContent(Given(Decimal(50)), DUE_ON, document_reference="Verslag 3"),
    holds_from=date(2012, 7, 1),
    reason="Minder geld.",
)
TARGET = ReferenceKind.TARGET


def _agreement(
    stage: Stage, *, status: ContractStatus = ContractStatus.AGREED, baseline: int | None = 40
) -> Agreement:
    contract = make_contract(stage.region, status=status, author=stage.leader)
    return make_agreement(contract, make_indicator(stage.programme), baseline=baseline, target=60)


def _fields(error: DomainError) -> set[str | None]:
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return {one.field for one in errors}


def test_a_lowered_target_leaves_the_old_one_in_sight(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        version = agreement.version
        change_reference(agreement, TARGET, content=LOWER, actor=stage.leader)
        assert agreement.version > version
        told = db.session.scalars(select(OutboxMessage.recipient)).all()
        assert stage.manager.email in told
        assert stage.leader.email not in told
    now = standing_of(agreement.id, as_of=TODAY)
    assert now.target is not None
    assert (now.target.value.number, now.target.reason) == (50, "Minder geld.")
    assert [one.value.number for one in now.earlier_targets] == [60]
    # the day before it was recorded knows the old one only, also on days for which it holds
    before = standing_of(agreement.id, as_of=date(2012, 7, 15))
    assert before.target is not None
    assert before.target.value.number == 60
    assert now.series.holding(TARGET, date(2012, 6, 30)) == now.earlier_targets[0]


def test_a_baseline_that_was_not_there_yet(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage, baseline=None)
        content = RevisionContent(
            ReferenceContent(Given(Decimal(30)), date(2011, 12, 31), source="Telling"),
            holds_from=TODAY,
            reason="Achteraf geteld.",
        )
        change_reference(agreement, ReferenceKind.BASELINE, content=content, actor=stage.leader)
    found = standing_of(agreement.id, as_of=TODAY).baseline
    assert found is not None
    assert (found.revision_no, found.value.number) == (1, 30)


def test_everything_that_is_missing_is_told_at_once(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        empty = RevisionContent(ReferenceContent(Given()), holds_from=None, reason="")
        with pytest.raises(SeveralErrors) as refusal:
            change_reference(_agreement(stage), TARGET, content=empty, actor=stage.leader)
    assert _fields(refusal.value) == {
        "value",
        "day",
        "reason",
        "document_reference",
        "holds_from",
    }


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (replace(LOWER, holds_from=date(2012, 7, 17)), "holds_from"),
        (replace(LOWER, holds_from=date(2011, 12, 31)), "holds_from"),
        (replace(LOWER, reference=replace(LOWER.reference, day=date(2014, 1, 1))), "day"),
        (replace(LOWER, reference=replace(LOWER.reference, given=Given(Decimal(60)))), "value"),
    ],
)
def test_a_change_that_cannot_be(context: Flask, content: RevisionContent, field: str) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        with pytest.raises(DomainError) as refusal:
            change_reference(_agreement(stage), TARGET, content=content, actor=stage.leader)
    assert _fields(refusal.value) == {field}


@pytest.mark.parametrize(
    "status", [ContractStatus.DRAFT, ContractStatus.SIGNING, ContractStatus.EVALUATED]
)
def test_only_while_the_contract_holds(context: Flask, status: ContractStatus) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage, status=status)
        with pytest.raises(WrongState):
            change_reference(agreement, TARGET, content=LOWER, actor=stage.leader)
        assert len(agreement.revisions) == 2


def test_walls_versions_and_holds(context: Flask) -> None:
    with unit_of_work():
        stage = make_stage("limburg")
        agreement = _agreement(stage)
        other = make_stage("drenthe", programme=stage.programme)
        for actor in (other.leader, stage.manager):
            with pytest.raises(NotAllowed):
                change_reference(agreement, TARGET, content=LOWER, actor=actor)
        with pytest.raises(Conflict):
            change_reference(
                agreement, TARGET, content=LOWER, actor=stage.leader, expected_version=0
            )
        place_hold(stage.region, reason="Onderzoek.", starts_on=TODAY, actor=stage.manager)
        with pytest.raises(OnHold):
            change_reference(agreement, TARGET, content=LOWER, actor=stage.leader)
        assert len(agreement.revisions) == 2
