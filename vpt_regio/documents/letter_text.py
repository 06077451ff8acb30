"""The words of a draft letter: from Word, from an ODT or from plain text."""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring
from lxml import etree

from vpt_regio.documents.letter_gate import DOCX, ODT, ending_of, letter_problems, parts_of
from vpt_regio.domain.rules.letter_document import (
    Block,
    BoundNumber,
    LetterDocument,
    LetterTable,
    Paragraph,
)
from vpt_regio.domain.rules.letter_layout import blocks_of, is_caption, sentences
from vpt_regio.domain.text import N_
from vpt_regio.errors import Invalid, raise_all

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MOST_REPEATED = 50
LONGEST_COUNT = 9
LONGEST_TITLE = 150
LONGEST_SHOWN = 1_000

LONGEST_LETTER = 400_000
"""In characters: some 150 pages."""

NO_TEXT = N_("Er staat geen tekst in het bestand.")
TOO_LONG = N_("De brief is te lang. Controleer hoogstens 150 bladzijden tegelijk.")
NO_ENCODING = N_("Dit is geen gewone tekst. Bewaar het bestand als tekst (UTF-8).")


def read_letter(content: bytes, name: str) -> LetterDocument:
    """Return a letter as paragraphs and tables; raises every reason why a file is refused."""
    raise_all(letter_problems(content, name))
    ending = ending_of(name)
    if ending == DOCX:
        letter = _from_word(parts_of(content)["word/document.xml"])
    elif ending == ODT:
        letter = LetterDocument(_finished(_from_odt(parts_of(content)["content.xml"])))
    else:
        letter = LetterDocument(tuple(blocks_of(_decoded(content))))
    if not letter.blocks:
        raise Invalid(NO_TEXT, field="file")
    if sum(map(_length, letter.blocks)) > LONGEST_LETTER:
        raise Invalid(TOO_LONG, field="file")
    return letter


