"""Fiction: activities from which the plans of the demonstration choose.

Every title ends with "(voorbeeld)": no source describes what these regions planned.
"""

from dataclasses import dataclass

EVERYONE = "Alle medewerkers met een publieke taak"
OFFICE_HOLDERS = "Politieke ambtsdragers"


@dataclass(frozen=True)
class ActivityContent:
    """An activity as a plan describes it; `owner` is the name of a kind of partner."""

    title: str
    description: str
    line: str
    measures: tuple[str, ...]
    owner: str
    target_group: str = EVERYONE
    is_awareness: bool = False


ACTIVITIES: dict[str, ActivityContent] = {
    "start": ActivityContent(
        "Startbijeenkomst voor werkgevers (voorbeeld)",
        "Werkgevers, politie en Openbaar Ministerie leren elkaar kennen en horen wat er speelt.",
        "L4",
        ("M1", "M2"),
        "Politie",
        is_awareness=True,
    ),
    "norm": ActivityContent(
        "Eén norm op posters en websites (voorbeeld)",
        "De partners maken samen zichtbaar welk gedrag zij niet accepteren.",
        "L2",
        ("M1",),
        "Ziekenhuis",
        "Bezoekers en reizigers",
        is_awareness=True,
    ),
    "report": ActivityContent(
        "Meldwijzer voor medewerkers (voorbeeld)",
        "Een kaart van één bladzijde: waar meldt u een voorval en wat gebeurt er daarna?",
        "L4",
        ("M2",),
        "Vervoerbedrijf",
    ),
    "register": ActivityContent(
        "Dezelfde manier van registreren (voorbeeld)",
        "De partners leggen voorvallen op dezelfde manier vast, zodat zij cijfers kunnen delen.",
        "L4",
        ("M3",),
        "Ambulancedienst",
    ),
    "train": ActivityContent(
        "Training voor leidinggevenden (voorbeeld)",
        "Leidinggevenden oefenen met acteurs en leren hun team te steunen.",
        "L1",
        ("M4", "M8"),
        "Welzijnswerk",
        "Leidinggevenden",
    ),
    "basics": ActivityContent(
        "Basistraining voor nieuwe medewerkers (voorbeeld)",
        "Nieuwe medewerkers leren hoe zij een gesprek rustig houden.",
        "L1",
        ("M4",),
        "Jeugdzorg",
        "Nieuwe medewerkers",
    ),
    "respond": ActivityContent(
        "Draaiboek voor een snelle reactie (voorbeeld)",
        "Afspraken en voorbeeldbrieven waarmee een werkgever binnen 48 uur kan reageren.",
        "L2",
        ("M5",),
        "Ziekenhuis",
        "Leidinggevenden",
    ),
    "police": ActivityContent(
        "Vast aanspreekpunt voor aangifte (voorbeeld)",
        "Elke werkgever krijgt één naam bij de politie en hoort hoe het met de aangifte gaat.",
        "L3",
        ("M6",),
        "Politie",
    ),
    "damages": ActivityContent(
        "Spreekuur schade verhalen (voorbeeld)",
        "Werkgevers krijgen hulp bij het terugvragen van schade aan de dader.",
        "L3",
        ("M7",),
        "Openbaar Ministerie",
        "Werkgevers",
    ),
    "aftercare": ActivityContent(
        "Opvang door collega's (voorbeeld)",
        "Een team van opgeleide collega's vangt slachtoffers op in de eerste dagen.",
        "L4",
        ("M8",),
        "Brandweer",
    ),
    "chain": ActivityContent(
        "Maandelijks overleg over daders (voorbeeld)",
        "Politie, Openbaar Ministerie en werkgevers bespreken wie opnieuw de fout in gaat.",
        "L3",
        ("M5", "M6"),
        "Openbaar Ministerie",
        "Daders die vaker voorkomen",
    ),
    "night": ActivityContent(
        "Samen toezicht in het uitgaansgebied (voorbeeld)",
        "Vervoer, ambulance en politie stemmen hun inzet in het weekend op elkaar af.",
        "L1",
        ("M1", "M4"),
        "Vervoerbedrijf",
        "Uitgaanspubliek",
    ),
    "council": ActivityContent(
        "Gesprek met raadsleden en wethouders (voorbeeld)",
        "Politieke ambtsdragers horen hoe zij een bedreiging melden en wie hen dan helpt.",
        "L1",
        ("M1", "M2"),
        "Politie",
        OFFICE_HOLDERS,
        is_awareness=True,
    ),
    "scan": ActivityContent(
        "Scan van de maatregelen bij werkgevers (voorbeeld)",
        "Werkgevers zien in een half uur welke maatregelen zij al nemen en welke nog niet.",
        "L4",
        ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"),
        "Welzijnswerk",
        "Werkgevers",
    ),
}
