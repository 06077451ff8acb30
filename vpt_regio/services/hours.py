"""Booking the hours of a project leader per ISO week, and putting a week right."""

from datetime import date, timedelta
from decimal import Decimal

from vpt_regio import clock, policies
from vpt_regio.domain.half_year import iso_week_thursday
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.gaps import overlap
from vpt_regio.domain.text import N_
from vpt_regio.errors import (
    DomainError,
    DuplicateValue,
    Invalid,
    NotAllowed,
    PeriodFrozen,
    raise_all,
)
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.queries.covenants import (
    in_force_between,
    in_force_on,
    last_day_before,
    list_covenants_of,
)
from vpt_regio.queries.hours import find_week
from vpt_regio.queries.late_bookings import counting_day
from vpt_regio.queries.lineage import holder_of
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.region_books import require_books_open

MAX_QUARTERS = 240  # sixty hours
LAST_DAY = timedelta(days=6)


def book_hours(
    appointment: ProjectLeaderAppointment,
    *,
    iso_year: int,
    iso_week: int,
    quarters: int,
    note: str = "",
    actor: Person,
) -> HoursEntry:
    """Book the hours of one week, in quarters of an hour, on one's own appointment."""
    role = policies.require(actor, Permission.HOURS_BOOK, appointment)
    require_own(appointment, actor=actor)
    require_books_open(holder_of(appointment.region))
    thursday = thursday_of(iso_year, iso_week)
    covenants = list_covenants_of(holder_of(appointment.region))
    require_moving(covenants, thursday)
    raise_all(
        (week_errors(appointment, covenants, thursday) or _booked_errors(appointment, thursday))
        + _frozen_errors(appointment, thursday)
        + quarters_errors(quarters)
    )
    entry = HoursEntry(
        appointment=appointment,
        iso_year=iso_year,
        iso_week=iso_week,
        thursday_on=thursday,
        quarters=quarters,
        note=note,
    )
    db.session.add(entry)
    db.session.flush()
    details = {
        "week": week_code(iso_year, iso_week),
        "hours": hours_in_words(quarters),
        "note": note,
    }
    audit.record("hours.booked", entry, actor=actor, role=role, details=details)
    return entry


def change_hours(
    entry: HoursEntry,
    *,
    quarters: int,
    note: str = "",
    actor: Person,
    expected_version: int | None = None,
) -> None:
    """Put a week right while its half-year is open; the old value stays in the audit record."""
    appointment = entry.appointment
    role = policies.require(actor, Permission.HOURS_BOOK, entry)
    require_own(appointment, actor=actor)
    transitions.check_version(entry, expected_version)
    require_books_open(holder_of(appointment.region))
    require_moving(list_covenants_of(holder_of(appointment.region)), entry.thursday_on)
    raise_all(_frozen_errors(appointment, entry.thursday_on) + quarters_errors(quarters))
    details = {
        "week": week_code(entry.iso_year, entry.iso_week),
        "before": hours_in_words(entry.quarters),
        "note_before": entry.note,
        "hours": hours_in_words(quarters),
        "note": note,
    }
    entry.quarters = quarters
    entry.note = note
    db.session.flush()
    audit.record("hours.changed", entry, actor=actor, role=role, details=details)


def withdraw_hours(entry: HoursEntry, *, actor: Person) -> None:
    """Take a week out as if it was never booked; what it said stays in the audit record.

    Raises as `change_hours`.
    """
    appointment = entry.appointment
    role = policies.require(actor, Permission.HOURS_BOOK, entry)
    require_own(appointment, actor=actor)
    require_books_open(holder_of(appointment.region))
    require_moving(list_covenants_of(holder_of(appointment.region)), entry.thursday_on)
    raise_all(_frozen_errors(appointment, entry.thursday_on))
    details = {
        "week": week_code(entry.iso_year, entry.iso_week),
        "hours": hours_in_words(entry.quarters),
        "note": entry.note,
    }
    audit.record("hours.withdrawn", entry, actor=actor, role=role, details=details)
    db.session.delete(entry)
    db.session.flush()


def require_own(appointment: ProjectLeaderAppointment, *, actor: Person) -> None:
    """Raise NotAllowed when the appointment is somebody else's."""
    if appointment.person_id != actor.id:
        raise NotAllowed(
            N_("Dit is de aanstelling van %(person)s. U kunt alleen uw eigen uren boeken."),
            params={"person": appointment.person.name},
        )


