from dataclasses import replace

import pytest

from vpt_regio.domain.enums import AgreementLevel, PlanSection
from vpt_regio.domain.rules.completeness import ActivityFacts, PlanFacts, find_gaps

MEASURES = {"norm": "Draag de norm uit", "report": "Registreer voorvallen"}

CAMPAIGN = ActivityFacts(
    number=1, title="Campagne", is_awareness=True, measures=frozenset({"norm"})
)
REGISTER = ActivityFacts(number=2, title="Registratie", measures=frozenset({"report"}))

COMPLETE = PlanFacts(
    has_problem_analysis=True,
    has_approach=True,
    has_embedding=True,
    agreement_analysis=AgreementLevel.FULL,
    agreement_approach=AgreementLevel.NONE,
    activities=(CAMPAIGN, REGISTER),
    measures=MEASURES,
    budget_lines=(5_000_000, 0),
)


def test_a_complete_plan_has_no_gaps() -> None:
    assert find_gaps(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "code", "section", "field"),
    [
        (
            {"has_problem_analysis": False},
            "no_problem_analysis",
            PlanSection.PROBLEM_ANALYSIS,
            "problem_analysis",
        ),
        ({"has_approach": False}, "no_approach", PlanSection.APPROACH, "approach"),
        ({"has_embedding": False}, "no_embedding", PlanSection.EMBEDDING, "embedding"),
        ({"activities": ()}, "no_activities", PlanSection.ACTIVITIES, "activities"),
        (
            {"activities": (replace(CAMPAIGN, is_awareness=False), REGISTER)},
            "no_awareness",
            PlanSection.ACTIVITIES,
            "is_awareness",
        ),
        (
            {"activities": (CAMPAIGN, replace(REGISTER, has_dates=False))},
            "activity_without_dates",
            PlanSection.ACTIVITIES,
            "starts_on",
        ),
        (
            {"activities": (CAMPAIGN, replace(REGISTER, has_owner=False))},
            "activity_without_owner",
            PlanSection.ACTIVITIES,
            "owner_id",
        ),
        (
            {"activities": (CAMPAIGN,)},
            "measure_without_activity",
            PlanSection.ACTIVITIES,
            "measures",
        ),
        ({"budget_lines": ()}, "no_budget_lines", PlanSection.BUDGET, "budget_lines"),
        ({"budget_lines": (0, 0)}, "empty_budget", PlanSection.BUDGET, "budget_lines"),
        (
            {"agreement_analysis": None},
            "no_agreement_analysis",
            PlanSection.AGREEMENT,
            "consensus_analysis",
        ),
        (
            {"agreement_approach": None},
            "no_agreement_approach",
            PlanSection.AGREEMENT,
            "consensus_approach",
        ),
    ],
)
def test_one_thing_missing_gives_one_gap_with_its_place(
    changes: dict[str, object], code: str, section: PlanSection, field: str
) -> None:
    gaps = find_gaps(replace(COMPLETE, **changes))
    assert [(gap.code, gap.section, gap.field) for gap in gaps] == [(code, section, field)]
    assert "{" not in gaps[0].text()


def test_messages_name_the_activity_and_the_measure() -> None:
    facts = replace(COMPLETE, activities=(replace(CAMPAIGN, has_owner=False),))
    owner, measure = find_gaps(facts)
    assert "activiteit 1 (Campagne)" in owner.text()
    assert "“Registreer voorvallen”" in measure.text()
    assert measure.params["measure_code"] == "report"


def test_a_title_with_braces_is_shown_as_it_is() -> None:
    facts = replace(
        COMPLETE, activities=(replace(CAMPAIGN, title="{x}", has_owner=False), REGISTER)
    )
    assert "({x})" in find_gaps(facts)[0].text()


@pytest.mark.parametrize(("reason", "open_measures"), [("Bestaat al", 0), ("  ", 1)])
def test_a_measure_may_be_exempt_with_a_reason(reason: str, open_measures: int) -> None:
    facts = replace(COMPLETE, activities=(CAMPAIGN,), exemptions={"report": reason})
    assert len(find_gaps(facts)) == open_measures


def test_an_empty_plan_lists_its_gaps_in_the_order_of_the_sections() -> None:
    gaps = find_gaps(PlanFacts(False, False, False, None, None, measures=MEASURES))
    sections = [gap.section for gap in gaps]
    assert sections == sorted(sections, key=list(PlanSection).index)
    assert set(sections) == set(PlanSection)
    assert "measure_without_activity" not in {gap.code for gap in gaps}
