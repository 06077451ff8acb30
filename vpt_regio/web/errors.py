"""Pages for what goes wrong: what it is, where, and what to do. Details go to the log only."""

import structlog
from flask import Flask, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from vpt_regio.errors import DomainError, OnHold
from vpt_regio.extensions import db
from vpt_regio.web.handling import wants_json
from vpt_regio.web.i18n import message_of

PAGES = {400, 403, 404, 409, 410, 413, 500, 503}

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected_error)


def error_page(status: int, message: str = "") -> ResponseReturnValue:
    """Return the page of a status, with what is known of the cause in the reader's language."""
    if wants_json():
        return jsonify(message=message), status
    page = status if status in PAGES else 400 if status < 500 else 500
    return render_template(f"errors/{page}.html", message=message), status


def _domain_error(error: DomainError) -> ResponseReturnValue:
    if isinstance(error, OnHold) and not wants_json():
        return render_template("errors/hold.html", message=message_of(error)), error.status
    return error_page(error.status, message_of(error))


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return error_page(
        400,
        gettext(
            "Dit formulier is verlopen of komt van een andere website."
            " Ga terug, vernieuw de pagina en verstuur het formulier opnieuw."
        ),
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code)


def _database_error(error: OperationalError) -> ResponseReturnValue:
    db.session.rollback()
    log.error("database_unreachable", error=type(error.orig).__name__)
    body = error_page(503)
    return (*body, {"Retry-After": "30"}) if isinstance(body, tuple) else body


def _unexpected_error(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.exception("unexpected_error", exc_info=error)
    return error_page(500)
