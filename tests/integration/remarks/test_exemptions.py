"""The judgement of what a plan leaves out, and what follows from it for the region."""

from collections.abc import Callable

import pytest

from tests.factories.action_plans import Stage, fill, make_plan, make_stage
from tests.factories.people import make_person
from tests.factories.remarks import hand_in, make_must
from vpt_regio import clock
from vpt_regio.domain.enums import ExemptionVerdict, PlanSection, RemarkWeight
from vpt_regio.domain.roles import Role
from vpt_regio.domain.workflows.remarks import RemarkStatus
from vpt_regio.errors import Conflict, DomainError, NotAllowed, WrongState
from vpt_regio.models.action_plans import ActivityMeasure, MeasureExemption, PlanVersion
from vpt_regio.queries.plan_facts import gaps_of, rejected_reasons
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.action_plans import exempt_measure, withdraw_exemption
from vpt_regio.services.exemptions import exemption_part, judge_exemption
from vpt_regio.services.plan_parts import locked_sections
from vpt_regio.services.plan_reviews import return_plan
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import answer_remark
from vpt_regio.uow import unit_of_work

pytestmark = pytest.mark.usefixtures("context")

YES, NO = ExemptionVerdict.ACCEPTED, ExemptionVerdict.REJECTED
REASON = "Hier niet nodig"


