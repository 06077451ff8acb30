"""The days that hang on a covenant: when they fall, and why they moved."""

from dataclasses import replace
from datetime import date

import pytest

from vpt_regio.domain.enums import FundingInstrument
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.rules.covenant_deadlines import (
    CovenantDeadline,
    CovenantDeadlineKind,
    CovenantTerm,
    Extension,
    covenant_deadlines,
)

KIND = CovenantDeadlineKind
LIMBURG = CovenantTerm(
    signed_on=date(2012, 3, 12),
    original_end=FuzzyDate.exactly(date(2013, 12, 31)),
    plan_due_on=date(2012, 9, 1),
)
LONGER = Extension(
    new_end=FuzzyDate.exactly(date(2014, 6, 30)), signed=FuzzyDate.exactly(date(2013, 5, 2))
)


def by_kind(term: CovenantTerm, kind: CovenantDeadlineKind) -> list[CovenantDeadline]:
    return [deadline for deadline in covenant_deadlines(term) if deadline.kind is kind]


def said(deadline: CovenantDeadline) -> str:
    return deadline.reason % deadline.params


def test_nothing_moves_as_long_as_nothing_is_amended():
    assert [(d.kind, d.due_on, d.original_on, d.reason) for d in covenant_deadlines(LIMBURG)] == [
        (KIND.PLAN, date(2012, 9, 1), date(2012, 9, 1), ""),
        (KIND.END, date(2013, 12, 31), date(2013, 12, 31), ""),
        (KIND.FINAL_ACCOUNT, date(2014, 4, 1), date(2014, 4, 1), ""),
    ]


def test_an_extension_moves_the_end_and_the_final_account_and_leaves_the_plan():
    term = replace(LIMBURG, extensions=(LONGER,))
    [plan], [end], [account] = (
        by_kind(term, kind) for kind in (KIND.PLAN, KIND.END, KIND.FINAL_ACCOUNT)
    )
    assert plan.reason == ""
    assert (end.due_on, end.original_on) == (date(2014, 6, 30), date(2013, 12, 31))
    assert said(end) == (
        "verschoven van 31 december 2013 naar 30 juni 2014 door de verlenging van 2 mei 2013"
    )
    assert account.due_on == date(2014, 9, 29)
    assert said(account).startswith("verschoven van 1 april 2014 naar 29 september 2014")


def test_an_extension_may_move_the_day_of_the_plan():
    term = replace(LIMBURG, extensions=(replace(LONGER, new_plan_due_on=date(2013, 8, 1)),))
    [plan] = by_kind(term, KIND.PLAN)
    assert (plan.due_on, plan.original_on) == (date(2013, 8, 1), date(2012, 9, 1))
    assert said(plan).startswith("verschoven van 1 september 2012 naar 1 augustus 2013")


def test_a_later_extension_without_a_day_for_the_plan_keeps_the_earlier_one():
    first = replace(LONGER, new_plan_due_on=date(2013, 8, 1))
    second = Extension(new_end=FuzzyDate.exactly(date(2014, 12, 31)))
    [plan] = by_kind(replace(LIMBURG, extensions=(first, second)), KIND.PLAN)
    assert plan.due_on == date(2013, 8, 1)
    assert "2 mei 2013" in said(plan)


def test_an_early_end_goes_before_an_extension():
    term = replace(LIMBURG, extensions=(LONGER,), ended_on=date(2013, 3, 1))
    [end], [account] = by_kind(term, KIND.END), by_kind(term, KIND.FINAL_ACCOUNT)
    assert end.due_on == date(2013, 3, 1)
    assert said(end).endswith("doordat het convenant eerder eindigde")
    assert account.due_on == date(2013, 5, 31)


def test_closing_on_the_last_day_moves_nothing():
    term = replace(LIMBURG, ended_on=date(2013, 12, 31))
    assert {deadline.reason for deadline in covenant_deadlines(term)} == {""}


def test_a_day_that_follows_from_a_vague_end_is_vague():
    term = CovenantTerm(
        signed_on=date(2010, 4, 1),
        original_end=FuzzyDate.parse("eind 2011"),
        extensions=(
            Extension(
                new_end=FuzzyDate.parse("halverwege 2012"), signed=FuzzyDate.parse("niet in bron")
            ),
        ),
    )
    [end], [account] = by_kind(term, KIND.END), by_kind(term, KIND.FINAL_ACCOUNT)
    assert end.due.display() == "halverwege 2012"
    assert said(end) == "verschoven van eind 2011 naar halverwege 2012 door een verlenging"
    assert account.due.display() == "13 weken na halverwege 2012"
    assert account.due_on == date(2012, 9, 29)


def test_a_specific_grant_is_accounted_for_by_15_july_after_every_year():
    term = replace(LIMBURG, funding=FundingInstrument.SPECIFIC_GRANT)
    days = [(d.year, d.due_on, d.reason) for d in by_kind(term, KIND.ACCOUNTABILITY)]
    assert days == [(2012, date(2013, 7, 15), ""), (2013, date(2014, 7, 15), "")]


def test_an_extension_into_a_new_year_adds_a_year_to_account_for():
    term = replace(LIMBURG, funding=FundingInstrument.SPECIFIC_GRANT, extensions=(LONGER,))
    added = by_kind(term, KIND.ACCOUNTABILITY)[-1]
    assert (added.year, added.due_on, added.original_on) == (2014, date(2015, 7, 15), None)
    assert said(added) == "komt erbij door de verlenging van 2 mei 2013"


def test_an_early_end_takes_the_years_after_it_away():
    term = replace(LIMBURG, funding=FundingInstrument.SPECIFIC_GRANT, ended_on=date(2012, 12, 31))
    assert [d.year for d in by_kind(term, KIND.ACCOUNTABILITY)] == [2012]


@pytest.mark.parametrize("funding", [FundingInstrument.UNKNOWN, FundingInstrument.OWN_RULES])
def test_other_money_is_not_accounted_for_each_year(funding):
    assert by_kind(replace(LIMBURG, funding=funding), KIND.ACCOUNTABILITY) == []


def test_what_hangs_on_an_unknown_end_is_left_out():
    term = CovenantTerm(signed_on=None, original_end=None, funding=FundingInstrument.SPECIFIC_GRANT)
    assert covenant_deadlines(term) == []


def test_the_term_of_the_final_account_can_be_another():
    found = covenant_deadlines(LIMBURG, final_account_weeks=22)
    assert found[-1].due_on == date(2014, 6, 3)
