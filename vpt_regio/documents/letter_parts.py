"""The parts from which a letter on A4 is built: paragraphs, tables and fields, and the package.

Every field is a content control with a tag; the text around it is fixed. The bytes are the same
each time, so that the hash of a template tells which one a letter was made from.
"""

from xml.sax.saxutils import escape

from vpt_regio.documents.fields import FIELD_LABELS, Field
from vpt_regio.documents.package import TYPES, pack

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"


def letter_of(body: str) -> bytes:
    """Return a document with this body; its fields hold their own labels until it is filled."""
    return pack(
        {
            TYPES: _types().encode(),
            "_rels/.rels": _relations().encode(),
            "docProps/core.xml": _properties().encode(),
            "word/_rels/document.xml.rels": _document_relations().encode(),
            "word/document.xml": _document(body).encode(),
            "word/styles.xml": _styles().encode(),
        }
    )


def run(text: str) -> str:
    """Return words as they are."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, *, style: str = "") -> str:
    """Return a paragraph of runs and inline fields."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def _control(field: Field, content: str, *, is_plain: bool) -> str:
    label = escape(FIELD_LABELS[field])
    kind = '<w:text w:multiLine="1"/>' if is_plain else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{field}"/>{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def inline(field: Field) -> str:
    """Return a field within a paragraph."""
    return _control(field, run(FIELD_LABELS[field]), is_plain=True)


def block(field: Field, *, style: str = "") -> str:
    """Return a field of whole paragraphs; without text it disappears."""
    return _control(field, paragraph(run(FIELD_LABELS[field]), style=style), is_plain=False)


def table(rows: list[tuple[str, str]]) -> str:
    """Return a table of two columns."""
    cells = "".join(
        f"<w:tr>{_cell(label, 2200)}{_cell(value, 6870)}</w:tr>" for label, value in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9070" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="2200"/><w:gridCol w:w="6870"/></w:tblGrid>'
        f"{cells}</w:tbl>"
    )


def _cell(content: str, width: int) -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{properties}{paragraph(content, style='Close')}</w:tc>"


def _types() -> str:
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>'
        "</Types>"
    )


def _relations() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )


def _document_relations() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )


def _properties() -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>Besluit</dc:title><dc:creator>VPT Regio</dc:creator>"
        "<dc:language>nl-NL</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2012-01-01T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )


def _styles() -> str:
    return (
        f'{_XML}<w:styles xmlns:w="{_WORD}"><w:docDefaults>'
        '<w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:spacing w:before="360" w:after="200"/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="30"/><w:szCs w:val="30"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Letterhead"><w:name w:val="Letterhead"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="480"/></w:pPr>'
        '<w:rPr><w:b/><w:color w:val="1B3A5C"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Close"><w:name w:val="Close lines"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr></w:style>'
        "</w:styles>"
    )


def _document(body: str) -> str:
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
        ' w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    )
    return f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
