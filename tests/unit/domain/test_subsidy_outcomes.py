"""What is counted of a round, and the sentence that a letter makes of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.subsidy_outcomes import (
    Outcome,
    RoundCounts,
    count,
    round_sentence,
)
from vpt_regio.domain.subsidy_codes import ApplicationStatus

GRANTS_OF_2011 = [2_000_000, 930_000, 5_000_000, 1_000_000, 2_206_100, 5_000_000]
STATUSES = {
    "g": ApplicationStatus.GRANTED,
    "p": ApplicationStatus.PARTIALLY_GRANTED,
    "s": ApplicationStatus.GRANTED_SOME,
    "r": ApplicationStatus.REJECTED,
    "w": ApplicationStatus.WITHDRAWN,
    "d": ApplicationStatus.DRAFT,
    "o": ApplicationStatus.RECEIVED,
    "i": ApplicationStatus.INCOMPLETE,
    "u": ApplicationStatus.UNDER_ASSESSMENT,
    "l": ApplicationStatus.TOO_LATE,
}


def rows(letters: str) -> list[Outcome]:
    """Make an application of each letter: € 100 asked, and € 60 granted if it is granted."""
    return [
        Outcome(STATUSES[letter], 10_000, 6_000 if letter in "gps" else None) for letter in letters
    ]


def counted(
    letters: str, *, unlisted: int | None = 0, unlisted_granted: int | None = 0
) -> RoundCounts:
    return count(rows(letters), unlisted_applications=unlisted, unlisted_granted=unlisted_granted)


def november_2011(*statuses: ApplicationStatus) -> RoundCounts:
    outcomes = [
        Outcome(status, None, cents if status is not ApplicationStatus.REJECTED else None)
        for status, cents in zip(statuses, GRANTS_OF_2011, strict=True)
    ]
    return count(outcomes, unlisted_applications=5, unlisted_granted=0)


def test_the_round_of_november_2011_reads_as_the_letter_did() -> None:
    counts = november_2011(*[ApplicationStatus.GRANTED_SOME] * 6)
    assert round_sentence(counts) == "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"
    assert counts.granted_cents == 16_136_100
    assert (counts.granted, counts.partially_granted) == (None, None)
    assert (counts.rejected, counts.withdrawn, counts.pending) == (None, None, None)
    assert counts.requested_cents is None


def test_one_other_decision_changes_the_sentence_and_the_sum() -> None:
    counts = november_2011(
        *[ApplicationStatus.GRANTED_SOME] * 4,
        ApplicationStatus.REJECTED,
        ApplicationStatus.GRANTED_SOME,
    )
    assert round_sentence(counts) == "elf aanvragen, waarvan vijf (gedeeltelijk) toegekend"
    assert counts.granted_cents == 13_930_000


def test_a_round_of_which_all_is_known() -> None:
    assert counted("gggpprwouild") == RoundCounts(
        applications=11,
        granted=3,
        partially_granted=2,
        rejected=1,
        withdrawn=1,
        pending=4,
        requested_cents=110_000,
        granted_cents=30_000,
        granted_in_some_way=5,
        tells_of_parts=True,
        listed_pending=4,
    )


def test_a_draft_is_no_application() -> None:
    assert counted("ddd") == counted("")
    assert counted("").applications == 0
    assert counted("").requested_cents == counted("").granted_cents == 0


def test_who_is_too_late_still_waits_for_a_decision() -> None:
    counts = counted("l")
    assert (counts.applications, counts.pending, counts.rejected) == (1, 1, 0)


def test_a_source_that_does_not_split_hides_the_split_and_not_the_sum() -> None:
    counts = counted("gps")
    assert (counts.granted, counts.partially_granted) == (None, None)
    assert counts.granted_in_some_way == 3
    assert counts.granted_cents == 18_000


def test_a_historic_scheme_counts_what_was_granted_and_nothing_else() -> None:
    counts = counted("", unlisted=None, unlisted_granted=112)
    assert counts == RoundCounts(
        applications=None,
        granted=None,
        partially_granted=None,
        rejected=None,
        withdrawn=None,
        pending=None,
        requested_cents=None,
        granted_cents=None,
        granted_in_some_way=112,
    )
    assert round_sentence(counts) == "112 toegekende projecten"


@pytest.mark.parametrize(
    ("unlisted_granted", "unlisted_cents", "granted_cents"),
    [(0, None, 6_000), (2, None, None), (2, 500, 6_500), (None, None, None), (None, 500, 6_500)],
)
def test_the_sum_of_grants_is_known_when_every_part_is(
    unlisted_granted: int | None, unlisted_cents: int | None, granted_cents: int | None
) -> None:
    counts = count(
        rows("gr"),
        unlisted_applications=3,
        unlisted_granted=unlisted_granted,
        unlisted_granted_cents=unlisted_cents,
    )
    assert counts.granted_cents == granted_cents


def test_one_unknown_amount_makes_its_sum_unknown() -> None:
    unknown = Outcome(ApplicationStatus.GRANTED, None, None)
    counts = count([*rows("g"), unknown], unlisted_applications=0, unlisted_granted=0)
    assert counts.requested_cents is None
    assert counts.granted_cents is None
    assert counts.granted == 2


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("", "geen aanvragen"),
        ("d", "geen aanvragen"),
        ("o", "één aanvraag, waarover nog wordt beslist"),
        ("g", "één aanvraag, die is toegekend"),
        ("p", "één aanvraag, die gedeeltelijk is toegekend"),
        ("s", "één aanvraag, die (gedeeltelijk) is toegekend"),
        ("r", "één aanvraag, die is afgewezen"),
        ("w", "één aanvraag, die is ingetrokken"),
        ("gr", "twee aanvragen, waarvan één toegekend"),
        ("grr", "drie aanvragen, waarvan één toegekend"),
        ("pr", "twee aanvragen, waarvan één (gedeeltelijk) toegekend"),
        ("ggg", "drie aanvragen, die allemaal zijn toegekend"),
        ("ggp", "drie aanvragen, die allemaal (gedeeltelijk) zijn toegekend"),
        ("rrw", "drie aanvragen, waarvan geen is toegekend"),
        ("oul", "drie aanvragen, waarover nog wordt beslist"),
        ("rro", "drie aanvragen, waarvan nog geen is toegekend; over één wordt nog beslist"),
        ("ggoooo", "zes aanvragen, waarvan twee toegekend; over vier wordt nog beslist"),
        ("gggppprrrrr", "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"),
        ("g" * 21 + "r" * 9, "dertig aanvragen, waarvan 21 toegekend"),
    ],
)
def test_the_sentence_of_a_round_of_which_all_is_known(letters: str, sentence: str) -> None:
    assert round_sentence(counted(letters)) == sentence


@pytest.mark.parametrize(
    ("letters", "unlisted", "granted", "sentence"),
    [
        ("", 11, 6, "elf aanvragen, waarvan zes (gedeeltelijk) toegekend"),
        ("", 11, 0, "elf aanvragen, waarvan geen is toegekend"),
        ("", 11, None, "elf aanvragen"),
        ("", 1, 0, "één aanvraag, die niet is toegekend"),
        ("", 1, 1, "één aanvraag, die (gedeeltelijk) is toegekend"),
        ("", 1, None, "één aanvraag"),
        ("ss", 2, 2, "vier aanvragen, die allemaal (gedeeltelijk) zijn toegekend"),
        ("ggg", 8, 0, "elf aanvragen, waarvan drie toegekend"),
        (
            "oooooo",
            5,
            0,
            "elf aanvragen, waarvan nog geen is toegekend; over minstens zes aanvragen wordt"
            " nog beslist",
        ),
        ("o", 5, None, "zes aanvragen; over minstens één aanvraag wordt nog beslist"),
        ("", None, None, "een onbekend aantal aanvragen"),
        ("", None, 0, "een onbekend aantal aanvragen, waarvan geen is toegekend"),
        ("", None, 1, "één toegekend project"),
        ("", None, 45, "45 toegekende projecten"),
        ("ggs", None, 0, "drie (gedeeltelijk) toegekende projecten"),
        ("p", None, 0, "één (gedeeltelijk) toegekend project"),
        ("p", None, 1, "twee (gedeeltelijk) toegekende projecten"),
    ],
)
def test_the_sentence_of_a_round_of_which_not_all_is_listed(
    letters: str, unlisted: int | None, granted: int | None, sentence: str
) -> None:
    assert round_sentence(counted(letters, unlisted=unlisted, unlisted_granted=granted)) == sentence


maybe = st.none() | st.integers(0, 150)
outcome_rows = st.lists(
    st.builds(
        Outcome,
        st.sampled_from(ApplicationStatus),
        st.none() | st.integers(1, 10**9),
        st.none() | st.integers(1, 10**9),
    ),
    max_size=30,
)


@given(outcomes=outcome_rows)
def test_of_a_listed_round_every_application_is_counted_once(outcomes: list[Outcome]) -> None:
    counts = count(outcomes, unlisted_applications=0, unlisted_granted=0)
    fates = (counts.granted_in_some_way, counts.rejected, counts.withdrawn, counts.pending)
    known = [number for number in fates if number is not None]
    assert len(known) == len(fates)
    assert sum(known) == counts.applications
    if counts.granted is not None and counts.partially_granted is not None:
        assert counts.granted + counts.partially_granted == counts.granted_in_some_way


@given(outcomes=outcome_rows, unlisted=maybe, granted=maybe)
def test_the_order_of_the_rows_does_not_matter(
    outcomes: list[Outcome], unlisted: int | None, granted: int | None
) -> None:
    forth = count(outcomes, unlisted_applications=unlisted, unlisted_granted=granted)
    back = count(outcomes[::-1], unlisted_applications=unlisted, unlisted_granted=granted)
    assert forth == back


@given(outcomes=outcome_rows, unlisted=maybe, granted=maybe)
def test_what_is_unknown_is_never_told(
    outcomes: list[Outcome], unlisted: int | None, granted: int | None
) -> None:
    counts = count(outcomes, unlisted_applications=unlisted, unlisted_granted=granted)
    sentence = round_sentence(counts)
    assert "None" not in sentence
    assert "  " not in sentence
    assert "nul" not in sentence
    if counts.granted_in_some_way is None:
        assert "toegekend" not in sentence
    if counts.applications is None and counts.granted_in_some_way:
        assert "project" in sentence
    if counts.partially_granted == 0:
        assert "gedeeltelijk" not in sentence


@given(outcomes=outcome_rows, more=st.integers(1, 50))
def test_a_sentence_from_the_numbers_alone_is_the_same(outcomes: list[Outcome], more: int) -> None:
    """What tells apart the rows is only needed while not all are listed."""
    counts = count(outcomes, unlisted_applications=0, unlisted_granted=more)
    bare = replace(counts, tells_of_parts=False, listed_pending=0)
    assert round_sentence(bare) == round_sentence(counts)
