"""Counts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.dutch_counts import in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nul"),
        (1, "één"),
        (2, "twee"),
        (6, "zes"),
        (8, "acht"),
        (11, "elf"),
        (13, "dertien"),
        (14, "veertien"),
        (20, "twintig"),
        (21, "21"),
        (30, "dertig"),
        (45, "45"),
        (80, "tachtig"),
        (99, "99"),
        (100, "honderd"),
        (101, "101"),
        (112, "112"),
        (999, "999"),
        (1000, "1.000"),
        (1_234_567, "1.234.567"),
    ],
)
def test_small_and_round_counts_are_words(number: int, words: str) -> None:
    assert in_words(number) == words


@given(number=st.integers(0, 10**9))
def test_two_counts_never_read_the_same(number: int) -> None:
    assert in_words(number) != in_words(number + 1)
    digits = in_words(number).replace(".", "")
    assert digits.isalpha() if number <= 20 else digits.isalpha() or int(digits) == number


def test_a_count_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative_count"):
        in_words(-1)
