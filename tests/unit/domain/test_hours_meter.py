"""The meter of hours: what is owed, appointed and booked, and what that comes to."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.half_year import iso_week_thursday, iso_weeks_between
from vpt_regio.domain.rules.hours_meter import HoursMeter, Stint, hours_meter
from vpt_regio.domain.rules.hours_norm import (
    NormTerm,
    averaged_norm,
    norm_between,
    weekly_norm,
)
from vpt_regio.domain.rules.joint_norm import (
    joint_averaged_norm,
    joint_norm_between,
    joint_weekly_norm,
    norms_by_week,
)

START, END = date(2012, 7, 1), date(2012, 12, 31)
WEEKS = list(iso_weeks_between(START, END))
TERM = NormTerm(20, START, END)


def meter(
    *stints: Stint,
    booked: dict[tuple[int, int], int] | None = None,
    today: date = date(2012, 7, 16),
    term: NormTerm = TERM,
) -> HoursMeter:
    return hours_meter(
        START,
        END,
        norms=norms_by_week([[term]], START, END),
        norm=norm_between([term], START, END),
        stints=stints,
        booked={week: Fraction(hours) for week, hours in (booked or {}).items()},
        today=today,
    )


def stint(hours: int, start: date, end: date | None = None, *, is_deputy: bool = False) -> Stint:
    return Stint(start, end, Fraction(hours), is_deputy)


def test_the_forecast_is_what_was_booked_and_the_weeks_to_come() -> None:
    found = meter(stint(16, START), booked={(2012, 27): 20, (2012, 28): 10})
    # week 29 has begun on the 16th and counts with what is booked: nothing yet
    assert [week.code for week in found.coming] == WEEKS[3:]
    assert found.booked == 30
    assert found.forecast == 30 + 16 * (len(WEEKS) - 3)
    assert found.norm == Fraction(184 * 20, 7)
    assert found.shortfall == found.norm - found.forecast


def test_who_does_enough_has_no_shortfall() -> None:
    assert meter(stint(40, START)).shortfall == 0


def test_without_a_known_norm_nothing_can_fall_short() -> None:
    found = meter(stint(8, START), term=NormTerm(None, START, END))
    assert (found.norm, found.shortfall) == (None, None)
    assert found.weeks_in_force == len(WEEKS)


def test_weeks_without_an_appointment_are_gaps() -> None:
    found = meter(
        stint(20, START, date(2012, 8, 1)),
        stint(20, date(2012, 8, 20), date(2012, 11, 4)),
        stint(12, date(2012, 11, 5), is_deputy=True),
    )
    # the Thursday decides: 2, 9 and 16 August have nobody
    assert [(gap.first.code, gap.last.code, gap.count) for gap in found.gaps] == [
        ((2012, 31), (2012, 33), 3)
    ]
    assert found.replaced_weeks == len([w for w in WEEKS if w >= (2012, 45)])


def test_a_deputy_beside_a_leader_replaces_nobody() -> None:
    found = meter(stint(20, START), stint(8, START, is_deputy=True))
    assert found.replaced_weeks == 0
    assert {week.appointed for week in found.weeks} == {28}


def test_weeks_outside_every_covenant_are_no_gaps() -> None:
    found = meter(term=NormTerm(20, START, date(2012, 8, 31)))
    assert (found.weeks_in_force, [gap.count for gap in found.gaps]) == (9, [9])


days = st.dates(date(2012, 5, 1), date(2013, 2, 1))
stints = st.lists(
    st.builds(
        lambda start, length, hours, is_deputy: Stint(
            start, start + timedelta(days=length), Fraction(hours, 4), is_deputy
        ),
        days,
        st.integers(0, 200),
        st.integers(1, 160),
        st.booleans(),
    ),
    max_size=4,
)
bookings = st.dictionaries(st.sampled_from(WEEKS), st.integers(0, 60), max_size=20)


@given(stints, bookings, days)
def test_the_meter_adds_up(
    found: list[Stint], booked: dict[tuple[int, int], int], today: date
) -> None:
    result = meter(*found, booked=booked, today=today)
    assert result.booked == sum(booked.values())
    assert result.forecast >= result.booked
    promised = sum(
        (week.appointed for week in result.coming if week.code not in booked), Fraction(0)
    )
    assert result.forecast == result.booked + promised
    assert sum(gap.count for gap in result.gaps) == sum(
        not any(one.holds_on(iso_week_thursday(*week)) for one in found) for week in WEEKS
    )
    assert result.shortfall is not None
    assert result.shortfall >= 0


terms = st.lists(
    st.builds(
        lambda start, length, hours: NormTerm(hours, start, start + timedelta(days=length)),
        days,
        st.integers(0, 300),
        st.integers(1, 40),
    ),
    max_size=3,
)


@given(st.lists(terms, max_size=3), days)
def test_what_regions_owe_together_is_the_sum_of_what_each_owes(
    members: list[list[NormTerm]], day: date
) -> None:
    alone = [norm_between(found, START, END) for found in members]
    assert (joint_norm_between(members, START, END) or 0) == sum(norm or 0 for norm in alone)
    weekly = [weekly_norm(found, day) for found in members]
    assert (joint_weekly_norm(members, day) or 0) == sum(norm or 0 for norm in weekly)


def test_what_one_of_them_owes_may_be_unknown() -> None:
    unknown, nothing = [NormTerm(None, START, END)], list[NormTerm]()
    assert joint_norm_between([[TERM], unknown], START, END) is None
    assert joint_norm_between([[TERM], nothing], START, END) == Fraction(184 * 20, 7)
    assert joint_norm_between([nothing], START, END) is None
    monday = date(2012, 10, 1)
    assert joint_averaged_norm([[TERM], [TERM], nothing], monday=monday) == 40
    # one that held in a part of these weeks only has no average
    partly = [NormTerm(20, date(2012, 9, 20), END)]
    assert averaged_norm(partly, monday=monday) is None
    assert joint_averaged_norm([[TERM], partly], monday=monday) is None
