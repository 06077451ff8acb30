"""The arithmetic of the sources, computed again by the rules that the product uses.

Each case (T…) takes its numbers from a source: the letter to the House of 15 March 2012 with its
progress report, the letter of 19 December 2017, or the covenant Limburg of 2012. What is expected
was worked out apart from these rules. The sources err twice: T4 (the comparison of the year
before was left in) and T7 (cut off instead of rounded); nothing else may be flagged.

What nothing in the product computes yet:

====================  ===========================================================================
T10, T25, T27, T28,   Items of a list in a text, counted: the text of a letter and its lists are
T33, T37              not records yet. Of T36 and T42 only the eight measures are.
T14 (in part)         Which class of the rules for grants a pilot falls in: there are no pilots.
                      The sums of both classes are below.
T26                   Regions on a day, after a merger and a new covenant: a query over regions
                      and dates, and the source leaves open whether one or two came.
T31 (in part)         The number of calendar months of a period. Its overlap is below.
T35                   A penalty that is raised by 200 per cent or doubled: the sources name no
                      penalty, so there are no two values to compute from.
T38, T39, T40, T41    Numbers and session years of parliamentary papers: no letters yet.
====================  ===========================================================================
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import starmap

import pytest

from vpt_regio.demo.programme import MEASURES
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.indicator_codes import (
    Attainment,
    ChangeKind,
    ClaimKind,
    Direction,
    Qualifier,
    Unit,
)
from vpt_regio.domain.money import parse_euro
from vpt_regio.domain.percentages import round_half_up
from vpt_regio.domain.rules.covenant_clock import days_left
from vpt_regio.domain.rules.deadlines import DeadlineKind, count_back
from vpt_regio.domain.rules.figure_checks import (
    Claim,
    ClaimCheck,
    check_claim,
    check_total,
    cross_check,
)
from vpt_regio.domain.rules.hours_norm import NormTerm, norm_between, norm_stretches
from vpt_regio.domain.rules.indicators import (
    AttainmentFacts,
    attainment,
    change,
    distance,
    percent_of,
)
from vpt_regio.domain.rules.measures import coverage
from vpt_regio.domain.rules.periods import Finding, Oddity, Span, oddities

SEASONS = ("2011–2012", "2010–2011", "2009–2010", "2008–2009")
INCIDENTS = dict(zip(SEASONS, (186, 173, 303, 229), strict=True))
ARRESTS = dict(zip(SEASONS, (143, 177, 109, 246), strict=True))
IN_CUSTODY = dict(zip(SEASONS, (61, 31, 22, 38), strict=True))

YEARS = (2008, 2009, 2010, 2011)
ROTTERDAM = dict(zip(YEARS, (8, 10, 15, 22), strict=True))
AMSTERDAM = dict(zip(YEARS, (30, 13, 11, 21), strict=True))

PILOTS = {
    "Ruchama": "€ 20 000,-",
    "Dienst SZW": "€ 9 300,-",
    "Werkplein": "€ 50 000,-",
    "Saxenburgh Groep": "€ 10 000,-",
    "Academisch Ziekenhuis": "€ 22 061,-",
    "Alfa College": "€ 50 000,-",
}
BELOW_25_000 = ("Ruchama", "Dienst SZW", "Saxenburgh Groep", "Academisch Ziekenhuis")
FROM_25_000 = ("Werkplein", "Alfa College")

LETTER_ON = date(2012, 3, 15)


def compute(
    kind: ClaimKind,
    *operands: int | Fraction,
    stated: str | None = None,
    decimals: int = 0,
    qualifier: Qualifier = Qualifier.EXACT,
) -> ClaimCheck:
    exact = tuple(Fraction(operand) for operand in operands)
    number = None if stated is None else Decimal(stated)
    return check_claim(Claim(kind, exact, number, decimals, qualifier))


def granted(*names: str) -> list[Fraction]:
    return [Fraction(parse_euro(PILOTS[name]), 100) for name in names]


@pytest.mark.parametrize(
    ("case", "pair", "stated", "decimals", "hundredths", "agrees"),
    [
        ("T1", (INCIDENTS["2010–2011"], INCIDENTS["2011–2012"]), "7.5", 1, "7.51", True),
        ("T2", (INCIDENTS["2009–2010"], INCIDENTS["2011–2012"]), "-39", 0, "-38.61", True),
        ("T3", (INCIDENTS["2009–2010"], INCIDENTS["2010–2011"]), None, 0, "-42.90", None),
        ("T4", (INCIDENTS["2008–2009"], INCIDENTS["2011–2012"]), "-24", 0, "-18.78", False),
        ("T5", (ARRESTS["2010–2011"], ARRESTS["2011–2012"]), "-19", 0, "-19.21", True),
        ("T7", (31, 53), "70", 0, "70.97", False),
        ("T8", (22, 28), "27", 0, "27.27", True),
        ("T18", (ROTTERDAM[2010], ROTTERDAM[2011]), None, 1, "46.67", None),
        ("T18", (ROTTERDAM[2008], ROTTERDAM[2011]), None, 1, "175.00", None),
        ("T19", (AMSTERDAM[2010], AMSTERDAM[2011]), None, 1, "90.91", None),
        ("T19", (AMSTERDAM[2008], AMSTERDAM[2011]), None, 1, "-30.00", None),
        ("T29", (400, 550), None, 1, "37.50", None),
    ],
)
def test_changes_in_per_cent(
    case: str,
    pair: tuple[int, int],
    stated: str | None,
    decimals: int,
    hundredths: str,
    *,
    agrees: bool | None,
) -> None:
    found = compute(ClaimKind.CHANGE_PERCENT, *pair, stated=stated, decimals=decimals)
    assert found.computed is not None, case
    assert str(round_half_up(found.computed, 2)) == hundredths
    assert found.agrees is agrees
    # a page that shows the change of the figures says the same
    old, new = (Fraction(value) for value in pair)
    shown = change(old, new, Unit.NUMBER, decimals=decimals)
    assert shown is not None
    assert (shown.amount, shown.rounded) == (found.computed, found.rounded)


def test_the_two_errors_of_the_letter_and_what_is_right() -> None:
    """T4 printed last year's comparison; T7 cut its number off."""
    incidents = (INCIDENTS["2008–2009"], INCIDENTS["2011–2012"])
    t4 = compute(ClaimKind.CHANGE_PERCENT, *incidents, stated="-24")
    t7 = compute(ClaimKind.CHANGE_PERCENT, 31, 53, stated="70")
    assert (t4.rounded, t4.agrees) == (-19, False)
    assert (t7.rounded, t7.agrees) == (71, False)
    a_year_before = (INCIDENTS["2008–2009"], INCIDENTS["2010–2011"])
    assert compute(ClaimKind.CHANGE_PERCENT, *a_year_before, stated="-24").agrees is True


