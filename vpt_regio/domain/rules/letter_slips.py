"""Slips that people make with a number: digits that changed places, a nought too many."""

from fractions import Fraction

from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.letter_numbers import Number

FACTORS = (10, 100, 1000)
FEWEST_DIGITS = 2
TURNED = "Waarschijnlijk een typefout: twee cijfers zijn verwisseld."
TOO_LARGE = "Waarschijnlijk een typefout: dit is {factor} keer te groot."
TOO_SMALL = "Waarschijnlijk een typefout: dit is {factor} keer te klein."


def slip_of(number: Number, computed: Fraction) -> str:
    """Return in Dutch which slip makes the computed number the stated one; empty for none."""
    size = abs(computed)
    if size == 0 or number.value == 0:
        return ""
    for factor in FACTORS:
        if abs(size - number.value * factor) <= number.step * factor / 2:
            return TOO_SMALL.format(factor=factor)
        if abs(size * factor - number.value) <= number.step / 2:
            return TOO_LARGE.format(factor=factor)
    return TURNED if is_turned(number, size) else ""


def is_turned(number: Number, computed: Fraction) -> bool:
    """Tell whether two digits side by side changed places: 584 for 548."""
    right = str(round_half_up(computed / number.step))
    stated = str(round_half_up(number.value / number.step))
    if len(right) != len(stated) or len(right) < FEWEST_DIGITS:
        return False
    places = [at for at, (a, b) in enumerate(zip(right, stated, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return right[first] == stated[second] and right[second] == stated[first]
