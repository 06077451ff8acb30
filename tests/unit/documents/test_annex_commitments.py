"""The sentence that opens the chapter on what was promised to the House."""

from types import SimpleNamespace
from typing import Any

import pytest

from vpt_regio.documents.annex_content import Paragraph
from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries.commitments import CommitmentOn
from vpt_regio.services.annex_commitments import commitments_chapter


def _source(running: int, done: int) -> Any:
    statuses = [CommitmentStatus.OPEN] * running + [CommitmentStatus.FULFILLED] * done
    said = Commitment(
        kind=CommitmentKind.PROMISE,
        text="Ieder halfjaar.",
        meeting="",
        office="",
        source="",
        made_words="",
        due_words="",
        progress="",
    )
    return SimpleNamespace(commitments=[CommitmentOn(said, status, None) for status in statuses])


@pytest.mark.parametrize(
    ("running", "done", "expected"),
    [
        (0, 0, "Er staan geen toezeggingen, moties of vragen open."),
        (1, 0, "Eén toezegging, motie of vraag is in behandeling."),
        (4, 0, "Vier toezeggingen, moties en vragen zijn in behandeling."),
        (4, 1, "Vier toezeggingen, moties en vragen zijn in behandeling en één is afgerond."),
        (0, 2, "Twee toezeggingen, moties en vragen zijn afgerond."),
    ],
)
def test_how_many_wait_and_how_many_are_settled(running: int, done: int, expected: str) -> None:
    opening = commitments_chapter(_source(running, done)).blocks[0]
    assert isinstance(opening, Paragraph)
    assert "".join(run.text for run in opening.runs) == expected
