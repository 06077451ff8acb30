"""What the final report of a pilot has to tell, by its arrangement, and what is missing in it.

Source: the uniform framework for subsidies of the state (2009): up to € 25.000 no report is asked,
up to € 125.000 performance is accounted for, and above that the costs as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vpt_regio.domain.rules.subsidy_arrangement import Duty, duties_of
from vpt_regio.domain.subsidy_codes import ReportLineKind
from vpt_regio.domain.text import N_


class ReportPart(StrEnum):
    """A part of a final report."""

    RESULTS = "results"
    ACTIVITIES = "activities"
    OBLIGATIONS = "obligations"
    COSTS = "costs"
    AUDIT_OPINION = "audit_opinion"


REPORT_PART_LABELS: dict[ReportPart, str] = {
    ReportPart.RESULTS: N_("De resultaten van de pilot"),
    ReportPart.ACTIVITIES: N_("De activiteiten: gepland en gedaan"),
    ReportPart.OBLIGATIONS: N_("Hoe aan de verplichtingen is voldaan"),
    ReportPart.COSTS: N_("De kosten: begroot en gemaakt"),
    ReportPart.AUDIT_OPINION: N_("De verklaring van een accountant, als document"),
}

_PARTS_OF: dict[Duty, tuple[ReportPart, ...]] = {
    Duty.ACTIVITY_REPORT: (ReportPart.RESULTS, ReportPart.ACTIVITIES, ReportPart.OBLIGATIONS),
    Duty.COST_ACCOUNT: (ReportPart.COSTS,),
    Duty.AUDIT_OPINION: (ReportPart.AUDIT_OPINION,),
}


@dataclass(frozen=True)
class LineFacts:
    """One line as the rules see it: its number within its kind; cents, for costs only."""

    kind: ReportLineKind
    number: int
    subject: str = ""
    planned: str = ""
    realised: str = ""
    planned_cents: int | None = None
    realised_cents: int | None = None
    explanation: str = ""

    @property
    def difference_cents(self) -> int | None:
        """Realised less planned; None for what has no amounts."""
        if self.planned_cents is None or self.realised_cents is None:
            return None
        return self.realised_cents - self.planned_cents


@dataclass(frozen=True)
class ReportFacts:
    """A final report as the rules see it."""

    results: str
    obligations: str
    lines: Sequence[LineFacts]
    documents: int


@dataclass(frozen=True)
class ReportGap:
    """What is missing; `field` is the form field, of `line` when it is about one line."""

    message: str
    field: str
    line: LineFacts | None = None


def parts_of(arrangement: int | None) -> tuple[ReportPart, ...]:
    """Return what a report must contain; whoever reports unasked tells the results at least."""
    if arrangement is None:
        return (ReportPart.RESULTS,)
    asked = [part for duty in duties_of(arrangement) for part in _PARTS_OF.get(duty, ())]
    return tuple(asked) or (ReportPart.RESULTS,)


def report_gaps(report: ReportFacts, parts: Sequence[ReportPart]) -> list[ReportGap]:
    """Return everything that has to be filled in before a report can be submitted."""
    gaps = [_MISSING[part] for part in parts if not _is_there(report, part)]
    for line in report.lines:
        if line.explanation:
            continue
        if line.kind is ReportLineKind.ACTIVITY and not line.realised:
            text = N_("%(subject)s: beschrijf wat is gedaan, of leg uit waarom dit niet is gedaan.")
            gaps.append(ReportGap(text, "explanation", line))
        elif line.difference_cents:
            text = N_("%(subject)s: leg uit waarom de kosten anders zijn dan begroot.")
            gaps.append(ReportGap(text, "explanation", line))
    return gaps


_MISSING: dict[ReportPart, ReportGap] = {
    ReportPart.RESULTS: ReportGap(N_("Vul de resultaten van de pilot in."), "results"),
    ReportPart.ACTIVITIES: ReportGap(N_("Beschrijf minstens één activiteit."), "activities"),
    ReportPart.OBLIGATIONS: ReportGap(
        N_("Vul in hoe aan de verplichtingen is voldaan."), "obligations"
    ),
    ReportPart.COSTS: ReportGap(N_("Verantwoord minstens één kostenpost."), "costs"),
    ReportPart.AUDIT_OPINION: ReportGap(
        N_("Voeg de verklaring van de accountant toe."), "documents"
    ),
}


def _is_there(report: ReportFacts, part: ReportPart) -> bool:
    kinds = {line.kind for line in report.lines}
    return {
        ReportPart.RESULTS: bool(report.results),
        ReportPart.ACTIVITIES: ReportLineKind.ACTIVITY in kinds,
        ReportPart.OBLIGATIONS: bool(report.obligations),
        ReportPart.COSTS: ReportLineKind.COST in kinds,
        ReportPart.AUDIT_OPINION: report.documents > 0,
    }[part]
