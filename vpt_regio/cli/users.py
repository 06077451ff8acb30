"""`vpt user create`: somebody with an account, and the link with which they choose a password."""

import getpass

import click
from flask import current_app
from flask.cli import AppGroup

from vpt_regio import clock
from vpt_regio.cli import group
from vpt_regio.cli.common import messages_of, the_programme
from vpt_regio.domain.roles import Role
from vpt_regio.errors import DomainError, DuplicateValue
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.people import find_region
from vpt_regio.services import audit, one_time_links, people
from vpt_regio.uow import write
from vpt_regio.web.links import one_time_link

user = AppGroup("user", help="People with an account.")
group.add_command(user)


@user.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Name as others see it.")
@click.option(
    "--role", required=True, type=click.Choice([role.value for role in Role]), help="First role."
)
@click.option("--region", help="Code of the region, for a regional role.")
def create(email: str, name: str, role: str, region: str | None) -> None:
    """Create a person with a role and print a one-time link, valid for seven days.

    Exits with 1 when the person exists already and with 2 when a value is wrong.
    """
    programme = the_programme()
    place = _region(programme, region)
    try:
        with audit.operated_by(getpass.getuser()):
            token = write(lambda: _create(programme, email, name, Role(role), place))
    except DomainError as error:
        for message in messages_of(error):
            click.echo(message, err=True)
        raise SystemExit(1 if isinstance(error, DuplicateValue) else 2) from error
    with current_app.test_request_context():
        click.echo(one_time_link(token))


def _create(programme: Programme, email: str, name: str, role: Role, region: Region | None) -> str:
    person = people.create_person(programme, email=email, name=name, actor=None)
    people.give_role(
        person, role=role, region=region, starts_on=clock.today(), ends_on=None, actor=None
    )
    return one_time_links.make_link(person, actor=None)


def _region(programme: Programme, code: str | None) -> Region | None:
    region = find_region(programme, code) if code else None
    if code and region is None:
        raise click.BadParameter(f"there is no region {code!r}", param_hint="--region")
    return region
