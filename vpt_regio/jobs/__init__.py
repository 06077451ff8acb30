"""Background work: the job row is the truth, the queue only wakes a worker for it.

Every module of this package that makes a kind of job registers it with `runner.job_kind`.
"""

from vpt_regio.jobs import annex, imports, letter_checks, progress_forms, snapshots, workbooks
from vpt_regio.jobs.runner import run

__all__ = ["annex", "imports", "letter_checks", "progress_forms", "run", "snapshots", "workbooks"]
