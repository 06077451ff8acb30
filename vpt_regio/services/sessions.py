"""Sessions live in the database: the cookie carries a random token, the row only its hash.

All times here are real ones: a pinned reference day must not shorten or lengthen a session.
"""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.people import Person, UserSession

IDLE_LIMIT = timedelta(hours=1)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(minutes=1)


def new_token() -> tuple[str, str]:
    """Return a random token of 256 bits and the hash to store of it."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(person: Person) -> str:
    """Start a session and return the token for the cookie."""
    token, token_hash = new_token()
    now = clock.real_now()
    db.session.add(
        UserSession(token_hash=token_hash, person_id=person.id, started_at=now, seen_at=now)
    )
    db.session.flush()
    return token


def find_session(token: str) -> UserSession | None:
    """Return the session of a token, ended or not."""
    query = (
        select(UserSession)
        .options(joinedload(UserSession.person).joinedload(Person.roles))
        .where(UserSession.token_hash == hash_token(token))
    )
    return db.session.scalars(query).unique().one_or_none()


def is_alive(session: UserSession) -> bool:
    """Return whether a session may still be used by its person."""
    now = clock.real_now()
    return (
        session.ended_at is None
        and session.person.is_active
        and now - session.seen_at <= IDLE_LIMIT
        and now - session.started_at <= ABSOLUTE_LIMIT
    )


def needs_touch(session: UserSession) -> bool:
    return clock.real_now() - session.seen_at > TOUCH_INTERVAL


def touch(session: UserSession) -> None:
    """Write down that a session is in use."""
    session.seen_at = clock.real_now()


def end_session(session: UserSession, *, reason: str) -> None:
    """End one session, for good."""
    if session.ended_at is None:
        session.ended_at = clock.real_now()
        session.end_reason = reason


def end_sessions_of(person: Person, *, reason: str, keep: UserSession | None = None) -> int:
    """End every running session of a person but one; return how many ended."""
    running = db.session.scalars(
        select(UserSession)
        .where(UserSession.person_id == person.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.id)
    ).all()
    ended = [session for session in running if keep is None or session.id != keep.id]
    for session in ended:
        end_session(session, reason=reason)
    return len(ended)
