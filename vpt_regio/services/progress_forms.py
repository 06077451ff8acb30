"""Progress forms on their way out: of one region at once, of all regions as a packed file."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.errors import WrongState
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.progress_form import reporting_regions
from vpt_regio.queries.reports import report_or_place
from vpt_regio.services import audit
from vpt_regio.services.jobs import queue_job
from vpt_regio.workbooks.progress_form_source import read_form_source
from vpt_regio.workbooks.progress_form_types import FormSource

ALL_FORMS = "progress_forms"
REPORTING = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)
WHOLE = 100


def read_source(region: Region, period: ReportingPeriod) -> FormSource:
    """Return what the form of a region is filled with now."""
    return read_form_source(region, period)


def form_of(
    region: Region, period: ReportingPeriod, *, actor: Person, secret: str
) -> tuple[str, bytes]:
    """Return name and content of the form of a region; it changes nothing.

    Raises NotAllowed, or WrongState unless the half-year is reported on.
    """
    _role_for(region, period, actor)
    return _written(region, period, made_at=clock.now(), secret=secret)


def record_form(region: Region, period: ReportingPeriod, *, actor: Person) -> None:
    """Write down that somebody took the form of a region; raises as ``form_of``."""
    role = _role_for(region, period, actor)
    details = {"region": region.name, "code": period.code}
    audit.record("period.form_downloaded", period, actor=actor, role=role, details=details)


def start_all(period: ReportingPeriod, *, actor: Person) -> Job:
    """Put the forms of all regions in the queue, as one packed file.

    Raises NotAllowed, or WrongState unless the half-year is reported on.
    """
    role = policies.require(actor, Permission.PERIOD_EXPORT, period)
    _require_reporting(period)
    job = queue_job(
        ALL_FORMS, {"period_id": period.id}, actor=actor, work_key=f"{ALL_FORMS}:{period.id}"
    )
    details = {"code": period.code}
    audit.record("period.forms_downloaded", period, actor=actor, role=role, details=details)
    return job


def write_all(
    period: ReportingPeriod,
    target: BinaryIO,
    *,
    secret: str,
    progress: Callable[[int], None] = lambda _percent: None,
) -> int:
    """Write the forms of all regions that report into a packed file; return how many."""
    regions = reporting_regions(period)
    made_at = clock.now()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, region in enumerate(regions, start=1):
            name, content = _written(region, period, made_at=made_at, secret=secret)
            # an entry opened by name alone carries a fixed date
            with archive.open(zipfile.ZipInfo(name), "w") as entry:
                entry.write(content)
            progress(number * WHOLE // len(regions))
    return len(regions)


def _written(
    region: Region, period: ReportingPeriod, *, made_at: datetime, secret: str
) -> tuple[str, bytes]:
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.progress_form import form_file_name, write_progress_form

    target = io.BytesIO()
    source = read_source(region, period)
    moment = made_at.replace(microsecond=0)
    write_progress_form(source, target, made_at=moment, secret=secret)
    return form_file_name(region.code, period.code), target.getvalue()


def _role_for(region: Region, period: ReportingPeriod, actor: Person) -> str:
    """Return as who a person takes the form: who writes the report, or anybody at the ministry."""
    _require_reporting(period)
    if policies.can(actor, Permission.PERIOD_EXPORT, period):
        return policies.require(actor, Permission.PERIOD_EXPORT, period)
    return policies.require(actor, Permission.REPORT_EDIT, report_or_place(region, period))


def _require_reporting(period: ReportingPeriod) -> None:
    if period.status not in REPORTING:
        raise WrongState(
            N_("Over dit halfjaar wordt nu niet gerapporteerd. Er zijn geen formulieren voor.")
        )