@pytest.mark.parametrize(
    ("kind", "stated", "computed"),
    [
        (ClaimKind.FACTOR, "2", "1.97"),
        (ClaimKind.CHANGE_PERCENT, "100", "96.77"),
    ],
)
def test_t6_almost_doubled(kind: ClaimKind, stated: str, computed: str) -> None:
    before, now = IN_CUSTODY["2010–2011"], IN_CUSTODY["2011–2012"]
    found = compute(kind, before, now, stated=stated, qualifier=Qualifier.ALMOST)
    assert found.computed is not None
    assert str(round_half_up(found.computed, 2)) == computed
    assert found.agrees is True


@pytest.mark.parametrize(
    ("season", "share"), list(zip(SEASONS, ("42.7", "17.5", "20.2", "15.4"), strict=True))
)
def test_t9_arrests_that_led_to_custody(season: str, share: str) -> None:
    found = compute(ClaimKind.SHARE, ARRESTS[season], IN_CUSTODY[season], decimals=1)
    assert (str(found.rounded), found.agrees) == (share, None)


def test_t11_and_t14_what_the_pilots_received() -> None:
    total = compute(ClaimKind.SUM, *granted(*PILOTS)).computed
    assert total == 161_361
    mean = compute(ClaimKind.FACTOR, 6, total, decimals=2)
    assert str(mean.rounded) == "26893.50"
    below = compute(ClaimKind.SUM, *granted(*BELOW_25_000)).computed
    above = compute(ClaimKind.SUM, *granted(*FROM_25_000)).computed
    assert (below, above) == (61_361, 100_000)
    both = check_total(total, [below, above])
    assert both is not None
    assert both.agrees is True


