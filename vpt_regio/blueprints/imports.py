"""Progress forms that come back: uploading, the preview, choosing, undoing, and the lists."""

import io
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.blueprints.periods import load_period
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.imports import DecideForm, UndoForm, UploadForm, decide_form
from vpt_regio.models.imports import Import
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries import imports as queries
from vpt_regio.queries.history import list_history
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.reports import get_region
from vpt_regio.services import imports
from vpt_regio.web import import_pages as pages
from vpt_regio.web.addresses import number_asked
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import EXCEL, type_of
from vpt_regio.web.session import current_person

bp = Blueprint("imports", __name__)


def load_import(import_id: int) -> Import | None:
    return queries.get_import(import_id)


def load_returned(import_id: int) -> Import | None:
    """Return a form of which a marked one goes back; of a form that is fine there is none."""
    found = queries.get_import(import_id)
    return found if found is not None and queries.has_returned(found) else None


def load_region(code: str) -> Region | None:
    return get_region(get_programme().id, code)


@bp.get("/halfjaren/<code>/inlezen")
@authorize(Permission.REPORT_EDIT)
def upload(code: str) -> ResponseReturnValue:
    period = _period(code)
    return _upload_page(period, _upload_form(period))


@bp.post("/halfjaren/<code>/inlezen")
@authorize(Permission.REPORT_EDIT)
def send(code: str) -> ResponseReturnValue:
    period = _period(code)
    form = _upload_form(period)
    file = form.file.data = request.files.get("file")
    data = file.read() if file else b""
    name = (file.filename or "") if file else ""
    return handle(
        form,
        lambda: imports.upload(
            data, name, region=_region(form), period=period, actor=current_person()
        ),
        page=lambda: _upload_page(period, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
        message=_("Het bestand is ontvangen en wordt gelezen."),
    )


@bp.get("/halfjaren/<code>/inlezingen")
@authorize(Permission.REPORT_VIEW)
def index(code: str) -> ResponseReturnValue:
    period = _period(code)
    number = number_asked("pagina") or 1
    page = queries.page_of_imports(current_person(), period=period, page=number)
    return render_template(
        "imports/index.html",
        period=period,
        page=page,
        rows=pages.import_rows(page.items, with_region=True),
        page_url=lambda number: url_for("imports.index", code=code, pagina=number),
    )


@bp.get("/regios/<code>/inlezingen")
@authorize(Permission.REPORT_VIEW, load_region)
def of_region(region: Region) -> ResponseReturnValue:
    number = number_asked("pagina") or 1
    page = queries.page_of_imports(current_person(), region=region, page=number)
    return render_template(
        "imports/of_region.html",
        region=region,
        page=page,
        rows=pages.import_rows(page.items, with_region=False),
        page_url=lambda number: url_for("imports.of_region", code=region.code, pagina=number),
    )


@bp.get("/inlezingen/<int:import_id>")
@authorize(Permission.REPORT_VIEW, load_import)
def show(import_: Import) -> ResponseReturnValue:
    return _page(import_)


@bp.post("/inlezingen/<int:import_id>/verwerken")
@authorize(Permission.REPORT_EDIT, load_import)
def decide(import_: Import) -> ResponseReturnValue:
    form = _decide_form(import_, imports.preview(import_))
    return handle(
        form,
        lambda: imports.decide(
            import_,
            accepted_keys=form.accepted,
            kept_keys=form.kept,
            seen=form.seen.data or "",
            actor=current_person(),
        ),
        page=lambda: _page(import_, form=form),
        success=url_for("imports.show", import_id=import_.id),
        message=_("Het formulier is verwerkt. De rapportage is nog niet ingediend."),
    )


@bp.post("/inlezingen/<int:import_id>/niet-verwerken")
@authorize(Permission.REPORT_EDIT, load_import)
def discard(import_: Import) -> ResponseReturnValue:
    form = make_form(AppForm, import_)
    return handle(
        form,
        lambda: imports.discard(
            import_, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(import_, plain_form=form),
        success=url_for("imports.show", import_id=import_.id),
        message=_("Het formulier is niet verwerkt. Er is niets veranderd."),
    )


@bp.post("/inlezingen/<int:import_id>/ongedaan")
@authorize(Permission.REPORT_EDIT, load_import)
def undo(import_: Import) -> ResponseReturnValue:
    form = make_form(UndoForm, import_)
    return handle(
        form,
        lambda: imports.undo(
            import_,
            reason=form.reason.data or "",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(import_, undo_form=form),
        success=url_for("imports.show", import_id=import_.id),
        message=_("De verwerking is ongedaan gemaakt."),
    )


@bp.get("/inlezingen/<int:import_id>/bestand")
@authorize(Permission.REPORT_VIEW, load_import)
def file(import_: Import) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(queries.content_of(import_)),
        mimetype=type_of(import_.file_name),
        as_attachment=True,
        download_name=import_.file_name,
    )


@bp.get("/inlezingen/<int:import_id>/terug")
@authorize(Permission.REPORT_VIEW, load_returned)
def returned(import_: Import) -> ResponseReturnValue:
    content = queries.returned_of(import_)
    name = f"{import_.file_name.rpartition('.')[0] or import_.file_name}-met-fouten.xlsx"
    return send_file(io.BytesIO(content), mimetype=EXCEL, as_attachment=True, download_name=name)


def _period(code: str) -> ReportingPeriod:
    return load_period(code) or abort(404)


def _upload_form(period: ReportingPeriod) -> UploadForm:
    own = queries.list_writable_regions(current_person(), period.programme_id)
    options = [(region.code, region.name) for region in own]
    form = make_form(UploadForm, choices={"region": [("", _("Kies een regio")), *options]})
    if len(own) < 2:
        del form.region
    return form


def _region(form: UploadForm) -> Region | None:
    code = form.region.data if "region" in form else None
    return load_region(code) if code else None


def _upload_page(period: ReportingPeriod, form: UploadForm) -> str:
    page = queries.page_of_imports(current_person(), period=period, page=1)
    return render_template(
        "imports/upload.html",
        period=period,
        form=form,
        rows=pages.import_rows(page.items, with_region=True),
    )


def _decide_form(import_: Import, preview: imports.Preview) -> DecideForm:
    return make_form(decide_form(pages.conflict_choices(preview)), import_)


def _page(
    import_: Import,
    *,
    form: DecideForm | None = None,
    plain_form: AppForm | None = None,
    undo_form: UndoForm | None = None,
) -> str:
    preview = imports.preview(import_)
    known = {
        "import_": import_,
        "status": pages.status_badge(import_),
        "is_read": imports.is_read(import_),
        "problems": pages.message_rows(import_.problems),
        "notes": pages.message_rows(import_.notes),
        "plain_form": plain_form or make_form(AppForm, import_),
        "entries": in_words(list_history(import_)),
    }
    if import_.status is not ImportStatus.PREVIEW:
        return render_template(
            "imports/decided.html",
            **known,
            has_returned=queries.has_returned(import_),
            rows=pages.decided_rows(import_, preview),
            undo_form=undo_form or make_form(UndoForm, data={"version": import_.version}),
            is_taken=pages.is_taken(import_),
            blockers=_blockers(import_),
        )
    return render_template("imports/preview.html", **known, **_choices(import_, preview, form))


def _choices(import_: Import, preview: imports.Preview, sent: DecideForm | None) -> dict[str, Any]:
    """Return the choices as they are now; what was left on stays on when the page comes back."""
    form = _decide_form(import_, preview)
    if sent is not None:
        form.general_errors = sent.general_errors
        for name, field in form._fields.items():
            if name in sent:
                field.errors = sent[name].errors
    form.seen.data = preview.seen
    return {
        "form": form,
        "rows": pages.choice_rows(preview, form.accepted if sent is not None else None),
        "conflicts": [form[key] for key in form.conflict_keys],
        "idle": pages.idle_rows(preview),
    }


def _blockers(import_: Import) -> list[str]:
    """Return why a form that was taken over cannot be taken back now."""
    problems = imports.undo_problems(import_) if pages.is_taken(import_) else []
    return [message_of(problem) for problem in problems]
