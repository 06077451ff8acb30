"""Text that is safe inside a spreadsheet: valid XML, never a formula, never too long."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# Excel counts UTF-16 units, so a character outside the basic plane counts twice.
MAX_UNITS: Final = 32_767
CUT_MARK: Final = "… [ingekort]"
CUT_NOTE: Final = (
    "Deze tekst is ingekort. In een cel passen 32.767 tekens. De hele tekst staat in de applicatie."
)

# What XML 1.0 cannot hold: control characters, lone surrogates and two noncharacters.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n?")
# Excel reads _x0041_ in text as the letter A; the underscore itself is then written as _x005F_.
_ESCAPE_LIKE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# A reader might take text that begins so for a formula; the cell is marked as text.
_FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# First characters that send a text to the slow path; the empty string stands for empty text.
_CAREFUL_START: Final = frozenset({"", " ", *_FORMULA_START})
_FAST_LENGTH: Final = 10_000


class SafeText(NamedTuple):
    """Text as it goes into the file.

    ``xml`` is escaped; ``quoted`` says that the cell needs the quote prefix; ``preserve`` that
    spaces or line ends at the edges count; ``cut`` that the text was too long.
    """

    xml: str
    quoted: bool
    preserve: bool
    cut: bool


def is_plain(text: str) -> bool:
    """Whether the text may go into the file as it stands: the fast path of nearly all cells."""
    return (
        text.isprintable()
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and "_x" not in text
        and text[:1] not in _CAREFUL_START
        and text[-1] != " "
        and len(text) < _FAST_LENGTH
    )


def clean(text: str) -> str:
    """The text without characters that XML forbids and with plain line ends."""
    return _LINE_END.sub("\n", _FORBIDDEN.sub("", text))


def safe(text: str) -> SafeText:
    """Make any text safe for a cell."""
    # Printable text holds nothing that XML forbids and no line ends.
    shown = text if text.isprintable() else clean(text)
    quoted = text.startswith(_FORMULA_START) or shown.startswith(_FORMULA_START)
    shown, cut = shorten(shown)
    preserve = "\n" in shown or shown != shown.strip()
    return SafeText(escape(shown), quoted, preserve, cut)


def escape(text: str) -> str:
    """Escape clean text for the content of a cell."""
    text = escape_markup(text)
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def escape_markup(text: str) -> str:
    """Escape clean text for a double-quoted attribute, where no cell text stands."""
    # Looking first is cheaper than replacing nothing.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def units(text: str) -> int:
    """The length of the text as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def shorten(text: str) -> tuple[str, bool]:
    """The text within Excel's limit, and whether it was cut; the mark is counted in."""
    if len(text) <= MAX_UNITS // 2 or units(text) <= MAX_UNITS:
        return text, False
    room = (MAX_UNITS - units(CUT_MARK)) * 2
    # A pair that is cut in half is dropped whole.
    kept = text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore")
    return kept + CUT_MARK, True
