"""Taking back that a report was started, when nobody wrote anything in it."""

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ActivityProgress, ProgressReport
from vpt_regio.queries.reports import earlier_progress
from vpt_regio.services import audit


def withdraw_start(report: ProgressReport, *, actor: Person) -> bool:
    """Take an untouched draft out, as if it was never started; return whether it was one.

    A report in which something was written, scored or submitted stays. Raises NotAllowed.
    """
    role = policies.require(actor, Permission.REPORT_EDIT, report)
    if not is_untouched(report):
        return False
    details = {"period": report.period.code}
    audit.record("report.start_withdrawn", report, actor=actor, role=role, details=details)
    db.session.delete(report)
    db.session.flush()
    return True


def is_untouched(report: ProgressReport) -> bool:
    """Whether a report says no more than what it was started with."""
    if report.status is not ReportStatus.DRAFT or report.submissions or report.duty_scores:
        return False
    if report.rag or any(
        (report.results, report.obstacles, report.outlook, report.rag_explanation)
    ):
        return False
    earlier = earlier_progress(report.region_id, report.period)
    return all(_says_what_was_known(row, earlier.get(row.activity_id)) for row in report.activities)


def _says_what_was_known(row: ActivityProgress, known: ActivityProgress | None) -> bool:
    if row.result or row.obstacle or row.next_step:
        return False
    given = (known.status, known.percent) if known else (None, None)
    return (row.status, row.percent) == given
