"""The numbers in a Dutch sentence, in digits and in words; what is no figure is left out.

Dates, years, seasons, references to papers and articles, addresses and times are no figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vpt_regio.domain.rules.letter_masks import masked
from vpt_regio.domain.rules.letter_number_words import (
    NUMBER_WORD,
    PARTS,
    SO_MANY_OF,
    SO_MANY_PARTS,
    TIMES,
    share_value,
    word_value,
)


class NumberUnit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    EURO = "euro"
    TIMES = "times"


class Nearness(StrEnum):
    """How close a number says that it is."""

    EXACT = "exact"
    CIRCA = "circa"
    MORE = "more"
    ALMOST = "almost"
    LESS = "less"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Number:
    """A number with its place in the sentence.

    `step` is one unit of the last printed digit: 0,1 for "7,5", a million for "3 miljoen".
    `is_word` tells that it is written in words. `sign` is that of a plus or minus before it, or 0.
    """

    start: int
    end: int
    text: str
    value: Fraction
    step: Fraction
    unit: NumberUnit
    nearness: Nearness = Nearness.EXACT
    is_word: bool = False
    sign: int = 0


QUALIFIERS: dict[str, Nearness] = {
    "meer dan": Nearness.MORE,
    "ruim": Nearness.MORE,
    "dik": Nearness.MORE,
    "bijna": Nearness.ALMOST,
    "nagenoeg": Nearness.CIRCA,
    "vrijwel": Nearness.CIRCA,
    "een kleine": Nearness.ALMOST,
    "net geen": Nearness.ALMOST,
    "krap": Nearness.ALMOST,
    "nog geen": Nearness.LESS,
    "minder dan": Nearness.LESS,
    "circa": Nearness.CIRCA,
    "ca.": Nearness.CIRCA,
    "ca": Nearness.CIRCA,
    "ongeveer": Nearness.CIRCA,
    "zo'n": Nearness.CIRCA,
    "zo’n": Nearness.CIRCA,
    "rond de": Nearness.CIRCA,
    "rond": Nearness.CIRCA,
    "om en nabij": Nearness.CIRCA,
    "grofweg": Nearness.CIRCA,
    "minstens": Nearness.AT_LEAST,
    "minimaal": Nearness.AT_LEAST,
    "ten minste": Nearness.AT_LEAST,
    "tenminste": Nearness.AT_LEAST,
    "hoogstens": Nearness.AT_MOST,
    "maximaal": Nearness.AT_MOST,
    "ten hoogste": Nearness.AT_MOST,
}
_QUALIFIER = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(map(re.escape, sorted(QUALIFIERS, key=len, reverse=True)))})"
    r"\s+(?:een\s+)?(?:de\s+)?$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?:[0-9] ?%?|procent|punten?)(?: [^\W\d_][\w’'-]*)? $")
_SCALES = {
    "miljoen": 10**6,
    "mln": 10**6,
    "miljard": 10**9,
    "mld": 10**9,
    "mrd": 10**9,
    "duizend": 10**3,
}
_DIGITS = re.compile(
    r"""
    (?P<euro>(?:€|EUR|euro)[ ]?)?
    (?<![\w.,/]) (?P<sign>[+\-−](?=[0-9]))?
    (?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?![0-9])|[0-9]+)
    (?:[,.](?P<decimals>[0-9]+)|,[-–−=]{1,2})?
    (?![\w/]|[.,][0-9]|-[a-z])
    (?:[ ]?(?P<scale>miljoen|miljard|duizend|mln|mld|mrd)\b\.?)?
    (?P<unit>[ ]?%-?punt(?:en)?|[ ]procent-?punt(?:en)?|[ ]?%|[ ](?:procent|percent)\b|[ ]euro\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    r" (?P<scale>miljoen|miljard|duizend)\b|"
    r" ?(?P<unit>procent-?punt(?:en)?|procent\b|percent\b|euro\b)",
    re.IGNORECASE,
)
# twee keer zo veel, 2,5 maal zo hoog, anderhalf keer het aantal: but not "twee keer per jaar"
_TIMES = re.compile(
    r" ?(?:keer|maal|x|×)(?= (?:zo|meer|hoger|groter|het |de |dat |als |vaker))", re.IGNORECASE
)
_FACTOR = re.compile(r"\bfactor (?:van )?$", re.IGNORECASE)


