import unicodedata

import pytest

from vpt_regio.domain.text import MAX_TEXT_LENGTH, N_, clean_text, file_name_of


def test_marking_leaves_the_source_string_as_it_is() -> None:
    assert N_("Indienen") == "Indienen"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Regio Zeeland \n", "Regio Zeeland"),
        ("regel 1\r\nregel 2", "regel 1\nregel 2"),
        ("kolom\tkolom", "kolom\tkolom"),
        ("e\u0301e\u0301n", "één"),
        ("\u00a0tekst\u00a0", "tekst"),
        ("", ""),
        ("=SOM(A1)", "=SOM(A1)"),
        ("👮 politie", "👮 politie"),
        ("\u202a+31 70\u202c kost \u202e000.21\u2066", "+31 70 kost 000.21"),
    ],
)
def test_text_gets_one_shape(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    assert unicodedata.is_normalized("NFC", clean_text(typed))


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\r", "\ud800", "\uffff"])
@pytest.mark.parametrize("place", ["{}tekst", "te{}kst", "tekst{}"])
def test_control_characters_are_refused_wherever_they_stand(bad: str, place: str) -> None:
    with pytest.raises(ValueError, match=r"^control_characters$"):
        clean_text(place.format(bad))


def test_length_counts_what_is_kept() -> None:
    longest = "a" * MAX_TEXT_LENGTH
    assert clean_text(f"  {longest}  ") == longest
    with pytest.raises(ValueError, match=r"^too_long$"):
        clean_text(longest + "b")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\map/plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe.pdf", "planfdp.exe.pdf"),
        ("a\x00.pdf", "bestand"),
        ("\u200b", "bestand"),
        ("x" * 30 + ".pdf", "x" * 16 + ".pdf"),
    ],
)
def test_the_name_of_a_file_shows_what_it_is(given: str, kept: str) -> None:
    assert file_name_of(given, most=20, otherwise="bestand") == kept
