"""Why a form cannot be taken: where it belongs, and the rules that need what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.enums import ActivityStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.reports import REPORT
from vpt_regio.errors import DomainError, PeriodFrozen, WrongState
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.reports import get_region, get_report
from vpt_regio.queries.snapshots import open_reopening
from vpt_regio.services.import_lines import Line
from vpt_regio.services.import_steps import StepError
from vpt_regio.services.measurements import DONE
from vpt_regio.services.reports import EDITABLE, REPORTING
from vpt_regio.workbooks.progress_form_columns import TITLES
from vpt_regio.workbooks.progress_form_types import (
    FormProblem,
    FormRead,
    FormRow,
    FormSheet,
    FormSource,
    present_values,
)

NOT_AUTHORISED = N_("U mag dit formulier niet inlezen. Kies een formulier van uw eigen regio.")
OTHER_PROGRAMME = N_("Dit formulier hoort bij een ander programma. Download een nieuw formulier.")
OTHER_REGION = N_("Dit formulier is van de regio %(file)s. U koos de regio %(chosen)s.")
OTHER_PERIOD = N_(
    "Dit formulier gaat over het halfjaar %(file)s. U leest het in bij het halfjaar %(chosen)s."
)
FROZEN = N_("Dit halfjaar is vastgezet en verandert niet meer.")
NOT_REPORTING = N_("U kunt over dit halfjaar nu niet rapporteren.")
NOT_DRAFT = N_("De rapportage is ‘%(state)s’ en u kunt haar niet meer wijzigen.")
OUTSIDE_PERIOD = N_(
    "De datum ligt buiten het halfjaar: dat loopt van %(first)s tot en met %(last)s."
)
NO_OBSTACLE = N_("Deze activiteit is vertraagd. Leg uit wat het knelpunt is.")
ALREADY_BOOKED = N_(
    "Deze uitgave is al geboekt en verandert niet door het formulier."
    " Maak een correctie op de pagina Uitgaven."
)
TWICE = N_("Deze week staat er meer dan één keer. Laat één regel staan.")

# the field that a service names → the column of the form
_FIELDS: Mapping[tuple[FormSheet, str], str] = {
    (FormSheet.EXPENDITURES, "amount"): "amount_cents",
    (FormSheet.EXPENDITURES, "override_reason"): "amount_cents",
    (FormSheet.EXPENDITURES, "activity"): "activity_id",
    (FormSheet.MEASUREMENTS, "is_measured"): "value",
    (FormSheet.MEASUREMENTS, "reason"): "cutoff_on",
}


def place_problems(
    read: FormRead, region: Region, period: ReportingPeriod, *, actor: Person
) -> list[FormProblem]:
    """Return why a file does not belong here; of a region of others nothing else is told."""
    meta = read.meta
    if meta is None:
        return []
    programme = get_programme()
    if meta.programme != programme.code:
        return [_whole(OTHER_PROGRAMME, "other_programme")]
    of_file = get_region(programme.id, meta.region)
    if of_file is None or not policies.can(actor, Permission.REPORT_EDIT, of_file):
        return [_whole(NOT_AUTHORISED, "not_authorised")]
    problems: list[FormProblem] = []
    if of_file.id != region.id:
        params = {"file": of_file.name, "chosen": region.name}
        problems.append(_whole(OTHER_REGION, "other_region", params))
    if meta.period != period.code:
        params = {"file": meta.period, "chosen": period.code}
        problems.append(_whole(OTHER_PERIOD, "other_period", params))
    if problems:
        return problems
    return [_whole(one.message, one.code, one.params) for one in draft_problems(region, period)]


def draft_problems(region: Region, period: ReportingPeriod) -> list[DomainError]:
    """Return why the report of a region takes nothing in: frozen, submitted or accepted."""
    is_reopened = open_reopening(period, region.id, on=clock.today()) is not None
    if period.status in DONE and not is_reopened:
        return [PeriodFrozen(FROZEN)]
    if period.status not in REPORTING and not is_reopened:
        return [WrongState(NOT_REPORTING, code="not_reporting")]
    report = get_report(region.id, period.id)
    if report is None or report.status in EDITABLE:
        return []
    params = {"state": REPORT.state(report.status).label}
    return [WrongState(NOT_DRAFT, params=params, code="not_draft")]


def row_problems(read: FormRead) -> list[FormProblem]:
    """Return what is wrong with rows by rules that a single cell does not tell."""
    problems: list[FormProblem] = []
    seen: set[str] = set()
    for row in read.rows:
        problems += _problems_of_row(row, read)
        if row.sheet is FormSheet.HOURS:
            if row.key in seen:
                problems.append(_at(row, "week", TWICE, "duplicate_week"))
            seen.add(row.key)
    return problems


def _problems_of_row(row: FormRow, read: FormRead) -> list[FormProblem]:
    base = read.meta.base if read.meta else {}
    if row.sheet is FormSheet.ACTIVITIES and not {"status", "obstacle"} & row.faulty:
        is_delayed = row.values["status"] is ActivityStatus.DELAYED
        if is_delayed and not row.values["obstacle"]:
            return [_at(row, "obstacle", NO_OBSTACLE, "delayed_without_obstacle")]
    if row.sheet is not FormSheet.EXPENDITURES or row.faulty:
        return []
    if row.key in base:
        is_changed = row.plain() != dict(base[row.key])
        return [_at(row, "amount_cents", ALREADY_BOOKED, "booked_before")] if is_changed else []
    return _day_problems(row, read)


def _day_problems(row: FormRow, read: FormRead) -> list[FormProblem]:
    day, meta = row.values["booked_on"], read.meta
    if meta is None or day is None or meta.starts_on <= day <= meta.ends_on:
        return []
    params = {"first": _day(meta.starts_on), "last": _day(meta.ends_on)}
    return [_at(row, "booked_on", OUTSIDE_PERIOD, "outside_period", params)]


def obstacle_problems(lines: Sequence[Line], source: FormSource) -> list[FormProblem]:
    """Return which activities would be delayed without an obstacle, once the lines are taken."""
    present = present_values(source)
    by_row: dict[str, list[Line]] = {}
    for line in lines:
        if line.sheet is FormSheet.ACTIVITIES:
            by_row.setdefault(line.row_key, []).append(line)
    problems: list[FormProblem] = []
    for row_key, chosen in by_row.items():
        values = dict(present.get(row_key, {}))
        for line in chosen:
            values |= line.new
        if values.get("status") == ActivityStatus.DELAYED and not values.get("obstacle"):
            cells = tuple(cell for line in chosen for cell in line.cells.values())
            title = TITLES[FormSheet.ACTIVITIES]
            problems.append(
                FormProblem(title, cells[:1], NO_OBSTACLE, code="delayed_without_obstacle")
            )
    return problems


def step_problems(errors: Iterable[StepError]) -> list[FormProblem]:
    """Return what the services refuse, at the cells of the lines."""
    return [_of_step(one) for one in errors]


def _of_step(one: StepError) -> FormProblem:
    error, line = one.error, one.line
    if line is None:
        return _whole(error.message, error.code, error.params)
    name = _FIELDS.get((line.sheet, error.field or ""), (error.field or "").split("-")[-1])
    cell = line.cells.get(name) or next(iter(line.cells.values()), "")
    cells = (cell,) if cell else ()
    return FormProblem(TITLES[line.sheet], cells, error.message, dict(error.params), error.code)


def merged(problems: Sequence[FormProblem]) -> list[FormProblem]:
    """Return one problem for equal messages of a sheet, over all their cells."""
    found: dict[tuple[str, str, str, str], tuple[FormProblem, list[str]]] = {}
    for one in problems:
        key = (one.sheet, one.code, one.message, repr(sorted(one.params.items())))
        _first, cells = found.setdefault(key, (one, []))
        cells += [cell for cell in one.cells if cell not in cells]
    return [
        FormProblem(one.sheet, tuple(cells), one.message, one.params, one.code)
        for one, cells in found.values()
    ]


def _at(
    row: FormRow, name: str, message: str, code: str, params: Mapping[str, Any] | None = None
) -> FormProblem:
    cell = row.cells.get(name) or next(iter(row.cells.values()), "")
    cells = (cell,) if cell else ()
    return FormProblem(TITLES[row.sheet], cells, message, dict(params or {}), code)


def _whole(message: str, code: str, params: Mapping[str, Any] | None = None) -> FormProblem:
    return FormProblem("", (), message, dict(params or {}), code)


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"
