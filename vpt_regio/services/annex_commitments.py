"""The chapter on what was promised to the House: what runs, and what was settled."""

from collections.abc import Sequence

from vpt_regio.documents.annex_content import Block, Chapter, Column, Run, Runs, Table
from vpt_regio.documents.annex_sentences import (
    count,
    counted,
    held_together,
    paragraph,
    sentence,
)
from vpt_regio.domain.half_year_codes import COMMITMENT_KIND_LABELS, CommitmentStatus
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.domain.rules.commitments import moment_words
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries.commitments import CommitmentOn
from vpt_regio.queries.letters import cited
from vpt_regio.workbooks.half_year_source import HalfYearSource

NOTHING = "Er staan geen toezeggingen, moties of vragen open."
ONE, MANY = "toezegging, motie of vraag", "toezeggingen, moties en vragen"
COLUMNS = (Column("Omschrijving"), Column("Vindplaats"), Column("Stand van zaken"))


def commitments_chapter(source: HalfYearSource) -> Chapter:
    """Return the count and two tables, of what is being worked on and of what is done."""
    running = [one for one in source.commitments if not one.is_done]
    done = [one for one in source.commitments if one.is_done]
    blocks: list[Block] = [
        paragraph(_size(running, done)) if source.commitments else paragraph((Run(NOTHING),)),
        *([_table("In behandeling", running)] if running else []),
        *([_table("Afgerond", done)] if done else []),
    ]
    return Chapter("toezeggingen", "Toezeggingen, moties en vragen", tuple(blocks))


def _size(running: Sequence[CommitmentOn], done: Sequence[CommitmentOn]) -> Runs:
    waits = counted("toezeggingen-in-behandeling", len(running), ONE, MANY)
    ended = count("toezeggingen-afgerond", len(done))
    settled = f" {_is(done)} afgerond"
    if not running:
        return sentence(*counted("toezeggingen-afgerond", len(done), ONE, MANY), settled)
    runs = (*waits, f" {_is(running)} in behandeling")
    return sentence(*runs, " en ", ended, settled) if done else sentence(*runs)


def _is(found: Sequence[CommitmentOn]) -> str:
    return "is" if len(found) == 1 else "zijn"


def _table(caption: str, found: Sequence[CommitmentOn]) -> Table:
    rows = tuple(tuple((Run(held_together(text)),) for text in _told(one)) for one in found)
    return Table(caption, COLUMNS, rows)


def _told(one: CommitmentOn) -> tuple[str, str, str]:
    return _text(one.commitment), _place(one.commitment), _standing(one)


def _text(said: Commitment) -> str:
    kind = COMMITMENT_KIND_LABELS[said.kind].capitalize()
    return f"{kind}: {' '.join(said.text.split())}"


def _place(said: Commitment) -> str:
    """Tell when, where, by whom and in which source; a day that the meeting tells stands once."""
    when = moment_words(said.made_on, said.made_words)
    day = "" if when and when in said.meeting else when
    return "; ".join(part for part in (day, said.meeting, said.office, said.source) if part)


def _standing(one: CommitmentOn) -> str:
    if one.status is CommitmentStatus.LAPSED:
        return f"Vervallen: {one.commitment.outcome}"
    parts = [COMMITMENT.labels()[one.status].capitalize()]
    due = moment_words(one.commitment.due_on, one.commitment.due_words)
    if due and not one.is_done:
        parts.append(f"Termijn: {due}")
    if one.fulfilled_by is not None:
        parts.append(cite(cited(one.fulfilled_by), Style.FULL))
    elif one.commitment.progress:
        parts.append(" ".join(one.commitment.progress.split()))
    return ". ".join(part.rstrip(".") for part in parts) + "."
