"""The job that checks the figures in a draft letter."""

from typing import BinaryIO

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.jobs.runner import Outcome, Progress, job_kind
from vpt_regio.models.jobs import Job
from vpt_regio.models.letters import LetterCheck
from vpt_regio.queries.letter_checks import content_of
from vpt_regio.services.letter_checks import (
    LETTER_CHECK,
    findings_of,
    keep_findings,
    known_in,
    readable,
)
from vpt_regio.uow import write

READ, KNOWN, FOUND = 10, 40, 90


@job_kind(LETTER_CHECK, title=N_("Cijfers in een brief controleren"), repeatable=True)
def check_letter(job: Job, _target: BinaryIO, progress: Progress) -> Outcome:
    """Read the letter and what is known, hold one against the other, and keep what was found."""
    check_id = job.parameters["check_id"]
    check = db.session.get_one(LetterCheck, check_id)
    letter = readable(content_of(check), check.file_name)
    progress(READ)
    known = known_in(check.period, check.snapshot, made_at=clock.now().replace(microsecond=0))
    progress(KNOWN)
    findings = findings_of(letter, known)
    progress(FOUND)
    write(
        lambda: keep_findings(
            db.session.get_one(LetterCheck, check_id), findings, version_no=known.version_no
        )
    )
    return Outcome(f"/brief-controles/{check_id}")
