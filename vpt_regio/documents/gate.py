"""What an uploaded template must be before a letter is made from it; says everything at once."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from lxml import etree

from vpt_regio.archives import (
    DAMAGED,
    MEGABYTE,
    UNPACKED_TOO_LARGE,
    UNREADABLE,
    Limits,
    container_problems,
)
from vpt_regio.documents.fields import FIELD_LABELS, REQUIRED
from vpt_regio.documents.letters import fill, tags_in
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

log = structlog.get_logger()

LARGEST = 2 * MEGABYTE
# of text alone: reading millions of small elements would keep others waiting
LARGEST_XML = 5 * MEGABYTE
LIMITS = Limits(entries=200, unpacked=20 * MEGABYTE)

# the words of a document, as Word writes them and by the strict standard
_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MAIN_TYPE = b"wordprocessingml.document.main+xml"
# parts that run, or that bring in another document
_ACTIVE_PARTS = re.compile(
    r"vbaProject|vbaData|activeX|embeddings/|attachedToolbars", re.IGNORECASE
)
_ACTIVE_ELEMENTS = ("altChunk", "subDoc", "object", "control")
# a mark of the byte order, zero bytes of wide characters, and spaces
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
# the fields of Word that only count pages, with how a number looks; any other may read files or
# run programs, also one that begins with the outcome of another
_HARMLESS_FIELD = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\[*#]\s*[\w\"#,.]+)*\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Shape:
    """What a kind of template is made of: its fields, and what else is asked of it.

    `more` says what is wrong with a document that can be read and has the right fields.
    """

    labels: Mapping[str, str]
    required: Sequence[str]
    more: Callable[[bytes], list[DomainError]] = lambda _content: []


LETTER = Shape({field.value: text for field, text in FIELD_LABELS.items()}, REQUIRED)


def problems_of(content: bytes, shape: Shape = LETTER) -> list[DomainError]:
    """Return every reason why a file cannot be a template; empty when it can."""
    if len(content) > LARGEST:
        return [_problem(N_("Het bestand is te groot. Gebruik hoogstens 2 MB."))]
    try:
        parts, found = _read(content)
    except UNREADABLE:
        return [_problem(N_("Dit is geen Word-document (.docx)."))]
    if found:
        return found
    problems = _active_problems(parts)
    problems += _xml_problems(parts)
    return problems or _field_problems(content, shape)


def _read(content: bytes) -> tuple[dict[str, bytes], list[DomainError]]:
    """Return the parts of a file, or why they are not even read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        problems = [_problem(found) for found in container_problems(entries, LIMITS)]
        if problems:
            return {}, problems
        return {entry.filename: archive.read(entry) for entry in entries}, []


def _active_problems(parts: Mapping[str, bytes]) -> list[DomainError]:
    types = parts.get("[Content_Types].xml", b"")
    problems: list[DomainError] = []
    if any(_ACTIVE_PARTS.search(name) for name in parts) or b"macroEnabled" in types:
        problems.append(_problem(N_("Het bestand bevat macro's of ingesloten objecten.")))
    elif "word/document.xml" not in parts or _MAIN_TYPE not in types:
        problems.append(_problem(N_("Dit is geen Word-document (.docx).")))
    return problems


def _xml_problems(parts: Mapping[str, bytes]) -> list[DomainError]:
    # an XML part may carry any name
    found = [
        content
        for name, content in parts.items()
        if name.endswith((".xml", ".rels")) or content[:200].lstrip(_BEFORE_XML)[:1] == b"<"
    ]
    if sum(map(len, found)) > LARGEST_XML:
        return [_problem(UNPACKED_TOO_LARGE)]
    messages = set().union(*map(_part_messages, found))
    return [_problem(message) for message in sorted(messages)]


def _part_messages(content: bytes) -> set[str]:
    """Return what is wrong in one part of XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return {DAMAGED}
    messages = set()
    if root.getroottree().docinfo.doctype:
        messages.add(N_("Het bestand bevat een documenttype (DOCTYPE). Dat mag niet."))
    if any(_points_outside(element) for element in root.iter("*")):
        messages.add(N_("Het bestand verwijst naar iets buiten het document, zoals een link."))
    if any(True for _element in root.iter(*_named(*_ACTIVE_ELEMENTS))):
        messages.add(N_("Het bestand bevat macro's of ingesloten objecten."))
    if not all(_HARMLESS_FIELD.fullmatch(code) for code in _fields(root)):
        messages.add(N_("Het bestand bevat een veld van Word dat niet mag. Paginanummers mogen."))
    return messages


def _points_outside(element: "etree._Element") -> bool:
    """Tell whether an element names something outside: a relation, or a source of its own."""
    if element.get("TargetMode") == "External":
        return True
    sources = (
        str(value)
        for name, value in element.attrib.items()
        if etree.QName(name).localname in ("src", "href")
    )
    return any("://" in source or source.startswith(("//", "\\\\")) for source in sources)


def _named(*names: str) -> list[str]:
    """Return elements of Word by name, under both of its namespaces."""
    return [f"{{{space}}}{name}" for space in _WORDS for name in names]


def _fields(root: "etree._Element") -> list[str]:
    """Return the codes of the fields of Word in a part; the words of one may be cut up."""
    codes = [
        str(value)
        for simple in root.iter(*_named("fldSimple"))
        for name, value in simple.attrib.items()
        if etree.QName(name).localname == "instr"
    ]
    for element in root.iter(*_named("fldChar", "instrText")):
        if etree.QName(element).localname == "instrText":
            codes = codes or [""]
            codes[-1] += element.text or ""
        elif "begin" in element.attrib.values():
            codes.append("")
    return [code for code in codes if code.strip()]


def _field_problems(content: bytes, shape: Shape) -> list[DomainError]:
    """Return which fields are missing or unknown; it is filled in as a last test."""
    try:
        tags = tags_in(content)
        fill(content, shape.labels)
    except Exception as error:
        # whatever part of it breaks the reading of a damaged document, it is no template; the log
        # tells a damaged document from a fault of ours
        log.warning("template_refused", exc_info=error)
        return [_problem(DAMAGED)]
    missing = [str(field) for field in shape.required if field not in tags]
    unknown = sorted(tags - set(shape.labels))
    problems = []
    if missing:
        message = N_("Deze velden ontbreken in het sjabloon: %(fields)s.")
        problems.append(_problem(message, fields=", ".join(missing)))
    if unknown:
        message = N_("Deze velden in het sjabloon zijn niet bekend: %(fields)s.")
        problems.append(_problem(message, fields=", ".join(unknown)[:300]))
    return problems or shape.more(content)


def _problem(message: str, **params: str) -> DomainError:
    return Invalid(message, field="file", params=params)
