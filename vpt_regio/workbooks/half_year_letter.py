"""The sheets of the half-year workbook about the letters: commitments, comparison, errata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from vpt_regio.domain.half_year_codes import (
    COMMITMENT_KIND_LABELS,
    KEY_FIGURE_LABELS,
    CommitmentStatus,
    KeyFigure,
)
from vpt_regio.domain.money import format_euro
from vpt_regio.domain.rules.citations import Style, cite
from vpt_regio.domain.rules.reconciliation import (
    AMOUNTS,
    CHANGE_LABELS,
    CHANGE_WORDS,
    ComparisonRow,
    Figure,
)
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.domain.workflows.regions import REGION
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries.commitments import CommitmentOn
from vpt_regio.queries.letters import cited
from vpt_regio.workbooks.half_year_source import Erratum, HalfYearSource
from vpt_regio.workbooks.spec import Column, Kind, Rule, Sheet, Typed, Workbook

STATUS_LABELS: Final = COMMITMENT.labels()
REGION_LABELS: Final = REGION.labels()
CHANGED: Final = "Wat er met de regio gebeurde"
NO_LETTER: Final = "Er is geen eerdere brief die is vastgezet. Er valt niets uit te leggen."
UNKNOWN: Final = "niets"


class CommitmentLine(NamedTuple):
    """A row of the sheet of commitments."""

    stood: CommitmentOn
    link: str


def _commitments(source: HalfYearSource) -> Iterator[CommitmentLine]:
    for stood in source.commitments:
        yield CommitmentLine(stood, source.link("toezeggingen", stood.commitment.id))


def _of(get: Callable[[Commitment], object]) -> Callable[[CommitmentLine], object]:
    return lambda line: get(line.stood.commitment)


def _place(said: Commitment) -> str | None:
    """Where it was said: the meeting, the office that said it, and the source."""
    return "; ".join(part for part in (said.meeting, said.office, said.source) if part) or None


def _standing(line: CommitmentLine) -> str:
    label, progress = STATUS_LABELS[line.stood.status], line.stood.commitment.progress
    return f"{label}: {progress}" if progress else label


def _answer(line: CommitmentLine) -> str | None:
    if line.stood.status is CommitmentStatus.LAPSED:
        return f"vervallen: {line.stood.commitment.outcome}"
    letter = line.stood.fulfilled_by
    return cite(cited(letter), Style.FULL) if letter else None


COMMITMENTS = Sheet(
    "commitments",
    "Toezeggingen",
    (
        Column("kind", "Soort", Kind.TEXT, 13, _of(lambda one: COMMITMENT_KIND_LABELS[one.kind])),
        Column("text", "Omschrijving", Kind.LONG_TEXT, 60, _of(lambda one: one.text)),
        Column("place", "Vindplaats", Kind.LONG_TEXT, 40, _of(_place)),
        Column(
            "made_on",
            "Gedaan op",
            Kind.DATE,
            14,
            _of(lambda one: one.made_on or one.made_words or None),
        ),
        Column(
            "due_on",
            "Termijn",
            Kind.DATE,
            16,
            _of(lambda one: one.due_on or one.due_words or None),
            rule=Rule.OVERDUE,
            rule_unless="answer",
        ),
        Column("standing", "Stand van zaken", Kind.LONG_TEXT, 50, _standing),
        Column("answer", "Afgedaan met", Kind.LONG_TEXT, 36, _answer),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _commitments,
)


def _comparison(source: HalfYearSource | ComparisonSource) -> Iterator[ComparisonRow]:
    return iter(source.comparison)


def _name(row: ComparisonRow) -> str:
    return KEY_FIGURE_LABELS[row.key_figure] if row.key_figure else CHANGED


def figure_cell(key_figure: KeyFigure | None, value: Figure) -> Typed | str | None:
    """A key figure as a cell of its own kind; None is not known, and blank."""
    if value is None or key_figure is None:
        return None
    if key_figure is KeyFigure.STATUS:
        return REGION_LABELS[str(value)]
    if key_figure is KeyFigure.COVENANT_END:
        day = _exact(value)
        return str(value) if day is None else Typed(Kind.DATE, day)
    if key_figure in AMOUNTS:
        return Typed(Kind.MONEY, value)
    if key_figure is KeyFigure.HOURS:
        return Typed(Kind.DECIMAL, Fraction(int(value), 4))
    return Typed(Kind.INTEGER, value)


def _exact(value: Figure) -> date | None:
    """The day that is meant, or None for the words of a source."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _current(row: ComparisonRow) -> Typed | str | None:
    if row.change is not None:
        return CHANGE_LABELS[row.change.kind]
    return figure_cell(row.key_figure, row.current)


