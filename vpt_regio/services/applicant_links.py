"""Links by which an applicant, who has no account, reaches one application.

The token stands in the address only: stored is its hash. `link_to` turns a token into the address
of the page where it is used. Times are real ones.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from vpt_regio import clock, outbox, policies
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicantLink, SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.policies import LinkHolder
from vpt_regio.services import audit, sessions
from vpt_regio.services.people import EMAIL, MAX_EMAIL_LENGTH
from vpt_regio.services.sign_in import count_attempt, normal_email, throttle_key

LinkTo = Callable[[str], str]

MAX_WRONG_PER_ADDRESS = 50
LONGEST_REASON = 200
REPLACED = N_("er is een nieuwe link gemaakt")

MAIL_SUBJECT = "Uw subsidieaanvraag in VPT Regio"
MAIL_TEXT = """Geachte heer, mevrouw,

Met deze link kunt u de subsidieaanvraag van {organisation} bekijken en bewerken:

{url}

De link werkt tot {until}. U hebt geen account nodig.
Wie deze link heeft, kan bij uw aanvraag. Geef de link daarom alleen aan wie eraan meewerkt.
Werkt de link niet meer? Vraag dan een nieuwe link aan bij het ministerie.
"""


class LinkGone(DomainError):
    """The link is unknown, expired, or ended: which of these, nobody is told."""

    code = "link_gone"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            N_("Deze link werkt niet meer. Vraag een nieuwe link aan bij het ministerie.")
        )


def make_link(
    application: SubsidyApplication,
    *,
    email: str,
    valid_until: datetime,
    link_to: LinkTo,
    actor: Person,
) -> str:
    """Mail an applicant a link, end the links before it, and return its token.

    Raises NotAllowed, or Invalid for an address or a moment that cannot be.
    """
    role = policies.require(actor, Permission.APPLICATION_RECORD, application)
    email = normal_email(email)
    raise_all(_problems(email, valid_until))
    # first the record: it makes whoever does the same at once wait, and end this link
    audit.record(
        "subsidy_application.link_made",
        application,
        actor=actor,
        role=role,
        details={"email": email, "until": _moment(valid_until)},
    )
    for earlier in _open_links(application):
        _end(earlier, REPLACED)
    token, token_hash = sessions.new_token()
    db.session.add(
        ApplicantLink(
            token_hash=token_hash,
            application_id=application.id,
            email=email,
            made_at=clock.real_now(),
            made_by_id=actor.id,
            expires_at=valid_until,
        )
    )
    db.session.flush()
    _mail(application, email, link_to(token), valid_until)
    return token


def end_link(link: ApplicantLink, *, reason: str, actor: Person) -> None:
    """End a link before its time; raises NotAllowed, Invalid without a reason, or WrongState."""
    role = policies.require(actor, Permission.APPLICATION_RECORD, link.application)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(N_("Vul een reden in van hoogstens 200 tekens."), field="reason")
    if link.ended_at is not None:
        raise WrongState(N_("Deze link is al beëindigd."))
    _end(link, reason)
    audit.record(
        "subsidy_application.link_ended",
        link.application,
        actor=actor,
        role=role,
        details={"email": link.email, "reason": reason},
    )


def find_applicant_link(token: str) -> ApplicantLink | None:
    """Return the link of a token, if it can be used now."""
    return db.session.scalar(
        select(ApplicantLink).where(
            ApplicantLink.token_hash == sessions.hash_token(token),
            ApplicantLink.ended_at.is_(None),
            ApplicantLink.expires_at > clock.real_now(),
        )
    )


def require_link(token: str) -> ApplicantLink:
    """Return the link of a token; raise LinkGone when it cannot be used (any more)."""
    link = find_applicant_link(token)
    if link is None:
        raise LinkGone
    return link


def count_wrong_token(address: str) -> None:
    """Count that a network address came with a token that leads nowhere.

    Raises TooManyAttempts when it does so all the time. Whoever has a right link is never held up
    by others at the same address: a token is too long to be guessed.
    """
    count_attempt({throttle_key("applicant_link:", address): MAX_WRONG_PER_ADDRESS})


def holder_of(link: ApplicantLink) -> LinkHolder:
    """Return who acts by a link."""
    return LinkHolder(
        application_id=link.application_id,
        link_id=link.id,
        name=link.application.organisation_name,
    )


def _open_links(application: SubsidyApplication) -> list[ApplicantLink]:
    query = select(ApplicantLink).where(
        ApplicantLink.application_id == application.id, ApplicantLink.ended_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(ApplicantLink.id)))


def _end(link: ApplicantLink, reason: str) -> None:
    link.ended_at, link.end_reason = clock.real_now(), reason


def _problems(email: str, valid_until: datetime) -> list[DomainError]:
    errors: list[DomainError] = []
    if len(email) > MAX_EMAIL_LENGTH or not EMAIL.fullmatch(email):
        message = N_("Vul een e-mailadres in, bijvoorbeeld naam@organisatie.nl.")
        errors.append(Invalid(message, field="email"))
    if valid_until <= clock.real_now():
        message = N_("Kies een moment dat nog komt: tot dan werkt de link.")
        errors.append(Invalid(message, field="valid_until"))
    return errors


def _mail(application: SubsidyApplication, email: str, url: str, valid_until: datetime) -> None:
    outbox.post(
        email,
        subject=MAIL_SUBJECT,
        body=MAIL_TEXT.format(
            organisation=application.organisation_name, url=url, until=_moment(valid_until)
        ),
    )


def _moment(at: datetime) -> str:
    return at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
