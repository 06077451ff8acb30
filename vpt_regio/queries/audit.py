"""The audit record as a page shows it: narrowed down, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.people import Person
from vpt_regio.policies import visible_regions

PAGE_SIZE = 50


@dataclass(frozen=True)
class AuditFilter:
    """What the record is narrowed down to; None means all.

    `kind` is the part of an action before its dot; `before_seq` starts the page after an entry.
    """

    person_id: int | None = None
    region_id: int | None = None
    kind: str = ""
    from_day: date | None = None
    until_day: date | None = None
    before_seq: int | None = None


@dataclass(frozen=True)
class AuditPage:
    """One page of the record; `next_before` leads to the older entries, None when this is all."""

    entries: list[AuditEntry]
    next_before: int | None


def list_entries(actor: Person, wanted: AuditFilter) -> AuditPage:
    """Return one page of what this person may read; a person matches as actor and as subject."""
    query = (
        select(AuditEntry)
        .options(
            joinedload(AuditEntry.actor),
            joinedload(AuditEntry.detail),
            joinedload(AuditEntry.region),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE_SIZE + 1)
    )
    regions = visible_regions(actor, Permission.AUDIT_VIEW)
    if regions is not None:
        query = query.where(AuditEntry.region_id.in_(regions))
    if wanted.person_id is not None:
        is_subject = (AuditEntry.subject_type == Person.__tablename__) & (
            AuditEntry.subject_id == str(wanted.person_id)
        )
        query = query.where((AuditEntry.actor_id == wanted.person_id) | is_subject)
    if wanted.region_id is not None:
        query = query.where(AuditEntry.region_id == wanted.region_id)
    if wanted.kind:
        query = query.where(AuditEntry.action.startswith(f"{wanted.kind}.", autoescape=True))
    if wanted.from_day is not None:
        query = query.where(AuditEntry.at >= _start_of(wanted.from_day))
    if wanted.until_day is not None:
        query = query.where(AuditEntry.at < _start_of(wanted.until_day + timedelta(days=1)))
    if wanted.before_seq is not None:
        query = query.where(AuditEntry.seq < wanted.before_seq)
    found = list(db.session.scalars(query))
    has_more = len(found) > PAGE_SIZE
    entries = found[:PAGE_SIZE]
    return AuditPage(entries, entries[-1].seq if has_more else None)


def get_last_entry() -> AuditEntry | None:
    """Return the newest entry: its number and hash stand for the whole record before it."""
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).first()


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
