"""One-time links for a first and for a forgotten password: used once, soon expired, hashed.

`link_to` turns a token into the address of the page where it is used. Times are real ones.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from vpt_regio import clock, outbox
from vpt_regio.domain.text import N_
from vpt_regio.errors import WrongState
from vpt_regio.extensions import db
from vpt_regio.models.people import OneTimeLink, Person
from vpt_regio.services import audit, sessions
from vpt_regio.services.sign_in import (
    count_attempt,
    find_person,
    normal_email,
    store_password,
    throttle_key,
    void_links,
)

VALID_FOR = timedelta(minutes=30)
FIRST_VALID_FOR = timedelta(days=7)
MAX_REQUESTS_PER_ACCOUNT = 3
MAX_REQUESTS_PER_ADDRESS = 20

LinkTo = Callable[[str], str]

MAIL_SUBJECT = "Uw wachtwoord voor VPT Regio"
MAIL_TEXT = """Beste {name},

Met deze link kiest u een wachtwoord voor VPT Regio:

{url}

U kunt de link één keer gebruiken. De link werkt {term}.
Hebt u hier niet om gevraagd? Dan hoeft u niets te doen.
"""


def request_link(email: str, *, address: str, link_to: LinkTo) -> None:
    """Mail a link to whoever has this address; nothing tells whether anybody has.

    `address` is the network address of the visitor. Raises TooManyAttempts.
    """
    account = f"link:{normal_email(email)}"
    count_attempt(
        {
            throttle_key(account, address): MAX_REQUESTS_PER_ACCOUNT,
            throttle_key("link:", address): MAX_REQUESTS_PER_ADDRESS,
        }
    )
    person = find_person(email)
    if person is None or not person.is_active:
        return
    audit.record("person.link_requested", person, actor=None, details={"address": address})
    _mail(person, _add_link(person), link_to)


def send_link(person: Person, *, link_to: LinkTo, actor: Person | None) -> None:
    """Mail a link on behalf of an administrator, who checked the right to do so."""
    _mail(person, make_link(person, actor=actor), link_to)


def make_link(person: Person, *, actor: Person | None) -> str:
    """Make a link and return its token; raises WrongState for a closed account."""
    if not person.is_active:
        raise WrongState(N_("Dit account is gesloten. Open het account eerst weer."))
    audit.record("person.link_made", person, actor=actor)
    return _add_link(person)


def find_link(token: str) -> OneTimeLink | None:
    """Return the link of a token if it can still be used."""
    link = db.session.scalar(
        select(OneTimeLink).where(OneTimeLink.token_hash == sessions.hash_token(token))
    )
    return link if link is not None and _is_usable(link) else None


def use_link(token: str, *, password_hash: str) -> None:
    """Give the person of a link the password, end their sessions and use the link up.

    Raises WrongState when the link was used, replaced or expired.
    """
    claimed = db.session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.token_hash == sessions.hash_token(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.real_now(),
        )
        .values(used_at=clock.real_now())
        .returning(OneTimeLink.person_id)
    ).scalar()
    person = db.session.get(Person, claimed) if claimed else None
    if person is None or not person.is_active:
        raise WrongState(N_("Deze link werkt niet meer. Vraag een nieuwe link aan."))
    store_password(person, password_hash=password_hash)
    sessions.end_sessions_of(person, reason="password_changed")
    audit.record("person.password_changed", person, actor=person)


def _add_link(person: Person) -> str:
    void_links(person)
    token, token_hash = sessions.new_token()
    now = clock.real_now()
    expires_at = now + (VALID_FOR if person.password_hash else FIRST_VALID_FOR)
    db.session.add(
        OneTimeLink(token_hash=token_hash, person_id=person.id, made_at=now, expires_at=expires_at)
    )
    db.session.flush()
    return token


def _mail(person: Person, token: str, link_to: LinkTo) -> None:
    term = "30 minuten" if person.password_hash else "7 dagen"
    outbox.post(
        person.email,
        subject=MAIL_SUBJECT,
        body=MAIL_TEXT.format(name=person.name, url=link_to(token), term=term),
    )


def _is_usable(link: OneTimeLink) -> bool:
    return link.used_at is None and link.expires_at > clock.real_now() and link.person.is_active
