"""`vpt demo`: load the demonstration programme."""

import click
from flask import current_app

from vpt_regio.cli import group
from vpt_regio.demo.loader import load
from vpt_regio.uow import write


@group.command("demo")
def demo() -> None:
    """Load the demonstration programme; where a programme exists, nothing changes."""
    if current_app.config["VPT_ENV"] == "production":
        raise click.UsageError("production holds no demonstration accounts; use demo or test")
    steps = write(load)
    if steps:
        click.echo(f"The demonstration programme was loaded in {steps} steps.")
    else:
        click.echo("There is a programme already; nothing was changed.")
