"""The days of a reporting period: what is odd about them, and the deadlines that follow."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back
from vpt_regio.domain.text import N_

_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
MAX_CODE_LENGTH = 20
RESERVED_CODES = frozenset({"nieuw"})
"""Words that already are a page under the address of the periods."""


@dataclass(frozen=True)
class Span:
    """A period, reduced to its code and its days, both included."""

    code: str
    starts_on: date
    ends_on: date


class Oddity(StrEnum):
    """What may be odd about a period beside its neighbours; odd is allowed."""

    OVERLAP = "overlap"
    GAP = "gap"


ODDITY_MESSAGES: dict[Oddity, str] = {
    Oddity.OVERLAP: N_("De dagen overlappen met halfjaar %(code)s. Controleer de datums."),
    Oddity.GAP: N_("Tussen dit halfjaar en %(code)s zitten %(days)s dagen. Controleer de datums."),
}


@dataclass(frozen=True)
class Finding:
    """One oddity, and the neighbour it is about; `days` is the length of a gap."""

    kind: Oddity
    code: str
    days: int = 0


def is_valid_code(code: str) -> bool:
    """Return whether a code has letters, digits and single hyphens between them only."""
    return len(code) <= MAX_CODE_LENGTH and _CODE.fullmatch(code) is not None


def oddities(span: Span, others: Iterable[Span]) -> list[Finding]:
    """Return overlaps with other periods, and gaps to the nearest one before and after.

    Source: domain.md A9: periods need not be exact half-years, so this warns and never refuses.
    """
    rest = sorted((o for o in others if o.code != span.code), key=lambda o: o.starts_on)
    found = [
        Finding(Oddity.OVERLAP, other.code)
        for other in rest
        if other.starts_on <= span.ends_on and span.starts_on <= other.ends_on
    ]
    before = max(
        (o for o in rest if o.ends_on < span.starts_on), key=lambda o: o.ends_on, default=None
    )
    after = min(
        (o for o in rest if o.starts_on > span.ends_on), key=lambda o: o.starts_on, default=None
    )
    if before is not None:
        found += _gap(before.code, before.ends_on, span.starts_on)
    if after is not None:
        found += _gap(after.code, span.ends_on, after.starts_on)
    return found


def recount(
    current: Mapping[DeadlineKind, date], *, old_letter_on: date | None, new_letter_on: date | None
) -> dict[DeadlineKind, date]:
    """Return the deadlines that belong to a new letter date.

    A deadline that still is what the old letter date gave moves along; one that a person put
    elsewhere stays. The letter itself always goes out on its date.
    """
    counted = count_back(old_letter_on) if old_letter_on else {}
    by_hand = {kind: on for kind, on in current.items() if counted.get(kind) != on}
    by_hand.pop(DeadlineKind.LETTER_SENT, None)
    return {**(count_back(new_letter_on) if new_letter_on else {}), **by_hand}


def _gap(code: str, end: date, start: date) -> list[Finding]:
    days = (start - end - timedelta(days=1)).days
    return [Finding(Oddity.GAP, code, days)] if days else []
