"""The annex as sentences, as plain values, as Word and as PDF."""

import io
import json
from fractions import Fraction
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from vpt_regio.documents.annex_content import (
    AnnexContent,
    Bullets,
    Chapter,
    Column,
    NumberKind,
    Paragraph,
    Run,
    Section,
    Table,
    from_plain,
    renewed,
    to_plain,
)
from vpt_regio.documents.annex_pdf import write_annex_pdf
from vpt_regio.documents.annex_sentences import (
    count,
    counted,
    decimal,
    euros,
    in_unit,
    listed,
    measured,
    of_which,
    paragraph,
    percent,
    runs_of,
    sentence,
    written,
)
from vpt_regio.documents.annex_table import CAPTION, AnnexRow, AnnexSentence, AnnexTable
from vpt_regio.documents.annex_template import ANNEX, default_annex
from vpt_regio.documents.annex_word import write_annex_word
from vpt_regio.documents.gate import problems_of
from vpt_regio.documents.letters import tag_of
from vpt_regio.documents.package import pack, unpack
from vpt_regio.domain.indicator_codes import Qualifier, Unit


def _content(number: int = 2, title: str = "Regio's") -> AnnexContent:
    region = Section(
        "regio-1",
        "Limburg",
        (
            paragraph(sentence(*counted("regio-1-aantal", number, "plan", "plannen"))),
            Bullets(((Run("Eerste punt"),), (Run("Tweede <b> & #punt$"),))),
        ),
        region_id=1,
    )
    table = Table(
        "Cijfers",
        (Column("Wat"), Column("2011", is_number=True)),
        (((Run("Incidenten"),), (measured("cijfer-1-1", Fraction(186), Unit.NUMBER),)),),
        source="Bron: de brief.",
    )
    return AnnexContent(
        title="Voortgangsrapportage",
        subtitle="januari–juni 2012",
        chapters=(
            Chapter("regios", title, (), (region,), is_regional=True),
            Chapter("cijfers", "Cijfers", (table,)),
        ),
        pilots=AnnexTable(
            key="halfjaar-2012-1",
            title="Pilots",
            sentences=(AnnexSentence("ronde-1-zin", "Twee aanvragen."),),
            rows=(AnnexRow("pilot-1", "Zorghuis", ("Een punt",), 22_061_00),),
        ),
    )


def _text(*parts: Any) -> str:
    return "".join(run.text for run in parts)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "Geen regio's doen mee."),
        (1, "Eén regio doen mee."),
        (21, "21 regio's doen mee."),
        (1250, "1.250 regio's doen mee."),
    ],
)
def test_a_count_begins_a_sentence_in_words(number: int, expected: str) -> None:
    runs = sentence(*counted("t", number, "regio", "regio's"), " doen mee")
    assert _text(*runs) == expected
    assert (runs[0].tag, runs[0].value, runs[0].kind) == ("t", str(number), NumberKind.COUNT)


def test_numbers_are_printed_as_a_letter_does_and_kept_exactly() -> None:
    assert euros("t", 22_061_00).text == "€\u00a022.061,-"
    assert (percent("t", Fraction(1, 3)).text, percent("t", Fraction(1, 3)).value) == (
        "33,3%",
        "100/3",
    )
    assert percent("t", Fraction(1, 2)).text == "50%"
    assert [decimal(Fraction(one)) for one in ("1234.56", "-0.04", "-7.25")] == [
        "1.234,6",
        "0",
        "-7,3",
    ]
    assert in_unit(Fraction(1), Unit.DAYS) == "1 dag"
    assert in_unit(Fraction(2), Unit.DAYS) == "2 dagen"
    assert in_unit(Fraction(0), Unit.YES_NO) == "nee"
    about = measured("t", Fraction(40), Unit.PERCENT, qualifier=Qualifier.CIRCA)
    assert (about.text, about.kind) == ("ongeveer 40%", NumberKind.PERCENT)


def test_a_list_has_one_en_and_money_says_what_fell_in_the_half_year() -> None:
    items = [[count("a", 2), " lopen"], ["b"], ["c"]]
    assert _text(*runs_of(listed(items))) == "twee lopen, b en c"
    assert _text(*runs_of(of_which("t", 5_00, 10_00))) == ", waarvan €\u00a05,- in dit halfjaar"
    assert _text(*runs_of(of_which("t", 10_00, 10_00))) == ", geheel in dit halfjaar"
    assert _text(*runs_of(of_which("t", 0, 10_00))) == ", niets daarvan in dit halfjaar"
    assert of_which("t", 0, 0) == []


def test_written_words_keep_their_paragraphs_and_points() -> None:
    blocks = written("Een alinea.\n\n- een\n- twee\nNog een alinea.\n• slot")
    assert [type(one) for one in blocks] == [Paragraph, Bullets, Paragraph, Bullets]
    assert isinstance(blocks[1], Bullets)
    assert [_text(*item) for item in blocks[1].items] == ["een", "twee"]
    assert written("  \n") == ()


