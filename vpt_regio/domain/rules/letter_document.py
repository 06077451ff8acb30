"""What a letter is to its figure check: paragraphs, tables, bound numbers, and the findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from vpt_regio.domain.text import N_


class FindingKind(StrEnum):
    """What a sentence claims."""

    CHANGE = "change"
    POINTS = "points"
    FACTOR = "factor"
    DIFFERENCE = "difference"
    DIRECTION = "direction"
    SHARE = "share"
    TOTAL = "total"
    PART = "part"
    LIST = "list"
    NUMBER = "number"
    BOUND = "bound"


FINDING_KIND_LABELS: dict[FindingKind, str] = {
    FindingKind.CHANGE: N_("verandering in procenten"),
    FindingKind.POINTS: N_("verandering in procentpunt"),
    FindingKind.FACTOR: N_("verhouding"),
    FindingKind.DIFFERENCE: N_("verschil"),
    FindingKind.DIRECTION: N_("stijging of daling"),
    FindingKind.SHARE: N_("deel van het geheel"),
    FindingKind.TOTAL: N_("totaal"),
    FindingKind.PART: N_("deel, in aantal"),
    FindingKind.LIST: N_("aantal in een opsomming"),
    FindingKind.NUMBER: N_("getal"),
    FindingKind.BOUND: N_("gekoppeld getal"),
}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `is_item` when it is one of a list."""

    text: str
    is_item: bool = False


@dataclass(frozen=True)
class LetterTable:
    """A table: its rows of cells, the header among them, and the words above or below it.

    `origin` names where it stands, for the explanation of a finding; `rank` says which table is
    believed first: 0 a table of the letter, 1 a figure set, 2 a sheet of the half-year.
    """

    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    origin: str = ""
    rank: int = 0


@dataclass(frozen=True)
class BoundNumber:
    """A number in the letter that is tied to a field of the annex, as it reads now."""

    tag: str
    text: str
    sentence: str = ""


Block = Paragraph | LetterTable


@dataclass(frozen=True)
class LetterDocument:
    """A letter as it reads, from top to bottom."""

    blocks: tuple[Block, ...]
    bound: tuple[BoundNumber, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A claim of a letter beside what follows from the numbers it speaks of.

    `agrees` is None when it cannot be told: the claim could not be tied to two known numbers, or
    to more than one pair of them.
    """

    text: str
    claim: str
    kind: FindingKind
    stated: str
    computed: str
    agrees: bool | None
    explanation: str

    def to_plain(self) -> "PlainFinding":
        """Return the finding as values that can be stored and printed."""
        return {
            "text": self.text,
            "claim": self.claim,
            "kind": self.kind.value,
            "stated": self.stated,
            "computed": self.computed,
            "agrees": self.agrees,
            "explanation": self.explanation,
        }


class PlainFinding(TypedDict):
    """A finding as plain values."""

    text: str
    claim: str
    kind: str
    stated: str
    computed: str
    agrees: bool | None
    explanation: str


def disagreeing(findings: Sequence[PlainFinding]) -> list[PlainFinding]:
    """Return the findings that are not right, in the order of the letter."""
    return [one for one in findings if one["agrees"] is False]
