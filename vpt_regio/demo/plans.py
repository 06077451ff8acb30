"""Fiction: the shape of the plans of the demonstration, and the texts that they share.

No source tells the content of a plan, so every text says that it is an example.
"""

from dataclasses import dataclass, field
from datetime import date

from vpt_regio.domain.enums import (
    AgreementLevel,
    DutyScore,
    ExemptionVerdict,
    PlanSection,
    RemarkWeight,
)

PARTNERS_ADD = "Bijdrage van de partners (voorbeeld)."


@dataclass(frozen=True)
class PlannedActivity:
    """An activity of the catalogue in a plan: its days and its money in whole euros."""

    key: str
    starts_on: date
    ends_on: date
    development: int = 0
    implementation: int = 0


@dataclass(frozen=True)
class RemarkContent:
    """What an account manager remarks, at a section or at a paragraph of it."""

    section: PlanSection
    body: str
    weight: RemarkWeight = RemarkWeight.COULD
    paragraph_no: int | None = None


@dataclass(frozen=True)
class Request:
    """A mandate holder is asked to approve; `supplement` is drafted for what is too little."""

    day: date
    note: str
    supplement: int = 0
    """In whole euros, for the covenant as a whole."""
    supplement_reason: str = ""


@dataclass(frozen=True)
class Replacement:
    """Another text in the place of that of an approval, and why."""

    day: date
    note: str
    reason: str


@dataclass(frozen=True)
class ObjectionContent:
    """An objection to the decision that holds."""

    day: date
    objector: str
    grounds: str


@dataclass(frozen=True)
class Review:
    """What the account manager does with a version after taking it up.

    `returned_on` with remarks and perhaps the only sections that may change, or `adopted_on` and
    perhaps a decision; None: not done (yet). `verdicts` are on measures that are left out, by
    code; `settled` are remarks at an earlier version. `approver` is who approves, if not the
    account manager.
    """

    manager: str
    taken_up_on: date
    remarks: tuple[RemarkContent, ...] = ()
    verdicts: dict[str, tuple[ExemptionVerdict, str]] = field(default_factory=dict)
    settled: tuple[tuple[RemarkContent, str], ...] = ()
    returned_on: date | None = None
    returned_sections: tuple[PlanSection, ...] = ()
    adopted_on: date | None = None
    sufficiency: str = "Voorbeeld: het geld past bij wat de regio wil doen."
    follow_up: str = ""
    request: Request | None = None
    approved_on: date | None = None
    approver: str = ""
    replacement: Replacement | None = None
    objection: ObjectionContent | None = None
    scores: tuple[DutyScore, ...] = (DutyScore.SUFFICIENT,) * 5 + (DutyScore.NOT_YET,)


@dataclass(frozen=True)
class VersionContent:
    """One version of a plan: when it was begun, what is new in it, and how it went on."""

    started_on: date
    activities: tuple[PlannedActivity, ...] = ()
    exemptions: dict[str, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    answers: tuple[tuple[RemarkContent, str], ...] = ()
    other_funding: int = 0
    other_funding_note: str = ""
    agreement: tuple[AgreementLevel, AgreementLevel] | None = None
    problem: str = ""
    approach: str = ""
    embedding: str = ""
    submitted_on: date | None = None
    review: Review | None = None
    taken_over_on: date | None = None
    """When it was taken over as approved before; such a version is not reviewed here."""


@dataclass(frozen=True)
class PlanContent:
    """The plan of a region under the covenant with a number, written by its project leader."""

    region: str
    covenant: str
    author: str
    versions: tuple[VersionContent, ...]


def problem_text(name: str, focus: str) -> str:
    return (
        f"Voorbeeldtekst. De partners in {name} zien vooral voorvallen {focus}. Veel medewerkers"
        " melden een voorval niet, omdat zij denken dat er toch niets mee gebeurt.\n\n"
        "Werkgevers leggen voorvallen elk op hun eigen manier vast. Daardoor is niet goed te zien"
        " hoe groot het probleem is en of het kleiner wordt."
    )


def approach_text(name: str) -> str:
    return (
        f"Voorbeeldtekst. In {name} werken politie, Openbaar Ministerie en werkgevers samen aan"
        " dezelfde maatregelen. De projectleider helpt werkgevers op weg en houdt bij wat lukt.\n\n"
        "Eerst maken de partners de norm bekend. Daarna volgen melden, vastleggen en reageren."
        " Elk kwartaal bespreken zij samen wat beter kan."
    )


def embedding_text() -> str:
    return (
        "Voorbeeldtekst. Elke werkgever neemt de afspraken op in zijn eigen veiligheidsbeleid en"
        " wijst een vaste contactpersoon aan. Het overleg van de partners blijft bestaan."
    )


FULL = (AgreementLevel.FULL, AgreementLevel.FULL)
PARTLY = (AgreementLevel.FULL, AgreementLevel.PARTIAL)
