"""Numbers as Dutch users write them: a comma starts the decimals, a dot or a space groups."""

import re
from decimal import Decimal
from typing import Final

MAX_DIGITS: Final = 15
"""What a spreadsheet cell keeps exact."""

SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
# 22.061, 22 061 or 22061, for a verbose expression on text whose spaces are made plain
GROUPED = r"""
    (?: [1-9][0-9]{0,2} (?:\.[0-9]{3})+
      | [1-9][0-9]{0,2} (?:[ ][0-9]{3})+
      | [0-9]+ )
"""
_NUMBER = re.compile(
    rf"(?P<sign>[-+])? [ ]? (?P<whole>{GROUPED}) (?: ,(?P<decimals>[0-9]+) )?", re.VERBOSE
)
_DECIMAL_POINT = re.compile(r"[-+]? ?[0-9]*\.[0-9]+")
_UNIT = re.compile(r"[%‰€$£¥]|[^\W\d_]")


def plain(text: str) -> str:
    """Return the text with every run of spaces as one plain space and a plain minus."""
    return SPACES.sub(" ", text).strip().replace("−", "-")


def digits_of(grouped: str) -> str:
    """Return the digits of a whole number without what groups them."""
    return re.sub(r"[. ]", "", grouped)


def parse_number(text: str) -> Decimal:
    """Read a Dutch number: ``1234,5``, ``1.234,5``, ``1 234``; ``1.234`` is a thousand and more.

    A dot never starts decimals, as in amounts: ``12.5`` is refused and not guessed at, because
    in the same column ``1.125`` would be read as a thousand. Raises ``ValueError`` with a code
    as its message: ``empty``, ``other_unit``, ``decimal_point``, ``too_large``, ``not_a_number``.
    """
    typed = plain(text)
    if not typed:
        raise ValueError("empty")
    match = _NUMBER.fullmatch(typed)
    if match is None:
        raise ValueError(_why(typed))
    whole = digits_of(match["whole"]).lstrip("0")
    decimals = (match["decimals"] or "").rstrip("0")
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise ValueError("too_large")
    number = Decimal(f"{whole or '0'}.{decimals or '0'}")
    return -number if match["sign"] == "-" else number


def _why(typed: str) -> str:
    if _DECIMAL_POINT.fullmatch(typed):
        return "decimal_point"
    return "other_unit" if _UNIT.search(typed) and re.search(r"[0-9]", typed) else "not_a_number"
