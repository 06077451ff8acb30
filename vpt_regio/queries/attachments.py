"""Documents with an application or with a final report."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.models.pilot_reports import PilotFinalReport


def list_attachments(subject: SubsidyApplication | PilotFinalReport) -> list[Attachment]:
    """Return the documents that belong to it now, in the order in which they came."""
    rows = list_all_attachments(subject)
    removed = {row.removes_id for row in rows}
    return [row for row in rows if row.removes_id is None and row.id not in removed]


def list_all_attachments(subject: SubsidyApplication | PilotFinalReport) -> list[Attachment]:
    """Return every document that was ever added, and the rows that say that one went away."""
    column = (
        Attachment.application_id
        if isinstance(subject, SubsidyApplication)
        else Attachment.final_report_id
    )
    query = (
        select(Attachment)
        .where(column == subject.id)
        .options(joinedload(Attachment.added_by))
        .order_by(Attachment.id)
    )
    return list(db.session.scalars(query))


def get_attachment(application_id: int, attachment_id: int) -> Attachment | None:
    """Return a document that belongs to an application now, or None."""
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is None or attachment.application_id != application_id:
        return None
    return attachment if is_standing(attachment) else None


def is_standing(attachment: Attachment) -> bool:
    """Tell whether a document was not taken away."""
    query = select(Attachment.id).where(Attachment.removes_id == attachment.id)
    return attachment.removes_id is None and db.session.scalar(query) is None
