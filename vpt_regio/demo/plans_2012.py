"""Fiction: the plans of the regions that came in 2012, which are still under way."""

from datetime import date

from vpt_regio.demo.people import DEPUTY_HOLDER, FIRST_MANAGER
from vpt_regio.demo.plan_gelderland import GELDERLAND
from vpt_regio.demo.plans import (
    FULL,
    PARTLY,
    PARTNERS_ADD,
    ObjectionContent,
    PlanContent,
    PlannedActivity,
    RemarkContent,
    Replacement,
    Request,
    Review,
    VersionContent,
    approach_text,
    embedding_text,
    problem_text,
)
from vpt_regio.domain.enums import DutyScore, ExemptionVerdict, PlanSection, RemarkWeight

END_2013 = date(2013, 12, 31)
# the budget alone stays as it was: the amounts belong to the activities
LIMBURG_SECTIONS = tuple(section for section in PlanSection if section is not PlanSection.BUDGET)

FIGURES = RemarkContent(
    PlanSection.PROBLEM_ANALYSIS,
    "Voorbeeld: laat met cijfers zien waar de meeste voorvallen zijn.",
    RemarkWeight.MUST,
    paragraph_no=1,
)
AFTERCARE = RemarkContent(
    PlanSection.ACTIVITIES,
    "Voorbeeld: nazorg komt alleen terloops voor. Maak er een activiteit van.",
    RemarkWeight.MUST,
)
DISAGREEMENT = RemarkContent(
    PlanSection.AGREEMENT,
    "Voorbeeld: leg vast waarover de partners het nog niet eens zijn.",
)

# returned once, without its budget; version 2 is the draft that waits for its project leader
LIMBURG = PlanContent(
    region="limburg",
    covenant="VPT-2012-2",
    author="projectleider.limburg@vpt.example",
    versions=(
        VersionContent(
            started_on=date(2012, 3, 19),
            activities=(
                PlannedActivity("start", date(2012, 9, 3), date(2012, 12, 14), 2_500, 6_000),
                PlannedActivity("council", date(2012, 10, 1), date(2013, 3, 29), 1_000, 4_500),
                PlannedActivity("norm", date(2012, 10, 1), date(2013, 6, 28), 5_000, 18_000),
                PlannedActivity("report", date(2012, 11, 1), date(2013, 6, 28), 2_000, 4_000),
                PlannedActivity("register", date(2012, 11, 1), date(2013, 9, 30), 6_000, 11_500),
                PlannedActivity("train", date(2013, 1, 7), END_2013, 3_500, 19_500),
                PlannedActivity("respond", date(2013, 1, 7), date(2013, 6, 28), 1_500, 2_500),
                PlannedActivity("police", date(2013, 2, 1), END_2013, 500, 5_000),
                PlannedActivity("damages", date(2013, 3, 1), END_2013, 1_000, 6_000),
            ),
            other_funding=7_500,
            other_funding_note=PARTNERS_ADD,
            agreement=PARTLY,
            problem=problem_text("Limburg", "bij balies, in de zorg en bij politieke ambtsdragers"),
            approach=approach_text("Limburg"),
            embedding=embedding_text(),
            submitted_on=date(2012, 5, 21),
            review=Review(
                manager=FIRST_MANAGER,
                taken_up_on=date(2012, 5, 24),
                remarks=(FIGURES, AFTERCARE, DISAGREEMENT),
                returned_on=date(2012, 6, 14),
                returned_sections=LIMBURG_SECTIONS,
                scores=(
                    DutyScore.PARTIAL,
                    DutyScore.PARTIAL,
                    DutyScore.SUFFICIENT,
                    DutyScore.SUFFICIENT,
                    DutyScore.NOT_YET,
                    DutyScore.NOT_YET,
                ),
            ),
        ),
        VersionContent(
            started_on=date(2012, 6, 25),
            activities=(PlannedActivity("aftercare", date(2013, 1, 7), END_2013, 1_500, 6_000),),
            problem=problem_text("Limburg", "bij balies, in de zorg en bij politieke ambtsdragers")
            + "\n\nVoorbeeld: de cijfers per werkgever volgen nog.",
            answers=((AFTERCARE, "Voorbeeld: nazorg is nu een eigen activiteit."),),
        ),
    ),
)

