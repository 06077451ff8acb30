"""`vpt export …`: files for people who work outside the application."""

import getpass
import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from vpt_regio.cli import group
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.audit import operated_by
from vpt_regio.services.workbooks import FORMATS, half_year_file, record_export
from vpt_regio.uow import write

OPERATOR = "systeembeheer"

export = AppGroup("export", help="Write files: workbooks and forms.")
group.add_command(export)


@export.command("half-year")
@click.argument("period")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "file_format", default="xlsx", show_default=True)
def half_year(period: str, output: Path, file_format: str) -> None:
    """Write the half-year workbook of PERIOD to a file; exit 2 when there is no such period."""
    if file_format not in FORMATS:
        raise click.UsageError(
            f"format {file_format!r} is not supported; choose {', '.join(FORMATS)}"
        )
    found = _period(period)
    _say(f"Writing {output} …")
    with operated_by(getpass.getuser()):
        _write_whole(found, output, FORMATS[file_format])
        write(lambda: record_export(found, actor=None))
    _say("Done.")
    click.echo(output)


def _period(code: str) -> ReportingPeriod:
    try:
        found = get_period(get_programme().id, code)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    if found is None:
        raise click.UsageError(f"there is no period {code!r}")
    return found


def _write_whole(period: ReportingPeriod, output: Path, kind: FileKind) -> None:
    """Write beside the target and put it in place when complete, so that no half file is left."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w+b") as file:
            half_year_file(
                period,
                file,
                kind=kind,
                made_by=OPERATOR,
                base_url=current_app.config["VPT_BASE_URL"],
            )
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(output)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _say(message: str) -> None:
    """Show progress to somebody at a terminal, and to nobody else."""
    if sys.stderr.isatty():
        click.echo(message, err=True)
