"""Claims about the sentence before: "In 2010 … 24, in 2011 … 36. Dat is een toename van 50%"."""

import re

from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import LEVELS, Pair, Sentence
from vpt_regio.domain.rules.letter_subjects import Story, compared_with
from vpt_regio.domain.rules.letter_words import is_alike, stems

WHERE = "de zin ervoor"
_POINTS_BACK = re.compile(
    r"^(?:dat|dit|het gaat|het betreft|er is|daarmee|hiermee)\b|"
    r"\b(?:daarmee|hiermee|dus|derhalve)\b",
    re.IGNORECASE,
)
# what is held against it, or denied, is not said of the sentence before
_OTHERWISE = re.compile(
    r"\b(?:dan|niet|geen|landelijke?|elders|andere|grotere|kleinere|hogere|lagere|ondanks|behalve|"
    r"bij|in lijn|vergelijkba(?:ar|re))\b",
    re.IGNORECASE,
)
_WAYLESS = re.compile(r"\b(?:verbetering|verslechtering|verschil) van $", re.IGNORECASE)
_NEUTRAL = frozenset(stems("verbetering verslechtering verschil betekent oftewel derhalve"))


def pair_before(sentence: Sentence, claim: Number, story: Story) -> Pair | None:
    """Return the two numbers of the sentence before that a claim is about, or None.

    The sentence points back, says nothing of its own, and the one before holds one pair.
    """
    before = story.before
    if before is None or len(before.pairs) != 1:
        return None
    levels = [one for one in sentence.numbers if one.unit in LEVELS and one is not claim]
    if levels or len(sentence.claims) != 1 or compared_with(sentence):
        return None
    if not _POINTS_BACK.search(sentence.text) or _has_own_words(sentence, before):
        return None
    pair = before.pairs[0]
    way = sentence.way_of(claim.start, claim.end)
    is_change = way or claim.unit is NumberUnit.TIMES or _is_wayless(sentence, claim)
    fits = claim.unit is not NumberUnit.POINTS or pair.new.unit is NumberUnit.PERCENT
    # what the sentence before claims itself, it claims of its own pair
    return pair if is_change and fits and not before.claims else None


def _is_wayless(sentence: Sentence, claim: Number) -> bool:
    return claim.unit is NumberUnit.POINTS and bool(_WAYLESS.search(sentence.text[: claim.start]))


def _has_own_words(sentence: Sentence, before: Sentence) -> bool:
    """Tell whether a sentence names a period or a subject that the one before does not."""
    if not {one.key for one in sentence.periods} <= {one.key for one in before.periods}:
        return True
    known = {*stems(before.text), *_NEUTRAL}
    text = sentence.text
    for one in reversed(sentence.numbers):
        text = text[: one.start] + text[one.end :]
    if _OTHERWISE.search(text):
        return True
    return not all(any(is_alike(one, other) for other in known) for one in stems(text))
