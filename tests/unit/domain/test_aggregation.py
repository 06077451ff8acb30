"""The values of regions together: added, weighed, the latest, or refused."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.indicator_codes import Aggregation, Qualifier, Unit
from vpt_regio.domain.rules.aggregation import (
    Contribution,
    MixedUnits,
    NotAggregable,
    aggregate,
    joint_qualifier,
)

DAY = date(2012, 6, 30)
JOINING = [how for how in Aggregation if how is not Aggregation.NONE]


def contribution(
    region_id: int,
    value: Fraction | int | None,
    *,
    unit: Unit = Unit.NUMBER,
    counts: tuple[int, int] | None = None,
    on: date | None = DAY,
    qualifier: Qualifier = Qualifier.EXACT,
) -> Contribution:
    """Return what a region measured; `counts` are its numerator and denominator."""
    return Contribution(
        region_id=region_id,
        unit=unit,
        value=None if value is None else Fraction(value),
        numerator=None if counts is None else Fraction(counts[0]),
        denominator=None if counts is None else Fraction(counts[1]),
        measured_on=on,
        qualifier=qualifier,
    )


def shared(region_id: int, numerator: int, denominator: int) -> Contribution:
    return contribution(
        region_id,
        Fraction(numerator * 100, denominator),
        unit=Unit.PERCENT,
        counts=(numerator, denominator),
    )


@pytest.mark.parametrize("unit", [Unit.NUMBER, Unit.DAYS, Unit.EURO])
def test_a_sum_tells_how_many_regions_it_holds(unit: Unit) -> None:
    found = aggregate(
        [
            contribution(1, 12, unit=unit),
            contribution(2, None, unit=unit),
            contribution(3, 0, unit=unit, on=date(2011, 12, 31)),
        ],
        Aggregation.SUM,
    )
    assert found.value == 12
    assert (found.regions, found.regions_total, found.left_out) == (2, 3, ())
    assert (found.numerator, found.denominator) == (None, None)
    assert (found.measured_from, found.measured_on) == (date(2011, 12, 31), DAY)


def test_percentages_are_weighed_and_never_averaged() -> None:
    found = aggregate([shared(1, 1, 2), shared(2, 90, 100)], Aggregation.WEIGHTED)
    assert found.value == Fraction(9100, 102)
    assert (found.numerator, found.denominator) == (91, 102)
    assert found.value != (50 + 90) / 2


def test_what_cannot_be_weighed_is_left_out_by_name() -> None:
    found = aggregate(
        [
            contribution(9, 80, unit=Unit.PERCENT),
            shared(1, 1, 4),
            contribution(7, 80, unit=Unit.PERCENT, counts=(0, 0)),
            contribution(8, None, unit=Unit.PERCENT),
        ],
        Aggregation.WEIGHTED,
    )
    assert found.value == 25
    assert (found.regions, found.regions_total, found.left_out) == (1, 4, (7, 9))


def test_a_mean_weighs_what_is_no_percentage() -> None:
    found = aggregate(
        [
            contribution(1, 10, unit=Unit.DAYS, counts=(30, 3)),
            contribution(2, 20, unit=Unit.DAYS, counts=(20, 1)),
        ],
        Aggregation.WEIGHTED,
    )
    assert found.value == Fraction(25, 2)


def test_the_latest_is_the_one_measured_last() -> None:
    found = aggregate(
        [
            contribution(1, 66, unit=Unit.PERCENT, on=date(2007, 1, 1)),
            contribution(3, 59, unit=Unit.PERCENT, counts=(59, 100), on=DAY),
            contribution(2, 65, unit=Unit.PERCENT, on=None),
        ],
        Aggregation.LATEST,
    )
    assert (found.value, found.numerator, found.denominator) == (59, 59, 100)
    assert (found.regions, found.regions_total, found.left_out) == (1, 3, (2,))
    assert (found.measured_from, found.measured_on) == (DAY, DAY)


def test_no_rule_chooses_between_different_latest_values() -> None:
    with pytest.raises(NotAggregable, match=r"^several_latest_values$"):
        aggregate([contribution(1, 5), contribution(2, 6)], Aggregation.LATEST)


def test_latest_values_that_are_the_same_are_one() -> None:
    found = aggregate(
        [shared(1, 1, 2), shared(2, 2, 4), contribution(3, 80, unit=Unit.PERCENT, on=None)],
        Aggregation.LATEST,
    )
    assert (found.value, found.numerator, found.denominator) == (50, None, None)
    assert found.regions == 2


@pytest.mark.parametrize("how", JOINING)
@pytest.mark.parametrize(
    "contributions", [[], [contribution(1, None), contribution(2, None, on=None)]]
)
def test_nothing_measured_is_not_zero(
    how: Aggregation, contributions: Sequence[Contribution]
) -> None:
    found = aggregate(contributions, how)
    assert (found.value, found.numerator, found.denominator) == (None, None, None)
    assert (found.regions, found.regions_total) == (0, len(contributions))
    assert (found.left_out, found.measured_on, found.measured_from) == ((), None, None)


@pytest.mark.parametrize("how", JOINING)
@pytest.mark.parametrize("value", [None, 3])
def test_mixed_units_are_refused_even_when_not_measured(
    how: Aggregation, value: int | None
) -> None:
    with pytest.raises(MixedUnits, match=r"^days, number$"):
        aggregate([contribution(1, 3), contribution(2, value, unit=Unit.DAYS)], how)


@pytest.mark.parametrize(
    ("how", "unit", "code"),
    [
        (Aggregation.SUM, Unit.PERCENT, "unit_cannot_be_added"),
        (Aggregation.SUM, Unit.YES_NO, "unit_cannot_be_added"),
        (Aggregation.WEIGHTED, Unit.YES_NO, "unit_cannot_be_weighed"),
        *((Aggregation.NONE, unit, "not_to_be_joined") for unit in Unit),
    ],
)
@pytest.mark.parametrize("value", [None, 1])
def test_what_may_not_be_joined_is_refused(
    how: Aggregation, unit: Unit, code: str, value: int | None
) -> None:
    with pytest.raises(NotAggregable, match=f"^{code}$"):
        aggregate([contribution(1, value, unit=unit, counts=(1, 1))], how)


def test_what_is_never_joined_is_refused_without_values_too() -> None:
    with pytest.raises(NotAggregable, match=r"^not_to_be_joined$"):
        aggregate([], Aggregation.NONE)


@pytest.mark.parametrize(
    ("qualifiers", "together"),
    [
        ([], Qualifier.EXACT),
        ([Qualifier.EXACT, Qualifier.EXACT], Qualifier.EXACT),
        ([Qualifier.MORE_THAN, Qualifier.MORE_THAN], Qualifier.MORE_THAN),
        ([Qualifier.ALMOST], Qualifier.ALMOST),
        ([Qualifier.EXACT, Qualifier.CIRCA], Qualifier.CIRCA),
        ([Qualifier.EXACT, Qualifier.ALMOST], Qualifier.CIRCA),
        ([Qualifier.MORE_THAN, Qualifier.ALMOST], Qualifier.CIRCA),
    ],
)
def test_how_sure_values_are_together(qualifiers: list[Qualifier], together: Qualifier) -> None:
    assert joint_qualifier(qualifiers) is together


def test_only_values_that_count_decide_how_sure_it_is() -> None:
    found = aggregate(
        [
            contribution(1, 40),
            contribution(2, None, qualifier=Qualifier.ALMOST),
            contribution(3, 1, qualifier=Qualifier.CIRCA, on=DAY - timedelta(days=1)),
        ],
        Aggregation.LATEST,
    )
    assert found.qualifier is Qualifier.EXACT


numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=100)
contributions_of = st.builds(
    Contribution,
    region_id=st.integers(1, 30),
    unit=st.just(Unit.NUMBER),
    value=st.none() | numbers,
    numerator=st.none() | numbers,
    denominator=st.none() | st.fractions(0, 100, max_denominator=10),
    measured_on=st.none() | st.dates(date(2012, 1, 1), date(2012, 1, 10)),
    qualifier=st.sampled_from(Qualifier),
)


@given(
    st.lists(contributions_of, max_size=12).flatmap(
        lambda regions: st.tuples(st.just(regions), st.permutations(regions))
    ),
    st.sampled_from(JOINING),
)
def test_the_order_of_regions_makes_no_difference(
    orders: tuple[list[Contribution], list[Contribution]], how: Aggregation
) -> None:
    given_order, other_order = orders
    assert _outcome(other_order, how) == _outcome(given_order, how)


def _outcome(contributions: list[Contribution], how: Aggregation) -> object:
    try:
        return aggregate(contributions, how)
    except NotAggregable as refusal:
        return str(refusal)


@given(st.lists(st.none() | numbers, max_size=12))
def test_a_sum_is_the_exact_sum_of_what_was_measured(values: list[Fraction | None]) -> None:
    found = aggregate(
        [contribution(region, value) for region, value in enumerate(values)], Aggregation.SUM
    )
    known = [value for value in values if value is not None]
    assert found.value == (sum(known) if known else None)
    assert (found.regions, found.regions_total) == (len(known), len(values))


@given(
    st.lists(
        st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))),
        min_size=1,
        max_size=12,
    )
)
def test_however_a_whole_is_split_its_percentage_is_the_same(
    parts: list[tuple[int, int]],
) -> None:
    numerator, denominator = (sum(column) for column in zip(*parts, strict=True))
    split = aggregate(
        [shared(region, *counts) for region, counts in enumerate(parts)], Aggregation.WEIGHTED
    )
    at_once = aggregate([shared(1, numerator, denominator)], Aggregation.WEIGHTED)
    assert split.value is not None
    assert split.value == at_once.value == Fraction(numerator, denominator) * 100
    assert split.left_out == ()
    percentages = [Fraction(part, whole) * 100 for part, whole in parts]
    assert min(percentages) <= split.value <= max(percentages)


@given(
    st.sampled_from(JOINING),
    st.lists(st.sampled_from(Unit), min_size=2, max_size=6).filter(lambda units: len({*units}) > 1),
)
def test_mixed_units_never_come_to_a_value(how: Aggregation, units: list[Unit]) -> None:
    mixed = [contribution(region, 1, unit=unit) for region, unit in enumerate(units)]
    with pytest.raises(MixedUnits):
        aggregate(mixed, how)
