"""Appointing project leaders, and changing or ending an appointment."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.gaps import overlap
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import booked_thursdays, list_appointments
from vpt_regio.queries.covenants import covenant_of, list_covenants_of
from vpt_regio.queries.lineage import branch_of, holder_of
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.region_books import require_books_open

MAX_QUARTERS_PER_WEEK = 160  # forty hours


def appoint_project_leader(
    region: Region,
    *,
    person: Person,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date | None = None,
    employer: str = "",
    is_deputy: bool = False,
    actor: Person,
) -> ProjectLeaderAppointment:
    """Appoint a project leader of a region, or a deputy, for quarters of an hour a week.

    A region has one leader at a time; deputies come beside the leader. Hours below the norm of
    the covenant are no obstacle: pages show that as a warning.
    """
    role = policies.require(actor, Permission.APPOINTMENT_MANAGE, region)
    require_books_open(region)
    _require_moving(region, starts_on)
    _lock(region)
    raise_all(
        _person_errors(region, person, starts_on, ends_on)
        + _value_errors(quarters_per_week, starts_on, ends_on)
        + _term_errors(region, starts_on=starts_on, ends_on=ends_on)
        + _overlap_errors(region, person, (starts_on, ends_on), is_deputy=is_deputy)
    )
    appointment = ProjectLeaderAppointment(
        region=region,
        person=person,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
        employer=employer,
        is_deputy=is_deputy,
    )
    db.session.add(appointment)
    db.session.flush()
    details = {"person": person.name, "after": _values(appointment)}
    audit.record("appointment.made", appointment, actor=actor, role=role, details=details)
    return appointment


def change_appointment(
    appointment: ProjectLeaderAppointment,
    *,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date | None,
    employer: str,
    is_deputy: bool,
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Change or end an appointment; weeks with hours must stay within it."""
    role = policies.require(actor, Permission.APPOINTMENT_MANAGE, appointment)
    transitions.check_version(appointment, expected_version)
    region, person = appointment.region, appointment.person
    require_books_open(holder_of(region))
    _require_moving(region, starts_on)
    _lock(region)
    raise_all(
        _value_errors(quarters_per_week, starts_on, ends_on)
        + _booked_errors(appointment, starts_on, ends_on)
        + _later_errors(appointment, starts_on=starts_on, ends_on=ends_on)
        + _overlap_errors(
            region, person, (starts_on, ends_on), is_deputy=is_deputy, besides=appointment
        )
    )
    before = _values(appointment)
    appointment.quarters_per_week = quarters_per_week
    appointment.starts_on = starts_on
    appointment.ends_on = ends_on
    appointment.employer = employer
    appointment.is_deputy = is_deputy
    db.session.flush()
    details = {"person": person.name, "before": before, "after": _values(appointment)}
    audit.record("appointment.changed", appointment, actor=actor, role=role, details=details)


def _require_moving(region: Region, starts_on: date) -> None:
    """Raise OnHold when the covenant of today, or of the first day, stands still."""
    region = holder_of(region)
    days = {clock.today(), starts_on}
    policies.require_moving(*(covenant_of(region, day) for day in sorted(days)))


def _lock(region: Region) -> None:
    """Let two people who appoint somebody at once take turns."""
    db.session.execute(select(Region.id).where(Region.id == region.id).with_for_update())


def _person_errors(
    region: Region, person: Person, starts_on: date, ends_on: date | None
) -> list[DomainError]:
    regions = branch_of(region.id)
    has_role = any(
        role.role is Role.PROJECT_LEADER
        and role.region_id in regions
        and overlap((role.starts_on, role.ends_on), (starts_on, ends_on))
        for role in person.roles
    )
    if person.is_active and has_role:
        return []
    return [
        Invalid(
            N_(
                "%(person)s heeft in deze periode niet de rol van projectleider in deze regio."
                " Vraag de functioneel beheerder om die rol."
            ),
            field="person",
            params={"person": person.name},
        )
    ]


