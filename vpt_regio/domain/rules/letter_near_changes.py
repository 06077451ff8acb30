"""Changes of which both numbers stand in the neighbourhood: the sentence and the one before."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

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

Tried = tuple[Number, Number, str]


def near_change(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Finding | None:
    """Return the finding on a change that two numbers nearby give, or None."""
    start, end = clause_of(sentence, claim)
    if HEARSAY.search(sentence.text[start:end]):
        return None
    way = claim.sign or sentence.way_of(claim.start, claim.end)
    if not way and claim.unit is NumberUnit.PERCENT:
        return None
    for old, new, where in list(_tried(sentence, earlier, claim))[:MOST_TRIED]:
        operands = Operands(old.value, new.value, old.unit, where)
        finding = finding_of(sentence.text, claim, operands, way)
        if finding.agrees:
            return finding
    return None


def levels(sentence: Sentence, claim: Number | None = None) -> list[Number]:
    """Return how many or how much there was, according to a sentence: no change itself."""
    return [
        one
        for one in sentence.counted
        if one != claim and not one.sign and not _MORE.match(sentence.text[one.end :])
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
