"""The half-year report of a region: read, write, submit, return, accept."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, RAG_LABELS, WATCH_DUTY_HEADINGS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.plan_reviews import DutiesForm, StoredScores
from vpt_regio.forms.reports import (
    ReportForm,
    ReturnForm,
    StoredReport,
    report_choices,
    report_form,
)
from vpt_regio.models.periods import ProgressReport
from vpt_regio.queries import reports as queries
from vpt_regio.queries.extensions import due_on_with, extension_of
from vpt_regio.queries.history import list_history_since
from vpt_regio.queries.periods import get_period, status_on_board
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.report_measurements import report_lines
from vpt_regio.services import reports
from vpt_regio.services.report_duties import score_report_duties
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.oversight import hints_of
from vpt_regio.web.report_pages import measurement_cards, measurement_rows
from vpt_regio.web.session import current_person

bp = Blueprint("reports", __name__, url_prefix="/halfjaren/<code>/rapportages/<region_code>")


def load_place(code: str, region_code: str) -> ProgressReport | None:
    """Return the report, or an unsaved one for a region that has not started yet."""
    programme = get_programme()
    period = get_period(programme.id, code)
    region = queries.get_region(programme.id, region_code)
    return queries.report_or_place(region, period) if region and period else None


def load_report(code: str, region_code: str) -> ProgressReport | None:
    report = load_place(code, region_code)
    return report if report is not None and report.id is not None else None


@bp.get("")
@authorize(Permission.REPORT_VIEW, load_place)
def show(report: ProgressReport) -> ResponseReturnValue:
    return _page(report)


@bp.post("/beginnen")
@authorize(Permission.REPORT_EDIT, load_place)
def start(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: reports.start_report(report.region, report.period, actor=current_person()),
        page=lambda: _page(report, form=form),
        success=_url(report, "edit"),
        message=_("U kunt de rapportage nu schrijven."),
    )


@bp.get("/bewerken")
@authorize(Permission.REPORT_EDIT, load_report)
def edit(report: ProgressReport) -> ResponseReturnValue:
    if not _is_writing(report):
        flash(_("U kunt deze rapportage niet meer wijzigen."), "warning")
        return redirect(_url(report, "show"))
    return _edit_page(report, _report_form(report))


@bp.post("/bewerken")
@authorize(Permission.REPORT_EDIT, load_report)
def save(report: ProgressReport) -> ResponseReturnValue:
    form = _report_form(report)
    is_final = request.form.get("do") == "submit"
    return handle(
        form,
        lambda: _save(report, form, is_final=is_final),
        page=lambda: _edit_page(report, form),
        success=_url(report, "show"),
        message=_("De rapportage is ingediend.") if is_final else _("De rapportage is opgeslagen."),
        obj=StoredReport(report),
    )


@bp.post("/activiteiten")
@authorize(Permission.REPORT_EDIT, load_report)
def add_activities(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: reports.add_missing_activities(report, actor=current_person()),
        page=lambda: _page(report, form=form),
        success=_url(report, "edit"),
        message=_("De activiteiten uit het plan staan in de rapportage."),
        obj=report,
    )


@bp.post("/indienen")
@authorize(Permission.REPORT_SUBMIT, load_report)
def submit(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: reports.submit_report(
            report, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(report, form=form),
        success=_url(report, "show"),
        message=_("De rapportage is ingediend."),
        obj=report,
    )


@bp.post("/intrekken")
@authorize(Permission.REPORT_SUBMIT, load_report)
def withdraw(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: reports.withdraw_report(
            report, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(report, form=form),
        success=_url(report, "show"),
        message=_("De indiening is ingetrokken. De rapportage is weer een concept."),
        obj=report,
    )


@bp.post("/toezicht")
@authorize(Permission.REPORT_ACCEPT, load_report)
def save_duties(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(DutiesForm, StoredScores(report))
    return handle(
        form,
        lambda: score_report_duties(
            report,
            scores=form.scores(),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(report, duties_form=form),
        success=_url(report, "show"),
        message=_("De beoordeling van de aandachtspunten is bewaard."),
        obj=StoredScores(report),
    )


@bp.post("/terugsturen", endpoint="return")
@authorize(Permission.REPORT_RETURN, load_report)
def send_back(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(ReturnForm, report)
    return handle(
        form,
        lambda: reports.return_report(
            report,
            note=form.note.data or "",
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _page(report, return_form=form),
        success=_url(report, "show"),
        message=_("De rapportage is teruggestuurd."),
        obj=report,
    )


@bp.post("/aannemen")
@authorize(Permission.REPORT_ACCEPT, load_report)
def accept(report: ProgressReport) -> ResponseReturnValue:
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: reports.accept_report(
            report, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(report, form=form),
        success=_url(report, "show"),
        message=_("De rapportage is aangenomen."),
        obj=report,
    )


def _save(report: ProgressReport, form: ReportForm, *, is_final: bool) -> None:
    reports.edit_report(
        report,
        results=form.results.data or "",
        obstacles=form.obstacles.data or "",
        outlook=form.outlook.data or "",
        rag=form.rag.data,
        rag_explanation=form.rag_explanation.data or "",
        activities={
            activity_id: reports.ProgressInput(**form.progress_of(activity_id))
            for activity_id in form.activity_ids
        },
        actor=current_person(),
        expected_version=form.expected_version,
    )
    if is_final:
        reports.submit_report(report, actor=current_person())


def _report_form(report: ProgressReport) -> ReportForm:
    activity_ids = [row.activity_id for row in report.activities]
    agreement_ids = [line.told.agreement_id for line in report_lines(report)]
    return make_form(
        report_form(activity_ids, agreement_ids),
        StoredReport(report),
        choices=report_choices(activity_ids),
    )


def _url(report: ProgressReport, view: str) -> str:
    return url_for(f"reports.{view}", code=report.period.code, region_code=report.region.code)


def _is_writing(report: ProgressReport) -> bool:
    return report.status in reports.EDITABLE and report.period.status in reports.REPORTING


def _due_on(report: ProgressReport) -> date | None:
    return due_on_with(report.period, extension_of(report.period, report.region_id))


def _extended_to(report: ProgressReport) -> date | None:
    extension = extension_of(report.period, report.region_id)
    return extension.extended_to if extension else None


def _edit_page(report: ProgressReport, form: ReportForm) -> str:
    return render_template(
        "reports/edit.html",
        report=report,
        due_on=_due_on(report),
        form=form,
        rows=queries.activity_rows(report),
        figures=queries.figures(report.region_id, report.period),
        cards=measurement_cards(report_lines(report), report),
        previous=queries.previous_report(report.region_id, report.period),
    )


def _page(
    report: ProgressReport,
    *,
    form: AppForm | None = None,
    return_form: ReturnForm | None = None,
    duties_form: DutiesForm | None = None,
) -> str:
    if report.id is None:
        return render_template(
            "reports/start.html",
            report=report,
            due_on=_due_on(report),
            form=form or make_form(AppForm),
            status=status_on_board(report.period, None, extended_to=_extended_to(report)),
            plan=queries.holding_version(report.region_id, report.period),
            previous=queries.previous_report(report.region_id, report.period),
            is_reporting=report.period.status in reports.REPORTING,
        )
    is_writing = _is_writing(report)
    gaps = reports.gaps_of(report) if is_writing else []
    return render_template(
        "reports/show.html",
        report=report,
        due_on=_due_on(report),
        form=form or make_form(AppForm, report),
        return_form=return_form or make_form(ReturnForm, report),
        status=status_on_board(report.period, report.status, extended_to=_extended_to(report)),
        is_writing=is_writing,
        is_reporting=report.period.status in reports.REPORTING,
        is_outdated=any(gap.field == "activities" for gap in gaps),
        gaps=[(gap.field, message_of(gap)) for gap in gaps],
        rows=queries.activity_rows(report),
        figures=queries.figures(report.region_id, report.period),
        measurements=measurement_rows(report_lines(report), report, is_writing=is_writing),
        labels={"rag": RAG_LABELS, "status": ACTIVITY_STATUS_LABELS},
        **_oversight(report, duties_form),
        entries=in_words(list_history_since(report, "report.started")),
    )


def _oversight(report: ProgressReport, form: DutiesForm | None) -> dict[str, Any]:
    """Return what the page shows of the watch duties; the form only to who can score now."""
    reviews = may(Permission.REPORT_ACCEPT, report)
    is_judged = report.status in (ReportStatus.RETURNED, ReportStatus.ACCEPTED)
    if not reviews or report.status is not ReportStatus.SUBMITTED:
        return {"scores": report.duty_scores if reviews or is_judged else [], "duties": None}
    return {
        "scores": [],
        "duties": form or make_form(DutiesForm, StoredScores(report)),
        "duty_hints": hints_of(report.region, report),
        "headings": WATCH_DUTY_HEADINGS,
    }
