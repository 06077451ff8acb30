"""Fiction: a plan in its second review, with remarks at every stage.

It stands under a covenant that is an example as well.
"""

from datetime import date

from vpt_regio.demo.covenants import FOLLOW_UP
from vpt_regio.demo.people import SECOND_MANAGER
from vpt_regio.demo.plans import (
    FULL,
    PlanContent,
    PlannedActivity,
    RemarkContent,
    Review,
    VersionContent,
    approach_text,
    embedding_text,
    problem_text,
)
from vpt_regio.domain.enums import ExemptionVerdict, PlanSection, RemarkWeight

NAME = "Noord en Oost Gelderland"
QUARTERS = RemarkContent(
    PlanSection.APPROACH,
    "Voorbeeld: leg uit wie het overleg van elk kwartaal voorbereidt.",
    RemarkWeight.MUST,
    paragraph_no=2,
)
EMPLOYERS = RemarkContent(
    PlanSection.ACTIVITIES,
    "Voorbeeld: noem bij de training hoeveel werkgevers meedoen.",
    RemarkWeight.MUST,
)
SPREAD = RemarkContent(
    PlanSection.BUDGET, "Voorbeeld: het geld kan gelijker over de jaren worden verdeeld."
)

GELDERLAND = PlanContent(
    region="noord-en-oost-gelderland",
    covenant=FOLLOW_UP.number,
    author="projectleider.noord-en-oost-gelderland@vpt.example",
    versions=(
        VersionContent(
            started_on=date(2012, 5, 14),
            activities=(
                PlannedActivity("norm", date(2012, 9, 3), date(2013, 6, 28), 2_500, 14_500),
                PlannedActivity("report", date(2012, 10, 1), date(2013, 3, 29), 1_500, 6_500),
                PlannedActivity("train", date(2012, 11, 1), date(2013, 12, 20), 4_000, 31_000),
                PlannedActivity("respond", date(2013, 1, 7), date(2013, 6, 28), 2_000, 8_000),
                PlannedActivity("police", date(2013, 1, 7), date(2013, 12, 20), 1_000, 29_000),
            ),
            exemptions={
                "M3": "Voorbeeld: de partners leggen voorvallen al op dezelfde manier vast.",
                "M7": "Voorbeeld: werkgevers kiezen ervoor dit later samen op te pakken.",
            },
            agreement=FULL,
            problem=problem_text(NAME, "aan de balie en bij huisbezoeken"),
            approach=approach_text(NAME),
            embedding=embedding_text(),
            submitted_on=date(2012, 5, 23),
            review=Review(
                manager=SECOND_MANAGER,
                taken_up_on=date(2012, 5, 29),
                remarks=(QUARTERS, EMPLOYERS, SPREAD),
                returned_on=date(2012, 6, 8),
            ),
        ),
        VersionContent(
            started_on=date(2012, 6, 12),
            approach=approach_text(NAME)
            + "\n\nVoorbeeld: de projectleider bereidt het overleg van elk kwartaal voor.",
            answers=(
                (QUARTERS, "Voorbeeld: dit staat nu onderaan de aanpak."),
                (EMPLOYERS, "Voorbeeld: wij vragen het na; er doen zeker tien werkgevers mee."),
            ),
            submitted_on=date(2012, 6, 20),
            review=Review(
                manager=SECOND_MANAGER,
                taken_up_on=date(2012, 6, 26),
                verdicts={
                    "M3": (ExemptionVerdict.ACCEPTED, "Voorbeeld: akkoord, dit loopt al."),
                    "M7": (
                        ExemptionVerdict.REJECTED,
                        "Voorbeeld: noem een datum waarop de werkgevers dit oppakken.",
                    ),
                },
                settled=((QUARTERS, "Voorbeeld: dit is nu duidelijk."),),
            ),
        ),
    ),
)
