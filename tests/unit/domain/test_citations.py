"""Session years, dossiers, and both ways to cite a letter; the cases are those of the sources."""

from datetime import date

import pytest

from vpt_regio.domain.rules.citations import (
    Cited,
    Style,
    cite,
    format_dossier,
    impossible_sessions,
    opening_of,
    parse_dossier,
    parse_number,
    session_words,
)


@pytest.mark.parametrize(
    ("day", "full", "short"),
    [
        (date(2011, 7, 8), "2010–2011", "2010/11"),
        (date(2011, 9, 19), "2010–2011", "2010/11"),
        (date(2011, 9, 20), "2011–2012", "2011/12"),
        (date(2011, 4, 28), "2010–2011", "2010/11"),
        (date(2017, 12, 19), "2017–2018", "2017/18"),
        (date(2000, 1, 1), "1999–2000", "1999/2000"),
        (date(2010, 1, 5), "2009–2010", "2009/10"),
    ],
)
def test_a_session_begins_on_the_third_tuesday_of_september(
    day: date, full: str, short: str
) -> None:
    assert session_words(day) == full
    assert session_words(day, Style.SHORT) == short


def test_every_opening_is_a_third_tuesday() -> None:
    days = [opening_of(year) for year in range(1900, 2101)]
    assert all(day.weekday() == 1 and 15 <= day.day <= 21 for day in days)


def test_a_published_letter_is_cited_in_both_styles() -> None:
    letter = Cited("2011-0001", date(2011, 7, 8), "28684", "325")
    assert cite(letter, Style.SHORT) == "Kamerstukken II 2010/11, 28684, nr. 325"
    assert cite(letter, Style.FULL) == "Tweede Kamer, vergaderjaar 2010–2011, 28 684, nr. 325"
    chapter = Cited("x", date(2023, 6, 30), "36360-VI", "19")
    assert cite(chapter, Style.SHORT) == "Kamerstukken II 2022/23, 36360-VI, nr. 19"
    assert cite(chapter, Style.FULL) == "Tweede Kamer, vergaderjaar 2022–2023, 36 360 VI, nr. 19"


def test_what_is_not_known_is_left_out() -> None:
    by_reference = "Brief van 19 december 2017, kenmerk 2017-0000630023"
    for half in ({}, {"dossier": "28684"}, {"number": "128"}):
        letter = Cited("2017-0000630023", date(2017, 12, 19), **half)
        assert cite(letter, Style.SHORT) == cite(letter, Style.FULL) == by_reference
    assert cite(Cited("K1"), Style.FULL) == "Brief, kenmerk K1"
    without_day = Cited("K1", None, "28684", "325")
    assert cite(without_day, Style.SHORT) == "Kamerstukken II, 28684, nr. 325"
    assert cite(without_day, Style.FULL) == "Tweede Kamer, 28 684, nr. 325"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("28 684", "28684", "28 684"),
        ("28684", "28684", "28 684"),
        ("36410-VI", "36410-VI", "36 410 VI"),
        ("36 410 vi", "36410-VI", "36 410 VI"),
    ],
)
def test_dossiers_are_read_as_people_write_them(typed: str, kept: str, shown: str) -> None:
    assert parse_dossier(typed) == kept
    assert format_dossier(kept) == shown


@pytest.mark.parametrize("typed", ["28 68", "286 84", "VI", "28684-XZ", "2022D29629", ""])
def test_what_is_no_dossier_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not_a_dossier"):
        parse_dossier(typed)


def test_numbers_are_read_with_and_without_their_word() -> None:
    assert parse_number("nr. 325") == parse_number("325") == parse_number("Nr 325") == "325"
    for typed in ("0", "nr.", "3a", "123456"):
        with pytest.raises(ValueError, match="not_a_number"):
            parse_number(typed)


def test_session_years_that_are_not_two_in_a_row_are_found() -> None:
    assert impossible_sessions("Kamerstukken II 2021/23, 2022D29629") == ["2021/23"]
    assert impossible_sessions("Tweede Kamer, vergaderjaar 2010–2012, 28 684") == ["2010–2012"]
    assert impossible_sessions("Kamerstukken II 1999/2000 en Kamerstukken II 2009/10") == []
    assert impossible_sessions("het programma 2011-2015") == []
