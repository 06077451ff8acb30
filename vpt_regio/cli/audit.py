"""`vpt audit verify`: walk the chain of the audit record."""

import click
from flask.cli import AppGroup

from vpt_regio.cli import group
from vpt_regio.extensions import db
from vpt_regio.services.audit import verify
from vpt_regio.services.snapshot_checks import damaged_snapshot

audit = AppGroup("audit", help="The audit record.")
group.add_command(audit)


@audit.command("verify")
def verify_chain() -> None:
    """Walk the chain and check every frozen version; exit 1 and name what was tampered with."""
    broken = verify(db.session())
    if broken:
        click.echo(f"entry {broken.seq}: {broken.problem}", err=True)
        raise SystemExit(1)
    damaged = damaged_snapshot(db.session())
    if damaged:
        click.echo(damaged, err=True)
        raise SystemExit(1)
    click.echo("The audit record is whole.")
