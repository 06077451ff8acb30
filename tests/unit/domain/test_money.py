import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.money import (
    MAX_CENTS,
    format_euro,
    format_euro_letter,
    format_euro_sentence,
    parse_euro,
    split_by_weight,
    split_evenly,
)

amounts = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)

PILOT_GRANTS = ["€ 20 000,-", "€ 9 300,-", "€ 50 000,-", "€ 10 000,-", "€ 22 061,-", "€ 50 000,-"]


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("€ 20 000,-", 2_000_000),
        ("€ 100.000,--", 10_000_000),
        ("22061", 2_206_100),
        ("22.061,50", 2_206_150),
        ("1234,5", 123_450),
        ("€ 1.234,50", 123_450),
        ("20.000", 2_000_000),
        ("€\u00a020\u202f000", 2_000_000),
        ("€22061", 2_206_100),
        ("  22061  ", 2_206_100),
        ("25 000 euro", 2_500_000),
        ("EUR 5", 500),
        ("0", 0),
        ("0,05", 5),
        ("1.000.000,01", 100_000_001),
        ("-50,00", -5000),
        ("−50", -5000),
        ("€ -50", -5000),
        ("-€ 50", -5000),
        ("-0", 0),
        ("9999999999999,99", MAX_CENTS),
    ],
)
def test_dutch_amounts_are_understood(typed: str, cents: int) -> None:
    assert parse_euro(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u00a0 ", "empty"),
        ("$ 5", "other_unit"),
        ("£5", "other_unit"),
        ("5 pond", "other_unit"),
        ("€ 1,5 miljoen", "other_unit"),
        ("1e3", "other_unit"),
        ("12.34", "not_an_amount"),
        ("0.123", "not_an_amount"),
        ("1,234", "not_an_amount"),
        ("1,234.50", "not_an_amount"),
        ("1.234.5", "not_an_amount"),
        ("1234.567", "not_an_amount"),
        ("1 000.000", "not_an_amount"),
        ("1  2", "not_an_amount"),
        ("€", "not_an_amount"),
        ("--5", "not_an_amount"),
        ("-€ -5", "not_an_amount"),
        ("5-", "not_an_amount"),
        ("€ 5 euro", "not_an_amount"),
        (",50", "not_an_amount"),
        ("5,", "not_an_amount"),
        ("٣", "not_an_amount"),
        ("²", "not_an_amount"),
        ("10000000000000", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_doubtful_amounts_are_refused(typed: str, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        parse_euro(typed)


@pytest.mark.parametrize(
    ("cents", "table", "sentence", "letter"),
    [
        (2_206_100, "€\u00a022.061,00", "€\u00a022.061", "€\u00a022.061,-"),
        (2_206_150, "€\u00a022.061,50", "€\u00a022.061,50", "€\u00a022.061,50"),
        (0, "€\u00a00,00", "€\u00a00", "€\u00a00,-"),
        (7, "€\u00a00,07", "€\u00a00,07", "€\u00a00,07"),
        (-5000, "€\u00a0-50,00", "€\u00a0-50", "€\u00a0-50,-"),
        (-5, "€\u00a0-0,05", "€\u00a0-0,05", "€\u00a0-0,05"),
        (100_000_000, "€\u00a01.000.000,00", "€\u00a01.000.000", "€\u00a01.000.000,-"),
    ],
)
def test_amounts_are_written_for_their_place(
    cents: int, table: str, sentence: str, letter: str
) -> None:
    assert format_euro(cents) == table
    assert format_euro_sentence(cents) == sentence
    assert format_euro_letter(cents) == letter


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (149, "€\u00a01"),
        (150, "€\u00a02"),
        (-149, "€\u00a0-1"),
        (-150, "€\u00a0-2"),
        (-49, "€\u00a00"),
    ],
)
def test_without_decimals_a_half_goes_away_from_zero(cents: int, written: str) -> None:
    assert format_euro(cents, decimals=False) == written


@given(amounts)
def test_every_written_amount_reads_back(cents: int) -> None:
    assert parse_euro(format_euro(cents)) == cents
    assert parse_euro(format_euro_sentence(cents)) == cents
    assert parse_euro(format_euro_letter(cents)) == cents


def test_the_grants_of_the_first_round_add_up() -> None:
    """T11 and T14: total, mean and the amounts on either side of € 25.000."""
    grants = [parse_euro(text) for text in PILOT_GRANTS]
    small = [cents for cents in grants if cents < 2_500_000]
    assert format_euro_sentence(sum(grants)) == "€\u00a0161.361"
    assert format_euro(sum(grants) // len(grants)) == "€\u00a026.893,50"
    assert (len(small), sum(small)) == (4, 6_136_100)
    assert sum(grants) - sum(small) == 10_000_000


@pytest.mark.parametrize(
    ("cents", "parts", "expected"),
    [
        (100, 3, [34, 33, 33]),
        (200, 3, [67, 67, 66]),
        (2, 3, [1, 1, 0]),
        (0, 2, [0, 0]),
        (-100, 3, [-34, -33, -33]),
        (10_000_000, 2, [5_000_000, 5_000_000]),
    ],
)
def test_an_even_split_gives_odd_cents_to_the_first(
    cents: int, parts: int, expected: list[int]
) -> None:
    assert split_evenly(cents, parts) == expected


@pytest.mark.parametrize(
    ("cents", "weights", "expected"),
    [
        (100, [1, 1, 2], [25, 25, 50]),
        (100, [1, 2], [33, 67]),
        (10, [0, 1], [0, 10]),
        (5, [1, 1], [3, 2]),
        (-100, [1, 2], [-33, -67]),
    ],
)
def test_a_weighted_split_gives_cents_to_the_largest_remainder(
    cents: int, weights: list[int], expected: list[int]
) -> None:
    assert split_by_weight(cents, weights) == expected


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [3, -1]])
def test_a_split_needs_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^no_weights$"):
        split_by_weight(100, weights)


@pytest.mark.parametrize("parts", [0, -1])
def test_a_split_needs_parts(parts: int) -> None:
    with pytest.raises(ValueError, match=r"^no_parts$"):
        split_evenly(100, parts)


@given(amounts, st.integers(min_value=1, max_value=40))
def test_an_even_split_loses_nothing_and_differs_by_a_cent(cents: int, parts: int) -> None:
    split = split_evenly(cents, parts)
    assert sum(split) == cents
    assert len(split) == parts
    assert max(split) - min(split) <= 1


@given(amounts, st.lists(st.integers(min_value=0, max_value=1000), min_size=1).filter(any))
def test_a_weighted_split_loses_nothing_and_stays_near_the_exact_share(
    cents: int, weights: list[int]
) -> None:
    split = split_by_weight(cents, weights)
    total = sum(weights)
    assert sum(split) == cents
    for part, weight in zip(split, weights, strict=True):
        assert abs(part * total - cents * weight) < total