def _value_errors(
    quarters_per_week: int, starts_on: date, ends_on: date | None
) -> list[DomainError]:
    errors: list[DomainError] = []
    if quarters_per_week <= 0:
        errors.append(
            Invalid(N_("Het aantal uren moet groter zijn dan nul."), field="quarters_per_week")
        )
    if quarters_per_week > MAX_QUARTERS_PER_WEEK:
        errors.append(Invalid(N_("Vul hoogstens 40 uur per week in."), field="quarters_per_week"))
    if ends_on is not None and ends_on < starts_on:
        errors.append(Invalid(N_("De einddatum ligt vóór de begindatum."), field="ends_on"))
    return errors


def _term_errors(
    region: Region, *, starts_on: date | None, ends_on: date | None
) -> list[DomainError]:
    """A project leader is paid for by a covenant, so neither day lies after the last one ends.

    It may begin earlier: a region prepares its covenant. Nothing signed yet sets no limit.
    """
    ends = [covenant.last_day for covenant in list_covenants_of(holder_of(region))]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return []
    last = max(known)
    message = N_("Deze datum ligt na het einde van het convenant (%(day)s).")
    days = (("starts_on", starts_on), ("ends_on", ends_on))
    return [
        Invalid(message, field=field, params={"day": day_in_words(last)})
        for field, day in days
        if day is not None and day > last
    ]


def _later_errors(
    appointment: ProjectLeaderAppointment, *, starts_on: date, ends_on: date | None
) -> list[DomainError]:
    """Hold only a day that moves later against the covenant: an end can always be brought in."""
    ends_later = appointment.ends_on is not None and (
        ends_on is not None and ends_on > appointment.ends_on
    )
    return _term_errors(
        appointment.region,
        starts_on=starts_on if starts_on > appointment.starts_on else None,
        ends_on=ends_on if ends_later else None,
    )


def _overlap_errors(
    region: Region,
    person: Person,
    stretch: tuple[date, date | None],
    *,
    is_deputy: bool,
    besides: ProjectLeaderAppointment | None = None,
) -> list[DomainError]:
    for other in list_appointments(region):
        # those of a region that went up in this one go on beside the new ones
        if other.region_id != region.id:
            continue
        if other is besides or not overlap((other.starts_on, other.ends_on), stretch):
            continue
        if other.person_id == person.id:
            return [
                _overlap_error(
                    N_("%(person)s is hier al aangesteld van %(start)s tot en met %(end)s."),
                    other,
                )
            ]
        if not is_deputy and not other.is_deputy:
            return [
                _overlap_error(
                    N_(
                        "%(person)s is hier al projectleider van %(start)s tot en met %(end)s."
                        " Beëindig eerst die aanstelling, of kies voor waarneming."
                    ),
                    other,
                )
            ]
    return []


def _overlap_error(message: str, other: ProjectLeaderAppointment) -> DomainError:
    return Invalid(
        message,
        field="starts_on",
        params={
            "person": other.person.name,
            "start": day_in_words(other.starts_on),
            "end": day_in_words(other.ends_on) if other.ends_on else N_("nu"),
        },
    )


def _booked_errors(
    appointment: ProjectLeaderAppointment, starts_on: date, ends_on: date | None
) -> list[DomainError]:
    """A week belongs to the appointment when they share a day."""
    booked = booked_thursdays(appointment)
    if booked is None:
        return []
    errors: list[DomainError] = []
    first, last = booked
    if first + timedelta(days=3) < starts_on:
        errors.append(_booked_error(first, field="starts_on"))
    if ends_on is not None and last - timedelta(days=3) > ends_on:
        errors.append(_booked_error(last, field="ends_on"))
    return errors


def _booked_error(thursday: date, *, field: str) -> DomainError:
    calendar = thursday.isocalendar()
    return Invalid(
        N_("Er zijn uren geboekt in week %(week)s. Die week moet binnen de aanstelling vallen."),
        field=field,
        params={"week": f"{calendar.year}-W{calendar.week:02}"},
    )


def _values(appointment: ProjectLeaderAppointment) -> dict[str, Any]:
    return {
        "quarters_per_week": appointment.quarters_per_week,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "employer": appointment.employer,
        "is_deputy": appointment.is_deputy,
    }
