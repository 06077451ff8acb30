"""The sheets of the half-year workbook about subsidies: rounds, pilots, and the annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from vpt_regio.domain.rules.subsidy_annex import bullet_lines, name_with_place
from vpt_regio.domain.rules.subsidy_outcomes import RoundCounts, round_sentence
from vpt_regio.domain.subsidy_codes import PILOT_OUTCOME_LABELS
from vpt_regio.domain.workflows.pilots import PILOT
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.workbook_results import known_on
from vpt_regio.queries.workbook_subsidies import (
    PilotOnDay,
    RoundOnDay,
    day_of,
    stream_annex,
    stream_pilots,
    stream_rounds,
)
from vpt_regio.workbooks.half_year_source import HalfYearSource, day_or_words
from vpt_regio.workbooks.spec import Chart, Column, Kind, Sheet, Total

SUM: Final = Total.SUM
PILOT_LABELS: Final = PILOT.labels()
OUTCOME_LABELS: Final = SUBSIDY_APPLICATION.labels()
NO_SOURCE: Final = "niet in bron"


class RoundLine(NamedTuple):
    """A row of the sheet of rounds."""

    on_day: RoundOnDay
    link: str


def _rounds(source: HalfYearSource) -> Iterator[RoundLine]:
    day, known = day_of(source.extent), known_on(source.period)
    for one in stream_rounds(source.period.programme_id, day, known_on=known):
        yield RoundLine(one, source.link("subsidies", "rondes", one.round.id))


def _round(get: Callable[[SubsidyRound], object]) -> Callable[[RoundLine], object]:
    return lambda line: get(line.on_day.round)


def _inclusive(one: SubsidyRound) -> bool | None:
    return one.closing_inclusive if one.closes_on is not None else None


def _count_column(
    key: str, header: str, get: Callable[[RoundCounts], int | None], kind: Kind = Kind.INTEGER
) -> Column:
    """A count or an amount; when it is not known the note says what the source does tell."""

    def note(line: RoundLine) -> str | None:
        if get(line.on_day.counts) is not None:
            return None
        said = round_sentence(line.on_day.counts)
        return f"Niet bekend. Wel bekend: {said}. {_of_sources(line.on_day.sources)}"

    width = 16 if kind is Kind.MONEY else 13
    # no totals: a sum over what is not known would say nothing
    return Column(key, header, kind, width, lambda line: get(line.on_day.counts), note=note)


def _of_sources(sources: tuple[str, ...]) -> str:
    return f"Bron: {'; '.join(sources) or NO_SOURCE}"


ROUNDS = Sheet(
    "subsidy_rounds",
    "Subsidierondes",
    (
        Column("scheme", "Regeling", Kind.TEXT, 34, _round(lambda one: one.scheme.name)),
        Column("name", "Ronde", Kind.TEXT, 26, _round(lambda one: one.name)),
        Column("opens_on", "Opent", Kind.DATE, 14, _round(lambda one: day_or_words(one.opens))),
        Column("closes_on", "Sluit", Kind.DATE, 14, _round(lambda one: day_or_words(one.closes))),
        Column("closing_inclusive", "Sluitdag telt mee", Kind.TEXT, 11, _round(_inclusive)),
        Column("ceiling", "Plafond", Kind.MONEY, 16, _round(lambda one: one.ceiling_cents)),
        _count_column("applications", "Aanvragen", lambda counts: counts.applications),
        _count_column("granted", "Toegekend", lambda counts: counts.granted),
        _count_column(
            "partially_granted", "Gedeeltelijk toegekend", lambda counts: counts.partially_granted
        ),
        _count_column("rejected", "Afgewezen", lambda counts: counts.rejected),
        _count_column("withdrawn", "Ingetrokken", lambda counts: counts.withdrawn),
        _count_column("pending", "In behandeling", lambda counts: counts.pending),
        _count_column(
            "requested", "Gevraagd bedrag", lambda counts: counts.requested_cents, Kind.MONEY
        ),
        _count_column(
            "granted_amount", "Toegekend bedrag", lambda counts: counts.granted_cents, Kind.MONEY
        ),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _rounds,
    charts=(Chart("Gevraagd en toegekend per ronde", "name", ("requested", "granted_amount")),),
)


class PilotLine(NamedTuple):
    """A row of the sheet of pilots."""

    on_day: PilotOnDay
    outcome: str | None
    link: str


def _pilots(source: HalfYearSource) -> Iterator[PilotLine]:
    day, known = day_of(source.extent), known_on(source.period)
    for one in stream_pilots(source.period.programme_id, day, known_on=known):
        outcome = PILOT_OUTCOME_LABELS[one.result] if one.result else None
        yield PilotLine(one, outcome, source.link("pilots", one.pilot.id))


def _pilot(get: Callable[[PilotOnDay], object]) -> Callable[[PilotLine], object]:
    return lambda line: get(line.on_day)


def _requested(one: PilotOnDay) -> int | None:
    return one.outcome.requested_cents if one.outcome else None


def _decision(one: PilotOnDay) -> str | None:
    """What stood on the day: the outcome, when, and the reference of the decision."""
    if one.outcome is None:
        return None
    words = OUTCOME_LABELS[one.outcome.status]
    if one.outcome.decision is not None:
        decision = one.outcome.decision
        return f"{words} op {decision.decided_on:%d-%m-%Y}, kenmerk {decision.reference}"
    declared = one.outcome.application.declared
    return f"{words}, {declared.display()}" if declared else words


def _source(line: PilotLine) -> str | None:
    """Where an outcome comes from that was not decided here."""
    outcome = line.on_day.outcome
    is_declared = outcome is not None and outcome.decision is None
    return f"Bron: {line.on_day.source or NO_SOURCE}" if is_declared else None


def _unknown(get: Callable[[PilotOnDay], int | None]) -> Callable[[PilotLine], str | None]:
    """Why an amount of a pilot with a grant is blank."""

    def note(line: PilotLine) -> str | None:
        one = line.on_day
        if one.outcome is None or get(one) is not None:
            return None
        return f"Niet bekend. Bron: {one.source or NO_SOURCE}"

    return note


def _analogy(line: PilotLine) -> str | None:
    return "Naar analogie: de grenzen golden toen nog niet." if line.on_day.is_by_analogy else None


def _recovery(one: PilotOnDay) -> int | None:
    return one.recovery_cents


PILOTS = Sheet(
    "pilots",
    "Pilots",
    (
        Column("round", "Ronde", Kind.TEXT, 26, _pilot(lambda one: one.round and one.round.name)),
        Column(
            "organisation",
            "Organisatie",
            Kind.TEXT,
            30,
            _pilot(lambda one: one.pilot.organisation_name or None),
        ),
        Column("place", "Plaats", Kind.TEXT, 18, _pilot(lambda one: one.pilot.place or None)),
        Column(
            "region",
            "Regio",
            Kind.TEXT,
            24,
            _pilot(lambda one: ", ".join(region.name for region in one.pilot.regions) or None),
        ),
        Column("title", "Titel", Kind.TEXT, 36, _pilot(lambda one: one.pilot.title)),
        Column(
            "requested",
            "Gevraagd bedrag",
            Kind.MONEY,
            16,
            _pilot(_requested),
            note=_unknown(_requested),
        ),
        Column(
            "granted",
            "Toegekend bedrag",
            Kind.MONEY,
            16,
            _pilot(lambda one: one.granted_cents),
            total=SUM,
        ),
        Column("decision", "Besluit", Kind.TEXT, 34, _pilot(_decision), note=_source),
        Column(
            "arrangement",
            "Arrangement",
            Kind.INTEGER,
            13,
            _pilot(lambda one: one.arrangement),
            note=_analogy,
        ),
        Column("ends_on", "Loopt tot", Kind.DATE, 14, _pilot(lambda one: day_or_words(one.ends))),
        Column(
            "paid",
            "Betaald",
            Kind.MONEY,
            16,
            _pilot(lambda one: one.paid_cents),
            note=_unknown(lambda one: one.paid_cents),
        ),
        Column(
            "settled",
            "Vastgesteld bedrag",
            Kind.MONEY,
            16,
            _pilot(lambda one: one.settled_cents),
        ),
        Column(
            "recovery",
            "Terugvordering",
            Kind.MONEY,
            16,
            _pilot(_recovery),
            note=_unknown(_recovery),
        ),
        Column("status", "Status", Kind.TEXT, 24, _pilot(lambda one: PILOT_LABELS[one.status])),
        Column("outcome", "Uitkomst", Kind.TEXT, 13, lambda line: line.outcome),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _pilots,
)


def _annex(source: HalfYearSource) -> Iterator[PilotOnDay]:
    period, day = source.period, day_of(source.extent)
    known = known_on(period)
    return stream_annex(period.programme_id, period.starts_on, day, known_on=known)


ANNEX = Sheet(
    "pilot_annex",
    "Bijlage pilots",
    (
        Column(
            "organisation",
            "Organisatie",
            Kind.TEXT,
            34,
            lambda one: name_with_place(one.pilot.organisation_name, one.pilot.place) or None,
        ),
        Column(
            "description",
            "Beschrijving van de pilot",
            Kind.LONG_TEXT,
            80,
            lambda one: bullet_lines(one.pilot.points) or None,
        ),
        Column(
            "granted",
            "Toegekend subsidiebedrag",
            Kind.MONEY,
            20,
            lambda one: one.granted_cents,
            total=SUM,
            note=lambda one: (
                None
                if one.granted_cents is not None
                else f"Niet bekend. Bron: {one.source or NO_SOURCE}"
            ),
        ),
    ),
    _annex,
)
