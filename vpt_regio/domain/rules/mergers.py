"""The proof of a merger: what regions have together is the same before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Value = int | None | tuple[str, ...]
"""An amount (None: not known), or names."""


class Kind(StrEnum):
    """How a row of the proof is counted and shown."""

    CENTS = "cents"
    QUARTERS = "quarters"
    NUMBER = "number"
    NAMES = "names"


@dataclass(frozen=True)
class ProofRow:
    """One row of a report: what each region had, the total of that, and what there is after."""

    code: str
    kind: Kind
    before: Mapping[int, Value]
    after: Mapping[int, Value]

    @property
    def total_before(self) -> Value:
        return total(self.kind, self.before)

    @property
    def total_after(self) -> Value:
        return total(self.kind, self.after)

    @property
    def is_equal(self) -> bool:
        return self.total_before == self.total_after


def total(kind: Kind, values: Mapping[int, Value]) -> Value:
    """Return the sum of what is known (None: nothing is), or all names once, sorted."""
    if kind is Kind.NAMES:
        found = [value for value in values.values() if isinstance(value, tuple)]
        return tuple(sorted({name for names in found for name in names}))
    known = [value for value in values.values() if isinstance(value, int)]
    return sum(known) if known else None


def differences(rows: Sequence[ProofRow]) -> list[str]:
    """Return the codes of the rows that are not the same before and after."""
    return [row.code for row in rows if not row.is_equal]


def as_stored(rows: Sequence[ProofRow], names: Mapping[int, tuple[str, str]]) -> list[Any]:
    """Return the rows as plain values to keep; `names` holds the code and name of each region."""
    return [
        {
            "code": row.code,
            "kind": str(row.kind),
            "before": [
                {"code": names[key][0], "region": names[key][1], "value": _plain(value)}
                for key, value in row.before.items()
            ],
            "total": _plain(row.total_before),
            "after": _plain(row.total_after),
        }
        for row in rows
    ]


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