def test_t12_activities_of_the_pilots() -> None:
    assert compute(ClaimKind.SUM, 2, 2, 5, 6, 1, 3).computed == 19


def test_t13_applications_and_grants() -> None:
    share = compute(ClaimKind.SHARE, 11, 6, decimals=1)
    assert str(share.rounded) == "54.5"
    assert compute(ClaimKind.DIFFERENCE, 6, 11).computed == 5


def test_t15_and_t16_two_breakdowns_of_one_total() -> None:
    by_type = check_total(Fraction(403), [Fraction(part) for part in (149, 207, 47)])
    by_function = check_total(Fraction(403), [Fraction(part) for part in (23, 37, 245, 98)])
    assert by_type is not None
    assert by_function is not None
    assert (by_type.agrees, by_function.agrees) == (True, True)
    assert cross_check([by_type.computed, by_function.computed]) is True


def test_t17_parts_that_still_have_to_start() -> None:
    """Only if the four of the first half-year are among the ten; the source does not say."""
    assert compute(ClaimKind.DIFFERENCE, 10, 18).computed == 8


def test_t18_to_t20_bans_per_city_and_per_year() -> None:
    rotterdam = compute(ClaimKind.SUM, *ROTTERDAM.values()).computed
    amsterdam = compute(ClaimKind.SUM, *AMSTERDAM.values()).computed
    assert (rotterdam, amsterdam) == (55, 75)
    per_year = [compute(ClaimKind.SUM, ROTTERDAM[year], AMSTERDAM[year]) for year in YEARS]
    assert [found.computed for found in per_year] == [38, 23, 26, 43]
    by_city = check_total(Fraction(130), [rotterdam, amsterdam])
    by_year = check_total(Fraction(130), [found.computed for found in per_year])
    assert by_city is not None
    assert by_year is not None
    assert (by_city.agrees, by_year.agrees) == (True, True)
    assert cross_check([by_city.computed, by_year.computed]) is True


@pytest.mark.parametrize(("old", "new", "points"), [(66, 65, -1), (65, 59, -6), (66, 59, -7)])
def test_t21_victims_in_points(old: int, new: int, points: int) -> None:
    shown = change(Fraction(old), Fraction(new), Unit.PERCENT)
    assert shown is not None
    assert (shown.kind, shown.amount) == (ChangeKind.POINTS, points)
    assert compute(ClaimKind.CHANGE_POINTS, old, new, stated=str(points)).agrees is True


def test_t21_victims_in_per_cent_is_another_number() -> None:
    shown = change(Fraction(66), Fraction(59), Unit.PERCENT, relative=True)
    assert shown is not None
    assert (shown.kind, str(shown.rounded)) == (ChangeKind.PERCENT, "-10.6")


def test_t22_victims_beside_what_was_aimed_at() -> None:
    assert distance(Fraction(59), Fraction(51), Direction.DOWN) == 8
    facts = AttainmentFacts(
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        baseline=Fraction(66),
        baseline_on=date(2007, 12, 31),
        target=Fraction(51),
        due_on=date(2011, 12, 31),
        value=Fraction(59),
        measured_on=date(2011, 12, 31),
    )
    assert attainment(facts, today=LETTER_ON) is Attainment.BEHIND


