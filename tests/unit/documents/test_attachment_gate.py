"""Which files may be attached: told by what is in them."""

import io
import zipfile

import pytest

from vpt_regio.archives import Limits
from vpt_regio.documents import attachment_gate as gate
from vpt_regio.documents.attachment_gate import (
    DOCX,
    JPEG_IMAGE,
    ODT,
    PDF,
    PNG_IMAGE,
    XLSX,
    FileKind,
)
from vpt_regio.errors import Invalid

WORD = b'<Override ContentType="x.wordprocessingml.document.main+xml"/>'
SHEET = b'<Override ContentType="x.spreadsheetml.sheet.main+xml"/>'
TYPES = "[Content_Types].xml"


def _archive(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # without a moment of its own: the bytes are in the names of the tests
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


DOCUMENT = {TYPES: WORD, "word/document.xml": b"<w/>"}
TEXT = {"mimetype": ODT.content_type.encode(), "content.xml": b"<o/>"}


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 tekst", "Begroting.PDF", PDF),
        (gate.PNG + b"rest", "kaart.png", PNG_IMAGE),
        (gate.JPEG + b"rest", "foto.jpeg", JPEG_IMAGE),
        (_archive(DOCUMENT), "plan.docx", DOCX),
        (_archive({TYPES: SHEET, "xl/workbook.xml": b"<x/>"}), "begroting.xlsx", XLSX),
        (_archive(TEXT), "plan.odt", ODT),
    ],
)
def test_the_kind_follows_from_the_content(content: bytes, name: str, kind: FileKind) -> None:
    assert gate.kind_of(content, name=name) is kind


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "leeg.pdf", "leeg"),
        (b"MZ programma", "plan.pdf", "soort"),
        (b"<svg/>", "kaart.png", "soort"),
        (b"%PDF-1.7", "plan.docx", "eindigen op .pdf"),
        (b"%PDF-1.7", "plan", "eindigen op .pdf"),
        (_archive(DOCUMENT)[:60], "plan.docx", "opgebouwd"),
        (_archive({"gewoon.txt": b"tekst"}), "plan.docx", "soort"),
        (_archive({TYPES: WORD}), "plan.docx", "soort"),
        (_archive({**DOCUMENT, "word/vbaProject.bin": b"x"}), "plan.docx", "macro"),
        (_archive({**DOCUMENT, TYPES: WORD + b"macroEnabled"}), "plan.docx", "macro"),
        (_archive({**TEXT, "Basic/Standard/Module1.xml": b"x"}), "plan.odt", "macro"),
        (_archive({**DOCUMENT, "../elders.xml": b"x"}), "plan.docx", "opgebouwd"),
    ],
)
def test_what_may_not_be_attached_says_why(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        gate.kind_of(content, name=name)
    assert reason in str(refusal.value)
    assert refusal.value.field == "file"


def test_what_is_too_large_packed_or_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    exactly = b"%PDF-" + b"0" * (gate.LARGEST - 5)
    assert gate.kind_of(exactly, name="groot.pdf") is PDF
    with pytest.raises(Invalid, match="5 MB"):
        gate.kind_of(exactly + b"0", name="groot.pdf")
    bomb = _archive({**DOCUMENT, "word/media/nul.bin": b"0" * 2_000_000})
    assert gate.kind_of(bomb, name="plan.docx") is DOCX
    monkeypatch.setattr(gate, "LIMITS", Limits(entries=2000, unpacked=1_000_000))
    with pytest.raises(Invalid, match="uitgepakt"):
        gate.kind_of(bomb, name="plan.docx")