def summands(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers that are added up: "vier steden: 41, 22, 17 en 9" counts them first."""
    first = numbers[0] if numbers else None
    counts = first is not None and first.is_word and first.value == len(numbers) - 1
    return list(numbers[1:] if counts else numbers)


def numbers_in(text: str) -> list[Number]:
    """Return the figures of a sentence in their order."""
    plain = masked(text)
    found = [*_digit_numbers(plain), *_word_numbers(plain), *_part_words(plain)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return kept


def _digit_numbers(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        decimals = match["decimals"] or ""
        value = Fraction(re.sub(r"[. ]", "", match["whole"]) + (f".{decimals}" if decimals else ""))
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        unit = NumberUnit.EURO if match["euro"] else _unit(match["unit"])
        number = Number(
            start=match.start(),
            end=match.end(),
            text=match.group().strip(),
            value=value * scale,
            step=Fraction(scale, 10 ** len(decimals)),
            unit=unit,
            sign={"+": 1, "-": -1, "−": -1}.get(match["sign"] or "", 0),
        )
        yield _completed(number, text)


def _word_numbers(text: str) -> Iterator[Number]:
    for match in NUMBER_WORD.finditer(text):
        value = word_value(match.group())
        if value is None:
            continue
        after = _AFTER_WORD.match(text, match.end())
        scale = _SCALES.get(((after and after["scale"]) or "").lower(), 1)
        end = after.end() if after else match.end()
        yield _completed(
            Number(
                start=match.start(),
                end=end,
                text=text[match.start() : end],
                value=Fraction(value * scale),
                step=Fraction(scale),
                unit=_unit(after["unit"] if after else None),
                is_word=True,
            ),
            text,
        )


def _part_words(text: str) -> Iterator[Number]:
    """Yield fractions and multiples in words: een kwart, de helft, verdubbeld, gehalveerd."""
    for pattern, value in PARTS:
        for match in pattern.finditer(text):
            yield _in_words(match, value * 100, NumberUnit.PERCENT)
    for pattern in (SO_MANY_OF, SO_MANY_PARTS):
        for match in pattern.finditer(text):
            share = share_value(match["part"], match["whole"])
            if share is not None:
                yield _in_words(match, share * 100, NumberUnit.PERCENT)
    for pattern, value in TIMES:
        for match in pattern.finditer(text):
            yield _in_words(match, value, NumberUnit.TIMES)


def _in_words(match: "re.Match[str]", value: Fraction, unit: NumberUnit) -> Number:
    start, end = match.span()
    found = Number(start, end, match.group(), value, Fraction(1), unit, is_word=True)
    return _qualified(found, match.string)


def _completed(number: Number, text: str) -> Number:
    """Return the number with the word before it, and as a multiple when "keer" follows."""
    times = _TIMES.match(text, number.end)
    if number.unit is NumberUnit.COUNT and (times or _FACTOR.search(text, 0, number.start)):
        end = times.end() if times else number.end
        number = Number(
            number.start,
            end,
            text[number.start : end],
            number.value,
            number.step,
            NumberUnit.TIMES,
            is_word=number.is_word,
        )
    return _qualified(number, text)


def _qualified(number: Number, text: str) -> Number:
    match = _QUALIFIER.search(text, max(0, number.start - 24), number.start)
    if match is None or _is_comparison(text, match):
        return number
    start = match.start()
    return Number(
        start,
        number.end,
        text[start : number.end].strip(),
        number.value,
        number.step,
        number.unit,
        QUALIFIERS[match["word"].lower()],
        number.is_word,
        number.sign,
    )


def _is_comparison(text: str, match: "re.Match[str]") -> bool:
    """Tell whether "33 minder dan de 655 zaken" holds one number against another."""
    is_than = match["word"].lower().endswith(" dan")
    return is_than and bool(_NUMBER_BEFORE.search(text, 0, match.start()))


def _unit(suffix: str | None) -> NumberUnit:
    word = (suffix or "").strip().lower()
    if "punt" in word:
        return NumberUnit.POINTS
    if word in ("%", "procent", "percent"):
        return NumberUnit.PERCENT
    return NumberUnit.EURO if word == "euro" else NumberUnit.COUNT
