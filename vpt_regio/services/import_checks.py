"""Why a form cannot be taken: where it belongs, and the rules that need what is stored."""

from collections.abc import Iterable, Mapping, Sequence
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
from vpt_regio.queries.reports import get_region, get_report
from vpt_regio.queries.snapshots import open_reopening
from vpt_regio.services.import_lines import Line
from vpt_regio.services.import_steps import StepError
from vpt_regio.services.measurements import DONE
from vpt_regio.services.reports import EDITABLE, REPORTING
from vpt_regio.workbooks.progress_form_codes import DELAYED, code_of
from vpt_regio.workbooks.progress_form_columns import TITLES
from vpt_regio.workbooks.progress_form_read import place_problems
from vpt_regio.workbooks.progress_form_types import (
    FormProblem,
    FormRead,
    FormSheet,
    FormSource,
    present_values,
)

NOT_AUTHORISED = N_("U mag dit formulier niet inlezen. Kies een formulier van uw eigen regio.")
FROZEN = N_("Dit halfjaar is vastgezet en verandert niet meer.")
NOT_REPORTING = N_("U kunt over dit halfjaar nu niet rapporteren.")
NOT_DRAFT = N_("De rapportage is ‘%(state)s’ en u kunt haar niet meer wijzigen.")

# the field that a service names → the column of the form
_FIELDS: Mapping[tuple[FormSheet, str], str] = {
    (FormSheet.EXPENDITURES, "amount"): "amount_cents",
    (FormSheet.EXPENDITURES, "override_reason"): "amount_cents",
    (FormSheet.EXPENDITURES, "activity"): "activity_id",
    (FormSheet.MEASUREMENTS, "is_measured"): "value",
    (FormSheet.MEASUREMENTS, "reason"): "cutoff_on",
}


def belonging_problems(
    read: FormRead, region: Region, period: ReportingPeriod, *, actor: Person
) -> list[FormProblem]:
    """Return why a file does not belong here; of a region of others nothing else is told."""
    meta = read.meta
    if meta is None:
        return []
    programme = period.programme
    of_file = get_region(programme.id, meta.region) if meta.programme == programme.code else None
    if meta.programme == programme.code and (
        of_file is None or not policies.can(actor, Permission.REPORT_EDIT, of_file)
    ):
        return [_whole(NOT_AUTHORISED, "not_authorised")]
    place = {"programme": programme.code, "region": region.code, "period": period.code}
    if problems := place_problems(meta, **place):
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
            problems.append(FormProblem(title, cells[:1], DELAYED, code=code_of(DELAYED)))
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


def _whole(message: str, code: str, params: Mapping[str, Any] | None = None) -> FormProblem:
    return FormProblem("", (), message, dict(params or {}), code)
