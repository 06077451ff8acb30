"""The documents that an applicant hands in with the application, by a link."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import DocumentForm
from vpt_regio.web.applicant_documents import (
    Folder,
    add_document,
    folder_page,
    hand_out,
    take_away,
)
from vpt_regio.web.applicant_pages import standing_of
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import make_form
from vpt_regio.web.link_holder import LinkVisit, with_link

bp = Blueprint("applicant_documents", __name__)

ADDRESS = "/aanvraag/<token>/documenten"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def index(visit: LinkVisit) -> ResponseReturnValue:
    return folder_page(visit, _folder(visit), make_form(DocumentForm))


@bp.post(ADDRESS)
@public(PROOF)
@with_link
def add(visit: LinkVisit) -> ResponseReturnValue:
    return add_document(visit, _folder(visit))


@bp.get(f"{ADDRESS}/<int:attachment_id>")
@public(PROOF)
@with_link
def download(visit: LinkVisit, attachment_id: int) -> ResponseReturnValue:
    return hand_out(_folder(visit), attachment_id)


@bp.post(f"{ADDRESS}/<int:attachment_id>/weghalen")
@public(PROOF)
@with_link
def remove(visit: LinkVisit, attachment_id: int) -> ResponseReturnValue:
    return take_away(visit, _folder(visit), attachment_id)


def _folder(visit: LinkVisit) -> Folder:
    application = visit.application
    return Folder(
        subject=application,
        blueprint=bp.name,
        title=_("Documenten bij de aanvraag"),
        text=_("Hier voegt u documenten toe, zoals een begroting of een offerte."),
        back=url_for("applicant.show", token=visit.token),
        may_write=standing_of(application, visit.holder).may_write,
    )
