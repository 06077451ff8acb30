"""Is the money enough for the plan? Asked when a plan is provisionally adopted."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from vpt_regio.domain.text import N_


class Verdict(StrEnum):
    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    SURPLUS = "surplus"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.SUFFICIENT: N_("toereikend"),
    Verdict.INSUFFICIENT: N_("niet toereikend"),
    Verdict.SURPLUS: N_("meer dan toereikend"),
}


@dataclass(frozen=True)
class SufficiencyOutcome:
    """``difference_cents`` is never negative: the verdict says on which side it lies."""

    verdict: Verdict
    difference_cents: int

    @property
    def shortfall_cents(self) -> int:
        return self.difference_cents if self.verdict is Verdict.INSUFFICIENT else 0

    @property
    def surplus_cents(self) -> int:
        return self.difference_cents if self.verdict is Verdict.SURPLUS else 0


def assess(*, available: int, planned: int) -> SufficiencyOutcome:
    """Compare the available money with the plan's budget, both in cents.

    Available is the advance plus signed amendments plus other funding. Raises ``ValueError``
    on a negative amount. Source: covenant Limburg 2012, on the sums granted in advance.
    """
    if available < 0 or planned < 0:
        raise ValueError("negative_amount")
    if planned > available:
        return SufficiencyOutcome(Verdict.INSUFFICIENT, planned - available)
    if available > planned:
        return SufficiencyOutcome(Verdict.SURPLUS, available - planned)
    return SufficiencyOutcome(Verdict.SUFFICIENT, 0)


def supplement_needed(shortfall_cents: int, *, part: Fraction) -> int:
    """Return the smallest supplement, in cents, whose part for one region covers its shortfall.

    A supplement is for the covenant as a whole: each region gets its part of it. Raises
    ``ValueError`` for a part that is no part.
    """
    if not 0 < part <= 1:
        raise ValueError("no_part")
    return ceil(Fraction(shortfall_cents) / part)
