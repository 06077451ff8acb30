"""Which entries of the versions of a list are the same thing.

The same code in two versions is the same thing in other words; an entry that goes on under another
code names that one as its successor. Nothing else may hold a code or a name against another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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
        """Return, for each entry that has one, the entry of a list that is the same thing.

        One that stands in the list itself is its own: a later version may take it and another one
        together.
        """
        own = dict.fromkeys(listed)
        by_key = {self.key(entry): entry for entry in own}
        return {
            entry: entry if entry in own else by_key[self.key(entry)]
            for entry in entry_ids
            if self.key(entry) in by_key
        }
