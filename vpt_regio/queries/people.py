"""People, their roles and their mandates."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, inspect, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.models.people import Mandate, Person, RoleAssignment, UserSession
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region

# a name under this ending can belong to nobody (RFC 2606), so it marks a demonstration account
DEMO_ENDING = ".example"


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people is narrowed down to; None means all."""

    text: str = ""
    role: Role | None = None
    region_id: int | None = None
    is_active: bool | None = None


def get_person(person_id: int) -> Person | None:
    """Return a person with roles and their regions; serves the page of a person."""
    return db.session.scalars(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles).joinedload(RoleAssignment.region))
    ).first()


def list_people(wanted: PeopleFilter, *, on: date) -> list[Person]:
    """Return the people by name, with their roles; a role or region counts when held on a day."""
    query = (
        select(Person)
        .options(selectinload(Person.roles).joinedload(RoleAssignment.region))
        .order_by(Person.name, Person.id)
    )
    if wanted.text:
        text = wanted.text.lower()
        query = query.where(
            or_(
                func.lower(Person.name).contains(text, autoescape=True),
                Person.email.contains(text, autoescape=True),
            )
        )
    if wanted.is_active is not None:
        query = query.where(Person.is_active == wanted.is_active)
    if wanted.role is not None or wanted.region_id is not None:
        query = query.where(Person.roles.any(_held(wanted, on)))
    return list(db.session.scalars(query))


def list_persons_by_name() -> list[Person]:
    """Return everybody, for a list to choose from."""
    return list(db.session.scalars(select(Person).order_by(Person.name, Person.id)))


def get_role(person_id: int, role_id: int) -> RoleAssignment | None:
    """Return a role of this person."""
    return db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.id == role_id, RoleAssignment.person_id == person_id)
        .options(joinedload(RoleAssignment.person), joinedload(RoleAssignment.region))
    ).first()


def get_mandate(mandate_id: int) -> Mandate | None:
    return db.session.scalars(
        select(Mandate).where(Mandate.id == mandate_id).options(joinedload(Mandate.person))
    ).first()


def list_mandates(programme: Programme) -> list[Mandate]:
    """Return every mandate that was ever given, the newest first."""
    return list(
        db.session.scalars(
            select(Mandate)
            .where(Mandate.programme_id == programme.id)
            .options(joinedload(Mandate.person), joinedload(Mandate.stands_in_for))
            .order_by(Mandate.starts_on.desc(), Mandate.id.desc())
        )
    )


def list_mandates_of(person: Person) -> list[Mandate]:
    """Return the mandates of a person, the newest first."""
    return list(
        db.session.scalars(
            select(Mandate)
            .where(Mandate.person_id == person.id)
            .order_by(Mandate.starts_on.desc(), Mandate.id.desc())
        )
    )


def list_region_choices(programme: Programme) -> list[Region]:
    """Return every region by name, for a list to choose from."""
    return list(
        db.session.scalars(
            select(Region)
            .where(Region.programme_id == programme.id)
            .order_by(Region.name, Region.id)
        )
    )


def get_region_choice(region_id: int | None) -> Region | None:
    """Return the region that was chosen in a list, if any."""
    return db.session.get(Region, region_id) if region_id else None


def find_region(programme: Programme, code: str) -> Region | None:
    """Return the region with a code, for the command line."""
    return db.session.scalars(
        select(Region).where(Region.programme_id == programme.id, Region.code == code)
    ).first()


def count_running_sessions(person: Person) -> int:
    """Return how many sessions of a person were not ended; some may have timed out."""
    query = select(func.count()).where(
        UserSession.person_id == person.id, UserSession.ended_at.is_(None)
    )
    return db.session.scalar(query) or 0


def list_messages(*, limit: int = 200) -> list[OutboxMessage]:
    """Return the newest messages of the outbox."""
    return list(
        db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(limit))
    )


def get_message(message_id: int) -> OutboxMessage | None:
    return db.session.get(OutboxMessage, message_id)


def has_demo_accounts() -> bool:
    """Return whether an open account of the demonstration is present.

    A database without tables has none: the first migration still has to run.
    """
    if not inspect(db.engine).has_table(Person.__tablename__):
        return False
    is_demo = and_(Person.is_active, Person.email.endswith(DEMO_ENDING))
    return bool(db.session.scalar(select(exists().where(is_demo))))


def _held(wanted: PeopleFilter, on: date) -> ColumnElement[bool]:
    conditions = [
        RoleAssignment.starts_on <= on,
        or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= on),
    ]
    if wanted.role is not None:
        conditions.append(RoleAssignment.role == wanted.role)
    if wanted.region_id is not None:
        conditions.append(RoleAssignment.region_id == wanted.region_id)
    return and_(*conditions)
