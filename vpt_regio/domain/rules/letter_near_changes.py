"""Changes of which both numbers stand in the neighbourhood: the sentence and the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vpt_regio.domain.rules.letter_agreement import agreement
from vpt_regio.domain.rules.letter_document import Finding
from vpt_regio.domain.rules.letter_judgement import Operands, finding_of
from vpt_regio.domain.rules.letter_near_shares import BEFORE, BOTH, HEARSAY, HERE
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_shares import clause_of

MOST_TRIED = 4
_MORE = re.compile(r"^(?: [\w’'-]+){0,2} (?:meer|minder|hoger|lager|extra)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"^(?:dat|dit|het|de|er)\b|\b(?:daarmee|hiermee|dus|derhalve|daardoor|ofwel|oftewel)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bmet $", re.IGNORECASE)
_CHANGED = re.compile(
    r"^(?: [\w’'-]+)? (?:toe|af|toegenomen|afgenomen|gestegen|gedaald|gegroeid|verminderd)\b", re.I
)
OF_NEW = "Dit is het deel van de nieuwe waarde, niet van de oude."

Tried = tuple[Number, Number, str]


def near_change(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Finding | None:
    """Return the finding on a change that two numbers nearby give, or None."""
    start, end = clause_of(sentence, claim)
    if HEARSAY.search(sentence.text[start:end]):
        return None
    way = claim.sign or sentence.way_of(claim.start, claim.end)
    if not way and claim.unit is NumberUnit.PERCENT:
        return None
    grown = _grown(sentence, earlier, claim, way)
    if grown is not None:
        return grown
    for old, new, where in list(_tried(sentence, earlier, claim))[:MOST_TRIED]:
        operands = Operands(old.value, new.value, old.unit, where)
        finding = finding_of(sentence.text, claim, operands, way)
        if finding.agrees:
            return finding
    return None


def _grown(
    sentence: Sentence, earlier: Sequence[Sentence], claim: Number, way: int
) -> Finding | None:
    """Read "84 zaken, 12 meer dan in 2010; een toename van 17%": before, there were 72."""
    for other, where in ((sentence, HERE), *((one, BEFORE) for one in earlier[-1:])):
        now, by = levels(other, claim), _differences(other)
        if claim.unit is not NumberUnit.PERCENT or len(now) != 1 or len(by) != 1:
            continue
        gone = way_of_difference(other, by[0])
        old = now[0].value - by[0].value * gone
        if gone != way or now[0].unit is not by[0].unit or old <= 0:
            continue
        operands = Operands(old, now[0].value, now[0].unit, where)
        found = finding_of(sentence.text, claim, operands, way)
        is_of_new = agreement(claim, by[0].value / now[0].value * 100) is True
        if found.agrees is False and is_of_new:
            reads = found.explanation.partition("Berekend")
            return replace(found, explanation=f"{OF_NEW} {reads[1]}{reads[2]}")
        return found if found.agrees else None
    return None


def _differences(sentence: Sentence) -> list[Number]:
    """Return the numbers that say by how much it changed: "12 meer", "met 12 toe"."""
    return [
        one
        for one in sentence.counted
        if one.unit in (NumberUnit.COUNT, NumberUnit.EURO) and way_of_difference(sentence, one)
    ]


def way_of_difference(sentence: Sentence, number: Number) -> int:
    """Return which way a difference in numbers goes; 0 when the number is none."""
    after = sentence.text[number.end :]
    match = _MORE.match(after)
    if match is not None:
        return 1 if re.search(r"\b(?:meer|hoger|extra)$", match.group(), re.IGNORECASE) else -1
    is_by = _BY.search(sentence.text[: number.start]) and _CHANGED.match(after)
    return sentence.way_of(number.start, number.end) if is_by else 0


def levels(sentence: Sentence, claim: Number | None = None) -> list[Number]:
    """Return how many or how much there was, according to a sentence: no change itself."""
    return [
        one
        for one in sentence.counted
        if one != claim and not one.sign and not way_of_difference(sentence, one)
    ]


def _tried(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Iterator[Tried]:
    """Yield the old and the new number that a claim may compare, the nearest first."""
    own = _of_unit(levels(sentence, claim), claim)
    if len(own) == 2:
        yield from _both_ways(sentence, own[0], own[1], HERE)
    before = _of_unit(levels(earlier[-1]), claim) if earlier else []
    if len(own) == 1 and len(before) <= 2:
        for other in reversed(before):
            yield from _both_ways(sentence, other, own[0], BOTH)
    if not own and _POINTS_BACK.search(sentence.text):
        for pair in reversed(earlier[-1].pairs if earlier else []):
            yield pair.old, pair.new, BEFORE
        for old, new in pairwise(before):
            yield from _both_ways(sentence, old, new, BEFORE)


def _of_unit(numbers: Sequence[Number], claim: Number) -> list[Number]:
    """Return the numbers that a claim can compare: points are the difference of percentages."""
    if claim.unit is NumberUnit.POINTS:
        return [one for one in numbers if one.unit is NumberUnit.PERCENT]
    if claim.unit is NumberUnit.TIMES:
        return list(numbers)
    return [one for one in numbers if one.unit is not NumberUnit.PERCENT]


def _both_ways(sentence: Sentence, one: Number, other: Number, where: str) -> Iterator[Tried]:
    """Yield two numbers in the order in which the words say that they follow each other."""
    if one.unit is not other.unit or not one.value or not other.value:
        return
    small, large = sorted((one, other), key=lambda number: number.value)
    ways = {direction.way for direction in sentence.directions}
    if ways == {1}:
        yield small, large, where
    elif ways == {-1}:
        yield large, small, where
    else:
        yield one, other, where
