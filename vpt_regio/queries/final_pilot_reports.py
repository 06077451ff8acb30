"""Facts about the final report of a pilot: its documents, and who wrote it."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import PilotFinalReport
from vpt_regio.models.subsidies import Attachment

WRITING = ("pilot_final_report.written", "pilot_final_report.submit")


def count_documents(report: PilotFinalReport) -> int:
    """Return how many documents belong to a report; one that was removed does not."""
    removal = aliased(Attachment)
    query = (
        select(func.count(Attachment.id))
        .outerjoin(removal, removal.removes_id == Attachment.id)
        .where(
            Attachment.final_report_id == report.id,
            Attachment.removes_id.is_(None),
            removal.id.is_(None),
        )
    )
    return db.session.scalar(query) or 0


def wrote_report(report: PilotFinalReport, person: Person) -> bool:
    """Tell whether a person ever wrote a report or submitted it."""
    query = select(AuditEntry.seq).where(
        AuditEntry.subject_type == report.__tablename__,
        AuditEntry.subject_id == str(report.id),
        AuditEntry.actor_id == person.id,
        AuditEntry.action.in_(WRITING),
    )
    return db.session.scalar(query.limit(1)) is not None
