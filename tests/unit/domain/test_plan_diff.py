"""The difference between two versions of a plan."""

from dataclasses import replace
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from vpt_regio.domain.enums import AgreementLevel, Phase, PlanSection
from vpt_regio.domain.rules.plan_diff import (
    ActivityState,
    Amounts,
    ChangeKind,
    MoneyLine,
    VersionState,
    compare,
    diff_words,
    paragraphs_of,
)

texts = st.text() | st.lists(
    st.sampled_from(["de ", "regio", " werkt", ".", "\n", "\n\n", "  ", "samen", "€ 5", "\r"])
).map("".join)


def _line(number: int, phase: Phase, cents: int) -> MoneyLine:
    return MoneyLine(("activity", str(number), phase), number, phase, "", cents)


lines = st.dictionaries(
    st.tuples(st.integers(1, 5), st.sampled_from(Phase)), st.integers(0, 10**12), max_size=8
).map(lambda found: [_line(number, phase, cents) for (number, phase), cents in found.items()])

activities = st.dictionaries(
    st.integers(1, 6), st.fixed_dictionaries({"title": st.text(max_size=5)}), max_size=5
).map(lambda found: [ActivityState(n, v["title"], v) for n, v in found.items()])

states = st.builds(
    VersionState,
    texts=st.fixed_dictionaries(dict.fromkeys([PlanSection.APPROACH], texts)),
    activities=activities,
    lines=lines,
    agreement=st.fixed_dictionaries({"analysis": st.sampled_from(AgreementLevel)}),
    funding=st.fixed_dictionaries({"cents": st.integers(0, 10)}),
    exemptions=st.dictionaries(st.sampled_from("abc"), st.text(min_size=1, max_size=4)),
)

EMPTY = VersionState({PlanSection.APPROACH: ""}, [], [], {}, {}, {})


@given(texts, texts)
def test_the_pieces_give_both_texts_back_exactly(old: str, new: str) -> None:
    diff = diff_words(old, new)
    assert (diff.old, diff.new) == (old, new)
    assert diff.is_changed == (old != new)


@given(texts, texts)
def test_paragraphs_keep_every_piece(old: str, new: str) -> None:
    diff = diff_words(old, new)
    parts = [piece for paragraph in paragraphs_of(diff) for piece in paragraph]
    for kind in ChangeKind:
        whole = "".join(piece.text for piece in diff.pieces if piece.kind is kind)
        assert "".join(piece.text for piece in parts if piece.kind is kind) == whole


@given(states)
def test_a_version_does_not_differ_from_itself(state: VersionState) -> None:
    diff = compare(state, state)
    assert diff.is_empty
    assert diff.total.difference == 0


@given(states, states)
def test_totals_add_up_on_both_sides(old: VersionState, new: VersionState) -> None:
    diff = compare(old, new)
    assert diff.total == Amounts(
        sum(line.cents for line in old.lines), sum(line.cents for line in new.lines)
    )
    assert sum(one.old for one in diff.phases.values()) == diff.total.old
    assert sum(one.new for one in diff.phases.values()) == diff.total.new
    moved = sum(change.new_cents - change.old_cents for change in diff.lines)
    assert moved == diff.total.difference


@given(states, states)
def test_the_other_way_round_added_is_removed(old: VersionState, new: VersionState) -> None:
    there, back = compare(old, new), compare(new, old)
    added = {one.number for one in there.activities if one.kind is ChangeKind.ADDED}
    removed = {one.number for one in back.activities if one.kind is ChangeKind.REMOVED}
    assert added == removed
    assert there.is_empty == back.is_empty


def test_only_the_words_that_differ_are_marked() -> None:
    diff = diff_words("De regio werkt samen.\nPunt twee.", "De regio werkt niet samen.\nPunt twee.")
    assert [(piece.kind, piece.text) for piece in diff.pieces] == [
        (ChangeKind.SAME, "De regio werkt"),
        (ChangeKind.ADDED, " niet"),
        (ChangeKind.SAME, " samen.\nPunt twee."),
    ]


def test_activities_and_lines_are_the_same_by_number() -> None:
    first = ActivityState(1, "Campagne", {"title": "Campagne", "owner": "Politie"})
    gone = ActivityState(2, "Training", {"title": "Training"})
    old = replace(EMPTY, activities=[first, gone], lines=[_line(1, Phase.DEVELOPMENT, 500)])
    renamed = ActivityState(1, "Grote campagne", {"title": "Grote campagne", "owner": "Politie"})
    came = ActivityState(3, "Meldpunt", {"title": "Meldpunt"})
    new = replace(
        EMPTY,
        activities=[renamed, came],
        lines=[_line(1, Phase.DEVELOPMENT, 700), _line(3, Phase.IMPLEMENTATION, 100)],
    )
    diff = compare(old, new)
    assert [(one.number, one.kind) for one in diff.activities] == [
        (1, ChangeKind.CHANGED),
        (2, ChangeKind.REMOVED),
        (3, ChangeKind.ADDED),
    ]
    assert [(one.name, one.old, one.new) for one in diff.activities[0].fields] == [
        ("title", "Campagne", "Grote campagne")
    ]
    assert [(one.kind, one.old_cents, one.new_cents) for one in diff.lines] == [
        (ChangeKind.CHANGED, 500, 700),
        (ChangeKind.ADDED, 0, 100),
    ]


def test_a_line_that_moves_to_another_phase_counts_in_each_phase_once() -> None:
    was = MoneyLine(("plan", "1"), None, Phase.DEVELOPMENT, "Zaal", 300)
    now = replace(was, phase=Phase.IMPLEMENTATION)
    diff = compare(replace(EMPTY, lines=[was]), replace(EMPTY, lines=[now]))
    assert diff.phases == {
        Phase.DEVELOPMENT: Amounts(300, 0),
        Phase.IMPLEMENTATION: Amounts(0, 300),
    }
    assert not diff.is_empty


def test_a_reason_that_came_or_went_is_told_by_measure() -> None:
    old = replace(EMPTY, exemptions={"Melden": "Loopt al"})
    new = replace(EMPTY, exemptions={"Norm stellen": "Later"})
    assert [(one.name, one.old, one.new) for one in compare(old, new).exemptions] == [
        ("Norm stellen", None, "Later"),
        ("Melden", "Loopt al", None),
    ]


def test_long_texts_without_paragraphs_are_compared_in_time() -> None:
    words = " ".join(f"woord{number % 700} de het" for number in range(2500))
    start = perf_counter()
    diff = diff_words(words, words.replace("woord7 ", "anders ").replace("woord11", "elf"))
    assert diff.is_changed
    assert perf_counter() - start < 5
