"""Signing in and out, and the throttle that slows guessing down.

Checking a password takes long, so signing in has two short transactions with the check between
them: `begin_attempt`, `passwords.matches`, `finish_attempt`. All times here are real ones.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.people import OneTimeLink, Person, SignInAttempt, UserSession
from vpt_regio.services import audit, sessions

WINDOW = timedelta(minutes=15)
MAX_PER_ACCOUNT_AND_ADDRESS = 10
MAX_PER_ADDRESS = 50
THROTTLE_LOCK = 7_270_512  # an arbitrary number: the advisory lock of the throttle on PostgreSQL


class TooManyAttempts(DomainError):
    """Guessing goes too fast; only this account from this address has to wait."""

    code = "too_many_attempts"
    status = 429


NO_MATCH = N_("Dit e-mailadres en dit wachtwoord horen niet bij elkaar.")
WRONG_PASSWORD = N_("Dit is niet uw huidige wachtwoord.")


@dataclass(frozen=True)
class Attempt:
    """An attempt that counts as failed until it succeeds; `stored_hash` is what to compare with."""

    email: str
    address: str
    ids: tuple[int, ...]
    stored_hash: str | None


def normal_email(email: str) -> str:
    """Return an address as it is stored: people type capitals and spaces."""
    return email.strip().lower()


def begin_attempt(email: str, *, address: str) -> Attempt:
    """Count an attempt before it is made, so that many at once cannot slip through.

    `address` is the network address of the visitor. Raises TooManyAttempts.
    """
    email = normal_email(email)
    ids = count_attempt(
        {
            throttle_key(email, address): MAX_PER_ACCOUNT_AND_ADDRESS,
            throttle_key("", address): MAX_PER_ADDRESS,
        }
    )
    person = find_person(email)
    stored = person.password_hash if person and person.is_active else None
    return Attempt(email=email, address=address, ids=ids, stored_hash=stored)


def finish_attempt(
    attempt: Attempt, *, is_right: bool, previous: UserSession | None = None
) -> str | None:
    """Start a session and return its token, or write down that the attempt was refused.

    `previous` is the session that the browser still had: it ends. An account that was closed or
    got another password since the attempt began is refused too.
    """
    person = find_person(attempt.email)
    if not (is_right and person and _is_unchanged(person, attempt)):
        _record_refusal(attempt, person)
        return None
    _take_back(attempt)
    if previous is not None:
        sessions.end_session(previous, reason="signed_in_again")
    person.last_sign_in_at = clock.real_now()
    audit.record("person.signed_in", person, actor=person, details={"address": attempt.address})
    return sessions.start_session(person)


def change_password(attempt: Attempt, *, password_hash: str) -> str:
    """Store another password, end every session and return the token of a new one.

    For whoever gave the old password in this attempt. Raises WrongState when the account changed
    in the meantime.
    """
    person = find_person(attempt.email)
    if person is None or not _is_unchanged(person, attempt):
        raise WrongState(N_("Uw account is intussen gewijzigd. Log opnieuw in."))
    _take_back(attempt)
    store_password(person, password_hash=password_hash)
    sessions.end_sessions_of(person, reason="password_changed")
    audit.record("person.password_changed", person, actor=person)
    return sessions.start_session(person)


def store_password(person: Person, *, password_hash: str) -> None:
    """Give a person a password, by its hash; open one-time links lose their use."""
    person.password_hash = password_hash
    person.password_set_at = clock.real_now()
    void_links(person)


def void_links(person: Person) -> None:
    """Take away the use of every open link of a person."""
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.real_now())
    )


def sign_out(session: UserSession) -> None:
    """End a session for good."""
    if session.ended_at is None:
        sessions.end_session(session, reason="signed_out")
        audit.record("person.signed_out", session.person, actor=session.person)


def find_person(email: str) -> Person | None:
    """Return the person with an e-mail address, active or not."""
    return db.session.scalar(select(Person).where(Person.email == normal_email(email)))


def count_attempt(limits: dict[str, int]) -> tuple[int, ...]:
    """Count one attempt under every key; raise TooManyAttempts when a key is at its limit.

    Returns the ids of the counted attempts, to take them back when the attempt was right.
    """
    now = clock.real_now()
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(THROTTLE_LOCK)))
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.attempted_at < now - WINDOW))
    for key, limit in limits.items():
        made = db.session.scalar(select(func.count()).where(SignInAttempt.key == key)) or 0
        if made >= limit:
            raise TooManyAttempts(
                N_("U hebt dit te vaak geprobeerd. Wacht 15 minuten en probeer het dan opnieuw.")
            )
    attempts = [SignInAttempt(key=key, attempted_at=now) for key in limits]
    db.session.add_all(attempts)
    db.session.flush()
    return tuple(attempt.id for attempt in attempts)


def throttle_key(account: str, address: str) -> str:
    """Return the key under which attempts are counted; it tells neither account nor address."""
    return hashlib.sha256(f"{account}|{address}".encode()).hexdigest()


def _take_back(attempt: Attempt) -> None:
    """Forget an attempt that was right, and the failures before it."""
    key = throttle_key(attempt.email, attempt.address)
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.id.in_(attempt.ids) | (SignInAttempt.key == key))
    )


def _is_unchanged(person: Person, attempt: Attempt) -> bool:
    return person.is_active and person.password_hash == attempt.stored_hash


def _record_refusal(attempt: Attempt, person: Person | None) -> None:
    # an unknown account leaves the same trace, about the attempt itself
    subject = person or db.session.get(SignInAttempt, attempt.ids[0])
    if subject is not None:
        audit.record(
            "person.sign_in_refused", subject, actor=None, details={"address": attempt.address}
        )
