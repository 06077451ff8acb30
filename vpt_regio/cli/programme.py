"""`vpt programme create`: the programme itself, before anybody has an account."""

import getpass

import click
from flask.cli import AppGroup

from vpt_regio.cli import group
from vpt_regio.cli.common import messages_of
from vpt_regio.errors import DomainError, DuplicateValue
from vpt_regio.services import audit
from vpt_regio.services.programmes import found_programme
from vpt_regio.uow import write

programme = AppGroup("programme", help="The programme of this system.")
group.add_command(programme)


@programme.command("create")
@click.argument("code")
@click.option("--name", required=True, help="Name as it stands on pages and files.")
@click.option("--ministry", required=True, help="Name of the ministry that runs it.")
@click.option("--minister-title", required=True, help="Who signs, as in letters.")
def create(code: str, name: str, ministry: str, minister_title: str) -> None:
    """Create the programme CODE; its lists are made on the pages for administrators.

    Exits with 1 when there is a programme already and with 2 when a value is wrong.
    """
    try:
        with audit.operated_by(getpass.getuser()):
            write(
                lambda: found_programme(
                    code=code, name=name, ministry=ministry, minister_title=minister_title
                )
            )
    except DomainError as error:
        for message in messages_of(error):
            click.echo(message, err=True)
        raise SystemExit(1 if isinstance(error, DuplicateValue) else 2) from error
    click.echo(code)
