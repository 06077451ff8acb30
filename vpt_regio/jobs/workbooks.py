"""The jobs that write workbooks."""

from typing import BinaryIO

from flask import current_app

from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Product, Progress, job_kind
from vpt_regio.models.jobs import Job
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services.workbooks import HALF_YEAR_WORKBOOK, half_year_file


@job_kind(HALF_YEAR_WORKBOOK, title=N_("Werkboek van een halfjaar"), repeatable=True)
def half_year(job: Job, target: BinaryIO, _progress: Progress) -> Product:
    """Write the half-year workbook, or fetch that of the frozen version.

    It tells nothing of its progress, to keep to one instant.
    """
    period = db.session.get_one(ReportingPeriod, job.parameters["period_id"])
    base_url = current_app.config["VPT_BASE_URL"]
    made_by = job.parameters["made_by"]
    # a job from before there was a choice has no kind
    kind = FileKind(job.parameters.get("kind", FileKind.WORKBOOK_XLSX))
    return Product(half_year_file(period, target, kind=kind, made_by=made_by, base_url=base_url))
