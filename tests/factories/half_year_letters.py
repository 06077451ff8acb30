"""What the House was told: the last letter with its figures, and what was promised to it."""

import json
import zlib
from datetime import date, datetime

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus, KeyFigure
from vpt_regio.domain.rules.reconciliation import to_plain
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.board import ReconciliationNote
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.letters import Letter
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot, SnapshotPart
from vpt_regio.queries.reconciliation import PART, region_figures
from vpt_regio.services import audit

FROZEN_AT = datetime(2012, 2, 9, 12, tzinfo=AMSTERDAM)
Told = dict[str, dict[KeyFigure, object]]


def make_last_letter(period: ReportingPeriod, officer: Person, *, told: Told) -> Snapshot:
    """Freeze the half-year before, as it was but for the figures that were `told` by region.

    A region that is told nothing at all, with an empty dictionary, is not in the letter.
    """
    before = ReportingPeriod(
        programme_id=period.programme_id,
        code="2011-2",
        name="tweede halfjaar 2011",
        starts_on=date(2011, 7, 1),
        ends_on=date(2011, 12, 31),
        letter_on=date(2012, 3, 15),
        status=PeriodStatus.SENT,
    )
    db.session.add(before)
    db.session.flush()
    lines = []
    for region in region_figures(period):
        if told.get(region.code) == {}:
            continue
        closing = {**region.opening, **told.get(region.code, {})}
        lines.append(json.dumps({**to_plain(region), "closing": closing}))
    snapshot = Snapshot(
        period_id=before.id,
        version_no=1,
        taken_at=FROZEN_AT,
        taken_by_id=officer.id,
        office="beleidsmedewerker",
        manifest="{}",
        sha256="1" * 64,
        audit_seq=audit.record("period.frozen", before, actor=officer).seq,
    )
    content = zlib.compress("\n".join(lines).encode())
    snapshot.parts.append(
        SnapshotPart(position=1, key=PART, line_count=len(lines), content=content, sha256="2" * 64)
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def make_letters(period: ReportingPeriod, officer: Person, snapshot: Snapshot) -> None:
    """Add the letter that cites the snapshot, a note on a gap, and three commitments."""
    letter = Letter(
        programme_id=period.programme_id,
        reference="2012-0000123",
        subject="Voortgang tweede halfjaar 2011",
        written_on=date(2012, 3, 15),
        dossier="28684",
        number="340",
        period_id=snapshot.period_id,
        snapshot_id=snapshot.id,
    )
    noord = next(region for region in region_figures(period) if region.code == "noord")
    note = ReconciliationNote(
        period_id=period.id,
        region_id=noord.region_id,
        key_figure=KeyFigure.AVAILABLE,
        explanation="De verdeling is in april rechtgezet.",
        written_by_id=officer.id,
        written_on=date(2012, 7, 2),
    )
    db.session.add_all([letter, note, *_commitments(period.programme_id, letter)])
    db.session.flush()


def _commitments(programme_id: int, letter: Letter) -> list[Commitment]:
    return [
        Commitment(
            programme_id=programme_id,
            kind=CommitmentKind.PROMISE,
            status=CommitmentStatus.FULFILLED,
            made_on=date(2011, 10, 5),
            meeting="algemeen overleg",
            office="de minister",
            text="De Kamer krijgt ieder halfjaar een overzicht.",
            due_on=date(2012, 3, 31),
            fulfilled_by=letter,
            fulfilled_on=date(2012, 3, 15),
        ),
        Commitment(
            programme_id=programme_id,
            kind=CommitmentKind.MOTION,
            status=CommitmentStatus.IN_PROGRESS,
            made_on=date(2011, 11, 1),
            text="=Meet de agressie opnieuw.",
            source="Kamerstukken 28684, nr. 300",
            due_on=date(2012, 6, 1),
            progress="De meting loopt.",
        ),
        Commitment(
            programme_id=programme_id,
            kind=CommitmentKind.QUESTION,
            status=CommitmentStatus.LAPSED,
            made_words="voorjaar 2011",
            text="Hoe gaat het in Zeeland?",
            due_words="voor de zomer",
            outcome="De vraag is ingetrokken.",
        ),
    ]
