"""Which rows, columns and periods of a table a sentence names, and how near to a number."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vpt_regio.domain.rules.letter_facts import Facts
from vpt_regio.domain.rules.letter_masks import Period
from vpt_regio.domain.rules.letter_numbers import Number
from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_words import is_alike, stems

SHORTEST = 4
ENOUGH = 0.6
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_TOTAL = re.compile(
    r"\b(?:in totaal|totaal|totale|samen|tezamen|gezamenlijk|gezamenlijke|alle|overall)\b",
    re.IGNORECASE,
)
_ORDER = {
    word: place
    for place, word in enumerate(
        ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste"), 1
    )
}
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?P<figure>[0-9]{{1,2}})(?:e|ste|de)|(?P<word>{'|'.join(_ORDER)}))(?!\w)",
    re.IGNORECASE,
)
_REST = frozenset(stems("overig overige anders andere onbekend"))


@dataclass(frozen=True)
class Named:
    """A row or a column with the place where a sentence names it, and whether by its full name."""

    name: str
    at: int
    end: int
    is_full: bool


@dataclass(frozen=True)
class Spoken:
    """What a sentence names of a table."""

    rows: tuple[Named, ...]
    measures: tuple[Named, ...]
    says_total: bool

    def nearest(self, number: Number) -> list[str]:
        """Return the rows that are named, those before the number first, the nearest on top."""
        before = [one for one in self.rows if one.at < number.start]
        after = [one for one in self.rows if one.at >= number.start]
        before.sort(key=lambda one: -one.at)
        return [one.name for one in [*before, *sorted(after, key=lambda one: one.at)]]


def spoken_of(sentence: Sentence, facts: Facts) -> Spoken:
    """Return what a sentence names of a table."""
    placed = [
        (match.start(), match.end(), stem)
        for match in _WORD.finditer(sentence.text)
        for stem in stems(match.group()) or (_bare(match.group()),)
    ]
    return Spoken(
        tuple(_named(facts.rows, placed, sentence.text)),
        tuple(_named(facts.measures, placed, sentence.text)),
        bool(_TOTAL.search(sentence.text)),
    )


def _named(
    names: Sequence[str], placed: Sequence[tuple[int, int, str]], text: str
) -> Iterable[Named]:
    """Yield the names of which most words are spoken; what many names share says least."""
    order = ordinals_in(text)
    labels = {name: _label_of(name) for name in names if name and _may_be(name, order)}
    counts = Counter(stem for label in labels.values() for stem in set(label))
    for name, label in labels.items():
        weights = {stem: 1 / counts[stem] for stem in label}
        hits = {
            stem: next((one for one in placed if is_form(stem, one[2])), None) for stem in label
        }
        spoken = [one for one in hits.values() if one is not None]
        weight = sum(weights[stem] for stem, one in hits.items() if one is not None)
        if spoken and weight >= ENOUGH * sum(weights.values()):
            at, end = min(one[0] for one in spoken), max(one[1] for one in spoken)
            yield Named(name, at, end, len(spoken) == len(label))


def ordinals_in(text: str) -> frozenset[int]:
    """Return which ones of a row a text names: the third quarter, de 2e tranche."""
    found = _ORDINAL.finditer(text)
    return frozenset(int(one["figure"] or _ORDER[(one["word"] or "").lower()]) for one in found)


def _may_be(name: str, spoken: frozenset[int]) -> bool:
    """Tell whether a name can be meant where certain ones are named, or none."""
    own = ordinals_in(name)
    return not own or not spoken or bool(own & spoken)


def _label_of(name: str) -> tuple[str, ...]:
    """Return the words of a name that say something; of "Groot" the word itself."""
    label = tuple(stem for stem in stems(name) if stem not in _REST)
    return label or tuple(_bare(word) for word in name.lower().split() if len(word) >= SHORTEST)


def _bare(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", re.sub(r"e$", "", word.lower()))


def is_form(stem: str, spoken: str) -> bool:
    """Tell whether a word is a form of that of a label: jeugd, jeugdleden; sloop, gesloopt."""
    if is_alike(stem, spoken):
        return True
    if len(stem) >= SHORTEST and (spoken.startswith((stem, f"ge{stem}"))):
        return True
    return len(spoken) > SHORTEST and stem.startswith(spoken)


def period_of(sentence: Sentence, number: Number) -> Period | None:
    """Return the period that stands nearest to a number, before it or right behind it."""
    own = sentence.periods
    others = [one for one in sentence.numbers if one.start != number.start]
    after = [
        one
        for one in own
        if one.start >= number.end
        and one.start - number.end <= 30
        and not re.search(r"[,;:(]", sentence.text[number.end : one.start])
    ]
    before = [
        one
        for one in own
        if one.end <= number.start
        and not any(one.end <= other.start < number.start for other in others)
    ]
    if after and not any(number.end <= other.start < after[0].start for other in others):
        return after[0]
    return before[-1] if before else None
