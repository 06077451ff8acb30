"""Dutch source strings and the cleaning of text that people type."""

import re
import unicodedata

MAX_TEXT_LENGTH = 30_000
"""Characters. An Excel cell holds 32.767; the margin leaves room for marks of the writer."""

_ALLOWED_CONTROLS = frozenset("\n\t")
_NOT_ALLOWED_IN_XML = frozenset("\ufffe\uffff")
# marks that nobody sees and that turn the text behind them around, also the numbers in it
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def N_(text: str) -> str:  # noqa: N802 - the conventional name that pybabel extracts
    """Mark a Dutch source string for translation; the web layer translates it when shown."""
    return text


TEXT_PROBLEMS = {
    "control_characters": N_(
        "Deze tekst bevat tekens die niet bewaard kunnen worden. Typ of plak de tekst opnieuw."
    ),
    "too_long": N_("Deze tekst is te lang. Gebruik hoogstens 30.000 tekens."),
}
"""What to tell a person for each code of ``clean_text``."""


def _is_forbidden(character: str) -> bool:
    if character in _ALLOWED_CONTROLS:
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in _NOT_ALLOWED_IN_XML


def clean_text(value: str) -> str:
    """Return typed text in one shape: NFC, line feeds only, no space around it.

    Raises ``ValueError`` with a code as its message: ``control_characters`` or ``too_long``.
    Control characters are refused instead of removed, so that nothing vanishes unseen. Marks that
    turn text around are removed: what people typed then reads in the order in which it is kept.
    """
    text = value.replace("\r\n", "\n").translate(_TURNS)
    if any(_is_forbidden(character) for character in text):
        raise ValueError("control_characters")
    cleaned = unicodedata.normalize("NFC", text).strip()
    if len(cleaned) > MAX_TEXT_LENGTH:
        raise ValueError("too_long")
    return cleaned


def one_line(cleaned: str) -> str:
    """Return clean text on one line: a pasted break would break a subject or a table cell."""
    return re.sub(r"[\n\t]+", " ", cleaned)


def file_name_of(name: str, *, most: int, otherwise: str) -> str:
    """Return the name of an uploaded file as people know it: without folders, at most so long.

    `otherwise` is the name of a file that has none that can be kept.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    # marks that nobody sees can turn a name around, so that it seems to end otherwise
    last = "".join(one for one in last if unicodedata.category(one) != "Cf")
    try:
        text = one_line(clean_text(last)).strip()
    except ValueError:
        text = ""
    return text[-most:] or otherwise
