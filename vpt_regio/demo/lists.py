"""Facts: the lists of the programme in later years. They do not hold on the demonstration's day."""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo.programme import Entry

# the kinds of lists as `queries.lists` names them
MEASURES_LIST = "maatregelen"
POLICY_LINES_LIST = "hoofdlijnen"


@dataclass(frozen=True)
class LaterVersion:
    """A next version of a list: what goes on in other words, and what goes up in something new.

    `renamed` is by code; `merged` gives, by the code of an old entry, that of the new one.
    """

    list_name: str
    list_version: str
    starts_on: date
    source: str
    renamed: tuple[Entry, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    added: tuple[Entry, ...] = ()


VNG_2015 = LaterVersion(
    list_name=MEASURES_LIST,
    list_version="vng-2015",
    starts_on=date(2015, 1, 1),
    source=(
        "Focusblad van de VNG voor gemeenten, 2015. De dag staat niet in de bron: als werkdatum"
        " geldt 1 januari 2015."
    ),
    renamed=(
        Entry("M1", "Anderen buiten de organisatie vertellen wat de norm is", "Norm uitdragen"),
        Entry("M2", "Medewerkers aansporen om voorvallen te melden", "Melden"),
        Entry("M3", "Alle voorvallen vastleggen", "Registreren"),
        Entry("M4", "Medewerkers leren hoe zij met agressie en geweld omgaan", "Trainen"),
        Entry("M5", "De dader binnen 48 uur een reactie geven", "Reageren binnen 48 uur"),
        Entry("M6", "Naar de politie gaan voor een aangifte", "Aangifte"),
        Entry("M7", "De schade terugvragen", "Schadeverhaal"),
        Entry("M8", "Slachtoffers opvangen en van het voorval leren", "Nazorg en evaluatie"),
    ),
)

EVALUATION_LETTER = "Brief aan de Tweede Kamer van 19 december 2017, met de evaluatie"

LINES_2017 = LaterVersion(
    list_name=POLICY_LINES_LIST,
    list_version="2017",
    starts_on=date(2017, 12, 19),
    source=(
        f"{EVALUATION_LETTER}. Vanaf wanneer het programma deze drie hoofdlijnen had, staat niet in"
        " de bron: als werkdatum geldt de datum van de brief. Welke lijn van 2011 in welke lijn"
        " opgaat, is een aanname."
    ),
    merged=(("L1", "H2"), ("L2", "H1"), ("L3", "H3"), ("L4", "H1")),
    added=(
        Entry("H1", "Gemeenten, werkgevers en medewerkers helpen bij hun eigen aanpak"),
        Entry("H2", "Voorkomen verder uitbouwen, kennis delen en samenwerken"),
        Entry("H3", "Daders aanpakken volgens de landelijke afspraken"),
    ),
)

LATER_VERSIONS = (VNG_2015, LINES_2017)
