"""The final report of the pilot of a granted application, by a link: written and submitted."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.rules.pilot_report import REPORT_PART_LABELS, parts_of
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.pilots import FinalReportForm
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.services.final_reports import submit_final_report, write_final_report
from vpt_regio.web import applicant_pilots as pages
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.link_holder import LinkVisit, with_link
from vpt_regio.web.pilot_report_pages import StoredReport, report_form, seen_version

bp = Blueprint("applicant_reports", __name__)

ADDRESS = "/aanvraag/<token>/pilot/eindverslag"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def edit(visit: LinkVisit) -> ResponseReturnValue:
    pilot = _pilot(visit)
    return _edit_page(visit, pilot, report_form(pilot))


@bp.post(ADDRESS)
@public(PROOF)
@with_link
def save(visit: LinkVisit) -> ResponseReturnValue:
    pilot = _pilot(visit)
    form = report_form(pilot)
    return handle(
        form,
        lambda: write_final_report(
            pilot,
            form.content(),
            actor=visit.holder,
            expected_version=seen_version(form),
        ),
        page=lambda: _edit_page(visit, pilot, form),
        success=url_for("applicant_reports.submit", token=visit.token),
        message=_("Uw eindverslag is bewaard. Het is nog niet ingediend."),
        obj=StoredReport(pilot),
    )


@bp.get(f"{ADDRESS}/indienen")
@public(PROOF)
@with_link
def submit(visit: LinkVisit) -> ResponseReturnValue:
    report = _report(visit)
    return _submit_page(visit, report, make_form(AppForm, report))


@bp.post(f"{ADDRESS}/indienen")
@public(PROOF)
@with_link
def record_submission(visit: LinkVisit) -> ResponseReturnValue:
    report = _report(visit)
    form = make_form(AppForm, report)
    return handle(
        form,
        lambda: submit_final_report(
            report, actor=visit.holder, expected_version=form.expected_version
        ),
        page=lambda: _submit_page(visit, report, form),
        success=url_for("applicant_pilots.show", token=visit.token),
        message=_("Uw eindverslag is ingediend."),
        obj=report,
    )


def _pilot(visit: LinkVisit) -> Pilot:
    pilot = pilot_of(visit.application)
    if pilot is None:
        abort(404)
    return pilot


def _report(visit: LinkVisit) -> PilotFinalReport:
    """Return the report of the own pilot; not found before it was first saved."""
    report = _pilot(visit).final_report
    if report is None:
        abort(404)
    return report


def _edit_page(visit: LinkVisit, pilot: Pilot, form: FinalReportForm) -> str:
    asked = [label(REPORT_PART_LABELS[part]) for part in parts_of(pilot.arrangement)]
    return render_template(
        "applicant/report.html",
        visit=visit,
        pilot=pilot,
        form=form,
        asked=asked,
        activity_rows=_grid(form, "activity"),
        cost_rows=_grid(form, "cost"),
        may_write=pages.may_write_report(pilot),
    )


def _grid(form: FinalReportForm, kind: str) -> list[tuple[str, list[tuple[Any, str]]]]:
    return [
        (str(number), [(field, "") for field in fields])
        for number, fields in enumerate(form.row_fields(kind), 1)
    ]


def _submit_page(visit: LinkVisit, report: PilotFinalReport, form: AppForm) -> str:
    return render_template(
        "applicant/submit_report.html",
        visit=visit,
        report=report,
        form=form,
        activity_rows=pages.activity_rows(report),
        cost_rows=pages.cost_rows(report),
        attachments=list_attachments(report),
        may_write=pages.may_write_report(report.pilot),
    )
