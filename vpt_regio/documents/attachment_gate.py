"""Which files may be attached: their kind follows from what is in them, never from their name.

Nothing of an attached file is opened or shown by the application; it is handed out as it came.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from vpt_regio.archives import DAMAGED, MEGABYTE, UNREADABLE, Limits, container_problems
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

LARGEST = 5 * MEGABYTE
# a document of an office program has a part for each sheet and each picture
LIMITS = Limits(entries=2000, unpacked=100 * MEGABYTE)
LARGEST_PART = MEGABYTE
# where a PDF may begin, after what some programs put before it
PDF_WITHIN = 1024

OFFICE = "application/vnd.openxmlformats-officedocument."
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# parts that run when a document is opened
ACTIVE = ("vbaproject", "vbadata", "activex/", "basic/", "scripts/", "macrosheets/")


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may be attached, with the endings that its name may have."""

    content_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", (".pdf",))
PNG_IMAGE = FileKind("image/png", (".png",))
JPEG_IMAGE = FileKind("image/jpeg", (".jpg", ".jpeg"))
DOCX = FileKind(f"{OFFICE}wordprocessingml.document", (".docx",))
XLSX = FileKind(f"{OFFICE}spreadsheetml.sheet", (".xlsx",))
ODT = FileKind("application/vnd.oasis.opendocument.text", (".odt",))
KINDS = (PDF, DOCX, XLSX, ODT, PNG_IMAGE, JPEG_IMAGE)
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": ("word/document.xml", DOCX),
    b"spreadsheetml.sheet.main+xml": ("xl/workbook.xml", XLSX),
}

UNKNOWN = N_("Dit soort bestand kan niet. Gebruik pdf, docx, xlsx, odt, png of jpg.")


def kind_of(content: bytes, *, name: str) -> FileKind:
    """Return the kind of a file; raises Invalid for one that may not be attached.

    An ending that belongs to another kind is refused: the program that opens it goes by it.
    """
    if not content:
        raise _problem(N_("Kies een bestand. Een leeg bestand kan niet."))
    if len(content) > LARGEST:
        raise _problem(N_("Het bestand is te groot. Gebruik hoogstens 5 MB."))
    kind = _found_in(content)
    if kind is None:
        raise _problem(UNKNOWN)
    if PurePath(name).suffix.lower() not in kind.endings:
        raise _problem(
            N_("De naam past niet bij wat er in het bestand zit: die moet eindigen op %(ending)s."),
            ending=kind.endings[0],
        )
    return kind


def _found_in(content: bytes) -> FileKind | None:
    if b"%PDF-" in content[:PDF_WITHIN]:
        return PDF
    if content.startswith(PNG):
        return PNG_IMAGE
    if content.startswith(JPEG):
        return JPEG_IMAGE
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _found_in_archive(archive)
    except UNREADABLE as error:
        raise _problem(DAMAGED) from error


def _found_in_archive(archive: zipfile.ZipFile) -> FileKind | None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    for message in container_problems(entries, LIMITS):
        raise _problem(message)
    read = _reader(archive, set(names))
    types = read("[Content_Types].xml")
    runs = any(part in f"/{name}".lower() for name in names for part in ACTIVE)
    if runs or b"macroEnabled" in types:
        raise _problem(N_("Het bestand bevat macro's. Bewaar het zonder macro's."))
    if read("mimetype").strip() == ODT.content_type.encode() and "content.xml" in names:
        return ODT
    for mark, (main_part, kind) in MAIN_PARTS.items():
        if mark in types and main_part in names:
            return kind
    return None


def _reader(archive: zipfile.ZipFile, names: set[str]) -> Callable[[str], bytes]:
    """Return how to read the beginning of a part; empty for a part that is not there."""

    def read(name: str) -> bytes:
        if name not in names:
            return b""
        with archive.open(name) as part:
            return part.read(LARGEST_PART)

    return read


def _problem(message: str, **params: str) -> DomainError:
    return Invalid(message, field="file", params=params)
