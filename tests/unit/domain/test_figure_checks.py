"""Totals and stated numbers, computed again."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vpt_regio.domain.indicator_codes import ClaimKind, Qualifier
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.figure_checks import (
    CLAIM_RULES,
    QUALIFIER_RULES,
    Claim,
    ClaimCheck,
    TotalCheck,
    check_claim,
    check_total,
    cross_check,
)

OF_TWO = [kind for kind in ClaimKind if kind is not ClaimKind.SUM]
OF_A_BASE = [ClaimKind.CHANGE_PERCENT, ClaimKind.SHARE, ClaimKind.FACTOR]


def check(
    kind: ClaimKind,
    *operands: Fraction | int | None,
    stated: str | None = None,
    decimals: int = 0,
    qualifier: Qualifier = Qualifier.EXACT,
) -> ClaimCheck:
    exact = tuple(None if operand is None else Fraction(operand) for operand in operands)
    number = None if stated is None else Decimal(stated)
    return check_claim(Claim(kind, exact, number, decimals, qualifier))


def fractions_of(*numbers: int | None) -> list[Fraction | None]:
    return [None if number is None else Fraction(number) for number in numbers]


def test_every_rule_is_explained() -> None:
    assert list(CLAIM_RULES) == list(ClaimKind)
    assert list(QUALIFIER_RULES) == list(Qualifier)
    rules = [*CLAIM_RULES.values(), *QUALIFIER_RULES.values()]
    assert len(set(rules)) == len(rules)
    assert all(rule.strip().endswith(".") for rule in rules)


def test_a_total_is_held_against_its_parts() -> None:
    assert check_total(Fraction(9), fractions_of(2, 3, 4)) == TotalCheck(
        Fraction(9), Fraction(9), 3, 0
    )
    right = check_total(Fraction(9), fractions_of(2, 3, 4))
    wrong = check_total(Fraction(10), fractions_of(2, 3, 4))
    assert right is not None
    assert right.agrees is True
    assert wrong is not None
    assert (wrong.computed, wrong.agrees) == (9, False)


@pytest.mark.parametrize("total", [5, 9])
def test_a_total_with_a_missing_part_is_not_judged(total: int) -> None:
    found = check_total(Fraction(total), fractions_of(2, None, 3))
    assert found is not None
    assert (found.computed, found.parts, found.missing, found.agrees) == (5, 3, 1, None)


def test_without_a_total_or_parts_there_is_nothing_to_check() -> None:
    assert check_total(None, fractions_of(1, 2)) is None
    assert check_total(Fraction(0), []) is None


@pytest.mark.parametrize(
    ("totals", "agrees"),
    [
        ([403, 403], True),
        ([403, 403, 403], True),
        ([403, 402], False),
        ([403, None, 402], False),
        ([403, None, 403], None),
        ([403, None], None),
        ([403], None),
        ([], None),
    ],
)
def test_breakdowns_of_one_total(totals: list[int | None], *, agrees: bool | None) -> None:
    assert cross_check(fractions_of(*totals)) is agrees


@pytest.mark.parametrize(
    ("kind", "operands", "computed"),
    [
        (ClaimKind.CHANGE_PERCENT, (400, 550), Fraction(75, 2)),
        (ClaimKind.CHANGE_PERCENT, (400, 300), -25),
        (ClaimKind.CHANGE_POINTS, (66, 59), -7),
        (ClaimKind.SHARE, (4, 1), 25),
        (ClaimKind.FACTOR, (2, 5), Fraction(5, 2)),
        (ClaimKind.DIFFERENCE, (45, 112), 67),
        (ClaimKind.SUM, (1, 2, 3), 6),
        (ClaimKind.SUM, (7,), 7),
    ],
)
def test_what_follows_from_the_values(
    kind: ClaimKind, operands: tuple[int, ...], computed: Fraction | int
) -> None:
    assert check(kind, *operands).computed == computed


def test_a_value_that_no_source_states_is_derived_and_not_judged() -> None:
    found = check(ClaimKind.CHANGE_PERCENT, 303, 173, decimals=2)
    assert (str(found.rounded), found.agrees) == ("-42.90", None)


@pytest.mark.parametrize("kind", OF_TWO)
@pytest.mark.parametrize("operands", [(None, 5), (5, None), (5,), ()])
def test_a_missing_operand_leaves_nothing_to_compute(
    kind: ClaimKind, operands: tuple[int | None, ...]
) -> None:
    assert check(kind, *operands, stated="5") == ClaimCheck(None, None, None)


@pytest.mark.parametrize("operands", [(1, None), ()])
def test_a_sum_of_what_is_not_known_is_not_known(operands: tuple[int | None, ...]) -> None:
    assert check(ClaimKind.SUM, *operands, stated="1") == ClaimCheck(None, None, None)


@pytest.mark.parametrize("kind", OF_A_BASE)
def test_nothing_is_a_part_or_a_change_of_zero(kind: ClaimKind) -> None:
    assert check(kind, 0, 5, stated="5") == ClaimCheck(None, None, None)


@pytest.mark.parametrize("kind", OF_TWO)
def test_more_than_two_operands_are_a_mistake(kind: ClaimKind) -> None:
    with pytest.raises(ValueError, match=r"^too_many_operands$"):
        check(kind, 1, 2, 3)


def test_decimals_are_not_negative() -> None:
    with pytest.raises(ValueError, match=r"^negative_decimals$"):
        check(ClaimKind.SUM, 1, decimals=-1)


@pytest.mark.parametrize(
    ("computed", "stated", "decimals", "agrees"),
    [
        (Fraction(7097, 100), "71", 0, True),
        (Fraction(7097, 100), "70", 0, False),  # cut off is not rounded
        (Fraction(7097, 100), "71.0", 1, True),
        (Fraction(7097, 100), "70.9", 1, False),
        (Fraction(1, 2), "1", 0, True),
        (Fraction(1, 2), "0", 0, False),
        (Fraction(-1, 2), "-1", 0, True),
        (Fraction(-3861, 100), "-39", 0, True),
        (Fraction(-3861, 100), "39", 0, False),
    ],
)
def test_exactly_stated_is_rounded_half_up(
    computed: Fraction, stated: str, decimals: int, *, agrees: bool
) -> None:
    assert check(ClaimKind.SUM, computed, stated=stated, decimals=decimals).agrees is agrees


@pytest.mark.parametrize(
    ("qualifier", "computed", "stated", "agrees"),
    [
        (Qualifier.CIRCA, 95, "100", True),
        (Qualifier.CIRCA, 105, "100", True),
        (Qualifier.CIRCA, 94, "100", False),
        (Qualifier.CIRCA, 106, "100", False),
        (Qualifier.CIRCA, -42, "-40", True),
        (Qualifier.CIRCA, 42, "-40", False),
        (Qualifier.CIRCA, Fraction(5, 2), "2", True),  # half a unit, more than 5 per cent
        (Qualifier.CIRCA, Fraction(1, 2), "0", True),
        (Qualifier.MORE_THAN, 101, "100", True),
        (Qualifier.MORE_THAN, 100, "100", False),
        (Qualifier.MORE_THAN, 99, "100", False),
        (Qualifier.MORE_THAN, -25, "-20", True),
        (Qualifier.MORE_THAN, -15, "-20", False),
        (Qualifier.MORE_THAN, 25, "-20", False),
        (Qualifier.MORE_THAN, 1, "0", True),
        (Qualifier.ALMOST, 90, "100", True),
        (Qualifier.ALMOST, 100, "100", False),
        (Qualifier.ALMOST, 89, "100", False),
        (Qualifier.ALMOST, -19, "-20", True),
        (Qualifier.ALMOST, -20, "-20", False),
        (Qualifier.ALMOST, 19, "-20", False),
    ],
)
def test_words_beside_a_number_decide_what_agrees(
    qualifier: Qualifier, computed: Fraction | int, stated: str, *, agrees: bool
) -> None:
    assert check(ClaimKind.SUM, computed, stated=stated, qualifier=qualifier).agrees is agrees


numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@given(st.sampled_from(OF_TWO), numbers, numbers, st.integers(0, 4))
def test_the_rounded_outcome_agrees_with_itself_and_with_no_neighbour(
    kind: ClaimKind, old: Fraction, new: Fraction, decimals: int
) -> None:
    found = check(kind, old, new, decimals=decimals)
    assume(found.computed is not None)
    assert found.computed is not None
    assert found.rounded == round_half_up(found.computed, decimals)
    unit = Decimal(1).scaleb(-decimals)
    for step, agrees in ((0, True), (1, False), (-1, False)):
        stated = str(found.rounded + step * unit)
        assert check(kind, old, new, stated=stated, decimals=decimals).agrees is agrees


@given(numbers, st.integers(-1000, 1000), st.sampled_from(Qualifier), st.integers(0, 3))
def test_a_fall_is_judged_as_a_rise_of_the_same_size(
    computed: Fraction, stated: int, qualifier: Qualifier, decimals: int
) -> None:
    assume(stated != 0)
    rise, fall = (
        check(
            ClaimKind.SUM,
            sign * computed,
            stated=str(sign * stated),
            decimals=decimals,
            qualifier=qualifier,
        )
        for sign in (1, -1)
    )
    assert rise.agrees is fall.agrees


@given(st.lists(numbers, min_size=1, max_size=10))
def test_a_total_of_exact_parts_agrees(parts: list[Fraction]) -> None:
    total = sum(parts, Fraction(0))
    right = check_total(total, parts)
    wrong = check_total(total + Fraction(1, 10**6), parts)
    assert right is not None
    assert wrong is not None
    assert (right.agrees, wrong.agrees) == (True, False)
    assert check(ClaimKind.SUM, *parts).computed == total
