"""The annex with the pilots of a round or a half-year; made when asked for, and never stored."""

from collections.abc import Iterable
from datetime import date

from vpt_regio.documents.annex_table import AnnexRow, AnnexSentence, AnnexTable, annex_document
from vpt_regio.domain.rules.subsidy_annex import name_with_place
from vpt_regio.domain.rules.subsidy_outcomes import round_sentence
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import counts_on
from vpt_regio.queries.workbook_half_year import extent_of
from vpt_regio.queries.workbook_results import known_on
from vpt_regio.queries.workbook_subsidies import (
    PilotOnDay,
    annex_of_round,
    day_of,
    stream_annex,
)


def round_annex(in_round: SubsidyRound, *, on: date) -> bytes:
    """Return the annex of a round as of a day: its sentence, and the pilots in order of award."""
    return annex_document(
        AnnexTable(
            key=f"ronde-{in_round.id}",
            title=f"Pilots {in_round.scheme.name}, {in_round.name}",
            sentences=_sentences([in_round], on),
            rows=_rows(annex_of_round(in_round, on)),
        )
    )


def half_year_annex(period: ReportingPeriod) -> AnnexTable:
    """Return the annex of a half-year, with the same pilots as its workbook."""
    day, known = day_of(extent_of(period)), known_on(period)
    pilots = list(stream_annex(period.programme_id, period.starts_on, day, known_on=known))
    rounds = list({one.round.id: one.round for one in pilots if one.round}.values())
    return AnnexTable(
        key=f"halfjaar-{period.code}",
        title=f"Pilots {period.name}",
        sentences=_sentences(rounds, day, known_on=known),
        rows=_rows(pilots),
    )


def _sentences(
    rounds: list[SubsidyRound], day: date, *, known_on: date | None = None
) -> list[AnnexSentence]:
    counts = counts_on(day, rounds, known_on=known_on)
    return [
        AnnexSentence(f"ronde-{one.id}-zin", f"{one.name}: {round_sentence(counts[one.id])}.")
        for one in rounds
    ]


def _rows(pilots: Iterable[PilotOnDay]) -> list[AnnexRow]:
    return [
        AnnexRow(
            key=f"pilot-{one.pilot.id}",
            organisation=name_with_place(one.pilot.organisation_name, one.pilot.place),
            points=one.pilot.points,
            cents=one.granted_cents,
        )
        for one in pilots
    ]
