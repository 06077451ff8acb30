"""Three versions of one value: at the download, now, and as somebody filled it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Merge(StrEnum):
    """What becomes of a value that came back.

    ``KEPT``: nobody filled in anything else, so what stands there now stays. ``AGREED``: it stands
    there already. ``CONFLICT``: both sides changed it, to something else.
    """

    KEPT = "kept"
    AGREED = "agreed"
    CHANGED = "changed"
    CONFLICT = "conflict"


def merge_value(*, base: object, current: object, new: object) -> Merge:
    """Return what becomes of a value; `base` is how it was at the download."""
    if new == base:
        return Merge.KEPT
    if new == current:
        return Merge.AGREED
    return Merge.CHANGED if current == base else Merge.CONFLICT


@dataclass(frozen=True)
class MergedRecord:
    """Values that belong together: `result` is what stands there once the form is followed.

    `touched` are the names that somebody filled in anew and that do not stand there yet.
    """

    merge: Merge
    result: Mapping[str, Any] = field(default_factory=dict)
    touched: tuple[str, ...] = ()


def merge_record(
    *, base: Mapping[str, Any], current: Mapping[str, Any], new: Mapping[str, Any]
) -> MergedRecord:
    """Merge values that are taken together or not at all; one conflict makes the whole conflict.

    A name that is missing counts as None. What nobody filled in anew stays as it is now.
    """
    found = {
        name: merge_value(base=base.get(name), current=current.get(name), new=new[name])
        for name in new
    }
    result = {name: current.get(name) if found[name] is Merge.KEPT else new[name] for name in new}
    touched = tuple(name for name in new if found[name] in (Merge.CHANGED, Merge.CONFLICT))
    return MergedRecord(_whole(set(found.values())), result, touched)


def _whole(found: set[Merge]) -> Merge:
    for strongest in (Merge.CONFLICT, Merge.CHANGED, Merge.AGREED):
        if strongest in found:
            return strongest
    return Merge.KEPT
