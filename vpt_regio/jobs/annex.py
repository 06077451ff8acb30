"""The job that makes the draft of an annex."""

from typing import BinaryIO

from flask import current_app

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Product, Progress, job_kind
from vpt_regio.models.jobs import Job
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.services.annex_files import ANNEX_FILE, draft_annex, draft_name, write_annex


@job_kind(ANNEX_FILE, title=N_("Voorlopige bijlage bij de brief"), repeatable=True)
def annex(job: Job, target: BinaryIO, _progress: Progress) -> Product:
    """Write the annex; it tells nothing of its progress, to keep to one instant."""
    period = db.session.get_one(ReportingPeriod, job.parameters["period_id"])
    kind = FileKind(job.parameters["kind"])
    name, programme_id = draft_name(period, kind), period.programme_id
    content = draft_annex(
        period,
        made_at=clock.now().replace(microsecond=0),
        made_by=job.parameters["made_by"],
        base_url=current_app.config["VPT_BASE_URL"],
    )
    target.write(write_annex(content, kind, programme_id=programme_id)[0])
    return Product(name)
