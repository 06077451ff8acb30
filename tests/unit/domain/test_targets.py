"""Programme targets: each in its own unit, and never one in that of another."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.indicator_codes import ChangeKind, Unit
from vpt_regio.domain.rules.targets import fits, progress

VALUES = st.fractions(min_value=0, max_value=10_000, max_denominator=1_000)


def test_two_targets_of_one_fall_are_told_apart() -> None:
    old, new = Fraction(66), Fraction(59)
    points = progress(ChangeKind.POINTS, Decimal(-15), old, new)
    percent = progress(ChangeKind.PERCENT, Decimal(-15), old, new)
    assert (points.rounded, points.share) == (Decimal("-7.0"), Fraction(7, 15))
    assert percent.rounded == Decimal("-10.6")
    assert percent.share == Fraction(70, 99)


def test_the_wrong_way_is_below_nothing_and_past_the_target_is_reached() -> None:
    worse = progress(ChangeKind.PERCENT, Decimal(-25), Fraction(173), Fraction(186))
    assert worse.share is not None
    assert worse.share < 0
    assert worse.is_reached is False
    assert progress(ChangeKind.PERCENT, Decimal(-25), Fraction(8), Fraction(6)).is_reached is True


@pytest.mark.parametrize(
    "known", [(None, Fraction(1)), (Fraction(1), None), (Fraction(0), Fraction(1))]
)
def test_without_two_figures_nothing_is_said(
    known: tuple[Fraction | None, Fraction | None],
) -> None:
    found = progress(ChangeKind.PERCENT, Decimal(-25), *known)
    assert (found.change, found.share, found.is_reached) == (None, None, None)


def test_points_are_for_percentages_only() -> None:
    assert fits(ChangeKind.POINTS, Unit.PERCENT)
    assert not fits(ChangeKind.POINTS, Unit.NUMBER)
    assert fits(ChangeKind.PERCENT, Unit.NUMBER)
    assert not fits(ChangeKind.ABSOLUTE, Unit.YES_NO)


@given(old=VALUES, new=VALUES, wanted=st.decimals(-100, 100, places=1).filter(bool))
def test_the_share_is_the_exact_change_over_the_wanted_one(
    old: Fraction, new: Fraction, wanted: Decimal
) -> None:
    points = progress(ChangeKind.POINTS, wanted, old, new)
    assert points.share == (new - old) / Fraction(wanted)
    percent = progress(ChangeKind.PERCENT, wanted, old, new)
    if old:
        assert percent.share == (new / old - 1) * 100 / Fraction(wanted)
