"""VPT Regio: programme management for covenants, action plans and half-years of regions."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import load_settings
from vpt_regio import blueprints, cli, clock, database, jobs, logs, outbox, queue
from vpt_regio.extensions import csrf, db, migrate
from vpt_regio.web import (
    addresses,
    authorize,
    errors,
    filters,
    i18n,
    measured,
    page,
    security,
    session,
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application; `settings` overrules what the environment says."""
    logs.configure()
    app = Flask(__name__, template_folder="../templates", static_folder="static")
    app.config.from_mapping(load_settings())
    app.config.from_mapping(settings or {})
    trust_proxies(app)
    clock.configure(reference_day=app.config["VPT_TODAY"])
    register_extensions(app)
    register_web(app)
    blueprints.register(app)
    cli.register(app)
    authorize.refuse_undeclared(app)
    return app


def trust_proxies(app: Flask) -> None:
    """Believe what the servers in front say of the visitor: as many as there are, and no more."""
    count = app.config["VPT_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def register_extensions(app: Flask) -> None:
    """Connect the extensions and attach the rules for database connections."""
    import vpt_regio.models  # noqa: F401 - fills the metadata

    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    csrf.init_app(app)
    queue.init_app(app, run_job=jobs.run, deliver=outbox.deliver)
    with app.app_context():
        database.prepare(db.engine)


def register_web(app: Flask) -> None:
    """Connect what every page needs."""
    for part in (addresses, session, i18n, security, errors, filters, measured, page):
        part.init_app(app)
