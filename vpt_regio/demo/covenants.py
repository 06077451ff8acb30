"""Facts: the covenants and their terms; what a source leaves out stays unknown.

Numbers of covenants are in no source: these are of the demonstration.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo.programme import LETTER, LIMBURG_COVENANT, MINISTER
from vpt_regio.domain.enums import FundingInstrument
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision

NUMBER_NOTE = "Het nummer is van deze demonstratie."


@dataclass(frozen=True)
class CovenantFacts:
    """A covenant that was concluded before or outside the system; money in cents."""

    number: str
    title: str
    regions: tuple[str, ...]
    counterparties: tuple[str, ...]
    source: str
    signed: FuzzyDate | None = None
    end: FuzzyDate | None = None
    advance_cents: int | None = None
    min_hours_per_week: int | None = None
    plan_due_on: date | None = None
    funding: FundingInstrument = FundingInstrument.UNKNOWN
    recorded_on: date = date(2011, 6, 1)


def _of_2010(number: int, name: str, region: str, *, note: str = "") -> CovenantFacts:
    return CovenantFacts(
        number=f"VPT-2010-{number}",
        title=f"Convenant ketenintensiveringsregio {name}",
        regions=(region,),
        counterparties=(f"korpsbeheerder van de politieregio {name}",),
        signed=FuzzyDate(None, Precision.UNKNOWN, "na het voorjaar van 2010 (dag niet in bron)"),
        source=(
            f"{LETTER}. De dag van ondertekening, de eerste einddatum, het bedrag en de urennorm"
            f" staan niet in de bron en zijn daarom leeg. {NUMBER_NOTE}{note}"
        ),
        funding=FundingInstrument.SPECIFIC_GRANT if note else FundingInstrument.UNKNOWN,
    )


COVENANTS_2010 = (
    _of_2010(1, "Groningen", "groningen"),
    _of_2010(
        2,
        "Amsterdam-Amstelland",
        "amsterdam-amstelland",
        note=" Dat het een specifieke uitkering is, is een voorbeeld: niet in bron.",
    ),
    _of_2010(3, "Noord en Oost Gelderland", "noord-en-oost-gelderland"),
    _of_2010(4, "Zeeland", "zeeland"),
    _of_2010(5, "Midden-West Brabant", "midden-west-brabant"),
)

EXTENDED_UNTIL = FuzzyDate.parse("halverwege 2012")
EXTENSION_SIGNED = FuzzyDate(None, Precision.UNKNOWN, "vóór 15 maart 2012 (dag niet in bron)")
EXTENSION_RECORDED_ON = date(2012, 3, 15)
EXTENSION_REASON = "De regio's hadden nog volop werk aan de uitvoering en kregen daarom meer tijd."

TWO_REGIONS = CovenantFacts(
    number="VPT-2012-1",
    title="Convenant Midden Nederland en IJsselland",
    regions=("midden-nederland", "ijsselland"),
    counterparties=("wederpartij niet in bron",),
    # the system works with a day within the weeks before the letter
    signed=FuzzyDate(
        date(2012, 3, 1), Precision.HALF, "kort vóór 15 maart 2012 (dag niet in bron)"
    ),
    # the source gives no terms: a running covenant needs some, so these are examples
    advance_cents=100_000_00,
    min_hours_per_week=20,
    funding=FundingInstrument.OWN_RULES,
    source=(
        f"{LETTER}. De brief noemt alleen dat dit convenant pas is ondertekend; als werkdatum geldt"
        " 1 maart 2012. Het voorschot van"
        " € 100.000 is een voorbeeldbedrag en de norm van 20 uur een voorbeeldnorm: niet in bron."
        " Ook de manier waarop het geld wordt gegeven is een voorbeeld."
        f" De einddatum en de wederpartij staan niet in de bron. {NUMBER_NOTE}"
    ),
    recorded_on=date(2012, 3, 12),
)

LIMBURG = CovenantFacts(
    number="VPT-2012-2",
    title="Convenant Veilige Publieke Taak Limburg",
    regions=("limburg",),
    counterparties=("provincie Limburg",),
    # It enters into force when signed; the day is unknown, so the system works with the first
    # day of the year in which the plan is to be made.
    signed=FuzzyDate(date(2012, 1, 1), Precision.YEAR, "in 2012 (dag niet in bron)"),
    end=FuzzyDate.exactly(date(2013, 12, 31)),
    advance_cents=100_000_00,
    min_hours_per_week=20,
    plan_due_on=date(2012, 12, 31),
    source=(
        f"{LIMBURG_COVENANT}. De dag van ondertekening staat niet in de bron: als werkdatum geldt"
        " 1 januari 2012, het begin van het jaar waarin het plan wordt gemaakt. Het plan is te"
        f" maken in 2012: daarom uiterlijk 31 december 2012. {NUMBER_NOTE}"
    ),
    recorded_on=date(2012, 1, 9),
)

IMPORTED = (*COVENANTS_2010, LIMBURG, TWO_REGIONS)


@dataclass(frozen=True)
class MadeUpCovenant:
    """A covenant that was drafted here: fiction, and its title says so.

    Without a day of signature it is a draft still.
    """

    number: str
    title: str
    region: str
    counterparty: str
    original_end_on: date
    plan_due_on: date
    drafted_on: date
    signed_on: date | None = None
    funding: FundingInstrument = FundingInstrument.UNKNOWN
    signatory: str = "de korpsbeheerder (voorbeeld)"
    minister_signatory: str = f"{MINISTER} (voorbeeld)"
    advance_cents: int = 100_000_00
    min_hours_per_week: int = 20


DRAFT = MadeUpCovenant(
    number="VPT-2012-VB1",
    title="Vervolgconvenant Groningen (voorbeeld)",
    region="groningen",
    counterparty="korpsbeheerder van de politieregio Groningen (voorbeeld)",
    original_end_on=date(2014, 6, 30),
    plan_due_on=date(2013, 3, 31),
    drafted_on=date(2012, 7, 9),
)
FOLLOW_UP = MadeUpCovenant(
    number="VPT-2012-VB2",
    title="Vervolgconvenant Noord en Oost Gelderland (voorbeeld)",
    region="noord-en-oost-gelderland",
    counterparty="korpsbeheerder van de politieregio Noord en Oost Gelderland (voorbeeld)",
    original_end_on=date(2013, 12, 31),
    plan_due_on=date(2012, 9, 30),
    drafted_on=date(2012, 4, 23),
    signed_on=date(2012, 5, 7),
    funding=FundingInstrument.OWN_RULES,
)
MADE_UP = (DRAFT, FOLLOW_UP)
