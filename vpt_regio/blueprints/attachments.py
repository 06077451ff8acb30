"""The documents with an application, for the ministry: adding, taking away, downloading."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.blueprints.applications import ADDRESS, load_application
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.applications import DocumentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.queries.applications import get_application
from vpt_regio.queries.attachments import get_attachment, list_attachments
from vpt_regio.services.attachments import add_attachment, remove_attachment
from vpt_regio.web import application_pages as pages
from vpt_regio.web import application_rows as rows
from vpt_regio.web.attached import hand_out, sent_file
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("attachments", __name__)

DOCUMENTS = f"{ADDRESS}/documenten"


def load_attachment(application_id: int, attachment_id: int, **_parts: Any) -> Attachment | None:
    return get_attachment(application_id, attachment_id)


@bp.get(DOCUMENTS)
@authorize(Permission.APPLICATION_VIEW, load_application)
def index(application: SubsidyApplication) -> ResponseReturnValue:
    return _page(application, make_form(DocumentForm))


@bp.post(DOCUMENTS)
@authorize(Permission.APPLICATION_WRITE, load_application)
def add(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(DocumentForm)
    name, content = sent_file(form)
    return handle(
        form,
        lambda: add_attachment(
            application,
            file_name=name,
            content=content,
            actor=current_person(),
        ),
        page=lambda: _page(application, form),
        success=_here(application.id),
        message=_("Het document is toegevoegd."),
    )


@bp.get(f"{DOCUMENTS}/<int:attachment_id>")
@authorize(Permission.APPLICATION_VIEW, load_attachment)
def download(attachment: Attachment) -> ResponseReturnValue:
    return hand_out(attachment)


@bp.post(f"{DOCUMENTS}/<int:attachment_id>/weghalen")
@authorize(Permission.APPLICATION_WRITE, load_attachment)
def remove(attachment: Attachment) -> ResponseReturnValue:
    form = make_form(AppForm)
    application_id = attachment.application_id or 0
    return handle(
        form,
        lambda: remove_attachment(attachment, actor=current_person()),
        page=lambda: _refused(application_id, form),
        success=_here(application_id),
        message=_("Het document is weggehaald."),
    )


def _here(application_id: int) -> str:
    return url_for("attachments.index", application_id=application_id)


def _refused(application_id: int, form: AppForm) -> str:
    application = get_application(application_id)
    if application is None:
        raise LookupError("a document belongs to an application")
    return _page(application, make_form(DocumentForm), refused=form)


def _page(
    application: SubsidyApplication, form: DocumentForm, *, refused: AppForm | None = None
) -> str:
    attachments = list_attachments(application)
    return render_template(
        "applications/documents.html",
        application=application,
        form=form,
        refused=refused,
        remove_form=refused or make_form(AppForm),
        attachments=attachments,
        rows=rows.document_rows(attachments),
        step=pages.next_step(application),
    )
