"""People with roles."""

from datetime import date
from itertools import count

from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region

_numbers = count(1)
LONG_AGO = date(2010, 1, 1)


def make_person(
    programme: Programme,
    role: Role | None = None,
    *,
    region: Region | None = None,
    email: str | None = None,
    name: str | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> Person:
    number = next(_numbers)
    person = Person(email=email or f"persoon{number}@vpt.example", name=name or f"Persoon {number}")
    db.session.add(person)
    db.session.flush()
    if role is not None:
        give_role(
            person, role, programme=programme, region=region, starts_on=starts_on, ends_on=ends_on
        )
    return person


def give_role(
    person: Person,
    role: Role,
    *,
    programme: Programme,
    region: Region | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> RoleAssignment:
    assignment = RoleAssignment(
        person=person,
        role=role,
        programme_id=programme.id,
        region_id=region.id if region else None,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment
