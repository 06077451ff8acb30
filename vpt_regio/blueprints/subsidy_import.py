"""Earlier subsidies from a file: choose it, see what is new, and only then store it."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import Invalid
from vpt_regio.forms.subsidy_import import SubsidyImportForm
from vpt_regio.queries.people import list_region_choices
from vpt_regio.queries.programmes import get_programme
from vpt_regio.services.subsidy_import import (
    UNREADABLE,
    SubsidyDraft,
    SubsidyFile,
    check_file,
    draft_of,
    show,
    take_over,
)
from vpt_regio.web import subsidy_import_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.figure_import_pages import message_rows
from vpt_regio.web.handling import handle, make_form, refused
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import EXCEL
from vpt_regio.web.session import current_person
from vpt_regio.workbooks.subsidy_form import subsidy_form
from vpt_regio.workbooks.write import write

bp = Blueprint("subsidy_import", __name__)


@bp.get("/subsidies/inlezen/sjabloon")
@authorize(Permission.SUBSIDY_IMPORT)
def template() -> ResponseReturnValue:
    target = io.BytesIO()
    regions = list_region_choices(get_programme())
    write(subsidy_form(), regions, target, made_at=clock.now())
    target.seek(0)
    name = "eerdere-subsidies.xlsx"
    return send_file(target, mimetype=EXCEL, as_attachment=True, download_name=name)


@bp.get("/subsidies/inlezen")
@authorize(Permission.SUBSIDY_IMPORT)
def upload() -> ResponseReturnValue:
    form = make_form(SubsidyImportForm)
    # whose session expired on the preview comes back here with the rows
    draft = pages.unseal(form.rows.data, get_programme(), current_person())
    return _preview_page(form, draft) if draft else _upload_page(form)


@bp.post("/subsidies/inlezen")
@authorize(Permission.SUBSIDY_IMPORT)
def send() -> ResponseReturnValue:
    form = make_form(SubsidyImportForm)
    return _store(form) if form.rows.data else _show_preview(form)


def _show_preview(form: SubsidyImportForm) -> ResponseReturnValue:
    file = form.file.data = request.files.get("file")
    if not form.validate() or file is None:
        return refused(form, lambda: _upload_page(form), 422)
    found = check_file(get_programme(), file.read(), file.filename or "")
    for error in found.errors:
        form.add_error(error, message_of)
    if found.errors:
        return refused(form, lambda: _upload_page(form, found), 422)
    return _preview_page(form, draft_of(found), found)


def _store(form: SubsidyImportForm) -> ResponseReturnValue:
    draft = pages.unseal(form.rows.data, get_programme(), current_person())
    if draft is None:
        form.add_error(Invalid(UNREADABLE, field="file"), message_of)
        return refused(form, lambda: _upload_page(form), 422)
    # the rows have been read: no file is sent any more
    del form.file
    return handle(
        form,
        lambda: take_over(get_programme(), draft, actor=current_person()),
        page=lambda: _preview_page(form, draft),
        success=url_for("subsidies.index"),
        message=_("De eerdere subsidies zijn overgenomen."),
    )


def _upload_page(form: SubsidyImportForm, found: SubsidyFile | None = None) -> str:
    form.rows.data = ""
    return render_template(
        "subsidy_import/upload.html",
        form=form,
        problems=message_rows(found.problems) if found else [],
    )


def _preview_page(
    form: SubsidyImportForm, draft: SubsidyDraft, found: SubsidyFile | None = None
) -> str:
    """Show the rows beside what is there at this moment; that is what can be stored."""
    programme = get_programme()
    shown = show(programme, draft)
    now = draft_of(draft, seen=shown.seen)
    form.rows.data = pages.seal(now, programme, current_person())
    regions = {region.id: region.name for region in list_region_choices(programme)}
    return render_template(
        "subsidy_import/preview.html",
        form=form,
        draft=now,
        shown=shown,
        counts=pages.counts(shown),
        rounds=pages.round_rows(shown.new_rounds),
        pilots=pages.pilot_rows(shown.new_pilots, regions),
        present=pages.present_rows(shown),
        warnings=message_rows(shown.warnings),
        notes=message_rows(found.notes) if found else [],
    )
