"""Shares of which the sentence itself names the part and the whole: 14 van de 27, dat is 52%."""

import re
from collections.abc import Iterator, Sequence

from vpt_regio.domain.rules.letter_agreement import agreement, is_cut_off, plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence

ADDABLE = (NumberUnit.COUNT, NumberUnit.EURO)
_THAT_IS = re.compile(
    r"(?:\(|\b(?:dat is|dat zijn|oftewel|ofwel|dus|is|te weten)(?: dus)?) ?$", re.IGNORECASE
)
# what begins the part of a sentence that says the same once more, as a share
_SAYS_AGAIN = re.compile(
    r"^(?:en )?(?:(?:dat|dit|hetgeen|wat|waarmee|zodat|zijnde|neerkomend|overeenkomend)\b"
    r"(?: [\w’'-]+){0,5}|oftewel|ofwel|dus|derhalve|ongeveer|goed voor|"
    r"een (?:[\w-]+ )?[\w-]+ van)(?: (?:met|op|tegen|om|van|er|dus|is|een))* ?$",
    re.IGNORECASE,
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
PARTLY = re.compile(r"\b(?:waarvan|van wie|waarbij|daarvan|hiervan)\b", re.IGNORECASE)
_WHOLE_AFTER = re.compile(r"^ van (?:de|het|alle)(?: [^\W\d_][\w’'-]*){0,4} van $", re.IGNORECASE)
_IS_THEN = re.compile(r"^ (?:is|was|ligt|lag)\b", re.IGNORECASE)
_NEXT_ONE = re.compile(r"^(?:,| en|, en) $")
_BREAK = re.compile(r"[,;:–—] |\(")


def share_findings(sentence: Sentence, taken: set[int]) -> Iterator[Finding]:
    """Yield the shares of a sentence that names both numbers."""
    for number in sentence.claims:
        if number.unit is not NumberUnit.PERCENT or number.sign:
            continue
        found = part_and_whole(sentence, number)
        if found is None or found[1].value == 0:
            continue
        taken.add(number.start)
        yield share_finding(sentence.text, number, *found)


def share_finding(
    text: str, number: Number, part: Number, whole: Number, where: str = "de zin zelf"
) -> Finding:
    """Return the finding on a share of which part and whole are known."""
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
    return Finding(
        text=text,
        claim=number.text,
        kind=FindingKind.SHARE,
        stated=stated(number),
        computed=shown(computed, step=number.step, unit=number.unit),
        agrees=agrees,
        explanation=f"{cause}Berekend uit {where}: {numbers}.",
    )


def is_way_said(sentence: Sentence, claim: Number) -> bool:
    """Tell whether the part of the sentence with a claim says that something rose or fell."""
    start, end = clause_of(sentence, claim)
    if _IS_THEN.match(sentence.text[claim.end :]):
        # "de respons van 35% is hoger dan vorig jaar" compares what it is
        end = claim.end
    return any(start <= one.at < end for one in sentence.directions)


def clause_of(sentence: Sentence, claim: Number) -> tuple[int, int]:
    """Return from where to where the part of the sentence runs that a number stands in."""
    breaks = list(_BREAK.finditer(sentence.text))
    start = max((one.end() for one in breaks if one.end() <= claim.start), default=0)
    after = (one.start() for one in breaks if one.start() >= claim.end)
    return start, min(after, default=len(sentence.text))


def part_and_whole(sentence: Sentence, claim: Number) -> tuple[Number, Number] | None:
    """Return the part and the whole that a percentage stands beside, or None."""
    sides = {one.start for pair in sentence.pairs for one in (pair.old, pair.new)}
    levels = [one for one in sentence.counted if one.unit in ADDABLE and one.start not in sides]
    run = run_of(sentence, claim)
    if len(run) > 1:
        return _in_turn(run, claim, levels)
    beside = _in_brackets(sentence, claim, levels) or _whole_behind(sentence, claim, levels)
    if beside is not None:
        return beside
    before = [one for one in levels if one.end <= claim.start]
    if before and says_again(sentence, claim):
        return told_share(sentence, before)
    if re.match(r"^ (?:van|uit) ", sentence.text[claim.end :]):
        return _whole_first(sentence, claim, levels)
    return told_share(sentence, before) if _is_beside(sentence, claim) else None


def _is_beside(sentence: Sentence, claim: Number) -> bool:
    """Tell whether a share stands right behind its numbers: "(75%)", "dat is 75%"."""
    head = sentence.text[: claim.start]
    closes = re.match(r"^ ?[);,]", sentence.text[claim.end :])
    return bool(_THAT_IS.search(head)) and ("(" not in head[-2:] or bool(closes))


def run_of(sentence: Sentence, claim: Number) -> list[Number]:
    """Return the percentages that stand in one list with a claim: "75%, 15% en 10%"."""
    runs: list[list[Number]] = []
    for one in sentence.claims:
        gap = sentence.text[runs[-1][-1].end : one.start] if runs else ""
        if runs and _NEXT_ONE.match(gap):
            runs[-1].append(one)
        else:
            runs.append([one])
    return next(run for run in runs if claim in run)


def _in_turn(
    run: Sequence[Number], claim: Number, levels: Sequence[Number]
) -> tuple[Number, Number] | None:
    """Read "van de 40 zijn er 30 klaar en 10 niet, oftewel 75% en 25%": each has its own part."""
    before = [one for one in levels if one.end <= run[0].start]
    if len(before) != len(run) + 1 or len({one.unit for one in before}) > 1:
        return None
    whole, *parts = before
    is_all = whole.value == sum(one.value for one in parts)
    return (parts[run.index(claim)], whole) if is_all else None


def says_again(sentence: Sentence, claim: Number) -> bool:
    """Tell whether a percentage says once more what stands before it: hetgeen neerkomt op 52%."""
    start, _ = clause_of(sentence, claim)
    head = sentence.text[start : claim.start]
    is_said = start > 0 and (not head or bool(_SAYS_AGAIN.match(head)))
    return is_said and not is_way_said(sentence, claim)


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


def _whole_behind(
    sentence: Sentence, claim: Number, levels: Sequence[Number]
) -> tuple[Number, Number] | None:
    """Read "€ 2 miljoen is over, dat is 10% van het budget van € 20 miljoen"."""
    before = [one for one in levels if one.end <= claim.start]
    later = [one for one in levels if one.start >= claim.end]
    if not before or not later or before[-1].unit is not later[0].unit:
        return None
    between = sentence.text[claim.end : later[0].start]
    if not _WHOLE_AFTER.match(between) or not says_again(sentence, claim):
        return None
    return before[-1], later[0]


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


def told_share(sentence: Sentence, before: Sequence[Number]) -> tuple[Number, Number] | None:
    """Return the last two numbers that the words call a part and its whole, or None."""
    if len(before) < 2:
        return None
    last = before[-1]
    same = [one for one in before if one.unit is last.unit]
    if len(same) < 2:
        return None
    if _OF.match(sentence.text[same[-2].end : last.start]):
        return same[-2], last
    for whole in reversed(same[:-1]):
        if _OF_BEFORE.search(sentence.text[: whole.start]):
            return last, whole
        if PARTLY.search(sentence.text[whole.end : same[same.index(whole) + 1].start]):
            return last, whole
    return None
