"""The documents of an applicant: with the application, and with the final report of its pilot."""

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import DocumentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.applications import Attachment, SubsidyApplication
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.services.attachments import add_attachment, remove_attachment
from vpt_regio.web import attached
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.link_holder import LinkVisit


@dataclass(frozen=True)
class Folder:
    """Documents that belong together; `blueprint` has the views `index`, `download`, `remove`."""

    subject: SubsidyApplication | PilotFinalReport
    blueprint: str
    title: str
    text: str
    back: str
    may_write: bool


def folder_page(
    visit: LinkVisit, folder: Folder, form: DocumentForm, *, refused: AppForm | None = None
) -> str:
    """Return the page of a folder; `refused` is the form by which a document was to go away."""
    return render_template(
        "applicant/documents.html",
        visit=visit,
        folder=folder,
        form=form,
        remove_form=refused or make_form(AppForm),
        attachments=list_attachments(folder.subject),
    )


def add_document(visit: LinkVisit, folder: Folder) -> ResponseReturnValue:
    form = make_form(DocumentForm)
    name, content = attached.sent_file(form)
    return handle(
        form,
        lambda: add_attachment(folder.subject, file_name=name, content=content, actor=visit.holder),
        page=lambda: folder_page(visit, folder, form),
        success=_address(visit, folder),
        message=_("Het document is toegevoegd."),
    )


def take_away(visit: LinkVisit, folder: Folder, attachment_id: int) -> ResponseReturnValue:
    attachment = _found(folder, attachment_id)
    form = make_form(AppForm)
    return handle(
        form,
        lambda: remove_attachment(attachment, actor=visit.holder),
        page=lambda: folder_page(visit, folder, make_form(DocumentForm), refused=form),
        success=_address(visit, folder),
        message=_("Het document is weggehaald."),
    )


def hand_out(folder: Folder, attachment_id: int) -> ResponseReturnValue:
    return attached.hand_out(_found(folder, attachment_id))


def _found(folder: Folder, attachment_id: int) -> Attachment:
    """Return a document of this folder; any other is not found here."""
    present = list_attachments(folder.subject)
    attachment = next((one for one in present if one.id == attachment_id), None)
    if attachment is None:
        abort(404)
    return attachment


def _address(visit: LinkVisit, folder: Folder) -> str:
    return url_for(f"{folder.blueprint}.index", token=visit.token)
