"""The records of the world of access about a half-year: a version, letters, imports, texts."""

from datetime import date, datetime
from typing import Any

from tests.factories.action_plans import Stage
from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.half_year_codes import AnnexChapter, CommitmentKind, FileKind, KeyFigure
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText, AnnexTextVersion
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.models.commitments import Commitment
from vpt_regio.models.imports import Import
from vpt_regio.models.letters import Letter, LetterCheck
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Reopening, Snapshot, SnapshotFile
from vpt_regio.services import audit

FROZEN_AT = datetime(2012, 7, 16, 12, tzinfo=AMSTERDAM)
DAY = date(2012, 7, 16)


def make_national_half_year(period: ReportingPeriod, officer: Person) -> dict[str, Any]:
    """Return the parts of addresses of what belongs to the whole half-year."""
    snapshot = Snapshot(
        period_id=period.id,
        version_no=1,
        taken_at=FROZEN_AT,
        taken_by_id=officer.id,
        office="beleidsmedewerker",
        manifest="{}",
        sha256="0" * 64,
        audit_seq=audit.record("period.frozen", period, actor=officer).seq,
    )
    letter = Letter(
        programme_id=period.programme_id, reference="2012-0001", subject="Voortgang", source="map"
    )
    commitment = Commitment(
        programme_id=period.programme_id, kind=CommitmentKind.PROMISE, text="Ieder halfjaar."
    )
    check = LetterCheck(
        period_id=period.id,
        file_name="brief.txt",
        content=b"tekst",
        sha256="0" * 64,
        checked_by_id=officer.id,
    )
    text = AnnexText(period_id=period.id, key="introduction", chapter=AnnexChapter.INTRODUCTION)
    db.session.add_all([snapshot, letter, commitment, check, text])
    db.session.flush()
    file = SnapshotFile(
        snapshot_id=snapshot.id,
        kind=FileKind.WORKBOOK_XLSX,
        file_name="overzicht.xlsx",
        content=b"PK",
        sha256="0" * 64,
    )
    reopening = Reopening(
        period_id=period.id,
        reference="HO-2012-1-1",
        reason="Een cijfer klopt niet.",
        decided_on=DAY,
        decided_by_id=officer.id,
        expires_on=date(2012, 8, 1),
    )
    db.session.add_all([file, reopening])
    db.session.flush()
    return {
        "letter_id": letter.id,
        "commitment_id": commitment.id,
        "check_id": check.id,
        "reopening_id": reopening.id,
        "file_kind": FileKind.WORKBOOK_XLSX.value,
        "key_figure": KeyFigure.AVAILABLE.value,
        "text_id": text.id,
    }


def make_regional_half_year(period: ReportingPeriod, stage: Stage) -> dict[str, Any]:
    """Return the parts of addresses of what belongs to one region in the half-year."""
    region = stage.region
    extension = DeadlineExtension(
        period_id=period.id,
        region_id=region.id,
        extended_to=date(2012, 8, 1),
        reason="De projectleider was ziek.",
        granted_by_id=stage.manager.id,
        granted_on=DAY,
    )
    uploaded = Import(
        region_id=region.id,
        period_id=period.id,
        file_name="formulier.xlsx",
        content=b"PK",
        size=2,
        sha256="0" * 64,
        uploaded_by_id=stage.leader.id,
    )
    text = AnnexText(
        period_id=period.id,
        key=f"region-{region.id}",
        chapter=AnnexChapter.REGION,
        region_id=region.id,
        latest_no=1,
    )
    db.session.add_all([extension, uploaded, text])
    db.session.flush()
    db.session.add(
        AnnexTextVersion(
            annex_text_id=text.id, version_no=1, body="Het gaat goed.", author_id=stage.manager.id
        )
    )
    db.session.flush()
    return {"extension_id": extension.id, "import_id": uploaded.id, "text_id": text.id}
