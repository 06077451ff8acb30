"""Claims about the sentence before: "In 2010 … 24, in 2011 … 36. Dat is een toename van 50%"."""

import re

from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Pair, Sentence
from vpt_regio.domain.rules.letter_subjects import Story, compared_with
from vpt_regio.domain.rules.letter_words import is_alike, stems

WHERE = "de zin ervoor"
WHERE_BOTH = "deze zin en de zin ervoor"
_WERE = re.compile(
    r"\b(?:waren|was|bedroeg|bedroegen|ging) (?:dat|dit|het)(?: (?:er|nog|om))* $",
    re.IGNORECASE,
)
_MORE = re.compile(r"^(?: [\w’'-]+)? (?:meer|minder|hoger|lager|extra)\b", re.IGNORECASE)
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
_NEUTRAL = frozenset(
    stems("verbetering verslechtering verschil betekent oftewel derhalve tijd ofwel sprake")
)


def pair_before(sentence: Sentence, claim: Number, story: Story) -> tuple[Pair, str] | None:
    """Return the two numbers that a claim is about, and where they stand; or None.

    Either the sentence points back, says nothing of its own, and the one before holds one pair; or
    it gives the number to hold against the only one of the sentence before.
    """
    before = story.before
    if before is None or len(sentence.claims) != 1 or not _is_change(sentence, claim):
        return None
    across = _across(sentence, before)
    if across is not None:
        return (across, WHERE_BOTH) if _fits(claim, across) else None
    if len(before.pairs) != 1 or _levels(sentence) or compared_with(sentence):
        return None
    if not _POINTS_BACK.search(sentence.text) or _has_own_words(sentence, before):
        return None
    # what the sentence before claims itself, it claims of its own pair
    pair = before.pairs[0]
    return (pair, WHERE) if _fits(claim, pair) and not before.claims else None


def _is_change(sentence: Sentence, claim: Number) -> bool:
    way = sentence.way_of(claim.start, claim.end)
    return bool(way) or claim.unit is NumberUnit.TIMES or _is_wayless(sentence, claim)


def _fits(claim: Number, pair: Pair) -> bool:
    return claim.unit is not NumberUnit.POINTS or pair.new.unit is NumberUnit.PERCENT


def _levels(sentence: Sentence) -> list[Number]:
    """Return how many there were: not "144 meer", which is a change itself."""
    claims = {one.start for one in sentence.claims}
    return [
        one
        for one in sentence.counted
        if one.start not in claims and not _MORE.match(sentence.text[one.end :])
    ]


def _across(sentence: Sentence, before: Sentence) -> Pair | None:
    """Read "In 2011 waren er 60 zaken. In 2010 waren dat er nog 80: een daling van 25%"."""
    own, other = _levels(sentence), _levels(before)
    if len(own) != 1 or len(other) != 1 or own[0].unit is not other[0].unit:
        return None
    if before.claims or not _WERE.search(sentence.text[: own[0].start]):
        return None
    periods = sentence.periods
    keys = {one.key for one in before.periods}
    if len(periods) != 1 or periods[0].key in keys or periods[0].start > own[0].start:
        return None
    earlier = [one for one in before.periods if one.last < periods[0].first]
    old, new = (other[0], own[0]) if earlier else (own[0], other[0])
    return Pair(old, new, own[0].start, own[0].end)


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
