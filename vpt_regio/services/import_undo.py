"""Undoing what a form changed: texts and hours back, bookings and measurements corrected.

What the form brought is gone again: the start of the report, the hours of a week. A booking and
a measurement never go: they are put right by a next one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.domain.text import N_
from vpt_regio.errors import Conflict, DomainError
from vpt_regio.extensions import db
from vpt_regio.models.contracts import Measurement
from vpt_regio.models.covenants import Expenditure, HoursEntry
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries.expenditures import corrected_cents
from vpt_regio.services.expenditures import correct_expenditure
from vpt_regio.services.hours import change_hours, week_code, withdraw_hours
from vpt_regio.services.import_steps import Place, present_of, typed, write_report
from vpt_regio.services.measurements import (
    MeasurementContent,
    correct_measurement,
    latest_revision,
)
from vpt_regio.services.report_starts import withdraw_start
from vpt_regio.workbooks.progress_form_types import REPORT_KEY

Applied = Mapping[str, Any]

REPORT_CHANGED = N_("De rapportage is na het inlezen gewijzigd. Draai die wijziging eerst terug.")
HOURS_CHANGED = N_("De uren van week %(week)s zijn na het inlezen gewijzigd.")
HOURS_GONE = N_("De uren van week %(week)s zijn met een ander formulier al teruggedraaid.")
BOOKING_CORRECTED = N_("De uitgave ‘%(description)s’ is na het inlezen gecorrigeerd.")
MEASURED_AGAIN = N_("De meting van %(indicator)s is na het inlezen gewijzigd.")


def changed_since(report: ProgressReport | None, applied: Sequence[Applied]) -> list[DomainError]:
    """Return what changed since on the records that a form changed."""
    errors: list[DomainError] = []
    for entry in _of(applied, "value"):
        now = present_of(report, entry["row_key"], entry["after"]) if report else {}
        if now != entry["after"]:
            errors.append(Conflict(REPORT_CHANGED))
            break
    return (
        errors
        + [error for entry in _of(applied, "hours") for error in _hours_changed(entry)]
        + [error for entry in _of(applied, "expenditure") for error in _corrected(entry)]
        + [error for entry in _of(applied, "measurement") for error in _measured_again(entry)]
    )


def give_back(
    place: Place, report: ProgressReport | None, applied: Sequence[Applied], *, actor: Person
) -> None:
    """Bring the records back to what they were, through the ordinary services."""
    if report is not None:
        _give_back_values(report, _of(applied, "value"), actor=actor)
    for entry in _of(applied, "hours"):
        _give_back_hours(db.session.get_one(HoursEntry, entry["id"]), entry["before"], actor=actor)
    reason = f"Het formulier {place.file_name} is teruggedraaid"
    for entry in _of(applied, "expenditure"):
        booked = db.session.get_one(Expenditure, entry["id"])
        correct_expenditure(
            booked,
            booked_on=booked.booked_on,
            amount_cents=-booked.amount_cents,
            reason=reason,
            actor=actor,
        )
    for entry in _of(applied, "measurement"):
        made = db.session.get_one(Measurement, entry["id"])
        content = _content_before(entry, reason)
        correct_measurement(made, content=content, reason=reason, actor=actor)
    if report is not None and any(entry["is_new"] for entry in _of(applied, "report")):
        withdraw_start(report, actor=actor)


def _of(applied: Sequence[Applied], kind: str) -> list[Applied]:
    return [entry for entry in applied if entry["kind"] == kind]


def _give_back_values(report: ProgressReport, entries: Sequence[Applied], *, actor: Person) -> None:
    judgement: dict[str, Any] = {}
    by_activity: dict[int, dict[str, Any]] = {}
    for entry in entries:
        values = typed(entry["before"])
        if entry["row_key"] == REPORT_KEY:
            judgement |= values
        else:
            number = int(entry["row_key"].split(":")[1])
            by_activity.setdefault(number, {}).update(values)
    if judgement or by_activity:
        write_report(report, judgement, by_activity, actor=actor)


def _give_back_hours(entry: HoursEntry, before: Mapping[str, Any] | None, *, actor: Person) -> None:
    if before is None:
        withdraw_hours(entry, actor=actor)
    else:
        change_hours(entry, **before, actor=actor)


def _content_before(entry: Applied, reason: str) -> MeasurementContent:
    """Return what a measurement said before; of one that was not there, that it was taken back."""
    if entry["before_id"] is None:
        return MeasurementContent(is_measured=False, note=reason)
    before = db.session.get_one(Measurement, entry["before_id"])
    given = Given(before.value, before.numerator, before.denominator)
    return MeasurementContent(
        given=given,
        is_measured=not given.is_empty,
        qualifier=before.qualifier,
        source=before.source,
        note=before.note,
        period=before.period,
    )


def _hours_changed(entry: Applied) -> list[DomainError]:
    found = db.session.get(HoursEntry, entry["id"])
    # SQLite may have given the number of a week that is gone to another week
    if found is None or week_code(found.iso_year, found.iso_week) != entry["week"]:
        return [Conflict(HOURS_GONE, params={"week": entry["week"]})]
    if {"quarters": found.quarters, "note": found.note} == entry["after"]:
        return []
    return [Conflict(HOURS_CHANGED, params={"week": entry["week"]})]


def _corrected(entry: Applied) -> list[DomainError]:
    found = db.session.get_one(Expenditure, entry["id"])
    if not corrected_cents(found):
        return []
    return [Conflict(BOOKING_CORRECTED, params={"description": found.description})]


def _measured_again(entry: Applied) -> list[DomainError]:
    made = db.session.get_one(Measurement, entry["id"])
    latest = latest_revision(made.agreement, made.cutoff_on)
    if latest is not None and latest.id == made.id:
        return []
    return [Conflict(MEASURED_AGAIN, params={"indicator": made.agreement.indicator.name})]
