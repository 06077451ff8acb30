"""What in a sentence looks like a figure and is none; and the periods that it speaks of."""

import re
from dataclasses import dataclass

from vpt_regio.domain.fuzzy_date import MONTHS as MONTH_NAMES

MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)[0-9]{2}"
_DASH = r"[ ]?[-–—/][ ]?"

# what follows makes a number of four digits a count all the same: "2015 meldingen"
_COUNTING = re.compile(
    r"\ber (?:waren |zijn |kwamen |werden )?$|"
    r"(?:€|totaal|ruim|bijna|circa|ongeveer|meer dan|zo['’]n) $",
    re.IGNORECASE,
)

_NO_FIGURES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://\S+|www\.\S+|\S+@\S+",
        r"\bvergaderjaar [^.;)]*?(?:nrs?\. ?[0-9]+|$)",
        r"\bkamerstuk(?:ken)?\b[^.;)]*?(?:nrs?\. ?[0-9]+|$)",
        r"\b[0-9]{2}[ .]?[0-9]{3}(?:[ -][IVX]+)?, ?nrs?\. ?[0-9]+",
        r"\bnrs?\. ?[0-9]+(?: en [0-9]+)?",
        r"\b(?:art(?:ikel(?:en)?|\.)|lid|leden|paragraaf|par\.|hoofdstuk(?:ken)?|hfdst\.|bijlagen?|"
        r"tabel(?:len)?|figuur|grafiek|pagina(?:'s)?|blz\.|p\.|pp\.|noot|voetnoot|vraag|vragen|"
        r"punt|stap|fase|versie|nummer|niveau|deel|kamer|postbus|editie|onderdeel|maatregel|spoor|"
        r"pijler|ad|week|weken|zaal|kst)"
        r" [0-9]+(?:\.[0-9]+)*(?:(?:, | en | tot en met | t/m |[-–])[0-9]+)*[a-z]?\b(?! ?%)",
        rf"\b[0-9]{{1,2}}(?:e|ste|de)? (?:{_MONTH})(?: {_YEAR})?\b(?: jl\.)?",
        r"\b[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b",
        r"\b[0-9]{1,2}[.:][0-9]{2} uur",
        r"\b[0-9]{4} ?[A-Z]{2}\b(?=[ ,]|$)",
        r"\b0[0-9]{1,3}[- ][0-9 ]{6,}",
        r"(?<![0-9])[0-9]+(?:e|ste|de)\b",
        r"\b[0-9]+/7\b",
        # the mark of a footnote, stuck to what stands before it
        r"(?<=[a-z)»”’'\"][.,;:])[0-9]{1,2}(?= |$)|(?<=[)»”’])[0-9]{1,2}(?!\w)",
        rf"\b{_YEAR}[0-9]{{1,2}}(?=[.,;)]|$| )",
        # a range is no single figure
        r"\b[0-9]+(?:,[0-9]+)?[ ]?[–-][ ]?[0-9]+(?:,[0-9]+)?[ ]?(?:%|procent)?",
        r"\b[0-9]+ (?:a|à) [0-9]+\b",
        # the mark before an item of a list
        r"^\s*[0-9]{1,2}[.)] ",
    )
)


@dataclass(frozen=True)
class Period:
    """A period that a text names; `key` is the same however it is written.

    `first` and `last` are years; a season has two that follow each other.
    """

    start: int
    end: int
    text: str
    key: str
    first: int
    last: int


_SEASON = re.compile(rf"(?<!\d)({_YEAR}){_DASH}({_YEAR}|[0-9]{{2}})(?!\d)")
_HALF = re.compile(
    rf"\b(eerste|tweede|1e|2e) (?:halfjaar|helft)(?: van)?(?: het jaar)? ({_YEAR})\b"
    rf"|\b({_YEAR})[-.]([12])(?![0-9])",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"\b(eerste|tweede|derde|vierde|[1-4]e) kwartaal(?: van)? ({_YEAR})\b", re.IGNORECASE
)
_IN_MONTH = re.compile(rf"\b(?:[0-9]{{1,2}} )?({_MONTH}) ({_YEAR})\b", re.IGNORECASE)
_PLAIN_YEAR = re.compile(rf"(?<![\w.,€–-])(?<!€ )({_YEAR})(?![\w%]|[.,][0-9]| ?%| ?procent| euro)")
_ORDER = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}


def periods_in(text: str) -> list[Period]:
    """Return the years, seasons, half-years and months of a text in their order."""
    found: list[Period] = []
    for pattern, key in (
        (_HALF, _half),
        (_QUARTER, _quarter),
        (_SEASON, _season),
        (_IN_MONTH, _month),
        (_PLAIN_YEAR, _year),
    ):
        for match in pattern.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            if pattern is _PLAIN_YEAR and _is_count(text, match):
                continue
            named = key(match)
            if named is not None:
                name, first, last = named
                found.append(Period(match.start(), match.end(), match.group(), name, first, last))
    return sorted(found, key=lambda one: one.start)


def period_key(text: str) -> str | None:
    """Return the period that a heading names, or None when it names none or several."""
    keys = {one.key for one in periods_in(text)}
    return keys.pop() if len(keys) == 1 else None


def masked(text: str) -> str:
    """Return the text, as long as it was, with dots in place of what is no figure."""
    for pattern in _NO_FIGURES:
        text = pattern.sub(lambda match: _blank(match.group()), text)
    for period in periods_in(text):
        text = text[: period.start] + _blank(period.text) + text[period.end :]
    return text


def _blank(text: str) -> str:
    """Keep the letters: only digits may not be read as a number any more."""
    return re.sub(r"[0-9]", "#", text)


def _is_count(text: str, match: "re.Match[str]") -> bool:
    return bool(
        _COUNTING.search(text, max(0, match.start() - 16), match.start())
        and re.match(r" [a-z]{4,}", text[match.end() :])
    )


def _half(match: "re.Match[str]") -> tuple[str, int, int]:
    year = int(match[2] or match[3])
    number = int(match[4]) if match[4] else _ORDER.get(match[1].lower(), 0) or int(match[1][0])
    return f"{year}H{number}", year, year


def _quarter(match: "re.Match[str]") -> tuple[str, int, int]:
    word = match[1].lower()
    return f"{match[2]}Q{_ORDER.get(word) or int(word[0])}", int(match[2]), int(match[2])


def _season(match: "re.Match[str]") -> tuple[str, int, int] | None:
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    return (f"{first}-{last}", first, last) if first < last else None


def _month(match: "re.Match[str]") -> tuple[str, int, int]:
    year = int(match[2])
    return f"{year}-{MONTHS[match[1].lower()]:02}", year, year


def _year(match: "re.Match[str]") -> tuple[str, int, int]:
    return match[1], int(match[1]), int(match[1])
