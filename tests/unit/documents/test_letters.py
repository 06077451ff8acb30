"""Word documents: filling in text as text, the template that comes along, and the gate."""

import io
import zipfile

import pytest
from docx import Document

from vpt_regio.documents import default_template as default_module
from vpt_regio.documents.default_template import default_template
from vpt_regio.documents.fields import FIELD_LABELS, REQUIRED, Field
from vpt_regio.documents.gate import problems_of
from vpt_regio.documents.letters import fill, tags_in
from vpt_regio.documents.package import pack, unpack
from vpt_regio.models.decisions import DecisionKind

MAIN = "word/document.xml"
VALUES = {field.value: f"waarde van {field.value}" for field in Field}


def _text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(node.text or "" for node in document.element.body.iter() if node.text)


def _changed(part: str, old: str, new: str) -> bytes:
    parts = unpack(default_template())
    text = parts[part].decode()
    assert old in text
    return pack({**parts, part: text.replace(old, new).encode()})


def _with(name: str, content: bytes) -> bytes:
    return pack({**unpack(default_template()), name: content})


def _messages(content: bytes) -> list[str]:
    return [str(problem) for problem in problems_of(content)]


def test_the_templates_that_come_along_pass_the_gate_and_are_always_the_same() -> None:
    known = {field.value for field in Field}
    for kind in DecisionKind:
        template = default_template(kind)
        assert _messages(template) == []
        assert {field.value for field in REQUIRED} <= tags_in(template) <= known
        default_module._made.cache_clear()
        assert default_template(kind) == template


def test_every_field_is_filled_in_and_equal_texts_give_equal_bytes() -> None:
    letter = fill(default_template(), VALUES)
    text = _text_of(letter)
    for tag in tags_in(default_template()):
        assert VALUES[tag] in text
        assert FIELD_LABELS[Field(tag)] not in text
    assert fill(default_template(), VALUES) == letter


def test_a_text_stays_text() -> None:
    odd = '<w:p/> & "DDEAUTO c:\\\\cmd" {=1+1} {{ 7*7 }}\x01\x0b'
    letter = fill(default_template(), {**VALUES, "tekst": odd})
    assert '<w:p/> & "DDEAUTO c:\\\\cmd" {=1+1} {{ 7*7 }}' in _text_of(letter)
    xml = unpack(letter)[MAIN].decode()
    assert "&lt;w:p/&gt;" in xml
    assert "instrText" not in xml


def test_lines_become_paragraphs_and_an_empty_part_disappears() -> None:
    letter = fill(default_template(), {**VALUES, "tekst": "een\n\ntwee\ndrie", "opmerkingen": ""})
    paragraphs = [
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
        for paragraph in Document(io.BytesIO(letter)).element.body.iter()
        if paragraph.tag.endswith("}p")
    ]
    start = paragraphs.index("een")
    assert paragraphs[start : start + 3] == ["een", "twee", "drie"]
    assert "opmerkingen" not in tags_in(letter)


def test_a_field_around_a_row_of_a_table_keeps_the_row() -> None:
    row = (
        '<w:tbl><w:sdt><w:sdtPr><w:tag w:val="tekst"/></w:sdtPr><w:sdtContent><w:tr>'
        "<w:tc><w:p><w:r><w:t>hint</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc>"
        "</w:tr></w:sdtContent></w:sdt></w:tbl><w:sectPr>"
    )
    letter = fill(_changed(MAIN, "<w:sectPr>", row), {"tekst": "een\ntwee"})
    (made,) = (
        found
        for found in Document(io.BytesIO(letter)).element.body.iter()
        if found.tag.endswith("}sdtContent") and any(one.tag.endswith("}tr") for one in found)
    )
    cells = [cell for cell in made.iter() if cell.tag.endswith("}tc")]
    texts = [[node.text for node in cell.iter() if node.tag.endswith("}t")] for cell in cells]
    assert texts == [["een", "twee"], []]


def test_a_hint_or_a_binding_does_not_overrule_what_was_filled_in() -> None:
    bound = _changed(
        MAIN,
        '<w:tag w:val="kenmerk"/>',
        '<w:tag w:val="kenmerk"/><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="b"/>',
    )
    xml = unpack(fill(bound, VALUES))[MAIN].decode()
    assert "showingPlcHdr" not in xml
    assert "dataBinding" not in xml


