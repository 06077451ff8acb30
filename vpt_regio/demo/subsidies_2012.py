"""Fiction around one fact: until 1 March 2012 could be applied again. Who did so is made up.

Amounts are cents; each line of `points` is a point of the description.
"""

from dataclasses import dataclass
from datetime import date, datetime

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.subsidy_codes import RejectionGround, SettlementGround

ROUND_2012 = "Tweede venster 2012"
OPENED_ON = date(2012, 1, 16)
CLOSES_ON = date(2012, 3, 1)
CEILING = 120_000_00
CONDITIONS = (
    "Voorbeeld. De bron noemt alleen de laatste dag: een aanvraag kon tot 1 maart 2012. De dag"
    " van opening, het plafond en de aanvragen zijn verzonnen."
)
PROPOSED_ON, DECIDED_ON, FINISHED_ON = date(2012, 4, 2), date(2012, 4, 16), date(2012, 4, 17)

NEXT_ROUND = "Ronde zomer 2012 (voorbeeld)"
NEXT_PLANNED_ON, NEXT_OPENS_ON, NEXT_CLOSES_ON = (
    date(2012, 6, 18),
    date(2012, 7, 2),
    date(2012, 8, 31),
)
NEXT_CEILING = 100_000_00


@dataclass(frozen=True)
class AskedLine:
    """A part of the request, what is granted of it, and why that is less."""

    description: str
    cents: int
    granted_cents: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    organisation: str
    place: str
    region: str | None
    title: str
    points: tuple[str, ...]
    measures: tuple[str, ...]
    lines: tuple[AskedLine, ...]
    received_at: datetime
    starts_on: date = date(2012, 5, 1)
    ends_on: date = date(2013, 4, 30)
    reasoning: str = ""
    rejection: RejectionGround | None = None
    is_withdrawn: bool = False
    is_too_late: bool = False


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


HOSPITAL = Asked(
    "Streekziekenhuis De Maas (voorbeeld)",
    "Roermond",
    "limburg",
    "Rustig wachten op de spoedpost",
    (
        "Voorbeeld: bezoekers zien hoe lang zij nog wachten.",
        "Voorbeeld: elke dienst heeft een gastheer of gastvrouw.",
    ),
    ("M1", "M4"),
    (
        AskedLine("Schermen met wachttijden", 14_000_00, 14_000_00),
        AskedLine("Training van gastheren en gastvrouwen", 10_000_00, 10_000_00),
    ),
    at(date(2012, 2, 20), 11),
    starts_on=date(2012, 4, 23),
    ends_on=date(2012, 6, 15),
    reasoning="Voorbeeld: het plan is klein, duidelijk en snel klaar.",
)
TRANSPORT = Asked(
    "Vervoerbedrijf Het Noorden (voorbeeld)",
    "Groningen",
    "groningen",
    "Veilig op de late rit",
    (
        "Voorbeeld: chauffeurs oefenen met lastige situaties.",
        "Voorbeeld: een knop die meteen meeluistert.",
    ),
    ("M2", "M4"),
    (
        AskedLine("Oefendagen voor chauffeurs", 25_000_00, 25_000_00),
        AskedLine("Meeluisterknop in tien bussen", 20_000_00, 20_000_00),
        AskedLine(
            "Publiciteit",
            15_000_00,
            0,
            "Voorbeeld: publiciteit hoort bij het gewone werk van het bedrijf.",
        ),
    ),
    at(date(2012, 2, 27), 16, 30),
    reasoning="Voorbeeld: de oefendagen en de knop passen bij het doel; de publiciteit niet.",
)
YOUTH_CARE = Asked(
    "Jeugdzorg De IJssel (voorbeeld)",
    "Zutphen",
    "noord-en-oost-gelderland",
    "Samen op huisbezoek",
    ("Voorbeeld: bij een hoog risico gaan medewerkers met zijn tweeën.",),
    ("M3", "M8"),
    (
        AskedLine("Extra uren voor dubbele bezoeken", 24_000_00, 24_000_00),
        AskedLine("Begeleiding en nazorg", 6_000_00, 6_000_00),
    ),
    at(date(2012, 2, 29), 23, 59),
    ends_on=date(2012, 6, 8),
    reasoning="Voorbeeld: goed uitgewerkt en met een meting vooraf en achteraf.",
)
HOUSING = Asked(
    "Woningcorporatie De Brug (voorbeeld)",
    "Almelo",
    None,
    "Een veilige balie",
    ("Voorbeeld: de balie krijgt glas en een tweede uitgang.",),
    ("M4",),
    (AskedLine("Verbouwing van de balie", 40_000_00),),
    at(date(2012, 2, 28), 9, 15),
    reasoning="Voorbeeld: een verbouwing is geen maatregel die wordt getoetst.",
    rejection=RejectionGround.OUT_OF_SCOPE,
)
SWIMMING_POOL = Asked(
    "Zwembad De Golf (voorbeeld)",
    "Assen",
    None,
    "Huisregels in beeld",
    ("Voorbeeld: huisregels in plaatjes bij de ingang.",),
    ("M1",),
    (AskedLine("Ontwerp en borden", 8_000_00),),
    at(date(2012, 2, 24), 13),
    is_withdrawn=True,
)
LIBRARY = Asked(
    "Bibliotheek Het Plein (voorbeeld)",
    "Weert",
    "limburg",
    "Gastvrij en duidelijk",
    ("Voorbeeld: medewerkers oefenen met aanspreken.",),
    ("M1", "M4"),
    (AskedLine("Cursus aanspreken", 7_500_00),),
    at(date(2012, 3, 1), 0, 0),
    is_too_late=True,
)
APPLICATIONS = (HOSPITAL, TRANSPORT, YOUTH_CARE, HOUSING, SWIMMING_POOL, LIBRARY)
LATE_NOTE = "Voorbeeld: ontvangen op 1 maart 2012. De laatste dag was 29 februari 2012."
WITHDRAWN_NOTE = "Voorbeeld: het zwembad betaalt de borden zelf."
OBJECTION_ON = date(2012, 5, 10)
OBJECTION_GROUNDS = "Voorbeeld: de balie is wel een proef, want er wordt voor en na gemeten."


