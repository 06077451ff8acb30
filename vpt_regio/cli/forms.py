"""`vpt export form`: the progress form of a region, as a file."""

import getpass
from pathlib import Path

import click
from flask import current_app

from vpt_regio.cli.common import period_of, person_of, the_programme, whole_file
from vpt_regio.cli.export import export
from vpt_regio.errors import DomainError
from vpt_regio.queries.reports import get_region
from vpt_regio.services import progress_forms
from vpt_regio.services.audit import operated_by
from vpt_regio.uow import write


@export.command("form")
@click.argument("region")
@click.argument("period")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="On behalf of whom, by e-mail address.")
def form(region: str, period: str, output: Path, email: str) -> None:
    """Write the progress form of REGION for PERIOD; exit 1 when that may not be done."""
    found_region = get_region(the_programme().id, region)
    if found_region is None:
        raise click.UsageError(f"there is no region {region!r}")
    found_period, person = period_of(period), person_of(email)
    secret = current_app.config["SECRET_KEY"]
    try:
        with operated_by(getpass.getuser()):
            _name, content = progress_forms.form_of(
                found_region, found_period, actor=person, secret=secret
            )
            with whole_file(output) as file:
                file.write(content)
            write(lambda: progress_forms.record_form(found_region, found_period, actor=person))
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(output)
