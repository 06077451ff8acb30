"""The job that makes and stores the files of a version, right after it was frozen."""

from typing import BinaryIO

from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Outcome, Progress, job_kind
from vpt_regio.models.jobs import Job
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.services.snapshot_files import MAKERS, SNAPSHOT_FILES, file_of

WHOLE = 100


@job_kind(SNAPSHOT_FILES, title=N_("Bestanden van een vastgezette versie"), repeatable=True)
def snapshot_files(job: Job, _target: BinaryIO, progress: Progress) -> Outcome:
    """Make every file that a version has; one that is stored already stays as it is."""
    snapshot_id = job.parameters["snapshot_id"]
    for number, kind in enumerate(MAKERS, start=1):
        file_of(db.session.get_one(Snapshot, snapshot_id), kind)
        progress(number * WHOLE // len(MAKERS))
    return Outcome(job.parameters["page"])