def difference(row: ComparisonRow) -> Typed | str | None:
    """What came to the value of the last letter; blank where one of both is not known."""
    if row.previous is None or row.current is None:
        return None
    if isinstance(row.current, int) and isinstance(row.previous, int):
        return figure_cell(row.key_figure, row.current - row.previous)
    if row.current == row.previous:
        return "geen"
    days = _days_between(row.previous, row.current)
    if days is None:
        return "gewijzigd"
    unit = "dag" if abs(days) == 1 else "dagen"
    return f"{abs(days)} {unit} {'later' if days > 0 else 'eerder'}"


def _days_between(previous: Figure, current: Figure) -> int | None:
    first, last = _exact(previous), _exact(current)
    return (last - first).days if first and last else None


def remark(row: ComparisonRow) -> str | None:
    """What a reader must know: what became of the region, or why there is a gap."""
    if row.change is not None:
        return CHANGE_WORDS[row.change.kind] % row.change.params
    if not row.letter:
        return NO_LETTER
    if not row.must_explain:
        return None
    opens = f"Dit halfjaar opent met {_words(row.key_figure, row.opening)}."
    return f"{opens} {row.explanation or 'Nog niet uitgelegd.'}"


def _words(key_figure: KeyFigure | None, value: Figure) -> str:
    """A figure in a sentence; what is not known is nothing."""
    if value is None:
        return UNKNOWN
    if key_figure in AMOUNTS:
        return format_euro(int(value))
    day = _exact(value)
    if day is not None and key_figure is KeyFigure.COVENANT_END:
        return f"{day:%d-%m-%Y}"
    return REGION_LABELS.get(str(value), str(value))


COMPARISON = Sheet(
    "comparison",
    "Vergelijking",
    (
        Column("region", "Regio", Kind.TEXT, 24, lambda row: row.region),
        Column("key_figure", "Kerncijfer", Kind.TEXT, 30, _name),
        Column(
            "previous",
            "Vorig halfjaar",
            Kind.MIXED,
            18,
            lambda row: figure_cell(row.key_figure, row.previous),
        ),
        Column("current", "Dit halfjaar", Kind.MIXED, 18, _current),
        Column("difference", "Verschil", Kind.MIXED, 18, difference),
        Column("remark", "Toelichting", Kind.LONG_TEXT, 80, remark),
    ),
    _comparison,
)


@dataclass(frozen=True)
class ComparisonSource:
    """The comparison of a half-year on its own, as it was filtered."""

    period: str
    comparison: Sequence[ComparisonRow]


COMPARISON_WORKBOOK = Workbook(
    "comparison",
    lambda source: f"Vergelijking {source.period} met de vorige brief",
    (COMPARISON,),
)


def _wrapped(value: object) -> object:
    """Let a text among numbers be written from the left, on as many lines as it takes."""
    return Typed(Kind.LONG_TEXT, value) if isinstance(value, str) else value


def _errata(source: HalfYearSource) -> Iterator[Erratum]:
    return iter(source.errata)


ERRATA = Sheet(
    "errata",
    "Errata",
    (
        Column("sheet", "Blad", Kind.TEXT, 24, lambda one: one.sheet),
        Column("row", "Rij", Kind.TEXT, 34, lambda one: one.row),
        Column("column", "Kolom", Kind.TEXT, 24, lambda one: one.column),
        Column("was", "Was", Kind.MIXED, 40, lambda one: _wrapped(one.was)),
        Column("becomes", "Wordt", Kind.MIXED, 40, lambda one: _wrapped(one.becomes)),
        Column("reason", "Reden", Kind.LONG_TEXT, 50, lambda one: one.reason),
        Column("decision", "Besluit", Kind.TEXT, 24, lambda one: one.decision),
    ),
    _errata,
    when=lambda source: bool(source.errata) or (source.version or 1) > 1,
)
