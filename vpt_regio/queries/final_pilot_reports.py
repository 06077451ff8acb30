"""Who wrote the final report of a pilot."""

from sqlalchemy import select

from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import PilotFinalReport

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
