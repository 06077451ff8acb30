"""`vpt export form`: the progress form of a region, as a file."""

import getpass
import os
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app

from vpt_regio.cli.export import export
from vpt_regio.errors import DomainError
from vpt_regio.queries.periods import get_period
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.reports import get_region
from vpt_regio.services import progress_forms
from vpt_regio.services.audit import operated_by
from vpt_regio.services.sign_in import find_person
from vpt_regio.uow import write

Found = TypeVar("Found")


@export.command("form")
@click.argument("region")
@click.argument("period")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="On behalf of whom, by e-mail address.")
def form(region: str, period: str, output: Path, email: str) -> None:
    """Write the progress form of REGION for PERIOD; exit 1 when that may not be done."""
    programme = get_programme()
    found_region = _found(get_region(programme.id, region), f"region {region!r}")
    found_period = _found(get_period(programme.id, period), f"period {period!r}")
    person = _found(find_person(email), f"person {email!r}")
    secret = current_app.config["SECRET_KEY"]
    try:
        with operated_by(getpass.getuser()):
            _name, content = progress_forms.form_of(
                found_region, found_period, actor=person, secret=secret
            )
            _put(output, content)
            write(lambda: progress_forms.record_form(found_region, found_period, actor=person))
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(output)


def _found(record: Found | None, what: str) -> Found:
    if record is None:
        raise click.UsageError(f"there is no {what}")
    return record


def _put(output: Path, content: bytes) -> None:
    """Write beside the target and put it in place when complete, so that no half file is left."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(output)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
