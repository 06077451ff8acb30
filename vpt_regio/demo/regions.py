"""Facts: the regions, in what order they came, and the merger. Source: the letter of March 2012.

Its words on more regions to come name none of them, so none stands here.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo.programme import LETTER, LIMBURG_COVENANT
from vpt_regio.domain.enums import TerritoryType
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision
from vpt_regio.domain.tiles import PROVINCES

CHAIN_REGION = "Ketenintensiveringsregio"


@dataclass(frozen=True)
class RegionFacts:
    """A region as the sources give it; `designated` None means that they are silent."""

    code: str
    name: str
    territory: TerritoryType
    source: str
    tiles: tuple[str, ...]
    designated: FuzzyDate | None = None


SPRING_2010 = FuzzyDate.parse("voorjaar 2010")
# the system works with a day within the weeks before the letter
MERGED_ON = date(2012, 3, 1)
MERGED_WORDS = "vóór 15 maart 2012 (dag niet in bron)"
BEFORE_THE_LETTER = FuzzyDate(MERGED_ON, Precision.HALF, MERGED_WORDS)


def _of_2010(code: str, name: str, tile: str = "") -> RegionFacts:
    return RegionFacts(
        code=code,
        name=name,
        territory=TerritoryType.POLICE_REGION,
        source=f"{LETTER}. {CHAIN_REGION}, aangewezen in het voorjaar van 2010.",
        tiles=(tile or code,),
        designated=SPRING_2010,
    )


REGIONS_2010 = (
    _of_2010("groningen", "Groningen"),
    _of_2010("amsterdam-amstelland", "Amsterdam-Amstelland"),
    _of_2010("noord-en-oost-gelderland", "Noord en Oost Gelderland"),
    _of_2010("midden-west-brabant", "Midden-West Brabant", "midden-en-west-brabant"),
    _of_2010("zeeland", "Zeeland"),
)

SUCCESSOR = RegionFacts(
    code="midden-west-brabant-en-zeeland",
    name="Midden-West Brabant en Zeeland",
    territory=TerritoryType.COMBINATION,
    source=(
        f"{LETTER}. Ontstaan door samenvoeging van Midden-West Brabant en Zeeland;"
        " de naam van de nieuwe regio en de datum staan niet in de bron."
    ),
    tiles=("midden-en-west-brabant", "zeeland"),
    designated=BEFORE_THE_LETTER,
)

# The letter speaks of "the region" and one covenant; they are two police regions.
REGIONS_2012 = (
    RegionFacts(
        code="midden-nederland",
        name="Midden Nederland",
        territory=TerritoryType.POLICE_REGION,
        source=(
            f"{LETTER}. Eén convenant samen met IJsselland. De datum staat niet in de bron; de"
            " soort gebied en de plaats op de kaart zijn een aanname."
        ),
        tiles=("flevoland", "gooi-en-vechtstreek", "utrecht"),
        designated=BEFORE_THE_LETTER,
    ),
    RegionFacts(
        code="ijsselland",
        name="IJsselland",
        territory=TerritoryType.POLICE_REGION,
        source=(
            f"{LETTER}. Eén convenant samen met Midden Nederland. De datum staat niet in de bron;"
            " de soort gebied is een aanname."
        ),
        tiles=("ijsselland",),
        designated=BEFORE_THE_LETTER,
    ),
)

LIMBURG = RegionFacts(
    code="limburg",
    name="Limburg",
    territory=TerritoryType.PROVINCE,
    source=f"{LIMBURG_COVENANT}. De intensiveringsregio is de hele provincie.",
    tiles=PROVINCES["limburg"],
    designated=FuzzyDate(date(2012, 1, 1), Precision.YEAR, "in 2012 (dag niet in bron)"),
)

MERGED_CODES = ("midden-west-brabant", "zeeland")
MERGER_REASON = (
    "De brief noemt geen reden voor de samenvoeging en geen datum. Als werkdatum geldt 1 maart"
    " 2012."
)


def region_on(code: str, day: date) -> str:
    """Return the code of the region in whose books something of a region stands on a day."""
    return SUCCESSOR.code if code in MERGED_CODES and day >= MERGED_ON else code
