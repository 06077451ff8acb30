"""Values of regions told as one: exact whatever the split, or refused."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.indicator_codes import Aggregation, Qualifier, Unit
from vpt_regio.domain.rules.aggregation import Contribution
from vpt_regio.domain.rules.results import Refusal, joint, own

DAY = date(2012, 6, 30)
COUNTS = st.integers(1, 500).flatmap(
    lambda whole: st.tuples(st.integers(1, 6), st.integers(0, whole), st.just(whole))
)


def _share(region_id: int, part: int, whole: int) -> Contribution:
    value = Fraction(part, whole) * 100
    return Contribution(
        region_id, Unit.PERCENT, value, Fraction(part), Fraction(whole), DAY, Qualifier.EXACT
    )


def _plain(region_id: int, value: int, unit: Unit = Unit.PERCENT) -> Contribution:
    return Contribution(region_id, unit, Fraction(value), None, None, DAY, Qualifier.EXACT)


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_a_percentage_of_sums_is_weighted(counts: list[tuple[int, int, int]]) -> None:
    told = joint([_share(*one) for one in counts], Aggregation.WEIGHTED)
    parts, wholes = sum(one[1] for one in counts), sum(one[2] for one in counts)
    assert told.value is not None
    assert told.value.number == Fraction(parts * 100, wholes)
    assert told.regions == len({one[0] for one in counts})


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_regions_first_gives_the_same(counts: list[tuple[int, int, int]]) -> None:
    everything = [_share(*one) for one in counts]
    of_regions = [
        own([one for one in everything if one.region_id == region], Aggregation.WEIGHTED).value
        for region in sorted({one.region_id for one in everything})
    ]
    first = [
        _share(number, int(value.numerator or 0), int(value.denominator or 0))
        for number, value in enumerate(of_regions)
        if value
    ]
    told = joint(everything, Aggregation.WEIGHTED).value
    assert told is not None
    again = joint(first, Aggregation.WEIGHTED).value
    assert again is not None
    assert told.number == again.number


def test_equal_shares_without_counts_are_their_own_mean() -> None:
    told = joint([_plain(1, 60), _plain(2, 60), _share(3, 6, 10)], Aggregation.WEIGHTED)
    assert told.value is not None
    assert told.value.number == 60
    assert (told.regions, told.left_out) == (3, frozenset())


def test_different_shares_without_counts_are_left_out() -> None:
    told = joint([_plain(1, 60), _plain(2, 70), _share(3, 1, 2)], Aggregation.WEIGHTED)
    assert told.value is not None
    assert told.value.number == 50
    assert (told.regions, told.regions_total, told.left_out) == (1, 3, frozenset({1, 2}))


def test_a_single_value_of_a_region_stands() -> None:
    told = own([_plain(1, 7, Unit.NUMBER)], Aggregation.NONE)
    assert told.value is not None
    assert told.value.number == 7
    several = own([_plain(1, 7, Unit.NUMBER), _plain(1, 8, Unit.NUMBER)], Aggregation.NONE)
    assert (several.value, several.refusal) == (None, Refusal.NOT_TO_BE_JOINED)


def test_units_are_never_mixed() -> None:
    told = joint([_plain(1, 7, Unit.NUMBER), _plain(2, 7, Unit.DAYS)], Aggregation.SUM)
    assert (told.value, told.refusal, told.regions_total) == (None, Refusal.MIXED_UNITS, 2)