def require_moving(covenants: list[Covenant], thursday: date) -> None:
    """Raise OnHold when the covenant of that week, the latest signed of several, stands still."""
    in_force = [covenant for covenant in covenants if in_force_on(covenant, thursday)]
    policies.require_moving(*in_force[-1:])


def hours_in_words(quarters: int) -> str:
    """Return hours as they are written in a sentence: 7,5."""
    return f"{(Decimal(quarters) / 4).normalize():f}".replace(".", ",")


def thursday_of(iso_year: int, iso_week: int) -> date:
    """Return the day that places a week; raises Invalid at the field for one that is no week."""
    try:
        return iso_week_thursday(iso_year, iso_week)
    except ValueError as problem:
        raise Invalid(
            N_("Het jaar %(year)s heeft geen week %(week)s."),
            field="week",
            params={"year": iso_year, "week": iso_week},
        ) from problem


def week_errors(
    appointment: ProjectLeaderAppointment, covenants: list[Covenant], thursday: date
) -> list[DomainError]:
    """Return why no hours can count for a week: to come, not appointed, or without a covenant."""
    monday = thursday - timedelta(days=3)
    if monday > clock.today():
        return [
            Invalid(
                N_("Deze week moet nog beginnen. U kunt uren boeken vanaf %(day)s."),
                field="week",
                params={"day": day_in_words(monday)},
            )
        ]
    stretch = (appointment.starts_on, appointment.ends_on)
    if not overlap(stretch, (monday, monday + LAST_DAY)):
        return [_outside(appointment)]
    return _term_errors(covenants, monday)


def _booked_errors(appointment: ProjectLeaderAppointment, thursday: date) -> list[DomainError]:
    week = thursday.isocalendar()
    if find_week(appointment, iso_year=week.year, iso_week=week.week) is not None:
        return [
            DuplicateValue(
                N_("Voor deze week zijn al uren geboekt. Wijzig de bestaande regel."), field="week"
            )
        ]
    return []


def _term_errors(covenants: list[Covenant], monday: date) -> list[DomainError]:
    """A week counts for a covenant that is in force on one of its days.

    Where nothing was signed yet, there is no term to hold it against.
    """
    sunday = monday + LAST_DAY
    if not covenants or any(in_force_between(found, monday, sunday) for found in covenants):
        return []
    last_day = last_day_before(covenants, monday)
    first = covenants[0].signed_on
    if last_day is not None:
        message = N_("Het convenant liep tot en met %(day)s. Boek geen uren voor een latere week.")
        params = {"day": day_in_words(last_day)}
    elif first is not None and sunday < first:
        message = N_("Het convenant is pas op %(day)s ondertekend. Boek geen eerdere weken.")
        params = {"day": day_in_words(first)}
    else:
        message, params = N_("In deze week was er geen convenant van kracht."), {}
    return [Invalid(message, field="week", params=params)]


def _outside(appointment: ProjectLeaderAppointment) -> DomainError:
    start = day_in_words(appointment.starts_on)
    if appointment.ends_on is None:
        return Invalid(
            N_("Deze week valt buiten uw aanstelling: die begint op %(start)s."),
            field="week",
            params={"start": start},
        )
    return Invalid(
        N_("Deze week valt buiten uw aanstelling: die loopt van %(start)s tot en met %(end)s."),
        field="week",
        params={"start": start, "end": day_in_words(appointment.ends_on)},
    )


def _frozen_errors(appointment: ProjectLeaderAppointment, thursday: date) -> list[DomainError]:
    place = counting_day(appointment.region, thursday, today=clock.today(), for_write=True)
    if place.frozen is None:
        return []
    message = N_(
        "Het halfjaar %(period)s is vastgezet of afgesloten. Leg de uren van deze week vast als"
        " correctie: die telt mee op %(day)s."
    )
    params = {"period": place.frozen.code, "day": day_in_words(place.counted_on)}
    return [PeriodFrozen(message, field="week", params=params)]


def quarters_errors(quarters: int) -> list[DomainError]:
    """Return why these cannot be the hours of one week."""
    if quarters < 0:
        return [Invalid(N_("Uren kunnen niet negatief zijn."), field="quarters")]
    if quarters > MAX_QUARTERS:
        return [Invalid(N_("Vul hoogstens 60 uur per week in."), field="quarters")]
    return []


def week_code(iso_year: int, iso_week: int) -> str:
    """Return a week as people write it: 2012-W05."""
    return f"{iso_year}-W{iso_week:02}"