def test_t23_and_t24_projects_of_three_years() -> None:
    """T24 holds if the projects still to be finished all are of 2010; the source is not clear."""
    assert compute(ClaimKind.DIFFERENCE, 45, 112).computed == 67
    assert compute(ClaimKind.DIFFERENCE, 14, 45).computed == 31


def test_t29_first_visits_to_the_fair() -> None:
    """60 % of 550 are 330 visitors: the other way round, 330 of 550 are 60 %."""
    assert compute(ClaimKind.SHARE, 550, 330, stated="60").agrees is True


def test_t30_four_years_of_money_in_millions() -> None:
    yearly = Fraction(Decimal("1.5"))
    found = compute(ClaimKind.SUM, yearly, yearly, yearly, yearly, decimals=1)
    assert (str(found.rounded), found.agrees) == ("6.0", None)


def test_t31_a_report_of_seven_months_overlaps_the_one_before() -> None:
    before = Span("tot-juni-2011", date(2010, 6, 1), date(2011, 6, 14))
    eighth = Span("2011-2", date(2011, 6, 1), date(2011, 12, 31))
    assert oddities(eighth, [before]) == [Finding(Oddity.OVERLAP, "tot-juni-2011")]


def test_t32_thirteen_studies() -> None:
    assert compute(ClaimKind.SUM, 7, 5, 1, stated="13").agrees is True


def test_t34_two_targets_stand_side_by_side() -> None:
    """15 per cent less and a quarter less: each holds for its own period, neither replaces one.

    A fall of 20 per cent, which is no source's, reaches the first and not the second.
    """
    by_2016 = _fewer_incidents(-15, since=date(2006, 1, 1), until=date(2016, 12, 31))
    by_2015 = _fewer_incidents(-25, since=date(2011, 1, 1), until=date(2015, 12, 31))
    afterwards = date(2017, 12, 19)
    assert attainment(by_2016, today=afterwards) is Attainment.MET
    assert attainment(by_2015, today=afterwards) is Attainment.BEHIND
    # 15 points from 66 % are not 15 per cent of it
    points = change(Fraction(66), Fraction(51), Unit.PERCENT)
    relative = change(Fraction(66), Fraction(51), Unit.PERCENT, relative=True)
    assert points is not None
    assert relative is not None
    assert (str(points.rounded), str(relative.rounded)) == ("-15.0", "-22.7")


def _fewer_incidents(target: int, *, since: date, until: date) -> AttainmentFacts:
    return AttainmentFacts(
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        baseline=Fraction(0),
        baseline_on=since,
        target=Fraction(target),
        due_on=until,
        value=Fraction(-20),
        measured_on=until,
    )


def test_t36_and_t42_eight_measures_and_a_quarter() -> None:
    assert coverage([measure.code for measure in MEASURES], {}, {}).total == 8
    assert percent_of(1, 4) == 25


def test_t43_hours_of_the_covenant() -> None:
    start, end = date(2012, 1, 1), date(2013, 12, 31)
    term = NormTerm(20, start, end)
    [stretch] = norm_stretches([term], start, end)
    assert stretch.days == 731
    norm = norm_between([term], start, end)
    assert norm is not None
    assert (str(round_half_up(norm, 1)), str(round_half_up(norm / 20, 2))) == ("2088.6", "104.43")
    assert norm_between([term], date(2012, 1, 2), date(2012, 12, 30)) == 1040


def test_t44_days_around_the_letter() -> None:
    letter_on = count_back(LETTER_ON)[DeadlineKind.LETTER_SENT]
    debate_on, cutoff_on = date(2012, 6, 5), date(2012, 1, 6)
    days = starmap(
        days_left,
        [(letter_on, HalfYear(2011, 2).end), (letter_on, cutoff_on), (debate_on, letter_on)],
    )
    assert list(days) == [75, 69, 82]
