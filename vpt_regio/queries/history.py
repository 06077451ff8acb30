"""The history of records: entries of the audit record with their particulars."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry


def list_history(*subjects: Any, limit: int = 200) -> list[AuditEntry]:
    """Return the entries about these records, newest first; serves the history on each page."""
    keys = [(subject.__tablename__, str(subject.id)) for subject in subjects]
    return list_history_of(keys, limit=limit)


def list_history_of(keys: Iterable[tuple[str, str]], *, limit: int = 200) -> list[AuditEntry]:
    """Return the entries about records by (table name, id), newest first."""
    conditions = [
        (AuditEntry.subject_type == kind) & (AuditEntry.subject_id == number)
        for kind, number in keys
    ]
    if not conditions:
        return []
    query = (
        select(AuditEntry)
        .where(or_(*conditions))
        .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))
