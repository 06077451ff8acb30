"""A remark from the review in which it is made to the one in which it is settled."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from tests.factories.action_plans import Stage, assess, make_in_review, make_stage
from tests.factories.people import give_role, make_person
from tests.factories.remarks import hand_in, make_following, make_must
from vpt_regio import clock
from vpt_regio.domain.enums import Phase, PlanSection, RemarkWeight
from vpt_regio.domain.history import sentence_of
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import BudgetLine, PlanVersion
from vpt_regio.models.audit import AuditEntry, TransitionRecord
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.action_plans import has_written
from vpt_regio.queries.plan_facts import gaps_of
from vpt_regio.queries.remarks import list_remark_lines, sections_with_news
from vpt_regio.services.action_plans import add_budget_line, edit_texts, remove_budget_line
from vpt_regio.services.activities import remove_activity
from vpt_regio.services.decisions import adopt_plan, approve_plan, reopen_plan
from vpt_regio.services.plan_reviews import return_plan, take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import (
    answer_remark,
    make_remark,
    reopen_remark,
    settle_remark,
    withdraw_remark,
)
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _codes(version: PlanVersion) -> list[str]:
    return [gap.code for gap in gaps_of(version)]


def test_a_must_is_answered_settled_and_only_then_approved() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
    assert _codes(draft) == ["unanswered_remark"]
    with unit_of_work():
        answer_remark(remark, note="Is gedaan.", actor=stage.leader)
        assert _codes(draft) == []
        version = assess(hand_in(draft, stage), stage)
        adopt_plan(version, actor=stage.manager)
    refusal = _refused(lambda: approve_plan(version, actor=stage.manager))
    assert refusal.code == "open_must"
    with unit_of_work():
        settle_remark(remark, note="Akkoord.", actor=stage.manager)
        approve_plan(version, actor=stage.manager)
    assert [(entry.step, entry.plan_version.version_no) for entry in remark.entries] == [
        ("answer", 2),
        ("settle", 2),
    ]
    steps = select(TransitionRecord.transition).where(TransitionRecord.workflow == "remark")
    assert list(db.session.scalars(steps.order_by(TransitionRecord.id))) == ["answer", "settle"]
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert all("{actor}" in sentence_of(action) for action in actions)


def test_all_rounds_are_kept_with_version_person_and_day() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        version = hand_in(draft, stage)
    with unit_of_work(), clock.at(date(2012, 7, 20)):
        reopen_remark(remark, note="Nog niet goed", actor=stage.manager)
        return_plan(version, actor=stage.manager)
        second = start_new_version(version.plan, actor=stage.leader)
        answer_remark(remark, note="Nu wel", actor=stage.leader)
    (line,) = list_remark_lines(second, before_review_ends=False)
    assert [(e.step, e.body, e.plan_version.version_no, e.made_on.day) for e in line.entries] == [
        ("answer", "Gedaan", 2, 16),
        ("reopen", "Nog niet goed", 2, 20),
        ("answer", "Nu wel", 3, 20),
    ]
    assert [entry.author for entry in line.entries] == [stage.leader, stage.manager, stage.leader]
    assert line.status is RemarkStatus.ANSWERED


def test_a_returned_version_needs_a_new_remark_or_one_that_is_open_again() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        version = hand_in(draft, stage)
    assert isinstance(_refused(lambda: return_plan(version, actor=stage.manager)), Invalid)
    with unit_of_work():
        reopen_remark(remark, note="Nee", actor=stage.manager)
        assert sections_with_news(version) == {PlanSection.APPROACH}
        return_plan(version, actor=stage.manager)


def test_what_a_reviewer_says_shows_to_the_region_when_the_review_has_ended() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        version = hand_in(draft, stage)
        settle_remark(remark, note="Goed", actor=stage.manager)
        make_must(version, stage, body="Nieuw")
    (seen,) = list_remark_lines(version, before_review_ends=False)
    assert (seen.status, len(seen.entries)) == (RemarkStatus.ANSWERED, 1)
    assert len(list_remark_lines(version, before_review_ends=True)) == 2
    with unit_of_work():
        return_plan(version, actor=stage.manager)
    statuses = [line.status for line in list_remark_lines(version, before_review_ends=False)]
    assert statuses == [RemarkStatus.SETTLED, RemarkStatus.OPEN]


def test_an_answer_may_be_put_right_until_the_submission_and_nothing_is_lost() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        assert answer_remark(remark, note="Gedaan", actor=stage.leader) is None
        answer_remark(remark, note="Gedaan op bladzijde 2", actor=stage.leader)
        hand_in(draft, stage)
    assert [entry.body for entry in remark.entries] == ["Gedaan", "Gedaan op bladzijde 2"]
    late = _refused(lambda: answer_remark(remark, note="Toch anders", actor=stage.leader))
    assert isinstance(late, WrongState)


def test_who_answers_counts_as_somebody_who_wrote() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        colleague = make_person(
            stage.programme, Role.PROJECT_LEADER, region=stage.region, email="tweede@vpt.example"
        )
        assert not has_written(colleague, draft.plan)
        answer_remark(remark, note="Gedaan", actor=colleague)
    assert has_written(colleague, draft.plan)


def test_who_answers_does_not_settle() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        give_role(
            stage.leader, Role.ACCOUNT_MANAGER, programme=stage.programme, region=stage.region
        )
        hand_in(draft, stage)
    refusal = _refused(lambda: settle_remark(remark, actor=stage.leader))
    assert refusal.code == "not_author"
    assert remark.status is RemarkStatus.ANSWERED
    with unit_of_work():
        settle_remark(remark, actor=stage.manager)


def test_the_wrong_person_or_moment_is_told_so() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
    early = _refused(lambda: settle_remark(remark, actor=stage.manager))
    assert isinstance(early, WrongState)
    for work in (
        lambda: answer_remark(remark, note="Ik", actor=stage.manager),
        lambda: settle_remark(remark, actor=stage.leader),
        lambda: reopen_remark(remark, note="Ik", actor=stage.leader),
    ):
        assert isinstance(_refused(work), NotAllowed)
    assert isinstance(_refused(lambda: answer_remark(remark, note="", actor=stage.leader)), Invalid)
    with unit_of_work():
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        hand_in(draft, stage)
    empty = _refused(lambda: reopen_remark(remark, note=" ", actor=stage.manager))
    assert empty.field == "note"


def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        hand_in(draft, stage)
    seen = remark.version
    with unit_of_work():
        settle_remark(remark, actor=stage.manager, expected_version=seen)
    late = _refused(
        lambda: reopen_remark(remark, note="Nee", actor=stage.manager, expected_version=seen)
    )
    assert isinstance(late, Conflict)
    assert remark.status is RemarkStatus.SETTLED


def test_a_remark_on_which_something_was_said_is_not_taken_back() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        remark = make_must(version, stage)
        settle_remark(remark, actor=stage.manager)
    refusal = _refused(lambda: withdraw_remark(version, remark=remark, actor=stage.manager))
    assert isinstance(refusal, WrongState)
    assert db.session.scalar(select(Remark.id)) == remark.id


def test_a_remark_is_final_once_its_version_was_decided_on() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        remark = make_remark(
            version, section=PlanSection.APPROACH, body="Let op", actor=stage.manager
        )
        adopt_plan(assess(version, stage), actor=stage.manager)
    (line,) = list_remark_lines(version, before_review_ends=False)
    assert line.remark is remark
    with unit_of_work():
        reopen_plan(version, note="Te vroeg", actor=stage.manager)
    refusal = _refused(lambda: withdraw_remark(version, remark=remark, actor=stage.manager))
    assert "al eerder besloten" in str(refusal)
    with unit_of_work():
        settle_remark(remark, actor=stage.manager)
    assert db.session.scalar(select(Remark.id)) == remark.id


def _at(stage: Stage, version: PlanVersion, **place: object) -> Remark:
    return make_remark(version, body="Waarom?", actor=stage.manager, **place)  # type: ignore[arg-type]


def test_a_remark_keeps_what_stood_at_its_place() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        activity = version.activities[0].activity
        measure = version.activities[0].measures[0].measure
        remarks = [
            _at(stage, version, section=PlanSection.APPROACH),
            _at(stage, version, section=PlanSection.APPROACH, paragraph_no=1),
            _at(stage, version, section=PlanSection.ACTIVITIES, activity=activity),
            _at(stage, version, section=PlanSection.BUDGET, activity=activity),
            _at(stage, version, section=PlanSection.ACTIVITIES, measure=measure),
        ]
    assert [remark.quote for remark in remarks] == ["", "Aanpak", "Campagne", "Campagne", ""]
    assert {remark.weight for remark in remarks} == {RemarkWeight.COULD}


def test_a_place_that_is_not_there_is_refused() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        activity = version.activities[0].activity
    for place in (
        {"section": PlanSection.APPROACH, "paragraph_no": 2},
        {"section": PlanSection.APPROACH, "paragraph_no": 0},
        {"section": PlanSection.BUDGET, "paragraph_no": 1},
        {"section": PlanSection.BUDGET, "budget_line_no": 1},
        {"section": PlanSection.APPROACH, "activity": activity},
        {"section": PlanSection.ACTIVITIES, "activity": activity, "paragraph_no": 1},
    ):
        refusal = _refused(lambda place=place: _at(stage, version, **place))  # type: ignore[misc]
        assert isinstance(refusal, Invalid)
    assert version.remarks == []


def test_a_paragraph_that_reads_otherwise_than_was_seen_is_a_conflict() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
    work = lambda: _at(  # noqa: E731 - one place, asked for once
        stage, version, section=PlanSection.APPROACH, paragraph_no=1, seen="Iets anders"
    )
    assert isinstance(_refused(work), Conflict)


def test_a_quote_is_comparable_with_what_stands_there_now() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage)
        edit_texts(draft, approach="Nieuw begin\nAanpak", actor=stage.leader)
    (line,) = list_remark_lines(draft, before_review_ends=False)
    assert (line.now, line.has_changed) == ("Aanpak", False)
    with unit_of_work():
        edit_texts(draft, approach="Heel iets anders", actor=stage.leader)
    (line,) = list_remark_lines(draft, before_review_ends=False)
    assert (line.now, line.has_changed) == ("Heel iets anders", True)
    with unit_of_work():
        edit_texts(draft, approach="", actor=stage.leader)
    (line,) = list_remark_lines(draft, before_review_ends=False)
    assert line.now is None


def test_a_remark_goes_on_when_its_activity_leaves_the_plan() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        _at(stage, version, section=PlanSection.ACTIVITIES, activity=version.activities[0].activity)
        return_plan(version, actor=stage.manager)
        draft = start_new_version(version.plan, actor=stage.leader)
        remove_activity(draft.activities[0], actor=stage.leader)
    (line,) = list_remark_lines(draft, before_review_ends=False)
    assert line.now is None
    assert line.remark.quote == "Campagne"


def test_lines_of_the_plan_keep_a_number_of_their_own() -> None:
    with unit_of_work():
        stage = make_stage()
        first = make_in_review(stage)
        make_must(first, stage)
        return_plan(first, actor=stage.manager)
        draft = start_new_version(first.plan, actor=stage.leader)
        lines = [_line(draft, stage, name) for name in ("Zaal", "Drukwerk")]
        assert [line.number for line in lines] == [1, 2]
        answer_remark(first.remarks[0], note="Gedaan", actor=stage.leader)
        second = hand_in(draft, stage)
        remark = _at(stage, second, section=PlanSection.BUDGET, budget_line_no=2)
        return_plan(second, actor=stage.manager)
        third = start_new_version(second.plan, actor=stage.leader)
        by_number = {line.number: line for line in third.budget_lines if line.number}
        remove_budget_line(third, line=by_number[2], actor=stage.leader)
        assert _line(third, stage, "Film").number == 3
    assert remark.quote.startswith("Drukwerk: ")
    line = list_remark_lines(third, before_review_ends=False)[-1]
    assert line.now is None


def _line(version: PlanVersion, stage: Stage, name: str) -> BudgetLine:
    return add_budget_line(
        version, phase=Phase.DEVELOPMENT, description=name, amount_cents=5_00, actor=stage.leader
    )


def test_a_remark_of_an_earlier_round_is_taken_up_again_in_the_review() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage)
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        version = hand_in(draft, stage)
        settle_remark(remark, actor=stage.manager)
        reopen_remark(remark, note="Toch niet", actor=stage.manager)
    assert remark.status is RemarkStatus.OPEN
    assert isinstance(_refused(lambda: take_up_plan(version, actor=stage.manager)), WrongState)
