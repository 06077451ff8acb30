"""The final report of a pilot: written, with documents, submitted, returned and accepted."""

import io

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import FinalReportStatus, PilotStatus, ReportLineKind
from vpt_regio.domain.workflows.pilots import PILOT_FINAL_REPORT
from vpt_regio.forms.applications import DocumentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.pilots import (
    FinalReportForm,
    ReturnReportForm,
)
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries import final_pilot_reports as queries
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.settlements import get_granted
from vpt_regio.services.attachments import add_attachment, remove_attachment
from vpt_regio.services.final_reports import (
    WRITABLE,
    accept_final_report,
    return_final_report,
    submit_final_report,
    write_final_report,
)
from vpt_regio.services.transitions import blockers
from vpt_regio.web import pilot_report_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.pilot_pages import tab_items
from vpt_regio.web.session import current_person

bp = Blueprint("pilot_reports", __name__, url_prefix="/pilots/<int:pilot_id>/eindverslag")


def load_granted(pilot_id: int) -> Pilot | None:
    """Return a pilot with a grant: only a subsidy is accounted for."""
    return get_granted(pilot_id)


def load_report(pilot_id: int) -> PilotFinalReport | None:
    return queries.get_report(pilot_id)


def load_document(pilot_id: int, report_attachment_id: int) -> queries.ReportDocument | None:
    return queries.find_document(pilot_id, report_attachment_id)


@bp.get("")
@authorize(Permission.PILOT_VIEW_DETAILS, load_granted)
def show(pilot: Pilot) -> ResponseReturnValue:
    return _show_page(pilot, make_form(AppForm, pilot.final_report))


@bp.get("/bewerken")
@authorize(Permission.PILOT_REPORT, load_granted)
def edit(pilot: Pilot) -> ResponseReturnValue:
    return _edit_page(pilot, pages.report_form(pilot))


@bp.post("/bewerken")
@authorize(Permission.PILOT_REPORT, load_granted)
def save(pilot: Pilot) -> ResponseReturnValue:
    form = pages.report_form(pilot)
    return handle(
        form,
        lambda: write_final_report(
            pilot,
            form.content(),
            actor=current_person(),
            expected_version=pages.seen_version(form),
        ),
        page=lambda: _edit_page(pilot, form),
        success=_address_of(pilot.id),
        message=_("Het eindverslag is bewaard."),
        obj=pages.StoredReport(pilot),
    )


