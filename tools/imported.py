"""Everything that the application is made of, imported once for many servers."""

import pkgutil
from importlib import import_module

from vpt_regio import blueprints, cli

for package in (blueprints, cli):
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        import_module(found.name)
