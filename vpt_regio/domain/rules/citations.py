"""How letters and papers of the House are cited: session year, dossier, number, both styles."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vpt_regio.domain.fuzzy_date import format_dutch_date

SEPTEMBER = 9
TUESDAY = 1

_DOSSIER = re.compile(
    r"(?P<number>\d{2} ?\d{3}|\d{1,4})(?:[ -]+(?P<chapter>[IVX]+))?", re.ASCII | re.IGNORECASE
)
_NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)
_SESSION = re.compile(r"\b(?P<first>(?:19|20)\d{2})[/–-](?P<second>\d{4}|\d{2})\b", re.ASCII)


class Style(StrEnum):
    """How a paper is cited: as lawyers do, or as the House itself does."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True)
class Cited:
    """What a citation is made of; empty or None is not known (yet).

    `on` is the day the House got it, or else the day it was written.
    """

    reference: str
    on: date | None = None
    dossier: str = ""
    number: str = ""

    @property
    def is_published(self) -> bool:
        return bool(self.dossier and self.number)


def opening_of(year: int) -> date:
    """Return the day on which a session of the House opens: the third Tuesday of September."""
    first = date(year, SEPTEMBER, 1)
    return date(year, SEPTEMBER, 1 + (TUESDAY - first.weekday()) % 7 + 14)


def session_of(day: date) -> int:
    """Return the year in which the session of a day began."""
    return day.year if day >= opening_of(day.year) else day.year - 1


def session_words(day: date, style: Style = Style.FULL) -> str:
    """Return the session year of a day: ``2010–2011``, or ``2010/11`` in the short style."""
    first = session_of(day)
    if style is Style.FULL:
        return f"{first}–{first + 1}"
    # the turn of a century is written in full: 1999/2000
    last = str(first + 1) if (first + 1) % 100 == 0 else f"{(first + 1) % 100:02}"
    return f"{first}/{last}"


def parse_dossier(text: str) -> str:
    """Read ``28 684``, ``28684`` or ``36 410 VI`` into ``28684`` or ``36410-VI``.

    Raises ``ValueError`` with the code ``not_a_dossier``.
    """
    match = _DOSSIER.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError("not_a_dossier")
    chapter = match["chapter"]
    number = match["number"].replace(" ", "")
    return f"{number}-{chapter.upper()}" if chapter else number


def format_dossier(dossier: str) -> str:
    """Write a dossier as the House does: ``28 684`` and ``36 410 VI``."""
    number, _dash, chapter = dossier.partition("-")
    spaced = f"{number[:-3]} {number[-3:]}" if len(number) > 3 else number
    return f"{spaced} {chapter}".strip()


def parse_number(text: str) -> str:
    """Read the number of a paper within its dossier: ``325`` or ``nr. 325``.

    Raises ``ValueError`` with the code ``not_a_number``.
    """
    plain = text.strip().lower().removeprefix("nr").removeprefix(".").strip()
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError("not_a_number")
    return plain


def cite(cited: Cited, style: Style) -> str:
    """Return how to cite a letter; what is not published is cited by its reference.

    Without a day the session year is left out: it cannot be known.
    """
    if not cited.is_published:
        day = f"Brief van {format_dutch_date(cited.on)}" if cited.on else "Brief"
        return f"{day}, kenmerk {cited.reference}"
    session = session_words(cited.on, style) if cited.on else ""
    if style is Style.SHORT:
        series = f"Kamerstukken II {session}".strip()
        return f"{series}, {cited.dossier}, nr. {cited.number}"
    year = f", vergaderjaar {session}" if session else ""
    return f"Tweede Kamer{year}, {format_dossier(cited.dossier)}, nr. {cited.number}"


def impossible_sessions(text: str) -> list[str]:
    """Return the session years in a text that are not two years in a row, as written.

    Pairs behind ``Kamerstukken`` or ``vergaderjaar`` count only: a programme may run for years.
    """
    found = []
    for match in _SESSION.finditer(text):
        before = text[max(0, match.start() - 25) : match.start()].lower()
        if "kamerstuk" not in before and "vergaderjaar" not in before:
            continue
        second = match["second"]
        expected = str(int(match["first"]) + 1)
        if second not in (expected, expected[2:]):
            found.append(match.group())
    return found
