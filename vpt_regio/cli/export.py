"""`vpt export …`: files for people who work outside the application."""

import getpass
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from vpt_regio.cli import group
from vpt_regio.cli.common import OPERATOR, period_of, whole_file
from vpt_regio.services.audit import operated_by
from vpt_regio.services.workbooks import FORMATS, half_year_file, record_export
from vpt_regio.uow import write

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
    found = period_of(period)
    _say(f"Writing {output} …")
    with operated_by(getpass.getuser()):
        with whole_file(output) as file:
            half_year_file(
                found,
                file,
                kind=FORMATS[file_format],
                made_by=OPERATOR,
                base_url=current_app.config["VPT_BASE_URL"],
            )
        write(lambda: record_export(found, actor=None))
    _say("Done.")
    click.echo(output)


def _say(message: str) -> None:
    """Show progress to somebody at a terminal, and to nobody else."""
    if sys.stderr.isatty():
        click.echo(message, err=True)
