"""Values of indicators on a page: one place for unit, decimals, qualifier and "niet gemeten".

In templates: `value|measured(unit, decimals)`, `change|change_words(unit)`,
`distance|distance_words(unit, decimals)`, `share|target_percent`,
`attainment|attainment_badge` (a cell of a table); globals `attainment_tone`, `unit_words`.
A value is a `Value`, a number, or something that holds one in `.value`, such as a measurement
or a target; None is "niet gemeten" and never 0.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from vpt_regio.domain.indicator_codes import (
    ATTAINMENT_LABELS,
    Aggregation,
    Attainment,
    Unit,
)
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.domain.text import N_
from vpt_regio.web.filters import number, percent
from vpt_regio.web.i18n import label
from vpt_regio.web.values import ATTAINMENT_TONES, change_text, in_unit

AGGREGATION_RULES: dict[Aggregation, str] = {
    Aggregation.SUM: N_("De waarden van regio’s worden opgeteld."),
    Aggregation.WEIGHTED: N_(
        "De tellers en de noemers van regio’s worden opgeteld en dan gedeeld."
        " Een waarde zonder teller en noemer telt niet mee."
    ),
    Aggregation.LATEST: N_("De waarde met de laatste peildatum geldt voor het geheel."),
    Aggregation.NONE: N_("De waarden van regio’s worden niet samengevoegd."),
}


def init_app(app: Flask) -> None:
    app.add_template_filter(measured)
    app.add_template_filter(plain_number)
    app.add_template_filter(change_words)
    app.add_template_filter(distance_words)
    app.add_template_filter(target_percent)
    app.add_template_filter(attainment_badge)
    app.add_template_global(attainment_tone)
    app.add_template_global(unit_words)


def measured(value: Any, unit: Unit, decimals: int = 0, missing: str | None = None) -> str:
    """Return a value such as "ongeveer 40", "66,7%", "12 dagen" or "ja"; else `missing`."""
    found = value_in(value)
    return in_unit(found, unit, decimals) or (missing or _("niet gemeten"))


def plain_number(value: Any, decimals: int = 4) -> str | None:
    """Return a number without its unit, such as a numerator; None stays None."""
    found = value_in(value)
    return None if found is None else number(found.number, decimals)


def change_words(change: Change | None, unit: Unit) -> str:
    """Return a change with its sign, such as "+12,5%" or "−3 procentpunt".

    Without a change it says why: not measured, or nothing to compare with.
    """
    if change is None:
        return _("niet van toepassing") if unit is Unit.YES_NO else _("niet te berekenen")
    return change_text(change) or _("niet te berekenen: de oude waarde is 0")


def distance_words(distance: Fraction | None, unit: Unit, decimals: int = 0) -> str:
    """Return what is still missing; between two percentages that is told in points."""
    if distance is None:
        return _("niet te berekenen")
    if unit is Unit.PERCENT:
        return _("%(amount)s procentpunt", amount=number(distance, decimals))
    return measured(distance, unit, decimals)


def target_percent(share: Fraction | None) -> str:
    """Return which part of the way to the target was covered, such as "50%"."""
    return percent(share) or _("niet te berekenen")


def attainment_tone(attainment: Attainment) -> str:
    """Return the tone of the badge of an attainment."""
    return str(ATTAINMENT_TONES[attainment])


def attainment_badge(attainment: Attainment) -> dict[str, str]:
    """Return an attainment as the cell of a table, with its badge."""
    return {"text": label(ATTAINMENT_LABELS[attainment]), "badge": attainment_tone(attainment)}


def unit_words(unit: Unit) -> str:
    """Return what stands after an input or beside an axis: "%", "dagen", "euro" or "aantal"."""
    return {
        Unit.PERCENT: "%",
        Unit.DAYS: _("dagen"),
        Unit.EURO: _("euro"),
        Unit.NUMBER: _("aantal"),
        Unit.YES_NO: _("ja is 1, nee is 0"),
    }[unit]


def value_in(value: Any) -> Value | None:
    """Return the value that something is or holds; None when it was not measured."""
    if value is None or isinstance(value, Value):
        return value
    if isinstance(value, int | Decimal | Fraction):
        return Value(Fraction(value))
    return value_in(value.value)
