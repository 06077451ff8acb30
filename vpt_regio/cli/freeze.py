"""`vpt freeze`: freeze a half-year on behalf of a person who may."""

import getpass

import click

from vpt_regio.cli import group
from vpt_regio.cli.common import period_of, person_of
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.errors import DomainError, SeveralErrors
from vpt_regio.extensions import db
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.services.audit import operated_by
from vpt_regio.services.freeze import freeze
from vpt_regio.services.snapshot_files import MAKERS, file_of
from vpt_regio.uow import write


@group.command("freeze")
@click.argument("period")
@click.option("--as", "email", required=True, help="the address of who freezes it")
def freeze_period(period: str, email: str) -> None:
    """Freeze PERIOD, or make its next version, and store the files of it.

    Exit 1 with everything that is in the way; exit 2 when there is no such period or person.
    """
    found, person = period_of(period), person_of(email)
    try:
        with operated_by(getpass.getuser()):
            snapshot_id = write(lambda: freeze(found, actor=person).id)
    except DomainError as error:
        for problem in error.errors if isinstance(error, SeveralErrors) else [error]:
            click.echo(str(problem), err=True)
        raise SystemExit(1) from error
    for kind in MAKERS:
        _store(snapshot_id, kind)
    snapshot = db.session.get_one(Snapshot, snapshot_id)
    click.echo(f"{found.code} version {snapshot.version_no} {snapshot.sha256}")


def _store(snapshot_id: int, kind: FileKind) -> None:
    file = file_of(db.session.get_one(Snapshot, snapshot_id), kind)
    click.echo(f"{file.file_name} {file.sha256}")
