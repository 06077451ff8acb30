"""Money as whole euro cents (``int``): reading what people type, and Dutch notation."""

import re
from collections.abc import Sequence
from typing import Final

from vpt_regio.domain.numbers import GROUPED, digits_of, plain

NO_BREAK_SPACE: Final = "\u00a0"
MAX_CENTS: Final = 10**15 - 1
"""Fifteen digits: the largest amount that a spreadsheet cell keeps exact."""

_AMOUNT = re.compile(
    rf"""
    (?P<euros> {GROUPED} )
    (?: ,(?: -{{1,2}} | (?P<decimals>[0-9]{{1,2}}) ) )? # ,- or ,-- or ,5 or ,50
    """,
    re.VERBOSE,
)
_FOREIGN_CURRENCY = re.compile(r"[$£¥]|[A-Za-z]")


def parse_euro(text: str) -> int:
    """Read a Dutch amount and return cents; a dot or a space only groups thousands.

    Raises ``ValueError`` with a code as its message: ``empty``, ``other_unit``, ``too_large``
    or ``not_an_amount``. What could mean two things (``12.34``, ``1,234``) is refused.
    """
    typed = plain(text)
    if not typed:
        raise ValueError("empty")
    typed, is_negative = _take_sign_and_currency(typed)
    if _FOREIGN_CURRENCY.search(typed):
        raise ValueError("other_unit")
    match = _AMOUNT.fullmatch(typed)
    if match is None:
        raise ValueError("not_an_amount")
    digits = digits_of(match["euros"])
    if len(digits.lstrip("0")) > len(str(MAX_CENTS)) - 2:
        raise ValueError("too_large")
    cents = int(digits) * 100 + int((match["decimals"] or "").ljust(2, "0"))
    return -cents if is_negative else cents


def _take_sign_and_currency(typed: str) -> tuple[str, bool]:
    """Split off one minus and one euro mark, in either order."""
    match = re.fullmatch(
        r"(?P<first>-)? ?(?P<mark>€|EUR\b)? ?(?P<second>-)? ?(?P<rest>.*?)(?P<word> euro)?",
        typed,
        re.IGNORECASE,
    )
    if match is None or (match["first"] and match["second"]) or (match["mark"] and match["word"]):
        raise ValueError("not_an_amount")
    return match["rest"], bool(match["first"] or match["second"])


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _with_sign(cents: int, amount: str) -> str:
    sign = "-" if cents < 0 else ""
    return f"€{NO_BREAK_SPACE}{sign}{amount}"


def format_euro(cents: int, *, decimals: bool = True) -> str:
    """Write an amount for tables and forms: ``€ 22.061,00``.

    Without decimals it is rounded half up to whole euros, away from zero.
    """
    if not decimals:
        euros = (abs(cents) + 50) // 100
        return _with_sign(cents if euros else 0, _grouped(euros))
    euros, rest = divmod(abs(cents), 100)
    return _with_sign(cents, f"{_grouped(euros)},{rest:02d}")


def format_euro_sentence(cents: int) -> str:
    """Write an amount inside a sentence: ``€ 22.061``, with decimals only where there are cents."""
    return format_euro(cents, decimals=cents % 100 != 0)


def format_euro_letter(cents: int) -> str:
    """Write an amount for a letter: ``€ 22.061,-``, with decimals where there are cents."""
    if cents % 100:
        return format_euro(cents)
    return f"{format_euro(cents, decimals=False)},-"


def split_evenly(cents: int, parts: int) -> list[int]:
    """Split an amount into equal parts that sum to it; the first parts take the odd cents.

    Raises ``ValueError`` when ``parts`` is not positive.
    """
    if parts < 1:
        raise ValueError("no_parts")
    return split_by_weight(cents, [1] * parts)


def split_by_weight(cents: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights by largest remainder; the parts sum to it.

    Of equal remainders the first takes the cent. A negative amount mirrors a positive one.
    Raises ``ValueError`` when a weight is negative or all are zero.
    """
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("no_weights")
    amount = abs(cents)
    parts = [amount * weight // total for weight in weights]
    remainders = [amount * weight % total for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda index: -remainders[index])
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return [-part for part in parts] if cents < 0 else parts
