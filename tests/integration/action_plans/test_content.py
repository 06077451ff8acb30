"""What a draft holds, what its parts refuse, and what a new version takes along."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from tests.factories.action_plans import (
    Stage,
    fill,
    make_approved,
    make_plan,
    make_stage,
    make_submitted,
)
from tests.factories.regions import make_programme
from vpt_regio import clock
from vpt_regio.domain.enums import AgreementLevel, Phase, PlanSection
from vpt_regio.domain.rules.completeness import Gap
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, SeveralErrors, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity, PlanVersion
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.plan_facts import available_cents, cents_by_phase, find_all, gaps_of
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.action_plans import (
    add_budget_line,
    edit_texts,
    exempt_measure,
    remove_budget_line,
    set_agreement,
    set_other_funding,
    submit_plan,
    withdraw_exemption,
)
from vpt_regio.services.activities import add_activity, change_activity, remove_activity
from vpt_regio.services.plan_parts import activity_part, part_of
from vpt_regio.services.plan_reviews import make_remark, return_plan, take_up_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def stage(context: object) -> Stage:
    with unit_of_work():
        return make_stage()


@pytest.fixture
def draft(stage: Stage) -> PlanVersion:
    with unit_of_work():
        return fill(make_plan(stage).latest, stage)


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _codes(gaps: list[Gap]) -> set[str]:
    return {gap.code for gap in gaps}


def test_an_activity_keeps_its_number_for_life(stage: Stage, draft: PlanVersion) -> None:
    with unit_of_work():
        second = add_activity(draft, title="Training", actor=stage.leader)
        remove_activity(second, actor=stage.leader)
        third = add_activity(draft, title="Meldpunt", actor=stage.leader)
    assert third.activity.number == 3
    assert [activity.activity.number for activity in draft.activities] == [1, 3]
    numbers = db.session.scalars(select(Activity.number).order_by(Activity.number))
    assert list(numbers) == [1, 2, 3]


def test_removing_an_activity_takes_its_money_along(stage: Stage, draft: PlanVersion) -> None:
    with unit_of_work():
        add_budget_line(
            draft,
            phase=Phase.DEVELOPMENT,
            description="Startbijeenkomst",
            amount_cents=500_00,
            actor=stage.leader,
        )
        remove_activity(draft.activities[0], actor=stage.leader)
    assert draft.budget_cents == 500_00
    assert _codes(gaps_of(draft)) == {"no_activities"}


def test_an_activity_is_changed_as_a_whole(stage: Stage, draft: PlanVersion) -> None:
    activity = draft.activities[0]
    first = list_measures(stage.programme, on=clock.today())[0]
    with unit_of_work():
        change_activity(
            activity,
            title="Campagne 2",
            measures=[first],
            development_cents=1_000_00,
            actor=stage.leader,
        )
    assert [link.measure_id for link in activity.measures] == [first.id]
    assert cents_by_phase(draft) == {Phase.DEVELOPMENT: 1_000_00, Phase.IMPLEMENTATION: 0}
    assert not activity.is_awareness
    assert activity.owner is None


def test_all_that_is_wrong_with_an_activity_is_said_at_once(
    stage: Stage, draft: PlanVersion
) -> None:
    with unit_of_work():
        foreign = make_programme(code="ander")
    measure = list_measures(foreign, on=clock.today())[0]
    error = _refused(
        lambda: add_activity(
            draft,
            title=" ",
            measures=[measure],
            starts_on=date(2012, 9, 1),
            ends_on=date(2012, 8, 1),
            development_cents=-1,
            implementation_cents=10**16,
            actor=stage.leader,
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [part.field for part in error.errors] == [
        "title",
        "measures",
        "ends_on",
        "development_cents",
        "implementation_cents",
    ]
    long = _refused(lambda: add_activity(draft, title="x" * 301, actor=stage.leader))
    assert long.field == "title"


def test_an_activity_cannot_outlive_the_covenant(stage: Stage, draft: PlanVersion) -> None:
    with unit_of_work():
        add_activity(draft, title="Tot het eind", ends_on=date(2013, 12, 31), actor=stage.leader)
    error = _refused(
        lambda: add_activity(draft, title="Te lang", ends_on=date(2014, 1, 1), actor=stage.leader)
    )
    assert error.field == "ends_on"
    assert "31-12-2013" in str(error)


def test_the_list_of_measures_is_that_of_the_day(stage: Stage, draft: PlanVersion) -> None:
    with unit_of_work():
        old = list_measures(stage.programme, on=clock.today())[0]
        old.valid_until = date(2012, 7, 1)
        db.session.add(
            Measure(
                programme_id=stage.programme.id,
                code="M9",
                position=9,
                name="Nieuwe maatregel",
                short_name="Nieuw",
                list_version="2012b",
                valid_from=date(2012, 7, 10),
            )
        )
    (gap,) = gaps_of(draft)
    assert gap.params["measure"] == "Nieuwe maatregel"
    with unit_of_work():
        # what is linked already may stay, a new link to it may not be made
        activity = draft.activities[0]
        kept = [link.measure for link in activity.measures]
        change_activity(activity, title="Campagne", measures=kept, actor=stage.leader)
    assert old.id in {link.measure_id for link in activity.measures}
    error = _refused(
        lambda: add_activity(draft, title="Nog een", measures=[old], actor=stage.leader)
    )
    assert error.field == "measures"


def test_a_measure_has_an_activity_or_a_reason(stage: Stage, draft: PlanVersion) -> None:
    measures = list_measures(stage.programme, on=clock.today())
    with unit_of_work():
        change_activity(
            draft.activities[0], title="Campagne", measures=measures[1:], actor=stage.leader
        )
    assert "measure_without_activity" in _codes(gaps_of(draft))
    assert (
        _refused(
            lambda: exempt_measure(draft, measure=measures[0], reason=" ", actor=stage.leader)
        ).field
        == "reason"
    )
    with unit_of_work():
        exempt_measure(draft, measure=measures[0], reason="Bestaat al", actor=stage.leader)
        exempt_measure(draft, measure=measures[0], reason="Bestaat al lang", actor=stage.leader)
    assert "measure_without_activity" not in _codes(gaps_of(draft))
    assert [exemption.reason for exemption in draft.exemptions] == ["Bestaat al lang"]
    with unit_of_work():
        withdraw_exemption(draft, measure=measures[0], actor=stage.leader)
    assert draft.exemptions == []


def test_the_cost_of_an_activity_is_split_over_its_measures(
    stage: Stage, draft: PlanVersion
) -> None:
    rows = find_all(draft).measures
    assert [row.cents for row in rows] == [26_666_67, 26_666_67, 26_666_66]
    assert sum(row.cents for row in rows) == draft.budget_cents


def test_the_available_money_is_share_supplements_and_the_money_of_others(
    stage: Stage, draft: PlanVersion
) -> None:
    assert available_cents(draft) == 100_000_00
    with unit_of_work():
        set_other_funding(draft, amount_cents=5_000_00, note="de provincie", actor=stage.leader)
    assert available_cents(draft) == 105_000_00
    with unit_of_work():
        stage.covenant.advance_cents = None
    assert available_cents(draft) is None
    negative = _refused(lambda: set_other_funding(draft, amount_cents=-1, actor=stage.leader))
    assert negative.field == "other_funding_cents"


def test_a_line_says_what_it_is_for(stage: Stage, draft: PlanVersion) -> None:
    error = _refused(
        lambda: add_budget_line(
            draft, phase=Phase.DEVELOPMENT, description="", amount_cents=None, actor=stage.leader
        )
    )
    assert isinstance(error, SeveralErrors)
    assert [part.field for part in error.errors] == ["description", "amount_cents"]
    gone = _refused(lambda: remove_budget_line(draft, line=None, actor=stage.leader))
    assert isinstance(gone, WrongState)


def test_what_did_not_change_leaves_no_trace(stage: Stage, draft: PlanVersion) -> None:
    before = db.session.query(AuditEntry).count()
    with unit_of_work():
        edit_texts(draft, approach=" Aanpak\n", actor=stage.leader)
        set_agreement(
            draft,
            consensus_analysis=AgreementLevel.FULL,
            consensus_approach=AgreementLevel.PARTIAL,
            actor=stage.leader,
        )
    assert db.session.query(AuditEntry).count() == before


def test_each_part_has_a_version_of_its_own(stage: Stage, draft: PlanVersion) -> None:
    approach, embedding = (part_of(draft, name).version for name in ("approach", "embedding"))
    activity = activity_part(draft.activities[0]).version
    with unit_of_work():
        edit_texts(draft, approach="Anders", actor=stage.leader, expected_version=approach)
        edit_texts(draft, embedding="Zo", actor=stage.leader, expected_version=embedding)
    stale = _refused(
        lambda: edit_texts(draft, approach="X", actor=stage.leader, expected_version=approach)
    )
    assert isinstance(stale, Conflict)
    with unit_of_work():
        change_activity(
            draft.activities[0], title="Nieuw", actor=stage.leader, expected_version=activity
        )
    stale = _refused(
        lambda: change_activity(
            draft.activities[0], title="Oud", actor=stage.leader, expected_version=activity
        )
    )
    assert isinstance(stale, Conflict)


def test_characters_that_cannot_be_kept_are_refused(stage: Stage, draft: PlanVersion) -> None:
    error = _refused(lambda: edit_texts(draft, approach="\x00", actor=stage.leader))
    assert isinstance(error, Invalid)
    assert error.field == "approach"


def test_nobody_but_the_leader_of_the_region_writes(stage: Stage, draft: PlanVersion) -> None:
    with unit_of_work():
        other = make_stage("groningen", programme=stage.programme)
    for person in (other.leader, stage.manager, stage.holder):
        error = _refused(lambda person=person: edit_texts(draft, approach="X", actor=person))
        assert isinstance(error, NotAllowed)


def test_no_part_of_a_submitted_version_changes(stage: Stage) -> None:
    with unit_of_work():
        version = make_submitted(stage)
    leader = stage.leader
    activity = version.activities[0]
    measure = list_measures(stage.programme, on=clock.today())[0]
    works: list[Callable[[], object]] = [
        lambda: edit_texts(version, approach="X", actor=leader),
        lambda: set_agreement(
            version, consensus_analysis=None, consensus_approach=None, actor=leader
        ),
        lambda: set_other_funding(version, amount_cents=0, actor=leader),
        lambda: add_budget_line(
            version, phase=Phase.DEVELOPMENT, description="X", amount_cents=1, actor=leader
        ),
        lambda: remove_budget_line(version, line=version.budget_lines[0], actor=leader),
        lambda: exempt_measure(version, measure=measure, reason="X", actor=leader),
        lambda: withdraw_exemption(version, measure=measure, actor=leader),
        lambda: add_activity(version, title="X", actor=leader),
        lambda: change_activity(activity, title="X", actor=leader),
        lambda: remove_activity(activity, actor=leader),
    ]
    for work in works:
        assert isinstance(_refused(work), WrongState)
    assert version.approach == "Aanpak"
    assert len(version.activities) == 1


def test_a_new_version_is_a_copy_with_the_same_activities(stage: Stage) -> None:
    with unit_of_work():
        version = fill(make_plan(stage).latest, stage)
        measure = list_measures(stage.programme, on=clock.today())[0]
        leader = stage.leader
        exempt_measure(version, measure=measure, reason="Bestaat al", actor=leader)
        set_other_funding(version, amount_cents=1_00, note="de stad", actor=leader)
        add_budget_line(
            version, phase=Phase.DEVELOPMENT, description="Start", amount_cents=7, actor=leader
        )
        version.activities[0].measures[0].weight = 3
        submit_plan(version, actor=leader)
        take_up_plan(version, actor=stage.manager)
        make_remark(version, section=PlanSection.BUDGET, body="Waarom?", actor=stage.manager)
        return_plan(version, actor=stage.manager)
        copy = start_new_version(version.plan, actor=leader)
    assert (copy.plan.latest, copy.version_no) == (copy, 2)
    for field in ("problem_analysis", "approach", "embedding", "consensus_analysis"):
        assert getattr(copy, field) == getattr(version, field)
    assert copy.other_funding_note == "de stad"
    assert copy.budget_cents == version.budget_cents == 80_000_07
    assert [exemption.reason for exemption in copy.exemptions] == ["Bestaat al"]
    old, new = version.activities[0], copy.activities[0]
    assert (new.activity_id, new.budget_cents) == (old.activity_id, old.budget_cents)
    assert [link.weight for link in new.measures] == [3, 1, 1]
    assert new.id != old.id
    assert gaps_of(copy) == []


def test_a_change_of_the_new_version_leaves_the_old_one_alone(stage: Stage) -> None:
    with unit_of_work():
        approved = make_approved(stage)
        second = start_new_version(approved.plan, actor=stage.leader)
        remove_activity(second.activities[0], actor=stage.leader)
        added = add_activity(second, title="Nieuw", actor=stage.leader)
    assert approved.budget_cents == 80_000_00
    assert [activity.title for activity in approved.activities] == ["Campagne"]
    assert second.budget_cents == 0
    assert added.activity.number == 2
