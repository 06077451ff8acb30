"""Documents with an application or with a final report: added, and taken away again.

Nothing that was handed in is erased: a row says that a document no longer belongs to it.
"""

import hashlib

from sqlalchemy import select

from vpt_regio import policies
from vpt_regio.documents.attachment_gate import kind_of
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import FinalReportStatus
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.errors import Invalid, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.policies import Actor, person_of
from vpt_regio.queries.attachments import is_standing, list_all_attachments, list_attachments
from vpt_regio.services import audit
from vpt_regio.services.application_checks import lock, require_writable

MOST = 10
# what was taken away is kept too: nobody fills the disk by adding and taking away
MOST_EVER = 40
LONGEST_NAME = 200
WRITABLE_REPORT = (FinalReportStatus.DRAFT, FinalReportStatus.RETURNED)

Subject = SubsidyApplication | PilotFinalReport


def add_attachment(subject: Subject, *, file_name: str, content: bytes, actor: Actor) -> Attachment:
    """Add a document while its subject can be written in.

    Raises NotAllowed, WrongState, or Invalid for a file that may not be attached.
    """
    role = _require_writable(subject, actor)
    name = file_name_of(file_name, most=LONGEST_NAME, otherwise="document")
    kind = kind_of(content, name=name)
    digest = hashlib.sha256(content).hexdigest()
    _check_room(subject, digest)
    attachment = _row(subject, name, kind.content_type, actor)
    attachment.size, attachment.sha256, attachment.content = len(content), digest, content
    db.session.add(attachment)
    db.session.flush()
    details = {"name": name, "size": len(content), "sha256": digest}
    audit.record("attachment.added", subject, actor=actor, role=role, details=details)
    return attachment


def remove_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take a document away while its subject can be written in; it is kept, but not shown."""
    subject = attachment.subject
    role = _require_writable(subject, actor)
    if not is_standing(attachment):
        raise WrongState(N_("Dit document is al weggehaald."))
    row = _row(subject, attachment.file_name, attachment.content_type, actor)
    row.size, row.content, row.removes_id = 0, b"", attachment.id
    db.session.add(row)
    db.session.flush()
    details = {"name": attachment.file_name, "sha256": attachment.sha256}
    audit.record("attachment.removed", subject, actor=actor, role=role, details=details)


def _require_writable(subject: Subject, actor: Actor) -> str | None:
    if isinstance(subject, SubsidyApplication):
        lock(subject)
        return require_writable(subject, actor=actor)
    query = select(PilotFinalReport.id).where(PilotFinalReport.id == subject.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(subject)
    # the pilot tells which application it is of, and so whose link reaches it
    role = policies.require(actor, Permission.PILOT_REPORT, subject.pilot)
    if subject.status not in WRITABLE_REPORT:
        raise WrongState(N_("Het eindverslag is ingediend. De documenten veranderen niet meer."))
    return role


def _check_room(subject: Subject, digest: str) -> None:
    present = list_attachments(subject)
    if any(one.sha256 == digest for one in present):
        raise Invalid(N_("Dit document is al toegevoegd."), field="file")
    if len(present) >= MOST or len(list_all_attachments(subject)) >= MOST_EVER:
        message = N_("Er kunnen geen documenten meer bij. Voeg ze samen, of haal er een weg.")
        raise Invalid(message, field="file")


def _row(subject: Subject, name: str, content_type: str, actor: Actor) -> Attachment:
    is_application = isinstance(subject, SubsidyApplication)
    person = person_of(actor)
    return Attachment(
        application_id=subject.id if is_application else None,
        final_report_id=None if is_application else subject.id,
        file_name=name,
        content_type=content_type,
        added_by_id=person.id if person else None,
    )
