"""The letters and commitments of the demonstration: what the sources tell, and what they do not."""

from datetime import date

import pytest

from tests.integration.demo.conftest import DAY
from vpt_regio.demo import letters, world
from vpt_regio.domain.half_year_codes import CommitmentStatus
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.queries.commitments import due_before, list_commitments, state_of
from vpt_regio.queries.letters import cited
from vpt_regio.queries.programmes import get_programme

pytestmark = pytest.mark.usefixtures("demo")


def test_the_letter_of_march_rests_on_the_frozen_half_year() -> None:
    letter = world.letter(letters.MARCH_2012)
    assert letter.snapshot is not None
    assert letter.snapshot.period == world.period("2011-2")
    assert [annex.is_public for annex in letter.annexes] == [True, False]
    assert cite(cited(world.letter(letters.JULY_2011)), Style.FULL) == (
        "Tweede Kamer, vergaderjaar 2010–2011, 28 684, nr. 325"
    )
    assert "niet in bron" in cite(cited(letter), Style.FULL)


def test_commitments_stand_as_the_sources_tell() -> None:
    programme = get_programme()
    motion, *_others = letters.COMMITMENTS
    before = {one.commitment.text: one for one in list_commitments(programme.id, on=DAY)}
    assert state_of(world.commitment(motion.data.text)) is CommitmentStatus.OVERDUE
    assert len(world.commitment(motion.data.text).interim_letters) == 2
    assert not [text for text, one in before.items() if "evaluatie" in text]
    due = due_before(world.period("2012-1").letter_on or DAY, programme_id=programme.id)
    assert [one.due_on for one in due] == [date(2012, 4, 15), date(2012, 9, 13)]


def test_when_the_half_year_was_frozen_nothing_was_answered_yet() -> None:
    then = list_commitments(get_programme().id, on=date(2012, 2, 9))
    assert len(then) == 4
    assert all(one.fulfilled_by is None for one in then)
    assert {one.status for one in then} == {CommitmentStatus.IN_PROGRESS, CommitmentStatus.OPEN}
