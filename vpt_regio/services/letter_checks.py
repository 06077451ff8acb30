"""The figure check of a draft letter: kept, done in the background, and found back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vpt_regio import clock, policies
from vpt_regio.documents.letter_taken import check_taken, take_letter
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.letter_document import LetterDocument, LetterTable, PlainFinding
from vpt_regio.domain.text import N_, file_name_of
from vpt_regio.extensions import db
from vpt_regio.models.jobs import Job
from vpt_regio.models.letters import LetterCheck
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.queries.instant import one_instant
from vpt_regio.queries.known_numbers import known_tables, of_sheet
from vpt_regio.queries.snapshots import latest_snapshot
from vpt_regio.services import audit
from vpt_regio.services.annex_files import draft_annex, frozen_annex
from vpt_regio.services.jobs import queue_job
from vpt_regio.workbooks.frozen import capture
from vpt_regio.workbooks.half_year import half_year_workbook
from vpt_regio.workbooks.half_year_source import read_half_year
from vpt_regio.workbooks.plain import plain_sheet
from vpt_regio.workbooks.spec import Sheet

LETTER_CHECK = "letter_check"
LONGEST_FILE_NAME = 200
OFFICE = "cijfercontrole"

AGAINST_VERSION = N_("Vergeleken met versie %(version)s van het halfjaar.")
AGAINST_TODAY = N_("Vergeleken met de voorlopige stand van het halfjaar.")


@dataclass(frozen=True)
class Known:
    """What a letter is held against: tables, and how each number bound by the annex reads."""

    tables: Sequence[LetterTable] = ()
    bound: Mapping[str, str] | None = None
    version_no: int | None = None


def readable(content: bytes, file_name: str) -> LetterDocument:
    """Return a file as a letter; raises every reason why it cannot be read."""
    return take_letter(content, file_name)


def start_check(period: ReportingPeriod, content: bytes, file_name: str, *, actor: Person) -> Job:
    """Keep a letter that is readable, and have its figures checked in the background.

    Raises NotAllowed, or WrongState while too much waits.
    """
    check = _keep(period, content, file_name, actor=actor)
    key = f"{LETTER_CHECK}:{check.id}"
    return queue_job(LETTER_CHECK, {"check_id": check.id}, actor=actor, work_key=key)


def check_against_version(
    snapshot: Snapshot, content: bytes, file_name: str, *, actor: Person
) -> LetterCheck:
    """Keep a letter and check it at once against a frozen version; raises all that refuses it."""
    letter = readable(content, file_name)
    check = _keep(snapshot.period, content, file_name, actor=actor)
    known = known_in(snapshot.period, snapshot, made_at=clock.now())
    keep_findings(check, findings_of(letter, known), version_no=known.version_no)
    return check


def _keep(period: ReportingPeriod, content: bytes, file_name: str, *, actor: Person) -> LetterCheck:
    role = policies.require(actor, Permission.LETTER_CHECK, period)
    check = LetterCheck(
        period=period,
        snapshot=latest_snapshot(period),
        file_name=file_name_of(file_name, most=LONGEST_FILE_NAME, otherwise="brief"),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        checked_by=actor,
        checked_at=clock.now(),
    )
    db.session.add(check)
    db.session.flush()
    details = {"name": check.file_name, "sha256": check.sha256}
    audit.record("letter_check.started", check, actor=actor, role=role, details=details)
    return check


def is_done(check: LetterCheck) -> bool:
    """Return whether the findings are there; until then the letter waits in the queue."""
    return bool(check.note)


def keep_findings(
    check: LetterCheck, findings: Sequence[PlainFinding], *, version_no: int | None
) -> None:
    """Store what was found; a check that was done before is left as it is."""
    if is_done(check):
        return
    check.findings = [dict(one) for one in findings]
    check.note = AGAINST_TODAY
    if version_no is not None:
        check.note = AGAINST_VERSION % {"version": version_no}
    db.session.flush()


def findings_of(letter: LetterDocument, known: Known) -> list[PlainFinding]:
    """Return what a letter claims beside what follows; raises Invalid when that takes too long."""
    return check_taken(letter, known.tables, known.bound)


def known_in(period: ReportingPeriod, snapshot: Snapshot | None, *, made_at: datetime) -> Known:
    """Return what a half-year knows: from its frozen version, or as it is now without one.

    Call it outside a unit of work: it may end the read transaction at hand.
    """
    if snapshot is not None:
        annex = frozen_annex(snapshot)
        bound = {run.tag: run.text for run in annex.numbers()} if annex else {}
        return Known(known_tables(period, snapshot), bound, snapshot.version_no)
    period_id = period.id
    tables = _live_tables(period, made_at)
    period = db.session.get_one(ReportingPeriod, period_id)
    draft = draft_annex(period, made_at=made_at, made_by=OFFICE, base_url="")
    period = db.session.get_one(ReportingPeriod, period_id)
    bound = {run.tag: run.text for run in draft.numbers()}
    return Known([*known_tables(period, None), *tables], bound)


def _live_tables(period: ReportingPeriod, made_at: datetime) -> list[LetterTable]:
    with one_instant(), clock.at(made_at):
        source = read_half_year(period, made_at=made_at, made_by=OFFICE, base_url="")
        found = []
        for sheet in half_year_workbook(source).sheets_for(source):
            if isinstance(sheet, Sheet):
                columns = plain_sheet(sheet)["columns"]
                lines = [line["cells"] for line in capture(sheet, source, {})]
                found.append(of_sheet(sheet.title, columns, lines))
    return [table for table in found if table is not None]
