"""A return of chosen sections: only these can be changed in the version that follows."""

from collections.abc import Callable

import pytest

from tests.factories.action_plans import (
    Stage,
    fill,
    make_approved,
    make_in_review,
    make_plan,
    make_stage,
)
from tests.factories.remarks import hand_in, make_following, make_must
from vpt_regio.domain.enums import AgreementLevel, Phase, PlanSection
from vpt_regio.errors import DomainError, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.queries.plan_facts import measures_of
from vpt_regio.services.action_plans import (
    add_budget_line,
    edit_texts,
    exempt_measure,
    remove_budget_line,
    set_agreement,
    set_other_funding,
    submit_plan,
    withdraw_exemption,
    withdraw_plan,
)
from vpt_regio.services.activities import add_activity, change_activity, remove_activity
from vpt_regio.services.plan_parts import locked_sections
from vpt_regio.services.plan_reviews import return_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import answer_remark
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

Change = Callable[[PlanVersion, Stage], object]


def _change_activity(version: PlanVersion, stage: Stage, **changes: object) -> object:
    activity = version.activities[0]
    content = {
        "title": activity.title,
        "description": activity.description,
        "measures": [link.measure for link in activity.measures],
        "policy_line": activity.policy_line,
        "is_awareness": activity.is_awareness,
        "target_group": activity.target_group,
        "owner": activity.owner,
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "implementation_cents": 80_000_00,
    }
    return change_activity(activity, actor=stage.leader, **{**content, **changes})  # type: ignore[arg-type]


CHANGES: dict[str, tuple[PlanSection, Change]] = {
    "analysis": (
        PlanSection.PROBLEM_ANALYSIS,
        lambda version, stage: edit_texts(version, problem_analysis="Anders", actor=stage.leader),
    ),
    "approach": (
        PlanSection.APPROACH,
        lambda version, stage: edit_texts(version, approach="Anders", actor=stage.leader),
    ),
    "embedding": (
        PlanSection.EMBEDDING,
        lambda version, stage: edit_texts(version, embedding="Anders", actor=stage.leader),
    ),
    "agreement": (
        PlanSection.AGREEMENT,
        lambda version, stage: set_agreement(
            version,
            consensus_analysis=AgreementLevel.NONE,
            consensus_approach=AgreementLevel.NONE,
            actor=stage.leader,
        ),
    ),
    "funding": (
        PlanSection.BUDGET,
        lambda version, stage: set_other_funding(
            version, amount_cents=1_00, note="Gemeente", actor=stage.leader
        ),
    ),
    "line": (
        PlanSection.BUDGET,
        lambda version, stage: add_budget_line(
            version,
            phase=Phase.DEVELOPMENT,
            description="Zaal",
            amount_cents=1_00,
            actor=stage.leader,
        ),
    ),
    "no line": (
        PlanSection.BUDGET,
        lambda version, stage: remove_budget_line(
            version, line=version.budget_lines[0], actor=stage.leader
        ),
    ),
    "activity": (
        PlanSection.ACTIVITIES,
        lambda version, stage: add_activity(version, title="Nieuw", actor=stage.leader),
    ),
    "other activity": (
        PlanSection.ACTIVITIES,
        lambda version, stage: _change_activity(version, stage, title="Anders"),
    ),
    "no activity": (
        PlanSection.ACTIVITIES,
        lambda version, stage: remove_activity(version.activities[0], actor=stage.leader),
    ),
    "exemption": (
        PlanSection.ACTIVITIES,
        lambda version, stage: exempt_measure(
            version, measure=measures_of(version)[0], reason="Niet nodig", actor=stage.leader
        ),
    ),
    "no exemption": (
        PlanSection.ACTIVITIES,
        lambda version, stage: withdraw_exemption(
            version, measure=measures_of(version)[0], actor=stage.leader
        ),
    ),
}


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


@pytest.mark.parametrize("name", CHANGES)
def test_a_section_that_was_not_returned_is_locked(name: str) -> None:
    section, change = CHANGES[name]
    # the amounts of an activity belong to the budget as well, so it is not the open one here
    open_one = next(one for one in PlanSection if one is not section)
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage, sections=[open_one])
    refusal = _refused(lambda: change(draft, stage))
    assert isinstance(refusal, WrongState)
    assert refusal.code == "locked"
    assert "vergrendeld" in str(refusal)
    assert "versie 1" in str(refusal)


