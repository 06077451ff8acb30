"""Which measures of the programme does a plan cover?

The list of measures is versioned data of any length; nothing here knows how many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MeasureCoverage:
    """One measure: how many activities work on it, and why it may be without any."""

    code: str
    activities: int
    exemption: str | None

    @property
    def is_covered(self) -> bool:
        return self.activities > 0

    @property
    def is_exempt(self) -> bool:
        """An activity outweighs an exemption: a covered measure is not exempt."""
        return not self.is_covered and self.exemption is not None

    @property
    def is_open(self) -> bool:
        return not self.is_covered and not self.is_exempt


@dataclass(frozen=True)
class Coverage:
    """The measures in the order of the programme, with their counts."""

    rows: tuple[MeasureCoverage, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def covered(self) -> int:
        return sum(row.is_covered for row in self.rows)

    @property
    def exempt(self) -> int:
        return sum(row.is_exempt for row in self.rows)

    @property
    def open_codes(self) -> tuple[str, ...]:
        return tuple(row.code for row in self.rows if row.is_open)

    @property
    def is_complete(self) -> bool:
        return not self.open_codes


def coverage(
    measures: Sequence[str],
    activities_per_measure: Mapping[str, int],
    exemptions: Mapping[str, str],
) -> Coverage:
    """Return the coverage of each measure code, in the order given.

    ``exemptions`` maps a code to its reason; a blank reason exempts from nothing. Raises
    ``ValueError`` when a count or exemption names a measure outside the list, for that means
    that two versions of the list are mixed up.
    """
    unknown = (set(activities_per_measure) | set(exemptions)) - set(measures)
    if unknown:
        raise ValueError(f"unknown_measures: {', '.join(sorted(unknown))}")
    return Coverage(
        tuple(
            MeasureCoverage(
                code=code,
                activities=activities_per_measure.get(code, 0),
                exemption=exemptions.get(code, "").strip() or None,
            )
            for code in measures
        )
    )
