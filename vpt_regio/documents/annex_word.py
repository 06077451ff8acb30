"""The annex as a Word document: the template with the chapters in its fields.

Every number stands in a content control whose tag names what it comes from. The same content in
the same template gives the same bytes.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from vpt_regio.documents.annex_content import (
    AnnexContent,
    Block,
    Bullets,
    Chapter,
    Column,
    Paragraph,
    Runs,
    Table,
)
from vpt_regio.documents.annex_parts import BULLETS, CAPTION, CELL, HEADING, SECTION
from vpt_regio.documents.annex_table import (
    MOMENT,
    add_annex,
    add_borders,
    add_control,
    keep_on_one_page,
    repeat_header,
)
from vpt_regio.documents.annex_template import AnnexField
from vpt_regio.documents.letters import UNPRINTABLE, fill, tag_of
from vpt_regio.documents.package import pack, unpack

CHAPTER = "hoofdstuk-"
LONGEST_TITLE = 255  # of the properties of a document
TEXT_WIDTH = 160
"""Millimetres between the margins."""
NUMBER_WIDTH = 24
MOST_TOGETHER = 15
"""Rows of a table that goes to the next page as a whole, with its source."""

Part = tuple[str, Callable[[Any], None]]
"""The field that a part of the annex has of its own, and what writes the part."""


def write_annex_word(content: AnnexContent, template: bytes) -> bytes:
    """Return the annex in a template; see `documents/annex_template.py` for its fields."""
    words = {AnnexField.TITLE: content.title, AnnexField.SUBTITLE: content.subtitle}
    document = Document(io.BytesIO(fill(template, {str(tag): text for tag, text in words.items()})))
    parts: list[Part] = [
        *((f"{CHAPTER}{one.key}", _writer(one)) for one in content.chapters),
        (str(AnnexField.TABLE), lambda made: add_annex(made, content.pilots)),
    ]
    own = {tag for tag, _write in parts} & {tag for tag, _place in _places(document)}
    for tag, place in _places(document):
        if tag == AnnexField.CONTENT:
            _put(document, place, [write for own_tag, write in parts if own_tag not in own])
        else:
            # a chapter that says nothing this time leaves its place empty
            _put(document, place, [write for own_tag, write in parts if own_tag == tag])
    properties = document.core_properties
    properties.author = properties.last_modified_by = "VPT Regio"
    properties.title = _plain(f"{content.title}, {content.subtitle}")[:LONGEST_TITLE]
    properties.language = "nl-NL"
    properties.created = properties.modified = MOMENT
    target = io.BytesIO()
    document.save(target)
    return pack(unpack(target.getvalue()))


def _places(document: Any) -> list[tuple[str, Any]]:
    """Return the fields for whole chapters with their tags; each tag counts once."""
    found: dict[str, Any] = {}
    for control in document.element.body.findall(qn("w:sdt")):
        tag = tag_of(control)
        is_place = tag.startswith(CHAPTER) or tag in (AnnexField.CONTENT, AnnexField.TABLE)
        if is_place:
            found.setdefault(tag, control)
    return list(found.items())


def _put(document: Any, place: Any, writers: Sequence[Callable[[Any], None]]) -> None:
    """Write parts at the end, then move them to the place of the field, which goes."""
    body = document.element.body
    before = set(body)
    for write in writers:
        write(document)
    for element in [one for one in body if one not in before]:
        place.addprevious(element)
    body.remove(place)


def _writer(chapter: Chapter) -> Callable[[Any], None]:
    def write(document: Any) -> None:
        document.add_paragraph(_plain(chapter.title), style=HEADING)
        for block in chapter.blocks:
            _add_block(document, block)
        for section in chapter.sections:
            document.add_paragraph(_plain(section.title), style=SECTION)
            for block in section.blocks:
                _add_block(document, block)

    return write


def _add_block(document: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        _add_runs(document.add_paragraph(), block.runs)
    elif isinstance(block, Bullets):
        for item in block.items:
            _add_runs(document.add_paragraph(style=BULLETS), item)
    else:
        _add_table(document, block)


def _add_runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        if run.is_bound:
            add_control(paragraph, run.tag, _plain(run.text))
        else:
            paragraph.add_run(_plain(run.text))


def _add_table(document: Any, table: Table) -> None:
    document.add_paragraph(_plain(table.caption), style=CAPTION)
    made = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns))
    made.autofit = False
    widths = widths_of(table.columns)
    add_borders(made, [Mm(width) for width in widths])
    first, *others = made.rows
    for cell, column in zip(first.cells, table.columns, strict=True):
        _cell(cell, column).add_run(_plain(column.title)).bold = True
    repeat_header(made)
    for row, values in zip(others, table.rows, strict=True):
        keep_on_one_page(row)
        for cell, column, runs in zip(row.cells, table.columns, values, strict=True):
            _add_runs(_cell(cell, column), runs)
    if table.source and len(table.rows) <= MOST_TOGETHER:
        _keep_together(made)
    document.add_paragraph(_plain(table.source), style=CELL)


def _keep_together(table: Any) -> None:
    """Keep all rows on the page of the note that follows."""
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _cell(cell: Any, column: Column) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    if column.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def widths_of(columns: Sequence[Column]) -> list[float]:
    """Return the widths of columns in millimetres: numbers need little, words share the rest."""
    numbers = sum(one.is_number for one in columns)
    words = len(columns) - numbers
    # the words keep at least a third
    of_number = min(NUMBER_WIDTH, TEXT_WIDTH * 2 / 3 / numbers) if numbers else 0
    of_words = (TEXT_WIDTH - numbers * of_number) / words if words else 0
    return [of_number if one.is_number else of_words for one in columns]


def _plain(text: str) -> str:
    """Return a text on one line, without what XML cannot hold."""
    return UNPRINTABLE.sub("", text).replace("\n", " ").replace("\t", " ")
