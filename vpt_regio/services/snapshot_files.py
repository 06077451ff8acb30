"""The files of a version: each is made once from the snapshot alone, and kept for ever."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from vpt_regio.domain.half_year_codes import FILE_ENDINGS, FileKind
from vpt_regio.domain.text import N_
from vpt_regio.errors import WrongState
from vpt_regio.extensions import db
from vpt_regio.models.jobs import Job
from vpt_regio.models.people import Person
from vpt_regio.models.snapshots import Snapshot, SnapshotFile
from vpt_regio.queries.jobs import find_unfinished
from vpt_regio.queries.snapshots import find_file, manifest_of, read_lines
from vpt_regio.services.annex_files import frozen_annex, write_annex
from vpt_regio.services.jobs import queue_job
from vpt_regio.uow import write
from vpt_regio.workbooks.frozen import FrozenWorkbook, frozen_workbook

SNAPSHOT_FILES = "snapshot_files"
MOST_AT_ONCE = 20  # a version may not be left without its files because its maker is busy

NAMES = {
    FileKind.WORKBOOK_XLSX: "vpt-voortgang",
    FileKind.WORKBOOK_ODS: "vpt-voortgang",
    FileKind.ANNEX_WORD: "vpt-bijlage",
    FileKind.ANNEX_PDF: "vpt-bijlage",
}


@dataclass(frozen=True)
class Made:
    """A file as it was made, with the hash of the template that was used, if there was one."""

    content: bytes
    template_sha256: str = ""


def file_of(snapshot: Snapshot, kind: FileKind) -> SnapshotFile:
    """Return a file of a version: the one that is stored, or it is made and stored now.

    Call it outside a unit of work: making takes seconds, in which others may go on writing.
    """
    found = find_file(snapshot, kind)
    if found is not None:
        return found
    made = make_file(snapshot, kind)
    snapshot_id = snapshot.id

    def keep() -> None:
        kept = db.session.get_one(Snapshot, snapshot_id)
        if find_file(kept, kind) is None:
            db.session.add(
                SnapshotFile(
                    snapshot_id=snapshot_id,
                    kind=kind,
                    file_name=file_name_of(kept, kind),
                    content=made.content,
                    sha256=hashlib.sha256(made.content).hexdigest(),
                    template_sha256=made.template_sha256,
                )
            )

    write(keep)
    stored = find_file(db.session.get_one(Snapshot, snapshot_id), kind)
    assert stored is not None  # noqa: S101  # it was stored just now, and nothing deletes it
    return stored


def start_files(snapshot: Snapshot, *, page: str, actor: Person) -> Job:
    """Put making all files of a version in the queue; `page` is the path that shows them."""
    return queue_job(
        SNAPSHOT_FILES,
        {"snapshot_id": snapshot.id, "page": page},
        actor=actor,
        work_key=_work_key(snapshot),
        at_most=MOST_AT_ONCE,
    )


def are_being_made(snapshot: Snapshot) -> bool:
    """Return whether the files of a version wait for a worker or are being made."""
    return find_unfinished(_work_key(snapshot)) is not None


def _work_key(snapshot: Snapshot) -> str:
    return f"{SNAPSHOT_FILES}:{snapshot.id}"


def file_name_of(snapshot: Snapshot, kind: FileKind) -> str:
    """Return the name under which a file of a version is offered."""
    code, version = snapshot.period.code, snapshot.version_no
    return f"{NAMES[kind]}-{code}-v{version}.{FILE_ENDINGS[kind]}"


def make_file(snapshot: Snapshot, kind: FileKind) -> Made:
    """Make a file from the snapshot and nothing else: always the same bytes.

    Raises WrongState for a kind that cannot be made of this version.
    """
    maker = MAKERS.get(kind)
    if maker is None:
        raise WrongState(N_("Dit bestand is er van deze versie niet."))
    return maker(snapshot)


def _workbook_source(snapshot: Snapshot) -> FrozenWorkbook:
    return FrozenWorkbook(
        read=lambda key: read_lines(snapshot, key),
        base_url=manifest_of(snapshot)["base_url"],
        sha256=snapshot.sha256,
        made_at=snapshot.taken_at,
    )


def _xlsx(snapshot: Snapshot) -> Made:
    # openpyxl takes a second to load, which only who writes a file should wait for
    from vpt_regio.workbooks.write import write as write_xlsx

    target = io.BytesIO()
    workbook = frozen_workbook(manifest_of(snapshot)["workbook"])
    write_xlsx(workbook, _workbook_source(snapshot), target, made_at=snapshot.taken_at)
    return Made(target.getvalue())


def _ods(snapshot: Snapshot) -> Made:
    from vpt_regio.workbooks.ods import write_ods

    target = io.BytesIO()
    workbook = frozen_workbook(manifest_of(snapshot)["workbook"])
    write_ods(workbook, _workbook_source(snapshot), target, made_at=snapshot.taken_at)
    return Made(target.getvalue())


def _annex(kind: FileKind) -> Callable[[Snapshot], Made]:
    def make(snapshot: Snapshot) -> Made:
        content = frozen_annex(snapshot)
        if content is None:
            raise WrongState(N_("Dit bestand is er van deze versie niet."))
        # a version that was frozen before it named its template takes the one in use
        named = manifest_of(snapshot).get("annex_template", "")
        programme_id = snapshot.programme_id
        return Made(*write_annex(content, kind, programme_id=programme_id, template_sha256=named))

    return make


# Every kind of file registers here how it is made from a snapshot.
MAKERS: dict[FileKind, Callable[[Snapshot], Made]] = {
    FileKind.WORKBOOK_XLSX: _xlsx,
    FileKind.WORKBOOK_ODS: _ods,
    FileKind.ANNEX_WORD: _annex(FileKind.ANNEX_WORD),
    FileKind.ANNEX_PDF: _annex(FileKind.ANNEX_PDF),
}
