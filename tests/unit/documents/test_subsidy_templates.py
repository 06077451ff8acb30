"""The letters for decisions on subsidies that come along."""

import pytest

from vpt_regio.documents.default_template import default_template
from vpt_regio.documents.fields import REQUIRED
from vpt_regio.documents.gate import problems_of
from vpt_regio.documents.letters import tags_in
from vpt_regio.models.decisions import DecisionKind

SUBSIDY_KINDS = [kind for kind in DecisionKind if kind.startswith("subsidy_")]


@pytest.mark.parametrize("kind", SUBSIDY_KINDS)
def test_each_kind_has_a_letter_of_its_own_that_may_be_used_as_a_template(
    kind: DecisionKind,
) -> None:
    content = default_template(kind)
    assert content != default_template()
    assert problems_of(content) == []
    assert tags_in(content).issuperset(field.value for field in REQUIRED)
