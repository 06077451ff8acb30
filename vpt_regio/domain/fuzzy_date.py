"""Dates as people write them, exact or vague; the original words are never lost."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vpt_regio.domain.text import N_

MONTHS: tuple[str, ...] = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

UNKNOWN_WORDS = N_("niet in bron")

# no record is dated outside these years, and far beyond them one cannot reckon with days
YEARS = range(1900, 2101)
FAR_AWAY = N_("Controleer het jaartal. Vul een jaar in van 1900 tot en met 2100.")

_YEAR = r"(?P<year>\d{4})"
_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}})-{_YEAR}", re.ASCII)
_ISO = re.compile(rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})", re.ASCII)
_WRITTEN = re.compile(rf"(?P<day>\d{{1,2}}) (?P<word>[a-z]+) {_YEAR}", re.ASCII)
_VAGUE = re.compile(rf"(?P<words>[a-z ]*?)(?: van)? ?{_YEAR}", re.ASCII)
_LEAD_IN = re.compile(r"^(?:(?:in|op|het|de) )+")


class Precision(StrEnum):
    """How much of the date is certain."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    UNKNOWN = "unknown"


# Words → precision and the day that stands for them when dates are sorted. A season has the
# length of a quarter; meteorologists and the calendar begin it in different months, so it is
# placed on the quarter that shares most of its days: "voorjaar" begins on 1 April. Winter lies
# in two years and is refused. "Begin" takes the first day, "eind" the last one, because an
# agreement that runs "tot eind 2013" still holds on 31 December.
_VAGUE_WORDS: dict[str, tuple[Precision, int, int]] = {
    "": (Precision.YEAR, 1, 1),
    "loop": (Precision.YEAR, 1, 1),
    "begin": (Precision.QUARTER, 1, 1),
    "eind": (Precision.QUARTER, 12, 31),
    "einde": (Precision.QUARTER, 12, 31),
    "halverwege": (Precision.HALF, 6, 30),
    "medio": (Precision.HALF, 6, 30),
    "midden": (Precision.HALF, 6, 30),
    "eerste helft": (Precision.HALF, 1, 1),
    "tweede helft": (Precision.HALF, 7, 1),
    "eerste halfjaar": (Precision.HALF, 1, 1),
    "tweede halfjaar": (Precision.HALF, 7, 1),
    "voorjaar": (Precision.QUARTER, 4, 1),
    "lente": (Precision.QUARTER, 4, 1),
    "zomer": (Precision.QUARTER, 7, 1),
    "najaar": (Precision.QUARTER, 10, 1),
    "herfst": (Precision.QUARTER, 10, 1),
    "eerste kwartaal": (Precision.QUARTER, 1, 1),
    "tweede kwartaal": (Precision.QUARTER, 4, 1),
    "derde kwartaal": (Precision.QUARTER, 7, 1),
    "vierde kwartaal": (Precision.QUARTER, 10, 1),
    "laatste kwartaal": (Precision.QUARTER, 10, 1),
} | {month: (Precision.MONTH, number, 1) for number, month in enumerate(MONTHS, start=1)}

_UNKNOWN = frozenset({UNKNOWN_WORDS, "onbekend", "niet bekend"})


class FarAway(ValueError):
    """A date or week so far away that it must be a slip."""


def check_year(day: date) -> date:
    """Return the day; raises ``FarAway`` when it lies outside ``YEARS``."""
    if day.year not in YEARS:
        raise FarAway(day.year)
    return day


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _valid_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("no_such_day") from error


def parse_dutch_date(text: str) -> date:
    """Read ``12-03-2012``, ``12-3-2012``, ``12 maart 2012`` or ``2012-03-12``.

    Raises ``ValueError`` with a code as its message: ``not_a_date`` or ``no_such_day``.
    """
    plain = _plain(text)
    written = _WRITTEN.fullmatch(plain)
    if written is not None and written["word"] in MONTHS:
        month = MONTHS.index(written["word"]) + 1
        return _valid_date(int(written["year"]), month, int(written["day"]))
    match = _NUMERIC.fullmatch(plain) or _ISO.fullmatch(plain)
    if match is None:
        raise ValueError("not_a_date")
    return _valid_date(int(match["year"]), int(match["month"]), int(match["day"]))


def format_dutch_date(day: date) -> str:
    """Write a date in full: ``12 maart 2012``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class FuzzyDate:
    """A day that stands for a vague moment, how precise it is, and the words it came from.

    ``on`` is for sorting and comparing only; it is None exactly when the date is unknown.
    """

    on: date | None
    precision: Precision
    words: str

    def __post_init__(self) -> None:
        if (self.on is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("date_and_precision_disagree")

    @classmethod
    def parse(cls, text: str) -> "FuzzyDate":
        """Read an exact or vague Dutch date and keep the words as they were written.

        Raises ``ValueError``: ``not_a_date`` when not understood, ``no_such_day`` when the
        calendar does not have it.
        """
        words = text.strip()
        plain = _LEAD_IN.sub("", _plain(text))
        if plain in _UNKNOWN:
            return cls(None, Precision.UNKNOWN, words)
        vague = _VAGUE.fullmatch(plain)
        if vague is not None and vague["words"] in _VAGUE_WORDS:
            precision, month, day = _VAGUE_WORDS[vague["words"]]
            return cls(_valid_date(int(vague["year"]), month, day), precision, words)
        return cls(parse_dutch_date(plain), Precision.DAY, words)

    @classmethod
    def exactly(cls, day: date) -> "FuzzyDate":
        """Return an exact date with its Dutch words."""
        return cls(day, Precision.DAY, format_dutch_date(day))

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.DAY

    def display(self) -> str:
        """Return what a reader sees: an exact date in full, otherwise the original words."""
        if self.on is not None and self.is_exact:
            return format_dutch_date(self.on)
        return self.words or self._without_words()

    def _without_words(self) -> str:
        if self.on is None:
            return UNKNOWN_WORDS
        if self.precision is Precision.MONTH:
            return f"{MONTHS[self.on.month - 1]} {self.on.year}"
        if self.precision is Precision.QUARTER:
            ordinal = ("eerste", "tweede", "derde", "vierde")[(self.on.month - 1) // 3]
            return f"{ordinal} kwartaal {self.on.year}"
        if self.precision is Precision.HALF:
            ordinal = "eerste" if self.on.month <= 6 else "tweede"
            return f"{ordinal} helft {self.on.year}"
        return str(self.on.year)
