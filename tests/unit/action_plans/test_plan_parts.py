"""A part of a plan as a record of its own."""

from datetime import date

import pytest

from vpt_regio.errors import Invalid
from vpt_regio.services.plan_parts import PlanPart, amount_problems, cleaned


def test_a_part_reads_its_values_anew_at_each_use() -> None:
    values = {"approach": "Een", "starts_on": date(2012, 9, 1)}
    part = PlanPart(lambda: values)
    before = part.version
    values["approach"] = "Twee"
    assert part.approach == "Twee"
    assert part.version != before
    values["approach"] = "Een"
    assert part.version == before


def test_a_part_has_no_other_values() -> None:
    part = PlanPart(lambda: {"approach": "Een"})
    assert not hasattr(part, "embedding")


def test_a_script_can_count_the_version() -> None:
    versions = [PlanPart(lambda text=text: {"approach": text}).version for text in "abcdefgh"]
    assert max(versions) < 2**53
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize(("cents", "problems"), [(None, 0), (0, 0), (-1, 1), (10**16, 1)])
def test_an_amount_is_not_negative_and_fits(cents: int | None, problems: int) -> None:
    assert len(amount_problems(cents, field="amount_cents")) == problems


def test_text_is_kept_clean_and_within_its_length() -> None:
    assert cleaned(" regel\r\n", field="title") == "regel"
    with pytest.raises(Invalid) as caught:
        cleaned("x" * 11, field="title", maximum=10)
    assert caught.value.field == "title"
