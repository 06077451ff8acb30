"""What a value must be to count in its unit: for baselines, targets and measurements alike."""

from dataclasses import dataclass
from decimal import Decimal

from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.domain.text import N_

LARGEST = Decimal(10) ** 12
WHOLE = 100


@dataclass(frozen=True)
class Given:
    """A value as somebody gives it: a number, or the two counts of a share."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.has_counts

    @property
    def has_counts(self) -> bool:
        return self.numerator is not None or self.denominator is not None


@dataclass(frozen=True)
class Problem:
    """What is wrong, and with which part: value, numerator or denominator."""

    field: str
    message: str


def problems(given: Given, unit: Unit, *, needs_counts: bool = False) -> list[Problem]:
    """Return all that is wrong with a value; without a value that is the only thing wrong.

    With `needs_counts` a share is given by its counts, so that it can be weighed later.
    """
    if unit is Unit.PERCENT and (needs_counts or given.has_counts):
        return _count_problems(given)
    if given.has_counts:
        return [Problem("numerator", N_("Een teller en een noemer horen alleen bij procenten."))]
    if given.value is None:
        return [Problem("value", N_("Vul een waarde in."))]
    message = _number_problem(given.value, unit)
    return [Problem("value", message)] if message else []


def _number_problem(value: Decimal, unit: Unit) -> str | None:
    if unit is Unit.YES_NO:
        return None if value in (0, 1) else N_("Kies ja of nee.")
    if value < 0:
        return N_("Een waarde kan niet negatief zijn.")
    if unit is Unit.PERCENT and value > WHOLE:
        return N_("Een percentage kan niet hoger zijn dan 100.")
    return N_("Dit getal is te groot. Controleer het aantal nullen.") if value > LARGEST else None


def _count_problems(given: Given) -> list[Problem]:
    found = []
    if given.value is not None:
        message = N_("Vul de waarde in, of de teller en de noemer. Niet allebei.")
        found.append(Problem("value", message))
    if given.numerator is None:
        found.append(Problem("numerator", N_("Vul de teller in.")))
    if given.denominator is None:
        found.append(Problem("denominator", N_("Vul de noemer in.")))
    if given.numerator is not None and given.denominator is not None:
        found += _share_problems(given.numerator, given.denominator)
    return found


def _share_problems(numerator: Decimal, denominator: Decimal) -> list[Problem]:
    found = []
    if numerator < 0:
        found.append(Problem("numerator", N_("De teller kan niet negatief zijn.")))
    if denominator <= 0:
        message = N_(
            "De noemer moet hoger zijn dan 0. Is er niets geteld, kies dan ‘niet gemeten’."
        )
        found.append(Problem("denominator", message))
    elif denominator > LARGEST:
        message = N_("Dit getal is te groot. Controleer het aantal nullen.")
        found.append(Problem("denominator", message))
    elif numerator > denominator:
        message = N_("De teller kan niet hoger zijn dan de noemer.")
        found.append(Problem("numerator", message))
    return found
