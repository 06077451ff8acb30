"""The values of regions taken together, or the refusal to do so.

Nothing is added that may not be added: a total exists only in the way the indicator declares.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vpt_regio.domain.indicator_codes import Aggregation, Qualifier, Unit
from vpt_regio.domain.rules.indicators import percent_of

_ADDABLE = frozenset({Unit.NUMBER, Unit.DAYS, Unit.EURO})
_WEIGHABLE = _ADDABLE | {Unit.PERCENT}


class MixedUnits(ValueError):
    """The values are not counted in one unit."""


class NotAggregable(ValueError):
    """The values may not be taken together; the message is a code that says why.

    ``not_to_be_joined``, ``unit_cannot_be_added``, ``unit_cannot_be_weighed`` or
    ``several_latest_values``.
    """


@dataclass(frozen=True)
class Contribution:
    """The value of one region; None as value is "not measured"."""

    region_id: int
    unit: Unit
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    measured_on: date | None
    qualifier: Qualifier


@dataclass(frozen=True)
class Aggregate:
    """The values together, and how many regions of all stand behind them.

    `left_out` are the regions that were measured but could not be counted: without a numerator
    or a denominator to weigh with, or without a day to find the latest by. `measured_from` and
    `measured_on` are the first and the last day on which what counts was measured.
    """

    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    qualifier: Qualifier
    regions: int
    regions_total: int
    left_out: tuple[int, ...]
    measured_on: date | None
    measured_from: date | None = None


@dataclass(frozen=True)
class _Joined:
    """What the contributions that count come to."""

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def aggregate(contributions: Iterable[Contribution], how: Aggregation) -> Aggregate:
    """Take the values of regions together; the order of them makes no difference.

    SUM adds numbers, days and euros. WEIGHTED divides the sum of the numerators by the sum of the
    denominators (in per cent when the unit is). LATEST takes the value that was measured last.
    Raises ``MixedUnits``, or ``NotAggregable`` for what may not be joined, for a sum of
    percentages or of yes and no, and when different values share the last day: no rule can
    choose between them honestly. Without a value that counts the value is None, never 0.
    """
    everything = list(contributions)
    _refuse_what_does_not_fit({contribution.unit for contribution in everything}, how)
    measured = [contribution for contribution in everything if contribution.value is not None]
    is_usable = _IS_USABLE[how]
    usable = [contribution for contribution in measured if is_usable(contribution)]
    counting = _measured_last(usable) if how is Aggregation.LATEST else usable
    joined = _JOIN[how](counting) if counting else _Joined()
    days = [contribution.measured_on for contribution in counting if contribution.measured_on]
    return Aggregate(
        value=joined.value,
        numerator=joined.numerator,
        denominator=joined.denominator,
        qualifier=joint_qualifier(contribution.qualifier for contribution in counting),
        regions=len(_regions(counting)),
        regions_total=len(_regions(everything)),
        left_out=tuple(sorted(_regions(one for one in measured if not is_usable(one)))),
        measured_on=max(days, default=None),
        measured_from=min(days, default=None),
    )


def joint_qualifier(qualifiers: Iterable[Qualifier]) -> Qualifier:
    """Return how sure values are together: what all are, else circa; of no values exact."""
    found = set(qualifiers)
    if len(found) > 1:
        return Qualifier.CIRCA
    return found.pop() if found else Qualifier.EXACT


def _refuse_what_does_not_fit(units: set[Unit], how: Aggregation) -> None:
    if how is Aggregation.NONE:
        raise NotAggregable("not_to_be_joined")
    if len(units) > 1:
        raise MixedUnits(", ".join(sorted(units)))
    if how is Aggregation.SUM and not units <= _ADDABLE:
        raise NotAggregable("unit_cannot_be_added")
    if how is Aggregation.WEIGHTED and not units <= _WEIGHABLE:
        raise NotAggregable("unit_cannot_be_weighed")


def _regions(contributions: Iterable[Contribution]) -> set[int]:
    return {contribution.region_id for contribution in contributions}


def _can_be_weighed(one: Contribution) -> bool:
    return one.numerator is not None and one.denominator is not None and one.denominator > 0


def _measured_last(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Return all that were measured on the last day, for several may say the same."""
    days = [one.measured_on for one in contributions if one.measured_on is not None]
    return [one for one in contributions if one.measured_on == max(days)] if days else []


def _add(contributions: Sequence[Contribution]) -> _Joined:
    return _Joined(_total(one.value for one in contributions))


def _weigh(contributions: Sequence[Contribution]) -> _Joined:
    numerator = _total(one.numerator for one in contributions)
    denominator = _total(one.denominator for one in contributions)
    is_percentage = contributions[0].unit is Unit.PERCENT
    value = percent_of(numerator, denominator) if is_percentage else numerator / denominator
    return _Joined(value, numerator, denominator)


def _take_latest(contributions: Sequence[Contribution]) -> _Joined:
    """Return the value of all; numerator and denominator only when these are the same too."""
    found = {(one.value, one.numerator, one.denominator) for one in contributions}
    values = {value for value, _, _ in found}
    if len(values) > 1:
        raise NotAggregable("several_latest_values")
    return _Joined(*found.pop()) if len(found) == 1 else _Joined(values.pop())


def _total(numbers: Iterable[Fraction | None]) -> Fraction:
    return sum((number for number in numbers if number is not None), Fraction(0))


_IS_USABLE: dict[Aggregation, Callable[[Contribution], bool]] = {
    Aggregation.SUM: lambda one: True,
    Aggregation.WEIGHTED: _can_be_weighed,
    Aggregation.LATEST: lambda one: one.measured_on is not None,
}

_JOIN: dict[Aggregation, Callable[[Sequence[Contribution]], _Joined]] = {
    Aggregation.SUM: _add,
    Aggregation.WEIGHTED: _weigh,
    Aggregation.LATEST: _take_latest,
}
