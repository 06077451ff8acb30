"""Measured values as typed cells: percentages as fractions, euros as money, yes and no as words."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from vpt_regio.domain.indicator_codes import ChangeKind, Unit
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.workbooks.spec import Kind, Typed

HUNDRED: Final = 100


def cell_of(number: Fraction | None, unit: Unit) -> Typed | None:
    """A number in its unit (66 is 66 %), as a cell; None is not measured, and blank."""
    if number is None:
        return None
    if unit is Unit.PERCENT:
        return Typed(Kind.EXACT_PERCENT, number / HUNDRED)
    if unit is Unit.EURO and (number * HUNDRED).denominator == 1:
        return Typed(Kind.MONEY, int(number * HUNDRED))
    if unit is Unit.YES_NO:
        return Typed(Kind.TEXT, number != 0)
    return Typed(Kind.NUMBER, number)


def value_cell(value: Value | None, unit: Unit) -> Typed | None:
    """A value with what is known of it, as a cell: the number alone."""
    return cell_of(value.number if value else None, unit)


def change_cell(change: Change | None) -> Typed | None:
    """A change as it is rounded on every page: a percentage, or points as a plain number."""
    if change is None or change.rounded is None:
        return None
    if change.kind is ChangeKind.PERCENT:
        return Typed(Kind.EXACT_PERCENT, Fraction(change.rounded) / HUNDRED)
    return Typed(Kind.NUMBER, change.rounded)