@bp.post("/indienen")
@authorize(Permission.PILOT_REPORT, load_report)
def submit(report: PilotFinalReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: submit_final_report(
            report, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _show_page(report.pilot, form),
        success=_address_of(report.pilot_id),
        message=_("Het eindverslag is ingediend."),
        obj=report,
    )


@bp.get("/terugsturen")
@authorize(Permission.PILOT_MANAGE, load_report)
def send_back(report: PilotFinalReport) -> ResponseReturnValue:
    return _return_page(report, make_form(ReturnReportForm, report))


@bp.post("/terugsturen")
@authorize(Permission.PILOT_MANAGE, load_report)
def record_return(report: PilotFinalReport) -> ResponseReturnValue:
    form = make_form(ReturnReportForm, report)
    return handle(
        form,
        lambda: return_final_report(
            report,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _return_page(report, form),
        success=_address_of(report.pilot_id),
        message=_("Het eindverslag is teruggestuurd."),
        obj=report,
    )


@bp.post("/aannemen")
@authorize(Permission.PILOT_MANAGE, load_report)
def accept(report: PilotFinalReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: accept_final_report(
            report, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _show_page(report.pilot, form),
        success=_address_of(report.pilot_id),
        message=_("Het eindverslag is aangenomen."),
        obj=report,
    )


@bp.get("/documenten")
@authorize(Permission.PILOT_REPORT, load_report)
def documents(report: PilotFinalReport) -> ResponseReturnValue:
    return _documents_page(report, make_form(DocumentForm))


@bp.post("/documenten")
@authorize(Permission.PILOT_REPORT, load_report)
def add_document(report: PilotFinalReport) -> ResponseReturnValue:
    form = make_form(DocumentForm)
    file = form.file.data = request.files.get("file")
    content = file.read() if file else b""
    return handle(
        form,
        lambda: add_attachment(
            report,
            file_name=(file.filename or "") if file else "",
            content=content,
            actor=current_person(),
        ),
        page=lambda: _documents_page(report, form),
        success=url_for("pilot_reports.documents", pilot_id=report.pilot_id),
        message=_("Het document is toegevoegd."),
    )


@bp.get("/documenten/<int:report_attachment_id>")
@authorize(Permission.PILOT_VIEW_DETAILS, load_document)
def download(document: queries.ReportDocument) -> ResponseReturnValue:
    return send_file(
        io.BytesIO(document.attachment.content),
        mimetype=document.attachment.content_type,
        as_attachment=True,
        download_name=document.attachment.file_name,
    )


@bp.post("/documenten/<int:report_attachment_id>/weghalen")
@authorize(Permission.PILOT_REPORT, load_document)
def remove_document(document: queries.ReportDocument) -> ResponseReturnValue:
    form, report = make_form(AppForm), document.report
    return handle(
        form,
        lambda: remove_attachment(document.attachment, actor=current_person()),
        page=lambda: _documents_page(report, make_form(DocumentForm), refused=form),
        success=url_for("pilot_reports.documents", pilot_id=report.pilot_id),
        message=_("Het document is weggehaald."),
    )


def _address_of(pilot_id: int) -> str:
    return url_for("pilot_reports.show", pilot_id=pilot_id)


def _is_open(pilot: Pilot) -> bool:
    report = pilot.final_report
    is_writable = report is None or report.status in WRITABLE
    return is_writable and pilot.status is PilotStatus.AWARDED


def _show_page(pilot: Pilot, form: AppForm) -> str:
    report = pilot.final_report
    reviewing = report is not None and report.status is FinalReportStatus.SUBMITTED
    return render_template(
        "pilots/report.html",
        pilot=pilot,
        report=report,
        form=form,
        tabs=tab_items(pilot, "eindverslag"),
        parts=pages.part_lines(pilot),
        is_open=_is_open(pilot),
        gaps=pages.gap_lines(report) if report and _is_open(pilot) else [],
        facts=pages.report_facts(report) if report else [],
        activities=pages.activity_rows(report) if report else [],
        costs=pages.cost_rows(report) if report else [],
        documents=pages.document_rows(pilot, list_attachments(report)) if report else [],
        problems=_review_problems(report) if report and reviewing else [],
        may_return=reviewing and pilot.status is PilotStatus.REPORTED,
    )


def _review_problems(report: PilotFinalReport) -> list[str]:
    """Return why the person who looks may not accept a report now."""
    found = blockers(report, "accept", workflow=PILOT_FINAL_REPORT, actor=current_person())
    return [message_of(problem) for problem in found]


def _edit_page(pilot: Pilot, form: FinalReportForm) -> str:
    return render_template(
        "pilots/report_edit.html",
        pilot=pilot,
        form=form,
        parts=pages.part_lines(pilot),
        is_open=_is_open(pilot),
        activities=pages.grid_rows(form, ReportLineKind.ACTIVITY),
        costs=pages.grid_rows(form, ReportLineKind.COST),
    )


def _return_page(report: PilotFinalReport, form: ReturnReportForm) -> str:
    return render_template("pilots/report_return.html", pilot=report.pilot, form=form)


def _documents_page(
    report: PilotFinalReport, form: DocumentForm, *, refused: AppForm | None = None
) -> str:
    return render_template(
        "pilots/report_documents.html",
        pilot=report.pilot,
        form=form,
        refused=refused,
        attachments=list_attachments(report),
        is_open=_is_open(report.pilot),
    )
