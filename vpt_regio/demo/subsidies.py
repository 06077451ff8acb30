"""Facts: the schemes, the round of November 2011 with its six pilots, and pilots without a grant.

Amounts are cents. Descriptions are in our own words. Source: the letter of March 2012.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo.programme import LETTER
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.subsidy_codes import CountKind, PilotOutcome

ANNEX = f"{LETTER}, bijlage"
NOT_DATED = "niet in bron"

ARRANGEMENTS_FROM = date(2013, 7, 1)
ARRANGEMENT_SOURCE = "Kaderbesluit BZK-subsidies, artikel 18 (Stb. 2013, 211)"
ARRANGEMENTS = {1: 0, 2: 25_000_00, 3: 125_000_00}
"""From which amount each arrangement holds."""


@dataclass(frozen=True)
class SchemeFacts:
    """A scheme; `period` is given when the source tells it.

    The source tells no legal basis. A round that opens needs one: that of `PREVENTION` is made up.
    """

    name: str
    objective: str
    legal_basis: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    period_words: str = ""
    source: str = LETTER


@dataclass(frozen=True)
class CountFacts:
    """What the source counts of a scheme."""

    kind: CountKind
    from_year: int
    to_year: int
    number: int
    note: str = ""


@dataclass(frozen=True)
class GrantedPilot:
    """A pilot of the annex: who, where, how much, and what they try out (a line a point)."""

    organisation: str
    place: str
    region: str | None
    cents: int
    title: str
    points: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class OwnPilot:
    """A pilot that the source tells of without a grant from a round."""

    title: str
    points: tuple[str, ...]
    regions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""
    starts: FuzzyDate | None = None
    ends: FuzzyDate | None = None
    outcome: tuple[PilotOutcome, date, str] | None = None
    is_ended: bool = False


RECORDED_ON = date(2011, 12, 19)
LISTED_ON = date(2012, 3, 13)
"""When the annex of the letter was drawn up; by then every region of the letter was known."""

PREVENTION = SchemeFacts(
    name="Voorkomen van agressie en geweld",
    objective=(
        "Werkgevers met een publieke taak proberen maatregelen uit die agressie en geweld"
        " voorkomen. Wat werkt, kunnen anderen overnemen."
    ),
    legal_basis="de begroting van het ministerie (voorbeeld: de bron noemt geen grondslag)",
    period_words="sinds september 2011",
)

INCENTIVE = SchemeFacts(
    name="Stimuleringsregeling 2008–2010",
    objective=(
        "Projecten van werkgevers: van een training voor medewerkers tot een aanpak samen met"
        " anderen in de omgeving."
    ),
    starts_on=date(2008, 1, 1),
    ends_on=date(2010, 12, 31),
    period_words="2008 tot en met 2010",
)
INCENTIVE_ROUND = "Hele regeling"
INCENTIVE_GRANTED = 112
INCENTIVE_COUNTS = (
    CountFacts(CountKind.GRANTED, 2008, 2010, INCENTIVE_GRANTED),
    CountFacts(CountKind.GRANTED, 2010, 2010, 45, "De resultaten of tussenresultaten zijn bekend."),
    CountFacts(
        CountKind.TO_FINISH,
        2012,
        2012,
        14,
        "In de loop van 2012. De bron zegt niet dat deze bij de 45 van 2010 horen.",
    ),
)

ROUND_2011 = "Ronde november 2011"
OPENED_2011 = FuzzyDate(date(2011, 11, 1), Precision.MONTH, "november 2011")
CLOSED_2011 = FuzzyDate(date(2011, 11, 30), Precision.MONTH, "november 2011")
UNKNOWN_DAY = FuzzyDate(None, Precision.UNKNOWN, NOT_DATED)
DECIDED_2011 = FuzzyDate(None, Precision.UNKNOWN, f"eind 2011, dag {NOT_DATED}")
UNLISTED_2011 = 5
"""Eleven applications, of which six stand in the annex; who the others were is not told."""

PILOTS_2011 = (
    GrantedPilot(
        "Ruchama",
        "Raalte",
        "ijsselland",
        20_000_00,
        "Rust in de gedeelde woonruimte",
        (
            "Een woonruimte die bewoners delen anders indelen en beheren.",
            "Nagaan wat kleur, geur, geluid, licht en warmte doen met de sfeer in huis.",
        ),
        ("M4",),
    ),
    GrantedPilot(
        "Dienst SZW",
        "Den Haag",
        None,
        9_300_00,
        "Alarm bij huisbezoek",
        (
            "Medewerkers die bij mensen thuis komen een alarm met plaatsbepaling geven.",
            "Meten of zij zich daarmee veiliger voelen en of er sneller hulp is.",
        ),
        ("M4",),
    ),
    GrantedPilot(
        "Werkplein Helmond",
        "Helmond",
        None,
        50_000_00,
        "Samen leren op het werkplein",
        (
            "Alle medewerkers leren wat agressie is en hoe zij die voor zijn.",
            "Samen vastleggen welk gedrag niet wordt geaccepteerd.",
            "Vooraf inschatten bij welke bezoekers het mis kan gaan.",
            "Een deel van de medewerkers leert collega's op te vangen.",
            "Van elk voorval leren voor de volgende keer.",
        ),
        ("M1", "M4", "M8"),
    ),
    GrantedPilot(
        "Saxenburgh Groep",
        "Hardenberg",
        "ijsselland",
        10_000_00,
        "Zorg en politie trekken samen op",
        (
            "Beter samenwerken in de zorgketen en met de politie.",
            "Voorvallen volgen.",
            "Begrijpen waarom voorvallen ontstaan en daarvan leren.",
            "Voorvallen vastleggen en er iets mee doen.",
            "Een plan voor publiciteit en communicatie maken.",
            "De aanpak uitleggen, in huis en aan cliënten in de omgeving.",
        ),
        ("M1", "M3"),
    ),
    GrantedPilot(
        "Academisch Ziekenhuis Maastricht",
        "Maastricht",
        "limburg",
        22_061_00,
        "Terugkijken op wat er gebeurde",
        (
            "Voorvallen nabespreken: gevoelens, opvolging, risico's, wat hielp en de cultuur op"
            " de afdeling.",
        ),
        ("M8",),
    ),
    GrantedPilot(
        "Alfa College",
        "Groningen",
        "groningen",
        50_000_00,
        "Respect, ook op sociale media",
        (
            "Een protocol voor personeel en studenten over agressie op sociale media.",
            "Lesmateriaal maken voor niveau 1 en 2 en voor niveau 3 en 4.",
            "Een studiedag op elke locatie waar al het personeel aan meedoet.",
        ),
        ("M1", "M4"),
    ),
)

WITHOUT_GRANT = (
    OwnPilot(
        title="Gedrag beïnvloeden in het uitgaansgebied",
        points=(
            "Kleine ingrepen bedenken die jongeren rustiger houden, zonder veel mensen in te"
            " zetten.",
            "Uitproberen bij politie en openbaar vervoer, onder meer met beelden.",
        ),
        regions=("groningen",),
        measures=("M1",),
        place="Groningen",
        starts=FuzzyDate(None, Precision.UNKNOWN, f"2011, dag {NOT_DATED}"),
        ends=FuzzyDate(None, Precision.UNKNOWN, "het rapport wordt verwacht"),
    ),
    OwnPilot(
        title="Informatie delen over risico's",
        points=(
            "Werkgevers in één gebouw zoeken uit hoe zij elkaar kunnen waarschuwen voor personen,"
            " plekken en adressen met een risico.",
            "Een draaiboek en werkinstructies maken voor andere plaatsen.",
        ),
        regions=("midden-west-brabant-en-zeeland",),
        measures=("M3",),
        place="Middelburg",
        ends=FuzzyDate(date(2012, 3, 31), Precision.QUARTER, "eerste kwartaal 2012"),
    ),
    OwnPilot(
        title="Schade verhalen via de verzekeraar",
        points=("Nagaan hoe een verzekeraar de schade op de dader kan verhalen.",),
        regions=("midden-nederland",),
        measures=("M7",),
        place="Haaglanden en Midden Nederland",
        ends=FuzzyDate(date(2012, 6, 30), Precision.HALF, "halverwege 2012"),
    ),
    OwnPilot(
        title="Toezichthouders over de grens van een concessie",
        points=(
            "Zestig toezichthouders gaan daarheen waar de meeste voorvallen zijn.",
            "Drie gebieden worden met elkaar vergeleken.",
        ),
        regions=("amsterdam-amstelland", "midden-west-brabant-en-zeeland"),
        measures=("M3",),
        place="Randstad Noord, Noord-Brabant en Zuid-Holland",
        starts=FuzzyDate(date(2011, 10, 1), Precision.MONTH, "oktober 2011"),
        ends=FuzzyDate(date(2012, 9, 30), Precision.MONTH, "een jaar later"),
    ),
    OwnPilot(
        title="Camera op het uniform",
        points=("Agenten dragen een camera en zeggen of zij zich daarmee veiliger voelen.",),
        organisation="Politie",
        place="Haaglanden",
        ends=FuzzyDate(None, Precision.UNKNOWN, f"2011, dag {NOT_DATED}"),
        outcome=(
            PilotOutcome.STOP,
            date(2011, 12, 19),
            "De camera's maken weinig verschil voor de veiligheid. De opbrengst weegt nu niet op"
            " tegen de kosten, dus komt er geen landelijke invoering.",
        ),
        is_ended=True,
    ),
)
