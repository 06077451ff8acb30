"""The chapter on pilots: the rounds of the half-year, how pilots go, and what they taught."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from vpt_regio.documents.annex_content import Block, Bullets, Chapter, Run, Runs, Section
from vpt_regio.documents.annex_sentences import (
    Part,
    count,
    counted,
    euros,
    listed,
    paragraph,
    sentence,
)
from vpt_regio.domain.fuzzy_date import format_dutch_date
from vpt_regio.domain.rules.subsidy_annex import name_with_place
from vpt_regio.domain.rules.subsidy_outcomes import round_sentence
from vpt_regio.domain.subsidy_codes import (
    PROGRESS_STATE_LABELS,
    PilotOutcome,
    PilotStatus,
    ProgressState,
)
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilots import Pilot
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.annex_facts import pilot_progress
from vpt_regio.queries.workbook_results import known_on
from vpt_regio.queries.workbook_subsidies import (
    PilotOnDay,
    RoundOnDay,
    day_of,
    stream_pilots,
    stream_rounds,
)
from vpt_regio.workbooks.half_year_source import HalfYearSource

NOTHING = "In dit halfjaar waren er geen rondes en geen pilots."
RUNNING = (PilotStatus.RUNNING, PilotStatus.WITHOUT_GRANT)
LEARNED: Mapping[PilotOutcome, tuple[str, str]] = {
    PilotOutcome.SCALE_UP: ("wordt", "opgeschaald"),
    PilotOutcome.ADAPT: ("gaat", "aangepast verder"),
    PilotOutcome.STOP: ("gaat", "niet verder"),
}
MANY = {"wordt": "worden", "gaat": "gaan"}


def pilots_chapter(source: HalfYearSource) -> Chapter:
    """Return the sentences of the rounds, how pilots stand, their progress and their outcomes."""
    period = source.period
    day, known = day_of(source.extent), known_on(period)
    pilots = list(stream_pilots(period.programme_id, day, known_on=known))
    awarded = {
        one.round.id
        for one in pilots
        if one.round and one.awarded_on and period.starts_on <= one.awarded_on <= day
    }
    rounds = [
        one
        for one in stream_rounds(period.programme_id, day, known_on=known)
        if one.round.id in awarded or _was_open(one.round, period)
    ]
    blocks: list[Block] = [paragraph(*_round(one)) for one in rounds]
    summary = paragraph(_stand(pilots, day), _outcomes(pilots))
    if summary.runs:
        blocks.append(summary)
    if not blocks:
        blocks.append(paragraph((Run(NOTHING),)))
    sections = _sections(period, pilots, known)
    return Chapter("pilots", "Pilots", tuple(blocks), sections)


def _was_open(in_round: SubsidyRound, period: ReportingPeriod) -> bool:
    opens = in_round.opens_on or in_round.closes_on
    closes = in_round.closes_on or in_round.opens_on
    if opens is None or closes is None:
        return False
    return opens <= period.ends_on and closes >= period.starts_on


def _round(one: RoundOnDay) -> list[Runs]:
    tag = f"pilots-ronde-{one.round.id}"
    clause = Run(round_sentence(one.counts), tag=f"{tag}-zin")
    told = [sentence(f"{one.round.scheme.name}, {one.round.name}: ", clause)]
    if one.counts.granted_cents:
        told.append(
            sentence("samen is ", euros(f"{tag}-bedrag", one.counts.granted_cents), " toegekend")
        )
    return told


def _stand(pilots: Sequence[PilotOnDay], day: date) -> Runs:
    running = sum(one.status in RUNNING for one in pilots)
    if not pilots or not running:
        return ()
    ready = sum(one.status is PilotStatus.FINISHED for one in pilots)
    verb = "liep" if running == 1 else "liepen"
    parts: list[Part] = [
        f"op {format_dutch_date(day)} {verb} er ",
        *counted("pilots-lopend", running, "pilot", "pilots"),
    ]
    if ready:
        verb = "was" if ready == 1 else "waren"
        parts += ["; ", count("pilots-klaar", ready), f" {verb} klaar en nog te verantwoorden"]
    return sentence(*parts)


def _outcomes(pilots: Sequence[PilotOnDay]) -> Runs:
    number = Counter(one.result for one in pilots if one.result is not None)
    total = sum(number.values())
    if not total:
        return ()
    if total == 1:
        fate = " ".join(LEARNED[next(iter(number))])
        known = count("pilots-uitkomst", total)
        return sentence("van ", known, f" pilot is bekend wat ermee gebeurt: die {fate}")
    told: list[list[Part]] = []
    for outcome, (verb, rest) in LEARNED.items():
        if number[outcome]:
            does = verb if number[outcome] == 1 else MANY[verb]
            told.append([count(f"pilots-{outcome}", number[outcome]), f" {does} {rest}"])
    return sentence(
        "van ",
        count("pilots-uitkomst", total),
        " pilots is bekend wat ermee gebeurt: ",
        *listed(told),
    )


def _sections(
    period: ReportingPeriod, pilots: Sequence[PilotOnDay], known: date
) -> tuple[Section, ...]:
    found = []
    present = {one.pilot.id for one in pilots}
    progress = [one for one in pilot_progress(period, known_on=known) if one.pilot_id in present]
    if progress:
        points = tuple(_point(one.pilot, _progress(one.state, one.result)) for one in progress)
        found.append(Section("pilots-voortgang", "Voortgang van pilots", (Bullets(points),)))
    ended = [one for one in pilots if one.result is not None and _is_new(one.pilot, period)]
    if ended:
        points = tuple(
            _point(one.pilot, _learned(one.result, one.pilot.outcome_reason))
            for one in ended
            if one.result is not None
        )
        found.append(Section("pilots-uitkomsten", "Uitkomsten van pilots", (Bullets(points),)))
    return tuple(found)


def _is_new(pilot: Pilot, period: ReportingPeriod) -> bool:
    return pilot.outcome_on is not None and period.starts_on <= pilot.outcome_on <= period.ends_on


def _point(pilot: Pilot, words: str) -> Runs:
    name = name_with_place(pilot.organisation_name, pilot.place)
    who = f" ({name})" if name else ""
    return sentence(f"{pilot.title}{who}: {words}")


def _progress(state: ProgressState, result: str) -> str:
    return f"{PROGRESS_STATE_LABELS[state]}. {' '.join(result.split())}"


def _learned(outcome: PilotOutcome, reason: str) -> str:
    return f"{' '.join(LEARNED[outcome])}. {' '.join(reason.split())}"
