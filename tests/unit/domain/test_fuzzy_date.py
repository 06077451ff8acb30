from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.fuzzy_date import (
    FuzzyDate,
    Precision,
    format_dutch_date,
    parse_dutch_date,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-03-2012", date(2012, 3, 12)),
        ("12-3-2012", date(2012, 3, 12)),
        ("1-1-2012", date(2012, 1, 1)),
        ("12 maart 2012", date(2012, 3, 12)),
        (" 12  Maart 2012 ", date(2012, 3, 12)),
        ("2012-03-12", date(2012, 3, 12)),
        ("29-02-2012", date(2012, 2, 29)),
    ],
)
def test_dutch_dates_are_understood(text: str, day: date) -> None:
    assert parse_dutch_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30-02-2012", "no_such_day"),
        ("29 februari 2011", "no_such_day"),
        ("12-13-2012", "no_such_day"),
        ("12-03-12", "not_a_date"),
        ("12 march 2012", "not_a_date"),
        ("12/03/2012", "not_a_date"),
        ("2012-3-12", "not_a_date"),
        ("maart 2012", "not_a_date"),
        ("40980", "not_a_date"),
        ("", "not_a_date"),
    ],
)
def test_other_dates_are_refused(text: str, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        parse_dutch_date(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_written_date_reads_back(day: date) -> None:
    assert parse_dutch_date(format_dutch_date(day)) == day
    assert parse_dutch_date(day.strftime("%d-%m-%Y")) == day
    assert parse_dutch_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("15 maart 2012", date(2012, 3, 15), Precision.DAY),
        ("15-3-2012", date(2012, 3, 15), Precision.DAY),
        ("op 15 maart 2012", date(2012, 3, 15), Precision.DAY),
        ("maart 2012", date(2012, 3, 1), Precision.MONTH),
        ("in September 2011", date(2011, 9, 1), Precision.MONTH),
        ("voorjaar 2010", date(2010, 4, 1), Precision.QUARTER),
        ("het voorjaar van 2010", date(2010, 4, 1), Precision.QUARTER),
        ("najaar 2010", date(2010, 10, 1), Precision.QUARTER),
        ("eerste kwartaal 2012", date(2012, 1, 1), Precision.QUARTER),
        ("het eerste kwartaal 2012", date(2012, 1, 1), Precision.QUARTER),
        ("begin 2012", date(2012, 1, 1), Precision.QUARTER),
        ("eind 2013", date(2013, 12, 31), Precision.QUARTER),
        ("halverwege 2012", date(2012, 6, 30), Precision.HALF),
        ("tweede helft 2012", date(2012, 7, 1), Precision.HALF),
        ("2012", date(2012, 1, 1), Precision.YEAR),
        ("in de loop van 2012", date(2012, 1, 1), Precision.YEAR),
        ("niet in bron", None, Precision.UNKNOWN),
        ("Onbekend", None, Precision.UNKNOWN),
    ],
)
def test_vague_dates_keep_their_words(words: str, day: date | None, precision: Precision) -> None:
    parsed = FuzzyDate.parse(words)
    assert parsed == FuzzyDate(day, precision, words)
    assert FuzzyDate.parse(parsed.display()).on == day


@pytest.mark.parametrize("text", ["", "ooit", "winter 2012", "maart", "13e kwartaal 2012", "0000"])
def test_words_without_a_meaning_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(not_a_date|no_such_day)$"):
        FuzzyDate.parse(text)


@pytest.mark.parametrize(
    ("vague", "shown"),
    [
        (FuzzyDate.parse("15-3-2012"), "15 maart 2012"),
        (FuzzyDate.parse("voorjaar 2010"), "voorjaar 2010"),
        (FuzzyDate.exactly(date(2012, 3, 15)), "15 maart 2012"),
        (FuzzyDate(None, Precision.UNKNOWN, ""), "niet in bron"),
        (FuzzyDate(date(2012, 3, 1), Precision.MONTH, ""), "maart 2012"),
        (FuzzyDate(date(2012, 12, 31), Precision.QUARTER, ""), "vierde kwartaal 2012"),
        (FuzzyDate(date(2012, 6, 30), Precision.HALF, ""), "eerste helft 2012"),
        (FuzzyDate(date(2012, 7, 1), Precision.HALF, ""), "tweede helft 2012"),
        (FuzzyDate(date(2012, 1, 1), Precision.YEAR, ""), "2012"),
    ],
)
def test_display_is_dutch(vague: FuzzyDate, shown: str) -> None:
    assert vague.display() == shown


@pytest.mark.parametrize(
    ("day", "precision"), [(None, Precision.YEAR), (date(2012, 1, 1), Precision.UNKNOWN)]
)
def test_unknown_means_no_date(day: date | None, precision: Precision) -> None:
    with pytest.raises(ValueError, match=r"^date_and_precision_disagree$"):
        FuzzyDate(day, precision, "")