# provisionally adopted with too little money; it waits for a mandate holder and a supplement
MIDDEN_NEDERLAND = PlanContent(
    region="midden-nederland",
    covenant="VPT-2012-1",
    author="projectleider.midden-nederland@vpt.example",
    versions=(
        VersionContent(
            started_on=date(2012, 4, 16),
            activities=(
                PlannedActivity("start", date(2012, 5, 7), date(2012, 9, 28), 2_000, 6_000),
                PlannedActivity("norm", date(2012, 9, 3), date(2013, 6, 28), 4_500, 11_500),
                PlannedActivity("report", date(2012, 9, 3), date(2013, 3, 29), 1_500, 4_500),
                PlannedActivity("register", date(2012, 10, 1), date(2013, 9, 30), 6_500, 13_500),
                PlannedActivity("train", date(2012, 11, 1), date(2013, 12, 20), 3_000, 18_500),
                PlannedActivity("respond", date(2013, 1, 7), date(2013, 6, 28), 1_250, 3_250),
                PlannedActivity("chain", date(2012, 10, 1), date(2013, 12, 20), 0, 9_000),
                PlannedActivity("damages", date(2013, 1, 7), date(2013, 12, 20), 1_000, 9_000),
                PlannedActivity("night", date(2012, 10, 1), date(2013, 12, 20), 2_000, 15_000),
            ),
            other_funding=45_000,
            other_funding_note=PARTNERS_ADD,
            agreement=FULL,
            problem=problem_text("Midden Nederland", "in de zorg en bij huisbezoeken"),
            approach=approach_text("Midden Nederland"),
            embedding=embedding_text(),
            submitted_on=date(2012, 6, 4),
            review=Review(
                manager=FIRST_MANAGER,
                taken_up_on=date(2012, 6, 7),
                adopted_on=date(2012, 6, 28),
                sufficiency="Voorbeeld: er is € 17.000 te weinig voor het toezicht in het weekend.",
                follow_up="Voorbeeld: de minister vragen om een aanvulling.",
                request=Request(
                    day=date(2012, 7, 2),
                    note=(
                        "Voorbeeld: dit plan kost meer dan mijn mandaat toelaat. Wilt u besluiten"
                        " als de aanvulling is ondertekend?"
                    ),
                    supplement=34_000,
                    supplement_reason=(
                        "Voorbeeld: het plan van Midden Nederland kost € 17.000 meer dan er is. Van"
                        " een aanvulling is de helft voor deze regio."
                    ),
                ),
            ),
        ),
    ),
)

# approved, and a second version with one activity more waits to be taken up
IJSSELLAND = PlanContent(
    region="ijsselland",
    covenant="VPT-2012-1",
    author="projectleider.ijsselland@vpt.example",
    versions=(
        VersionContent(
            started_on=date(2012, 4, 10),
            activities=(
                PlannedActivity("start", date(2012, 5, 21), date(2012, 9, 28), 1_000, 4_000),
                PlannedActivity("norm", date(2012, 6, 4), date(2013, 6, 28), 2_000, 8_000),
                PlannedActivity("register", date(2012, 10, 1), date(2013, 9, 30), 3_500, 6_500),
                PlannedActivity("basics", date(2013, 1, 7), date(2013, 12, 20), 0, 12_500),
                PlannedActivity("report", date(2012, 9, 3), date(2013, 3, 29), 750, 1_250),
                PlannedActivity("respond", date(2013, 1, 7), date(2013, 6, 28), 750, 1_250),
            ),
            exemptions={
                "M6": "Voorbeeld: de partners wachten op nieuwe landelijke afspraken.",
                "M7": "Voorbeeld: dit pakken de partners in een volgend plan op.",
                "M8": "Voorbeeld: de werkgevers regelen nazorg nu elk voor zich.",
            },
            agreement=PARTLY,
            problem=problem_text("IJsselland", "in de jeugdzorg en in het openbaar vervoer"),
            approach=approach_text("IJsselland"),
            embedding=embedding_text(),
            submitted_on=date(2012, 4, 26),
            review=Review(
                manager=FIRST_MANAGER,
                taken_up_on=date(2012, 4, 30),
                verdicts={
                    "M6": (
                        ExemptionVerdict.ACCEPTED,
                        "Voorbeeld: akkoord, tot die landelijke afspraken er zijn.",
                    ),
                },
                adopted_on=date(2012, 5, 10),
                approved_on=date(2012, 5, 16),
                approver=DEPUTY_HOLDER,
                replacement=Replacement(
                    day=date(2012, 5, 22),
                    note="Voorbeeld: goedgekeurd voor de jaren 2012 en 2013.",
                    reason="Voorbeeld: in het eerste besluit stond niet voor welke jaren.",
                ),
                objection=ObjectionContent(
                    day=date(2012, 6, 18),
                    objector="Jeugdzorg IJsselland (voorbeeld)",
                    grounds="Voorbeeld: deze werkgever wil dat nazorg al in 2012 begint.",
                ),
            ),
        ),
        VersionContent(
            started_on=date(2012, 7, 2),
            activities=(
                PlannedActivity("aftercare", date(2013, 2, 1), date(2013, 12, 20), 1_000, 7_500),
            ),
            withdrawn=("M8",),
            agreement=FULL,
            submitted_on=date(2012, 7, 9),
        ),
    ),
)

PLANS_2012 = (LIMBURG, MIDDEN_NEDERLAND, IJSSELLAND, GELDERLAND)
