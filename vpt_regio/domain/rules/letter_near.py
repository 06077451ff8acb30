"""The arithmetic of the neighbourhood: what a careful reader would try on a claim.

The words did not tie the claim to two numbers. The sentence and those before it hold a few; when
two of them give what is stated, in the way that the words allow, the claim agrees. It disagrees
only when no other two can be meant.
"""

from collections.abc import Sequence

from vpt_regio.domain.rules.letter_document import Finding
from vpt_regio.domain.rules.letter_near_changes import near_change
from vpt_regio.domain.rules.letter_near_shares import near_share
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence


def near_finding(sentence: Sentence, earlier: Sequence[Sentence], claim: Number) -> Finding | None:
    """Return the finding on a claim that was not read; `earlier` is the paragraph before it."""
    if claim.unit is NumberUnit.PERCENT:
        found = near_share(sentence, earlier, claim)
        if found is not None:
            return found
    return near_change(sentence, earlier, claim)
