"""Numbers that a paragraph gives itself, sentence by sentence, as series over periods."""

import re
from collections import defaultdict
from collections.abc import Sequence

from vpt_regio.domain.rules.letter_numbers import Number
from vpt_regio.domain.rules.letter_sentence import LEVELS, Sentence
from vpt_regio.domain.rules.letter_subjects import current_period
from vpt_regio.domain.rules.letter_tables import Point, Series
from vpt_regio.domain.rules.letter_words import stems, words

_CHANGE_BEFORE = re.compile(
    r"\b(?:met|gemiddelde?|waarvan|daarvan|hiervan|waaronder|toename van|afname van|stijging van|"
    r"daling van|nog eens)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^(?: [\w’'-]+){0,3} (?:meer|minder|extra|hoger|lager|per|van (?:de|deze|die))\b",
    re.IGNORECASE,
)
ORIGIN = "deze alinea"
RANK = -1


def paragraph_series(read: Sequence[Sentence]) -> list[Series]:
    """Return the subjects of which a paragraph names one number each for two periods or more."""
    found: dict[str, dict[str, tuple[Sentence, Number]]] = defaultdict(dict)
    names: dict[str, str] = {}
    doubtful: set[tuple[str, str]] = set()
    for sentence in read:
        key = current_period(sentence)
        levels = [one for one in sentence.numbers if one.unit in LEVELS]
        if key is None or len(levels) != 1 or not _is_level(sentence, levels[0]):
            continue
        name = _counted(sentence, levels[0])
        if not name:
            continue
        stem = stems(name)[0]
        names[stem] = name
        if key in found[stem]:
            doubtful.add((stem, key))
        found[stem][key] = (sentence, levels[0])
    return [
        _series(names[stem], {k: v for k, v in places.items() if (stem, k) not in doubtful})
        for stem, places in found.items()
        if len(places) > 1
    ]


def _is_level(sentence: Sentence, number: Number) -> bool:
    """Tell whether a number is how many there were: no change, average or part of them."""
    before, after = sentence.text[: number.start], sentence.text[number.end :]
    return not (_CHANGE_BEFORE.search(before) or _CHANGE_AFTER.match(after))


def _counted(sentence: Sentence, number: Number) -> str:
    """Return the word for what a number counts: the first one behind it that says something."""
    after = re.match(r"^(?: [\w’'-]+){1,3}", sentence.text[number.end :])
    found = words(after.group()) if after else []
    return found[0] if found else ""


def _series(name: str, places: dict[str, tuple[Sentence, Number]]) -> Series:
    points = []
    for key, (sentence, number) in places.items():
        period = next(one for one in sentence.periods if one.key == key)
        order = (period.first, period.last, key)
        points.append(Point(key, period.text, number.value, order))
    points.sort(key=lambda point: point.order)
    unit = next(iter(places.values()))[1].unit
    context = " ".join(sentence.text for sentence, _ in places.values())
    return Series(name, tuple(points), unit, ORIGIN, RANK, context)
