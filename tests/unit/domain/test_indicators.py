"""Changes, and how a value stands to its baseline and its target."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vpt_regio.domain.indicator_codes import Attainment, ChangeKind, Direction, Qualifier, Unit
from vpt_regio.domain.rules.indicators import (
    ATTAINMENT_RULES,
    CHANGE_RULES,
    AttainmentFacts,
    Value,
    absolute_change,
    attainment,
    change,
    distance,
    percent_of,
    target_share,
)

START, END = date(2012, 1, 1), date(2012, 12, 31)
HALFWAY = START + timedelta(days=365 // 2)
"""The 182nd of 365 days: just short of half of the time."""

AT_MOST_51 = AttainmentFacts(
    unit=Unit.PERCENT,
    direction=Direction.DOWN,
    baseline=Fraction(66),
    baseline_on=START,
    target=Fraction(51),
    due_on=END,
    value=Fraction(60),
    measured_on=HALFWAY,
)
COUNTED = [Unit.NUMBER, Unit.DAYS, Unit.EURO]
numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=1000)


@pytest.mark.parametrize(
    ("rules", "codes"), [(CHANGE_RULES, ChangeKind), (ATTAINMENT_RULES, Attainment)]
)
def test_every_outcome_is_explained(rules: Mapping[StrEnum, str], codes: type[StrEnum]) -> None:
    assert list(rules) == list(codes)
    assert len(set(rules.values())) == len(rules)
    assert all(rule.strip().endswith(".") for rule in rules.values())


def test_a_value_is_exact_unless_said_otherwise() -> None:
    assert Value(Fraction(40)) == Value(Fraction(40), Qualifier.EXACT, None, None)


def test_a_percentage_is_computed_exactly() -> None:
    assert percent_of(1, 3) == Fraction(100, 3)
    assert percent_of(Fraction(1, 2), 4) == Fraction(25, 2)
    assert percent_of(0, 7) == 0


@pytest.mark.parametrize("numerator", [0, 5])
def test_a_percentage_of_nothing_does_not_exist(numerator: int) -> None:
    with pytest.raises(ValueError, match=r"^no_denominator$"):
        percent_of(numerator, 0)


@pytest.mark.parametrize("unit", COUNTED)
def test_what_is_counted_changes_in_per_cent(unit: Unit) -> None:
    found = change(Fraction(400), Fraction(550), unit)
    assert found is not None
    assert (found.kind, found.amount) == (ChangeKind.PERCENT, Fraction(75, 2))
    assert (str(found.rounded), found.decimals) == ("37.5", 1)


def test_percentages_change_in_points_unless_asked_otherwise() -> None:
    points = change(Fraction(50), Fraction(60), Unit.PERCENT, decimals=0)
    relative = change(Fraction(50), Fraction(60), Unit.PERCENT, relative=True, decimals=0)
    assert points is not None
    assert relative is not None
    assert (points.kind, points.amount, points.rounded) == (ChangeKind.POINTS, 10, 10)
    assert (relative.kind, relative.amount, relative.rounded) == (ChangeKind.PERCENT, 20, 20)


@pytest.mark.parametrize(
    ("old", "new", "rounded"),
    [(1000, 1005, "1"), (1000, 995, "-1"), (1000, 1004, "0"), (1000, 996, "0")],
)
def test_a_change_is_rounded_half_up_on_both_sides(old: int, new: int, rounded: str) -> None:
    found = change(Fraction(old), Fraction(new), Unit.NUMBER, decimals=0)
    assert found is not None
    assert str(found.rounded) == rounded


def test_what_was_not_measured_did_not_change() -> None:
    for unit in Unit:
        assert change(None, Fraction(1), unit) is None
        assert change(Fraction(1), None, unit) is None
        assert absolute_change(None, Fraction(1), unit) is None


def test_yes_and_no_have_no_change() -> None:
    for relative in (False, True):
        assert change(Fraction(0), Fraction(1), Unit.YES_NO, relative=relative) is None
    assert absolute_change(Fraction(0), Fraction(1), Unit.YES_NO) is None


def test_from_zero_there_is_a_difference_but_no_percentage() -> None:
    found = change(Fraction(0), Fraction(12), Unit.NUMBER)
    assert found is not None
    assert (found.kind, found.amount, found.rounded) == (ChangeKind.PERCENT, None, None)
    difference = absolute_change(Fraction(0), Fraction(12), Unit.NUMBER, decimals=0)
    assert difference is not None
    assert (difference.kind, difference.amount) == (ChangeKind.ABSOLUTE, 12)
    assert str(difference.rounded) == "12"
    points = change(Fraction(0), Fraction(12), Unit.PERCENT)
    assert points is not None
    assert points.amount == 12


@given(numbers, numbers, st.sampled_from(list(Unit)), st.booleans(), st.integers(0, 4))
def test_a_change_never_departs_from_exact_arithmetic(
    old: Fraction, new: Fraction, unit: Unit, relative: bool, decimals: int
) -> None:
    found = change(old, new, unit, relative=relative, decimals=decimals)
    if unit is Unit.YES_NO:
        assert found is None
        return
    assert found is not None
    if found.amount is None:
        assert (old, found.kind) == (0, ChangeKind.PERCENT)
        return
    step = found.amount if found.kind is ChangeKind.POINTS else found.amount * abs(old) / 100
    assert old + step == new
    assert found.rounded is not None
    assert abs(Fraction(found.rounded) - found.amount) <= Fraction(1, 2 * 10**decimals)
    assert found.rounded.as_tuple().exponent == -decimals


@pytest.mark.parametrize(
    ("baseline", "value", "target", "share"),
    [
        (66, 51, 51, Fraction(1)),
        (66, 66, 51, Fraction(0)),
        (66, 60, 51, Fraction(2, 5)),
        (66, 69, 51, Fraction(-1, 5)),
        (0, 150, 100, Fraction(3, 2)),
        (51, 60, 51, None),
        (None, 60, 51, None),
        (66, None, 51, None),
        (66, 60, None, None),
    ],
)
def test_the_share_of_the_way_to_the_target(
    baseline: int | None, value: int | None, target: int | None, share: Fraction | None
) -> None:
    assert target_share(_exact(baseline), _exact(value), _exact(target)) == share


@pytest.mark.parametrize(
    ("value", "target", "direction", "missing"),
    [
        (59, 51, Direction.DOWN, 8),
        (51, 51, Direction.DOWN, 0),
        (40, 51, Direction.DOWN, 0),
        (40, 51, Direction.UP, 11),
        (59, 51, Direction.UP, 0),
        (None, 51, Direction.UP, None),
        (59, None, Direction.UP, None),
    ],
)
def test_what_is_still_missing(
    value: int | None, target: int | None, direction: Direction, missing: int | None
) -> None:
    assert distance(_exact(value), _exact(target), direction) == missing


@given(numbers, numbers, numbers)
def test_share_and_distance_agree_on_what_is_reached(
    baseline: Fraction, value: Fraction, target: Fraction
) -> None:
    share = target_share(baseline, value, target)
    if share is None:
        assert baseline == target
        return
    direction = Direction.UP if target > baseline else Direction.DOWN
    missing = distance(value, target, direction)
    assert (share >= 1) is (missing == 0)
    assert baseline + share * (target - baseline) == value


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (51, Attainment.MET),
        (50, Attainment.MET),
        (Fraction(58), Attainment.ON_COURSE),
        (60, Attainment.BEHIND),
        (70, Attainment.BEHIND),
        (None, Attainment.NOT_MEASURED),
    ],
)
def test_a_value_is_held_against_the_line(
    value: Fraction | int | None, outcome: Attainment
) -> None:
    facts = replace(AT_MOST_51, value=_exact(value))
    assert attainment(facts, today=HALFWAY) is outcome


def test_on_the_line_is_on_course() -> None:
    """A fifth of the time has passed, and a fifth of the way was gone."""
    facts = replace(AT_MOST_51, value=Fraction(63), measured_on=START + timedelta(days=365 // 5))
    assert (END - START).days == 365
    assert attainment(facts, today=HALFWAY) is Attainment.ON_COURSE
    later = replace(facts, measured_on=START + timedelta(days=365 // 5 + 1))
    assert attainment(later, today=HALFWAY) is Attainment.BEHIND


def test_higher_may_be_better_too() -> None:
    facts = replace(AT_MOST_51, direction=Direction.UP, baseline=Fraction(20), target=Fraction(80))
    assert attainment(replace(facts, value=Fraction(80)), today=END) is Attainment.MET
    assert attainment(replace(facts, value=Fraction(50)), today=END) is Attainment.ON_COURSE
    assert attainment(replace(facts, value=Fraction(49)), today=END) is Attainment.BEHIND


def test_the_due_date_itself_is_still_in_time() -> None:
    facts = replace(AT_MOST_51, value=Fraction(58))
    assert attainment(facts, today=END) is Attainment.ON_COURSE
    assert attainment(facts, today=END + timedelta(days=1)) is Attainment.BEHIND
    met = replace(facts, value=Fraction(51))
    assert attainment(met, today=END + timedelta(days=1)) is Attainment.MET


@pytest.mark.parametrize(
    "unknown",
    [
        {"target": None},
        {"baseline": None},
        {"baseline_on": None},
        {"due_on": None},
        {"measured_on": None},
        {"due_on": START},
    ],
)
def test_what_is_not_known_is_not_judged(unknown: dict[str, date | None]) -> None:
    facts = replace(AT_MOST_51, **unknown)  # type: ignore[arg-type]
    assert attainment(facts, today=START) is Attainment.UNKNOWN


def test_without_a_baseline_the_end_still_tells() -> None:
    facts = replace(AT_MOST_51, baseline=None, baseline_on=None)
    assert attainment(facts, today=END + timedelta(days=1)) is Attainment.BEHIND
    assert attainment(replace(facts, value=Fraction(51)), today=START) is Attainment.MET


def test_a_measurement_outside_the_line_counts_from_its_ends() -> None:
    before = replace(AT_MOST_51, value=Fraction(66), measured_on=START - timedelta(days=400))
    assert attainment(before, today=START) is Attainment.ON_COURSE
    worse = replace(before, value=Fraction(67))
    assert attainment(worse, today=START) is Attainment.BEHIND
    after = replace(AT_MOST_51, value=Fraction(52), measured_on=END + timedelta(days=5))
    assert attainment(after, today=END) is Attainment.BEHIND


@pytest.mark.parametrize("baseline", [51, 40])
def test_worse_than_a_target_that_was_reached_at_the_start_is_behind(baseline: int) -> None:
    facts = replace(AT_MOST_51, baseline=Fraction(baseline), value=Fraction(55))
    assert attainment(facts, today=HALFWAY) is Attainment.BEHIND


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize(("value", "target"), [(0, 1), (1, 0), (1, 1), (0, 0)])
def test_yes_and_no_are_reached_or_not_yet_known(
    direction: Direction, value: int, target: int
) -> None:
    facts = replace(
        AT_MOST_51,
        unit=Unit.YES_NO,
        direction=direction,
        baseline=Fraction(1 - target),
        target=Fraction(target),
        value=Fraction(value),
    )
    is_met = value == target
    assert attainment(facts, today=END) is (Attainment.MET if is_met else Attainment.UNKNOWN)
    assert attainment(facts, today=END + timedelta(days=1)) is (
        Attainment.MET if is_met else Attainment.BEHIND
    )


@given(
    baseline=numbers,
    target=numbers,
    value=numbers,
    measured_after=st.integers(-50, 500),
    lasts=st.integers(1, 400),
)
def test_on_course_means_that_the_way_is_not_shorter_than_the_time(
    baseline: Fraction, target: Fraction, value: Fraction, measured_after: int, lasts: int
) -> None:
    share = target_share(baseline, value, target)
    assume(share is not None)
    assert share is not None
    facts = AttainmentFacts(
        unit=Unit.NUMBER,
        direction=Direction.UP if target > baseline else Direction.DOWN,
        baseline=baseline,
        baseline_on=START,
        target=target,
        due_on=START + timedelta(days=lasts),
        value=value,
        measured_on=START + timedelta(days=measured_after),
    )
    time = min(max(Fraction(measured_after, lasts), Fraction(0)), Fraction(1))
    expected = Attainment.ON_COURSE if share >= time else Attainment.BEHIND
    assert attainment(facts, today=START) is (Attainment.MET if share >= 1 else expected)


def _exact(number: Fraction | Decimal | int | None) -> Fraction | None:
    return None if number is None else Fraction(number)
