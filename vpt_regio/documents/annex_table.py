"""The table of pilots in the annex to a letter, as a Word document.

Every number stands in a content control whose tag names the record that it comes from.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm

from vpt_regio.documents.annex_parts import BULLETS, CELL, HEADING, empty_annex
from vpt_regio.documents.annex_parts import CAPTION as CAPTION_STYLE
from vpt_regio.documents.letters import UNPRINTABLE
from vpt_regio.documents.package import pack, unpack
from vpt_regio.domain.money import format_euro_letter

HEADERS = ("Organisatie", "Beschrijving van de pilot", "Toegekend subsidiebedrag")
TOTAL = "Totaal"
CAPTION = "Pilots met subsidie"
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
UNKNOWN = "niet bekend"
WIDTHS = (Mm(42), Mm(86), Mm(32))
# a document says nothing of when it was made
MOMENT = datetime(2012, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class AnnexSentence:
    """A sentence with numbers, and the tag of its content control."""

    tag: str
    text: str


@dataclass(frozen=True)
class AnnexRow:
    """One pilot: `key` names its record; the amount is in cents, None when no source tells it."""

    key: str
    organisation: str
    points: Sequence[str]
    cents: int | None


@dataclass(frozen=True)
class AnnexTable:
    """The annex of a round or a half-year: `key` names its record."""

    key: str
    title: str
    sentences: Sequence[AnnexSentence]
    rows: Sequence[AnnexRow]

    @property
    def total_cents(self) -> int | None:
        known = [row.cents for row in self.rows if row.cents is not None]
        return sum(known) if len(known) == len(self.rows) else None


def annex_document(table: AnnexTable) -> bytes:
    """Return the annex as a document of its own; the same table gives the same bytes."""
    document = Document(io.BytesIO(empty_annex()))
    properties = document.core_properties
    properties.author = properties.last_modified_by = "VPT Regio"
    properties.title, properties.language = clean(table.title), "nl-NL"
    properties.created = properties.modified = MOMENT
    add_annex(document, table)
    target = io.BytesIO()
    document.save(target)
    return pack(unpack(target.getvalue()))


def add_annex(document: Any, table: AnnexTable) -> None:
    """Add heading, sentences and table to a document that has the styles of an annex."""
    document.add_paragraph(clean(table.title), style=HEADING)
    for sentence in table.sentences:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        add_control(paragraph, sentence.tag, clean(sentence.text))
    document.add_paragraph(CAPTION, style=CAPTION_STYLE)
    made = document.add_table(rows=0, cols=len(HEADERS))
    made.autofit = False
    add_borders(made, WIDTHS)
    _add_header(made)
    for row in table.rows:
        _add_row(made, row)
    _add_total(made, table)


def _add_header(table: Any) -> None:
    cells = _new_cells(table)
    for cell, header in zip(cells, HEADERS, strict=True):
        cell.paragraphs[0].add_run(header).bold = True
    cells[2].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    repeat_header(table)


def repeat_header(table: Any) -> None:
    """Repeat the first row at the top of every page, and let it be read out as the header."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def keep_on_one_page(row: Any) -> None:
    """What a row tells is read as one: it does not go on on the next page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_row(table: Any, row: AnnexRow) -> None:
    organisation, description, amount = _new_cells(table)
    organisation.paragraphs[0].add_run(clean(row.organisation))
    for place, point in enumerate(row.points):
        paragraph = description.add_paragraph() if place else description.paragraphs[0]
        paragraph.style = BULLETS
        paragraph.add_run(clean(point))
    _add_amount(amount, f"{row.key}-bedrag", row.cents)


def _add_total(table: Any, annex: AnnexTable) -> None:
    label, _description, amount = _new_cells(table)
    label.paragraphs[0].add_run(TOTAL).bold = True
    _add_amount(amount, f"{annex.key}-totaal", annex.total_cents, is_bold=True)


def _add_amount(cell: Any, tag: str, cents: int | None, *, is_bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    text = UNKNOWN if cents is None else format_euro_letter(cents)
    add_control(paragraph, tag, clean(text), is_bold=is_bold)


def add_control(paragraph: Any, tag: str, text: str, *, is_bold: bool = False) -> None:
    """Put a text in a content control of its own at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.bold = is_bold or None
    control = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    for name in ("w:alias", "w:tag"):
        element = OxmlElement(name)
        element.set(qn("w:val"), tag)
        properties.append(element)
    properties.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    paragraph._p.append(control)
    control.append(properties)
    control.append(content)
    content.append(run._r)


def _new_cells(table: Any) -> Any:
    row = table.add_row()
    keep_on_one_page(row)
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = width
        cell.paragraphs[0].style = CELL
    return row.cells


def add_borders(table: Any, widths: Sequence[int]) -> None:
    """Draw a line above, below and between the rows, and set the widths of the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    # the order of what a table says of itself is fixed: its borders stand before its layout
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def clean(text: str) -> str:
    """Return the text on one line, without what XML cannot hold; what is held together stays so."""
    return _BREAKING.sub(" ", UNPRINTABLE.sub("", text)).strip()