@dataclass(frozen=True)
class Paid:
    """A planned part of a grant, and the day on which it was paid."""

    planned_on: date
    cents: int
    paid_on: date | None = None


INSTALMENTS = {
    HOSPITAL.title: (Paid(date(2012, 5, 7), 24_000_00, date(2012, 5, 7)),),
    TRANSPORT.title: (
        Paid(date(2012, 5, 14), 22_500_00, date(2012, 5, 14)),
        Paid(date(2012, 11, 1), 22_500_00),
    ),
    YOUTH_CARE.title: (
        Paid(date(2012, 5, 7), 20_000_00, date(2012, 5, 8)),
        Paid(date(2012, 9, 3), 10_000_00),
    ),
}

HOSPITAL_SETTLED = (date(2012, 6, 25), date(2012, 7, 2), 24_000_00)
"""Proposed on, decided on, and the amount: ex officio, as granted."""

YOUTH_CARE_REPORTED, YOUTH_CARE_ACCEPTED = date(2012, 6, 20), date(2012, 6, 25)
YOUTH_CARE_SETTLED = (
    date(2012, 6, 27),
    date(2012, 7, 4),
    15_000_00,
    SettlementGround.NOT_DONE,
    "Voorbeeld: de helft van de dubbele bezoeken is niet doorgegaan.",
)
RECOVERY_DEMANDED, RECOVERY_RECEIVED = date(2012, 7, 5), (date(2012, 7, 12), 2_000_00)

NOTICE_ON, NOTICE_ANSWERED_ON = date(2012, 6, 11), date(2012, 6, 18)
NOTICE = "Voorbeeld: de bussen komen later, dus de knoppen ook."
NOTICE_NEW_END = date(2013, 6, 30)
NOTICE_ANSWER = "Voorbeeld: akkoord, de laatste dag wordt 30 juni 2013."
PROGRESS_ON = date(2012, 7, 10)
PROGRESS_RESULT = "Voorbeeld: dertig chauffeurs hebben geoefend."
PROGRESS_OBSTACLE = "Voorbeeld: de levering van de knoppen is uitgesteld."
PROGRESS_NEXT = "Voorbeeld: na de zomer oefent de tweede groep."

NEXT_ASKED = Asked(
    "Gemeente Voorbeeldstad (voorbeeld)",
    "Voorbeeldstad",
    None,
    "Oefenen aan de balie",
    ("Voorbeeld: medewerkers van de balie oefenen met acteurs.",),
    ("M4",),
    (AskedLine("Oefendagen met acteurs", 12_000_00),),
    at(NEXT_OPENS_ON, 10),
    starts_on=date(2012, 10, 1),
    ends_on=date(2013, 3, 31),
)
