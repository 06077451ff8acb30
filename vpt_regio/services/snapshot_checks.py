"""Whether frozen versions are still what they were: hashes of parts, manifest, files and record."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from vpt_regio.models.audit import AuditDetail
from vpt_regio.models.snapshots import Snapshot, SnapshotFile, SnapshotPart


def damaged_snapshot(session: Session, *, only: int | None = None) -> str | None:
    """Return what is wrong with the first version that is damaged, or None when all is well.

    `only` is the id of the one version to look at.
    """
    query = (
        select(Snapshot)
        .options(undefer(Snapshot.manifest), joinedload(Snapshot.period))
        .order_by(Snapshot.id)
    )
    if only is not None:
        query = query.where(Snapshot.id == only)
    for snapshot in session.scalars(query).all():
        problem = next(_problems(session, snapshot), None)
        if problem is not None:
            return f"half-year {snapshot.period.code} version {snapshot.version_no}: {problem}"
    return None


def _problems(session: Session, snapshot: Snapshot) -> Iterator[str]:
    if _sha256(snapshot.manifest.encode()) != snapshot.sha256:
        yield "its manifest was changed"
        return
    told = session.get(AuditDetail, snapshot.audit_seq)
    if told is None or told.details.get("sha256") != snapshot.sha256:
        yield f"audit entry {snapshot.audit_seq} does not name its hash"
    yield from _problems_of_parts(session, snapshot, json.loads(snapshot.manifest))
    yield from _problems_of_files(session, snapshot)


def _problems_of_parts(
    session: Session, snapshot: Snapshot, manifest: dict[str, Any]
) -> Iterator[str]:
    listed = {part["key"]: part["sha256"] for part in manifest.get("parts", [])}
    query = (
        select(SnapshotPart)
        .where(SnapshotPart.snapshot_id == snapshot.id)
        .options(undefer(SnapshotPart.content))
        .order_by(SnapshotPart.position)
    )
    for part in session.scalars(query).all():
        if listed.pop(part.key, None) != _unpacked_sha256(part.content):
            yield f"part {part.key} was changed"
    if listed:
        yield f"part {min(listed)} is missing"


def _problems_of_files(session: Session, snapshot: Snapshot) -> Iterator[str]:
    query = (
        select(SnapshotFile)
        .where(SnapshotFile.snapshot_id == snapshot.id)
        .options(undefer(SnapshotFile.content))
        .order_by(SnapshotFile.id)
    )
    for file in session.scalars(query).all():
        if _sha256(file.content) != file.sha256:
            yield f"file {file.file_name} was changed"


def _unpacked_sha256(packed: bytes) -> str:
    try:
        return _sha256(zlib.decompress(packed))
    except zlib.error:
        return ""


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
