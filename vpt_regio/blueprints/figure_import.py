"""Figures from a file: choose it, see what it changes, and only then store them."""

import io

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.blueprints.figures import load_set
from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import Invalid
from vpt_regio.forms.figure_import import FigureImportForm
from vpt_regio.models.figures import FigureSet
from vpt_regio.services.figure_import import (
    UNREADABLE,
    FigureDraft,
    FigureFile,
    check_file,
    draft_of,
    take_over,
)
from vpt_regio.services.figure_preview import LineState, present_table, preview
from vpt_regio.web import figure_import_pages as pages
from vpt_regio.web import figure_pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form, refused
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import EXCEL
from vpt_regio.web.session import current_person
from vpt_regio.workbooks.figure_form import figure_form
from vpt_regio.workbooks.write import write

bp = Blueprint("figure_import", __name__)


@bp.get("/cijfers/<set_code>/sjabloon")
@authorize(Permission.FIGURE_MANAGE, load_set)
def template(figure_set: FigureSet) -> ResponseReturnValue:
    target = io.BytesIO()
    write(figure_form(figure_set), present_table(figure_set), target, made_at=clock.now())
    target.seek(0)
    name = f"cijfers-{figure_set.code}.xlsx"
    return send_file(target, mimetype=EXCEL, as_attachment=True, download_name=name)


@bp.get("/cijfers/<set_code>/inlezen")
@authorize(Permission.FIGURE_MANAGE, load_set)
def upload(figure_set: FigureSet) -> ResponseReturnValue:
    form = make_form(FigureImportForm)
    # whose session expired on the preview comes back here with the figures
    draft = pages.unseal(form.figures.data, figure_set, current_person())
    return _preview_page(figure_set, form, draft) if draft else _upload_page(figure_set, form)


@bp.post("/cijfers/<set_code>/inlezen")
@authorize(Permission.FIGURE_MANAGE, load_set)
def send(figure_set: FigureSet) -> ResponseReturnValue:
    form = make_form(FigureImportForm)
    return _store(figure_set, form) if form.figures.data else _show_preview(figure_set, form)


def _show_preview(figure_set: FigureSet, form: FigureImportForm) -> ResponseReturnValue:
    file = form.file.data = request.files.get("file")
    # what is wrong with the other fields can be mended on the preview, without the file
    is_valid = form.validate()
    if file is None or form.file.errors:
        return refused(form, lambda: _upload_page(figure_set, form), 422)
    table = present_table(figure_set)
    found = check_file(table, file.read(), file.filename or "")
    for error in found.errors:
        form.add_error(error, message_of)
    if found.errors:
        return refused(form, lambda: _upload_page(figure_set, form, found), 422)
    draft = draft_of(table, found.entries, file_name=found.name, sha256=found.sha256)
    return _preview_page(figure_set, form, draft, found), 200 if is_valid else 422


def _store(figure_set: FigureSet, form: FigureImportForm) -> ResponseReturnValue:
    draft = pages.unseal(form.figures.data, figure_set, current_person())
    if draft is None:
        form.add_error(Invalid(UNREADABLE, field="file"), message_of)
        return refused(form, lambda: _upload_page(figure_set, form), 422)
    # the figures have been read: no file is sent any more
    del form.file
    return handle(
        form,
        lambda: take_over(
            figure_set,
            draft,
            source=form.source.data,
            cutoff_on=form.cutoff_on.data,
            scope_note=form.scope_note.data,
            reason=form.reason.data,
            actor=current_person(),
        ),
        page=lambda: _preview_page(figure_set, form, draft),
        success=lambda delivery: figure_pages.delivery_url(delivery, delivery.figure_set),
        message=_("De cijfers zijn overgenomen."),
    )


def _upload_page(
    figure_set: FigureSet, form: FigureImportForm, found: FigureFile | None = None
) -> str:
    form.figures.data = ""
    return render_template(
        "figure_import/upload.html",
        figure_set=figure_set,
        form=form,
        problems=pages.message_rows(found.problems) if found else [],
    )


def _preview_page(
    figure_set: FigureSet,
    form: FigureImportForm,
    draft: FigureDraft,
    found: FigureFile | None = None,
) -> str:
    """Show the figures beside what stands there at this moment; that is what can be stored."""
    table = present_table(figure_set)
    now = draft_of(table, draft.entries, file_name=draft.file_name, sha256=draft.sha256)
    form.figures.data = pages.seal(now, figure_set, current_person())
    shown = preview(table, now.entries)
    unchanged = shown.of(LineState.UNCHANGED)
    return render_template(
        "figure_import/preview.html",
        figure_set=figure_set,
        form=form,
        draft=now,
        is_renewed=now != draft,
        needs_reason=bool(shown.of(LineState.CHANGED)),
        shown=shown,
        counts=pages.counts(shown),
        rows=pages.line_rows(figure_set, shown.of(LineState.NEW, LineState.CHANGED)),
        unchanged=pages.unchanged_rows(figure_set, unchanged),
        warnings=figure_pages.check_rows(shown.warnings, figure_pages.set_url),
        rules=figure_pages.rules_of(shown.warnings),
        notes=pages.message_rows(found.notes) if found else [],
    )
