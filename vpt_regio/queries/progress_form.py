"""What a progress form shows beside the report: appointments, hours and bookings, by region."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.periods import reports_on


def members_in(region: Region, period: ReportingPeriod) -> list[int]:
    """Return the region and what went up in it by the end of a half-year, or by today."""
    return branch_of(region.id, day=min(period.ends_on, clock.today()))


def appointments_in(region: Region, period: ReportingPeriod) -> list[ProjectLeaderAppointment]:
    """Return the appointments that hold on a day of a half-year, by name."""
    query = (
        select(ProjectLeaderAppointment)
        .join(ProjectLeaderAppointment.person)
        .where(
            ProjectLeaderAppointment.region_id.in_(members_in(region, period)),
            ProjectLeaderAppointment.starts_on <= period.ends_on,
            or_(
                ProjectLeaderAppointment.ends_on.is_(None),
                ProjectLeaderAppointment.ends_on >= period.starts_on,
            ),
        )
        .options(
            joinedload(ProjectLeaderAppointment.person),
            joinedload(ProjectLeaderAppointment.region),
        )
        .order_by(Person.name, ProjectLeaderAppointment.starts_on, ProjectLeaderAppointment.id)
    )
    return list(db.session.scalars(query))


def hours_in(region: Region, period: ReportingPeriod) -> list[HoursEntry]:
    """Return the weeks with hours of which the Thursday lies in a half-year."""
    query = (
        select(HoursEntry)
        .join(HoursEntry.appointment)
        .where(
            ProjectLeaderAppointment.region_id.in_(members_in(region, period)),
            HoursEntry.thursday_on.between(period.starts_on, period.ends_on),
        )
        .order_by(HoursEntry.appointment_id, HoursEntry.thursday_on)
    )
    return list(db.session.scalars(query))


def expenditures_in(region: Region, period: ReportingPeriod) -> list[Expenditure]:
    """Return what was booked in a half-year, the oldest first."""
    query = (
        select(Expenditure)
        .where(
            Expenditure.region_id.in_(members_in(region, period)),
            Expenditure.booked_on.between(period.starts_on, period.ends_on),
        )
        .order_by(Expenditure.booked_on, Expenditure.id)
    )
    return list(db.session.scalars(query))


def account_managers_of(region: Region) -> list[str]:
    """Return the names of the account managers of a region today."""
    today = clock.today()
    query = (
        select(Person.name)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role == Role.ACCOUNT_MANAGER,
            RoleAssignment.region_id == region.id,
            RoleAssignment.starts_on <= today,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
            Person.is_active,
        )
        .distinct()
        .order_by(Person.name)
    )
    return list(db.session.scalars(query))


def reporting_regions(period: ReportingPeriod) -> list[Region]:
    """Return the regions of which a report on a half-year is asked, by name."""
    query = (
        select(Region)
        .where(Region.programme_id == period.programme_id, reports_on(period))
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))
