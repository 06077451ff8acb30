"""Fiction: what the regions measure. The letter names the subjects, no source an indicator."""

from datetime import date

from vpt_regio.domain.indicator_codes import Aggregation, Direction, Unit
from vpt_regio.services.indicators import IndicatorContent

ADDED_ON = date(2011, 6, 8)
REGISTER = "registratie van de werkgever"

REACTION = "Reactie naar de dader binnen 48 uur"
REPORTED = "Voorvallen die medewerkers melden"
POLICE = "Aangifte na een strafbaar voorval"
DAYS = "Dagen tot de eerste reactie"
NORM = "Norm vastgesteld en bekendgemaakt"
DAMAGES = "Schade die op daders is verhaald"
CARE = "Slachtoffers die tevreden zijn over de nazorg"
TRAINED = "Leidinggevenden die hebben geoefend (voorbeeld)"

NATIONAL = (
    (
        "reactie",
        IndicatorContent(
            name=REACTION,
            definition="Voorbeeld: voorvallen waarbij de werkgever binnen 48 uur iets liet horen"
            " aan de dader, als deel van alle voorvallen met een bekende dader.",
            unit=Unit.PERCENT,
            direction=Direction.UP,
            aggregation=Aggregation.WEIGHTED,
            decimals=1,
            numerator_label="voorvallen met een reactie binnen 48 uur",
            denominator_label="voorvallen met een bekende dader",
            source_system=REGISTER,
        ),
    ),
    (
        "melden",
        IndicatorContent(
            name=REPORTED,
            definition="Voorbeeld: voorvallen die medewerkers in een halfjaar bij hun werkgever"
            " meldden. Meer meldingen is hier beter: het laat zien dat medewerkers durven melden.",
            unit=Unit.NUMBER,
            direction=Direction.UP,
            aggregation=Aggregation.SUM,
            source_system=REGISTER,
        ),
    ),
    (
        "aangifte",
        IndicatorContent(
            name=POLICE,
            definition="Voorbeeld: strafbare voorvallen waarvan aangifte is gedaan, als deel van"
            " alle strafbare voorvallen. Melden bij de werkgever is iets anders.",
            unit=Unit.PERCENT,
            direction=Direction.UP,
            aggregation=Aggregation.WEIGHTED,
            decimals=1,
            numerator_label="strafbare voorvallen met aangifte",
            denominator_label="strafbare voorvallen",
            source_system="registratie van de politie",
        ),
    ),
    (
        "reactie",
        IndicatorContent(
            name=DAYS,
            definition="Voorbeeld: hoeveel dagen na een voorval de dader voor het eerst iets hoort"
            " van de werkgever; van alle voorvallen de middelste.",
            unit=Unit.DAYS,
            direction=Direction.DOWN,
            aggregation=Aggregation.LATEST,
            decimals=1,
            source_system=REGISTER,
        ),
    ),
    (
        "norm",
        IndicatorContent(
            name=NORM,
            definition="Voorbeeld: ja, als alle partijen dezelfde norm hebben vastgesteld en"
            " bezoekers die kunnen zien.",
            unit=Unit.YES_NO,
            direction=Direction.UP,
            aggregation=Aggregation.NONE,
        ),
    ),
    (
        "schade",
        IndicatorContent(
            name=DAMAGES,
            definition="Voorbeeld: geld dat daders in een halfjaar aan werkgevers terugbetaalden.",
            unit=Unit.EURO,
            direction=Direction.UP,
            aggregation=Aggregation.SUM,
            source_system="boekhouding van de werkgever",
        ),
    ),
    (
        "nazorg",
        IndicatorContent(
            name=CARE,
            definition="Voorbeeld: slachtoffers die de nazorg voldoende noemen, als deel van"
            " iedereen die een vragenlijst invulde.",
            unit=Unit.PERCENT,
            direction=Direction.UP,
            aggregation=Aggregation.WEIGHTED,
            numerator_label="slachtoffers die voldoende of beter antwoorden",
            denominator_label="ingevulde vragenlijsten",
            source_system="enquête",
        ),
    ),
)
"""By the code of the kind of agreement that they belong to."""

RETIRED = (CARE, date(2012, 3, 5))
"""Nobody agreed on it: too few people filled in the questions."""

OF_REGION = (
    "noord-en-oost-gelderland",
    "training",
    IndicatorContent(
        name=TRAINED,
        definition="Voorbeeld: leidinggevenden die dit halfjaar met acteurs hebben geoefend.",
        unit=Unit.NUMBER,
        direction=Direction.UP,
        aggregation=Aggregation.SUM,
        source_system="aanwezigheidslijsten",
    ),
)
