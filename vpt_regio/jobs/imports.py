"""The job that reads an uploaded progress form."""

from typing import BinaryIO

from flask import current_app

from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Outcome, Progress, job_kind
from vpt_regio.models.imports import Import
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.queries.imports import content_of
from vpt_regio.services.imports import READ_FORM, take_in
from vpt_regio.uow import write
from vpt_regio.workbooks.progress_form_read import read_progress_form

READ = 60


@job_kind(READ_FORM, title=N_("Formulier inlezen"), repeatable=True)
def read_form(job: Job, _target: BinaryIO, progress: Progress) -> Outcome:
    """Read the file before the write transaction, and hold it against the records within."""
    import_id, person_id = job.parameters["import_id"], job.person_id
    content = content_of(db.session.get_one(Import, import_id))
    read = read_progress_form(content, secret=current_app.config["SECRET_KEY"])
    progress(READ)

    def take() -> None:
        import_ = db.session.get_one(Import, import_id)
        take_in(import_, read, actor=db.session.get_one(Person, person_id))

    write(take)
    return Outcome(f"/inlezingen/{import_id}")
