"""Filling the content controls of a Word document with text, and with nothing but text."""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from vpt_regio.documents.package import pack, unpack

# what XML cannot hold; texts are clean already, words of old sources need not be
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

# a control that shows its hint, or takes its value from elsewhere, would undo what is filled in
OVERRULING = ("w:showingPlcHdr", "w:dataBinding")


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """Return the document with the text of each tag in its content control.

    Each line becomes a paragraph, or a line within one when the control stands in a paragraph.
    A control of whole paragraphs without text disappears. Other controls stay as they are.
    """
    document = Document(io.BytesIO(template))
    for root in _roots(document):
        for control in list(root.iter(qn("w:sdt"))):
            tag = tag_of(control)
            if tag in values and control.getparent() is not None:
                _fill_control(control, UNPRINTABLE.sub("", values[tag]).strip())
    target = io.BytesIO()
    document.save(target)
    return pack(unpack(target.getvalue()))


def tags_in(template: bytes) -> set[str]:
    """Return the tags of all content controls of a document."""
    document = Document(io.BytesIO(template))
    found = (tag_of(control) for root in _roots(document) for control in root.iter(qn("w:sdt")))
    return {tag for tag in found if tag}


def tag_of(control: Any) -> str:
    """Return the tag of a content control; empty when it has none."""
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else str(tag.get(qn("w:val"), ""))


def _roots(document: Any) -> Iterator[Any]:
    """Return the body, and the headers and footers, of which several sections may share one."""
    yield document.element.body
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name.startswith(("/word/header", "/word/footer")):
            yield part.element


def _fill_control(control: Any, text: str) -> None:
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    if content is None:
        return
    for name in OVERRULING:
        for element in properties.findall(qn(name)):
            properties.remove(element)
    paragraph = content.find(f".//{qn('w:p')}")
    cell = content.find(qn("w:tc"))
    if cell is None:
        # a control around a row of a table: its first cell holds the text
        cell = content.find(f"{qn('w:tr')}/{qn('w:tc')}")
    if cell is not None:
        _fill_cell(cell, text)
    elif paragraph is None:
        _refill(content, [_run(_looks_of(content), text.split("\n"))])
    elif text:
        _refill(content, _paragraphs(paragraph, text))
    elif control.getparent().tag == qn("w:body"):
        control.getparent().remove(control)
    else:
        # a cell, a header or a footer keeps at least one paragraph
        _refill(content, _paragraphs(paragraph, ""))


def _fill_cell(cell: Any, text: str) -> None:
    paragraph = cell.find(qn("w:p"))
    filled = _paragraphs(paragraph, text)
    for child in cell.findall(qn("w:p")):
        cell.remove(child)
    for made in filled:
        cell.append(made)


def _refill(content: Any, children: list[Any]) -> None:
    for child in list(content):
        content.remove(child)
    for made in children:
        content.append(made)


def _paragraphs(example: Any, text: str) -> list[Any]:
    """Return a paragraph for each line that says something, each looking like the example."""
    style, looks = example.find(qn("w:pPr")), _looks_of(example)
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    made = []
    for line in lines:
        paragraph = OxmlElement("w:p")
        if style is not None:
            paragraph.append(copy.deepcopy(style))
        paragraph.append(_run(looks, [line]))
        made.append(paragraph)
    return made


def _run(looks: Any, lines: list[str]) -> Any:
    run = OxmlElement("w:r")
    if looks is not None:
        run.append(copy.deepcopy(looks))
    for position, line in enumerate(lines):
        if position:
            run.append(OxmlElement("w:br"))
        text = OxmlElement("w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = line
        run.append(text)
    return run


def _looks_of(element: Any) -> Any:
    """Return how the first run looks, without the style of a hint."""
    looks = element.find(f".//{qn('w:r')}/{qn('w:rPr')}")
    if looks is None:
        return None
    looks = copy.deepcopy(looks)
    for style in looks.findall(qn("w:rStyle")):
        looks.remove(style)
    return looks
