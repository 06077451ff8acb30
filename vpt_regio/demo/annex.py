"""The texts of the annex of 2011-2: facts of the letter in other words, and fiction of regions.

Source: the letter of 15 March 2012 with the eighth progress report.
"""

from datetime import date

PERIOD = "2011-2"
STARTED_ON = date(2012, 2, 3)
WRITTEN_ON = date(2012, 2, 6)
AGREED_ON = date(2012, 2, 7)

NEXT_PERIOD = "2012-1"
NEXT_STARTED_ON = date(2012, 7, 13)
NEXT_AGREED_ON = date(2012, 7, 13)
NEXT_CHANGED_ON = date(2012, 7, 16)
NEXT_REGION = "groningen"
NEXT_CHANGE = (
    "Voorbeeldtekst. De partners kwamen drie keer bij elkaar. Meer werkgevers leggen voorvallen"
    " vast en weten bij wie zij terechtkunnen.\n\n"
    "Voorbeeldtekst. Volgend halfjaar helpen de partners elkaar met trainingen. Zij spreken af"
    " binnen hoeveel dagen de dader iets van de werkgever hoort."
)

INTRODUCTION = (
    "De aanpak van agressie en geweld tegen mensen met een publieke taak heeft vier hoofdlijnen."
    " Per hoofdlijn staat hieronder wat de regio's deden. Daarna volgen de regio's zelf, de"
    " pilots, de cijfers en wat andere ministeries deden."
)
POLICY_LINES = {
    "L1": (
        "In september 2011 begon een project over het voorkomen van agressie. De visie daarvan is"
        " af. Het expertisecentrum maakt er een handreiking voor werkgevers van. In het"
        " uitgaansgebied van Groningen is uitgeprobeerd welke prikkels mensen rustig houden."
    ),
    "L2": (
        "Eind december 2011 begon een campagne van SIRE over respect voor hulpverleners. Het"
        " programma dacht mee over de opzet. De nieuwsbrief en de sociale media van het programma"
        " bereiken steeds meer mensen."
    ),
    "L3": (
        "In alle politiekorpsen zijn mensen aangewezen die letten op de landelijke afspraken over"
        " opsporing en vervolging. Voor werkgevers en werknemers kwamen er korte uitlegbladen over"
        " aangifte en over het verhalen van schade."
    ),
    "L4": (
        "Sinds november 2011 is er een expertisecentrum waar werkgevers met vragen terechtkunnen."
        " Vier grote landelijke werkgevers kregen voor korte tijd subsidie om hun aanpak sterker te"
        " maken."
    ),
}
DEPARTMENTS = (
    (
        "Ministerie van Sociale Zaken en Werkgelegenheid",
        "Het ministerie hield in het najaar van 2011 een conferentie over psychische klachten na"
        " schokkend werk. De inspectie bezocht in 2011 onder meer politie, gevangenissen, brandweer"
        " en zorg. Melden, registreren en evalueren kan daar nog beter.",
    ),
    (
        "Ministerie van Onderwijs, Cultuur en Wetenschap",
        "In september 2011 ging een forum open waarop scholen kennis over veiligheid delen. In drie"
        " maanden werden meer dan 320 mensen lid. Er ligt een wetsvoorstel om voorvallen op school"
        " te registreren.",
    ),
    (
        "Ministerie van Veiligheid en Justitie",
        "Elk politiekorps heeft iemand in de leiding die over geweld tegen agenten gaat, en iemand"
        " die helpt schade te verhalen. Met een actieprogramma werkt de politie aan de weerbaarheid"
        " van agenten.",
    ),
    (
        "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        "Binnen het Rijk volgen achttien onderdelen de acht maatregelen van het programma. In 2011"
        " begonnen tien onderdelen met registreren in één systeem. Politieke ambtsdragers kregen"
        " een stappenplan.",
    ),
    (
        "Ministerie van Economische Zaken, Landbouw en Innovatie",
        "De Voedsel- en Warenautoriteit schreef een eigen aanpak, met een protocol voor na een"
        " voorval. In 2011 zijn daar ongeveer 40 voorvallen gemeld.",
    ),
    (
        "Ministerie van Volksgezondheid, Welzijn en Sport",
        "Voor de zorg komt er een actieplan voor veilig werken. Daarvoor is van 2012 tot en met"
        " 2015 elk jaar € 1,5 miljoen beschikbaar.",
    ),
    (
        "Ministerie van Financiën",
        "De Belastingdienst ging over op één landelijke aanpak, met bijeenkomsten voor leiding en"
        " medewerkers. In december 2011 registreerden medewerkers meer voorvallen dan daarvoor.",
    ),
)
