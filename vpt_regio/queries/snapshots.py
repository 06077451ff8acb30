"""Versions of a half-year that were frozen, what is in them, and what was opened again."""

import json
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, undefer

from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.board import ReportExplanation
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Reopening, Snapshot, SnapshotFile, SnapshotPart
from vpt_regio.queries.periods import reports_on


@dataclass(frozen=True)
class Delivery:
    """How the report of a region stands for the freeze; `report` is None when there is none."""

    region: Region
    report: ProgressReport | None
    explanation: str

    @property
    def is_accepted(self) -> bool:
        return self.report is not None and self.report.status is ReportStatus.ACCEPTED

    @property
    def is_settled(self) -> bool:
        """Whether the half-year may be frozen as far as this region goes."""
        return self.is_accepted or bool(self.explanation)


def list_deliveries(period: ReportingPeriod) -> list[Delivery]:
    """Return each region that owes a report on a period, with its report or why there is none."""
    rows = db.session.execute(
        select(Region, ProgressReport, ReportExplanation.reason)
        .outerjoin(
            ProgressReport,
            and_(ProgressReport.region_id == Region.id, ProgressReport.period_id == period.id),
        )
        .outerjoin(
            ReportExplanation,
            and_(
                ReportExplanation.region_id == Region.id,
                ReportExplanation.period_id == period.id,
            ),
        )
        .where(
            Region.programme_id == period.programme_id,
            or_(ProgressReport.id.is_not(None), reports_on(period)),
        )
        .order_by(Region.name, Region.id)
    )
    return [Delivery(row.Region, row.ProgressReport, row.reason or "") for row in rows]


def codes_of(region_ids: Collection[int]) -> frozenset[str]:
    """Return the codes of regions."""
    query = select(Region.code).where(Region.id.in_(sorted(region_ids)))
    return frozenset(db.session.scalars(query))


def latest_snapshot(period: ReportingPeriod) -> Snapshot | None:
    """Return the newest version of a half-year, if it was ever frozen."""
    return db.session.scalar(
        select(Snapshot)
        .where(Snapshot.period_id == period.id)
        .order_by(Snapshot.version_no.desc())
        .limit(1)
    )


def get_snapshot(period: ReportingPeriod, version_no: int) -> Snapshot | None:
    """Return a version of a half-year by its number."""
    return db.session.scalar(
        select(Snapshot).where(Snapshot.period_id == period.id, Snapshot.version_no == version_no)
    )


def list_snapshots(period: ReportingPeriod) -> list[Snapshot]:
    """Return the versions of a half-year, the newest first."""
    return list(
        db.session.scalars(
            select(Snapshot)
            .where(Snapshot.period_id == period.id)
            .options(joinedload(Snapshot.taken_by))
            .order_by(Snapshot.version_no.desc())
        )
    )


def manifest_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a snapshot says about itself."""
    query = select(Snapshot.manifest).where(Snapshot.id == snapshot.id)
    manifest: dict[str, Any] = json.loads(db.session.execute(query).scalar_one())
    return manifest


def read_lines(snapshot: Snapshot, part_key: str) -> Iterator[Any]:
    """Yield the lines of a part as JSON values; a part that is not there has none."""
    query = select(SnapshotPart.content).where(
        SnapshotPart.snapshot_id == snapshot.id, SnapshotPart.key == part_key
    )
    packed = db.session.scalar(query)
    if packed is not None:
        yield from (json.loads(line) for line in zlib.decompress(packed).split(b"\n") if line)


def find_file(snapshot: Snapshot, kind: FileKind) -> SnapshotFile | None:
    """Return a file that was made from a snapshot, with its content."""
    return db.session.scalar(
        select(SnapshotFile)
        .where(SnapshotFile.snapshot_id == snapshot.id, SnapshotFile.kind == kind)
        .options(undefer(SnapshotFile.content), joinedload(SnapshotFile.snapshot))
    )


def list_files(snapshot: Snapshot) -> list[SnapshotFile]:
    """Return the files that were made from a snapshot, without their contents."""
    query = select(SnapshotFile).where(SnapshotFile.snapshot_id == snapshot.id)
    return list(db.session.scalars(query.order_by(SnapshotFile.id)))


def list_reopenings(period: ReportingPeriod) -> list[Reopening]:
    """Return what was ever opened again in a half-year, the oldest first."""
    return list(
        db.session.scalars(
            select(Reopening)
            .where(Reopening.period_id == period.id)
            .options(
                joinedload(Reopening.region),
                joinedload(Reopening.decided_by),
                joinedload(Reopening.snapshot),
            )
            .order_by(Reopening.id)
        )
    )


def live_reopenings(period: ReportingPeriod, *, on: date) -> list[Reopening]:
    """Return what is open again on a day: not ended, and not expired."""
    return [one for one in list_reopenings(period) if is_live(one, on=on)]


def is_live(reopening: Reopening, *, on: date) -> bool:
    """Return whether something is open again on a day."""
    return reopening.closed_on is None and reopening.decided_on <= on <= reopening.expires_on


def open_reopening(period: ReportingPeriod, region_id: int, *, on: date) -> Reopening | None:
    """Return the decision by which a region is open again on a day, if there is one."""
    return db.session.scalar(
        select(Reopening)
        .where(
            Reopening.period_id == period.id,
            Reopening.region_id == region_id,
            Reopening.closed_on.is_(None),
            Reopening.decided_on <= on,
            Reopening.expires_on >= on,
        )
        .order_by(Reopening.id.desc())
        .limit(1)
    )


def get_reopening(period: ReportingPeriod, reopening_id: int) -> Reopening | None:
    """Return a reopening of this half-year."""
    return db.session.scalar(
        select(Reopening).where(Reopening.id == reopening_id, Reopening.period_id == period.id)
    )
