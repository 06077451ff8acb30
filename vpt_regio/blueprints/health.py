"""Whether the process lives, and whether it can serve."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from vpt_regio.queries.health import is_migrated
from vpt_regio.web.authorize import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public("asked by machines that watch the process")
def process() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@public("asked by machines that send traffic here")
def ready() -> ResponseReturnValue:
    try:
        migrated = is_migrated()
    except DBAPIError:
        return {"status": "database unreachable"}, 503
    return ({"status": "ok"}, 200) if migrated else ({"status": "migration needed"}, 503)
