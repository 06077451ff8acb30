"""A claim held against two known numbers: what follows, whether it agrees, and why it may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vpt_regio.domain.percentages import change_percent
from vpt_regio.domain.rules.letter_agreement import (
    agreement,
    is_cut_off,
    is_turned_around,
    plain,
    shown,
)
from vpt_regio.domain.rules.letter_document import Finding, FindingKind
from vpt_regio.domain.rules.letter_numbers import QUALIFIERS, Nearness, Number, NumberUnit
from vpt_regio.domain.rules.letter_tables import Point, Series

KINDS = {
    NumberUnit.PERCENT: FindingKind.CHANGE,
    NumberUnit.POINTS: FindingKind.POINTS,
    NumberUnit.TIMES: FindingKind.FACTOR,
    NumberUnit.COUNT: FindingKind.DIFFERENCE,
    NumberUnit.EURO: FindingKind.DIFFERENCE,
}
WAYS = {1: "toename", -1: "afname", 0: "verandering"}


@dataclass(frozen=True)
class Operands:
    """The two numbers that a claim compares, where they stand, and the series they come from.

    `others` are the numbers of the same series, for the likely cause of a difference.
    """

    old: Fraction
    new: Fraction
    unit: NumberUnit
    where: str
    others: Sequence[Point] = ()

    @classmethod
    def of(cls, series: Series, old: Point, new: Point) -> "Operands":
        where = series.named(old, new)
        return cls(old.value, new.value, series.unit, where, series.points)


@dataclass(frozen=True)
class Verdict:
    """What follows from the operands, with its sign, and whether the claim agrees."""

    computed: Fraction | None
    agrees: bool | None
    is_wrong_way: bool = False


def judge(number: Number, operands: Operands, way: int) -> Verdict:
    """Hold a change, a difference or a multiple against its two numbers.

    `way` is 1 for a rise, -1 for a fall, 0 when the sentence does not say.
    """
    if number.unit is NumberUnit.TIMES:
        return _judge_times(number, operands, way)
    computed = _change(number.unit, operands.old, operands.new)
    if computed is None:
        return Verdict(None, None)
    way = number.sign or way
    if way and computed * way < 0 and abs(computed) >= number.step / 2:
        return Verdict(computed, False, is_wrong_way=True)
    return Verdict(computed, agreement(number, abs(computed)))


def _change(unit: NumberUnit, old: Fraction, new: Fraction) -> Fraction | None:
    return change_percent(old, new) if unit is NumberUnit.PERCENT else new - old


def _judge_times(number: Number, operands: Operands, way: int) -> Verdict:
    if operands.old == 0:
        return Verdict(None, None)
    computed = operands.new / operands.old
    if way < 0 and number.value > 1 and computed:
        # "drie keer zo weinig" turns the multiple around
        computed = 1 / computed
    agrees = agreement(number, computed)
    if agrees is False and way > 0 and not number.text.lower().endswith("d"):
        # "drie keer meer" is read as three times as much, and as three times more
        agrees = True if agreement(number, computed - 1) else agrees
    return Verdict(computed, agrees)


def finding_of(text: str, number: Number, operands: Operands, way: int) -> Finding:
    """Return the finding on a claim of which both numbers are known."""
    verdict = judge(number, operands, way)
    sign = way if number.unit is not NumberUnit.TIMES else 0
    step = number.step
    if number.unit is NumberUnit.TIMES:
        step = min(step, Fraction(1, 10))
    old, new = plain(operands.old, operands.unit), plain(operands.new, operands.unit)
    claim = number.text
    if number.unit is not NumberUnit.TIMES:
        claim = f"{number.text} {WAYS[number.sign or way]}"
    computed = ""
    if verdict.computed is not None:
        computed = shown(verdict.computed, step=step, unit=number.unit)
    return Finding(
        text=text,
        claim=claim,
        kind=KINDS[number.unit],
        stated=stated(number, sign),
        computed=computed,
        agrees=verdict.agrees,
        explanation=_explained(number, operands, way, verdict, f"van {old} naar {new}"),
    )


def stated(number: Number, way: int = 0) -> str:
    """Return what the letter says, with the sign of the change."""
    value = number.value * (number.sign or way or 1)
    step = number.step
    if number.value.denominator != 1 and step == 1:
        step = Fraction(1, 10)
    text = shown(value, step=step, unit=number.unit) if step > 1 else plain(value, number.unit)
    if number.nearness is not Nearness.EXACT:
        before = next(
            one
            for one in sorted(QUALIFIERS, key=len, reverse=True)
            if number.text.lower().startswith(one)
        )
        return f"{before} {text}"
    return text


def _explained(number: Number, operands: Operands, way: int, verdict: Verdict, change: str) -> str:
    numbers = f"Berekend uit {operands.where}: {change}."
    if verdict.computed is None:
        return f"Niet te controleren: met een oude waarde van 0 is er geen percentage. {numbers}"
    if verdict.agrees is None:
        return f"Niet te controleren: ‘{number.text}’ is een grensgeval. {numbers}"
    if verdict.agrees:
        return numbers
    return f"{_cause(number, operands, way, verdict)} {numbers}"


def _cause(number: Number, operands: Operands, way: int, verdict: Verdict) -> str:
    computed = verdict.computed or Fraction(0)
    rules = (
        (verdict.is_wrong_way and not _is_swapped(number, operands), _WRONG_WAY),
        (is_cut_off(number, computed), _CUT_OFF),
        (_is_swapped(number, operands), _SWAPPED),
        (_is_points(number, operands), _POINTS),
        (_is_ratio(number, operands), _RATIO),
        (is_turned_around(number, computed), _TURNED),
    )
    found = next((text for holds, text in rules if holds), None)
    return found or _other_comparison(number, operands, way) or "Waarschijnlijk een rekenfout."


_CUT_OFF = "Waarschijnlijk afgekapt in plaats van afgerond."
_WRONG_WAY = "De richting klopt niet: een stijging is een daling genoemd, of andersom."
_SWAPPED = "Waarschijnlijk zijn ‘van’ en ‘naar’ verwisseld."
_POINTS = "Dit is het verschil in procentpunt, niet in procenten."
_RATIO = "Dit is de nieuwe waarde als deel van de oude, niet de verandering."
_TURNED = "Waarschijnlijk een typefout: twee cijfers zijn verwisseld."


def _is_swapped(number: Number, operands: Operands) -> bool:
    if number.unit is not NumberUnit.PERCENT or operands.new == 0:
        return False
    turned = change_percent(operands.new, operands.old)
    return turned is not None and agreement(number, abs(turned)) is True


def _is_points(number: Number, operands: Operands) -> bool:
    return (
        number.unit is NumberUnit.PERCENT
        and operands.unit is NumberUnit.PERCENT
        and agreement(number, abs(operands.new - operands.old)) is True
    )


def _is_ratio(number: Number, operands: Operands) -> bool:
    return (
        number.unit is NumberUnit.PERCENT
        and operands.old != 0
        and agreement(number, operands.new / operands.old * 100) is True
    )


def _other_comparison(number: Number, operands: Operands, way: int) -> str | None:
    """Return which other two numbers of the series give what the letter says."""
    points = list(operands.others)
    pairs = [(old, new) for i, new in enumerate(points) for old in points[:i]]
    for old, new in reversed(pairs):
        if (old.value, new.value) == (operands.old, operands.new):
            continue
        change = _change(number.unit, old.value, new.value)
        if number.unit is NumberUnit.TIMES and old.value:
            change = new.value / old.value
        if change is None or (way and change * way < 0):
            continue
        if agreement(number, abs(change)):
            which = f"tussen ‘{old.label}’ en ‘{new.label}’"
            if new is not points[-1]:
                return f"Dit is het verschil dat in de vorige brief stond: {which}."
            return f"Dit is het verschil {which}."
    return None
