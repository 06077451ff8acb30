"""The documents that an applicant hands in with the application, by a link."""

import io

from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import DocumentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.subsidies import Attachment
from vpt_regio.queries.attachments import get_attachment, list_attachments
from vpt_regio.services.attachments import add_attachment, remove_attachment
from vpt_regio.web import applicant_pages as pages
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.link_holder import LinkVisit, with_link

bp = Blueprint("applicant_documents", __name__)

ADDRESS = "/aanvraag/<token>/documenten"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def index(visit: LinkVisit) -> ResponseReturnValue:
    return _page(visit, make_form(DocumentForm))


@bp.post(ADDRESS)
@public(PROOF)
@with_link
def add(visit: LinkVisit) -> ResponseReturnValue:
    form = make_form(DocumentForm)
    file = form.file.data = request.files.get("file")
    content = file.read() if file else b""
    return handle(
        form,
        lambda: add_attachment(
            visit.application,
            file_name=(file.filename or "") if file else "",
            content=content,
            actor=visit.holder,
        ),
        page=lambda: _page(visit, form),
        success=_here(visit),
        message=_("Het document is toegevoegd."),
    )


@bp.get(f"{ADDRESS}/<int:attachment_id>")
@public(PROOF)
@with_link
def download(visit: LinkVisit, attachment_id: int) -> ResponseReturnValue:
    attachment = _found(visit, attachment_id)
    return send_file(
        io.BytesIO(attachment.content),
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.file_name,
    )


@bp.post(f"{ADDRESS}/<int:attachment_id>/weghalen")
@public(PROOF)
@with_link
def remove(visit: LinkVisit, attachment_id: int) -> ResponseReturnValue:
    attachment = _found(visit, attachment_id)
    form = make_form(AppForm)
    return handle(
        form,
        lambda: remove_attachment(attachment, actor=visit.holder),
        page=lambda: _page(visit, make_form(DocumentForm), refused=form),
        success=_here(visit),
        message=_("Het document is weggehaald."),
    )


def _found(visit: LinkVisit, attachment_id: int) -> Attachment:
    attachment = get_attachment(visit.application.id, attachment_id)
    if attachment is None:
        abort(404)
    return attachment


def _here(visit: LinkVisit) -> str:
    return url_for("applicant_documents.index", token=visit.token)


def _page(visit: LinkVisit, form: DocumentForm, *, refused: AppForm | None = None) -> str:
    return render_template(
        "applicant/documents.html",
        visit=visit,
        form=form,
        remove_form=refused or make_form(AppForm),
        attachments=list_attachments(visit.application),
        standing=pages.standing_of(visit.application, visit.holder),
    )
