"""Letters read in a process of their own: the same outcome, and no harm from a hostile one."""

import time

import pytest

from tests.unit.documents.test_letter_text import packed, word
from vpt_regio import contained
from vpt_regio.documents import letter_taken
from vpt_regio.documents.letter_gate import LARGEST
from vpt_regio.documents.letter_taken import check_taken, take_letter
from vpt_regio.documents.letter_text import read_letter
from vpt_regio.domain.rules.letter_document import LetterDocument, LetterTable, Paragraph
from vpt_regio.errors import DomainError, Invalid, SeveralErrors

TEXT = "Het aantal stoelen steeg met 60% (van 20 naar 30).\n"


def _reasons(content: bytes, name: str) -> list[tuple[str, str | None]]:
    with pytest.raises(DomainError) as raised:
        take_letter(content, name)
    error = raised.value
    errors = error.errors if isinstance(error, SeveralErrors) else [error]
    return [(str(one), one.field) for one in errors]


def test_a_letter_comes_back_as_it_reads() -> None:
    for content, name in ((word(), "brief.docx"), (TEXT.encode(), "brief.txt")):
        assert take_letter(content, name) == read_letter(content, name)


def test_the_figures_come_back_as_plain_values() -> None:
    table = LetterTable((("", "2010", "2011"), ("Meldingen", "20", "30")))
    [found] = check_taken(take_letter(TEXT.encode(), "brief.txt"), [table], None)
    assert (found["agrees"], found["stated"]) == (False, "60%")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "brief.txt", "leeg bestand"),
        (b"x" * (LARGEST + 1), "brief.docx", "hoogstens 10 MB"),
        (b"geen Word", "brief.docx", "niet goed opgebouwd"),
        (packed({"word/document.xml": b"\x00" * 60_000_000}), "brief.docx", "uitgepakt te groot"),
    ],
)
def test_every_reason_to_refuse_a_letter_comes_back(content: bytes, name: str, reason: str) -> None:
    found = _reasons(content, name)
    assert any(reason in message for message, _field in found)
    assert {field for _message, field in found} == {"file"}


def _take_all_memory(*_args: object) -> int:
    return len(bytearray(4 * contained.MEMORY))


def _take_for_ever(*_args: object) -> None:
    while True:
        pass


def test_a_letter_that_takes_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_taken, "_read", _take_all_memory)
    assert _reasons(TEXT.encode(), "brief.txt") == [(letter_taken.TOO_MUCH, "file")]
    monkeypatch.setattr(letter_taken, "_check", _take_for_ever)
    monkeypatch.setattr(letter_taken, "CPU_TO_CHECK", 1)
    with pytest.raises(Invalid, match="te veel cijfers"):
        check_taken(LetterDocument((Paragraph("x"),)), [], None)


def test_many_lines_that_look_like_a_table_cost_no_more_than_they_are_long() -> None:
    begun = time.process_time()
    letter = read_letter(b"12\n" * 40_000, "brief.txt")
    assert letter.blocks
    assert time.process_time() - begun < 5
