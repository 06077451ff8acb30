"""How a half-year opens must be how the last letter closed, or the difference is explained.

Pure: figures in, rows out. A figure is a plain value that JSON can hold: cents, quarters of an
hour, a count, the value of a status, a day as YYYY-MM-DD, or the words of a source for a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from vpt_regio.domain.half_year_codes import STOCKS, KeyFigure
from vpt_regio.domain.text import N_

Figure = str | int | None
Figures = Mapping[KeyFigure, Figure]

AMOUNTS: Final = frozenset({KeyFigure.AVAILABLE, KeyFigure.SPENT_TOTAL, KeyFigure.LEFT})
COUNTS: Final = frozenset({KeyFigure.MEASURES_COVERED, KeyFigure.AGREEMENTS_MET})


class RegionChange(StrEnum):
    """What became of a region since the last letter."""

    NEW = "new"
    SUCCESSOR = "successor"
    MERGED = "merged"
    ENDED = "ended"
    EXTENDED = "extended"


CHANGE_LABELS: dict[RegionChange, str] = {
    RegionChange.NEW: N_("nieuw"),
    RegionChange.SUCCESSOR: N_("samengevoegd"),
    RegionChange.MERGED: N_("opgegaan in een andere regio"),
    RegionChange.ENDED: N_("gestopt"),
    RegionChange.EXTENDED: N_("verlengd"),
}

CHANGE_WORDS: dict[RegionChange, str] = {
    RegionChange.NEW: N_("Deze regio is nieuw sinds de vorige brief."),
    RegionChange.SUCCESSOR: N_("In deze regio zijn opgegaan: %(names)s."),
    RegionChange.MERGED: N_("Deze regio is opgegaan in %(names)s en telt daar mee."),
    RegionChange.ENDED: N_("Deze regio is in dit halfjaar gestopt."),
    RegionChange.EXTENDED: N_(
        "Het convenant loopt nu tot en met %(until)s. Het liep tot %(from)s."
    ),
}


@dataclass(frozen=True)
class Change:
    """One change of a region; `params` fill the words."""

    kind: RegionChange
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RegionFigures:
    """One region at both ends of a half-year, beside what the last letter said at its end.

    `letter` names the half-year of the last letter, with its version; "" when there was none.
    `previous` is None when that letter did not know the region.
    """

    region_id: int
    code: str
    name: str
    closing: Figures
    opening: Figures
    previous: Figures | None = None
    letter: str = ""
    changes: tuple[Change, ...] = ()
    explanations: Mapping[KeyFigure, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ComparisonRow:
    """One key figure of one region, or (without `key_figure`) what became of the region.

    `previous` is how the last letter closed, `opening` how this half-year opens, `current` how it
    closes. `must_explain` tells that the first two are not the same; `is_known` that the letter
    knew the region.
    """

    region_id: int
    code: str
    region: str
    letter: str = ""
    key_figure: KeyFigure | None = None
    previous: Figure = None
    opening: Figure = None
    current: Figure = None
    must_explain: bool = False
    is_known: bool = True
    explanation: str = ""
    change: Change | None = None

    @property
    def is_unexplained(self) -> bool:
        return self.must_explain and not self.explanation

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell: another value, a gap, or a change of the region.

        Nothing known before and nothing there now are no difference, and of a region that is new
        that is told once.
        """
        if self.change is not None or self.must_explain:
            return True
        return bool(self.letter) and self.is_known and (self.previous or 0) != (self.current or 0)


def must_explain(key_figure: KeyFigure, region: RegionFigures) -> bool:
    """Return whether a figure does not open as the last letter closed.

    Of a region that the letter did not know, only money that was there already is a gap.
    """
    if not region.letter or key_figure not in STOCKS:
        return False
    opening = region.opening.get(key_figure)
    if region.previous is None:
        return key_figure in AMOUNTS and bool(opening)
    return opening != region.previous.get(key_figure)


def to_plain(region: RegionFigures) -> dict[str, Any]:
    """Return the figures of a region as a line of a snapshot."""
    return {
        "region_id": region.region_id,
        "region": region.code,
        "name": region.name,
        "closing": dict(region.closing),
        "opening": dict(region.opening),
        "previous": None if region.previous is None else dict(region.previous),
        "letter": region.letter,
        "changes": [{"kind": one.kind, "params": dict(one.params)} for one in region.changes],
        "explanations": dict(region.explanations),
    }


def from_plain(line: Mapping[str, Any]) -> RegionFigures:
    """Return the figures of a region from a line of a snapshot."""
    previous = line["previous"]
    return RegionFigures(
        region_id=line["region_id"],
        code=line["region"],
        name=line["name"],
        closing=_figures(line["closing"]),
        opening=_figures(line["opening"]),
        previous=None if previous is None else _figures(previous),
        letter=line["letter"],
        changes=tuple(Change(RegionChange(one["kind"]), one["params"]) for one in line["changes"]),
        explanations={KeyFigure(key): said for key, said in line["explanations"].items()},
    )


def _figures(plain: Mapping[str, Figure]) -> Figures:
    return {KeyFigure(key): value for key, value in plain.items()}
