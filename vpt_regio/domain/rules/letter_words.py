"""The words around a figure: what it is about, which way it goes, and what it is held against."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from vpt_regio.domain.rules.letter_small_words import SMALL_WORDS

_RISE = (
    r"toename|toegenomen|toeneemt|toenam(?:en)?|toenemen|stijging|gestegen|steeg|stegen|stijgt|"
    r"stijgen|groei|gegroeid|groeide(?:n)?|groeit|meer|hoger|hogere|vermeerderd|vermeerdering|"
    r"opgelopen|opliep(?:en)?|oploopt|oplopen|verhoging|verhoogd|plus|uitbreiding|extra|vaker|groter"
)
_FALL = (
    r"afname|afgenomen|afneemt|afnam(?:en)?|afnemen|daling|gedaald|daalde(?:n)?|daalt|dalen|minder|"
    r"lager|lagere|verminderd|vermindering|verminderde|gekrompen|krimp|kromp(?:en)?|krimpt|"
    r"teruggelopen|terugloop|terugliep(?:en)?|terugloopt|teruglopen|teruggevallen|terugviel(?:en)?|"
    r"teruggang|reductie|gereduceerd|kleiner|gezakt|zakte|verlaging|verlaagd|slonk|geslonken"
)
_DIRECTION = re.compile(rf"(?<!\w)(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?!\w)", re.IGNORECASE)
_SEPARABLE = re.compile(
    r"\b(?:nam|namen|neemt|nemen|liep|liepen|loopt)\b"
    r"(?:[^.;]|\.(?=[0-9]))*?\b(?P<way>toe|af|op|terug)\b",
    re.IGNORECASE,
)
# "meer dan 40%" says how near the number is, not which way it went
_NO_DIRECTION = re.compile(r"(?:meer|minder) dan (?=[0-9€]|een |de helft|\w+ procent)|steeds meer")
_COMPARISON = re.compile(
    r"\b(?:ten opzichte van|t\.?o\.?v\.?|in vergelijking (?:met|tot)|vergeleken (?:met|bij)|"
    r"tegenover|afgezet tegen|sinds|vanaf|dan in|dan tijdens|dan bij|dan over|dan|"
    r"als in|als tijdens|als over|als|tegen)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?P<two>twee (?:jaar|jaren) (?:eerder|geleden|daarvoor|ervoor))|"
    r"(?P<one>(?:het )?vorig(?:e)? (?:jaar|jaarwisseling|halfjaar|periode|meting|editie|kwartaal|"
    r"rapportage|seizoen|keer|maand)|"
    r"(?:het |de )?voorgaande? (?:jaar|periode|halfjaar|meting|jaarwisseling)|"
    r"(?:een|één) (?:jaar|halfjaar|periode) (?:eerder|geleden|daarvoor|ervoor)|"
    r"(?:het )?jaar (?:daarvoor|ervoor|eerder)|de (?:periode|jaarwisseling) (?:daarvoor|ervoor))"
    r")\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’-]*", re.IGNORECASE)
_ENDINGS = ("ingen", "eren", "ing", "ties", "en", "es", "'s", "’s", "s", "e")


@dataclass(frozen=True)
class Direction:
    """A word that says which way a number went: 1 up, -1 down; `at` is where it stands."""

    at: int
    way: int


def directions_in(text: str) -> list[Direction]:
    """Return the words of a text that say which way a number went."""
    quiet = _NO_DIRECTION.sub(lambda match: "#" * len(match.group()), text)
    found = [
        Direction(match.start(), 1 if match["rise"] else -1) for match in _DIRECTION.finditer(quiet)
    ]
    for match in _SEPARABLE.finditer(text):
        found.append(Direction(match.start(), 1 if match["way"].lower() in ("toe", "op") else -1))
    return sorted(found, key=lambda one: one.at)


def comparison_at(text: str) -> list[tuple[int, int]]:
    """Return where a text begins to name what it compares with."""
    return [match.span() for match in _COMPARISON.finditer(text)]


def steps_back(text: str) -> list[tuple[int, int, int]]:
    """Return "vorig jaar" and the like: their place, and how many periods they go back."""
    return [
        (match.start(), match.end(), 2 if match["two"] else 1) for match in _RELATIVE.finditer(text)
    ]


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the words that say what a text is about, without their endings, in their order."""
    return tuple(_stem(word) for word in words(text))


def words(text: str) -> list[str]:
    """Return the words of a text that say what it is about."""
    found = [match.group().lower().strip("-'’") for match in _WORD.finditer(text)]
    return [
        word
        for word in found
        if len(word) > 1 and word not in SMALL_WORDS and not _DIRECTION.fullmatch(word)
    ]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    folded = unicodedata.normalize("NFD", word)
    folded = "".join(one for one in folded if not unicodedata.combining(one))
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            folded = folded[: -len(ending)]
            break
    # lopen and loop, regio's and regio: doubled letters say nothing
    return re.sub(r"(.)\1", r"\1", folded)


ALIKE_LETTERS: Final = 6


@lru_cache(maxsize=100_000)
def is_alike(one: str, other: str) -> bool:
    """Tell whether two stems are forms of one word, or one ends a compound with the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 5 and long.endswith(short):
        return True
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return same >= ALIKE_LETTERS and same * 3 >= len(short) * 2
