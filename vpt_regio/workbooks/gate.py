"""What an uploaded workbook must be before it is opened; says everything that is wrong at once.

The size of every part is known before it is unpacked, and what would take long to read is refused
before it is read. Nothing here follows a link or runs anything.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import Final

from vpt_regio.archives import (
    DAMAGED,
    MEGABYTE,
    TOO_MANY_PARTS,
    UNPACKED_TOO_LARGE,
    UNREADABLE,
    Limits,
    container_problems,
)
from vpt_regio.domain.text import N_

__all__ = [
    "ACTIVE",
    "DAMAGED",
    "DOCTYPE",
    "EXTERNAL",
    "LARGEST",
    "LIMITS",
    "LOCKED_OR_OLD",
    "MEGABYTE",
    "MOST_OTHER_TAGS",
    "MOST_TAGS",
    "NOT_EXCEL",
    "TOO_LARGE",
    "TOO_MANY_CELLS",
    "TOO_MANY_PARTS",
    "UNPACKED_TOO_LARGE",
    "UNREADABLE",
    "problems_of",
]

LARGEST: Final = 10 * MEGABYTE  # a request may be a little larger: config.MAX_CONTENT_LENGTH
# a table packs about 10 to 1
LIMITS: Final = Limits(entries=256, unpacked=20 * MEGABYTE, ratio=200)
# beginnings and ends of elements, which take far longer to read than the bytes they stand in; at
# the limits a file takes some seconds
MOST_TAGS: Final = 500_000  # 10.000 rows of 12 columns
MOST_OTHER_TAGS: Final = 50_000  # of styles, rules, names and all else that is no cell or text

TOO_LARGE: Final = N_("Het bestand is te groot. Gebruik hoogstens 10 MB.")
NOT_EXCEL: Final = N_("Dit is geen Excel-bestand (.xlsx).")
LOCKED_OR_OLD: Final = N_(
    "Dit is een oud Excel-bestand of een bestand met een wachtwoord."
    " Bewaar het zonder wachtwoord als .xlsx."
)
TOO_MANY_CELLS: Final = N_(
    "Het bestand bevat te veel cellen of opmaak. Kopieer alleen de tabel naar een leeg bestand."
)
ACTIVE: Final = N_("Het bestand bevat macro's of ingesloten objecten.")
EXTERNAL: Final = N_(
    "Het bestand haalt gegevens uit een ander bestand. Kopieer de cellen en plak alleen de waarden."
)
DOCTYPE: Final = N_("Het bestand bevat een documenttype (DOCTYPE). Dat mag niet.")

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPES: Final = (
    b"spreadsheetml.sheet.main+xml",
    b"spreadsheetml.template.main+xml",
)
_ACTIVE_PARTS: Final = re.compile(
    r"vbaProject|vbaData|activeX|ctrlProps|embeddings/|macrosheets/|dialogsheets/|attachedToolbars"
    r"|customUI",
    re.IGNORECASE,
)
_EXTERNAL_PARTS: Final = re.compile(
    r"externalLinks/|connections\.xml|queryTables/|webExtensions/|xl/model/|customData/",
    re.IGNORECASE,
)
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
# of what lies outside, only the address under a link may be named; it is never fetched
_HYPERLINK: Final = re.compile(rb"relationships/hyperlink\s*[\"']")
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(
    rb"<\?xml[^<>]*encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE
)
# a mark of the byte order and spaces
_BEFORE_XML: Final = b"\xef\xbb\xbf \t\r\n"
# a parser looks at an unfinished tag again and again
_LONG_TAG: Final = re.compile(rb"<[^<>]{65536}")
_OTHER_TAG: Final = re.compile(rb"<(?!/?(?:\w+:)?(?:row|c|v|f|is|si|t|r)[\s/>])")


def problems_of(content: bytes) -> list[str]:
    """Return every reason why a file cannot be opened as a workbook; empty when it can."""
    if len(content) > LARGEST:
        return [TOO_LARGE]
    if content.startswith(_OLE):
        return [LOCKED_OR_OLD]
    if not content.startswith(b"PK\x03\x04"):
        return [NOT_EXCEL]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if found := container_problems(entries, LIMITS):
                return found
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except UNREADABLE:
        return [DAMAGED]
    return _part_problems(parts)


def _part_problems(parts: Mapping[str, bytes]) -> list[str]:
    types = parts.get("[Content_Types].xml", b"")
    if any(map(_ACTIVE_PARTS.search, parts)) or b"macroEnabled" in types:
        return [ACTIVE]
    if not any(kind in types for kind in _MAIN_TYPES):
        return [NOT_EXCEL]
    texts = {name: content for name, content in parts.items() if _is_xml(name, content)}
    problems = []
    if any(map(_EXTERNAL_PARTS.search, parts)) or any(map(_points_outside, texts.values())):
        problems.append(EXTERNAL)
    if any(map(_DOCTYPE.search, texts.values())):
        problems.append(DOCTYPE)
    if any(map(_is_damaged, texts.values())):
        problems.append(DAMAGED)
    if _takes_long(texts.values()):
        problems.append(TOO_MANY_CELLS)
    return problems


def _is_xml(name: str, content: bytes) -> bool:
    # an XML part may carry any name
    return name.endswith((".xml", ".rels")) or content.lstrip(_BEFORE_XML)[:1] == b"<"


def _points_outside(content: bytes) -> bool:
    return any(
        b"External" in relation and not _HYPERLINK.search(relation)
        for relation in _RELATION.findall(content)
    )


def _is_damaged(content: bytes) -> bool:
    # in another encoding the other searches would see nothing
    is_other = b"\x00" in content or _ENCODING.match(content.lstrip(_BEFORE_XML)) is not None
    return is_other or _LONG_TAG.search(content) is not None


def _takes_long(texts: Collection[bytes]) -> bool:
    if sum(content.count(b"<") for content in texts) > MOST_TAGS:
        return True
    return sum(len(_OTHER_TAG.findall(content)) for content in texts) > MOST_OTHER_TAGS