def test_the_content_survives_as_plain_values() -> None:
    content = _content()
    assert from_plain(json.loads(json.dumps(to_plain(content)))) == content
    assert [(run.tag, run.value) for run in content.numbers()] == [
        ("regio-1-aantal", "2"),
        ("cijfer-1-1", "186"),
        ("ronde-1-zin", ""),
        ("pilot-1-bedrag", "2206100"),
        ("halfjaar-2012-1-totaal", "2206100"),
    ]


def test_a_next_version_takes_only_what_was_opened_again() -> None:
    old, new = _content(2), _content(3, title="Regio's anders")
    kept = renewed(old, new, region_ids={2}, with_national=False)
    assert kept.chapters[0].sections == old.chapters[0].sections
    assert kept.chapters[1] == old.chapters[1]
    opened = renewed(old, new, region_ids={1}, with_national=True)
    assert opened == new


def test_word_binds_every_number_and_is_the_same_each_time() -> None:
    content = _content()
    made = write_annex_word(content, default_annex())
    assert write_annex_word(content, default_annex()) == made
    body = Document(io.BytesIO(made)).element.body
    controls = {
        tag_of(one): "".join(text.text or "" for text in one.iter(qn("w:t")))
        for one in body.iter(qn("w:sdt"))
    }
    assert {run.tag: run.text for run in content.numbers()} == {
        tag: text for tag, text in controls.items() if tag not in ("titel", "halfjaar")
    }
    assert controls["pilot-1-bedrag"] == "€\u00a022.061,-"
    assert (controls["titel"], controls["halfjaar"]) == (content.title, content.subtitle)
    said = [one.text for one in Document(io.BytesIO(made)).paragraphs]
    assert "Tweede <b> & #punt$" in said
    assert said[-1] == CAPTION
    figures = Document(io.BytesIO(made)).tables[0]
    assert figures.cell(1, 0).paragraphs[0].paragraph_format.keep_with_next


def test_a_template_may_give_a_chapter_a_place_of_its_own() -> None:
    parts = unpack(default_annex())
    document = parts["word/document.xml"].decode()
    own = (
        '<w:sdt><w:sdtPr><w:tag w:val="hoofdstuk-cijfers"/></w:sdtPr><w:sdtContent><w:p/>'
        "</w:sdtContent></w:sdt><w:p><w:r><w:t>Vaste tekst</w:t></w:r></w:p><w:sdt>"
    )
    template = pack({**parts, "word/document.xml": document.replace("<w:sdt>", own, 1).encode()})
    assert problems_of(template, ANNEX) == []
    made = Document(io.BytesIO(write_annex_word(_content(), template)))
    texts = [one.text for one in made.paragraphs]
    assert texts[0] == "Cijfers"
    assert texts.index("Cijfers") < texts.index("Vaste tekst") < texts.index("Regio's")
    # its heading and the caption of its table
    assert texts.count("Cijfers") == 2


def test_a_template_that_would_lose_something_is_refused() -> None:
    parts = unpack(default_annex())
    document = parts["word/document.xml"].decode()

    def told(old: str, new: str) -> str:
        changed = {**parts, "word/document.xml": document.replace(old, new).encode()}
        return " ".join(str(one) for one in problems_of(pack(changed), ANNEX))

    assert problems_of(default_annex(), ANNEX) == []
    assert "ontbreken in het sjabloon: inhoud" in told('w:val="inhoud"', 'w:val="titel"')
    assert "niet bekend: iets" in told('w:val="halfjaar"', 'w:val="iets"')
    inside = document.rindex("<w:sdt>")
    end = document.index("</w:sdt>", inside) + len("</w:sdt>")
    field = document[inside:end]
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{field}<w:p/></w:tc></w:tr></w:tbl>"
    assert "op een regel van zichzelf" in told(field, table)
    styles = parts["word/styles.xml"].replace(b'w:val="caption"', b'w:val="bijschrift"')
    without = pack({**parts, "word/styles.xml": styles})
    assert "Caption" in str(problems_of(without, ANNEX)[0])


def test_the_pdf_can_be_read_out_and_is_the_same_each_time() -> None:
    content = _content()
    made = write_annex_pdf(content)
    assert write_annex_pdf(content) == made
    assert made.startswith(b"%PDF-1.7")
    for mark in (b"pdfuaid:part", b"/MarkInfo", b"Voortgangsrapportage", b"LibertinusSerif"):
        assert mark in made
    assert b"/Lang(nl-NL)" in made


def test_a_character_that_the_font_does_not_have_does_not_stop_the_pdf() -> None:
    content = _content(title="Regio's 😀 漢字 \x07 ①")
    made = write_annex_pdf(content)
    assert made == write_annex_pdf(_content(title="Regio's \u25a1 \u25a1\u25a1  ①"))
    assert write_annex_pdf(_content(title="".join(map(chr, range(0x4E00, 0x4F00))))).startswith(
        b"%PDF"
    )
