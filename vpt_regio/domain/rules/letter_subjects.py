"""Which known series of numbers a sentence speaks of, and which two of them it compares."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from vpt_regio.domain.rules.letter_sentence import Sentence
from vpt_regio.domain.rules.letter_tables import Point, Series
from vpt_regio.domain.rules.letter_words import is_alike, stems, words

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NARROW = re.compile(
    r"\b(?:van|bij|door|onder|in|voor|met|binnen|op|tegen|naar|aan|uit|naast|volgens|de|het|een|deze|"
    r"dit|alle|onze|hun)\s+(?=(?P<what>[^\W\d_][\w'’-]+)(?P<next>\s+[^\W\d_][\w'’-]+)?)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"toename|afname|stijging|daling|groei|krimp|vermindering|verhoging|verlaging|reductie|"
    r"terugloop|teruggang|uitbreiding",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(?:tussen|van|periode|jaren|sinds|vanaf)\s*(?:de )?(?:periode )?$", re.I)
_SPAN_TO = re.compile(r"^\s*(?:en|tot|naar|op|tot en met|t/m|[-–])\s*$", re.I)
_BETWEEN = re.compile(r"\b(?:tussen|periode|jaren)\s*(?:de )?(?:periode )?$", re.I)


LONG_ENOUGH = 5


@dataclass(frozen=True)
class Mention:
    """A series with the place where a sentence names it."""

    series: Series
    at: int
    end: int


@dataclass
class Story:
    """What a paragraph spoke of so far: its subject, what it compares with, the words it used.

    `before` is the sentence before.
    `often` are words that the whole letter uses, `names` those of the heading that are names, and
    `elsewhere` the origins of the tables that stand under another heading.
    """

    subject: Series | None = None
    before: Sentence | None = None
    is_subject_narrowed: bool = False
    compared: tuple[str | int, ...] = ()
    current: str | None = None
    vocabulary: set[str] = field(default_factory=set)
    often: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def mentions_in(text: str, known: Sequence[Series]) -> list[Mention]:
    """Return the series that a text names, best match for each place, in their order.

    Of the tables that know a subject the one that is believed first counts.
    """
    spoken = [(match.start(), match.end(), stems(match.group())) for match in _WORD.finditer(text)]
    said = [one for one in spoken if one[2]]
    found = [one for series in known for one in _mentions(said, series)]
    found.sort(key=lambda one: (one.at, one.series.rank, -len(stems(one.series.label))))
    kept: list[Mention] = []
    for mention in found:
        same = [one for one in kept if one.at < mention.end and mention.at < one.end]
        if not same:
            kept.append(mention)
        elif (
            len(same) == 1
            and same[0].series.rank == mention.series.rank
            and (mention.end - mention.at) > (same[0].end - same[0].at)
        ):
            kept[kept.index(same[0])] = mention
    return kept


def is_ambiguous(mention: Mention, known: Sequence[Series]) -> bool:
    """Tell whether another series of the same rank is called alike and says something else."""
    wanted = stems(mention.series.label)
    return any(
        other.points != mention.series.points
        and other.rank == mention.series.rank
        and stems(other.label) == wanted
        for other in known
    )


def _mentions(
    placed: Sequence[tuple[int, int, tuple[str, ...]]], series: Series
) -> Iterable[Mention]:
    """Yield where the words of a text, with their places, are the label of a series."""
    label = stems(series.label)
    if not label:
        return
    first = label[0]
    for place, (start, end, found) in enumerate(placed):
        if not _is_first(first, series.label, found[0]):
            continue
        stop = end
        rest = label[1:]
        for _, other_end, other in placed[place + 1 : place + 1 + 3 * len(rest)]:
            if rest and is_alike(rest[0], other[0]):
                rest = rest[1:]
                stop = other_end
        if not rest or is_alike("".join(label), found[0]):
            yield Mention(series, start, stop)


def _is_first(stem: str, label: str, spoken: str) -> bool:
    """Tell whether a spoken word is the first of a label, also when the label is cut in two."""
    if is_alike(stem, spoken):
        return True
    joined = _joined(label)
    return len(joined) > 10 and is_alike(joined, spoken)


@lru_cache(maxsize=5_000)
def _joined(label: str) -> str:
    return "".join(re.findall(r"[^\W\d_]+", re.sub(r"(?i)\baantal\b", "", label))).lower()


def is_narrowed(sentence: Sentence, mention: Mention, until: int, story: Story) -> bool:
    """Tell whether the sentence speaks of a part of a series: of one region, of one group.

    Words of the table itself and words that the paragraph used before do not narrow it down.
    """
    series = mention.series
    named = {*story.vocabulary, *stems(series.context), *stems(series.label)}
    if series.origin in story.elsewhere and not story.names <= set(stems(series.context)):
        return True
    known = named | story.often
    text = sentence.text
    for start, end in sentence.comparisons:
        text = text[:start] + "#" * (end - start) + text[end:]
    before, after = text[: mention.at], text[mention.end : max(until, mention.end)]
    after = re.split(r"[;(]", after)[0]
    for part in (before, after):
        for match in _NARROW.finditer(part):
            following = (match["next"] or "").strip()
            if _is_named(match["what"], known) or _CHANGE.fullmatch(following):
                continue
            return True
    return any(
        not _is_known(match.group(), named)
        for part in (before, after)
        for match in re.finditer(r"(?<=[a-z,] )[A-Z][\w'’-]+", part)
    )


def _is_known(word: str, known: Iterable[str]) -> bool:
    return not words(word) or any(is_alike(stems(word)[0], one) for one in known)


def _is_named(word: str, known: Iterable[str]) -> bool:
    """Tell whether a word is one that was used, or ends in one: politiemensen are not politie."""
    if not words(word):
        return True
    stem = stems(word)[0]
    return any(
        stem == one or (len(min(stem, one, key=len)) >= LONG_ENOUGH and _ends_alike(stem, one))
        for one in known
    )


def _ends_alike(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def is_about_something_else(sentence: Sentence, story: Story) -> bool:
    """Tell whether a sentence that names no series has a subject of its own all the same."""
    text = sentence.text
    for start, end in reversed(sentence.comparisons):
        text = text[:start] + text[end:]
    known = story.vocabulary | story.often
    return any(not _is_known(word, known) for word in words(text))


def compared_with(sentence: Sentence) -> tuple[str | int, ...]:
    """Return what the sentence compares with: the keys of periods, or how many periods back."""
    found: list[tuple[int, str | int]] = []
    for start, end in sentence.comparisons:
        found += [(p.start, p.key) for p in sentence.periods if start <= p.start < end]
    found += [(at, steps) for at, _, steps in sentence.relative]
    return tuple(what for _, what in sorted(set(found)))


def current_period(sentence: Sentence) -> str | None:
    """Return the one period that the sentence is about itself."""
    spans = sentence.comparisons
    own = {p.key for p in sentence.periods if not any(a <= p.start < b for a, b in spans)}
    return own.pop() if len(own) == 1 else None


def spans_of(sentence: Sentence, series: Series) -> list[tuple[Point, Point]]:
    """Return both ends of each time from one period to another that the sentence speaks of."""
    periods = sentence.periods
    found = []
    for one, other in pairwise(periods):
        between = sentence.text[one.end : other.start]
        if between.strip() == "en" and not _is_between(sentence, one.start):
            # "ten opzichte van A en B" compares twice
            continue
        if _SPAN_TO.match(between) and _SPAN.search(sentence.text[: one.start]):
            ends = series.at(one.key), series.at(other.key)
            if ends[0] and ends[1] and ends[0].order < ends[1].order:
                found.append((ends[0], ends[1]))
    for period in periods if not found else []:
        if period.first < period.last and series.at(period.key) is None:
            first, last = series.at(str(period.first)), series.at(str(period.last))
            if first and last:
                found.append((first, last))
    return found


def _is_between(sentence: Sentence, at: int) -> bool:
    is_compared = any(start <= at < end for start, end in sentence.comparisons)
    return bool(_BETWEEN.search(sentence.text[:at])) and not is_compared


def point_of(what: str | int, new: Point, series: Series) -> Point | None:
    """Return the number that is compared with: of a period, or so many periods before another."""
    found = series.at(what) if isinstance(what, str) else series.before(new, what)
    return None if found == new else found
