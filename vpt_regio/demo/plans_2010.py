"""Fiction: the plans of the regions of 2010, taken over as they ran when the system began.

What the minister paid for them is in no source, so no decision on them is made up: they count as
approved before. Their activities and amounts are examples.
"""

from datetime import date

from vpt_regio.demo.plans import (
    FULL,
    PARTLY,
    PlanContent,
    PlannedActivity,
    VersionContent,
    approach_text,
    embedding_text,
    problem_text,
)

STARTED_ON = date(2011, 6, 6)
TAKEN_OVER_ON = date(2011, 6, 10)
TAKEN_OVER_NOTE = (
    "Voorbeeld: dit plan liep al toen het systeem begon. Wie het heeft goedgekeurd en hoeveel geld"
    " de minister gaf, staat niet in de bron."
)
HALF_2012 = date(2012, 6, 30)
STARTS = (
    date(2011, 6, 14),
    date(2011, 7, 1),
    date(2011, 8, 15),
    date(2011, 9, 1),
    date(2011, 10, 3),
    date(2011, 11, 1),
    date(2012, 1, 9),
    date(2012, 2, 1),
    date(2012, 3, 1),
)


def _spread(*choices: tuple[str, int, int]) -> tuple[PlannedActivity, ...]:
    """Let the activities begin one after the other; all end with the extended covenant."""
    return tuple(
        PlannedActivity(key, start, HALF_2012, development, implementation)
        for (key, development, implementation), start in zip(choices, STARTS, strict=False)
    )


GRONINGEN = PlanContent(
    region="groningen",
    covenant="VPT-2010-1",
    author="projectleider.groningen@vpt.example",
    versions=(
        VersionContent(
            started_on=STARTED_ON,
            activities=_spread(
                ("start", 1_500, 3_500),
                ("night", 4_000, 14_000),
                ("report", 2_000, 3_000),
                ("register", 3_500, 6_500),
                ("basics", 0, 9_500),
                ("respond", 1_750, 2_250),
                ("police", 0, 4_000),
                ("aftercare", 1_000, 7_500),
            ),
            exemptions={
                "M7": "Voorbeeld: de partners verhalen schade al samen via een eigen afspraak."
            },
            agreement=FULL,
            problem=problem_text("Groningen", "in het uitgaansgebied en in de bus"),
            approach=approach_text("Groningen"),
            embedding=embedding_text(),
            taken_over_on=TAKEN_OVER_ON,
        ),
    ),
)

AMSTERDAM = PlanContent(
    region="amsterdam-amstelland",
    covenant="VPT-2010-2",
    author="projectleider.amsterdam-amstelland@vpt.example",
    versions=(
        VersionContent(
            started_on=STARTED_ON,
            activities=_spread(
                ("norm", 3_000, 12_000),
                ("police", 2_500, 8_500),
                ("register", 5_000, 11_000),
                ("train", 4_000, 16_000),
                ("respond", 1_500, 3_500),
                ("chain", 0, 6_000),
                ("damages", 1_000, 4_000),
                ("council", 0, 2_500),
            ),
            agreement=PARTLY,
            problem=problem_text("Amsterdam-Amstelland", "in het openbaar vervoer en in de zorg"),
            approach=approach_text("Amsterdam-Amstelland"),
            embedding=embedding_text(),
            taken_over_on=TAKEN_OVER_ON,
        ),
    ),
)

GELDERLAND = PlanContent(
    region="noord-en-oost-gelderland",
    covenant="VPT-2010-3",
    author="projectleider.noord-en-oost-gelderland@vpt.example",
    versions=(
        VersionContent(
            started_on=STARTED_ON,
            activities=_spread(
                ("start", 1_000, 2_000),
                ("norm", 1_500, 5_500),
                ("report", 1_000, 2_000),
                ("register", 2_000, 4_500),
                ("train", 1_500, 10_500),
                ("respond", 750, 1_250),
            ),
            exemptions={
                "M6": "Voorbeeld: de politie heeft in deze regio al een vast aanspreekpunt.",
                "M7": "Voorbeeld: werkgevers kiezen ervoor dit later samen op te pakken.",
            },
            agreement=FULL,
            problem=problem_text("Noord en Oost Gelderland", "aan de balie en bij huisbezoeken"),
            approach=approach_text("Noord en Oost Gelderland"),
            embedding=embedding_text(),
            taken_over_on=TAKEN_OVER_ON,
        ),
    ),
)

BRABANT = PlanContent(
    region="midden-west-brabant",
    covenant="VPT-2010-5",
    author="projectleider.midden-west-brabant@vpt.example",
    versions=(
        VersionContent(
            started_on=STARTED_ON,
            activities=_spread(
                ("start", 2_000, 6_000),
                ("norm", 4_000, 16_000),
                ("report", 2_500, 5_500),
                ("register", 6_000, 12_000),
                ("train", 3_500, 21_500),
                ("respond", 2_000, 4_000),
                ("police", 1_500, 7_500),
                ("damages", 1_000, 5_000),
                ("scan", 2_000, 5_500),
            ),
            agreement=PARTLY,
            problem=problem_text("Midden-West Brabant", "in ziekenhuizen en op straat"),
            approach=approach_text("Midden-West Brabant"),
            embedding=embedding_text(),
            taken_over_on=TAKEN_OVER_ON,
        ),
    ),
)

ZEELAND = PlanContent(
    region="zeeland",
    covenant="VPT-2010-4",
    author="projectleider.zeeland@vpt.example",
    versions=(
        VersionContent(
            started_on=STARTED_ON,
            activities=_spread(
                ("start", 500, 2_000),
                ("basics", 1_000, 4_000),
                ("night", 1_500, 6_500),
                ("chain", 0, 3_000),
                ("aftercare", 500, 2_500),
            ),
            exemptions={
                "M3": "Voorbeeld: de werkgevers leggen voorvallen al op dezelfde manier vast.",
                "M7": "Voorbeeld: er zijn weinig zaken met schade; de partners wachten nog.",
            },
            agreement=FULL,
            problem=problem_text("Zeeland", "in de zomer, bij ambulances en op straat"),
            approach=approach_text("Zeeland"),
            embedding=embedding_text(),
            taken_over_on=TAKEN_OVER_ON,
        ),
    ),
)

PLANS_2010 = (GRONINGEN, AMSTERDAM, GELDERLAND, BRABANT, ZEELAND)
