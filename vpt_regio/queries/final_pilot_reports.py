"""The final report of a pilot: who wrote it, and its documents."""

from dataclasses import dataclass

from sqlalchemy import select

from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.queries.attachments import is_standing

WRITING = ("pilot_final_report.written", "pilot_final_report.submit")


def wrote_report(report: PilotFinalReport, person: Person) -> bool:
    """Tell whether a person ever wrote a report or submitted it."""
    query = select(AuditEntry.seq).where(
        AuditEntry.subject_type == report.__tablename__,
        AuditEntry.subject_id == str(report.id),
        AuditEntry.actor_id == person.id,
        AuditEntry.action.in_(WRITING),
    )
    return db.session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class ReportDocument:
    """A document with a final report: seen by whoever sees the report."""

    report: PilotFinalReport
    attachment: Attachment
    __tablename__ = "pilot_final_report"

    @property
    def programme_id(self) -> int:
        return self.report.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.report.region_ids


def get_report(pilot_id: int) -> PilotFinalReport | None:
    query = select(PilotFinalReport).where(PilotFinalReport.pilot_id == pilot_id)
    return db.session.scalar(query)


def find_document(pilot_id: int, report_attachment_id: int) -> ReportDocument | None:
    """Return a document that belongs to the report of a pilot now, or None."""
    report = get_report(pilot_id)
    attachment = db.session.get(Attachment, report_attachment_id)
    if report is None or attachment is None or attachment.final_report_id != report.id:
        return None
    return ReportDocument(report, attachment) if is_standing(attachment) else None
