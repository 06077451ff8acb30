"""The money of a covenant to the cent: what is paid, owed, and to be paid back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.covenant_money import (
    RegionMoney,
    payment_day_problem,
    positions,
    total,
)

CENTS = st.integers(min_value=0, max_value=10**11)


@st.composite
def regions(draw: st.DrawFn) -> list[RegionMoney]:
    """Regions under one covenant; nothing more was paid to one than it was promised."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        committed = draw(CENTS)
        paid = draw(st.integers(0, committed))
        found.append(
            RegionMoney(
                committed=committed,
                weight=draw(st.integers(1, 5)),
                paid=paid,
                repaid=draw(st.integers(0, paid)),
                spent=draw(CENTS),
                is_settled=draw(st.booleans()),
            )
        )
    return found


@given(regions())
def test_before_the_account_paid_and_to_pay_make_up_what_was_promised(
    given_regions: list[RegionMoney],
) -> None:
    open_ones = [
        RegionMoney(r.committed, r.weight, r.paid, r.repaid, r.spent) for r in given_regions
    ]
    whole = total(positions(open_ones))
    assert whole.to_pay is not None
    assert whole.paid + whole.to_pay == whole.committed
    assert whole.to_repay == 0
    assert not whole.is_even


@given(regions())
def test_after_the_account_all_that_moved_or_is_to_move_is_what_may_be_kept(
    given_regions: list[RegionMoney],
) -> None:
    for region, position in zip(given_regions, positions(given_regions), strict=True):
        if not region.is_settled or region.committed is None or position.to_pay is None:
            continue
        kept = min(region.committed, region.spent)
        assert position.net + position.to_pay - position.to_repay == kept
        assert position.to_pay == 0 or position.to_repay == 0
        assert position.is_even == (position.net == kept)


@given(regions(), CENTS, CENTS)
def test_what_was_paid_for_all_is_divided_without_loss(
    given_regions: list[RegionMoney], paid: int, repaid: int
) -> None:
    found = positions(given_regions, paid_whole=paid, repaid_whole=repaid)
    whole = total(found)
    assert whole.paid == paid + sum(region.paid for region in given_regions)
    assert whole.repaid == repaid + sum(region.repaid for region in given_regions)
    assert whole.spent == sum(region.spent for region in given_regions)


@given(regions())
def test_paying_all_that_is_owed_makes_it_even(given_regions: list[RegionMoney]) -> None:
    settled = [
        RegionMoney(r.committed, r.weight, r.paid, r.repaid, r.spent, is_settled=True)
        for r in given_regions
    ]
    after = [
        RegionMoney(
            r.committed,
            r.weight,
            r.paid + (position.to_pay or 0),
            r.repaid + position.to_repay,
            r.spent,
            is_settled=True,
        )
        for r, position in zip(settled, positions(settled), strict=True)
    ]
    assert all(position.is_even for position in positions(after))


def test_a_region_that_spent_less_pays_the_rest_back() -> None:
    [position] = positions(
        [RegionMoney(100_000_00, paid=100_000_00, spent=80_000_01, is_settled=True)]
    )
    assert (position.to_pay, position.to_repay, position.unspent) == (0, 19_999_99, 19_999_99)


def test_a_region_that_spent_more_than_was_promised_gets_no_more() -> None:
    [position] = positions(
        [RegionMoney(100_000_00, paid=60_000_00, spent=120_000_00, is_settled=True)]
    )
    assert (position.to_pay, position.to_repay) == (40_000_00, 0)
    assert position.is_overspent


def test_three_equal_regions_share_a_cent_that_cannot_be_divided() -> None:
    share = RegionMoney(None, weight=1)
    found = positions([share, share, share], paid_whole=100_00)
    assert [position.paid for position in found] == [33_34, 33_33, 33_33]


def test_an_unknown_advance_stays_unknown_until_the_account() -> None:
    unknown = RegionMoney(None, paid=5_00, spent=3_00)
    whole = total(positions([unknown, RegionMoney(10_00)]))
    assert (whole.committed, whole.to_pay) == (None, None)
    [settled] = positions([RegionMoney(None, paid=5_00, spent=3_00, is_settled=True)])
    assert (settled.to_pay, settled.to_repay) == (0, 2_00)


def test_a_payment_lies_between_signature_and_today() -> None:
    signed, today = date(2012, 3, 1), date(2012, 7, 16)
    assert not payment_day_problem(signed, since=signed, today=today)
    assert not payment_day_problem(today, since=signed, today=today)
    assert payment_day_problem(date(2012, 2, 29), since=signed, today=today) == "too_early"
    assert payment_day_problem(date(2012, 7, 17), since=signed, today=today) == "future"
