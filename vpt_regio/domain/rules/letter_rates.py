"""Averages and rates that follow from the numbers of their sentence: gemiddeld 45 per training."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import agreement, plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_words import is_alike, stems

IN_A_YEAR = {"halfjaar": 2, "kwartaal": 4, "maand": 12}
_AVERAGE = re.compile(r"\bgemiddeld(?: zo['’]n)? $", re.IGNORECASE)
_PER = re.compile(r"^(?: [\w’'-]+)? per (?P<what>[^\W\d_][\w’'-]+)", re.IGNORECASE)
_PER_YEAR = re.compile(
    r"^ per jaar,? (?:oftewel|ofwel|dus|dat is|dit is)(?: gemiddeld)? $", re.IGNORECASE
)
FAR = Fraction(3, 2)
_LEVELS = (NumberUnit.COUNT, NumberUnit.EURO)


def rate_findings(sentence: Sentence, taken: set[int]) -> Iterator[Finding]:
    """Yield the averages of a sentence that names the whole and how many there are."""
    levels = [one for one in sentence.numbers if one.unit in _LEVELS]
    for place, number in enumerate(levels):
        match = _PER.match(sentence.text[number.end :])
        if match is None or number.start in taken:
            continue
        found = _of_year(sentence, levels[:place], number, match["what"].lower())
        if found is None and _AVERAGE.search(sentence.text[: number.start]):
            found = _average(sentence, levels, number, match["what"])
        if found is None:
            continue
        whole, count = found
        low, high = sorted((whole.value / count, number.value))
        if high > low * FAR:
            # so far off that it is of something else
            continue
        taken.add(number.start)
        yield _finding(sentence.text, number, whole, count)


def _of_year(
    sentence: Sentence, before: Sequence[Number], number: Number, what: str
) -> tuple[Number, Fraction] | None:
    """Read "€ 36.000 per jaar, ofwel € 3.000 per maand"."""
    if not before or what not in IN_A_YEAR or before[-1].unit is not number.unit:
        return None
    is_said = _PER_YEAR.match(sentence.text[before[-1].end : number.start])
    return (before[-1], Fraction(IN_A_YEAR[what])) if is_said else None


def _average(
    sentence: Sentence, levels: Sequence[Number], number: Number, what: str
) -> tuple[Number, Fraction] | None:
    """Read "12 bijeenkomsten met 540 deelnemers, gemiddeld 45 per bijeenkomst"."""
    others = [one for one in levels if one is not number]
    if len(others) != 2 or not stems(what):
        return None
    counts = [one for one in others if _counts(sentence, one, what)]
    wholes = [one for one in others if one not in counts]
    if len(counts) != 1 or counts[0].value == 0 or wholes[0].unit is not number.unit:
        return None
    exact = all(one.nearness is Nearness.EXACT for one in others)
    return (wholes[0], counts[0].value) if exact else None


def _counts(sentence: Sentence, number: Number, what: str) -> bool:
    after = re.match(r"^ ([^\W\d_][\w’'-]+)", sentence.text[number.end :])
    found = stems(after[1]) if after and number.unit is NumberUnit.COUNT else ()
    return bool(found) and is_alike(found[0], stems(what)[0])


def _finding(text: str, number: Number, whole: Number, count: Fraction) -> Finding:
    computed = whole.value / count
    agrees = agreement(number, computed)
    cause = "Niet te controleren: een grensgeval. " if agrees is None else ""
    if agrees is False:
        cause = "Waarschijnlijk een rekenfout. "
    return Finding(
        text=text,
        claim=f"gemiddeld {number.text}",
        kind=FindingKind.SHARE,
        stated=stated(number),
        computed=shown(computed, step=number.step, unit=number.unit),
        agrees=agrees,
        explanation=f"{cause}Berekend uit de zin zelf: {plain(whole.value, whole.unit)} gedeeld"
        f" door {plain(count)}.",
    )
