"""What an action plan still lacks before it can be submitted, and where to repair it.

Source: covenant Limburg 2012: the plan holds activities, raises awareness and spreads each of
the programme's measures; the partners agree on analysis and approach.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vpt_regio.domain.enums import AgreementLevel, PlanSection
from vpt_regio.domain.rules.measures import coverage
from vpt_regio.domain.text import N_

UNANSWERED = "unanswered_remark"
REJECTED = "exemption_rejected"


@dataclass(frozen=True)
class RemarkFacts:
    """A remark that must be followed up and that nobody answered yet; ``text`` is its beginning."""

    key: str
    section: PlanSection
    text: str


@dataclass(frozen=True)
class ActivityFacts:
    """What counts about one activity; ``number`` is the one that people see."""

    number: int
    title: str
    has_dates: bool = True
    has_owner: bool = True
    is_awareness: bool = False
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlanFacts:
    """A version of a plan, reduced to what decides on its completeness.

    ``measures`` maps code → title in the order of the programme; ``exemptions`` code → reason;
    ``rejected`` holds the codes whose reason was not accepted and reads as it did then;
    ``budget_lines`` holds cents a line. Agreement is None until somebody records it: "none" is
    an answer too.
    """

    has_problem_analysis: bool
    has_approach: bool
    has_embedding: bool
    agreement_analysis: AgreementLevel | None
    agreement_approach: AgreementLevel | None
    activities: tuple[ActivityFacts, ...] = ()
    measures: Mapping[str, str] = dataclasses.field(default_factory=dict)
    exemptions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    budget_lines: tuple[int, ...] = ()
    unanswered: tuple[RemarkFacts, ...] = ()


@dataclass(frozen=True)
class Gap:
    """One thing that is missing.

    ``field`` is the attribute of the plan or activity to fill in, ``section`` the page that
    has it. ``message`` is a Dutch source string; fill it with ``params`` after translation.
    """

    code: str
    section: PlanSection
    field: str
    message: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def text(self) -> str:
        """Return the Dutch message, filled in."""
        return self.message % self.params if self.params else self.message


def find_gaps(facts: PlanFacts) -> list[Gap]:
    """Return what the plan lacks, in the order of its sections; empty when it is complete."""
    checks: tuple[Callable[[PlanFacts], Iterable[Gap]], ...] = (
        _text_gaps,
        _activity_gaps,
        _measure_gaps,
        _rejection_gaps,
        _budget_gaps,
        _agreement_gaps,
        _remark_gaps,
    )
    gaps = [gap for check in checks for gap in check(facts)]
    order = list(PlanSection)
    return sorted(gaps, key=lambda gap: order.index(gap.section))


def _text_gaps(facts: PlanFacts) -> Iterable[Gap]:
    if not facts.has_problem_analysis:
        yield Gap(
            "no_problem_analysis",
            PlanSection.PROBLEM_ANALYSIS,
            "problem_analysis",
            N_("Beschrijf het probleem in uw regio."),
        )
    if not facts.has_approach:
        yield Gap(
            "no_approach",
            PlanSection.APPROACH,
            "approach",
            N_("Beschrijf hoe u het probleem aanpakt."),
        )
    if not facts.has_embedding:
        yield Gap(
            "no_embedding",
            PlanSection.EMBEDDING,
            "embedding",
            N_("Beschrijf hoe de aanpak blijft bestaan als het convenant is afgelopen."),
        )


def _activity_gaps(facts: PlanFacts) -> Iterable[Gap]:
    if not facts.activities:
        yield Gap(
            "no_activities",
            PlanSection.ACTIVITIES,
            "activities",
            N_("Voeg minstens één activiteit toe."),
        )
    elif not any(activity.is_awareness for activity in facts.activities):
        yield Gap(
            "no_awareness",
            PlanSection.ACTIVITIES,
            "is_awareness",
            N_("Geef bij minstens één activiteit aan dat die de bewustwording vergroot."),
        )
    for activity in facts.activities:
        params = {"number": str(activity.number), "title": activity.title}
        if not activity.has_dates:
            yield Gap(
                "activity_without_dates",
                PlanSection.ACTIVITIES,
                "starts_on",
                N_("Vul bij activiteit %(number)s (%(title)s) een begindatum en een einddatum in."),
                params,
            )
        if not activity.has_owner:
            yield Gap(
                "activity_without_owner",
                PlanSection.ACTIVITIES,
                "owner_id",
                N_("Kies bij activiteit %(number)s (%(title)s) welke organisatie de trekker is."),
                params,
            )


def _measure_gaps(facts: PlanFacts) -> Iterable[Gap]:
    # Without activities every measure would be listed; one message says enough.
    if not facts.activities:
        return
    counts = Counter(code for activity in facts.activities for code in activity.measures)
    for code in coverage(list(facts.measures), counts, facts.exemptions).open_codes:
        yield Gap(
            "measure_without_activity",
            PlanSection.ACTIVITIES,
            "measures",
            N_(
                "Koppel een activiteit aan de maatregel “%(measure)s”"
                " of leg uit waarom dat niet kan."
            ),
            {"measure": facts.measures[code], "measure_code": code},
        )


def _rejection_gaps(facts: PlanFacts) -> Iterable[Gap]:
    covered = {code for activity in facts.activities for code in activity.measures}
    for code, title in facts.measures.items():
        if code in facts.rejected - covered:
            yield Gap(
                REJECTED,
                PlanSection.ACTIVITIES,
                "measures",
                N_(
                    "De accountmanager gaat niet akkoord met uw reden bij de maatregel"
                    " “%(measure)s”. Koppel een activiteit aan de maatregel of wijzig de reden."
                ),
                {"measure": title, "measure_code": code},
            )


def _remark_gaps(facts: PlanFacts) -> Iterable[Gap]:
    for remark in facts.unanswered:
        yield Gap(
            UNANSWERED,
            remark.section,
            "remarks",
            N_("Beantwoord de opmerking: “%(remark)s”"),
            {"remark": remark.text, "remark_key": remark.key},
        )


def _budget_gaps(facts: PlanFacts) -> Iterable[Gap]:
    if not facts.budget_lines:
        yield Gap(
            "no_budget_lines",
            PlanSection.BUDGET,
            "budget_lines",
            N_("Voeg minstens één begrotingsregel toe."),
        )
    elif sum(facts.budget_lines) == 0:
        yield Gap(
            "empty_budget",
            PlanSection.BUDGET,
            "budget_lines",
            N_("Vul bij minstens één begrotingsregel een bedrag in."),
        )


def _agreement_gaps(facts: PlanFacts) -> Iterable[Gap]:
    if facts.agreement_analysis is None:
        yield Gap(
            "no_agreement_analysis",
            PlanSection.AGREEMENT,
            "consensus_analysis",
            N_("Geef aan in hoeverre de partners het eens zijn over de probleemanalyse."),
        )
    if facts.agreement_approach is None:
        yield Gap(
            "no_agreement_approach",
            PlanSection.AGREEMENT,
            "consensus_approach",
            N_("Geef aan in hoeverre de partners het eens zijn over de aanpak."),
        )
