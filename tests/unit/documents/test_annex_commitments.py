"""The chapter on what was promised to the House: its first sentence, and where a promise stands."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from vpt_regio.documents.annex_content import Paragraph, Table
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


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("Overleg", "8\u00a0juli 2011; Overleg; minister; vergaderjaar, 28\u00a0684, nr.\u00a0325"),
        (
            "Overleg van 8 juli 2011",
            "Overleg van 8\u00a0juli 2011; minister; vergaderjaar, 28\u00a0684, nr.\u00a0325",
        ),
    ],
)
def test_a_day_stands_once_and_a_number_does_not_break(meeting: str, expected: str) -> None:
    source = _source(1, 0)
    said = source.commitments[0].commitment
    said.made_on, said.meeting, said.office = date(2011, 7, 8), meeting, "minister"
    said.source = "vergaderjaar, 28 684, nr. 325"
    table = commitments_chapter(source).blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0][1][0].text == expected
