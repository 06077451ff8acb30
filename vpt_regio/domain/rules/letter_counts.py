"""What a sentence counts: shares, sums of listed parts, and how many items a list has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from vpt_regio.domain.rules.letter_agreement import agreement, is_cut_off, plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_lists import list_findings
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_rates import rate_findings
from vpt_regio.domain.rules.letter_sentence import Sentence

ADDABLE = (NumberUnit.COUNT, NumberUnit.EURO)
_THAT_IS = re.compile(
    r"(?:\(|\b(?:dat is|dat zijn|oftewel|ofwel|dus|is|te weten)(?: dus)?) ?$", re.IGNORECASE
)
_OF = re.compile(
    r"^(?: [\w’'-]+){0,2} (?:van|uit|op) (?:de|het|alle|deze|die|in totaal|een totaal van)"
    r"(?: in totaal| totaal)? $",
    re.IGNORECASE,
)
_BRACKET_OPENS = re.compile(r"^[^.;:,()]{0,60}\($")
_BRACKET_CLOSES = re.compile(r"^(?: [\w’'-]+){0,2}\)")
_OF_BEFORE = re.compile(
    r"\b(?:van|uit|onder) (?:de|het|alle|deze|die)(?: in totaal| totaal)? ?$", re.IGNORECASE
)
_PARTLY = re.compile(r"\b(?:waarvan|van wie|waarbij|daarvan|hiervan)\b", re.IGNORECASE)
_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:in totaal|samen|tezamen|opgeteld|bij elkaar|totaal van|totaal|gezamenlijk))"
    r"(?: (?:zijn er|zijn dat|dus|is dat|gaat het om|zijn het|om|was dat|waren dat))?\s*$",
    re.IGNORECASE,
)
_TOTAL_FIRST = re.compile(
    r"^(?:in totaal|samen|gezamenlijk|het totale?)\b[^.,;:()0-9]{0,60} $", re.IGNORECASE
)
_OWN_CLAUSE = re.compile(r"(?:^|[,;:(–—]|\b(?:dat is|dat zijn|zijn|is)) *$", re.IGNORECASE)
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
    yield from _shares(sentence, taken)
    yield from rate_findings(sentence, taken)
    yield from _sums(sentence, taken)
    yield from _parts(sentence, taken)
    yield from list_findings(sentence, items, taken)


def _shares(sentence: Sentence, taken: set[int]) -> Iterator[Finding]:
    for number in sentence.claims:
        if number.unit is not NumberUnit.PERCENT or number.sign:
            continue
        found = _part_and_whole(sentence, number)
        if found is None or found[1].value == 0:
            continue
        part, whole = found
        taken.add(number.start)
        computed = part.value / whole.value * 100
        agrees = agreement(number, computed)
        cause = ""
        if agrees is False:
            cause = "Waarschijnlijk een rekenfout. "
            if is_cut_off(number, computed):
                cause = "Waarschijnlijk afgekapt in plaats van afgerond. "
        elif agrees is None:
            cause = "Niet te controleren: een grensgeval. "
        numbers = f"{plain(part.value, part.unit)} van {plain(whole.value, whole.unit)}"
        yield Finding(
            text=sentence.text,
            claim=f"{number.text}: {numbers}",
            kind=FindingKind.SHARE,
            stated=stated(number),
            computed=shown(computed, step=number.step, unit=number.unit),
            agrees=agrees,
            explanation=f"{cause}Berekend uit de zin zelf: {numbers}.",
        )


def _part_and_whole(sentence: Sentence, claim: Number) -> tuple[Number, Number] | None:
    """Return the part and the whole that a percentage stands beside, or None."""
    sides = {one.start for pair in sentence.pairs for one in (pair.old, pair.new)}
    levels = [one for one in sentence.numbers if one.unit in ADDABLE and one.start not in sides]
    beside = _in_brackets(sentence, claim, levels)
    if beside is not None:
        return beside
    if re.match(r"^ (?:van|uit) ", sentence.text[claim.end :]):
        return _whole_first(sentence, claim, levels)
    if not _THAT_IS.search(sentence.text[: claim.start]):
        return None
    if "(" in sentence.text[claim.start - 2 : claim.start] and not re.match(
        r"^ ?[);,]", sentence.text[claim.end :]
    ):
        return None
    before = [one for one in levels if one.end <= claim.start]
    if not before:
        return None
    return _beside(sentence, before)


def _in_brackets(
    sentence: Sentence, claim: Number, levels: Sequence[Number]
) -> tuple[Number, Number] | None:
    """Read "in ruim de helft van de gevallen (45 van de 85)"."""
    later = [one for one in sentence.numbers if one.start >= claim.end][:2]
    if len(later) != 2 or any(one not in levels for one in later):
        return None
    part, whole = later
    text = sentence.text
    is_next = bool(_BRACKET_OPENS.match(text[claim.end : part.start]))
    is_closed = bool(_BRACKET_CLOSES.match(text[whole.end :]))
    is_share = bool(_OF.match(text[part.end : whole.start]))
    return (part, whole) if is_next and is_closed and is_share else None


def _whole_first(
    sentence: Sentence, claim: Number, levels: Sequence[Number]
) -> tuple[Number, Number] | None:
    """Read "54% van de 11 aanvragen (6)"."""
    later = [one for one in levels if one.start >= claim.end]
    if len(later) != 2 or later[0].unit is not later[1].unit:
        return None
    whole, part = later
    if not _OF.match(sentence.text[claim.end : whole.start]):
        return None
    opens = sentence.text[whole.end : part.start]
    return (part, whole) if re.search(r"\((?:dat zijn er |ofwel )?$", opens) else None


def _beside(sentence: Sentence, before: Sequence[Number]) -> tuple[Number, Number] | None:
    last = before[-1]
    same = [one for one in before if one.unit is last.unit]
    if len(same) < 2:
        return None
    if _OF.match(sentence.text[same[-2].end : last.start]):
        return same[-2], last
    for whole in reversed(same[:-1]):
        if _OF_BEFORE.search(sentence.text[: whole.start]):
            return last, whole
        if _PARTLY.search(sentence.text[whole.end : same[same.index(whole) + 1].start]):
            return last, whole
    return None


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
        return before if _is_list(text, before) else []
    return []


def _is_list(text: str, parts: Sequence[Number]) -> bool:
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    return all(_LIST_GOES_ON.match(gap) and not _PARTLY.search(gap) for gap in gaps)


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
    match = _PARTLY.search(sentence.text)
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
