"""Counts and amounts that follow from numbers nearby: a rest, a sum, an average, a product."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vpt_regio.domain.rules.letter_agreement import agreement, plain, shown
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_near_shares import (
    BEFORE,
    BOTH,
    HEARSAY,
    HERE,
    amounts,
    counted_by,
)
from vpt_regio.domain.rules.letter_numbers import Number, NumberUnit, summands
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_shares import clause_of, told_share
from vpt_regio.domain.rules.letter_slips import slip_of
from vpt_regio.domain.rules.letter_words import is_alike, stems

_REST = re.compile(
    r"\b(?:de|het) (?:overige|resterende|andere|overgebleven)(?: bedrag van)? $", re.IGNORECASE
)
_TOGETHER = re.compile(
    r"\b(?:in totaal|samen|tezamen|opgeteld|bij elkaar|totaal van|gezamenlijk)"
    r"(?: (?:om|goed voor|een bedrag van|is dat|zijn dat|dus))? $",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\b(?:met|voor|met elkaar) (?:deze|die)\b|\b(?:hiermee|daarmee)\b", re.I)
_AVERAGE = re.compile(r"\bgemiddelde?\b", re.IGNORECASE)
_PER_NEXT = re.compile(r"^ per [^\W\d_]", re.IGNORECASE)
_PER = re.compile(r"\bper (?P<what>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*)?)", re.IGNORECASE)
_WITH = re.compile(
    r"\b(?:met|(?:toename|afname|stijging|daling|groei|verschil|winst|verlies) van) $",
    re.IGNORECASE,
)
_MORE = re.compile(r"^(?: [\w’'-]+){0,2} (?:meer|minder|hoger|lager|extra)\b", re.IGNORECASE)
MOST_TRIED = 6
FAR = 45
SLIP = Fraction(1, 10)
SMALL_SLIP = Fraction(1, 20)


@dataclass(frozen=True)
class Sum:
    """What was computed, how it reads, and whether nothing else can be meant."""

    value: Fraction
    reads: str
    where: str
    is_certain: bool = False


def near_counts(
    sentence: Sentence, earlier: Sequence[Sentence], taken: set[int]
) -> Iterator[Finding]:
    """Yield the counts and amounts that follow from others; `taken` are places told already."""
    for number in amounts(sentence):
        start, end = clause_of(sentence, number)
        if number.start in taken or HEARSAY.search(sentence.text[start:end]):
            continue
        kind, tried = _tried(sentence, earlier, number)
        found = _judged(sentence, number, kind, list(tried)[:MOST_TRIED])
        if found is not None:
            taken.add(number.start)
            yield found


def _judged(
    sentence: Sentence, number: Number, kind: FindingKind, tried: Sequence[Sum]
) -> Finding | None:
    agreeing = next((one for one in tried if agreement(number, one.value) is True), None)
    if agreeing is not None:
        return _finding(sentence, number, kind, agreeing, cause="")
    for one in tried:
        slip = slip_of(number, one.value)
        if one.is_certain and (slip or agreement(number, one.value) is False):
            cause = slip or "Waarschijnlijk een rekenfout."
            return _finding(sentence, number, kind, one, cause=f"{cause} ")
    return None


def _finding(
    sentence: Sentence, number: Number, kind: FindingKind, found: Sum, *, cause: str
) -> Finding:
    return Finding(
        text=sentence.text,
        claim=number.text,
        kind=kind,
        stated=stated(number),
        computed=shown(found.value, step=min(number.step, Fraction(1)), unit=number.unit),
        agrees=not cause,
        explanation=f"{cause}Berekend uit {found.where}: {found.reads}.",
    )


def _tried(
    sentence: Sentence, earlier: Sequence[Sentence], number: Number
) -> tuple[FindingKind, Iterator[Sum]]:
    """Return what the words around a number say that it is, and what it may follow from."""
    before = sentence.text[: number.start]
    if _REST.search(before):
        return FindingKind.PART, _rests(sentence, earlier, number)
    if _TOGETHER.search(before):
        return FindingKind.TOTAL, _totals(sentence, earlier, number)
    if _is_rate(sentence, number):
        return FindingKind.SHARE, _averages(sentence, earlier, number)
    if _MORE.match(sentence.text[number.end :]) or _WITH.search(before):
        return FindingKind.DIFFERENCE, _differences(sentence, earlier, number)
    return FindingKind.TOTAL, _products(sentence, earlier, number)


def _others(sentence: Sentence, number: Number, *, unit: NumberUnit | None = None) -> list[Number]:
    return [
        one
        for one in amounts(sentence)
        if one is not number
        and one != number
        and (unit is None or one.unit is unit)
        and not _MORE.match(sentence.text[one.end :])
    ]


def _rests(sentence: Sentence, earlier: Sequence[Sentence], number: Number) -> Iterator[Sum]:
    """Yield what is left of a whole when its parts are taken off."""
    own = [one for one in _others(sentence, number, unit=number.unit) if one.end <= number.start]
    before = _others(earlier[-1], number, unit=number.unit) if earlier else []
    told = told_share(sentence, own)
    if told:
        yield _rest(told[1], [told[0]], HERE, is_certain=len(own) == 2)
    if len(own) > 1:
        yield _rest(own[0], own[1:], HERE)
    for whole in before if own else []:
        yield _rest(whole, own, BOTH)
    told = told_share(earlier[-1], before) if earlier else None
    if told and not own:
        yield _rest(told[1], [told[0]], BEFORE, is_certain=len(before) == 2)
    if len(before) > 1 and not own:
        yield _rest(before[0], before[1:], BEFORE)


def _rest(whole: Number, parts: Sequence[Number], where: str, *, is_certain: bool = False) -> Sum:
    value = whole.value - sum((one.value for one in parts), Fraction(0))
    reads = " − ".join(plain(one.value) for one in (whole, *parts))
    return Sum(value, f"{reads} = {plain(value)}", where, is_certain)


def _totals(sentence: Sentence, earlier: Sequence[Sentence], number: Number) -> Iterator[Sum]:
    """Yield what the numbers before a total are together."""
    own = [one for one in _others(sentence, number, unit=number.unit) if one.end <= number.start]
    own = summands(own)
    if len(own) > 1:
        found = _total(own, HERE)
        is_slip = len(own) > 2 and abs(found.value - number.value) <= found.value * SMALL_SLIP
        yield replace(found, is_certain=is_slip)
    if own or not earlier:
        return
    before = amounts(earlier[-1])
    if number.unit is NumberUnit.EURO:
        # "€ 40.000 voor vier trainingen; € 15.000 voor twee": the money is added up
        before = [one for one in before if one.unit is NumberUnit.EURO]
    if len(before) < 2 or any(one.unit is not number.unit for one in before):
        return
    found = _total(before, BEFORE)
    is_all = len(before) > 2 and bool(_OF_THESE.search(sentence.text[: number.start]))
    is_near = abs(found.value - number.value) <= found.value * SLIP
    is_plain = not earlier[-1].directions and told_share(earlier[-1], before) is None
    yield Sum(found.value, found.reads, found.where, is_all and is_near and is_plain)


def _total(parts: Sequence[Number], where: str) -> Sum:
    value = sum((one.value for one in parts), Fraction(0))
    reads = " + ".join(plain(one.value) for one in parts)
    return Sum(value, f"{reads} = {plain(value)}", where)


def _averages(sentence: Sentence, earlier: Sequence[Sentence], number: Number) -> Iterator[Sum]:
    """Yield amounts divided by how many there were; the number is that for one."""
    own = _others(sentence, number)
    near = [(one, HERE, sentence) for one in own]
    near += [
        (one, BOTH if place == 0 else "deze alinea", other)
        for place, other in enumerate(reversed(earlier[-2:]))
        for one in _others(other, number)
    ]
    per = _PER.search(sentence.text)
    what = stems(per["what"]) if per else ()
    wholes = [one for one in near if one[0].unit is number.unit and one[0].value > number.value]
    counts = [one for one in near if one[0].unit is NumberUnit.COUNT and one[0].value > 1]
    named = [one for one in counts if _is_called(one[2], one[0], what)]
    for whole, whole_place, _ in wholes[:2]:
        for count, place, _ in (named or counts)[:3]:
            if count is not whole:
                value = whole.value / count.value
                where = HERE if whole_place == place == HERE else BOTH
                reads = f"{plain(whole.value, whole.unit)} gedeeld door {plain(count.value)}"
                is_first = whole_place != HERE or whole.end <= number.start
                is_one = len(named) == 1 or (len(counts) == 1 and whole_place == place == HERE)
                is_certain = is_first and len(wholes) == 1 and is_one
                is_slip = is_certain and bool(slip_of(number, value))
                yield Sum(value, reads, where, is_slip)


def _is_called(sentence: Sentence, number: Number, what: Sequence[str]) -> bool:
    return any(is_alike(a, b) for a in counted_by(sentence, number) for b in what)


def _differences(sentence: Sentence, earlier: Sequence[Sentence], number: Number) -> Iterator[Sum]:
    """Yield how far the numbers of a pair are apart."""
    for where, pairs in (
        (HERE, sentence.pairs),
        (BEFORE, earlier[-1].pairs if earlier else []),
    ):
        for pair in pairs:
            if pair.old.unit is number.unit and number not in (pair.old, pair.new):
                value = abs(pair.new.value - pair.old.value)
                high, low = sorted((pair.new.value, pair.old.value), reverse=True)
                yield Sum(value, f"{plain(high)} − {plain(low)} = {plain(value)}", where)


def _products(sentence: Sentence, earlier: Sequence[Sentence], number: Number) -> Iterator[Sum]:
    """Yield an amount for one times how many there were."""
    if number.unit is not NumberUnit.EURO:
        return
    near = [(one, sentence) for one in _others(sentence, number)]
    near += [(one, earlier[-1]) for one in (_others(earlier[-1], number) if earlier else [])]
    rates = [(n, s) for n, s in near if n.unit is NumberUnit.EURO and _is_rate(s, n)]
    counts = [n for n, _ in near if n.unit is NumberUnit.COUNT]
    if len(rates) != 1 or not counts:
        return
    rate, said = rates[0]
    per = _PER.search(said.text)
    what = stems(per["what"]) if per else ()
    for count in counts[:3]:
        value = rate.value * count.value
        reads = f"{plain(count.value)} × {plain(rate.value, rate.unit)}"
        is_named = len(counts) == 1 or any(_is_called(s, n, what) for n, s in near if n is count)
        yield Sum(
            value, reads, BOTH if earlier else HERE, is_named and bool(slip_of(number, value))
        )


def _is_rate(sentence: Sentence, number: Number) -> bool:
    """Tell whether a number is that for one: "gemiddeld € 62", "€ 200 per deelnemer"."""
    if _PER_NEXT.match(sentence.text[number.end :]):
        return True
    said = [one for one in _AVERAGE.finditer(sentence.text) if one.end() <= number.start]
    if not said or number.start - said[-1].end() > FAR:
        return False
    end = said[-1].end()
    return not any(end <= one.start < number.start for one in sentence.numbers)
