"""Views: load, fill a form, call a use case, redirect; no query and no rule.

Every module in this package that has a `bp` is registered.
"""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from vpt_regio.web.authorize import public


def register(app: Flask) -> None:
    """Register every blueprint of this package."""
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        app.register_blueprint(import_module(f"{__name__}.{module.name}").bp)
    app.view_functions["static"] = public("style sheets and scripts")(app.view_functions["static"])
