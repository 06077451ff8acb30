"""Shares of which part and whole stand in the neighbourhood: the sentence and the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from vpt_regio.domain.rules.letter_agreement import agreement, plain
from vpt_regio.domain.rules.letter_document import Finding
from vpt_regio.domain.rules.letter_numbers import Number
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_shares import (
    ADDABLE,
    clause_of,
    is_way_said,
    run_of,
    says_again,
    share_finding,
    told_share,
)
from vpt_regio.domain.rules.letter_slips import TURNED, is_turned
from vpt_regio.domain.rules.letter_words import is_alike, stems

MOST_TRIED = 6
NEAREST = 4
BEFORE = "de zin ervoor"
NO_CAUSE = "Waarschijnlijk een rekenfout."
HERE = "de zin zelf"
PARAGRAPH = "deze alinea"
BOTH = "deze zin en de zin ervoor"
_POINTS_BACK = re.compile(
    r"^(?:en )?(?:dat|dit)(?: (?:is|zijn|was|waren|komt|betekent|betreft))\b", re.I
)
_COUNTED = re.compile(r"^(?: [^\W\d_][\w’'-]*){1,3}")
_OF_THEM = re.compile(r"\b(?:van hen|van (?:deze|die)|daarvan|hiervan)\b", re.IGNORECASE)
# what somebody else found, thinks or expects is not computed from the numbers beside it
HEARSAY = re.compile(
    r"\b(?:volgens|naar schatting|schat(?:ting)?|geschat|naar het oordeel|naar verwachting|"
    r"verwacht\w*|prognose|raming|streef\w*|doel\w*)\b",
    re.IGNORECASE,
)
_WHOLE_NAMED = re.compile(
    r"^ (?:van|uit) (?:de|het|alle|deze|die|dit|dat|hun)\b(?P<what>[^,;:()]*)"
)
_ANY_WHOLE = frozenset(stems("totaal geheel gevallen gevallen aantal"))


@dataclass(frozen=True)
class Candidate:
    """A part and a whole that a share may be of, where they stand, and what the whole counts."""

    part: Number
    whole: Number
    where: str
    counts: tuple[str, ...] = ()

    def finding(self, sentence: Sentence, claim: Number, cause: str = "") -> Finding:
        found = share_finding(sentence.text, claim, self.part, self.whole, self.where)
        explanation = found.explanation.replace(NO_CAUSE, cause) if cause else found.explanation
        return replace(found, explanation=explanation)

    def is_turned(self, claim: Number) -> bool:
        return is_turned(claim, self.part.value / self.whole.value * 100)

    def agrees(self, claim: Number) -> bool:
        return agreement(claim, self.part.value / self.whole.value * 100) is True


def near_share(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Finding | None:
    """Return the finding on a share, or None when nothing near gives it."""
    if is_way_said(sentence, claim) or claim.sign or HEARSAY.search(_clause(sentence, claim)):
        return None
    tied = _certain(sentence, earlier, claim) or _in_order(sentence, earlier, claim)
    if tied is not None:
        return tied.finding(sentence, claim)
    if len(run_of(sentence, claim)) > 1:
        return None
    tried = [
        one for one in _candidates(sentence, earlier, claim) if _is_whole(one, sentence, claim)
    ]
    agreeing = next((one for one in tried[:MOST_TRIED] if one.agrees(claim)), None)
    if agreeing is not None:
        return agreeing.finding(sentence, claim)
    if len(tried) == 1 and says_again(sentence, claim) and tried[0].is_turned(claim):
        return tried[0].finding(sentence, claim, TURNED)
    return _of_other_whole(sentence, earlier, claim)


def _of_other_whole(
    sentence: Sentence, earlier: Sequence[Sentence], claim: Number
) -> Finding | None:
    """Read a share of the whole of the sentence before, where its part is meant.

    "Van de 900 besluiten zijn er 180 bestreden. In 60 zaken slaagde dat, dat is 7%."
    """
    own = amounts(sentence)
    before = amounts(earlier[-1]) if earlier else []
    told = told_share(earlier[-1], before) if earlier else None
    match = _WHOLE_NAMED.match(sentence.text[claim.end :])
    if len(own) != 1 or told is None or match is None or not says_again(sentence, claim):
        return None
    part, whole = told
    if len(before) != 2 or part.unit is not own[0].unit or own[0].value > part.value:
        return None
    named = set(stems(match["what"]))
    if any(is_alike(a, b) for a in named for b in counted_by(earlier[-1], whole)):
        return None
    is_topic = any(is_alike(a, b) for a in named for b in stems(earlier[-1].text))
    if not is_topic or not Candidate(own[0], whole, BOTH).agrees(claim):
        return None
    cause = f"Dit is het deel van {plain(whole.value)}, niet van {plain(part.value)}."
    found = Candidate(own[0], part, BOTH).finding(sentence, claim, cause)
    return found if found.agrees is False else None


def counted_by(sentence: Sentence, number: Number) -> tuple[str, ...]:
    """Return the stems of what a number counts: the words behind it up to the first small one."""
    after = _COUNTED.match(sentence.text[number.end :])
    said = takewhile(lambda word: bool(stems(word)), after.group().split() if after else ())
    return stems(" ".join(said))


def _clause(sentence: Sentence, claim: Number) -> str:
    start, end = clause_of(sentence, claim)
    return sentence.text[start:end]


def amounts(sentence: Sentence) -> list[Number]:
    """Return the counts and amounts of a sentence."""
    return [one for one in sentence.counted if one.unit in ADDABLE]


def _certain(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Candidate | None:
    """Return part and whole when the words of two sentences leave no other ones."""
    own = amounts(sentence)
    before = amounts(earlier[-1]) if earlier else []
    if not before or len(sentence.claims) != 1:
        return None
    told = told_share(earlier[-1], before)
    if not own and told and _POINTS_BACK.match(sentence.text):
        return Candidate(*told, BEFORE)
    if len(own) != 1 or own[0].end > claim.start or not says_again(sentence, claim):
        return None
    if not _OF_THEM.search(sentence.text[: own[0].start]):
        return None
    whole = told[0] if told else before[0] if len(before) == 1 else None
    if whole is None or whole.unit is not own[0].unit or whole.value < own[0].value:
        return None
    return Candidate(own[0], whole, BOTH)


def _in_order(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Candidate | None:
    """Read "700 en 300; dat is respectievelijk 70% en 30% van het totaal"."""
    claims = run_of(sentence, claim)
    own = [one for one in amounts(sentence) if one.end <= claims[0].start]
    if len(own) != len(claims) or len(own) < 2:
        return None
    total = sum((one.value for one in own), Fraction(0))
    known = [one for other in earlier[-2:] for one in amounts(other) if one.value == total]
    if not known or len({one.unit for one in own}) > 1:
        return None
    return Candidate(own[claims.index(claim)], known[-1], BOTH)


def _candidates(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> list[Candidate]:
    """Return which parts and wholes a share may be of, the nearest first."""
    own = nearest(sentence, claim)
    found = [
        Candidate(part, whole, HERE, counted_by(sentence, whole)) for part, whole in pairs_of(own)
    ]
    for back, other in enumerate(reversed(earlier[-2:])):
        where = BOTH if back == 0 else PARAGRAPH
        found += [
            Candidate(part, whole, where, counted_by(other, whole))
            for part in own
            for whole in amounts(other)[-NEAREST:]
        ]
    of_sum = () if sentence.pairs else _of_sum(own)
    found += [Candidate(part, replace(own[0], value=total), HERE) for part, total in of_sum]
    if not own and earlier:
        found += [
            Candidate(part, whole, BEFORE, counted_by(earlier[-1], whole))
            for part, whole in pairs_of(amounts(earlier[-1])[-NEAREST:])
        ]
    return [
        one
        for one in found
        if one.part.unit is one.whole.unit and 0 < one.part.value <= one.whole.value
    ]


def nearest(sentence: Sentence, claim: Number) -> list[Number]:
    """Return the few amounts that stand nearest to a claim, in their order."""
    found = sorted(amounts(sentence), key=lambda one: abs(one.start - claim.start))[:NEAREST]
    return sorted(found, key=lambda one: one.start)


def pairs_of(numbers: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Return each two different numbers, in both orders."""
    return [(one, other) for one in numbers for other in numbers if one is not other]


def _of_sum(own: Sequence[Number]) -> Iterator[tuple[Number, Fraction]]:
    """Yield each of two numbers or more of one kind with what they are together."""
    if len(own) > 1 and len({one.unit for one in own}) == 1:
        total = sum((one.value for one in own), Fraction(0))
        yield from ((one, total) for one in own)


def _is_whole(candidate: Candidate, sentence: Sentence, claim: Number) -> bool:
    """Tell whether the whole can be what the share is called a part of: 6% van de aanvragen."""
    match = _WHOLE_NAMED.match(sentence.text[claim.end :])
    named = set(stems(match["what"])) - _ANY_WHOLE if match else set()
    said = candidate.counts
    return not named or not said or any(is_alike(a, b) for a in named for b in said)
