"""The letter of a decision, as a Word document."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.models.decisions import Decision
from vpt_regio.queries.decision_letters import find_letter
from vpt_regio.queries.decisions import get_decision
from vpt_regio.services.decision_letters import keep_letter, render_letter
from vpt_regio.uow import write
from vpt_regio.web.authorize import authorize
from vpt_regio.web.session import current_person

bp = Blueprint("decision_letters", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def load_decision(decision_id: int) -> Decision | None:
    return get_decision(decision_id)


@bp.get("/besluiten/<int:decision_id>/brief")
@authorize(Permission.ACTION_PLAN_VIEW, load_decision)
def download(decision: Decision) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(_content(decision)),
        mimetype=WORD,
        as_attachment=True,
        download_name=f"{decision.reference}.docx",
    )


def _content(decision: Decision) -> bytes:
    """Return the letter; whoever asks first has it made, and everybody gets the same bytes."""
    letter = find_letter(decision)
    if letter is None:
        content, template = render_letter(decision)
        letter = write(
            lambda: keep_letter(
                decision, content=content, template_sha256=template, actor=current_person()
            )
        )
    return letter.content
