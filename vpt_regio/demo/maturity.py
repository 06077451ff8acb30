"""Fiction: how far the employers of one region are with the measures, at two moments.

The inventory among 25 organisations in Limburg is of later years, so it does not stand here.
"""

from dataclasses import dataclass
from datetime import date

REGION = "groningen"
AUTHOR = "projectleider.groningen@vpt.example"

EVIDENCE = {
    0: "",
    1: "Voorbeeld: het staat in het beleid van de organisatie.",
    2: "Voorbeeld: de afdelingen met veel bezoek werken al zo.",
    3: "Voorbeeld: alle afdelingen laten zien dat zij zo werken.",
    4: "Voorbeeld: de organisatie kijkt elk jaar of het helpt en past het aan.",
}


@dataclass(frozen=True)
class Finding:
    """What was found, and what the region does with it."""

    body: str
    follow_up: str = ""


@dataclass(frozen=True)
class InventoryFacts:
    """An inventory; `levels` has by kind of partner the level of each measure, in their order."""

    name: str
    held_on: date
    declared_organisations: int
    levels: dict[str, tuple[int, ...]]
    findings: tuple[Finding, ...] = ()
    source: str = "Vragenlijst van de projectleider (voorbeeld)"


INVENTORIES = (
    InventoryFacts(
        name="Inventarisatie werkgevers Groningen 2011 (voorbeeld)",
        held_on=date(2011, 9, 15),
        declared_organisations=12,
        levels={
            "Ziekenhuis": (2, 2, 3, 2, 1, 2, 1, 3),
            "Vervoerbedrijf": (1, 1, 2, 2, 0, 1, 0, 1),
            "Brandweer": (1, 2, 1, 3, 0, 2, 0, 2),
            "Ambulancedienst": (0, 1, 1, 2, 0, 1, 0, 2),
        },
        findings=(
            Finding(
                "Voorbeeld: bijna geen werkgever reageert binnen 48 uur naar de dader.",
                "Voorbeeld: dit is een afspraak geworden in het prestatiecontract.",
            ),
            Finding(
                "Voorbeeld: medewerkers weten niet goed waar zij een voorval melden.",
                "Voorbeeld: elke werkgever deelt de meldwijzer uit.",
            ),
            Finding("Voorbeeld: werkgevers vragen schade nog weinig terug."),
        ),
    ),
    InventoryFacts(
        name="Inventarisatie werkgevers Groningen 2012 (voorbeeld)",
        held_on=date(2012, 6, 14),
        declared_organisations=14,
        levels={
            "Ziekenhuis": (3, 3, 4, 3, 3, 2, 1, 4),
            "Vervoerbedrijf": (2, 3, 3, 2, 2, 1, 1, 2),
            # two measures went back after a change of the organisation
            "Brandweer": (2, 2, 1, 2, 1, 2, 0, 1),
            "Welzijnswerk": (1, 1, 0, 1, 0, 0, 0, 2),
        },
        findings=(
            Finding(
                "Voorbeeld: reageren naar de dader lukt nu bij de grotere werkgevers.",
                "Voorbeeld: zij helpen de kleinere met voorbeeldbrieven.",
            ),
            Finding("Voorbeeld: bij de brandweer is de nazorg na een reorganisatie minder goed."),
        ),
    ),
)
"""The ambulance service did not answer again; the youth care has not been judged yet."""
