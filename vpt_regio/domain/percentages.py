"""Shares and changes, exact until they are shown."""

from decimal import Decimal
from fractions import Fraction

Number = int | Fraction | Decimal


def share(part: int, whole: int) -> Fraction | None:
    """Return part of whole as a fraction (1 is everything), or None when the whole is 0."""
    return None if whole == 0 else Fraction(part, whole)


def change_percent(old: Number, new: Number) -> Fraction | None:
    """Return the relative change in per cent, or None when there is nothing to compare with."""
    if old == 0:
        return None
    return (Fraction(new) - Fraction(old)) / abs(Fraction(old)) * 100


def change_points(old: Number, new: Number) -> Fraction:
    """Return the change between two percentages in percentage points."""
    return Fraction(new) - Fraction(old)


def round_half_up(value: Number, decimals: int = 0) -> Decimal:
    """Round to a number of decimals; a half goes away from zero, on both sides.

    Works on the exact value: a float or a division in ``Decimal`` would round twice.
    """
    scaled = abs(Fraction(value)) * 10**decimals
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    is_negative = value < 0 and rounded > 0
    return Decimal((int(is_negative), tuple(int(digit) for digit in str(rounded)), -decimals))
