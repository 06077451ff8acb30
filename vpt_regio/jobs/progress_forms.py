"""The job that packs the progress forms of all regions."""

from typing import BinaryIO

from flask import current_app

from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Product, Progress, job_kind
from vpt_regio.models.jobs import Job
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services.progress_forms import ALL_FORMS, write_all


@job_kind(ALL_FORMS, title=N_("Voortgangsformulieren van alle regio’s"), repeatable=True)
def progress_forms(job: Job, target: BinaryIO, progress: Progress) -> Product:
    """Write the form of each region that reports into one packed file."""
    period = db.session.get_one(ReportingPeriod, job.parameters["period_id"])
    code = period.code
    write_all(period, target, secret=current_app.config["SECRET_KEY"], progress=progress)
    return Product(f"vpt-formulieren-{code}.zip")
