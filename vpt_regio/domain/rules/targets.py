"""How far the programme is with a target that is a change: in the unit of its source only."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from vpt_regio.domain.indicator_codes import ChangeKind, Unit
from vpt_regio.domain.percentages import change_percent, change_points, round_half_up
from vpt_regio.domain.text import N_

PROGRESS_RULE = N_(
    "De verandering sinds het beginpunt staat in de eenheid van het doel zelf. Een doel in procent"
    " en een doel in procentpunt rekenen we nooit in elkaar om. Het deel van het doel is de"
    " verandering gedeeld door de gewenste verandering."
)
UNFIT_UNIT = N_("Een doel in procentpunt past alleen bij cijfers die zelf procenten zijn.")


@dataclass(frozen=True)
class TargetProgress:
    """The change since the start, in the unit of the target; None where nothing can be said.

    `share` is the part of the wanted change that was made: 1 is reached, below 0 the wrong way.
    """

    change: Fraction | None
    rounded: Decimal | None
    share: Fraction | None

    @property
    def is_reached(self) -> bool | None:
        return None if self.share is None else self.share >= 1


def fits(kind: ChangeKind, unit: Unit) -> bool:
    """Return whether a target of this kind can be read from figures in this unit."""
    if unit is Unit.YES_NO:
        return False
    return kind is not ChangeKind.POINTS or unit is Unit.PERCENT


def progress(
    kind: ChangeKind, wanted: Decimal, old: Fraction | None, new: Fraction | None
) -> TargetProgress:
    """Return how far the figures went from `old` to `new` the way that was wanted.

    Source: domain.md A8: targets in per cent and in points stand side by side, unconverted.
    """
    if old is None or new is None:
        return TargetProgress(None, None, None)
    made = _change(kind, old, new)
    if made is None:
        return TargetProgress(None, None, None)
    return TargetProgress(made, round_half_up(made, 1), made / Fraction(wanted))


def _change(kind: ChangeKind, old: Fraction, new: Fraction) -> Fraction | None:
    if kind is ChangeKind.PERCENT:
        return change_percent(old, new)
    if kind is ChangeKind.POINTS:
        return change_points(old, new)
    return new - old
