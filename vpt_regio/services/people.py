"""People and their roles. Nobody changes their own roles: it takes another administrator.

`actor` is None only for the operator, at the command line.
"""

import re
from datetime import date

from sqlalchemy import or_, select

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import NATIONAL_ROLES, REGIONAL_ROLES, ROLE_LABELS, Role
from vpt_regio.domain.text import N_
from vpt_regio.errors import (
    DomainError,
    DuplicateValue,
    Invalid,
    WrongState,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services import audit, passwords, sessions
from vpt_regio.services.sign_in import find_person, normal_email, store_password, void_links
from vpt_regio.services.transitions import check_version

# enough to catch a slip of the pen; whether mail arrives shows when the link is used
EMAIL = re.compile(r"[^\s@<>()\",;:\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
MAX_EMAIL_LENGTH = 254
MAX_NAME_LENGTH = 200


def create_person(programme: Programme, *, email: str, name: str, actor: Person | None) -> Person:
    """Add somebody with an account that has no password and no role yet."""
    role = require(actor, Permission.PERSON_MANAGE, programme)
    email, name = normal_email(email), name.strip()
    raise_all(_name_problems(name) + _email_problems(email))
    person = Person(email=email, name=name)
    db.session.add(person)
    audit.record("person.created", person, actor=actor, role=role, details={"name": name})
    return person


def change_person(
    person: Person, *, email: str, name: str, actor: Person, expected_version: int | None
) -> None:
    """Change name and e-mail address; another address voids the links sent to the old one."""
    role = require(actor, Permission.PERSON_MANAGE, person)
    check_version(person, expected_version)
    email, name = normal_email(email), name.strip()
    raise_all(_name_problems(name) + _email_problems(email, of=person))
    before = {"name": person.name, "email": person.email}
    if email != person.email:
        void_links(person)
    person.email, person.name = email, name
    details = {"before": before, "after": {"name": name, "email": email}}
    audit.record("person.changed", person, actor=actor, role=role, details=details)


def give_role(
    person: Person,
    *,
    role: Role,
    region: Region | None,
    starts_on: date,
    ends_on: date | None,
    actor: Person | None,
) -> RoleAssignment:
    """Give a role from a day up to and including a day, in one region or in all of them."""
    by = require(actor, Permission.PERSON_MANAGE, person)
    _refuse_oneself(person, actor)
    if not person.is_active:
        raise WrongState(N_("Dit account is gesloten. Open het account eerst weer."))
    raise_all(
        _region_problems(role, region)
        + period_problems(starts_on, ends_on)
        + _overlap(person, role, region, starts_on, ends_on)
    )
    assignment = RoleAssignment(
        person=person,
        role=role,
        programme_id=(region.programme_id if region else get_programme().id),
        region_id=region.id if region else None,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(assignment)
    _record_role("role_given", assignment, region, actor=actor, by=by)
    return assignment


def end_role(assignment: RoleAssignment, *, ends_on: date, actor: Person) -> None:
    """Let a role end; `ends_on` is its last day.

    From that day on every session of the person ends, so that nothing of the role lingers.
    """
    person = assignment.person
    by = require(actor, Permission.PERSON_MANAGE, person)
    _refuse_oneself(person, actor)
    if assignment.ends_on is not None and assignment.ends_on < clock.today():
        raise WrongState(N_("Deze rol is al beëindigd."))
    if ends_on < assignment.starts_on:
        raise Invalid(N_("De laatste dag ligt vóór de eerste dag van de rol."), field="ends_on")
    assignment.ends_on = ends_on
    _record_role("role_ended", assignment, assignment.region, actor=actor, by=by)
    if ends_on <= clock.today():
        sessions.end_sessions_of(person, reason="role_ended")


def deactivate(
    person: Person, *, reason: str, actor: Person, expected_version: int | None = None
) -> None:
    """Close an account: every session ends at once and open links lose their use."""
    role = require(actor, Permission.PERSON_MANAGE, person)
    _refuse_oneself(person, actor)
    check_version(person, expected_version)
    if not person.is_active:
        raise WrongState(N_("Dit account is al gesloten."))
    _require_reason(reason)
    person.is_active = False
    sessions.end_sessions_of(person, reason="deactivated")
    void_links(person)
    audit.record(
        "person.deactivated", person, actor=actor, role=role, details={"reason": reason.strip()}
    )


def reactivate(
    person: Person, *, reason: str, actor: Person, expected_version: int | None = None
) -> None:
    """Open an account again; the person signs in anew."""
    role = require(actor, Permission.PERSON_MANAGE, person)
    _refuse_oneself(person, actor)
    check_version(person, expected_version)
    if person.is_active:
        raise WrongState(N_("Dit account is al open."))
    _require_reason(reason)
    person.is_active = True
    audit.record(
        "person.reactivated", person, actor=actor, role=role, details={"reason": reason.strip()}
    )


def sign_out_everywhere(person: Person, *, actor: Person) -> int:
    """End every session of a person, for a lost device or a doubt; return how many ended."""
    role = require(actor, Permission.PERSON_MANAGE, person)
    ended = sessions.end_sessions_of(person, reason="ended_by_administrator")
    audit.record("person.sessions_ended", person, actor=actor, role=role)
    return ended


def set_password(person: Person, password: str) -> None:
    """Give a person a password, by command: hashing takes long and holds the write lock."""
    raise_all(passwords.problems(password, name=person.name, email=person.email))
    store_password(person, password_hash=passwords.hash_password(password))
    audit.record("person.password_changed", person, actor=None)


def require(actor: Person | None, permission: Permission, subject: object) -> str:
    """Return the role by which the actor may do this; "" for the operator. Raises NotAllowed."""
    if actor is None:
        return ""
    return str(policies.require(actor, permission, subject))


def period_problems(starts_on: date, ends_on: date | None) -> list[DomainError]:
    """Return what is wrong with a period."""
    if ends_on is not None and ends_on < starts_on:
        return [Invalid(N_("De laatste dag ligt vóór de eerste dag."), field="ends_on")]
    return []


def _refuse_oneself(person: Person, actor: Person | None) -> None:
    if actor is not None and actor.id == person.id:
        raise Invalid(
            N_("U kunt uw eigen toegang niet wijzigen. Vraag een andere functioneel beheerder.")
        )


def _name_problems(name: str) -> list[DomainError]:
    if not name:
        return [Invalid(N_("Vul een naam in."), field="name")]
    if len(name) > MAX_NAME_LENGTH:
        return [Invalid(N_("Gebruik hoogstens 200 tekens."), field="name")]
    return []


def _email_problems(email: str, *, of: Person | None = None) -> list[DomainError]:
    if len(email) > MAX_EMAIL_LENGTH or not EMAIL.fullmatch(email):
        message = N_("Vul een e-mailadres in, bijvoorbeeld naam@organisatie.nl.")
        return [Invalid(message, field="email")]
    known = find_person(email)
    if known is not None and known is not of:
        return [DuplicateValue(N_("Dit e-mailadres is al in gebruik."), field="email")]
    return []


def _region_problems(role: Role, region: Region | None) -> list[DomainError]:
    if role in REGIONAL_ROLES and region is None:
        return [Invalid(N_("Deze rol geldt voor één regio. Kies een regio."), field="region")]
    if role in NATIONAL_ROLES and region is not None:
        message = N_("Deze rol geldt voor alle regio's. Kies geen regio.")
        return [Invalid(message, field="region")]
    return []


def _overlap(
    person: Person, role: Role, region: Region | None, starts_on: date, ends_on: date | None
) -> list[DomainError]:
    query = select(RoleAssignment.id).where(
        RoleAssignment.person_id == person.id,
        RoleAssignment.role == role,
        RoleAssignment.region_id == (region.id if region else None),
        or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= starts_on),
    )
    if ends_on is not None:
        query = query.where(RoleAssignment.starts_on <= ends_on)
    if db.session.scalars(query.limit(1)).first() is None:
        return []
    return [DuplicateValue(N_("Deze persoon heeft deze rol al in deze periode."), field="role")]


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(N_("Vul een reden in."), field="reason")


def _record_role(
    what: str, assignment: RoleAssignment, region: Region | None, *, actor: Person | None, by: str
) -> None:
    details = {
        "role": ROLE_LABELS[assignment.role],
        "starts_on": assignment.starts_on,
        "ends_on": assignment.ends_on,
    }
    if region is not None:
        what = f"regional_{what}"
        details["region"] = region.name
    audit.record(f"person.{what}", assignment.person, actor=actor, role=by, details=details)
