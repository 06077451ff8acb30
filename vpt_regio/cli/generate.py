"""`vpt generate`: load a synthetic programme for load and scale tests."""

import sys

import click
from flask import current_app

from vpt_regio.cli import group
from vpt_regio.demo.generate import Size, count_steps
from vpt_regio.demo.generate import generate as make
from vpt_regio.errors import WrongState

AT_LEAST_ONE = click.IntRange(min=1)


@group.command("generate")
@click.option("--regions", type=click.IntRange(1, 999), default=16, show_default=True)
@click.option("--years", type=click.IntRange(1, 50), default=2, show_default=True)
@click.option(
    "--scale", type=AT_LEAST_ONE, default=1, show_default=True, help="Times 8 activities a plan."
)
@click.option("--seed", type=int, default=1, show_default=True)
def generate(regions: int, years: int, scale: int, seed: int) -> None:
    """Load a fictitious programme into an empty database; the same options give the same one."""
    if current_app.config["VPT_ENV"] == "production":
        raise click.UsageError("a synthetic programme does not belong in production")
    size = Size(regions=regions, years=years, scale=scale, seed=seed)
    hidden = not sys.stderr.isatty()
    try:
        with click.progressbar(
            length=count_steps(size), label="Generating", file=sys.stderr, hidden=hidden
        ) as bar:
            make(size, tell=bar.update)
    except WrongState as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Loaded {regions} regions over {years} years.")
