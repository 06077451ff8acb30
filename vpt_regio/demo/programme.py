"""Facts: the programme, its measures, policy lines and sectors, and its half-years."""

from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.enums import OrganisationKind

LETTER = "Brief aan de Tweede Kamer van 15 maart 2012, met de achtste voortgangsrapportage"
LIMBURG_COVENANT = "Convenant met de provincie Limburg, 2012"

GO_LIVE = date(2011, 6, 1)
"""The day on which the demonstration begins to be kept; what is older is taken over from papers."""

CODE = "vpt"
NAME = "Veilige Publieke Taak"
MINISTRY = "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties"
MINISTER = "de minister van Binnenlandse Zaken en Koninkrijksrelaties"
# the sources differ: each keeps its own words
STARTED = "2007 (brief van 15 maart 2012); 2006 (brief van 19 december 2017)"
ENDED = "2016 (brief van 19 december 2017)"


@dataclass(frozen=True)
class Entry:
    """An entry of a list; `short_name` heads a column in the workbook."""

    code: str
    name: str
    short_name: str = ""


MEASURES_VERSION = "convenant-2012"
MEASURES = (
    Entry("M1", "Laten zien welk gedrag de organisatie accepteert", "Norm uitdragen"),
    Entry("M2", "Zorgen dat medewerkers elk voorval bij hun werkgever melden", "Melden"),
    Entry("M3", "Elk voorval vastleggen", "Registreren"),
    Entry("M4", "Medewerkers leren hoe zij agressie en geweld voorkomen", "Trainen"),
    Entry("M5", "Binnen 48 uur iets laten horen aan de dader", "Reageren binnen 48 uur"),
    Entry("M6", "Naar de politie als een medewerker slachtoffer is van een misdrijf", "Aangifte"),
    Entry("M7", "De dader laten betalen voor de schade", "Schadeverhaal"),
    Entry("M8", "Medewerkers die slachtoffer zijn goed opvangen", "Nazorg"),
)

POLICY_LINES_VERSION = "2011"
POLICY_LINES = (
    Entry("L1", "Agressie en geweld voorkomen"),
    Entry("L2", "Grenzen stellen"),
    Entry("L3", "Daders aanpakken"),
    Entry("L4", "Werkgevers en werknemers ondersteunen"),
)

SECTORS_VERSION = "2011"
SECTORS = (
    Entry("ov", "Openbaar vervoer"),
    Entry("zh", "Ziekenhuizen"),
    Entry("az", "Ambulancezorg"),
    Entry("bw", "Brandweer"),
    Entry("jz", "Jeugdzorg"),
    Entry("ww", "Welzijnswerk"),
)


AGREEMENT_TYPES_VERSION = "2011"
AGREEMENT_TYPES_SOURCE = (
    f"{LETTER}: norm, reactie, melden en aangifte. De andere soorten volgen de acht maatregelen van"
    " werkgevers; de lijst in de bron is niet volledig."
)
AGREEMENT_TYPES = (
    Entry("norm", "Norm stellen"),
    Entry("reactie", "Reactie van de werkgever binnen 48 uur"),
    Entry("melden", "Bereidheid van medewerkers om te melden"),
    Entry("aangifte", "Bereidheid om aangifte te doen"),
    Entry("registreren", "Voorvallen vastleggen"),
    Entry("schade", "Schade verhalen"),
    Entry("nazorg", "Nazorg voor slachtoffers"),
    Entry("training", "Training van medewerkers"),
)


@dataclass(frozen=True)
class Kind:
    """A kind of partner that every region of the demonstration has; `sector` is a code."""

    name: str
    kind: OrganisationKind
    sector: str | None = None


# Source: the letter names police, public prosecution, and employers in these sectors
PARTNER_KINDS = (
    Kind("Politie", OrganisationKind.POLICE),
    Kind("Openbaar Ministerie", OrganisationKind.PUBLIC_PROSECUTION),
    Kind("Vervoerbedrijf", OrganisationKind.EMPLOYER, "ov"),
    Kind("Ziekenhuis", OrganisationKind.EMPLOYER, "zh"),
    Kind("Ambulancedienst", OrganisationKind.EMPLOYER, "az"),
    Kind("Brandweer", OrganisationKind.SAFETY_REGION, "bw"),
    Kind("Jeugdzorg", OrganisationKind.EMPLOYER, "jz"),
    Kind("Welzijnswerk", OrganisationKind.EMPLOYER, "ww"),
)


@dataclass(frozen=True)
class Period:
    """A half-year and the days on which its steps were taken; None when still to come."""

    code: str
    name: str
    sequence_no: int
    starts_on: date
    ends_on: date
    letter_on: date
    collected_on: date
    closed_on: date | None = None


PERIODS = (
    # Source: the letter; its seven months and its number are the ones of the eighth report
    Period(
        code="2011-2",
        name="juni–december 2011",
        sequence_no=8,
        starts_on=date(2011, 6, 1),
        ends_on=date(2011, 12, 31),
        letter_on=date(2012, 3, 15),
        collected_on=date(2012, 1, 5),
        closed_on=date(2012, 4, 2),
    ),
    # the date of the letter is chosen: regions submit on 19 July, three days after today
    Period(
        code="2012-1",
        name="januari–juni 2012",
        sequence_no=9,
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 6, 30),
        letter_on=date(2012, 9, 13),
        collected_on=date(2012, 7, 5),
    ),
)
