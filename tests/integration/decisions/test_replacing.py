"""Taking a decision back, deciding again, and putting a decision in the place of another."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from tests.factories.action_plans import (
    Stage,
    assess,
    make_adopted,
    make_approved,
    make_in_review,
    make_stage,
)
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.errors import DomainError, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.services.action_plans import submit_plan
from vpt_regio.services.decisions import (
    adopt_plan,
    approve_plan,
    refuse_plan,
    reopen_plan,
    replace_decision,
)
from vpt_regio.services.plan_reviews import take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _decisions() -> list[Decision]:
    return list(db.session.scalars(select(Decision).order_by(Decision.id)))


def _chain() -> list[tuple[str, str | None]]:
    """Return each decision as its kind and the reference of the one it replaces."""
    return [
        (decision.kind.value, decision.replaces.reference if decision.replaces else None)
        for decision in _decisions()
    ]


def _approve_second(first: PlanVersion, stage: Stage) -> PlanVersion:
    second = start_new_version(first.plan, actor=stage.leader)
    submit_plan(second, actor=stage.leader)
    take_up_plan(second, actor=stage.manager)
    assess(second, stage)
    adopt_plan(second, actor=stage.manager)
    approve_plan(second, actor=stage.manager)
    return second


def test_an_approval_is_taken_back_and_given_again() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        taken_back = reopen_plan(version, note="Bedrag klopt niet.", actor=stage.manager)
    assert version.status is ActionPlanStatus.IN_REVIEW
    assert (version.provisionally_adopted_on, version.approved_on) == (None, None)
    assert taken_back.replacement_reason == "Bedrag klopt niet."
    assert taken_back.replaces is not None
    assert taken_back.replaces.replaced_by is taken_back
    with unit_of_work():
        adopt_plan(version, actor=stage.manager)
        approve_plan(version, actor=stage.manager)
    assert _chain() == [
        ("plan_adopted", None),
        ("plan_approved", None),
        ("plan_reopened", "VPT-2012-0002"),
        ("plan_adopted", "VPT-2012-0001"),
        ("plan_approved", "VPT-2012-0003"),
    ]


def test_what_is_taken_back_twice_keeps_one_line_of_decisions() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        for _turn in range(2):
            reopen_plan(version, note="Nog eens.", actor=stage.manager)
            adopt_plan(version, actor=stage.manager)
            reopen_plan(version, note="Toch niet.", actor=stage.manager)
            adopt_plan(version, actor=stage.manager)
            approve_plan(version, actor=stage.manager)
    replaced = [decision.replaces_id for decision in _decisions() if decision.replaces_id]
    assert len(replaced) == len(set(replaced)) == len(_decisions()) - 2
    standing = [d.kind for d in _decisions() if d.replaced_by is None]
    assert standing == [DecisionKind.PLAN_ADOPTED, DecisionKind.PLAN_APPROVED]


def test_the_version_that_made_room_holds_again() -> None:
    with unit_of_work():
        stage = make_stage()
        first = make_approved(stage)
        second = _approve_second(first, stage)
        assert first.status is ActionPlanStatus.SUPERSEDED
        reopen_plan(second, note="Te vroeg.", actor=stage.manager)
    assert (first.status, second.status) == (
        ActionPlanStatus.APPROVED,
        ActionPlanStatus.IN_REVIEW,
    )
    assert first.approved_on is not None
    assert first.plan.holding is first


def test_the_region_is_told_that_a_decision_was_taken_back() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        reopen_plan(version, note="Bedrag klopt niet.", actor=stage.manager)
    message = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert message is not None
    assert message.recipient == stage.leader.email
    assert "teruggenomen" in message.subject


def test_a_decision_is_taken_back_by_who_may_take_it() -> None:
    with unit_of_work():
        stage = make_stage()
        refused = make_in_review(stage)
        refuse_plan(refused, note="Past niet.", actor=stage.holder)
        other = make_stage("groningen", programme=stage.programme)
        adopted = make_adopted(other)
    by_manager = _refused(lambda: reopen_plan(refused, note="Nee", actor=stage.manager))
    assert isinstance(by_manager, NotAllowed)
    by_holder = _refused(lambda: reopen_plan(adopted, note="Nee", actor=other.holder))
    assert isinstance(by_holder, NotAllowed)
    with unit_of_work():
        reopen_plan(refused, note="Nieuwe feiten.", actor=stage.holder)
        reopen_plan(adopted, note="Te vroeg.", actor=other.manager)
    assert refused.status is adopted.status is ActionPlanStatus.IN_REVIEW


def test_taking_back_asks_for_a_mandate_a_reason_and_the_newest_version() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
    without_reason = _refused(lambda: reopen_plan(version, note=" ", actor=stage.manager))
    assert without_reason.field == "note"
    with unit_of_work():
        db.session.execute(text("UPDATE mandate SET ends_on = '2012-07-15'"))
    expired = _refused(lambda: reopen_plan(version, note="Nee", actor=stage.manager))
    assert expired.code == "mandate_expired"
    with unit_of_work():
        db.session.execute(text("UPDATE mandate SET ends_on = NULL"))
        start_new_version(version.plan, actor=stage.leader)
    older = _refused(lambda: reopen_plan(version, note="Nee", actor=stage.manager))
    assert "nieuwere versie" in str(older)


def test_a_decision_gets_another_text_under_its_own_reference() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
        first = _decisions()[-1]
        new = replace_decision(
            first, note="Akkoord tot 2013.", reason="De termijn ontbrak.", actor=stage.holder
        )
    assert (new.kind, new.plan_version, new.amount_cents) == (
        DecisionKind.PLAN_APPROVED,
        version,
        80_000_00,
    )
    assert new.reference == "VPT-2012-0003"
    assert new.authority == "krachtens mandaat Mandaatbesluit 2012 van de minister"
    assert first.replaced_by is new
    assert first.note == "Akkoord"
    assert version.status is ActionPlanStatus.APPROVED
    again = _refused(
        lambda: replace_decision(first, note="Anders", reason="Nog eens", actor=stage.holder)
    )
    assert isinstance(again, WrongState)
    assert "VPT-2012-0003" in str(again)
    with unit_of_work():
        taken_back = reopen_plan(version, note="Toch niet.", actor=stage.manager)
    assert taken_back.replaces is new


def test_a_replacement_says_everything_that_is_missing() -> None:
    with unit_of_work():
        stage = make_stage()
        make_approved(stage)
    decision = _decisions()[-1]
    error = _refused(lambda: replace_decision(decision, note="", reason="", actor=stage.holder))
    assert isinstance(error, SeveralErrors)
    assert [part.field for part in error.errors] == ["note", "reason"]
    by_leader = _refused(
        lambda: replace_decision(decision, note="x", reason="y", actor=stage.leader)
    )
    assert isinstance(by_leader, NotAllowed)
