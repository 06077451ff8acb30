"""Project leaders of a region: who, when, for how many hours, and when there was nobody."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.gaps import Stretch, gaps
from vpt_regio.domain.rules.joint_norm import joint_weekly_norm
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import in_force_on
from vpt_regio.queries.hours_corrections import corrected_thursdays
from vpt_regio.queries.hours_norm import norm_terms
from vpt_regio.queries.lineage import branch_of

QUARTERS_IN_HOUR = 4


@dataclass(frozen=True)
class Staffing:
    """The hours a week on a day against the norm of the region, in quarters of an hour.

    `norm` is None when no covenant is in force or its norm is not known. `without_leader` are the
    stretches within the covenant, up to that day, in which no leader or deputy was appointed.
    """

    quarters: int
    norm: Fraction | None
    without_leader: list[Stretch]

    @property
    def is_below_norm(self) -> bool:
        return self.norm is not None and self.quarters < self.norm


def list_appointments(region: Region) -> list[ProjectLeaderAppointment]:
    """Return the appointments in a region and what went up in it, the latest start first."""
    query = (
        select(ProjectLeaderAppointment)
        .where(ProjectLeaderAppointment.region_id.in_(branch_of(region.id)))
        .options(joinedload(ProjectLeaderAppointment.person))
        .order_by(ProjectLeaderAppointment.starts_on.desc(), ProjectLeaderAppointment.id.desc())
    )
    return list(db.session.scalars(query))


def find_appointment(region: Region, appointment_id: int) -> ProjectLeaderAppointment | None:
    """Return an appointment of this region, or None."""
    return db.session.scalar(
        select(ProjectLeaderAppointment).where(
            ProjectLeaderAppointment.id == appointment_id,
            ProjectLeaderAppointment.region_id.in_(branch_of(region.id)),
        )
    )


def list_own_appointments(region: Region, person: Person) -> list[ProjectLeaderAppointment]:
    """Return the appointments of one person in a region, the latest start first."""
    return [found for found in list_appointments(region) if found.person_id == person.id]


def list_project_leaders(region: Region, *, day: date) -> list[Person]:
    """Return who holds the role of project leader in a region on a day or later, by name."""
    query = (
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role == Role.PROJECT_LEADER,
            RoleAssignment.region_id.in_(branch_of(region.id)),
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= day),
            Person.is_active,
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return list(db.session.scalars(query))


def staffing_on(
    region: Region,
    appointments: list[ProjectLeaderAppointment],
    covenants: list[Covenant],
    day: date,
) -> Staffing:
    """Compare appointments with the covenants of a region on a day.

    Both were read before, the covenants in the order of signature.
    """
    present = [
        found
        for found in appointments
        if found.starts_on <= day and (found.ends_on is None or found.ends_on >= day)
    ]
    in_force = [covenant for covenant in covenants if in_force_on(covenant, day)]
    terms = [norm_terms(covenants, region_id=member) for member in branch_of(region.id, day=day)]
    norm = joint_weekly_norm(terms, day)
    return Staffing(
        quarters=sum(found.quarters_per_week for found in present),
        norm=None if norm is None else norm * QUARTERS_IN_HOUR,
        without_leader=_without_leader(appointments, in_force[-1] if in_force else None, day),
    )


def booked_thursdays(appointment: ProjectLeaderAppointment) -> tuple[date, date] | None:
    """Return the Thursdays of the first and the last week with hours, or None without any."""
    first, last = db.session.execute(
        select(func.min(HoursEntry.thursday_on), func.max(HoursEntry.thursday_on)).where(
            HoursEntry.appointment_id == appointment.id
        )
    ).one()
    days = [day for day in (first, last) if day is not None] + corrected_thursdays(appointment)
    return (min(days), max(days)) if days else None


def _without_leader(
    appointments: list[ProjectLeaderAppointment], covenant: Covenant | None, day: date
) -> list[Stretch]:
    if covenant is None or covenant.signed_on is None:
        return []
    end = min(day, covenant.last_day or day)
    covered = [(found.starts_on, found.ends_on) for found in appointments]
    return gaps(covered, start=covenant.signed_on, end=end)
