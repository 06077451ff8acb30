"""The overview of commitments in three columns, as the House gets it: what runs, and what is done.

As a workbook it has a sheet for each of the two; a text file with semicolons holds one of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.half_year_codes import COMMITMENT_KIND_LABELS, CommitmentStatus
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.domain.rules.commitments import moment_words
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries.commitments import CommitmentOn
from vpt_regio.queries.letters import cited
from vpt_regio.workbooks.spec import Column, Kind, Properties, Sheet, Workbook
from vpt_regio.workbooks.text import clean

STATUS_LABELS: Final = COMMITMENT.labels()
# a program for tables would run these as a formula; an apostrophe in front makes it text
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class Part(StrEnum):
    """The two halves of the overview."""

    RUNNING = "behandeling"
    DONE = "afgerond"


PART_TITLES: Final = {Part.RUNNING: "Open en in behandeling", Part.DONE: "Afgerond"}


@dataclass(frozen=True)
class Overview:
    """The commitments of a programme as they stood at the end of a day."""

    programme: str
    on: date
    commitments: tuple[CommitmentOn, ...]

    def of(self, part: Part) -> list[CommitmentOn]:
        """Return what still runs, or what is done."""
        return [one for one in self.commitments if one.is_done is (part is Part.DONE)]


def description(stood: CommitmentOn) -> str:
    """Return what was promised or asked, with its kind and who brought it in."""
    said = stood.commitment
    kind = COMMITMENT_KIND_LABELS[said.kind].capitalize()
    who = f" ({said.submitters})" if said.submitters else ""
    return f"{kind}{who}: {said.text}"


def place(stood: CommitmentOn) -> str:
    """Return where it was said: day, meeting and source."""
    said = stood.commitment
    made = moment_words(said.made_on, said.made_words)
    return "; ".join(part for part in (made, said.meeting, said.source) if part)


def standing(stood: CommitmentOn) -> str:
    """Return how it stands: the status, the term, what was done, and the letters about it."""
    said = stood.commitment
    parts = [f"{STATUS_LABELS[stood.status].capitalize()}.", *_term(stood)]
    parts += [said.progress] if said.progress and not stood.is_done else []
    parts += [said.outcome] if said.outcome and stood.is_done else []
    told = [cite(cited(one.letter), Style.FULL) for one in said.interim_letters]
    parts += [f"Eerder gemeld: {'; '.join(told)}."] if told else []
    if stood.fulfilled_by is not None:
        parts.append(f"Afgedaan met: {cite(cited(stood.fulfilled_by), Style.FULL)}.")
    return " ".join(parts)


def _term(stood: CommitmentOn) -> Iterable[str]:
    said: Commitment = stood.commitment
    words = said.due_words or (format_dutch_date(said.due_on) if said.due_on else "")
    if words and stood.status not in (CommitmentStatus.FULFILLED, CommitmentStatus.LAPSED):
        yield f"Termijn: {words}."


COLUMNS: Final = (
    Column("description", "Omschrijving", Kind.LONG_TEXT, 60, description),
    Column("place", "Vindplaats", Kind.LONG_TEXT, 45, place),
    Column("standing", "Stand van zaken", Kind.LONG_TEXT, 60, standing),
)


def _properties(source: Overview) -> Properties:
    return Properties(subject=source.programme, description=f"Stand op {source.on:%d-%m-%Y}")


OVERVIEW: Final = Workbook(
    key="commitments",
    title=lambda source: f"Toezeggingen, moties en vragen: {source.programme}",
    sheets=(
        Sheet("running", PART_TITLES[Part.RUNNING], COLUMNS, lambda all_: all_.of(Part.RUNNING)),
        Sheet("done", PART_TITLES[Part.DONE], COLUMNS, lambda all_: all_.of(Part.DONE)),
    ),
    properties=_properties,
    page_header=lambda source: f"{source.programme}, stand op {format_dutch_date(source.on)}",
)


def as_csv(source: Overview, part: Part) -> bytes:
    """Return one half of the overview as text with semicolons, as Dutch programs read it."""
    target = io.StringIO(newline="")
    lines = csv.writer(target, delimiter=";")
    lines.writerow([column.header for column in COLUMNS])
    for stood in source.of(part):
        lines.writerow([_plain(str(column.get(stood))) for column in COLUMNS])
    return target.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
