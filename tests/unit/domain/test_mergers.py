"""The proof of a merger: totals before and after, and which are not the same."""

from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.rules.mergers import Kind, ProofRow, as_stored, differences, total

amounts = st.dictionaries(st.integers(1, 9), st.none() | st.integers(-(10**9), 10**9))


def test_unknown_amounts_are_left_out_and_nothing_known_stays_unknown() -> None:
    assert total(Kind.CENTS, {1: 5, 2: None, 3: 0}) == 5
    assert total(Kind.CENTS, {1: None}) is None
    assert total(Kind.NAMES, {1: ("B", "A"), 2: ("A",), 3: None}) == ("A", "B")


def test_a_cent_more_is_a_difference() -> None:
    same = ProofRow("advance", Kind.CENTS, {1: 3, 2: 4, 3: None}, {1: None, 2: None, 3: 7})
    lost = ProofRow("spent", Kind.CENTS, {1: 3}, {1: 2})
    gone = ProofRow("leaders", Kind.NAMES, {1: ("A", "B")}, {1: ("A",)})
    assert same.is_equal
    assert differences([same, lost, gone]) == ["spent", "leaders"]


@given(amounts)
def test_moving_all_to_one_region_changes_no_total(before: dict[int, int | None]) -> None:
    after = {0: total(Kind.CENTS, before)}
    assert ProofRow("x", Kind.CENTS, before, after).is_equal


def test_what_is_stored_reads_without_the_records() -> None:
    row = ProofRow("leaders", Kind.NAMES, {1: ("A",), 2: ()}, {2: ("A",)})
    assert as_stored([row], {1: ("a", "Aa"), 2: ("b", "Bb")}) == [
        {
            "code": "leaders",
            "kind": "names",
            "before": [
                {"code": "a", "region": "Aa", "value": ["A"]},
                {"code": "b", "region": "Bb", "value": []},
            ],
            "total": ["A"],
            "after": ["A"],
        }
    ]