def _length(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(len(cell) for row in block.rows for cell in row)


def _decoded(content: bytes) -> str:
    """Return plain text in the encoding that it has; raises Invalid for what is no text."""
    text = None
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            text = _try(content, encoding)
    if text is None:
        candidates = ("utf-8", "cp1252")
        if b"\x00" in content[:1000]:
            candidates = ("utf-16-le", "utf-16-be")
        text = next((t for e in candidates if (t := _try(content, e)) is not None), None)
    if text is None or _is_binary(text):
        raise Invalid(NO_ENCODING, field="file")
    return unicodedata.normalize("NFC", text)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    odd = sum(
        1
        for one in text
        if unicodedata.category(one) in ("Cc", "Cn", "Co") and one not in "\n\r\t\f"
    )
    return odd * 200 > len(text)


def _finished(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with their tables numbered, and lines with tabs read as tables."""
    found: list[Block] = []
    tables = 0
    read = list(_with_tabs(blocks))
    for block, after in zip(read, [*read[1:], None], strict=True):
        if isinstance(block, LetterTable):
            tables += 1
            title = block.title or _title_of(found[-1] if found else None, after)
            found.append(replace(block, title=title, origin=f"tabel {tables} in de brief"))
        else:
            found.append(block)
    return tuple(found)


def _title_of(before: Block | None, after: Block | None) -> str:
    """Return what stands above a table, with the caption below it."""
    above = before.text if isinstance(before, Paragraph) else ""
    below = after.text if isinstance(after, Paragraph) and is_caption(after.text) else ""
    if len(above) > LONGEST_TITLE or (above.endswith(".") and not is_caption(above)):
        above = ""
    return f"{above} {below if len(below) <= LONGEST_TITLE else ''}".strip()


def _with_tabs(blocks: Sequence[Block]) -> Iterator[Block]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and ("\t" in block.text or "\n" in block.text):
            lines.append(block.text)
            continue
        yield from blocks_of("\n".join(lines))
        lines = []
        yield block
    yield from blocks_of("\n".join(lines))


def _from_word(content: bytes) -> LetterDocument:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    body = next(root.iter(*_word("body")), None)
    if body is None:
        return LetterDocument(())
    told: dict[etree._Element, list[str]] = {}
    bound = tuple(_bound(control, told) for control in root.iter(*_word("sdt")) if _tag(control))
    return LetterDocument(_finished(list(_word_blocks(body))), bound)


def _times(text: str) -> int:
    """Return how often a file says that something is there, within reason; once when unclear."""
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(1, min(int(text[:LONGEST_COUNT]), MOST_REPEATED))


def _word(*names: str) -> list[str]:
    return [f"{{{space}}}{name}" for space in (WORD, STRICT) for name in names]


def _local(element: "etree._Element") -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _word_blocks(parent: "etree._Element") -> Iterator[Block]:
    for child in parent:
        name = _local(child)
        if name == "p":
            text = _word_text(child).strip(" \n")
            if text.strip():
                yield Paragraph(text, is_item=_is_item(child, text))
        elif name == "tbl":
            yield LetterTable(tuple(_word_row(row) for row in child.iter(*_word("tr"))))
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _word_blocks(child)


def _word_row(row: "etree._Element") -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row.iter(*_word("tc")):
        text = " ".join(_word_text(part).strip() for part in cell.iter(*_word("p")))
        span = next(cell.iter(*_word("gridSpan")), None)
        cells += [text, *[""] * (_times(_value(span)) - 1)]
    return tuple(cells)


def _word_text(element: "etree._Element") -> str:
    """Return the words of a paragraph as they read: without what was struck out."""
    parts: list[str] = []
    for one in element.iter(*_word("t", "tab", "br", "cr", "noBreakHyphen")):
        if any(_local(parent) in ("del", "moveFrom", "tabs") for parent in one.iterancestors()):
            continue
        name = _local(one)
        parts.append(one.text or "" if name == "t" else _WORD_MARKS[name])
    return "".join(parts)


_WORD_MARKS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}


def _is_item(paragraph: "etree._Element", text: str) -> bool:
    style = next(paragraph.iter(*_word("pStyle")), None)
    is_listed = next(paragraph.iter(*_word("numPr")), None) is not None
    named = re.match(r"(?i)list|lijst|opsomming", _value(style)) if style is not None else None
    return is_listed or bool(named) or bool(re.match(r"[•●▪–-]\s", text))


def _value(element: "etree._Element | None") -> str:
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if k.endswith("}val")), "")


def _tag(control: "etree._Element") -> str:
    properties = next((one for one in control if _local(one) == "sdtPr"), None)
    found = None
    if properties is not None:
        found = next((one for one in properties if _local(one) == "tag"), None)
    return _value(found)


def _bound(control: "etree._Element", told: "dict[etree._Element, list[str]]") -> BoundNumber:
    """Return the number of a field; `told` keeps the sentences of the paragraphs read before."""
    content = next((one for one in control if _local(one) == "sdtContent"), None)
    text = _word_text(content) if content is not None else ""
    around = next((one for one in control.iterancestors() if _local(one) == "p"), None)
    shown = " ".join(text.split())
    if around is None:
        return BoundNumber(_tag(control), text, shown)
    if around not in told:
        told[around] = sentences(" ".join(_word_text(around).split())) or [""]
    sentence = next((one for one in told[around] if shown and shown in one), "")
    return BoundNumber(_tag(control), text, (sentence or " ".join(told[around]))[:LONGEST_SHOWN])


def _from_odt(content: bytes) -> list[Block]:
    root = fromstring(content, forbid_dtd=True)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    return [] if body is None else list(_odt_blocks(body, is_item=False))


def _odt_blocks(parent: "Element", *, is_item: bool) -> Iterator[Block]:
    for child in parent:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            text = _odt_text(child).strip(" \n")
            if text.strip():
                yield Paragraph(text, is_item=is_item)
        elif child.tag in (f"{_TEXT}list", f"{_TEXT}list-item"):
            yield from _odt_blocks(child, is_item=True)
        elif child.tag == f"{_TABLE}table":
            rows = tuple(tuple(_odt_row(row)) for row in child.iter(f"{_TABLE}table-row"))
            yield LetterTable(rows)
        elif child.tag in (f"{_TEXT}section", f"{_TEXT}index-body"):
            yield from _odt_blocks(child, is_item=is_item)


def _odt_row(row: "Element") -> Iterator[str]:
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text = " ".join(_odt_text(part).strip() for part in cell.iter(f"{_TEXT}p"))
        repeated = cell.get(f"{_TABLE}number-columns-repeated", "1")
        yield from [text] * _times(repeated)


def _odt_text(element: "Element") -> str:
    """Return the words of a paragraph, without notes and remarks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * _times(count))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append(" ")
        elif child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}note"):
            parts.append(_odt_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
