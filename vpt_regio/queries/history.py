"""The history of records: entries of the audit record with their particulars."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person

# a review is the reviewer's until the plan is returned or decided on; what it leads to (remarks,
# scores, a decision) then shows by itself
REVIEW_ACTIONS = (
    "action_plan.remark_made",
    "action_plan.remark_withdrawn",
    "action_plan.exemption_judged",
    "action_plan.duties_scored",
    "action_plan.sufficiency_checked",
    "decision.requested",
    "decision.request_returned",
    "remark.settle",
    "remark.reopen",
)


def list_history(*subjects: Any, limit: int = 200) -> list[AuditEntry]:
    """Return the entries about these records, newest first; serves the history on each page."""
    keys = [(subject.__tablename__, str(subject.id)) for subject in subjects]
    return list_history_of(keys, limit=limit)


def list_history_since(subject: Any, first_action: str) -> list[AuditEntry]:
    """Return the entries about a record from its making on, newest first.

    SQLite may give the number of a record that was taken out to a later one; what the audit
    record says of the former is not said of the latter.
    """
    entries = list_history(subject)
    starts = (place for place, one in enumerate(entries) if one.action == first_action)
    return entries[: next(starts, len(entries)) + 1]


def list_history_of(
    keys: Iterable[tuple[str, str]], *, limit: int = 200, without: Collection[str] = ()
) -> list[AuditEntry]:
    """Return the entries about records by (table name, id), newest first, without some actions."""
    conditions = [
        (AuditEntry.subject_type == kind) & (AuditEntry.subject_id == number)
        for kind, number in keys
    ]
    if not conditions:
        return []
    query = (
        select(AuditEntry)
        .where(or_(*conditions), AuditEntry.action.not_in(without))
        .options(joinedload(AuditEntry.actor), joinedload(AuditEntry.detail))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def has_done(person: Person, actions: Collection[str], *subjects: Any) -> bool:
    """Return whether a person ever did one of these things with one of these records."""
    query = select(AuditEntry.seq).where(
        or_(
            *(
                (AuditEntry.subject_type == subject.__tablename__)
                & (AuditEntry.subject_id == str(subject.id))
                for subject in subjects
            )
        ),
        AuditEntry.actor_id == person.id,
        AuditEntry.action.in_(actions),
    )
    return db.session.scalars(query.order_by(AuditEntry.seq).limit(1)).first() is not None
