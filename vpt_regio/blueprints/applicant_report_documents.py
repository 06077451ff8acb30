"""The documents that an applicant hands in with the final report of the pilot, by a link."""

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import DocumentForm
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.web.applicant_documents import (
    Folder,
    add_document,
    folder_page,
    hand_out,
    take_away,
)
from vpt_regio.web.applicant_pilots import may_write_report
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import make_form
from vpt_regio.web.link_holder import LinkVisit, with_link

bp = Blueprint("applicant_report_documents", __name__)

ADDRESS = "/aanvraag/<token>/pilot/eindverslag/documenten"
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
    """Return the documents of the report; there is none before the report was first saved."""
    pilot = pilot_of(visit.application)
    report = pilot.final_report if pilot else None
    if pilot is None or report is None:
        abort(404)
    return Folder(
        subject=report,
        blueprint=bp.name,
        title=_("Documenten bij het eindverslag"),
        text=_("Hier voegt u documenten toe, zoals de verklaring van de accountant."),
        back=url_for("applicant_reports.edit", token=visit.token),
        may_write=may_write_report(pilot),
    )
