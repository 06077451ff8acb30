"""Second thoughts before a claim is called wrong: the tie may be the mistake, not the number."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import agreement, plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_near import near_finding
from vpt_regio.domain.rules.letter_near_shares import HERE
from vpt_regio.domain.rules.letter_numbers import NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_slips import slip_of

FAR_TIMES = 2
FAR_POINTS = 10
NO_CAUSE = "Waarschijnlijk een rekenfout. "
OTHER = "Niet te controleren: dit gaat waarschijnlijk over andere cijfers. "
_KINDS = (FindingKind.CHANGE, FindingKind.POINTS, FindingKind.SHARE, FindingKind.DIFFERENCE)
_FIGURE = re.compile(r"[0-9][0-9.]*(?:,[0-9]+)?")


def doubted(sentence: Sentence, earlier: Sequence[Sentence], found: Finding) -> Finding:
    """Return a finding as it is, or what is left of it when its tie cannot be trusted.

    A claim that two numbers of its own sentence give exactly, agrees. One that is miles away for no
    known cause is probably held against the wrong numbers.
    """
    if found.agrees is False and found.kind is FindingKind.FACTOR:
        return _of_two_changes(sentence, found) or found
    is_doubtful = found.agrees is False and found.explanation.startswith(NO_CAUSE)
    if not is_doubtful or found.kind not in _KINDS:
        return found
    claim = next((one for one in sentence.claims if found.claim.startswith(one.text)), None)
    if claim and f"uit {HERE}" not in found.explanation:
        other = near_finding(sentence, earlier, claim)
        if other is not None and other.agrees and f"uit {HERE}" in other.explanation:
            return other
    computed = _value(found.computed)
    has_slip = bool(claim and computed and slip_of(claim, computed))
    is_told = found.kind is not FindingKind.SHARE and _is_from_to(sentence)
    if is_told or has_slip or not is_far(found.stated, found.computed):
        return found
    return replace(found, agrees=None, explanation=found.explanation.replace(NO_CAUSE, OTHER))


def _of_two_changes(sentence: Sentence, found: Finding) -> Finding | None:
    """Read "de daling (6%) was twee keer zo groot als die in het jaar ervoor (3%)"."""
    claim = next((one for one in sentence.claims if found.claim == one.text), None)
    shares = [one for one in sentence.numbers if one.unit is NumberUnit.PERCENT]
    if claim is None or len(shares) != 2 or not all(one.value for one in shares):
        return None
    high, low = sorted(shares, key=lambda one: -one.value)
    ratio = high.value / low.value
    if agreement(claim, ratio) is not True:
        return None
    numbers = f"{plain(high.value, high.unit)} gedeeld door {plain(low.value, low.unit)}"
    return replace(
        found,
        computed=shown(ratio, step=Fraction(1, 10), unit=claim.unit),
        agrees=True,
        explanation=f"Berekend uit {HERE}: {numbers}.",
    )


def _is_from_to(sentence: Sentence) -> bool:
    """Tell whether a sentence says itself from which number to which: "van 3 naar 9"."""
    return any(sentence.text.lower().startswith("van ", pair.start) for pair in sentence.pairs)


def is_far(stated: str, computed: str) -> bool:
    """Tell whether two numbers, as they are shown, are too far apart for a slip."""
    one, other = _value(stated), _value(computed)
    if one is None or other is None:
        return False
    low, high = sorted((one, other))
    return high > FAR_TIMES * low and high - low > FAR_POINTS


def _value(text: str) -> Fraction | None:
    match = _FIGURE.search(text)
    return Fraction(match.group().replace(".", "").replace(",", ".")) if match else None
