"""`vpt import …`: files that come from people who work outside the application."""

import getpass
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from vpt_regio.cli import group
from vpt_regio.cli.common import person_of, the_programme
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.workflows.imports import IMPORT
from vpt_regio.errors import DomainError, SeveralErrors
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import find_collecting, get_period
from vpt_regio.services import imports
from vpt_regio.services.audit import operated_by
from vpt_regio.services.import_lines import Line, LineState
from vpt_regio.uow import unit_of_work
from vpt_regio.workbooks.progress_form_columns import TITLES
from vpt_regio.workbooks.progress_form_read import read_progress_form
from vpt_regio.workbooks.progress_form_types import FormRead

importing = AppGroup("import", help="Read files that were filled in elsewhere.")
group.add_command(importing)

CONFLICT = (
    "Na het downloaden is deze waarde ook in de applicatie gewijzigd."
    " Lees het formulier in op de pagina en kies daar welke waarde blijft."
)


@dataclass
class Answer:
    """What the command tells of a file."""

    outcome: str
    errors: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


class _NotKept(Exception):
    """Ends a unit of work of which nothing may stay."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@importing.command("form")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="E-mail address of who uploads the form.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def form(*, file: Path, email: str, dry_run: bool, as_json: bool) -> None:
    """Take over the progress form in FILE, all of it or nothing.

    Exits with 1 when the form is refused and with 2 on wrong use.
    """
    person = person_of(email)
    data = file.read_bytes()
    read = read_progress_form(data, secret=current_app.config["SECRET_KEY"])
    period = _period(read)
    with operated_by(getpass.getuser()):
        answer = _run(lambda: _take(data, read, file.name, period, person), keep=not dry_run)
    _print(answer, as_json=as_json)
    if answer.errors:
        raise SystemExit(1)


def _run(work: Callable[[], Answer], *, keep: bool) -> Answer:
    """Do the work in one unit of work; without `keep` nothing of it stays."""
    try:
        with unit_of_work():
            answer = work()
            if not keep:
                raise _NotKept(answer)
    except _NotKept as ended:
        return ended.answer
    except DomainError as error:
        return Answer(_word(ImportStatus.REFUSED), [_error_of(one) for one in _parts(error)])
    return answer


def _take(
    data: bytes, read: FormRead, name: str, period: ReportingPeriod, person: Person
) -> Answer:
    import_ = imports.receive(data, name, read=read, period=period, actor=person)
    if import_.status is ImportStatus.REFUSED:
        return Answer(_word(import_.status), [_problem(one) for one in import_.problems])
    shown = imports.preview(import_)
    if conflicts := shown.of(LineState.CONFLICT):
        # only a person can choose: the form waits for them on its page
        errors = [_conflict(line) for line in conflicts]
        return Answer(_word(ImportStatus.REFUSED), errors, _changes(shown.lines))
    wanted = shown.of(LineState.CHANGED, LineState.ADDED)
    if not wanted:
        imports.discard(import_, actor=person)
        return Answer(_word(ImportStatus.ACCEPTED_WITH_NOTES))
    imports.decide(import_, accepted_keys={line.key for line in wanted}, actor=person)
    return Answer(_word(import_.status), [], _changes(wanted))


def _period(read: FormRead) -> ReportingPeriod:
    """Return the half-year that the form names, else the one that is collected on."""
    programme = the_programme()
    named = get_period(programme.id, read.meta.period) if read.meta else None
    found = named or find_collecting(programme.id)
    if found is None:
        raise click.UsageError("there is no half-year to read a form for")
    return found


def _word(status: ImportStatus) -> str:
    return IMPORT.state(status).label


def _problem(one: dict[str, Any]) -> dict[str, Any]:
    message = one["message"] % one["params"] if one["params"] else one["message"]
    cell = ", ".join(one["cells"])
    return {"sheet": one["sheet"], "cell": cell, "code": one["code"], "message": message}


def _conflict(line: Line) -> dict[str, Any]:
    cell = ", ".join(line.cells[name] for name in line.touched if name in line.cells)
    sheet = TITLES[line.sheet]
    return {"sheet": sheet, "cell": cell, "code": "conflict", "message": CONFLICT}


def _error_of(error: DomainError) -> dict[str, Any]:
    return {"sheet": "", "cell": "", "code": error.code, "message": str(error)}


def _parts(error: DomainError) -> list[DomainError]:
    return error.errors if isinstance(error, SeveralErrors) else [error]


def _changes(lines: Any) -> list[dict[str, Any]]:
    return [
        {
            "sheet": TITLES[line.sheet],
            "cell": line.cells.get(name, ""),
            "row": line.row_key,
            "field": name,
            "old": line.current.get(name),
            "new": line.result.get(name),
        }
        for line in lines
        if line.is_open
        for name in line.touched
    ]


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(vars(answer), ensure_ascii=False))
        return
    for one in answer.errors:
        place = " ".join(part for part in (one["sheet"], one["cell"]) if part)
        click.echo(f"{place}: {one['message']}" if place else one["message"], err=True)
    click.echo(f"{answer.outcome}: {len(answer.changes)}")
