"""The letter of a decision, as a Word document: made once, then the same for everybody."""

import io

from flask import Blueprint, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.models.decisions import Decision
from vpt_regio.queries.decision_letters import find_letter
from vpt_regio.queries.decisions import get_decision
from vpt_regio.services.decision_letters import keep_letter, render_letter
from vpt_regio.web.authorize import authorize
from vpt_regio.web.decision_pages import decision_page
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.mime_types import WORD
from vpt_regio.web.session import current_person

bp = Blueprint("decision_letters", __name__)


def load_decision(decision_id: int) -> Decision | None:
    return get_decision(decision_id)


@bp.post("/besluiten/<int:decision_id>/brief")
@authorize(Permission.LETTER_MAKE, load_decision)
def make(decision: Decision) -> ResponseReturnValue:
    form = make_form(AppForm)
    # filling in a document takes long, so it is done before the write door opens
    content, template = render_letter(decision)
    return handle(
        form,
        lambda: keep_letter(
            decision, content=content, template_sha256=template, actor=current_person()
        ),
        page=lambda: decision_page(decision, form),
        success=url_for("decisions.show", decision_id=decision.id),
        message=_("De brief is gemaakt. U kunt die nu downloaden."),
    )


@bp.get("/besluiten/<int:decision_id>/brief")
@authorize(Permission.ACTION_PLAN_VIEW, load_decision)
def download(decision: Decision) -> ResponseReturnValue:
    letter = find_letter(decision)
    if letter is None:
        flash(_("Van dit besluit is nog geen brief gemaakt."))
        return redirect(url_for("decisions.show", decision_id=decision.id), 303)
    return send_file(
        io.BytesIO(letter.content),
        mimetype=WORD,
        as_attachment=True,
        download_name=f"{decision.reference}.docx",
    )
