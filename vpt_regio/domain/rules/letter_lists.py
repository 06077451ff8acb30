"""Counts of lists: "de volgende vijf regio's: …", and of what a sentence lists itself."""

import re
from collections.abc import Iterator, Sequence

from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_judgement import stated
from vpt_regio.domain.rules.letter_numbers import Nearness, Number, NumberUnit
from vpt_regio.domain.rules.letter_sentence import Sentence

MOST_ITEMS = 40
FEW_WORDS = 5
SHORT_ITEM = 6
_OF_ALL = re.compile(r"\b(?:van|uit) (?:de|alle) $", re.IGNORECASE)
_OPENS = re.compile(r"(?:, |\b)(?:namelijk|te weten|zijnde)\b:? |: ", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:die|dat|waar|waarvan|waaronder|zodat|met|in|om|wat|en daarmee|en dat|maar|als|bij|ter|"
    r"onder|door|op|voor)\b",
    re.IGNORECASE,
)


def list_findings(sentence: Sentence, items: Sequence[str], taken: set[int]) -> Iterator[Finding]:
    """Yield whether a list has as many items as the sentence before it says."""
    text = sentence.text.rstrip()
    if text.endswith(":") and items:
        yield from _following(sentence, len(text) - 1, items, taken)
    elif not text.endswith(":"):
        match = _OPENS.search(text)
        if match is not None:
            yield from _inline(sentence, match.start(), text[match.end() :], taken)


def _counting(sentence: Sentence, at: int) -> Number | None:
    """Return the number that tells how many there are: the last whole one before a place."""
    found = [
        one
        for one in sentence.numbers
        if one.end <= at
        and one.unit is NumberUnit.COUNT
        and one.nearness is Nearness.EXACT
        and 2 <= one.value <= MOST_ITEMS
        and one.value.denominator == 1
        and re.match(r" [^\W\d_]", sentence.text[one.end : one.end + 2])
    ]
    if len(found) > 1 and _OF_ALL.search(sentence.text[: found[-1].start]):
        # "twee van de vijf, namelijk A en B" lists the two
        return found[-2]
    return found[-1] if found else None


def _following(
    sentence: Sentence, at: int, items: Sequence[str], taken: set[int]
) -> Iterator[Finding]:
    number = _counting(sentence, at)
    if number is None or number.start in taken:
        return
    is_near = len(sentence.text[number.end : at].split()) <= FEW_WORDS
    is_named = bool(re.search(r"\bvolgende $", sentence.text[: number.start]))
    if number.value == len(items):
        taken.add(number.start)
        yield _finding(sentence.text, number, len(items), agrees=True)
    elif (is_near or is_named) and len(items) > 1:
        taken.add(number.start)
        yield _finding(sentence.text, number, len(items), agrees=False)


def _inline(sentence: Sentence, at: int, listed: str, taken: set[int]) -> Iterator[Finding]:
    number = _counting(sentence, at)
    if number is None or number.start in taken:
        return
    is_near = len(sentence.text[number.end : at].split()) <= FEW_WORDS
    low, high, are_short = _counted(listed)
    if low < 2 or any(one.start > at for one in sentence.numbers):
        return
    if low == number.value:
        taken.add(number.start)
        yield _finding(sentence.text, number, low, agrees=True)
    elif is_near and are_short and not low <= number.value <= high:
        taken.add(number.start)
        yield _finding(sentence.text, number, low, agrees=False)


def _counted(listed: str) -> tuple[int, int, bool]:
    """Return how many items a listing has at least and at most, and whether all are short.

    An "en" within an item cannot be told from one between two items.
    """
    plain_text = re.sub(r"\([^)]*\)|[«»“”\"‘’.]", "", listed).strip()
    mark = ";" if ";" in plain_text else ","
    segments = [one.strip() for one in plain_text.split(mark) if one.strip()]
    while len(segments) > 1 and _ASIDE.match(segments[-1]):
        segments.pop()
    if not segments:
        return 0, 0, False
    joined = sum(len(re.findall(r" (?:en|of|alsmede) ", one)) for one in segments)
    last = re.sub(r"^(?:en|of|alsmede) ", "", segments[-1])
    has_end = last == segments[-1] and bool(re.search(r" (?:en|of|alsmede) ", last))
    low = len(segments) + has_end
    are_short = all(len(one.split()) <= SHORT_ITEM for one in segments) and has_end
    return low, len(segments) + joined, are_short


def _finding(text: str, number: Number, count: int, *, agrees: bool) -> Finding:
    cause = "" if agrees else "Waarschijnlijk een telfout. "
    return Finding(
        text=text,
        claim=number.text,
        kind=FindingKind.LIST,
        stated=stated(number),
        computed=str(count),
        agrees=agrees,
        explanation=f"{cause}Geteld: de opsomming heeft {count} onderdelen.",
    )