def _refused(work: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught, unit_of_work():
        work()
    return caught.value


def _draft(stage: Stage) -> PlanVersion:
    """A complete draft that leaves the first measure out."""
    version = fill(make_plan(stage).latest, stage)
    measure = list_measures(stage.programme, on=clock.today())[0]
    links = version.activities[0].measures
    links.remove(next(link for link in links if link.measure_id == measure.id))
    exempt_measure(version, measure=measure, reason=REASON, actor=stage.leader)
    return version


def _judge(
    version: PlanVersion, stage: Stage, verdict: ExemptionVerdict, note: str = ""
) -> MeasureExemption:
    return judge_exemption(
        version, exemption=version.exemptions[0], verdict=verdict, note=note, actor=stage.manager
    )


def _returned(version: PlanVersion, stage: Stage, *sections: PlanSection) -> PlanVersion:
    """Return a version for something else too; the draft that follows."""
    make_must(version, stage)
    return_plan(version, sections=sections, actor=stage.manager)
    draft = start_new_version(version.plan, actor=stage.leader)
    for remark in version.remarks:
        answer_remark(remark, note="Wij denken erover na.", actor=stage.leader)
    return draft


def _rejected(stage: Stage) -> PlanVersion:
    """The draft after a version of which the reason was rejected, its remarks answered."""
    version = hand_in(_draft(stage), stage)
    _judge(version, stage, NO, "Dat is wel nodig.")
    return _returned(version, stage, PlanSection.APPROACH)


def _codes(version: PlanVersion) -> list[str]:
    return [gap.code for gap in gaps_of(version)]


def test_a_rejection_needs_a_note_and_becomes_a_remark_that_must_be_followed_up() -> None:
    with unit_of_work():
        stage = make_stage()
        version = hand_in(_draft(stage), stage)
    assert _refused(lambda: _judge(version, stage, NO)).field == "verdict_note"
    with unit_of_work():
        exemption = _judge(version, stage, NO, "Dat is wel nodig.")
    (remark,) = version.remarks
    assert (remark.weight, remark.measure_id) == (RemarkWeight.MUST, exemption.measure_id)
    assert (remark.body, remark.quote) == ("Dat is wel nodig.", REASON)
    assert (exemption.judged_by, exemption.judged_on) == (stage.manager, clock.today())


def test_another_verdict_takes_the_remark_of_the_first_back() -> None:
    with unit_of_work():
        stage = make_stage()
        version = hand_in(_draft(stage), stage)
        _judge(version, stage, NO, "Dat is wel nodig.")
        _judge(version, stage, NO, "Dat is zeker nodig.")
        assert [remark.body for remark in version.remarks] == ["Dat is zeker nodig."]
        _judge(version, stage, YES)
    assert version.remarks == []


def test_what_a_colleague_rejected_is_settled_and_not_taken_back() -> None:
    with unit_of_work():
        stage = make_stage()
        version = hand_in(_draft(stage), stage)
        _judge(version, stage, NO, "Dat is wel nodig.")
        colleague = make_person(
            stage.programme, Role.ACCOUNT_MANAGER, region=stage.region, email="tweede@vpt.example"
        )
        judge_exemption(
            version,
            exemption=version.exemptions[0],
            verdict=YES,
            note="Bij nader inzien",
            actor=colleague,
        )
    (remark,) = version.remarks
    assert remark.status is RemarkStatus.SETTLED
    assert [entry.body for entry in remark.entries] == ["Bij nader inzien"]


def test_an_accepted_verdict_goes_along_while_the_reason_stays_the_same() -> None:
    with unit_of_work():
        stage = make_stage()
        version = hand_in(_draft(stage), stage)
        _judge(version, stage, YES, "Begrijpelijk")
        draft = _returned(version, stage)
        (copied,) = draft.exemptions
        assert (copied.verdict, copied.verdict_note) == (YES, "Begrijpelijk")
        assert copied.judged_by_id == stage.manager.id
        exempt_measure(draft, measure=copied.measure, reason=REASON, actor=stage.leader)
        assert copied.verdict is YES
        exempt_measure(draft, measure=copied.measure, reason="Anders", actor=stage.leader)
    assert (copied.verdict, copied.verdict_note, copied.judged_on) == (None, "", None)
    assert version.exemptions[0].verdict is YES


def test_a_rejected_reason_is_a_gap_until_it_reads_otherwise() -> None:
    with unit_of_work():
        stage = make_stage()
        draft = _rejected(stage)
        (exemption,) = draft.exemptions
    assert (exemption.verdict, _codes(draft)) == (None, ["exemption_rejected"])
    # what lacks something is open, although the return was about something else
    assert PlanSection.ACTIVITIES not in locked_sections(draft)
    assert rejected_reasons(draft)[exemption.measure_id].verdict_note == "Dat is wel nodig."
    with unit_of_work():
        measure = exemption.measure
        withdraw_exemption(draft, measure=measure, actor=stage.leader)
        exempt_measure(draft, measure=measure, reason=REASON, actor=stage.leader)
    assert _codes(draft) == ["exemption_rejected"]
    with unit_of_work():
        exempt_measure(draft, measure=measure, reason="De provincie doet dit", actor=stage.leader)
    assert _codes(draft) == []


def test_an_activity_on_the_measure_closes_the_gap_too() -> None:
    with unit_of_work():
        stage = make_stage()
        draft = _rejected(stage)
        measure_id = draft.exemptions[0].measure_id
        draft.activities[0].measures.append(ActivityMeasure(measure_id=measure_id))
    assert _codes(draft) == []


def test_a_second_rejection_opens_the_answered_remark_again() -> None:
    with unit_of_work():
        stage = make_stage()
        draft = _rejected(stage)
        (exemption,) = draft.exemptions
        exempt_measure(draft, measure=exemption.measure, reason="Te duur", actor=stage.leader)
        second = hand_in(draft, stage)
        _judge(second, stage, NO, "Dat is geen reden.")
    first = second.plan.versions[0].remarks[0]
    assert first.measure_id == exemption.measure_id
    assert [entry.step for entry in first.entries] == ["answer", "reopen"]
    assert second.remarks == []
    with unit_of_work():
        _judge(second, stage, YES, "Toch wel.")
    assert first.status is RemarkStatus.SETTLED


def test_a_judgement_is_for_the_account_manager_during_the_review() -> None:
    with unit_of_work():
        stage = make_stage()
        version = _draft(stage)
    assert isinstance(_refused(lambda: _judge(version, stage, YES)), WrongState)
    with unit_of_work():
        hand_in(version, stage)
    (exemption,) = version.exemptions
    by_leader = _refused(
        lambda: judge_exemption(
            version, exemption=exemption, verdict=YES, note="", actor=stage.leader
        )
    )
    assert isinstance(by_leader, NotAllowed)
    gone = _refused(
        lambda: judge_exemption(version, exemption=None, verdict=YES, note="", actor=stage.manager)
    )
    assert isinstance(gone, WrongState)


def test_of_two_judgements_at_once_one_wins_and_the_other_is_told() -> None:
    with unit_of_work():
        stage = make_stage()
        version = hand_in(_draft(stage), stage)
    (exemption,) = version.exemptions
    seen = exemption_part(exemption).version
    with unit_of_work():
        _judge(version, stage, YES)
    late = _refused(
        lambda: judge_exemption(
            version,
            exemption=exemption,
            verdict=NO,
            note="Nee",
            actor=stage.manager,
            expected_version=seen,
        )
    )
    assert isinstance(late, Conflict)
    assert version.remarks == []
