"""The ceiling of a round, at the cent."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.subsidy_ceiling import Meter, fits

CEILING = 16_136_100
cents = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("granted", "extra", "does_fit"),
    [
        (0, CEILING, True),
        (0, CEILING + 1, False),
        (11_136_100, 5_000_000, True),
        (11_136_101, 5_000_000, False),
        (CEILING, 0, True),
        (CEILING, 1, False),
        (CEILING + 100, -50, True),
        (CEILING + 100, 0, True),
        (CEILING + 100, 1, False),
    ],
)
def test_the_ceiling_may_be_hit_and_not_passed(granted: int, extra: int, does_fit: bool) -> None:
    assert fits(Meter(CEILING, applied_cents=0, granted_cents=granted), extra) is does_fit


def test_what_the_meter_shows() -> None:
    meter = Meter(20_000_000, applied_cents=35_000_000, granted_cents=15_000_000)
    assert meter.left_cents == 5_000_000
    assert meter.granted_share == Fraction(3, 4)
    assert not meter.is_over
    over = Meter(20_000_000, applied_cents=35_000_000, granted_cents=20_000_001)
    assert over.left_cents == -1
    assert over.is_over


@given(granted=cents, extra=cents)
def test_without_a_ceiling_everything_fits(granted: int, extra: int) -> None:
    meter = Meter(None, applied_cents=0, granted_cents=granted)
    assert fits(meter, extra)
    assert (meter.left_cents, meter.granted_share, meter.is_over) == (None, None, False)


def test_a_ceiling_of_nothing_has_no_share() -> None:
    assert Meter(0, applied_cents=0, granted_cents=0).granted_share is None
    assert not fits(Meter(0, applied_cents=0, granted_cents=0), 1)


@given(ceiling=cents, grants=st.lists(cents, max_size=8))
def test_no_row_of_grants_that_fit_passes_the_ceiling(ceiling: int, grants: list[int]) -> None:
    meter = Meter(ceiling, applied_cents=sum(grants), granted_cents=0)
    for grant in grants:
        if fits(meter, grant):
            meter = Meter(ceiling, meter.applied_cents, meter.granted_cents + grant)
        else:
            assert meter.granted_cents + grant > ceiling
        assert not meter.is_over
