"""The findings of a figure check as a workbook with one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vpt_regio.domain.rules.letter_document import (
    FINDING_KIND_LABELS,
    FindingKind,
    PlainFinding,
)
from vpt_regio.workbooks.spec import Column, Kind, Sheet, Workbook

AGREES: Final = {True: "ja", False: "nee", None: "niet te controleren"}


@dataclass(frozen=True)
class FindingSource:
    """A letter by the name of its file, with what was found in it."""

    file_name: str
    findings: Sequence[PlainFinding]


_COLUMNS: Final = (
    Column("agrees", "Klopt", Kind.TEXT, 18, lambda row: AGREES[row["agrees"]]),
    Column("claim", "Uitspraak", Kind.TEXT, 30, lambda row: row["claim"]),
    Column(
        "kind", "Soort", Kind.TEXT, 24, lambda row: FINDING_KIND_LABELS[FindingKind(row["kind"])]
    ),
    Column("stated", "Staat er", Kind.TEXT, 16, lambda row: row["stated"]),
    Column("computed", "Berekend", Kind.TEXT, 16, lambda row: row["computed"] or None),
    Column("explanation", "Toelichting", Kind.LONG_TEXT, 60, lambda row: row["explanation"]),
    Column("text", "Zin", Kind.LONG_TEXT, 80, lambda row: row["text"]),
)

LETTER_FINDINGS: Final = Workbook(
    key="letter_findings",
    title=lambda source: f"Cijfercontrole van {source.file_name}",
    sheets=(Sheet("findings", "Cijfercontrole brief", _COLUMNS, lambda source: source.findings),),
)
