"""What a half-year report still lacks, and how it stands on the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.enums import ActivityStatus, Rag, ReportStatus
from vpt_regio.domain.text import N_

WHOLE = 100


@dataclass(frozen=True)
class ActivityFacts:
    """What counts about the progress of one activity; `number` is the one that people see."""

    activity_id: int
    number: int
    title: str
    status: ActivityStatus | None = None
    percent: int | None = None
    has_obstacle: bool = False


@dataclass(frozen=True)
class UnmeasuredFacts:
    """An agreement of which nothing was recorded for the half-year; numbers as people see them."""

    agreement_id: int
    contract: int
    number: int
    indicator: str


@dataclass(frozen=True)
class ReportFacts:
    """A report, reduced to what decides on its completeness.

    `missing_activities` holds the numbers of activities that the plan has and the report not.
    """

    has_results: bool
    has_outlook: bool
    rag: Rag | None
    has_rag_explanation: bool
    activities: tuple[ActivityFacts, ...] = ()
    missing_activities: tuple[int, ...] = ()
    unmeasured: tuple[UnmeasuredFacts, ...] = ()


@dataclass(frozen=True)
class ReportGap:
    """One thing to repair: at which field of the form, and a Dutch message with its params."""

    field: str
    message: str
    number: int = 0
    title: str = ""
    contract: int = 0


def measurement_field(agreement_id: int) -> str:
    """Return how a form or a message names the place of the measurement of an agreement."""
    return f"measurements-{agreement_id}"


def activity_field(activity_id: int, name: str) -> str:
    """Return how a form or a message names one field of one activity."""
    return f"activities-{activity_id}-{name}"


def report_gaps(facts: ReportFacts) -> list[ReportGap]:
    """Return everything that keeps a report from being submitted, in the order of the form.

    Source: product.md feature 17: a reason when delayed, a judgement with an explanation.
    """
    gaps = [
        ReportGap(
            "activities",
            N_("Activiteit %(number)s staat in het plan maar niet in de rapportage. Voeg die toe."),
            number,
        )
        for number in facts.missing_activities
    ]
    for activity in facts.activities:
        gaps += _activity_gaps(activity)
    gaps += [_measurement_gap(agreement) for agreement in facts.unmeasured]
    if not facts.has_results:
        gaps.append(ReportGap("results", N_("Beschrijf de resultaten van dit halfjaar.")))
    if not facts.has_outlook:
        gaps.append(ReportGap("outlook", N_("Beschrijf wat u het volgende halfjaar gaat doen.")))
    return gaps + list(_judgement_gaps(facts))


def _activity_gaps(activity: ActivityFacts) -> Iterable[ReportGap]:
    def gap(name: str, message: str) -> ReportGap:
        field = activity_field(activity.activity_id, name)
        return ReportGap(field, message, activity.number, activity.title)

    status, percent = activity.status, activity.percent
    if status is None:
        yield gap("status", N_("Activiteit %(number)s (%(title)s): kies een status."))
    if percent is None:
        yield gap("percent", N_("Activiteit %(number)s (%(title)s): vul de voortgang in."))
    if status is ActivityStatus.DELAYED and not activity.has_obstacle:
        yield gap(
            "obstacle",
            N_("Activiteit %(number)s (%(title)s) is vertraagd. Leg uit wat het knelpunt is."),
        )
    if status is None or percent is None:
        return
    if status is ActivityStatus.DONE and percent != WHOLE:
        yield gap(
            "percent",
            N_("Activiteit %(number)s (%(title)s) is afgerond. De voortgang is dan 100 procent."),
        )
    if percent == WHOLE and status is not ActivityStatus.DONE:
        yield gap(
            "status",
            N_(
                "Activiteit %(number)s (%(title)s) staat op 100 procent."
                " Kies de status ‘afgerond’ of vul een lagere voortgang in."
            ),
        )
    if status is ActivityStatus.NOT_STARTED and percent != 0:
        yield gap(
            "percent",
            N_(
                "Activiteit %(number)s (%(title)s) is niet gestart."
                " De voortgang is dan 0 procent, of kies een andere status."
            ),
        )


def _measurement_gap(agreement: UnmeasuredFacts) -> ReportGap:
    return ReportGap(
        measurement_field(agreement.agreement_id),
        N_(
            "Contract %(contract)s, afspraak %(number)s (%(title)s): leg de meting vast,"
            " of leg vast waarom er niet is gemeten."
        ),
        agreement.number,
        agreement.indicator,
        agreement.contract,
    )


def _judgement_gaps(facts: ReportFacts) -> Iterable[ReportGap]:
    if facts.rag is None:
        yield ReportGap("rag", N_("Kies een oordeel: groen, oranje of rood."))
    elif facts.rag is not Rag.GREEN and not facts.has_rag_explanation:
        yield ReportGap("rag_explanation", N_("Leg uit waarom het oordeel oranje of rood is."))


def board_status(
    stored: ReportStatus | None,
    *,
    today: date,
    due_on: date | None,
    letter_on: date | None,
    is_settled: bool,
    extended_to: date | None = None,
) -> ReportStatus:
    """Return the status that the board shows; None as stored status means: no report yet.

    Late: nothing submitted after the last day for it. Excused: the same, but the region got extra
    time that still runs. Missing: nothing submitted when the period was settled (frozen or its
    letter sent), or on the day of the letter. What was submitted once keeps its stored status.
    """
    if stored not in (None, ReportStatus.DRAFT):
        return stored
    has_extra_time = extended_to is not None and today <= extended_to
    if has_extra_time and (is_settled or (due_on is not None and today > due_on)):
        return ReportStatus.EXCUSED
    if is_settled or (letter_on is not None and today >= letter_on):
        return ReportStatus.MISSING
    if due_on is not None and today > due_on:
        return ReportStatus.LATE
    return ReportStatus.NOT_STARTED if stored is None else stored
