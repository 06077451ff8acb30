"""Which entries of the versions of a list are the same thing.

The same code in two versions is the same thing in other words; an entry that goes on under another
code names that one as its successor. Nothing else may hold a code or a name against another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ListedEntry:
    """An entry of one version of a list of a programme; `successor` is the id of another one."""

    id: int
    programme: int
    code: str
    valid_from: date | None
    successor: int | None = None


@dataclass(frozen=True)
class SameEntries:
    """For each entry that goes on in a later one, the id of the last one: its key.

    An entry without a later one is its own key.
    """

    keys: Mapping[int, int]

    def key(self, entry_id: int) -> int:
        return self.keys.get(entry_id, entry_id)

    def are_same(self, one: int, other: int) -> bool:
        return self.key(one) == self.key(other)

    def counterparts(self, entry_ids: Iterable[int], listed: Iterable[int]) -> dict[int, int]:
        """Return, for each entry that has one, the entry of a list that is the same thing."""
        by_key = {self.key(entry): entry for entry in listed}
        return {entry: by_key[self.key(entry)] for entry in entry_ids if self.key(entry) in by_key}


def same_entries(entries: Iterable[ListedEntry]) -> SameEntries:
    """Return which of all entries of a list, over its versions, are the same thing."""
    ordered = sorted(entries, key=lambda entry: (entry.valid_from or date.min, entry.id))
    following: dict[int, int] = {}
    latest: dict[tuple[int, str], ListedEntry] = {}
    for entry in ordered:
        before = latest.get((entry.programme, entry.code))
        if before is not None and before.successor is None:
            following[before.id] = entry.id
        if entry.successor is not None:
            following[entry.id] = entry.successor
        latest[entry.programme, entry.code] = entry
    return SameEntries({entry: _last(entry, following) for entry in following})


def _last(entry: int, following: Mapping[int, int]) -> int:
    seen = {entry}
    while entry in following and following[entry] not in seen:
        entry = following[entry]
        seen.add(entry)
    return entry
