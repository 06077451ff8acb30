"""Reading a draft letter from Word, ODT and plain text, and the files that are refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vpt_regio.documents.letter_text import read_letter
from vpt_regio.domain.rules.letter_check import check_letter
from vpt_regio.domain.rules.letter_document import LetterTable, Paragraph
from vpt_regio.errors import DomainError, SeveralErrors

ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:h>Voortgang</text:h>
<text:p>Het aantal<text:s text:c="1"/>meldingen<text:note><text:note-body><text:p>noot</text:p>
</text:note-body></text:note> steeg.</text:p>
<text:list><text:list-item><text:p>Limburg</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p/></table:table-cell>
<table:table-cell><text:p>2011</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Meldingen</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"><text:p>12</text:p></table:table-cell>
</table:table-row></table:table></office:text></office:body></office:document-content>"""


def packed(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def word(fill: Callable[..., None] = lambda document: None) -> bytes:
    document = Document()
    document.add_paragraph("Het aantal meldingen steeg.")
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(content: bytes, changes: dict[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    return packed(parts | changes)


def reasons(content: bytes, name: str) -> list[str]:
    with pytest.raises(DomainError) as raised:
        read_letter(content, name)
    error = raised.value
    return [str(one) for one in (error.errors if isinstance(error, SeveralErrors) else [error])]


def test_word_gives_paragraphs_items_tables_and_bound_numbers() -> None:
    def fill(document: "Document") -> None:
        document.add_paragraph("Limburg", style="List Bullet")
        table = document.add_table(2, 2)
        for place, text in enumerate(("", "2011", "Meldingen", "12")):
            table.cell(place // 2, place % 2).text = text
        paragraph = document.add_paragraph("Er zijn ")
        paragraph._p.append(
            parse_xml(
                f"<w:sdt {nsdecls('w')}><w:sdtPr><w:tag w:val='regio-aantal'/></w:sdtPr>"
                "<w:sdtContent><w:r><w:t>16</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )
        paragraph.add_run(" regio's.")

    letter = read_letter(word(fill), "brief.docx")
    assert letter.blocks[:2] == (
        Paragraph("Het aantal meldingen steeg."),
        Paragraph("Limburg", is_item=True),
    )
    assert isinstance(letter.blocks[2], LetterTable)
    assert letter.blocks[2].rows == (("", "2011"), ("Meldingen", "12"))
    assert letter.blocks[3] == Paragraph("Er zijn 16 regio's.")
    assert [(one.tag, one.text, one.sentence) for one in letter.bound] == [
        ("regio-aantal", "16", "Er zijn 16 regio's.")
    ]


def test_odt_gives_paragraphs_items_and_tables() -> None:
    letter = read_letter(packed({"mimetype": ODT_TYPE, "content.xml": ODT}), "brief.odt")
    assert letter.blocks[:3] == (
        Paragraph("Voortgang"),
        Paragraph("Het aantal meldingen steeg."),
        Paragraph("Limburg", is_item=True),
    )
    assert isinstance(letter.blocks[3], LetterTable)
    assert letter.blocks[3].rows == (("", "2011"), ("Meldingen", "12", "12"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_plain_text_is_read_in_its_own_encoding(encoding: str) -> None:
    letter = read_letter("Eén beleidslijn – 39% ‘minder’.".encode(encoding), "brief.txt")
    assert letter.blocks == (Paragraph("Eén beleidslijn – 39% ‘minder’."),)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "brief.txt", "leeg"),
        (b"%PDF-1.7", "brief.pdf", "Dit soort bestand"),
        (b"PK\x03\x04 niets", "brief.docx", "niet goed opgebouwd"),
        (b"PK\x03\x04 niets", "brief.txt", "past niet bij"),
        (bytes(range(32)) * 20, "brief.txt", "geen gewone tekst"),
        (b"  \n ", "brief.txt", "geen tekst"),
        (b"a" * (2 * 1024 * 1024 + 1), "brief.txt", "te groot"),
        (packed({"mimetype": ODT_TYPE, "content.xml": "<a"}), "brief.odt", "niet goed opgebouwd"),
        (packed({"mimetype": "text/plain", "content.xml": ODT}), "brief.odt", "past niet bij"),
        (packed({"../content.xml": ODT}), "brief.odt", "niet goed opgebouwd"),
        (packed({"a.xml": b"0" * 30_000_000}), "brief.docx", "uitgepakt te groot"),
    ],
)
def test_a_file_that_is_no_letter_is_refused(content: bytes, name: str, reason: str) -> None:
    assert any(reason in one for one in reasons(content, name))


def test_everything_that_is_wrong_is_told_at_once() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    deep = "<a>" * 230 + "</a>" * 230
    changes = {"word/vbaProject.bin": b"", "word/x.xml": hostile, "word/y.xml": deep}
    found = reasons(repacked(word(), changes), "brief.docx")
    assert [
        word for word in ("macro", "DOCTYPE", "genest") if not any(word in r for r in found)
    ] == []


def test_a_letter_of_more_than_150_pages_is_refused() -> None:
    many = "Er zijn 12 meldingen gedaan.\n\n" * 15_000
    assert "te lang" in reasons(many.encode(), "brief.txt")[0]


@pytest.mark.parametrize("count", ["²", "-5", "9" * 5_000, "x"])
def test_an_odd_count_of_columns_counts_for_one_or_for_many(count: str) -> None:
    def fill(document: "Document") -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "5"
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f"<w:gridSpan {nsdecls('w')} w:val='{count}'/>")
        )

    table = read_letter(word(fill), "brief.docx").blocks[-1]
    assert isinstance(table, LetterTable)
    assert table.rows[0][0] == "5"
    assert len(table.rows[0]) == (50 if len(count) > 10 else 1)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "van 5 naar " * 9_000,
        "een en " * 9_000,
        "tien" * 20_000,
        "woord-\n" * 9_000,
    ],
    ids=["digits", "pairs", "words", "one word", "cut words"],
)
def test_what_no_person_wrote_is_told_unread_and_costs_little(text: str) -> None:
    found = check_letter(read_letter(text.encode(), "brief.txt"))
    assert [one.agrees for one in found] == [None]
    assert "te lang" in found[0].explanation
