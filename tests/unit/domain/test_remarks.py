"""Where a remark stands, and where that place is in a later text."""

from dataclasses import replace

import pytest

from tests.unit.domain.test_completeness import COMPLETE
from vpt_regio.domain.enums import PlanSection
from vpt_regio.domain.rules.completeness import REJECTED, UNANSWERED, RemarkFacts, find_gaps
from vpt_regio.domain.rules.remarks import find_again, likeness, paragraphs_of, shortened


def test_each_line_with_words_is_a_paragraph() -> None:
    assert paragraphs_of("Een\n\n  Twee \n\t\nDrie") == ["Een", "Twee", "Drie"]
    assert paragraphs_of(" \n ") == []


@pytest.mark.parametrize(
    ("texts", "place", "found"),
    [
        (["Nieuw", "Wij tellen meldingen"], 1, "Wij tellen meldingen"),
        (["Iets anders", "Wij tellen alle meldingen"], 1, "Wij tellen alle meldingen"),
        (["Iets heel anders", "Nog iets"], 2, "Nog iets"),
        (["Iets heel anders"], 2, None),
        ([], 1, None),
    ],
)
def test_a_paragraph_is_found_again(texts: list[str], place: int, found: str | None) -> None:
    assert find_again("Wij tellen meldingen", texts, place=place) == found


def test_likeness_is_the_part_of_the_words_that_is_shared() -> None:
    assert likeness("Een twee", "twee EEN") == 1
    assert likeness("een twee", "een drie vier") == pytest.approx(1 / 4)
    assert likeness("", "een") == 0


def test_a_long_remark_is_shortened_to_one_line() -> None:
    assert shortened("Te\nkort") == "Te kort"
    assert shortened("a" * 90, 10) == "a" * 10 + "…"


def test_an_unanswered_must_is_a_gap_with_its_remark() -> None:
    remark = RemarkFacts("7", PlanSection.BUDGET, "Te hoog")
    (gap,) = find_gaps(replace(COMPLETE, unanswered=(remark,)))
    assert (gap.code, gap.section) == (UNANSWERED, PlanSection.BUDGET)
    assert gap.params["remark_key"] == "7"
    assert "Te hoog" in gap.text()


def test_a_rejected_reason_is_a_gap_until_an_activity_covers_the_measure() -> None:
    measures = {**COMPLETE.measures, "extra": "Nog een maatregel"}
    facts = replace(
        COMPLETE, measures=measures, exemptions={"extra": "Niet nodig"}, rejected={"extra"}
    )
    assert [gap.code for gap in find_gaps(facts)] == [REJECTED]
    first, second = COMPLETE.activities
    covering = replace(first, measures=first.measures | {"extra"})
    assert find_gaps(replace(facts, activities=(covering, second))) == []
