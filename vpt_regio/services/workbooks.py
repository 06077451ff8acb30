"""Workbooks: starting one as a job, and writing one as of a single instant."""

from datetime import datetime
from typing import BinaryIO

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import FILE_ENDINGS, FileKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.queries.instant import one_instant
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services import audit
from vpt_regio.services.jobs import queue_job
from vpt_regio.services.snapshot_files import file_of
from vpt_regio.workbooks.half_year import half_year_file_name, half_year_workbook
from vpt_regio.workbooks.half_year_source import read_half_year

HALF_YEAR_WORKBOOK = "half_year_workbook"
FORMATS = {"xlsx": FileKind.WORKBOOK_XLSX, "ods": FileKind.WORKBOOK_ODS}


def start_half_year(
    period: ReportingPeriod, *, kind: FileKind = FileKind.WORKBOOK_XLSX, actor: Person
) -> Job:
    """Put the half-year workbook of a period in the queue; raises NotAllowed or WrongState."""
    role = policies.require(actor, Permission.PERIOD_EXPORT, period)
    parameters = {"period_id": period.id, "made_by": ROLE_LABELS[role], "kind": kind.value}
    job = queue_job(HALF_YEAR_WORKBOOK, parameters, actor=actor)
    record_export(period, actor=actor, role=role)
    return job


def record_export(period: ReportingPeriod, *, actor: Person | None, role: str = "") -> None:
    """Write down that a workbook was made; `actor` is None for an operator's command."""
    audit.record("period.exported", period, actor=actor, role=role, details={"code": period.code})


def half_year_file(
    period: ReportingPeriod,
    target: BinaryIO,
    *,
    kind: FileKind = FileKind.WORKBOOK_XLSX,
    made_by: str,
    base_url: str,
) -> str:
    """Write the workbook of a half-year to a file that can seek; return the name to offer it by.

    Of a frozen half-year it is the stored file of the newest version; an open one is written as
    it is now. Call it outside a unit of work.
    """
    snapshot = latest_snapshot(period)
    if snapshot is not None:
        stored = file_of(snapshot, kind)
        target.write(stored.content)
        return stored.file_name
    file_name = half_year_file_name(period.code, FILE_ENDINGS[kind])
    made_at = clock.now().replace(microsecond=0)
    write_half_year(period, target, kind=kind, made_at=made_at, made_by=made_by, base_url=base_url)
    return file_name


def write_half_year(
    period: ReportingPeriod,
    target: BinaryIO,
    *,
    kind: FileKind = FileKind.WORKBOOK_XLSX,
    made_at: datetime,
    made_by: str,
    base_url: str,
) -> None:
    """Write the half-year workbook of a period to a file that can seek.

    `made_at` is the moment that the file speaks of and is its "today"; `made_by` is an office
    or a role; `base_url` goes before the addresses of records. The same data and the same three
    give the same bytes. Call it outside a unit of work: it ends the read transaction at hand.
    """
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.ods import write_ods
    from vpt_regio.workbooks.write import write

    write_kind = write_ods if kind is FileKind.WORKBOOK_ODS else write
    with one_instant(), clock.at(made_at):
        source = read_half_year(period, made_at=made_at, made_by=made_by, base_url=base_url)
        write_kind(half_year_workbook(source), source, target, made_at=made_at)
