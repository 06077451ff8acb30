"""Putting the hours of a frozen half-year right: the difference counts in the open one."""

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.people import Person
from vpt_regio.queries.covenants import list_covenants_of
from vpt_regio.queries.hours_corrections import counted_quarters_of
from vpt_regio.queries.late_bookings import counting_day
from vpt_regio.queries.lineage import holder_of
from vpt_regio.services import audit
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.hours import (
    hours_in_words,
    quarters_errors,
    require_moving,
    require_own,
    thursday_of,
    week_code,
    week_errors,
)
from vpt_regio.services.plan_parts import cleaned
from vpt_regio.services.region_books import require_books_open


def correct_hours(
    appointment: ProjectLeaderAppointment,
    *,
    iso_year: int,
    iso_week: int,
    quarters: int,
    reason: str,
    actor: Person,
) -> HoursCorrection:
    """Say what the hours of a week in a frozen half-year should be, in quarters; with a reason.

    The difference with what counts for that week becomes a correction, which counts on the first
    day after what is frozen. Raises NotAllowed, OnHold, WrongState while the week can still be
    booked itself, or all that is wrong.
    """
    role = policies.require(actor, Permission.HOURS_BOOK, appointment)
    require_own(appointment, actor=actor)
    region = holder_of(appointment.region)
    require_books_open(region)
    thursday = thursday_of(iso_year, iso_week)
    covenants = list_covenants_of(region)
    require_moving(covenants, thursday)
    why = cleaned(reason, field="reason", maximum=500)
    place = counting_day(appointment.region, thursday, today=clock.today(), for_write=True)
    before = counted_quarters_of(appointment, iso_year=iso_year, iso_week=iso_week)
    raise_all(
        week_errors(appointment, covenants, thursday)
        + quarters_errors(quarters)
        + ([] if why else [Invalid(N_("Vul de reden van de correctie in."), field="reason")])
        + _same_errors(quarters, before)
    )
    if place.frozen is None:
        raise WrongState(N_("Deze week is nog open. Boek of wijzig de uren van de week zelf."))
    correction = HoursCorrection(
        appointment=appointment,
        iso_year=iso_year,
        iso_week=iso_week,
        quarters=quarters - before,
        counted_on=place.counted_on,
        reason=why,
        booked_by=actor,
    )
    db.session.add(correction)
    db.session.flush()
    details = {
        "week": week_code(iso_year, iso_week),
        "before": hours_in_words(before),
        "hours": hours_in_words(quarters),
        "day": day_in_words(place.counted_on),
        "note": why,
    }
    audit.record("hours.corrected", correction, actor=actor, role=role, details=details)
    return correction


def _same_errors(quarters: int, before: int) -> list[DomainError]:
    if quarters != before:
        return []
    return [
        Invalid(
            N_("Voor deze week tellen al %(hours)s uren. Er is niets te corrigeren."),
            field="quarters",
            params={"hours": hours_in_words(before)},
        )
    ]
