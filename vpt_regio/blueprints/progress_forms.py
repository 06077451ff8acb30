"""Progress forms to fill in: one region's at once, those of all regions as a packed file.

Taking a form leaves a trace, so it is done by POST: a GET writes nothing. The file of one region
is made in a second and comes as the answer itself, so that it can be asked for again and again.
"""

import io

from flask import Blueprint, current_app, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.blueprints.periods import board_page, load_period
from vpt_regio.blueprints.reports import load_place
from vpt_regio.domain.permissions import Permission
from vpt_regio.errors import DomainError
from vpt_regio.forms.base import AppForm
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.services import progress_forms as service
from vpt_regio.uow import write
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.mime_types import EXCEL
from vpt_regio.web.session import current_person

bp = Blueprint("progress_forms", __name__, url_prefix="/halfjaren/<code>/formulieren")


@bp.post("/<region_code>")
@authorize(Permission.REPORT_EDIT, load_place)
def download(report: ProgressReport) -> ResponseReturnValue:
    region, period, person = report.region, report.period, current_person()
    page = url_for("reports.show", code=period.code, region_code=region.code)
    try:
        name, content = service.form_of(
            region, period, actor=person, secret=current_app.config["SECRET_KEY"]
        )
        write(lambda: service.record_form(region, period, actor=person))
    except DomainError as error:
        flash(message_of(error), "warning")
        return redirect(page, 303)
    return send_file(io.BytesIO(content), mimetype=EXCEL, as_attachment=True, download_name=name)


@bp.post("")
@authorize(Permission.PERIOD_EXPORT, load_period)
def start_all(period: ReportingPeriod) -> ResponseReturnValue:
    form = make_form(AppForm)
    return handle(
        form,
        lambda: service.start_all(period, actor=current_person()),
        page=lambda: board_page(period, form),
        success=lambda job: url_for("jobs.show", job_id=job.id),
    )
