"""A plan from its start to its decision, and every reason why a step is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, text

from tests.factories.action_plans import (
    Stage,
    assess,
    fill,
    make_adopted,
    make_approved,
    make_in_review,
    make_mandate,
    make_plan,
    make_returned,
    make_stage,
    make_submitted,
)
from tests.factories.people import give_role, make_person
from vpt_regio import clock
from vpt_regio.domain.enums import DutyScore, PlanSection, WatchDuty
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.sufficiency import Verdict
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    SeveralErrors,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.decisions import Decision, DecisionKind
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.services.action_plans import start_plan, submit_plan
from vpt_regio.services.decisions import adopt_plan, approve_plan, refuse_plan
from vpt_regio.services.plan_reviews import (
    check_sufficiency,
    make_remark,
    return_plan,
    score_duties,
    take_up_plan,
    withdraw_remark,
)
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _refused(work: Callable[[], object]) -> DomainError:
    """Return the error of a use case that must refuse, after its transaction was rolled back."""
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _messages(error: DomainError) -> list[str]:
    return [str(part) for part in getattr(error, "errors", [error])]


def test_a_plan_is_written_judged_and_approved() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
    assert version.status is ActionPlanStatus.APPROVED
    assert version.approved_on == date(2012, 7, 16)
    steps = db.session.scalars(select(TransitionRecord.transition).order_by(TransitionRecord.id))
    assert list(steps) == ["submit", "take_up", "adopt", "approve"]
    adopted, approved = db.session.scalars(select(Decision).order_by(Decision.id)).all()
    assert (adopted.kind, adopted.mandate) == (DecisionKind.PLAN_ADOPTED, None)
    assert (adopted.reference, approved.reference) == ("VPT-2012-0001", "VPT-2012-0002")
    assert approved.on_behalf_of == "de minister"
    assert approved.mandate is not None
    assert approved.mandate.person_id == stage.manager.id
    assert approved.role is Role.ACCOUNT_MANAGER
    assert approved.note == "Akkoord"


def test_every_trace_of_a_plan_reads_as_a_sentence() -> None:
    with unit_of_work():
        make_approved(make_stage())
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"action_plan.started", "action_plan.approve"} <= actions
    assert all("{actor}" in sentence_of(action) for action in actions)


def test_messages_go_to_the_people_of_the_region() -> None:
    with unit_of_work():
        stage = make_stage()
        make_stage("groningen", programme=stage.programme)
        make_approved(stage)
    sent = db.session.execute(
        select(OutboxMessage.recipient, OutboxMessage.body).order_by(OutboxMessage.id)
    ).all()
    assert [row.recipient for row in sent] == [
        stage.manager.email,
        stage.leader.email,
        stage.leader.email,
    ]
    assert "/beoordeling" in sent[0].body
    assert "VPT-2012-0002" in sent[2].body


def test_a_plan_starts_once_and_only_under_a_covenant_in_force() -> None:
    with unit_of_work():
        stage = make_stage()
        other = make_stage("groningen", programme=stage.programme)
        make_plan(stage)
    again = _refused(lambda: start_plan(stage.covenant, region=stage.region, actor=stage.leader))
    assert isinstance(again, DuplicateValue)
    outside = _refused(lambda: start_plan(stage.covenant, region=other.region, actor=other.leader))
    assert isinstance(outside, Invalid)
    with clock.at(date(2014, 1, 1)):
        late = _refused(lambda: start_plan(other.covenant, region=other.region, actor=other.leader))
    assert isinstance(late, WrongState)


def test_submission_names_everything_that_is_missing_at_once() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_plan(stage).latest
    error = _refused(lambda: submit_plan(version, actor=stage.leader))
    assert isinstance(error, SeveralErrors)
    assert {part.field for part in error.errors} == {
        "problem_analysis",
        "approach",
        "embedding",
        "activities",
        "budget_lines",
        "consensus_analysis",
        "consensus_approach",
    }
    assert version.status is ActionPlanStatus.DRAFT
    assert version.submitted_on is None


def test_nothing_is_submitted_or_decided_after_the_covenant_ended() -> None:
    with unit_of_work():
        stage = make_stage()
        version = fill(make_plan(stage).latest, stage)
        other = make_stage("groningen", programme=stage.programme)
        adopted = make_adopted(other)
    with clock.at(date(2014, 1, 1)):
        submitting = _refused(lambda: submit_plan(version, actor=stage.leader))
        approving = _refused(lambda: approve_plan(adopted, actor=other.manager))
    assert "liep tot en met" in _messages(submitting)[0]
    assert any("liep tot en met" in message for message in _messages(approving))
    assert adopted.status is ActionPlanStatus.PROVISIONALLY_ADOPTED


def test_a_submission_of_what_somebody_changed_meanwhile_is_a_conflict() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_plan(stage).latest
    seen = version.version
    with unit_of_work(), clock.at(date(2012, 7, 17)):
        fill(version, stage)
    error = _refused(lambda: submit_plan(version, actor=stage.leader, expected_version=seen))
    assert isinstance(error, Conflict)


def test_a_step_is_taken_once() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_approved(stage)
    for work in (
        lambda: submit_plan(version, actor=stage.leader),
        lambda: take_up_plan(version, actor=stage.manager),
        lambda: approve_plan(version, actor=stage.manager),
    ):
        assert isinstance(_refused(work), WrongState)
    assert db.session.query(Decision).count() == 2


def test_a_plan_goes_back_with_remarks_only() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
    error = _refused(lambda: return_plan(version, actor=stage.manager))
    assert "minstens één opmerking" in str(error)
    with unit_of_work():
        make_remark(version, section=PlanSection.APPROACH, body="Te kort", actor=stage.manager)
        return_plan(version, actor=stage.manager)
    assert version.status is ActionPlanStatus.RETURNED


def test_a_remark_can_be_taken_back_by_its_author_until_the_return() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        remark = make_remark(
            version, section=PlanSection.BUDGET, body="Waarom?", actor=stage.manager
        )
        colleague = make_person(stage.programme, Role.ACCOUNT_MANAGER, region=stage.region)
    refusal = _refused(lambda: withdraw_remark(version, remark=remark, actor=colleague))
    assert isinstance(refusal, NotAllowed)
    with unit_of_work():
        withdraw_remark(version, remark=remark, actor=stage.manager)
    assert version.remarks == []


def test_adoption_asks_for_every_duty_and_for_the_test_of_the_money() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        score_duties(
            version, scores={WatchDuty.PROGRESS: (DutyScore.NOT_YET, "")}, actor=stage.manager
        )
    error = _refused(lambda: adopt_plan(version, actor=stage.manager))
    assert len(_messages(error)) == len(WatchDuty) - 1 + 1
    assert version.provisionally_adopted_on is None
    with unit_of_work():
        adopt_plan(assess(version, stage), actor=stage.manager)
    assert version.status is ActionPlanStatus.PROVISIONALLY_ADOPTED


@pytest.mark.parametrize(
    ("cents", "verdict", "difference"),
    [
        (100_000_00, Verdict.SUFFICIENT, 0),
        (120_000_01, Verdict.INSUFFICIENT, 20_000_01),
        (80_000_00, Verdict.SURPLUS, 20_000_00),
    ],
)
def test_the_test_of_the_money_keeps_its_amounts(
    cents: int, verdict: Verdict, difference: int
) -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage, cents=cents)
        check = check_sufficiency(version, reasoning="Toelichting", actor=stage.manager)
    assert (check.verdict, check.difference_cents) == (verdict, difference)
    assert (check.available_cents, check.planned_cents) == (100_000_00, cents)


def test_a_difference_must_be_explained_and_an_outdated_test_done_again() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
    error = _refused(lambda: check_sufficiency(version, reasoning=" ", actor=stage.manager))
    assert error.field == "reasoning"
    with unit_of_work():
        assess(version, stage)
        stage.covenant.advance_cents = 90_000_00
    outdated = _refused(lambda: adopt_plan(version, actor=stage.manager))
    assert "Toets opnieuw" in str(outdated)


def test_nobody_decides_on_what_they_wrote() -> None:
    with unit_of_work():
        stage = make_stage()
        # the leader has become account manager of the region since
        give_role(
            stage.leader, Role.ACCOUNT_MANAGER, programme=stage.programme, region=stage.region
        )
        make_mandate(stage.leader, Permission.ACTION_PLAN_APPROVE, programme=stage.programme)
        version = make_adopted(stage)
    error = _refused(lambda: approve_plan(version, actor=stage.leader))
    assert isinstance(error, NotAllowed)
    assert error.code == "not_author"


def test_who_only_helped_to_write_does_not_decide_either() -> None:
    with unit_of_work():
        stage = make_stage()
        give_role(
            stage.manager, Role.PROJECT_LEADER, programme=stage.programme, region=stage.region
        )
        version = make_plan(stage).latest
        helper = Stage(**{**vars(stage), "leader": stage.manager})
        fill(version, helper)
        submit_plan(version, actor=stage.leader)
        take_up_plan(version, actor=stage.manager)
        assess(version, stage)
    assert _refused(lambda: adopt_plan(version, actor=stage.manager)).code == "not_author"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_on": date(2012, 7, 15)}, "mandate_expired"),
        ({"max_amount_cents": 79_999_99}, "mandate_too_low"),
        ({"starts_on": date(2012, 7, 17)}, "invalid"),
        ({"permission": Permission.ACTION_PLAN_REFUSE}, "invalid"),
    ],
)
def test_approval_needs_a_mandate_that_holds(change: dict[str, object], code: str) -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_adopted(stage)
        db.session.execute(text("DELETE FROM mandate"))
        mandate = make_mandate(
            stage.manager, Permission.ACTION_PLAN_APPROVE, programme=stage.programme
        )
        for field, value in change.items():
            setattr(mandate, field, value)
    error = _refused(lambda: approve_plan(version, actor=stage.manager))
    assert error.code == code
    assert "mandaathouder moet beslissen" in str(error)


def test_a_mandate_up_to_exactly_the_budget_is_enough() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_adopted(stage, cents=100_000_00)
        approve_plan(version, actor=stage.manager)
    assert version.status is ActionPlanStatus.APPROVED


def test_above_the_mandate_of_the_manager_a_mandate_holder_approves() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_adopted(stage, cents=100_000_01)
    assert _refused(lambda: approve_plan(version, actor=stage.manager)).code == "mandate_too_low"
    with unit_of_work():
        decision = approve_plan(version, actor=stage.holder)
    assert decision.role is Role.MANDATE_HOLDER


def test_only_a_mandate_holder_refuses_and_says_why() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
    by_manager = _refused(lambda: refuse_plan(version, note="Nee", actor=stage.manager))
    assert isinstance(by_manager, NotAllowed)
    without_reason = _refused(lambda: refuse_plan(version, note=" ", actor=stage.holder))
    assert without_reason.field == "note"
    with unit_of_work():
        decision = refuse_plan(version, note="Het plan past niet.", actor=stage.holder)
    assert version.status is ActionPlanStatus.REFUSED
    assert decision.mandate is not None
    assert decision.mandate.permission is Permission.ACTION_PLAN_REFUSE


def test_a_mandate_to_approve_is_not_one_to_refuse() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        db.session.execute(text("DELETE FROM mandate WHERE permission = 'action_plan:refuse'"))
    error = _refused(lambda: refuse_plan(version, note="Nee", actor=stage.holder))
    assert "af te wijzen" in str(error)


def test_references_are_unique_in_a_year_and_start_again_in_the_next() -> None:
    with unit_of_work():
        stage = make_stage()
        other = make_stage("groningen", programme=stage.programme)
        make_approved(stage)
        with clock.at(date(2013, 1, 2)):
            make_adopted(other)
    references = db.session.scalars(select(Decision.reference).order_by(Decision.id)).all()
    assert references == ["VPT-2012-0001", "VPT-2012-0002", "VPT-2013-0001"]


def test_a_new_version_that_is_approved_replaces_the_old_one() -> None:
    with unit_of_work():
        stage = make_stage()
        first = make_approved(stage)
        second = start_new_version(first.plan, actor=stage.leader)
        submit_plan(second, actor=stage.leader)
        take_up_plan(second, actor=stage.manager)
        assess(second, stage)
        adopt_plan(second, actor=stage.manager)
        assert first.status is ActionPlanStatus.APPROVED
        approve_plan(second, actor=stage.manager)
    assert first.status is ActionPlanStatus.SUPERSEDED
    assert first.plan.holding is second


def test_a_new_version_follows_a_judgement_only() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_submitted(stage)
    error = _refused(lambda: start_new_version(version.plan, actor=stage.leader))
    assert isinstance(error, WrongState)
    with unit_of_work():
        other = make_stage("groningen", programme=stage.programme)
        returned = make_returned(other)
        following = start_new_version(returned.plan, actor=other.leader)
    assert following.version_no == 2
    assert following.remarks == []
    assert len(returned.remarks) == 1
