"""When a commitment is due, from words, and how it stands on a day."""

from datetime import date

import pytest

from vpt_regio.domain.half_year_codes import CommitmentStatus
from vpt_regio.domain.rules.commitments import (
    RUNNING,
    last_day_of,
    moment_words,
    read_moment,
    standing,
)

DUE = date(2012, 9, 30)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("september 2012", date(2012, 9, 30)),
        ("februari 2012", date(2012, 2, 29)),
        ("voorjaar 2012", date(2012, 6, 30)),
        ("begin 2012", date(2012, 3, 31)),
        ("eerste helft 2012", date(2012, 6, 30)),
        ("eind 2012", date(2012, 12, 31)),
        ("2016", date(2016, 12, 31)),
        ("15 maart 2012", date(2012, 3, 15)),
    ],
)
def test_a_term_in_words_runs_until_its_last_day(words: str, last: date) -> None:
    moment = read_moment(words)
    assert moment is not None
    assert last_day_of(moment) == last


@pytest.mark.parametrize("words", ["na de zomer", "een dezer dagen", "niet in bron", ""])
def test_words_that_name_no_moment_bring_no_day(words: str) -> None:
    assert read_moment(words) is None


def test_what_runs_is_late_after_its_last_day() -> None:
    for status in RUNNING:
        assert standing(status, DUE, DUE) is status
        assert standing(status, DUE, date(2012, 10, 1)) is CommitmentStatus.OVERDUE
        assert standing(status, None, date(2100, 1, 1)) is status
    for status in (CommitmentStatus.FULFILLED, CommitmentStatus.LAPSED):
        assert standing(status, DUE, date(2013, 1, 1)) is status


def test_the_words_of_the_source_go_before_the_day() -> None:
    assert moment_words(DUE, "na de zomer") == "na de zomer"
    assert moment_words(DUE, "") == "30 september 2012"
    assert moment_words(None, "") == ""
