"""The figure check of a draft letter: sending it in, and what was found."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.blueprints.periods import load_period
from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import DomainError
from vpt_regio.forms.letter_checks import FindingFilterForm, LetterFileForm
from vpt_regio.models.letters import LetterCheck
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries import letter_checks as queries
from vpt_regio.services.letter_checks import is_done, readable, start_check
from vpt_regio.web import letter_check_pages as pages
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form, refused
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import EXCEL
from vpt_regio.web.session import current_person
from vpt_regio.web.slices import slice_of
from vpt_regio.workbooks.letter_findings import LETTER_FINDINGS, FindingSource

bp = Blueprint("letter_checks", __name__)

ADDRESS = "/halfjaren/<code>/brief-controleren"


def load_check(check_id: int) -> LetterCheck | None:
    return queries.get_check(check_id)


@bp.get(ADDRESS)
@authorize(Permission.LETTER_CHECK, load_period)
def upload(period: ReportingPeriod) -> ResponseReturnValue:
    return _upload_page(period, make_form(LetterFileForm))


@bp.post(ADDRESS)
@authorize(Permission.LETTER_CHECK, load_period)
def start(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(LetterFileForm)
    file = form.file.data = request.files.get("file")
    if not form.validate() or file is None:
        return refused(form, lambda: _upload_page(period, form), 422)
    content, name = file.read(), file.filename or ""
    # a letter is read before the write transaction, so that nobody waits for it
    try:
        readable(content, name)
    except DomainError as error:
        form.add_error(error, message_of)
        return refused(form, lambda: _upload_page(period, form), 422)
    return handle(
        form,
        lambda: start_check(period, content, name, actor=current_person()),
        page=lambda: _upload_page(period, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
    )


@bp.get("/brief-controles/<int:check_id>")
@authorize(Permission.LETTER_CHECK, load_check)
def show(check: LetterCheck) -> ResponseReturnValue:
    form = FindingFilterForm(formdata=request.args)
    is_valid = form.validate()
    choice = form.klopt.data if is_valid else ""
    page = slice_of(pages.shown(check.findings, choice or ""), number_asked("pagina") or 1)
    rendered = render_template(
        "letter_checks/show.html",
        check=check,
        form=form,
        is_done=is_done(check),
        counts=pages.counts(check.findings),
        rows=pages.finding_rows(page.items),
        page=page,
        page_url=lambda number: same_page("letter_checks.show", pagina=str(number)),
    )
    return rendered, 200 if is_valid else 422


@bp.get("/brief-controles/<int:check_id>/bestand")
@authorize(Permission.LETTER_CHECK, load_check)
def download(check: LetterCheck) -> ResponseReturnValue:
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.write import write

    target = io.BytesIO()
    source = FindingSource(check.file_name, check.findings)
    write(LETTER_FINDINGS, source, target, made_at=check.checked_at)
    target.seek(0)
    name = f"cijfercontrole-{check.id}.xlsx"
    return send_file(target, mimetype=EXCEL, as_attachment=True, download_name=name)


def _upload_page(period: ReportingPeriod, form: LetterFileForm) -> str:
    page = queries.page_of_checks(period, page=number_asked("pagina") or 1)
    return render_template(
        "letter_checks/upload.html",
        period=period,
        form=form,
        rows=pages.check_rows(page.items),
        page=page,
        page_url=lambda number: same_page(
            "letter_checks.upload", code=period.code, pagina=str(number)
        ),
    )
