"""What a file must be before its text is read as a letter; says everything that is wrong at once.

Links and pictures may be in a letter: only its words are read. What runs, and what a reader of XML
could choke on, may not.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from lxml import etree

from vpt_regio.archives import (
    DAMAGED,
    MEGABYTE,
    UNPACKED_TOO_LARGE,
    UNREADABLE,
    Limits,
    container_problems,
)
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

LARGEST = 10 * MEGABYTE
LARGEST_TEXT = 2 * MEGABYTE
LARGEST_XML = 20 * MEGABYTE
LIMITS = Limits(entries=2000, unpacked=100 * MEGABYTE, ratio=200)
DEEPEST = 200

DOCX, ODT, TXT = ".docx", ".odt", ".txt"
ENDINGS = (DOCX, ODT, TXT)
_WORD_TYPE = b"wordprocessingml.document.main+xml"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_ACTIVE = re.compile(
    r"vbaProject|vbaData|activeX/|macrosheets/|attachedToolbars|(?:^|/)Basic/|(?:^|/)Scripts/",
    re.IGNORECASE,
)

WRONG_KIND = N_("Dit soort bestand kan niet. Gebruik docx, odt of txt.")
EMPTY = N_("Kies een bestand. Een leeg bestand kan niet.")
TOO_LARGE = N_("Het bestand is te groot. Gebruik hoogstens %(megabytes)s MB.")
LOCKED = N_("Het bestand is met een wachtwoord beveiligd. Bewaar het zonder wachtwoord.")
MACROS = N_("Het bestand bevat macro's. Bewaar het zonder macro's.")
DOCTYPE = N_("Het bestand bevat een documenttype (DOCTYPE). Dat mag niet.")
NOT_WHAT_IT_SAYS = N_("De naam past niet bij wat er in het bestand zit.")
DEEP = N_("Het bestand is te diep genest.")


def ending_of(name: str) -> str:
    """Return the ending of a file by its name."""
    return PurePath(name).suffix.lower()


def letter_problems(content: bytes, name: str) -> list[DomainError]:
    """Return every reason why a file cannot be read as a letter; empty when it can."""
    if not content:
        return [_problem(EMPTY)]
    ending = ending_of(name)
    found: list[DomainError] = [] if ending in ENDINGS else [_problem(WRONG_KIND)]
    largest = LARGEST_TEXT if ending == TXT else LARGEST
    if len(content) > largest:
        found.append(_problem(TOO_LARGE, megabytes=str(largest // MEGABYTE)))
    if found:
        return found
    if ending == TXT:
        is_text = not content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf"))
        return [] if is_text else [_problem(NOT_WHAT_IT_SAYS)]
    return _archive_problems(content, ending)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of XML of a file that passed the gate."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            entry.filename: archive.read(entry)
            for entry in archive.infolist()
            if entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype"
        }


def _archive_problems(content: bytes, ending: str) -> list[DomainError]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        # what Office locks it puts in a container of the old kind
        return [_problem(LOCKED if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content else DAMAGED)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _entry_problems(archive.infolist())
        # macros are no reason not to look at the rest
        if any(one.message != MACROS for one in found):
            return found
        parts = parts_of(content)
    except UNREADABLE:
        return [_problem(DAMAGED)]
    return [*found, *_part_problems(parts, ending)]


def _entry_problems(entries: list[zipfile.ZipInfo]) -> list[DomainError]:
    names = [entry.filename for entry in entries]
    texts = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    is_locked = any(entry.flag_bits & 0x1 for entry in entries)
    messages = [] if is_locked else container_problems(entries, LIMITS)
    checks = (
        (sum(texts) > LARGEST_XML, UNPACKED_TOO_LARGE),
        (is_locked, LOCKED),
        (any(_ACTIVE.search(name) for name in names), MACROS),
    )
    messages += [text for holds, text in checks if holds]
    return [_problem(text) for text in dict.fromkeys(messages)]


def _part_problems(parts: Mapping[str, bytes], ending: str) -> list[DomainError]:
    messages: dict[str, None] = {}
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        messages[MACROS] = None
    is_word = "word/document.xml" in parts and _WORD_TYPE in types
    is_odt = parts.get("mimetype", b"").strip() == _ODT_TYPE and "content.xml" in parts
    if not (is_word if ending == DOCX else is_odt):
        messages[NOT_WHAT_IT_SAYS] = None
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        messages[LOCKED] = None
        return [_problem(text) for text in messages]
    for name, content in parts.items():
        if name != "mimetype":
            messages.update(dict.fromkeys(_xml_messages(content)))
    return [_problem(text) for text in messages]


def _xml_messages(content: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        # what declares entities is refused for that, also when the rest does not read
        return [DOCTYPE, DAMAGED] if b"<!DOCTYPE" in content[:2000] else [DAMAGED]
    found = [DOCTYPE] if root.getroottree().docinfo.doctype else []
    return [*found, DEEP] if _is_deep(root) else found


def _is_deep(root: "etree._Element") -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for one in level for child in one]
        if not level:
            return False
    return True


def _problem(message: str, **params: str) -> DomainError:
    return Invalid(message, field="file", params=params)
