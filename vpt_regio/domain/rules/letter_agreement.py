"""Whether a stated number is what was computed, as precisely as it was printed; and why not."""

from collections.abc import Callable
from fractions import Fraction

from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit

CIRCA_MARGIN = Fraction(5, 100)
"""The part of the stated number that "about", and a multiple in words, may be away."""

CIRCA_LIMIT = Fraction(15, 100)
"""The part from which on "about" and a multiple in words are wrong; between both nobody can say."""

ALMOST_FROM = Fraction(9, 10)
ALMOST_LIMIT = Fraction(8, 10)


def agreement(number: Number, computed: Fraction) -> bool | None:
    """Tell whether a number without its sign agrees with a computed one; None in between.

    A printed number agrees when the computed one is within half a unit of its last digit. A word
    such as "bijna" moves that border to its own side; a word such as "verdubbeld" is less precise.
    """
    stated, half = number.value, number.step / 2
    if number.nearness is Nearness.EXACT:
        if number.is_word and number.unit in (NumberUnit.TIMES, NumberUnit.PERCENT):
            return _around(stated, computed, half if number.unit is NumberUnit.PERCENT else None)
        return abs(computed - stated) <= half
    return _JUDGES[number.nearness](stated, computed, half)


def _around(stated: Fraction, computed: Fraction, half: Fraction | None) -> bool | None:
    away = abs(computed - stated)
    if away <= max(half or 0, stated * CIRCA_MARGIN):
        return True
    return False if away >= stated * CIRCA_LIMIT else None


def _circa(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    return _around(stated, computed, half)


def _more(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    if computed > stated:
        # "ruim" says little of a number that is far beyond
        return True if computed <= stated * Fraction(5, 4) or half >= stated else None
    return False if computed < stated - half else None


def _almost(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    if stated * ALMOST_FROM <= computed < stated:
        return True
    is_off = computed > stated + half or computed < stated * ALMOST_LIMIT
    return False if is_off else None


def _less(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    if computed < stated:
        return True
    return False if computed > stated + half else None


def _at_least(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    if computed >= stated:
        return True
    return False if computed < stated - half else None


def _at_most(stated: Fraction, computed: Fraction, half: Fraction) -> bool | None:
    if computed <= stated:
        return True
    return False if computed > stated + half else None


_JUDGES: dict[Nearness, Callable[[Fraction, Fraction, Fraction], bool | None]] = {
    Nearness.CIRCA: _circa,
    Nearness.MORE: _more,
    Nearness.ALMOST: _almost,
    Nearness.LESS: _less,
    Nearness.AT_LEAST: _at_least,
    Nearness.AT_MOST: _at_most,
}


def is_cut_off(number: Number, computed: Fraction) -> bool:
    """Tell whether the stated number is the computed one without its last digits."""
    size = abs(computed)
    return size // number.step * number.step == number.value != size


def is_turned_around(number: Number, computed: Fraction) -> bool:
    """Tell whether two digits of the computed number changed places."""
    shown = str(round_half_up(abs(computed) / number.step))
    stated = str(round_half_up(number.value / number.step))
    return len(shown) == len(stated) == 2 and shown != stated and shown == stated[::-1]


def shown(value: Fraction, *, step: Fraction = Fraction(1), unit: NumberUnit) -> str:
    """Return a number as a letter prints it, with one digit more than was stated when it matters.

    A computed number that is whole is shown whole.
    """
    decimals = 0
    while Fraction(1, 10**decimals) > step:
        decimals += 1
    if value.denominator != 1 and step <= 1:
        decimals += 1
    return _with_unit(_grouped(value, decimals), unit)


def plain(value: Fraction, unit: NumberUnit = NumberUnit.COUNT) -> str:
    """Return a known number with the decimals that it has, at most two."""
    decimals = 0 if value.denominator == 1 else 1 if (value * 10).denominator == 1 else 2
    return _with_unit(_grouped(value, decimals), unit)


def _grouped(value: Fraction, decimals: int) -> str:
    text = f"{round_half_up(value, decimals):,f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def _with_unit(text: str, unit: NumberUnit) -> str:
    if unit is NumberUnit.PERCENT:
        return f"{text}%"
    if unit is NumberUnit.POINTS:
        return f"{text} procentpunt"
    if unit is NumberUnit.EURO:
        return f"€ {text}"
    return f"{text} keer" if unit is NumberUnit.TIMES else text
