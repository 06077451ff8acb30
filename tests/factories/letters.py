"""Letters and commitments, made by the services themselves."""

from datetime import date
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import CommitmentKind
from vpt_regio.extensions import db
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.letters import Letter
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.snapshots import Snapshot
from vpt_regio.services import audit
from vpt_regio.services.commitments import CommitmentData, record_commitment
from vpt_regio.services.letters import register_letter

WRITTEN = date(2012, 7, 2)


def make_letter(
    programme: Programme, officer: Person, reference: str = "2012-0000123", **values: Any
) -> Letter:
    given = {"subject": "Voortgang", "written_on": WRITTEN, **values}
    return register_letter(programme, reference=reference, actor=officer, **given)


def make_commitment(programme: Programme, officer: Person, **values: Any) -> Commitment:
    given = {"kind": CommitmentKind.PROMISE, "text": "De Kamer krijgt de uitkomsten.", **values}
    return record_commitment(programme, data=CommitmentData(**given), actor=officer)


def make_version(period: ReportingPeriod, officer: Person, version_no: int = 1) -> Snapshot:
    """Return a version of a half-year that says nothing: for what only points at one."""
    details = {"version": version_no, "sha256": str(version_no) * 64}
    entry = audit.record("period.frozen", period, actor=officer, details=details)
    snapshot = Snapshot(
        period_id=period.id,
        version_no=version_no,
        taken_at=clock.now(),
        taken_by_id=officer.id,
        office="beleidsmedewerker",
        manifest="{}",
        sha256=str(version_no) * 64,
        audit_seq=entry.seq,
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot
