"""The progress and the outcome of long work, for who asked for it."""

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from vpt_regio.domain.permissions import Permission
from vpt_regio.jobs.runner import files_folder, title_of
from vpt_regio.models.jobs import JOB_STATUS_LABELS, Job, JobStatus
from vpt_regio.queries.jobs import UNFINISHED, find_own_job, page_of_jobs, period_of
from vpt_regio.web.authorize import authorize
from vpt_regio.web.mime_types import type_of
from vpt_regio.web.session import current_person

bp = Blueprint("jobs", __name__)

TONES = {
    JobStatus.QUEUED: "neutral",
    JobStatus.RUNNING: "active",
    JobStatus.DONE: "success",
    JobStatus.FAILED: "danger",
}


@bp.get("/taken")
@authorize(Permission.PROFILE_EDIT)
def index() -> ResponseReturnValue:
    page = page_of_jobs(current_person(), request.args.get("pagina", 1, type=int))
    return render_template(
        "jobs/index.html",
        page=page,
        title_of=title_of,
        statuses=JOB_STATUS_LABELS,
        tones=TONES,
        is_running=any(job.status in UNFINISHED for job in page.items),
        page_url=lambda number: url_for("jobs.index", pagina=number),
    )


@bp.get("/taken/<int:job_id>")
@authorize(Permission.PROFILE_EDIT)
def show(job_id: int) -> ResponseReturnValue:
    job = _own_job(job_id)
    # who waited goes on to the result; who comes back later finds a link to it
    if "volg" in request.args and job.status is JobStatus.DONE and job.result_path:
        return redirect(job.result_path)
    return render_template(
        "jobs/show.html",
        job=job,
        title=title_of(job),
        period=period_of(job),
        is_running=job.status in UNFINISHED,
        status=JOB_STATUS_LABELS[job.status],
        tone=TONES[job.status],
    )


@bp.get("/taken/<int:job_id>/bestand")
@authorize(Permission.PROFILE_EDIT)
def download(job_id: int) -> ResponseReturnValue:
    job = _own_job(job_id)
    file = files_folder() / job.stored_name
    if job.status is not JobStatus.DONE or not job.stored_name or not file.is_file():
        abort(404)
    return send_file(
        file,
        mimetype=type_of(job.file_name),
        as_attachment=True,
        download_name=job.file_name,
    )


def _own_job(job_id: int) -> Job:
    """Return the job of an address; the job of somebody else does not exist for this person."""
    job = find_own_job(current_person(), job_id)
    return job if job is not None else abort(404)
