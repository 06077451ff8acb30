"""Messages to the people who hold a role in a region, or in the whole programme, today."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select

from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.regions import Region
from vpt_regio.outbox import page_address, post
from vpt_regio.policies import Actor, person_of
from vpt_regio.queries.lineage import family_of


def list_holders(role: Role, region: Region) -> list[Person]:
    """Return who holds a role for a region, or one merged with it, today; no closed accounts."""
    place = or_(
        RoleAssignment.region_id.in_(family_of(region.id)), RoleAssignment.region_id.is_(None)
    )
    return _holding(role, region.programme_id, place)


def tell(
    role: Role, region: Region, *, subject: str, message: str, path: str, actor: Person
) -> int:
    """Send everyone with a role in a region a message with a link, except who did it.

    Returns how many messages wait in the outbox; they leave after the commit.
    """
    people = list_holders(role, region)
    return _post_to(people, subject=subject, message=message, path=path, actor=actor)


def tell_officers(programme_id: int, *, subject: str, message: str, path: str, actor: Actor) -> int:
    """Send the policy officers of a programme a message with a link, except who did it.

    Returns how many messages wait in the outbox; they leave after the commit.
    """
    people = _holding(Role.POLICY_OFFICER, programme_id, RoleAssignment.region_id.is_(None))
    return _post_to(people, subject=subject, message=message, path=path, actor=person_of(actor))


def _holding(role: Role, programme_id: int, place: ColumnElement[bool]) -> list[Person]:
    day = clock.today()
    query = (
        select(Person)
        .join(Person.roles)
        .where(
            Person.is_active,
            RoleAssignment.role == role,
            RoleAssignment.programme_id == programme_id,
            place,
            RoleAssignment.starts_on <= day,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= day),
        )
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return list(db.session.scalars(query))


def _post_to(
    people: Iterable[Person], *, subject: str, message: str, path: str, actor: Person | None
) -> int:
    others = [person for person in people if actor is None or person.id != actor.id]
    for person in others:
        body = f"Beste {person.name},\n\n{message}\n\nBekijk het hier: {page_address(path)}\n"
        post(person.email, subject=subject, body=body)
    return len(others)
