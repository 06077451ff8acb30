"""Taking lines of a form over, each through the service that a person would use for it.

Every right and every rule is asked there again, for each line. What they look at and no line
changes, such as the covenant or the half-year, is read once for the whole form.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.domain.indicator_codes import Qualifier
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.contracts import Agreement, Measurement
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.hours import weeks_of
from vpt_regio.queries.lineage import branch_of
from vpt_regio.queries.once import answered_once, asking_once
from vpt_regio.queries.reports import get_report
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.hours import book_hours, change_hours, week_code
from vpt_regio.services.import_lines import Line, LineState, Values
from vpt_regio.services.measurements import (
    MeasurementContent,
    correct_measurement,
    latest_revision,
    record_measurement,
)
from vpt_regio.services.reports import (
    ProgressInput,
    add_missing_activities,
    edit_report,
    start_report,
)
from vpt_regio.workbooks.progress_form_types import FIELDS, FormSheet, plain

Found = TypeVar("Found")

UNKNOWN = N_("Deze regel hoort niet meer bij dit halfjaar. Download een nieuw formulier.")

_PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "status": ActivityStatus,
    "rag": Rag,
    "qualifier": Qualifier,
    "phase": Phase,
    "cutoff_on": date.fromisoformat,
    "booked_on": date.fromisoformat,
    "value": Decimal,
    "numerator": Decimal,
    "denominator": Decimal,
}
_NUMBERS = ("percent", "quarters", "amount_cents", "activity_id")
_CODES = (*_PARSERS, *_NUMBERS)


@dataclass(frozen=True)
class Place:
    """Where a form belongs, and the file that it came in."""

    region: Region
    period: ReportingPeriod
    file_name: str


@dataclass(frozen=True)
class StepError:
    """Why a line cannot be taken; without a line it concerns the whole report."""

    error: DomainError
    line: Line | None = None


@dataclass
class Taken:
    """What was done, as plain values to undo it by, and what went wrong."""

    applied: list[dict[str, Any]] = field(default_factory=list)
    errors: list[StepError] = field(default_factory=list)


@dataclass(frozen=True)
class _Step:
    """What is taken at one go: the lines of the report, or one other line."""

    lines: Sequence[Line]
    work: Callable[[], list[dict[str, Any]]]


def take_lines(place: Place, lines: Sequence[Line], *, actor: Person) -> Taken:
    """Take lines over, one step after the other; nothing of a step that fails is kept.

    A report that was not there is started, also when no line concerns it.
    """
    steps = _steps_of(place, lines, actor)
    with asking_once():
        try:
            with db.session.begin_nested():
                return Taken([entry for step in steps for entry in step.work()])
        except DomainError:
            # it told of the first line that fails, and stopped: now every line gets to speak
            return _one_by_one(steps)


def _steps_of(place: Place, lines: Sequence[Line], actor: Person) -> list[_Step]:
    of_report = [
        line for line in lines if line.sheet in (FormSheet.ACTIVITIES, FormSheet.JUDGEMENT)
    ]
    steps = [_Step(of_report, lambda: _take_report(place, of_report, actor=actor))]
    for line in lines:
        if line.state is LineState.GONE:
            steps.append(_Step([line], _refuse_unknown))
        elif line.sheet in _RECORDS:
            steps.append(_Step([line], partial(_RECORDS[line.sheet], place, line, actor)))
    return steps


def _one_by_one(steps: Iterable[_Step]) -> Taken:
    taken = Taken()
    for step in steps:
        try:
            with db.session.begin_nested():
                done = step.work()
        except DomainError as error:
            parts = error.errors if isinstance(error, SeveralErrors) else [error]
            taken.errors += [StepError(part, _line_of(part, step.lines)) for part in parts]
        else:
            taken.applied += done
    return taken


def _refuse_unknown() -> list[dict[str, Any]]:
    raise Invalid(UNKNOWN, code="unknown_row")


@answered_once
def _find(model: type[Found], number: int) -> Found | None:
    return db.session.get(model, number)


def _line_of(error: DomainError, lines: Sequence[Line]) -> Line | None:
    """Return the line that an error is about: by its field, or the only one there is."""
    if error.field and error.field.startswith("activities-"):
        _, number, name = error.field.split("-", 2)
        key = f"activity:{number}/{name}"
        return next((line for line in lines if line.key == key), None)
    records = [line for line in lines if line.sheet in _RECORDS]
    return records[0] if records else None


def _take_report(place: Place, lines: Sequence[Line], *, actor: Person) -> list[dict[str, Any]]:
    is_new = get_report(place.region.id, place.period.id) is None
    report = start_report(place.region, place.period, actor=actor)
    applied: list[dict[str, Any]] = [{"kind": "report", "id": report.id, "is_new": is_new}]
    wanted = [line for line in lines if line.state is not LineState.GONE]
    by_activity: dict[int, dict[str, Any]] = {}
    for line in wanted:
        if line.sheet is FormSheet.ACTIVITIES:
            by_activity.setdefault(line.record_id, {}).update(typed(line.new))
    if set(by_activity) - {row.activity_id for row in report.activities}:
        add_missing_activities(report, actor=actor)
    judgement = {
        name: value
        for line in wanted
        if line.sheet is FormSheet.JUDGEMENT
        for name, value in typed(line.new).items()
    }
    applied += [_before_after(line, report) for line in wanted]
    write_report(report, judgement, by_activity, actor=actor)
    return applied


def _before_after(line: Line, report: ProgressReport) -> dict[str, Any]:
    """Return the values of a line as they are before it is taken, and after."""
    return {
        "kind": "value",
        "row_key": line.row_key,
        "before": present_of(report, line.row_key, line.new),
        "after": dict(line.new),
    }


def present_of(report: ProgressReport, row_key: str, names: Iterable[str]) -> dict[str, Any]:
    """Return what a report says now, in plain values by name; None for a row it has not."""
    subject: object | None = report
    if row_key.startswith("activity:"):
        number = int(row_key.split(":")[1])
        subject = next((row for row in report.activities if row.activity_id == number), None)
    return {name: plain(getattr(subject, name, None)) for name in names}


def write_report(
    report: ProgressReport,
    judgement: Mapping[str, Any],
    by_activity: Mapping[int, Mapping[str, Any]],
    *,
    actor: Person,
) -> None:
    """Save some values of a report; those that are not named stay as they are."""
    stored = {
        row.activity_id: {name: getattr(row, name) for name in FIELDS[FormSheet.ACTIVITIES]}
        for row in report.activities
    }
    texts = {name: getattr(report, name) for name in FIELDS[FormSheet.JUDGEMENT]}
    edit_report(
        report,
        **(texts | dict(judgement)),
        activities={
            number: ProgressInput(**(stored.get(number, {}) | dict(values)))
            for number, values in by_activity.items()
        },
        actor=actor,
    )


def typed(values: Values) -> dict[str, Any]:
    """Return plain values as the services take them."""
    return {name: _typed(name, value) for name, value in values.items()}


def _typed(name: str, value: Any) -> Any:
    if name not in _CODES:
        return value or ""
    if value is None or value == "":
        return None
    return int(value) if name in _NUMBERS else _PARSERS[name](value)


def _take_week(place: Place, line: Line, actor: Person) -> list[dict[str, Any]]:
    appointment = _find(ProjectLeaderAppointment, int(line.facts["appointment_id"] or 0))
    if appointment is None or appointment.region_id not in branch_of(place.region.id):
        raise Invalid(UNKNOWN, code="unknown_row")
    values = typed(line.result)
    year, week = int(line.facts["iso_year"] or 0), int(line.facts["iso_week"] or 0)
    hours: dict[str, Any] = {"quarters": values["quarters"] or 0, "note": values["note"]}
    entry = weeks_of(appointment).get((year, week))
    before = entry and {"quarters": entry.quarters, "note": entry.note}
    if entry is None:
        entry = book_hours(appointment, iso_year=year, iso_week=week, **hours, actor=actor)
    else:
        change_hours(entry, **hours, actor=actor)
    return [
        {
            "kind": "hours",
            "id": entry.id,
            "week": week_code(year, week),
            "before": before,
            "after": hours,
        }
    ]


def _take_booking(place: Place, line: Line, actor: Person) -> list[dict[str, Any]]:
    values = typed(line.new)
    activity_id = values.pop("activity_id")
    activity = _find(Activity, activity_id) if activity_id else None
    booked = book_expenditure(place.region, **values, activity=activity, actor=actor)
    return [
        {
            "kind": "expenditure",
            "id": booked.id,
            "digest": line.facts["digest"],
            "form": line.facts["form"],
        }
    ]


def _take_measurement(place: Place, line: Line, actor: Person) -> list[dict[str, Any]]:
    agreement = _find(Agreement, line.record_id)
    if agreement is None:
        raise Invalid(UNKNOWN, code="unknown_row")
    values = typed(line.result)
    given = Given(values["value"], values["numerator"], values["denominator"])
    content = MeasurementContent(
        given=given,
        is_measured=not given.is_empty or not values["note"],
        qualifier=values["qualifier"] or Qualifier.EXACT,
        source=values["source"],
        note=values["note"],
        period=place.period,
    )
    day = values["cutoff_on"]
    is_same_day = day is not None and line.current.get("cutoff_on") == day.isoformat()
    before = latest_revision(agreement, day) if is_same_day else None
    made: Measurement
    if before is not None:
        reason = f"Verbeterd met het formulier {place.file_name}"
        made = correct_measurement(before, content=content, reason=reason, actor=actor)
    else:
        made = record_measurement(agreement, cutoff_on=day, content=content, actor=actor)
    return [{"kind": "measurement", "id": made.id, "before_id": before.id if before else None}]


_RECORDS: Mapping[FormSheet, Callable[[Place, Line, Person], list[dict[str, Any]]]] = {
    FormSheet.MEASUREMENTS: _take_measurement,
    FormSheet.HOURS: _take_week,
    FormSheet.EXPENDITURES: _take_booking,
}
