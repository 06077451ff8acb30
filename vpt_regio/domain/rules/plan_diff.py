"""What changed between two versions of a plan: words, activities, money, agreement, exemptions.

Activities are the same by their number, lines of the budget by (activity, phase) or by their own
number. Values are compared as they are; how they read is for the page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from vpt_regio.domain.enums import Phase, PlanSection

# a word with the space before it, one sign, idle space, or a line break: together every character
TOKENS = re.compile(r"\n|[^\S\n]*(?:\w+|[^\w\s])|[^\S\n]+")


class ChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True)
class TextDiff:
    """A text as pieces; the pieces of each side together are exactly that text."""

    pieces: tuple[Piece, ...]

    @property
    def old(self) -> str:
        return self._without(ChangeKind.ADDED)

    @property
    def new(self) -> str:
        return self._without(ChangeKind.REMOVED)

    @property
    def is_changed(self) -> bool:
        return any(piece.kind is not ChangeKind.SAME for piece in self.pieces)

    def _without(self, kind: ChangeKind) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind is not kind)


@dataclass(frozen=True)
class FieldChange:
    """A value of before and of now; None where there was none."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class ActivityState:
    """What a version says of an activity: its values by the name of their field."""

    number: int
    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ActivityChange:
    """How an activity changed; `fields` names only what differs."""

    number: int
    title: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]


LineKey = tuple[str, ...]


@dataclass(frozen=True)
class MoneyLine:
    """A line of the budget in cents; `activity` is None for a line of the plan as a whole."""

    key: LineKey
    activity: int | None
    phase: Phase
    description: str
    cents: int


@dataclass(frozen=True)
class LineChange:
    """A line of before and of now; None where there was none."""

    old: MoneyLine | None
    new: MoneyLine | None

    @property
    def line(self) -> MoneyLine:
        """The line to name it by: as it is now, else as it was."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change without a line")
        return found

    @property
    def kind(self) -> ChangeKind:
        if self.old is None:
            return ChangeKind.ADDED
        if self.new is None:
            return ChangeKind.REMOVED
        return ChangeKind.SAME if self.old == self.new else ChangeKind.CHANGED

    @property
    def old_cents(self) -> int:
        return self.old.cents if self.old else 0

    @property
    def new_cents(self) -> int:
        return self.new.cents if self.new else 0


@dataclass(frozen=True)
class Amounts:
    """A total in cents, before and now."""

    old: int
    new: int

    @property
    def difference(self) -> int:
        return self.new - self.old


@dataclass(frozen=True)
class VersionState:
    """What one version says, as far as versions are compared."""

    texts: Mapping[PlanSection, str]
    activities: Sequence[ActivityState]
    lines: Sequence[MoneyLine]
    agreement: Mapping[str, Any]
    funding: Mapping[str, Any]
    exemptions: Mapping[str, str]


@dataclass(frozen=True)
class PlanDiff:
    """All that differs; `lines`, `phases` and `total` say also what stayed the same."""

    texts: Mapping[PlanSection, TextDiff]
    activities: tuple[ActivityChange, ...]
    lines: tuple[LineChange, ...]
    phases: Mapping[Phase, Amounts]
    total: Amounts
    agreement: tuple[FieldChange, ...]
    funding: tuple[FieldChange, ...]
    exemptions: tuple[FieldChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (
            any(text.is_changed for text in self.texts.values())
            or self.activities
            or any(line.kind is not ChangeKind.SAME for line in self.lines)
            or self.agreement
            or self.funding
            or self.exemptions
        )


def compare(old: VersionState, new: VersionState) -> PlanDiff:
    """Return what differs between two versions."""
    lines = _compare_lines(old.lines, new.lines)
    return PlanDiff(
        texts={
            section: diff_words(old.texts.get(section, ""), text)
            for section, text in new.texts.items()
        },
        activities=_compare_activities(old.activities, new.activities),
        lines=lines,
        phases={
            phase: _total([line for line in lines if _touches(line, phase)], phase)
            for phase in Phase
        },
        total=_total(lines),
        agreement=compare_values(old.agreement, new.agreement),
        funding=compare_values(old.funding, new.funding),
        exemptions=compare_values(old.exemptions, new.exemptions),
    )


def diff_words(old: str, new: str) -> TextDiff:
    """Return the difference of two texts word by word.

    Whole paragraphs are matched first, words only within what is left: that reads better, and
    keeps long texts quick.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i, j, k, m in _steps(before, after):
        left, right = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            pieces.append(Piece(ChangeKind.SAME, left))
        else:
            pieces += _diff_tokens(TOKENS.findall(left), TOKENS.findall(right))
    return TextDiff(_joined(pieces))


def paragraphs_of(diff: TextDiff) -> list[list[Piece]]:
    """Return the pieces in paragraphs: each ends with its line break, if it has one."""
    found: list[list[Piece]] = [[]]
    for piece in diff.pieces:
        for part in piece.text.splitlines(keepends=True):
            found[-1].append(Piece(piece.kind, part))
            if part.endswith("\n"):
                found.append([])
    return [paragraph for paragraph in found if paragraph]


def compare_values(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Return the names whose values differ, those of now first; a name may be on one side only."""
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    # in long texts the commonest words are no points to hold on to: that keeps it quick
    return SequenceMatcher(None, old, new).get_opcodes()


def _diff_tokens(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for tag, i, j, k, m in _steps(old, new):
        if tag == "equal":
            pieces.append(Piece(ChangeKind.SAME, "".join(old[i:j])))
            continue
        pieces.append(Piece(ChangeKind.REMOVED, "".join(old[i:j])))
        pieces.append(Piece(ChangeKind.ADDED, "".join(new[k:m])))
    return pieces


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without empty ones, and neighbours of one kind as one piece."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].kind is piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


def _compare_activities(
    old: Sequence[ActivityState], new: Sequence[ActivityState]
) -> tuple[ActivityChange, ...]:
    before = {activity.number: activity for activity in old}
    after = {activity.number: activity for activity in new}
    found: list[ActivityChange] = []
    for number in sorted(before.keys() | after.keys()):
        was, now = before.get(number), after.get(number)
        if now is None and was is not None:
            found.append(ActivityChange(number, was.title, ChangeKind.REMOVED, ()))
        elif was is None and now is not None:
            found.append(ActivityChange(number, now.title, ChangeKind.ADDED, ()))
        elif was is not None and now is not None:
            fields = compare_values(was.values, now.values)
            if fields:
                found.append(ActivityChange(number, now.title, ChangeKind.CHANGED, fields))
    return tuple(found)


def _compare_lines(old: Sequence[MoneyLine], new: Sequence[MoneyLine]) -> tuple[LineChange, ...]:
    before = {line.key: line for line in old}
    after = {line.key: line for line in new}
    keys = [*after, *(key for key in before if key not in after)]
    changes = [LineChange(before.get(key), after.get(key)) for key in keys]
    return tuple(sorted(changes, key=_place))


def _place(change: LineChange) -> tuple[bool, int, int]:
    line = change.line
    return line.activity is None, line.activity or 0, list(Phase).index(line.phase)


def _touches(change: LineChange, phase: Phase) -> bool:
    return any(line is not None and line.phase is phase for line in (change.old, change.new))


def _total(changes: Sequence[LineChange], phase: Phase | None = None) -> Amounts:
    def cents(line: MoneyLine | None) -> int:
        counts = line is not None and (phase is None or line.phase is phase)
        return line.cents if line is not None and counts else 0

    return Amounts(
        sum(cents(change.old) for change in changes), sum(cents(change.new) for change in changes)
    )
