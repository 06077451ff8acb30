"""The numbers that a source states about its own figures, computed again.

What a source printed and what follows from its figures stand side by side; neither replaces the
other. None always means "not known", never 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from vpt_regio.domain.indicator_codes import ClaimKind, Qualifier
from vpt_regio.domain.percentages import change_percent, change_points, round_half_up
from vpt_regio.domain.rules.indicators import percent_of
from vpt_regio.domain.text import N_

CIRCA_MARGIN = Fraction(5, 100)
"""The part of the stated number that "about" may be away from what was computed."""

ALMOST_FROM = Fraction(9, 10)
"""The part of the stated number from which on "almost" is still almost."""

CLAIM_RULES: dict[ClaimKind, str] = {
    ClaimKind.CHANGE_PERCENT: N_(
        "De nieuwe waarde min de oude waarde, gedeeld door de oude waarde, keer 100."
    ),
    ClaimKind.CHANGE_POINTS: N_("Het nieuwe percentage min het oude percentage."),
    ClaimKind.SHARE: N_("Het deel gedeeld door het geheel, keer 100."),
    ClaimKind.FACTOR: N_("De nieuwe waarde gedeeld door de oude waarde."),
    ClaimKind.DIFFERENCE: N_("De tweede waarde min de eerste waarde."),
    ClaimKind.SUM: N_("Alle waarden bij elkaar opgeteld."),
}

QUALIFIER_RULES: dict[Qualifier, str] = {
    Qualifier.EXACT: N_(
        "Klopt als de berekening, afgerond op evenveel decimalen, hetzelfde getal geeft."
        " Een half gaat bij het afronden van nul af. Afkappen is geen afronden."
    ),
    Qualifier.CIRCA: N_(
        "‘Ongeveer’ klopt als de berekening hoogstens 5 procent van het genoemde getal afwijkt,"
        " of hoogstens een halve eenheid van de laatste decimaal."
    ),
    Qualifier.MORE_THAN: N_(
        "‘Meer dan’ klopt als de berekening groter is dan het genoemde getal."
        " Bij een daling telt hoe groot de daling is."
    ),
    Qualifier.ALMOST: N_(
        "‘Bijna’ klopt als de berekening kleiner is dan het genoemde getal,"
        " maar minstens 90 procent daarvan. Bij een daling telt hoe groot de daling is."
    ),
}


@dataclass(frozen=True)
class TotalCheck:
    """A stated total beside the sum of the parts that are known; `missing` parts are not."""

    stated: Fraction
    computed: Fraction
    parts: int
    missing: int

    @property
    def agrees(self) -> bool | None:
        """Whether both are the same; None while a part is missing."""
        return None if self.missing else self.stated == self.computed


@dataclass(frozen=True)
class Claim:
    """A number that a source computed from its own values.

    `operands` are (old or whole, new or part), or all numbers of a sum. `stated` is as printed,
    with its sign: a fall of 39 % is -39; None when the source leaves the number to its reader.
    `decimals` is how many were printed.
    """

    kind: ClaimKind
    operands: tuple[Fraction | None, ...]
    stated: Decimal | None
    decimals: int
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True)
class ClaimCheck:
    """What follows from the values, exact and rounded as printed, and whether it is as stated.

    `agrees` is None when nothing was stated (the value is derived) or nothing can be computed.
    """

    computed: Fraction | None
    rounded: Decimal | None
    agrees: bool | None


def check_total(total: Fraction | None, parts: Sequence[Fraction | None]) -> TotalCheck | None:
    """Hold a total against its parts; None when no total was stated or it has no parts."""
    if total is None or not parts:
        return None
    known = [part for part in parts if part is not None]
    return TotalCheck(total, sum(known, Fraction(0)), len(parts), len(parts) - len(known))


def cross_check(totals: Sequence[Fraction | None]) -> bool | None:
    """Tell whether the breakdowns of one total come to the same.

    Two that differ are enough to say no. None when a total is missing or there are not two.
    """
    known = [total for total in totals if total is not None]
    if len(set(known)) > 1:
        return False
    return True if len(known) == len(totals) > 1 else None


def check_claim(claim: Claim) -> ClaimCheck:
    """Compute again what a source stated, and judge it by the words that stand with it.

    Raises ``ValueError`` for more than two operands of what is computed from two, and for a
    negative number of decimals.
    """
    if claim.decimals < 0:
        raise ValueError("negative_decimals")
    computed = _compute(claim)
    if computed is None:
        return ClaimCheck(None, None, None)
    rounded = round_half_up(computed, claim.decimals)
    if claim.stated is None:
        return ClaimCheck(computed, rounded, None)
    stated = Fraction(claim.stated)
    agrees = _AGREES[claim.qualifier](computed, stated, claim.decimals)
    return ClaimCheck(computed, rounded, agrees)


def _compute(claim: Claim) -> Fraction | None:
    """Return what the operands come to; None when one is missing or there is no such number."""
    known = [operand for operand in claim.operands if operand is not None]
    is_complete = len(known) == len(claim.operands)
    if claim.kind is ClaimKind.SUM:
        return sum(known, Fraction(0)) if known and is_complete else None
    if len(claim.operands) > 2:
        raise ValueError("too_many_operands")
    if len(known) < 2:
        return None
    return _FROM_TWO[claim.kind](*known)


def _share(whole: Fraction, part: Fraction) -> Fraction | None:
    return None if whole == 0 else percent_of(part, whole)


def _factor(old: Fraction, new: Fraction) -> Fraction | None:
    return None if old == 0 else new / old


def _difference(first: Fraction, second: Fraction) -> Fraction:
    return second - first


def _is_exact(computed: Fraction, stated: Fraction, decimals: int) -> bool:
    return round_half_up(computed, decimals) == stated


def _is_circa(computed: Fraction, stated: Fraction, decimals: int) -> bool:
    margin = max(abs(stated) * CIRCA_MARGIN, Fraction(1, 2 * 10**decimals))
    return abs(computed - stated) <= margin


def _is_more(computed: Fraction, stated: Fraction, _decimals: int) -> bool:
    return _in_direction(computed, stated) > abs(stated)


def _is_almost(computed: Fraction, stated: Fraction, _decimals: int) -> bool:
    return ALMOST_FROM * abs(stated) <= _in_direction(computed, stated) < abs(stated)


def _in_direction(computed: Fraction, stated: Fraction) -> Fraction:
    """Return how far a number goes the way of the stated one: a fall by more is more of a fall."""
    return -computed if stated < 0 else computed


_FROM_TWO: dict[ClaimKind, Callable[[Fraction, Fraction], Fraction | None]] = {
    ClaimKind.CHANGE_PERCENT: change_percent,
    ClaimKind.CHANGE_POINTS: change_points,
    ClaimKind.SHARE: _share,
    ClaimKind.FACTOR: _factor,
    ClaimKind.DIFFERENCE: _difference,
}

_AGREES: dict[Qualifier, Callable[[Fraction, Fraction, int], bool]] = {
    Qualifier.EXACT: _is_exact,
    Qualifier.CIRCA: _is_circa,
    Qualifier.MORE_THAN: _is_more,
    Qualifier.ALMOST: _is_almost,
}
