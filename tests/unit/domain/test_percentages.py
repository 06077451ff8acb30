from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.percentages import change_percent, change_points, round_half_up, share


@pytest.mark.parametrize(
    ("check", "old", "new", "hundredths", "whole"),
    [
        ("T1", 173, 186, "7.51", "8"),
        ("T2", 303, 186, "-38.61", "-39"),
        ("T3", 303, 173, "-42.90", "-43"),
        ("T4", 229, 186, "-18.78", "-19"),
        ("T4, the comparison of the year before", 229, 173, "-24.45", "-24"),
        ("T5", 177, 143, "-19.21", "-19"),
        ("T6", 31, 61, "96.77", "97"),
        ("T7", 31, 53, "70.97", "71"),
        ("T8", 22, 28, "27.27", "27"),
        ("T18", 8, 22, "175.00", "175"),
        ("T29", 400, 550, "37.50", "38"),
    ],
)
def test_changes_of_the_letter(check: str, old: int, new: int, hundredths: str, whole: str) -> None:
    change = change_percent(old, new)
    assert change is not None, check
    assert str(round_half_up(change, 2)) == hundredths
    assert str(round_half_up(change)) == whole


def test_share_is_a_fraction_of_one() -> None:
    custody = share(61, 143)
    assert custody == Fraction(61, 143)
    assert round_half_up(custody * 100, 1) == Decimal("42.7")  # T9


@pytest.mark.parametrize("new", [0, 12])
def test_nothing_to_compare_with_is_unknown_and_not_zero(new: int) -> None:
    assert share(new, 0) is None
    assert change_percent(0, new) is None


def test_change_between_percentages_is_in_points() -> None:
    assert change_points(66, 59) == -7  # T21
    assert change_points(Decimal("65.5"), 59) == Fraction(-13, 2)


def test_a_rise_from_below_zero_is_a_rise() -> None:
    assert change_percent(-10, -5) == 50


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-1, 3), 0, "0"),
        (Fraction(2, 3), 2, "0.67"),
        (Decimal("1.005"), 2, "1.01"),
        (Decimal("-1.005"), 2, "-1.01"),
        (7, 1, "7.0"),
        (0, 0, "0"),
    ],
)
def test_rounding_half_up(value: Fraction | Decimal | int, decimals: int, shown: str) -> None:
    assert str(round_half_up(value, decimals)) == shown


@given(st.fractions(), st.integers(min_value=0, max_value=6))
def test_rounding_moves_at_most_half_a_unit(value: Fraction, decimals: int) -> None:
    rounded = Fraction(round_half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert Fraction(round_half_up(-value, decimals)) == -rounded
