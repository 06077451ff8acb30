"""Progress, change notices, the final report and the outcome of pilots."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.factories.subsidies import make_application, make_pilot_without_grant
from tests.integration.subsidies.pilot_stage import TODAY, PilotStage
from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.rules.subsidy_arrangement import Duty
from vpt_regio.domain.subsidy_codes import (
    FinalReportStatus,
    NoticeKind,
    PilotOutcome,
    PilotStatus,
    ProgressState,
    ReportLineKind,
)
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import (
    Conflict,
    DomainError,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    WrongState,
)
from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import PilotProgress
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.snapshots import Reopening
from vpt_regio.policies import Actor
from vpt_regio.queries.pilot_progress import list_progress
from vpt_regio.queries.pilot_tasks import tasks_of
from vpt_regio.services.final_reports import (
    FinalReportData,
    ReportLineData,
    accept_final_report,
    return_final_report,
    submit_final_report,
    write_final_report,
)
from vpt_regio.services.pilot_contents import PilotData
from vpt_regio.services.pilot_notices import answer_notice, give_notice
from vpt_regio.services.pilot_progress import record_progress
from vpt_regio.services.pilots import (
    edit_pilot,
    end_pilot,
    import_pilot,
    record_outcome,
    start_without_grant,
)
from vpt_regio.uow import unit_of_work

ACTIVITY = ReportLineData(
    ReportLineKind.ACTIVITY, "Training", planned="Vier dagdelen", realised="Vier dagdelen"
)
COST = ReportLineData(
    ReportLineKind.COST, "Trainer", planned_cents=10_000_00, realised_cents=10_000_00
)


@pytest.fixture
def stage(context: Flask) -> Iterator[PilotStage]:
    with unit_of_work():
        yield PilotStage()


def progress(
    stage: PilotStage,
    period: ReportingPeriod,
    result: str = "De training is gegeven.",
    *,
    state: ProgressState = ProgressState.ON_TRACK,
    reason: str = "",
    actor: Actor | None = None,
    expected_revision: int | None = None,
) -> PilotProgress:
    return record_progress(
        stage.pilot,
        period,
        state=state,
        result=result,
        obstacle="",
        next_step="",
        reason=reason,
        expected_revision=expected_revision,
        actor=actor or stage.leader,
    )


def fields_of(error: DomainError) -> list[str | None]:
    return [one.field for one in getattr(error, "errors", [error])]


def test_progress_is_revised_with_a_reason_and_never_overwritten(stage: PilotStage) -> None:
    period = stage.period()
    progress(stage, period, actor=stage.holder())
    with pytest.raises(Invalid) as refused:
        progress(stage, period, "Er kwamen tien mensen.")
    assert refused.value.field == "reason"
    with pytest.raises(Conflict):
        progress(stage, period, "Anders.", reason="Beter geteld.", expected_revision=0)
    progress(stage, period, "Er kwamen tien mensen.", reason="Beter geteld.")
    (shown,) = list_progress(stage.pilot)
    assert shown.latest is not None
    assert (shown.latest.revision_no, shown.latest.recorded_by) == (2, stage.leader)
    assert [(one.result, one.recorded_by) for one in shown.earlier] == [
        ("De training is gegeven.", None)
    ]


def test_progress_that_cannot_be(stage: PilotStage) -> None:
    period = stage.period()
    with pytest.raises(DomainError) as refused:
        progress(stage, period, " ", state=ProgressState.DELAYED)
    assert fields_of(refused.value) == ["result", "obstacle"]
    with pytest.raises(NotAllowed):
        progress(stage, period, actor=stage.stranger)
    stage.pilot.starts_on = date(2012, 7, 1)
    with pytest.raises(Invalid, match="nog niet begonnen"):
        progress(stage, period)
    period.status = PeriodStatus.FROZEN
    with pytest.raises(PeriodFrozen):
        progress(stage, period)
    opened = Reopening(
        period_id=period.id,
        reference="HO-1",
        reason="Een pilot ontbreekt.",
        decided_on=clock.today(),
        decided_by_id=stage.officer.id,
        expires_on=clock.today(),
    )
    db.session.add(opened)
    with pytest.raises(Invalid, match="nog niet begonnen"):
        progress(stage, period)


def test_an_agreed_delay_moves_the_end_and_the_request_day(stage: PilotStage) -> None:
    with pytest.raises(Invalid):
        give_notice(
            stage.pilot,
            NoticeKind.DELAY,
            explanation="De trainer is ziek.",
            proposed_end_on=stage.pilot.ends_on,
            actor=stage.leader,
        )
    notice = give_notice(
        stage.pilot,
        NoticeKind.DELAY,
        explanation="De trainer is ziek.",
        proposed_end_on=date(2013, 10, 31),
        actor=stage.holder(),
    )
    assert notice.noticed_by is None
    with pytest.raises(NotAllowed):
        answer_notice(notice, answer="Akkoord.", is_agreed=True, actor=stage.leader)
    answer_notice(notice, answer="Akkoord.", is_agreed=True, actor=stage.officer)
    assert stage.pilot.ends_on == date(2013, 10, 31)
    assert stage.pilot.settlement_request_due == date(2014, 1, 30)
    with pytest.raises(WrongState):
        answer_notice(notice, answer="Toch niet.", is_agreed=False, actor=stage.officer)


def test_a_refused_delay_moves_nothing(stage: PilotStage) -> None:
    before = stage.pilot.ends_on
    notice = give_notice(
        stage.pilot,
        NoticeKind.DELAY,
        explanation="Later.",
        proposed_end_on=date(2013, 10, 31),
        actor=stage.leader,
    )
    answer_notice(notice, answer="Niet nodig.", is_agreed=False, actor=stage.officer)
    assert stage.pilot.ends_on == before


def arranged(stage: PilotStage, number: int) -> Pilot:
    stage.pilot.arrangement = number
    db.session.flush()
    return stage.pilot


@pytest.mark.parametrize(
    ("number", "missing"),
    [
        (1, ["results"]),
        (2, ["results", "activities", "obligations"]),
        (3, ["results", "activities", "obligations", "costs", "documents"]),
    ],
)
def test_the_arrangement_says_what_a_report_needs(
    stage: PilotStage, number: int, missing: list[str]
) -> None:
    report = write_final_report(
        arranged(stage, number), FinalReportData(lessons="Begin eerder."), actor=stage.leader
    )
    with pytest.raises(DomainError) as refused:
        submit_final_report(report, actor=stage.leader)
    assert fields_of(refused.value) == missing


def test_a_difference_is_explained_at_its_line(stage: PilotStage) -> None:
    data = FinalReportData(
        results="Minder incidenten.",
        lines=(
            ACTIVITY,
            ReportLineData(ReportLineKind.ACTIVITY, "Folder", planned="Een folder"),
            COST,
            ReportLineData(
                ReportLineKind.COST, "Zaalhuur", planned_cents=500_00, realised_cents=499_99
            ),
        ),
    )
    report = write_final_report(arranged(stage, 1), data, actor=stage.leader)
    with pytest.raises(DomainError) as refused:
        submit_final_report(report, actor=stage.leader)
    assert fields_of(refused.value) == ["activity_2_explanation", "cost_2_explanation"]


def test_a_report_goes_up_and_down_with_its_pilot(stage: PilotStage) -> None:
    data = FinalReportData(results="Minder incidenten.")
    report = write_final_report(stage.pilot, data, actor=stage.holder())
    write_final_report(stage.pilot, data, actor=stage.officer)
    submit_final_report(report, actor=stage.holder())
    assert (stage.pilot.status, stage.pilot.settlement_requested_on) == (
        PilotStatus.REPORTED,
        TODAY,
    )
    with pytest.raises(WrongState):
        write_final_report(stage.pilot, data, actor=stage.leader)
    with pytest.raises(Invalid, match="eindverslag geschreven"):
        accept_final_report(report, actor=stage.officer)
    return_final_report(report, note="Noem de aantallen.", actor=stage.colleague)
    assert (report.status, stage.pilot.status) == (
        FinalReportStatus.RETURNED,
        PilotStatus.AWARDED,
    )
    submit_final_report(report, actor=stage.leader)
    accept_final_report(report, actor=stage.colleague)
    assert (report.status, report.return_note) == (FinalReportStatus.ACCEPTED, "")


def test_lines_of_a_report_are_replaced_as_a_whole(stage: PilotStage) -> None:
    write_final_report(stage.pilot, FinalReportData(lines=(ACTIVITY, COST)), actor=stage.leader)
    report = write_final_report(stage.pilot, FinalReportData(lines=(COST,)), actor=stage.leader)
    assert [(line.position, line.subject) for line in report.lines] == [(1, "Trainer")]
    with pytest.raises(DomainError) as refused:
        write_final_report(
            stage.pilot,
            FinalReportData(lines=(ACTIVITY, ReportLineData(ReportLineKind.COST, ""))),
            actor=stage.leader,
        )
    assert fields_of(refused.value) == ["cost_1_subject", "cost_1_planned", "cost_1_realised"]


def test_tasks_follow_from_the_arrangement(stage: PilotStage) -> None:
    period = stage.period()
    pilot = arranged(stage, 3)
    pilot.settlement_request_due = date(2012, 7, 15)
    tasks = tasks_of(pilot, TODAY)
    assert [(task.duty, task.due_on, task.is_overdue(TODAY)) for task in tasks] == [
        (Duty.PROGRESS, date(2012, 7, 21), False),
        (Duty.CHANGE_NOTICE, None, False),
        (Duty.ACTIVITY_REPORT, date(2012, 7, 15), True),
        (Duty.COST_ACCOUNT, date(2012, 7, 15), True),
        (Duty.AUDIT_OPINION, date(2012, 7, 15), True),
        (Duty.SAMPLE_CHECK, None, False),
    ]
    progress(stage, period)
    report = write_final_report(
        pilot,
        FinalReportData(results="Goed.", obligations="Nagekomen.", lines=(ACTIVITY, COST)),
        actor=stage.leader,
    )
    opinion = Attachment(
        final_report_id=report.id,
        file_name="verklaring.pdf",
        content_type="application/pdf",
        size=8,
        content=b"%PDF-1.4",
    )
    db.session.add(opinion)
    submit_final_report(report, actor=stage.leader)
    done = {task.duty: task.done_on for task in tasks_of(pilot, TODAY)}
    assert [duty for duty in done if done[duty] == TODAY] == [
        Duty.PROGRESS,
        Duty.ACTIVITY_REPORT,
        Duty.COST_ACCOUNT,
        Duty.AUDIT_OPINION,
    ]
    assert [task.duty for task in tasks_of(arranged(stage, 1), TODAY)] == [
        Duty.CHANGE_NOTICE,
        Duty.SAMPLE_CHECK,
    ]
    assert tasks_of(make_pilot_without_grant(stage.programme), TODAY) == []


def test_a_pilot_without_a_grant_in_two_regions_ends_with_its_outcome(stage: PilotStage) -> None:
    data = PilotData(
        title="Toezicht in het uitgaansgebied",
        region_ids=(stage.region.id, stage.elsewhere.id),
        ends=FuzzyDate(date(2012, 12, 31), Precision.QUARTER, "eind 2012"),
    )
    pilot = start_without_grant(stage.programme, data, actor=stage.officer)
    assert [region.code for region in pilot.regions] == ["drenthe", "limburg"]
    assert pilot.money is None
    with pytest.raises(Invalid, match="uitkomst"):
        end_pilot(pilot, actor=stage.officer)
    with pytest.raises(Invalid) as refused:
        record_outcome(pilot, PilotOutcome.ADAPT, reason=" ", actor=stage.officer)
    assert refused.value.field == "outcome_reason"
    record_outcome(pilot, PilotOutcome.ADAPT, reason="Te duur.", actor=stage.officer)
    end_pilot(pilot, actor=stage.officer)
    assert (pilot.status, pilot.outcome_on) == (PilotStatus.ENDED, TODAY)
    with pytest.raises(WrongState):
        edit_pilot(pilot, data, actor=stage.officer)
    with pytest.raises(NotAllowed):
        start_without_grant(stage.programme, data, actor=stage.leader)


def test_an_edit_names_what_is_wrong_and_counts_the_request_day_anew(stage: PilotStage) -> None:
    wrong = PilotData(
        title=" ",
        region_ids=(0,),
        starts=FuzzyDate(date(2012, 2, 1), Precision.DAY, ""),
        ends=FuzzyDate(date(2012, 1, 1), Precision.DAY, ""),
    )
    with pytest.raises(DomainError) as refused:
        edit_pilot(stage.pilot, wrong, actor=stage.officer)
    assert fields_of(refused.value) == ["title", "ends", "region_ids"]
    right = PilotData(title="Proef", ends=FuzzyDate(date(2012, 12, 31), Precision.DAY, ""))
    edit_pilot(stage.pilot, right, actor=stage.officer)
    assert stage.pilot.settlement_request_due == date(2013, 4, 1)
    vague = PilotData(
        title="Proef", ends=FuzzyDate(date(2012, 12, 31), Precision.QUARTER, "eind 2012")
    )
    edit_pilot(stage.pilot, vague, actor=stage.officer)
    assert stage.pilot.settlement_request_due is None


def test_history_is_taken_over_as_far_as_its_source_tells(stage: PilotStage) -> None:
    application = make_application(stage.round)
    imported = import_pilot(
        stage.programme,
        PilotData(title="Proef", source="Brief van maart 2012, bijlage"),
        application=application,
        granted_cents=22_061_00,
        awarded_on=date(2011, 11, 1),
        actor=stage.officer,
    )
    assert (imported.status, imported.arrangement, imported.is_by_analogy) == (
        PilotStatus.AWARDED,
        1,
        True,
    )
    assert (imported.ends, imported.settlement_request_due) == (None, None)
    with pytest.raises(DomainError) as refused:
        import_pilot(
            stage.programme,
            PilotData(title="Proef"),
            application=application,
            actor=stage.officer,
        )
    assert fields_of(refused.value) == ["source", "granted", "awarded_on", "application"]
