"""The append-only, hash-chained record of what happened.

Every entry's hash covers the entry and the hash before it, so a changed, removed or reordered
entry breaks the chain. Particulars stand apart under a salted digest and can be erased.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from vpt_regio import clock
from vpt_regio.database import writing
from vpt_regio.domain.roles import APPLICANT
from vpt_regio.extensions import db
from vpt_regio.models.audit import AuditDetail, AuditEntry
from vpt_regio.policies import Actor, LinkHolder, person_of

GENESIS = "0" * 64
CHAIN_LOCK = 7_270_511  # an arbitrary number: the advisory lock of the chain on PostgreSQL

_operator: ContextVar[str] = ContextVar("operator", default="")


@dataclass(frozen=True)
class BrokenEntry:
    """The first entry that does not agree with the chain."""

    seq: int
    problem: str


@contextmanager
def operated_by(operator: str) -> Iterator[None]:
    """Name the operator of a command that acts on behalf of a person."""
    token = _operator.set(operator)
    try:
        yield
    finally:
        _operator.reset(token)


def record(
    action: str,
    subject: Any,
    *,
    actor: Actor | None,
    role: str | None = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry to the chain, in the transaction of the change itself.

    `subject` is a flushed model; `details` holds plain values, such as before, after, reason.
    Of the holder of a link they also keep the name, and which link it was.
    """
    if not writing.get():
        raise RuntimeError("an audit entry belongs in a unit of work")
    session = db.session()
    session.flush()
    seq, previous = _head(session)
    payload = _plain({**(details or {}), **_link_of(actor)})
    person = person_of(actor)
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        seq=seq + 1,
        at=clock.now().replace(microsecond=0),
        actor_id=person.id if person else None,
        actor_role=APPLICANT if isinstance(actor, LinkHolder) else str(role or ""),
        operator=_operator.get(),
        action=action,
        subject_type=subject.__tablename__,
        subject_id=str(subject.id),
        region_id=_region_of(subject),
        digest=_digest(salt, payload),
        previous_hash=previous,
    )
    entry.hash = chain_hash(entry)
    session.add(entry)
    session.flush()
    session.add(AuditDetail(seq=entry.seq, salt=salt, details=payload))
    session.flush()
    place = session.get_transaction(), session.get_nested_transaction()
    session.info["audit_head"] = (*place, entry.seq, entry.hash)
    return entry


def verify(session: Session) -> BrokenEntry | None:
    """Walk the chain; return the first broken entry, or None when all is well."""
    previous, expected = GENESIS, 1
    query = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)
    details = {
        row.seq: (row.salt, row.details)
        for row in session.execute(select(AuditDetail.seq, AuditDetail.salt, AuditDetail.details))
    }
    with session.execute(query) as rows:
        for entry in rows.scalars():
            problem = _problem(entry, previous, expected, details.get(entry.seq))
            if problem:
                return BrokenEntry(entry.seq, problem)
            previous, expected = entry.hash, expected + 1
    return None


def chain_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 over everything an entry says and the hash before it."""
    fields = [
        entry.seq,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_role,
        entry.operator,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.region_id,
        entry.digest,
        entry.previous_hash,
    ]
    return hashlib.sha256(_canonical(fields)).hexdigest()


def _problem(
    entry: AuditEntry, previous: str, expected: int, detail: tuple[str, dict[str, Any]] | None
) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.previous_hash != previous:
        return "does not follow the entry before it"
    if entry.hash != chain_hash(entry):
        return "was changed"
    if detail is not None and _digest(*detail) != entry.digest:
        return "its particulars were changed"
    return ""


def _head(session: Session) -> tuple[int, str]:
    """Return the last number and hash, remembered within one transaction.

    What was recorded below a savepoint may be undone with it: it counts there only.
    """
    known = session.info.get("audit_head")
    if known and known[0] is session.get_transaction():
        _, savepoint, seq, last_hash = known
        if savepoint is None or savepoint is session.get_nested_transaction():
            return seq, last_hash
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def _link_of(actor: Actor | None) -> dict[str, Any]:
    return {"by": actor.name, "link": actor.link_id} if isinstance(actor, LinkHolder) else {}


def _region_of(subject: Any) -> int | None:
    regions = getattr(subject, "region_ids", None) or ()
    return next(iter(regions)) if len(regions) == 1 else None


def _digest(salt: str, details: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + _canonical(details)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in details.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(part) for part in value]
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, str | int | float | bool) or value is None:
        return str(value) if isinstance(value, str) else value
    return str(value)
