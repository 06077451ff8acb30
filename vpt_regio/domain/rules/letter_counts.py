"""What a sentence counts: shares, sums of listed parts, and how many items a list has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from vpt_regio.domain.rules.letter_agreement import agreement, plain
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_lists import list_findings
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit, summands
from vpt_regio.domain.rules.letter_rates import rate_findings
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_shares import ADDABLE, PARTLY, share_findings

_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:in totaal|samen|tezamen|opgeteld|bij elkaar|totaal van|totaal|gezamenlijk))"
    r"(?: (?:zijn er|zijn dat|dus|is dat|gaat het om|zijn het|om|was dat|waren dat))?\s*$",
    re.IGNORECASE,
)
_TOTAL_FIRST = re.compile(
    r"^(?:in totaal|samen|gezamenlijk|het totale?)\b[^.,;:()0-9]{0,60} $", re.IGNORECASE
)
_OWN_CLAUSE = re.compile(r"(?:^|[,;:(–—]|\b(?:dat is|dat zijn|zijn|is|dus)) *$", re.IGNORECASE)
_LIST_OPENS = re.compile(
    r"(?::|\(|, (?:namelijk|te weten|bestaande uit)|\bbestaande uit|\bverdeeld in)\s*$|"
    r"(?::|\(|\b(?:namelijk|te weten|bestaande uit)\b)[^.;:(]{0,40}$",
    re.IGNORECASE,
)
_LIST_GOES_ON = re.compile(r"^[^.;:]*?(?:,| en |;| plus )[^.:]{0,40}$", re.IGNORECASE)
_SAID_TOTAL = re.compile(r"\b(?:in totaal|totaal van)\b", re.IGNORECASE)
SLIP = Fraction(1, 50)
NEAR_ENOUGH = Fraction(3, 2)


def count_findings(sentence: Sentence, items: Sequence[str], taken: set[int]) -> Iterator[Finding]:
    """Yield what a sentence counts; `items` are those of the list that follows it."""
    yield from share_findings(sentence, taken)
    yield from rate_findings(sentence, taken)
    yield from _sums(sentence, taken)
    yield from _parts(sentence, taken)
    yield from list_findings(sentence, items, taken)


def _sums(sentence: Sentence, taken: set[int]) -> Iterator[Finding]:
    """Yield totals of parts that the sentence lists: "in totaal 403: 149, 207 en 47"."""
    if sentence.pairs:
        return
    for total in sentence.numbers:
        before = sentence.text[: total.start]
        said = _TOTAL_BEFORE.search(before)
        match = said or _TOTAL_FIRST.match(before)
        if total.unit not in ADDABLE or match is None:
            continue
        parts = _listed_parts(sentence, total, match.start())
        if len(parts) < 2 or total.start in taken:
            continue
        parts = summands(parts)
        computed = sum((one.value for one in parts), Fraction(0))
        agrees = agreement(total, computed)
        low, high = sorted((computed, total.value))
        if agrees is False and high > low * NEAR_ENOUGH:
            continue
        if agrees is False and said is None and not _is_slip(total, parts, computed):
            # what is listed need not be all of it
            continue
        taken.update((total.start, *(one.start for one in parts)))
        yield _sum_finding(sentence.text, total, parts, computed, agrees=agrees)
        return


def _is_slip(total: Number, parts: Sequence[Number], computed: Fraction) -> bool:
    """Tell whether three parts or more come so near to a total that they must be all of it."""
    return len(parts) > 2 and abs(computed - total.value) <= max(Fraction(1), total.value * SLIP)


def _listed_parts(sentence: Sentence, total: Number, at: int) -> list[Number]:
    """Return the numbers of the list beside a total; none when other numbers are mixed in."""
    same = [one for one in sentence.numbers if one.unit is total.unit and one is not total]
    after = [one for one in same if one.start > total.end]
    before = [one for one in same if one.end <= at]
    text = sentence.text
    if after and not before:
        opens = bool(_LIST_OPENS.search(text[total.end : after[0].start]))
        return after if opens and _is_list(text, after) else []
    if before and not after and _OWN_CLAUSE.search(text[:at]) and at - before[-1].end <= 60:
        if len(before) > 2 and before[0].value == len(before) - 1:
            # "in de vier steden: 41, 22, 17 en 9" counts what is listed
            before = before[1:]
        return before if _is_list(text, before) else []
    return []


def _is_list(text: str, parts: Sequence[Number]) -> bool:
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    return all(_LIST_GOES_ON.match(gap) and not PARTLY.search(gap) for gap in gaps)


def _sum_finding(
    text: str, total: Number, parts: Sequence[Number], computed: Fraction, *, agrees: bool | None
) -> Finding:
    numbers = " + ".join(plain(one.value) for one in parts)
    cause = "Waarschijnlijk een telfout. " if agrees is False else ""
    if agrees is None:
        cause = "Niet te controleren: een grensgeval. "
    return Finding(
        text=text,
        claim=f"totaal {total.text}",
        kind=FindingKind.TOTAL,
        stated=stated(total),
        computed=plain(computed, total.unit),
        agrees=agrees,
        explanation=f"{cause}Opgeteld uit de zin zelf: {numbers} = {plain(computed)}.",
    )


def _parts(sentence: Sentence, taken: set[int]) -> Iterator[Finding]:
    """Yield the parts of a whole: "elf, waarvan zes … en vijf …" when they are all of it."""
    match = PARTLY.search(sentence.text)
    if match is None:
        return
    levels = [one for one in sentence.numbers if one.unit in ADDABLE]
    before = [one for one in levels if one.end <= match.start()]
    if not before:
        return
    whole = before[-1]
    parts = [one for one in levels if one.start > match.end() and one.unit is whole.unit]
    if whole.unit is not NumberUnit.COUNT or not parts or match.start() - whole.end > 60:
        return
    computed = sum((one.value for one in parts), Fraction(0))
    if parts[0].value > whole.value and not parts[0].start - match.end() > 25:
        yield Finding(
            text=sentence.text,
            claim=f"{whole.text}, waarvan {parts[0].text}",
            kind=FindingKind.PART,
            stated=stated(parts[0]),
            computed=f"hoogstens {plain(whole.value)}",
            agrees=False,
            explanation="Een deel kan niet groter zijn dan het geheel. Is het een typefout?",
        )
    elif len(parts) > 1 and computed == whole.value and _is_list(sentence.text, parts):
        taken.add(whole.start)
        yield _sum_finding(sentence.text, whole, parts, computed, agrees=True)
    elif len(parts) > 1 and _is_list(sentence.text, parts):
        yield _unlike_whole(sentence, whole, parts, computed)


def _unlike_whole(
    sentence: Sentence, whole: Number, parts: Sequence[Number], computed: Fraction
) -> Finding:
    """Return what to make of parts that are more or less than their whole.

    Parts may overlap, and need not be all: only a list of three or more that is hardly more than
    its total is a slip for sure.
    """
    over = computed - whole.value
    is_said = bool(_SAID_TOTAL.search(sentence.text[: whole.start]))
    is_slip = is_said and over > 0 and _is_slip(whole, parts, computed)
    found = _sum_finding(sentence.text, whole, parts, computed, agrees=not is_slip)
    if is_slip:
        return found
    which = f"{plain(abs(over))} {'meer' if over > 0 else 'minder'} dan het geheel"
    why = f"Niet te controleren: samen {which}. Ontbreekt een deel, of is er een dubbel geteld?"
    return replace(found, agrees=None, explanation=f"{why} {found.explanation}")
