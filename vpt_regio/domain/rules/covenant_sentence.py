"""The line about a covenant for letters to Parliament: with whom, since when, until when, and why.

The text is Dutch in every language of the page, because the letter is. Dates that the source
gives vaguely stay as they were written, with the preposition that a sentence asks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.enums import CovenantStatus
from vpt_regio.domain.fuzzy_date import MONTHS, FuzzyDate, format_dutch_date

_SEASONS = {"voorjaar": "het", "zomer": "de", "najaar": "het", "herfst": "de"}
_SEASON = re.compile(rf"({'|'.join(_SEASONS)}) (\d{{4}})")
_MONTH_OR_YEAR = re.compile(rf"(?:(?:{'|'.join(MONTHS)}) )?\d{{4}}")


@dataclass(frozen=True)
class ExtensionLine:
    """A signed extension as the line tells it; the reason is as it was typed."""

    signed: FuzzyDate | None
    new_end: FuzzyDate
    reason: str = ""


@dataclass(frozen=True)
class CovenantLine:
    """What the line is made of: extensions in the order in which they hold.

    `status` is the one that holds on the day of the letter; `ended_on` the last day of a covenant
    that was ended early or closed.
    """

    regions: Sequence[str]
    status: CovenantStatus
    signed: FuzzyDate | None
    original_end: FuzzyDate | None
    extensions: Sequence[ExtensionLine] = ()
    ended_on: date | None = None


def covenant_sentence(line: CovenantLine, *, only_known: bool = False) -> str:
    """Return one Dutch sentence on a covenant, and one on why it was extended the last time.

    With `only_known` it is silent on days that no source tells, as a letter is.
    """
    subject = f"Het convenant met {_with(line.regions)}"
    if line.status is CovenantStatus.DRAFT:
        return f"{subject} is nog niet ondertekend."
    signature = _signature(line.signed, only_known=only_known)
    course = _course(line, only_known=only_known)
    parts = [f"{subject} {signature}{course}{_extensions(line, only_known=only_known)}."]
    reasons = [extension.reason.strip().rstrip(".") for extension in line.extensions]
    if reasons and reasons[-1]:
        parts.append(f"Reden van de verlenging: {reasons[-1]}.")
    return " ".join(parts)


def _with(regions: Sequence[str]) -> str:
    if len(regions) < 2:
        return f"de regio {''.join(regions)}"
    return f"de regio's {', '.join(regions[:-1])} en {regions[-1]}"


def _signature(signed: FuzzyDate | None, *, only_known: bool) -> str:
    if signed is None or signed.on is None:
        return "is ondertekend" if only_known else "is ondertekend (de datum staat niet in de bron)"
    return f"is {_on(signed)} ondertekend"


def _course(line: CovenantLine, *, only_known: bool) -> str:
    end = line.extensions[-1].new_end if line.extensions else line.original_end
    if line.status is CovenantStatus.TERMINATED:
        return _ended_early(line.ended_on, end)
    if line.status is CovenantStatus.CLOSED:
        last = FuzzyDate.exactly(line.ended_on) if line.ended_on else end
        return f", liep {_until(last)} en is afgesloten" if _is_known(last) else " en is afgesloten"
    if end is None or end.on is None:
        return "" if only_known else "; een uiterste einddatum staat niet in de bron"
    if line.status is CovenantStatus.EXPIRED:
        return f" en liep {_until(end)}"
    return f" en eindigt uiterlijk {_on(end)}"


def _ended_early(ended_on: date | None, end: FuzzyDate | None) -> str:
    text = " en is voortijdig beëindigd"
    if ended_on is not None:
        text += f" op {format_dutch_date(ended_on)}"
    if end is not None and _is_known(end):
        text += f"; het zou uiterlijk {_on(end)} eindigen"
    return text


def _extensions(line: CovenantLine, *, only_known: bool) -> str:
    """Return each extension with the end that held before it."""
    before = line.original_end
    told = []
    for extension in line.extensions:
        signed = extension.signed
        by = f"bij wijziging {_of(signed)}" if signed is not None and signed.on else "bij wijziging"
        if before is not None and before.on:
            told.append(f"{by} (was {before.display()})")
        else:
            told.append(by if only_known else f"{by} (was onbekend)")
        before = extension.new_end
    if not told:
        return ""
    return ", verlengd " + " en ".join(told)


def _is_known(day: FuzzyDate | None) -> bool:
    return day is not None and day.on is not None


def _on(day: FuzzyDate) -> str:
    """Return a day with its preposition; "eind" and "halverwege" take none."""
    words = day.display()
    if day.is_exact:
        return f"op {words}"
    if season := _SEASON.fullmatch(words):
        return f"in {_SEASONS[season[1]]} {season[1]} van {season[2]}"
    return f"in {words}" if _MONTH_OR_YEAR.fullmatch(words) else words


def _of(day: FuzzyDate) -> str:
    return f"van {day.display()}"


def _until(day: FuzzyDate | None) -> str:
    if day is None:
        return ""
    return f"tot en met {day.display()}" if day.is_exact else f"tot {day.display()}"
