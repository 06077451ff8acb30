"""The result of an indicator over regions: what may be told as one, and what stays out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vpt_regio.domain.indicator_codes import Aggregation, Qualifier
from vpt_regio.domain.rules.aggregation import (
    Aggregate,
    Contribution,
    MixedUnits,
    NotAggregable,
    aggregate,
    joint_qualifier,
)
from vpt_regio.domain.rules.indicators import Value
from vpt_regio.domain.text import N_


class Refusal(StrEnum):
    """Why values are not told as one."""

    NOT_TO_BE_JOINED = "not_to_be_joined"
    UNIT_CANNOT_BE_ADDED = "unit_cannot_be_added"
    UNIT_CANNOT_BE_WEIGHED = "unit_cannot_be_weighed"
    SEVERAL_LATEST_VALUES = "several_latest_values"
    MIXED_UNITS = "mixed_units"


REFUSALS: dict[Refusal, str] = {
    Refusal.NOT_TO_BE_JOINED: N_(
        "Deze indicator mag niet worden samengevoegd. U ziet de regio's daarom naast elkaar."
    ),
    Refusal.UNIT_CANNOT_BE_ADDED: N_(
        "Percentages en ‘ja of nee’ mogen niet worden opgeteld. U ziet de regio's naast elkaar."
    ),
    Refusal.UNIT_CANNOT_BE_WEIGHED: N_(
        "‘Ja of nee’ heeft geen gemiddelde. U ziet de regio's daarom naast elkaar."
    ),
    Refusal.SEVERAL_LATEST_VALUES: N_(
        "Op de laatste meetdag staan verschillende waarden. Het systeem kiest er niet een uit."
    ),
    Refusal.MIXED_UNITS: N_("De waarden hebben niet dezelfde eenheid."),
}

AGGREGATION_RULES: dict[Aggregation, str] = {
    Aggregation.SUM: N_("De waarden van alle afspraken zijn opgeteld."),
    Aggregation.WEIGHTED: N_(
        "Gewogen: alle tellers bij elkaar, gedeeld door alle noemers bij elkaar."
        " Het is dus geen gemiddelde van percentages."
    ),
    Aggregation.LATEST: N_("De waarde met de laatste peildatum telt."),
    Aggregation.NONE: REFUSALS[Refusal.NOT_TO_BE_JOINED],
}


class LeftOut(StrEnum):
    """Why what a region agreed does not count."""

    NOT_MEASURED = "not_measured"
    NO_COUNTS = "no_counts"
    NO_DAY = "no_day"
    NOT_CLOSED = "not_closed"


LEFT_OUT_REASONS: dict[LeftOut, str] = {
    LeftOut.NOT_MEASURED: N_("niet gemeten"),
    LeftOut.NO_COUNTS: N_("geen teller en noemer, dus niet te wegen"),
    LeftOut.NO_DAY: N_("geen peildatum"),
    LeftOut.NOT_CLOSED: N_(
        "geen meting in een halfjaar dat is afgesloten;"
        " andere metingen ziet u alleen van uw eigen regio"
    ),
}


@dataclass(frozen=True)
class Joint:
    """The values of regions as one, or the refusal; without a value that counts both are None.

    `regions` of `regions_total` stand behind it. `left_out` are the regions that were measured
    but of which something could not be counted.
    """

    value: Value | None
    regions: int
    regions_total: int
    refusal: Refusal | None = None
    left_out: frozenset[int] = frozenset()
    measured_from: date | None = None
    measured_on: date | None = None


def joint(contributions: Iterable[Contribution], how: Aggregation) -> Joint:
    """Take values together as their indicator allows, or tell why that may not be.

    A region may contribute more than once: the rules give the same whether its own values are
    taken together first or not. References without counts (a target of "60%") cannot be weighed;
    yet when all say the same, that is the weighted mean as well, whatever the weights are.
    """
    given = list(contributions)
    try:
        together = aggregate(given, how)
    except NotAggregable as refused:
        return _refused(given, Refusal(str(refused)))
    except MixedUnits:
        return _refused(given, Refusal.MIXED_UNITS)
    if together.left_out and how is Aggregation.WEIGHTED:
        return _of_equals(given) or _told(together)
    return _told(together)


def own(contributions: Iterable[Contribution], how: Aggregation) -> Joint:
    """Take the values of one region together; a single value stands, whatever may be joined."""
    given = list(contributions)
    if len(given) != 1 or given[0].value is None:
        return joint(given, how)
    (one,) = given
    value = Value(given[0].value, one.qualifier, one.numerator, one.denominator)
    return Joint(value, 1, 1, measured_from=one.measured_on, measured_on=one.measured_on)


def _told(together: Aggregate) -> Joint:
    value = together.value
    return Joint(
        value=None
        if value is None
        else Value(value, together.qualifier, together.numerator, together.denominator),
        regions=together.regions,
        regions_total=together.regions_total,
        left_out=frozenset(together.left_out),
        measured_from=together.measured_from,
        measured_on=together.measured_on,
    )


def _of_equals(given: Sequence[Contribution]) -> Joint | None:
    measured = [one for one in given if one.value is not None]
    numbers = {one.value for one in measured}
    if len(numbers) != 1:
        return None
    days = [one.measured_on for one in measured if one.measured_on]
    qualifier: Qualifier = joint_qualifier(one.qualifier for one in measured)
    return Joint(
        value=Value(numbers.pop() or Fraction(0), qualifier),
        regions=len({one.region_id for one in measured}),
        regions_total=len({one.region_id for one in given}),
        measured_from=min(days, default=None),
        measured_on=max(days, default=None),
    )


def _refused(given: Sequence[Contribution], refusal: Refusal) -> Joint:
    total = len({one.region_id for one in given})
    measured = len({one.region_id for one in given if one.value is not None})
    return Joint(None, measured, total, refusal)
