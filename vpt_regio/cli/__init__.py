"""The `flask --app wsgi vpt …` commands: 0 done, 1 does not hold, 2 wrong use."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask
from flask.cli import AppGroup

group = AppGroup("vpt", help="VPT Regio: load, export, check and run.")


def register(app: Flask) -> None:
    """Register the group; every module of this package adds its commands to it on import."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    app.cli.add_command(group)