def test_all_missing_and_unknown_fields_are_named_at_once() -> None:
    wrong = default_template()
    for field in REQUIRED[:2]:
        parts = unpack(wrong)
        text = parts[MAIN].decode().replace(f'w:val="{field}"', f'w:val="x-{field}"')
        wrong = pack({**parts, MAIN: text.encode()})
    missing, unknown = _messages(wrong)
    assert "kenmerk, datum" in missing
    assert "x-datum, x-kenmerk" in unknown


def _damaged() -> bytes:
    """Break the packed bytes of a part, and leave the list of parts whole."""
    whole = bytearray(default_template())
    whole[60:90] = b"\xff" * 30
    return bytes(whole)


def _packed_otherwise() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in unpack(default_template()).items():
            archive.writestr(name, content)
    return target.getvalue()


def _bomb() -> bytes:
    return _with("word/media/a.bin", b"\0" * (21 * 1024 * 1024))


def _many() -> bytes:
    extra = {f"word/media/{number}.bin": b"x" for number in range(200)}
    return pack({**unpack(default_template()), **extra})


RELATIONS = "word/_rels/document.xml.rels"
EXTERNAL = (
    '<Relationship Id="rId9" Type="http://x.example/attachedTemplate"'
    ' Target="http://x.example/a.dotm" TargetMode="External"/></Relationships>'
)


STRICT_FIELD = (
    b'<w:ftr xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
    b'<w:fldSimple w:instr="INCLUDETEXT c:"/></w:ftr>'
)
OLD_PICTURE = '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x.example/a.png"/>'


def _word_field(*words: str) -> bytes:
    code = "".join(f"<w:r><w:instrText>{word}</w:instrText></w:r>" for word in words)
    start = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return _changed(MAIN, "<w:sectPr>", f"{start}{code}{end}<w:sectPr>")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x" * (2 * 1024 * 1024 + 1), "te groot"),
        (b"geen zip", "geen Word-document"),
        (b"", "geen Word-document"),
        (pack({"a.txt": b"x"}), "geen Word-document"),
        (_damaged(), "geen Word-document"),
        (_packed_otherwise(), "niet goed opgebouwd"),
        (_bomb(), "uitgepakt te groot"),
        (_many(), "te veel onderdelen"),
        (_with("../x.xml", b"<a/>"), "niet goed opgebouwd"),
        (_with("word/vbaProject.bin", b"x"), "macro's"),
        (_with("word/embeddings/a.bin", b"x"), "macro's"),
        (_changed(RELATIONS, "</Relationships>", EXTERNAL), "buiten het document"),
        (_with("word/a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "DOCTYPE"),
        (_with("word/a.dat", "<!DOCTYPE a><a/>".encode("utf-16")), "DOCTYPE"),
        (_with("word/a.xml", b"<a>"), "niet goed opgebouwd"),
        (_word_field("INCLUDE", "TEXT c:\\x"), "veld van Word"),
        (_with("word/footer1.xml", STRICT_FIELD), "veld van Word"),
        (_changed(MAIN, "<w:sectPr>", f"{OLD_PICTURE}<w:sectPr>"), "buiten het document"),
        (_with("word/a.xml", b"<a>" + b"<b/>" * 1_400_000 + b"</a>"), "uitgepakt te groot"),
        (_word_field("PAGE ", "INCLUDETEXT c:\\x"), "veld van Word"),
        (_changed(MAIN, "<w:sectPr>", "<w:altChunk/><w:sectPr>"), "ingesloten"),
        (_changed(MAIN, "<w:body>", "<w:body><onbekend/>"), ""),
    ],
)
def test_the_gate_refuses_what_is_no_safe_template(content: bytes, message: str) -> None:
    found = _messages(content)
    if message:
        assert any(message in text for text in found), found
    else:
        assert found == []


def test_page_numbers_may_stand_in_a_template() -> None:
    assert _messages(_word_field("NUM", "PAGES")) == []
    assert _messages(_word_field(" PAGE  \\* MERGEFORMAT ")) == []


def test_a_cut_off_file_is_no_template() -> None:
    whole = default_template()
    for length in (10, len(whole) // 2, len(whole) - 30):
        assert _messages(whole[:length]) == ["Dit is geen Word-document (.docx)."]


def test_a_container_says_nothing_of_when_it_was_packed() -> None:
    with zipfile.ZipFile(io.BytesIO(fill(default_template(), VALUES))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
