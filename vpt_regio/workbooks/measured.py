"""Measured values as typed cells: percentages as fractions, euros as money, yes and no as words."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from vpt_regio.domain.indicator_codes import ChangeKind, Unit
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.indicators import Change, Value
from vpt_regio.workbooks.spec import Kind, Typed

HUNDRED: Final = 100
_SUFFIXES: Final = {Unit.PERCENT: "%", Unit.DAYS: " dagen", Unit.EURO: " euro"}


def cell_of(number: Fraction | None, unit: Unit) -> Typed | bool | None:
    """A number in its unit (66 is 66 %), as a cell; None is not measured, and blank."""
    if number is None:
        return None
    if unit is Unit.PERCENT:
        return Typed(Kind.EXACT_PERCENT, number / HUNDRED)
    if unit is Unit.EURO and (number * HUNDRED).denominator == 1:
        return Typed(Kind.MONEY, int(number * HUNDRED))
    if unit is Unit.YES_NO:
        return number != 0
    return Typed(Kind.NUMBER, number)


def value_cell(value: Value | None, unit: Unit) -> Typed | bool | None:
    """A value with what is known of it, as a cell: the number alone."""
    return cell_of(value.number if value else None, unit)


def in_words(number: Fraction | None, unit: Unit) -> str:
    """A number as it is told in a note: "33,3%", "1234,5 dagen", "ja"; None is not measured."""
    if number is None:
        return "niet gemeten"
    if unit is Unit.YES_NO:
        return "ja" if number else "nee"
    rounded = f"{round_half_up(number, 1):f}".removesuffix(".0").replace(".", ",")
    return f"{rounded}{_SUFFIXES.get(unit, '')}"


def change_cell(change: Change | None) -> Typed | None:
    """A change as it is rounded on every page: a percentage, or points as a plain number."""
    if change is None or change.rounded is None:
        return None
    if change.kind is ChangeKind.PERCENT:
        return Typed(Kind.EXACT_PERCENT, Fraction(change.rounded) / HUNDRED)
    return Typed(Kind.NUMBER, change.rounded)
