"""The template of the annex: its fields, the one that comes along, and what one must be."""

import io
from enum import StrEnum
from functools import cache
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from vpt_regio.documents.annex_parts import STYLES, SUBTITLE, TITLE, annex_of
from vpt_regio.documents.gate import Shape
from vpt_regio.documents.letters import tag_of
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid

NAME = "standaardbijlage.docx"


class AnnexField(StrEnum):
    """The tags of a template; each chapter may have a place of its own as well."""

    TITLE = "titel"
    SUBTITLE = "halfjaar"
    CONTENT = "inhoud"
    INTRODUCTION = "hoofdstuk-inleiding"
    POLICY_LINES = "hoofdstuk-hoofdlijnen"
    REGIONS = "hoofdstuk-regios"
    CONTRACTS = "hoofdstuk-contracten"
    PILOTS = "hoofdstuk-pilots"
    FIGURES = "hoofdstuk-cijfers"
    DEPARTMENTS = "hoofdstuk-ministeries"
    COMMITMENTS = "hoofdstuk-toezeggingen"
    CLOSING = "hoofdstuk-afsluiting"
    TABLE = "bijlage-pilots"


ANNEX_FIELD_LABELS: dict[AnnexField, str] = {
    AnnexField.TITLE: N_("Bijlage: titel"),
    AnnexField.SUBTITLE: N_("Bijlage: naam van het halfjaar"),
    AnnexField.CONTENT: N_("Bijlage: alle hoofdstukken die geen eigen plaats hebben"),
    AnnexField.INTRODUCTION: N_("Bijlage: inleiding"),
    AnnexField.POLICY_LINES: N_("Bijlage: hoofdlijnen van het beleid"),
    AnnexField.REGIONS: N_("Bijlage: regio's"),
    AnnexField.CONTRACTS: N_("Bijlage: prestatiecontracten"),
    AnnexField.PILOTS: N_("Bijlage: pilots"),
    AnnexField.FIGURES: N_("Bijlage: cijfers"),
    AnnexField.DEPARTMENTS: N_("Bijlage: bijdragen van andere ministeries"),
    AnnexField.COMMITMENTS: N_("Bijlage: toezeggingen, moties en vragen"),
    AnnexField.CLOSING: N_("Bijlage: afsluiting"),
    AnnexField.TABLE: N_("Bijlage: tabel met pilots"),
}

ANNEX_REQUIRED = (AnnexField.TITLE, AnnexField.CONTENT)
"""What no annex can do without: nothing of its content may get lost."""


@cache
def default_annex() -> bytes:
    """Return the document that comes along; its fields hold their own labels."""
    return annex_of(
        "".join(
            (
                _block(AnnexField.TITLE, TITLE),
                _block(AnnexField.SUBTITLE, SUBTITLE),
                _block(AnnexField.CONTENT, ""),
            )
        )
    )


def _block(field: AnnexField, style: str) -> str:
    label = escape(ANNEX_FIELD_LABELS[field])
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{field}"/></w:sdtPr>'
        f"<w:sdtContent><w:p>{look}<w:r><w:t>{label}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )


def _more(content: bytes) -> list[DomainError]:
    """Return why the chapters would find no place, or would look like nothing."""
    document = Document(io.BytesIO(content))
    problems: list[DomainError] = []
    names = {style.name for style in document.styles}
    missing = [name for name in STYLES if name not in names]
    if missing:
        message = N_(
            "Deze opmaakprofielen ontbreken: %(styles)s. Begin met het standaardsjabloon en pas"
            " dat aan."
        )
        problems.append(Invalid(message, field="file", params={"styles": ", ".join(missing)}))
    placed = {tag_of(one) for one in document.element.body.findall(qn("w:sdt"))}
    inside = [tag.value for tag in AnnexField if tag in _tags(document) - placed and _is_place(tag)]
    if inside:
        message = N_(
            "Zet deze velden op een regel van zichzelf, buiten een tabel en buiten een zin:"
            " %(fields)s."
        )
        problems.append(Invalid(message, field="file", params={"fields": ", ".join(inside)}))
    return problems


def _tags(document: DocumentType) -> set[str]:
    return {tag_of(one) for one in document.element.body.iter(qn("w:sdt"))}


def _is_place(tag: AnnexField) -> bool:
    """Whether a field takes chapters, and not just a line of text."""
    return tag not in (AnnexField.TITLE, AnnexField.SUBTITLE)


ANNEX = Shape(
    {field.value: text for field, text in ANNEX_FIELD_LABELS.items()}, ANNEX_REQUIRED, _more
)
