"""Sufficiency, hours, the covenant's clock, deadlines, bookings and coverage."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.enums import CovenantStatus
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.budget import Pot, check_booking
from vpt_regio.domain.rules.covenant_clock import (
    ClockSignal,
    clock_signal,
    days_left,
    effective_status,
)
from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back
from vpt_regio.domain.rules.hours_norm import (
    NormTerm,
    averaged_norm,
    four_week_average,
    norm_between,
    norm_stretches,
    weekly_norm,
)
from vpt_regio.domain.rules.measures import coverage
from vpt_regio.domain.rules.sufficiency import Verdict, assess

LATEST_END = date(2013, 12, 31)
FIRST_HALF = HalfYear(2012, 1)


@pytest.mark.parametrize(
    ("planned", "verdict", "difference", "shortfall", "surplus"),
    [
        (10_000_000, Verdict.SUFFICIENT, 0, 0, 0),
        (10_000_001, Verdict.INSUFFICIENT, 1, 1, 0),
        (9_000_000, Verdict.SURPLUS, 1_000_000, 0, 1_000_000),
        (0, Verdict.SURPLUS, 10_000_000, 0, 10_000_000),
    ],
)
def test_sufficiency_of_the_advance(
    planned: int, verdict: Verdict, difference: int, shortfall: int, surplus: int
) -> None:
    outcome = assess(available=10_000_000, planned=planned)
    assert (outcome.verdict, outcome.difference_cents) == (verdict, difference)
    assert (outcome.shortfall_cents, outcome.surplus_cents) == (shortfall, surplus)


@pytest.mark.parametrize(("available", "planned"), [(-1, 0), (0, -1)])
def test_sufficiency_knows_no_negative_money(available: int, planned: int) -> None:
    with pytest.raises(ValueError, match=r"^negative_amount$"):
        assess(available=available, planned=planned)


def test_the_hours_of_a_whole_covenant() -> None:
    """T43: 731 days are 104,43 weeks, at 20 hours a week 2.088,6 hours."""
    start = date(2012, 1, 1)
    term = NormTerm(20, start, LATEST_END)
    [stretch] = norm_stretches([term], date(2011, 7, 1), date(2014, 6, 30))
    assert stretch.days == 731
    assert round_half_up(Fraction(731, 7), 2) == Decimal("104.43")
    norm = norm_between([term], start, LATEST_END)
    assert norm is not None
    assert round_half_up(norm, 2) == Decimal("2088.57")
    assert norm_between([term], start, start + timedelta(weeks=52, days=-1)) == 1040


@pytest.mark.parametrize(
    ("in_force_from", "in_force_until", "days"),
    [
        (date(2010, 1, 1), None, 182),
        (date(2012, 1, 1), date(2012, 6, 30), 182),
        (date(2012, 6, 24), LATEST_END, 7),
        (date(2010, 1, 1), date(2012, 1, 7), 7),
        (date(2012, 6, 30), LATEST_END, 1),
        (date(2012, 7, 1), LATEST_END, None),
        (date(2010, 1, 1), date(2011, 6, 30), None),
    ],
)
def test_only_days_in_force_count(
    in_force_from: date, in_force_until: date | None, days: int | None
) -> None:
    term = NormTerm(20, in_force_from, in_force_until)
    norm = norm_between([term], FIRST_HALF.start, FIRST_HALF.end)
    assert norm == (None if days is None else Fraction(days * 20, 7))


@pytest.mark.parametrize(
    "unknown",
    [
        NormTerm(None, date(2011, 1, 1), None),
        NormTerm(20, None, None),
        NormTerm(20, date(2011, 1, 1), LATEST_END, ended_early=True),
    ],
)
def test_what_a_covenant_does_not_tell_is_no_norm(unknown: NormTerm) -> None:
    later = NormTerm(20, date(2012, 3, 1), LATEST_END)
    assert unknown.hours_per_week is None
    assert norm_between([unknown], FIRST_HALF.start, FIRST_HALF.end) is None
    # one day that is not known is enough
    assert norm_between([unknown, later], date(2012, 2, 29), date(2012, 3, 31)) is None
    assert norm_between([unknown, later], date(2012, 3, 1), date(2012, 3, 7)) == 20
    assert weekly_norm([unknown, later], date(2012, 3, 1)) == 20


def test_covenants_in_a_row_count_each_for_their_own_days() -> None:
    """The later signed one takes over on its first day; a region owes its part of each."""
    first = NormTerm(28, date(2011, 1, 1), date(2012, 3, 31), part=Fraction(1, 2))
    second = NormTerm(21, date(2012, 1, 15), date(2012, 1, 28))
    third = NormTerm(7, date(2012, 4, 8), None, part=Fraction(1, 3))
    terms = [first, second, third]
    stretches = norm_stretches(terms, date(2012, 1, 1), date(2012, 4, 14))
    assert [(found.days, found.term.hours_per_week) for found in stretches] == [
        (14, 14),
        (14, 21),
        (63, 14),
        (7, Fraction(7, 3)),
    ]
    norm = norm_between(terms, date(2012, 1, 1), date(2012, 4, 14))
    assert norm == 2 * 14 + 2 * 21 + 9 * 14 + Fraction(7, 3)
    assert weekly_norm(terms, date(2012, 4, 1)) is None


@pytest.mark.parametrize(
    ("terms", "norm"),
    [
        ([NormTerm(20, date(2012, 6, 18), None)], Fraction(20)),
        ([NormTerm(20, date(2012, 6, 19), None)], None),
        ([NormTerm(20, date(2012, 1, 1), date(2012, 7, 14))], None),
        ([NormTerm(20, date(2012, 1, 1), None), NormTerm(10, date(2012, 7, 9), None)], 17.5),
        ([], None),
    ],
)
def test_the_norm_of_four_weeks_must_hold_in_all_of_them(
    terms: list[NormTerm], norm: Fraction | float | None
) -> None:
    assert averaged_norm(terms, monday=date(2012, 7, 16)) == norm


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)),
    st.integers(0, 900),
    st.integers(1, 40),
)
def test_the_norm_of_half_years_adds_up_to_the_norm_of_the_covenant(
    start: date, length: int, hours: int
) -> None:
    end = start + timedelta(days=length)
    term = NormTerm(hours, start, end)
    total = Fraction(0)
    half_year = HalfYear.of(start)
    while half_year.start <= end:
        total += norm_between([term], half_year.start, half_year.end) or 0
        half_year = half_year.next()
    assert total == Fraction((length + 1) * hours, 7)


@pytest.mark.parametrize(
    ("hours_by_week", "average"),
    [
        ({(2012, 2): 20, (2012, 1): 20, (2011, 52): 20, (2011, 51): 20}, Fraction(20)),
        ({(2012, 2): 40, (2012, 1): 40}, Fraction(20)),
        ({(2012, 2): Decimal("20.25"), (2012, 1): 0}, Fraction(81, 16)),
        ({(2012, 3): 100, (2011, 50): 100}, Fraction(0)),
    ],
)
def test_the_average_looks_back_four_weeks_over_new_year(
    hours_by_week: dict[tuple[int, int], int | Decimal], average: Fraction
) -> None:
    assert four_week_average(hours_by_week, last_week=(2012, 2)) == average


@pytest.mark.parametrize(
    ("days_before_end", "signal"),
    [
        (181, None),
        (180, ClockSignal.WITHIN_180_DAYS),
        (91, ClockSignal.WITHIN_180_DAYS),
        (90, ClockSignal.WITHIN_90_DAYS),
        (31, ClockSignal.WITHIN_90_DAYS),
        (30, ClockSignal.WITHIN_30_DAYS),
        (0, ClockSignal.WITHIN_30_DAYS),
        (-1, ClockSignal.EXPIRED),
    ],
)
def test_the_clock_signals_the_end(days_before_end: int, signal: ClockSignal | None) -> None:
    today = LATEST_END - timedelta(days=days_before_end)
    assert days_left(LATEST_END, today) == days_before_end
    assert clock_signal(LATEST_END, today) is signal


@pytest.mark.parametrize(
    ("stored", "latest_end", "today", "effective"),
    [
        ("in_force", LATEST_END, date(2013, 12, 31), CovenantStatus.IN_FORCE),
        ("in_force", LATEST_END, date(2014, 1, 1), CovenantStatus.EXPIRED),
        ("in_force", None, date(2020, 1, 1), CovenantStatus.IN_FORCE),
        ("draft", LATEST_END, date(2014, 1, 1), CovenantStatus.DRAFT),
        ("terminated", LATEST_END, date(2014, 1, 1), CovenantStatus.TERMINATED),
        ("closed", LATEST_END, date(2014, 1, 1), CovenantStatus.CLOSED),
    ],
)
def test_a_covenant_expires_the_day_after_its_end(
    stored: str, latest_end: date | None, today: date, effective: CovenantStatus
) -> None:
    assert effective_status(stored, latest_end, today) is effective


@pytest.mark.parametrize("stored", ["expired", "signed"])
def test_only_a_stored_status_is_accepted(stored: str) -> None:
    with pytest.raises(ValueError, match=stored if stored == "signed" else "derived"):
        effective_status(stored, LATEST_END, date(2012, 1, 1))


def test_deadlines_of_the_letter_of_march_2012() -> None:
    letter_on = date(2012, 3, 15)
    assert count_back(letter_on) == {
        DeadlineKind.INVITATIONS_SENT: date(2012, 1, 5),
        DeadlineKind.REPORTS_SUBMITTED: date(2012, 1, 19),
        DeadlineKind.REVIEWS_DONE: date(2012, 1, 26),
        DeadlineKind.REVISIONS_ACCEPTED: date(2012, 2, 2),
        DeadlineKind.SNAPSHOT_TAKEN: date(2012, 2, 9),
        DeadlineKind.DEPARTMENT_TEXTS_IN: date(2012, 2, 16),
        DeadlineKind.FIGURES_CHECKED: date(2012, 2, 23),
        DeadlineKind.COORDINATED: date(2012, 3, 1),
        DeadlineKind.MINISTER_FILE: date(2012, 3, 8),
        DeadlineKind.LETTER_SENT: letter_on,
    }
    # T44: the period ended 75 days before the letter, so there is time for the first step.
    assert (letter_on - HalfYear(2011, 2).end).days == 75
    assert count_back(letter_on)[DeadlineKind.INVITATIONS_SENT] > HalfYear(2011, 2).end


@pytest.mark.parametrize(
    ("amount", "activity", "activity_excess", "covenant_excess", "is_allowed"),
    [
        (100, Pot(available=500, spent=400), 0, 0, True),
        (101, Pot(available=500, spent=400), 1, 0, False),
        (300, None, 0, 0, True),
        (301, None, 0, 1, False),
        (350, Pot(available=500, spent=400), 250, 50, False),
        (-400, Pot(available=500, spent=400), 0, 0, True),
        (-401, Pot(available=500, spent=400), 0, 0, False),
        (-100, Pot(available=500, spent=900), 0, 0, True),
    ],
)
def test_a_booking_stays_within_activity_and_covenant(
    amount: int,
    activity: Pot | None,
    activity_excess: int,
    covenant_excess: int,
    *,
    is_allowed: bool,
) -> None:
    outcome = check_booking(amount, covenant=Pot(available=1000, spent=700), activity=activity)
    assert outcome.activity_excess == activity_excess
    assert outcome.covenant_excess == covenant_excess
    assert outcome.is_allowed is is_allowed
    assert outcome.is_overspending is (activity_excess + covenant_excess > 0)


def test_a_correction_is_possible_after_overspending() -> None:
    outcome = check_booking(-100, covenant=Pot(available=1000, spent=1500))
    assert outcome.is_allowed


def test_a_correction_takes_back_no_more_than_was_spent() -> None:
    outcome = check_booking(-701, covenant=Pot(available=1000, spent=700))
    assert outcome.goes_below_zero
    assert not outcome.is_overspending


def test_a_booking_has_an_amount() -> None:
    with pytest.raises(ValueError, match=r"^no_amount$"):
        check_booking(0, covenant=Pot(available=1000, spent=700))


@pytest.mark.parametrize("length", [1, 8, 9])
def test_coverage_works_for_any_number_of_measures(length: int) -> None:
    codes = [f"m{number}" for number in range(length)]
    result = coverage(codes, {codes[0]: 2}, {})
    assert [row.code for row in result.rows] == codes
    assert (result.total, result.covered) == (length, 1)
    assert result.open_codes == tuple(codes[1:])


def test_a_measure_is_covered_exempt_or_open() -> None:
    result = coverage(
        ["norm", "report", "train", "recover"],
        {"norm": 2, "report": 0},
        {"norm": "niet meer nodig", "report": " loopt landelijk ", "train": "  "},
    )
    assert [row.activities for row in result.rows] == [2, 0, 0, 0]
    assert [row.is_exempt for row in result.rows] == [False, True, False, False]
    assert result.rows[1].exemption == "loopt landelijk"
    assert (result.covered, result.exempt) == (1, 1)
    assert result.open_codes == ("train", "recover")
    assert not result.is_complete


def test_exemptions_complete_the_coverage() -> None:
    assert coverage(["norm", "train"], {"norm": 1}, {"train": "bestaat al"}).is_complete


@pytest.mark.parametrize(("counts", "exemptions"), [({"x": 1}, {}), ({}, {"x": "reden"})])
def test_two_lists_of_measures_are_not_mixed(
    counts: dict[str, int], exemptions: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"^unknown_measures: x$"):
        coverage(["norm"], counts, exemptions)
