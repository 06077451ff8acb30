"""The messages that the application sent or still has to send."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.queries.people import get_message, list_messages
from vpt_regio.web.authorize import authorize

bp = Blueprint("mail", __name__)


def load_message(message_id: int) -> OutboxMessage | None:
    return get_message(message_id)


@bp.get("/beheer/berichten")
@authorize(Permission.MAIL_VIEW)
def index() -> ResponseReturnValue:
    return render_template("mail/index.html", messages=list_messages())


@bp.get("/beheer/berichten/<int:message_id>")
@authorize(Permission.MAIL_VIEW, load_message)
def show(message: OutboxMessage) -> ResponseReturnValue:
    # a message may hold a one-time link, which only its receiver may use
    shows_text = current_app.config["VPT_ENV"] != "production"
    return render_template("mail/show.html", message=message, shows_text=shows_text)
