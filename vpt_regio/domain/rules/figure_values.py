"""What a figure of a set may be, whichever way it comes in."""

from decimal import Decimal
from typing import NamedTuple

from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.domain.text import N_

LARGEST = Decimal(10) ** 13
"""No figure reaches this: with four decimals it would no longer fit in its column."""


class ValueProblem(NamedTuple):
    """Why a value is refused: Dutch source text with %(name)s places for `params`."""

    message: str
    params: dict[str, int]


def value_problem(value: Decimal, unit: Unit, decimals: int) -> ValueProblem | None:
    """Return why a figure cannot be this value; None when it can."""
    if value < 0:
        return ValueProblem(N_("Een cijfer kan niet onder nul zijn."), {})
    if value >= LARGEST:
        return ValueProblem(N_("Dit getal is te groot."), {})
    if unit is Unit.YES_NO and value not in (0, 1):
        return ValueProblem(N_("Vul 1 in voor ja of 0 voor nee."), {})
    if value == round(value, decimals):
        return None
    if decimals == 0:
        return ValueProblem(N_("Vul een heel getal in: deze cijferreeks heeft geen decimalen."), {})
    return ValueProblem(
        N_("Gebruik hoogstens %(decimals)s cijfers achter de komma."), {"decimals": decimals}
    )
