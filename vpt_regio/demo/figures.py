"""Facts: the figures of the letter of March 2012, and what it says of them. Source: the letter."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vpt_regio.demo.lists import EVALUATION_LETTER
from vpt_regio.demo.programme import LETTER, LIMBURG_COVENANT
from vpt_regio.domain.indicator_codes import ChangeKind, ClaimKind, Direction, Qualifier, Unit
from vpt_regio.services.targets import TargetInput

RECORDED_ON = date(2012, 3, 12)
"""When the tables of the letter were drawn up."""
NO_CUTOFF = "De peildatum staat niet in de bron: als werkdatum geldt {}."
END_OF_2011 = NO_CUTOFF.format("31 december 2011")

Place = tuple[str, str]
"""The name of a row and the label of a column."""


@dataclass(frozen=True)
class Row:
    """A row of figures, from the oldest period to the newest; `part_of` is the name of another."""

    name: str
    figures: tuple[int, ...]
    part_of: str = ""
    adds_up: bool = False


@dataclass(frozen=True)
class Column:
    """A period of the figures, with its days where the source makes them clear."""

    label: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class ClaimFacts:
    """What the source computed; without `stated` it is derived here."""

    subject: str
    kind: ClaimKind
    places: tuple[Place, ...]
    stated: Decimal | None = None
    decimals: int = 0
    qualifier: Qualifier = Qualifier.EXACT
    explanation: str = ""


@dataclass(frozen=True)
class SetFacts:
    """A table of the source, its one delivery, and the claims."""

    code: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cutoff_on: date
    source: str = LETTER
    unit: Unit = Unit.NUMBER
    scope_note: str = ""
    total_code: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    claims: tuple[ClaimFacts, ...] = ()


def stated(
    subject: str, row: str, old: str, new: str, number: str, *, explanation: str = ""
) -> ClaimFacts:
    """Return a change in per cent as the source prints it, a fall with a minus."""
    printed = Decimal(number)
    return ClaimFacts(
        subject,
        ClaimKind.CHANGE_PERCENT,
        ((row, old), (row, new)),
        printed,
        decimals=1 if "." in number else 0,
        explanation=explanation,
    )


def derived(
    subject: str, kind: ClaimKind, *places: Place, decimals: int = 0, explanation: str = ""
) -> ClaimFacts:
    """Return a number that the source does not print."""
    return ClaimFacts(
        subject,
        kind,
        places,
        decimals=decimals,
        explanation=explanation or "De bron noemt dit getal niet.",
    )


def years(first: int, last: int) -> tuple[Column, ...]:
    return tuple(
        Column(str(year), date(year, 1, 1), date(year, 12, 31)) for year in range(first, last + 1)
    )


SEASONS = ("2008–2009", "2009–2010", "2010–2011", "2011–2012")
OLDEST, THIRD, LAST, NOW = SEASONS
KLPD = f"{LETTER}; gegevens van het KLPD uit alle regionale politiekorpsen"
INCIDENTS, ARRESTS, CUSTODY = "Incidenten", "Aanhoudingen", "Inverzekeringstellingen"

NEW_YEAR = SetFacts(
    code="jaarwisseling",
    title="Jaarwisseling",
    description="Agressie en geweld tegen mensen met een publieke taak tijdens de jaarwisseling."
    " Er kunnen meer aanhoudingen dan incidenten zijn.",
    columns=tuple(Column(season) for season in SEASONS),
    rows=(
        Row(INCIDENTS, (229, 303, 173, 186)),
        Row(ARRESTS, (246, 109, 177, 143)),
        Row(CUSTODY, (38, 22, 31, 61)),
    ),
    cutoff_on=date(2012, 1, 6),
    source=KLPD,
    claims=(
        stated("Iets meer incidenten dan een jaar eerder", INCIDENTS, LAST, NOW, "7.5"),
        stated("Minder incidenten dan twee jaar eerder", INCIDENTS, THIRD, NOW, "-39"),
        stated(
            "Minder incidenten dan bij de nulmeting",
            INCIDENTS,
            OLDEST,
            NOW,
            "-24",
            explanation="De daling van 229 naar 186 is 19 procent. 24 procent hoort bij de daling"
            " van 229 naar 173: dat is de vergelijking van een jaar eerder.",
        ),
        derived(
            "Incidenten een jaar eerder",
            ClaimKind.CHANGE_PERCENT,
            (INCIDENTS, THIRD),
            (INCIDENTS, LAST),
        ),
        stated("Minder aanhoudingen dan een jaar eerder", ARRESTS, LAST, NOW, "-19"),
        ClaimFacts(
            "Bijna twee keer zo veel inverzekeringstellingen",
            ClaimKind.FACTOR,
            ((CUSTODY, LAST), (CUSTODY, NOW)),
            Decimal(2),
            qualifier=Qualifier.ALMOST,
        ),
        derived(
            "Inverzekeringstellingen als deel van de aanhoudingen",
            ClaimKind.SHARE,
            (ARRESTS, NOW),
            (CUSTODY, NOW),
            decimals=1,
            explanation="De bron noemt beide aantallen bij elkaar, maar niet het aandeel.",
        ),
    ),
)

PUBLIC, ASSAULT = "Openlijke geweldpleging", "Mishandeling"
NEW_YEAR_KINDS = SetFacts(
    code="jaarwisseling-soorten",
    title="Jaarwisseling: ernst van de incidenten",
    description="Twee soorten incidenten. De bron noemt andere soorten niet, dus deze twee zijn"
    " niet het totaal.",
    columns=(Column(LAST), Column(NOW)),
    rows=(Row(PUBLIC, (31, 53)), Row(ASSAULT, (22, 28))),
    cutoff_on=date(2012, 1, 6),
    source=KLPD,
    claims=(
        stated(
            "Meer openlijke geweldpleging",
            PUBLIC,
            LAST,
            NOW,
            "70",
            explanation="De stijging is 70,97 procent: afgerond 71. De bron heeft het getal"
            " afgekapt.",
        ),
        stated("Meer mishandelingen", ASSAULT, LAST, NOW, "27"),
    ),
)

TOTAL = "Totaal Rijksoverheid"
ARO = "meldingen in het Agressie Registratiesysteem Overheden (ARO)"
ARO_NOTE = (
    "In 2011 begonnen 10 onderdelen van de Rijksoverheid met registreren, van de 18 die meedoen."
    f" {END_OF_2011}"
)


def _aro(code: str, title: str, description: str, **parts: int) -> SetFacts:
    names = {name.replace("_", " ").capitalize(): number for name, number in parts.items()}
    return SetFacts(
        code=code,
        title=title,
        description=description,
        columns=years(2011, 2011),
        rows=(
            *(Row(name, (number,), part_of=TOTAL) for name, number in names.items()),
            Row(TOTAL, (403,), adds_up=True),
        ),
        cutoff_on=date(2011, 12, 31),
        scope_note=ARO_NOTE,
        total_code="aro",
        source=f"{LETTER}; {ARO}",
    )


ARO_KINDS = _aro(
    "aro-soort",
    "ARO: meldingen naar soort",
    "Verbale, persoonlijke en fysieke voorvallen bij de Rijksoverheid.",
    verbaal=149,
    persoonlijk=207,
    fysiek=47,
)
ARO_FUNCTIONS = _aro(
    "aro-functie",
    "ARO: meldingen naar functie",
    "Dezelfde meldingen, verdeeld naar het werk van wie het meemaakte.",
    management=23,
    staf=37,
    binnendienst=245,
    buitendienst=98,
)

ROTTERDAM, AMSTERDAM = "Rotterdam", "Amsterdam"
BAN_YEARS = tuple(str(year) for year in range(2008, 2012))


def _bans_of(city: str) -> tuple[ClaimFacts, ...]:
    places = [(city, year) for year in BAN_YEARS]
    change = ClaimKind.CHANGE_PERCENT
    return (
        derived(f"Verboden in {city} in vier jaar", ClaimKind.SUM, *places),
        derived(f"{city}, 2011 naast 2010", change, places[2], places[3], decimals=1),
        derived(f"{city}, 2011 naast 2008", change, places[0], places[3], decimals=1),
    )


TRAVEL_BANS = SetFacts(
    code="ov-verboden",
    title="Verboden in het openbaar vervoer",
    description="Hoe vaak iemand niet meer met een lijn of het vervoer in een stad mee mocht.",
    columns=years(2008, 2011),
    rows=(Row(ROTTERDAM, (8, 10, 15, 22)), Row(AMSTERDAM, (30, 13, 11, 21))),
    cutoff_on=date(2011, 12, 31),
    scope_note="In Amsterdam alleen verboden voor één lijn binnen de gemeente; verboden van de NS"
    " tellen niet mee, want die gelden niet alleen in Amsterdam. De steden tellen dus niet"
    f" hetzelfde. {END_OF_2011}",
    claims=(
        *_bans_of(ROTTERDAM),
        *_bans_of(AMSTERDAM),
        *(
            derived(
                f"Beide steden in {year}",
                ClaimKind.SUM,
                (ROTTERDAM, year),
                (AMSTERDAM, year),
                explanation="De bron telt de steden niet op: zij tellen niet hetzelfde.",
            )
            for year in BAN_YEARS
        ),
    ),
)

VICTIMS_ROW = "Slachtoffers onder medewerkers met een publieke taak"
VICTIMS = SetFacts(
    code="slachtoffers",
    title="Slachtoffers onder medewerkers",
    description="Welk deel van de medewerkers zegt agressie of geweld te hebben meegemaakt. De"
    " meting van 2011 is de tweede na de nulmeting van 2007.",
    columns=years(2007, 2007) + years(2009, 2009) + years(2011, 2011),
    rows=(Row(VICTIMS_ROW, (66, 65, 59)),),
    unit=Unit.PERCENT,
    cutoff_on=date(2011, 12, 31),
    scope_note=f"De bron geeft alleen hele procenten, geen aantallen. {END_OF_2011}",
    claims=tuple(
        derived(
            f"Van {old} naar {new}",
            ClaimKind.CHANGE_POINTS,
            (VICTIMS_ROW, old),
            (VICTIMS_ROW, new),
            explanation="De bron noemt de daling sinds 2007 significant, maar geeft er geen getal"
            " bij.",
        )
        for old, new in (("2007", "2009"), ("2009", "2011"), ("2007", "2011"))
    ),
)

VISITORS_ROW = "Bezoekers"
FAIR = SetFacts(
    code="beurs",
    title="Bezoekers van de beurs",
    description="De jaarlijkse beurs over agressie en geweld tegen mensen met een publieke taak.",
    columns=years(2010, 2011),
    rows=(Row(VISITORS_ROW, (400, 550)),),
    cutoff_on=date(2011, 10, 6),
    scope_note="De bron geeft beide aantallen als ‘ruim’. De peildatum staat niet in de bron: als"
    " werkdatum geldt de dag van de beurs.",
    qualifier=Qualifier.MORE_THAN,
    claims=(
        derived(
            "Meer bezoekers dan een jaar eerder",
            ClaimKind.CHANGE_PERCENT,
            (VISITORS_ROW, "2010"),
            (VISITORS_ROW, "2011"),
            decimals=1,
            explanation="De bron noemt alleen een stijging. Omdat beide aantallen ‘ruim’ zijn, is"
            " dit percentage niet precies.",
        ),
    ),
)

SETS = (NEW_YEAR, NEW_YEAR_KINDS, ARO_KINDS, ARO_FUNCTIONS, TRAVEL_BANS, VICTIMS, FAIR)


QUARTER_LESS = TargetInput(
    name="Een kwart minder voorvallen",
    subject="Voorvallen van agressie en geweld tegen medewerkers met een publieke taak",
    change=Decimal(-25),
    change_kind=ChangeKind.PERCENT,
    direction=Direction.DOWN,
    starts_on=date(2011, 1, 1),
    ends_on=date(2015, 12, 31),
    period_words="2011–2015",
    source=LIMBURG_COVENANT,
    explanation="Het doel geldt voor alle sectoren. De cijferreeksen hier tellen niet alle"
    " voorvallen, daarom staat er geen voortgang bij.",
)
LESS_2017 = TargetInput(
    name="Voorvallen volgens de evaluatie",
    subject="Voorvallen van agressie en geweld tegen medewerkers met een publieke taak",
    change=Decimal(-15),
    change_kind=ChangeKind.PERCENT,
    direction=Direction.DOWN,
    period_words="2006 tot en met 2016, volgens de bron",
    source=EVALUATION_LETTER,
    explanation="Deze latere bron noemt een ander doel over een andere periode. Beide blijven"
    " staan; wij rekenen ze niet in elkaar om.",
)
FEWER_VICTIMS = TargetInput(
    name="Minder slachtoffers",
    subject="Deel van de medewerkers met een publieke taak dat slachtoffer is",
    change=Decimal(-15),
    change_kind=ChangeKind.POINTS,
    direction=Direction.DOWN,
    starts_on=date(2007, 1, 1),
    ends_on=date(2011, 12, 31),
    period_words="van 66 procent in 2007 naar 51 procent in 2011",
    source="Nieuwsbericht van de overheid uit 2010 (opennieuwsbank), niet in de brieven zelf",
    explanation="15 procentpunt is iets anders dan 15 procent. De dagen zijn werkdagen: de bron"
    " noemt alleen jaren.",
)
TARGETS: tuple[tuple[TargetInput, tuple[str, Place] | None], ...] = (
    (QUARTER_LESS, None),
    (LESS_2017, None),
    (FEWER_VICTIMS, (VICTIMS.code, (VICTIMS_ROW, "2007"))),
)
"""With the set and the figure at which the comparison begins, where there is one."""