@pytest.mark.parametrize("name", CHANGES)
def test_a_section_that_was_returned_is_open(name: str) -> None:
    section, change = CHANGES[name]
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage, sections=[section])
        before = draft.updated_at
        change(draft, stage)
    assert locked_sections(draft).isdisjoint({section})
    assert draft.updated_at >= before


def test_with_the_budget_open_only_the_amounts_of_an_activity_change() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage, sections=[PlanSection.BUDGET])
        _change_activity(draft, stage, implementation_cents=70_000_00)
    assert draft.budget_cents == 70_000_00
    refusal = _refused(
        lambda: _change_activity(draft, stage, implementation_cents=60_000_00, title="Anders")
    )
    assert refusal.code == "locked"
    assert draft.budget_cents == 70_000_00


def test_what_a_change_leaves_empty_does_not_open_a_locked_section() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage, sections=[PlanSection.BUDGET])
    refusal = _refused(lambda: _change_activity(draft, stage, title="Anders", ends_on=None))
    assert refusal.code == "locked"
    assert PlanSection.ACTIVITIES in locked_sections(draft)
    assert draft.activities[0].title == "Campagne"


def test_with_no_section_chosen_all_can_be_changed() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, _remark = make_following(stage)
    assert locked_sections(draft) == frozenset()


def test_the_message_to_the_region_names_the_sections() -> None:
    with unit_of_work():
        make_following(make_stage(), sections=[PlanSection.APPROACH, PlanSection.BUDGET])
    bodies = [message.body for message in db.session.query(OutboxMessage).all()]
    assert any("U kunt deze onderdelen wijzigen: Aanpak, Begroting." in body for body in bodies)


def test_a_remark_in_a_locked_section_can_be_answered() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage, sections=[PlanSection.BUDGET])
        answer_remark(remark, note="Dat stond er al.", actor=stage.leader)
        hand_in(draft, stage)


def test_a_version_after_a_withdrawn_one_is_locked_as_that_one_was() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage, sections=[PlanSection.APPROACH])
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        for _round in range(2):
            withdraw_plan(submit_plan(draft, actor=stage.leader), actor=stage.leader)
            draft = start_new_version(draft.plan, actor=stage.leader)
            assert locked_sections(draft) == frozenset(PlanSection) - {PlanSection.APPROACH}


def test_a_version_after_a_first_one_that_was_withdrawn_has_no_locks() -> None:
    with unit_of_work():
        stage = make_stage()
        first = fill(make_plan(stage).latest, stage)
        withdraw_plan(submit_plan(first, actor=stage.leader), actor=stage.leader)
        draft = start_new_version(first.plan, actor=stage.leader)
    assert locked_sections(draft) == frozenset()


def test_a_version_after_an_approved_one_has_no_locks() -> None:
    with unit_of_work():
        stage = make_stage()
        draft = start_new_version(make_approved(stage).plan, actor=stage.leader)
    assert locked_sections(draft) == frozenset()


def test_a_second_return_takes_the_place_of_the_first() -> None:
    with unit_of_work():
        stage = make_stage()
        draft, remark = make_following(stage, sections=[PlanSection.APPROACH])
        answer_remark(remark, note="Gedaan", actor=stage.leader)
        second = hand_in(draft, stage)
        make_must(second, stage, body="Nog iets")
        return_plan(second, sections=[PlanSection.BUDGET], actor=stage.manager)
        third = start_new_version(second.plan, actor=stage.leader)
    assert locked_sections(third) == frozenset(PlanSection) - {PlanSection.BUDGET}


def test_a_section_that_lacks_something_is_not_locked() -> None:
    with unit_of_work():
        stage = make_stage()
        version = make_in_review(stage)
        make_must(version, stage)
        return_plan(version, sections=[PlanSection.APPROACH], actor=stage.manager)
        draft = start_new_version(version.plan, actor=stage.leader)
        # a list of measures that grew since leaves this plan without an activity for one
        draft.activities[0].measures.pop()
    assert PlanSection.ACTIVITIES not in locked_sections(draft)
    assert PlanSection.EMBEDDING in locked_sections(draft)
