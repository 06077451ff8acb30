"""What the recipient of a subsidy still has to do to account for it, and what is done."""

from dataclasses import dataclass
from datetime import date

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.subsidy_arrangement import Duty, Task, duties_of
from vpt_regio.domain.subsidy_codes import FinalReportStatus, PilotStatus, ReportLineKind
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.pilot_progress import list_progress

SUBMITTED = (FinalReportStatus.SUBMITTED, FinalReportStatus.ACCEPTED)
ASKED = (PilotStatus.AWARDED, PilotStatus.REPORTED)


@dataclass(frozen=True)
class PilotTask(Task):
    """A task; `about` names the half-year that it is about, if any."""

    about: str = ""


def tasks_of(pilot: Pilot, today: date) -> list[Task]:
    """Return the tasks of a pilot by its arrangement, in the order of the duties.

    Once the subsidy is settled or revoked nothing more is asked: only what was done is left.
    Without an arrangement there are no tasks.
    """
    if pilot.arrangement is None:
        return []
    tasks: list[Task] = []
    for duty in duties_of(pilot.arrangement):
        tasks += _progress_tasks(pilot, today) if duty is Duty.PROGRESS else [_task(pilot, duty)]
    return tasks if pilot.status in ASKED else [task for task in tasks if task.done_on]


def _progress_tasks(pilot: Pilot, today: date) -> list[Task]:
    """Return one task for each half-year of the pilot that has begun, the oldest first."""
    tasks: list[Task] = []
    for one in reversed(list_progress(pilot)):
        due_on = one.period.due_on(DeadlineKind.REPORTS_SUBMITTED) or one.period.ends_on
        revisions = [*one.earlier, *([one.latest] if one.latest else [])]
        done_on = min((revision.recorded_on for revision in revisions), default=None)
        if one.period.starts_on <= today:
            tasks.append(PilotTask(Duty.PROGRESS, due_on, done_on, about=one.period.name))
    return tasks


def _task(pilot: Pilot, duty: Duty) -> Task:
    due_on = pilot.settlement_request_due
    report = pilot.final_report
    if duty in (Duty.CHANGE_NOTICE, Duty.SAMPLE_CHECK):
        return PilotTask(duty, None, None)
    if report is None:
        return PilotTask(duty, due_on, None)
    if duty is Duty.AUDIT_OPINION:
        return PilotTask(duty, due_on, _opinion_on(report))
    is_submitted = report.status in SUBMITTED
    if duty is Duty.COST_ACCOUNT:
        is_submitted &= any(line.kind is ReportLineKind.COST for line in report.lines)
    return PilotTask(duty, due_on, report.submitted_on if is_submitted else None)


def _opinion_on(report: PilotFinalReport) -> date | None:
    """Return on which day the first document that still belongs to a report was added."""
    days = [one.added_at.astimezone(AMSTERDAM).date() for one in list_attachments(report)]
    return min(days, default=None)
