"""Workbooks of a half-year: started here, fetched from the page of the job."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.blueprints.periods import board_page, load_period
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.base import AppForm
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services.workbooks import start_half_year
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("workbooks", __name__)


@bp.post("/halfjaren/<code>/werkboek")
@authorize(Permission.PERIOD_EXPORT, load_period)
def start(period: ReportingPeriod) -> ResponseReturnValue:
    return _start(period, FileKind.WORKBOOK_XLSX)


@bp.post("/halfjaren/<code>/werkboek/ods")
@authorize(Permission.PERIOD_EXPORT, load_period)
def start_ods(period: ReportingPeriod) -> ResponseReturnValue:
    return _start(period, FileKind.WORKBOOK_ODS)


def _start(period: ReportingPeriod, kind: FileKind) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: start_half_year(period, kind=kind, actor=current_person()),
        page=lambda: board_page(period, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
    )
