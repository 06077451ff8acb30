"""Facts: letters to the House and what was promised to it, in words of our own.

Sources: the letter of March 2012, the letter of December 2017 about the evaluation, and the annex
to the half-yearly report on the police of 2024. What they do not tell is said to be missing.
"""

from dataclasses import dataclass
from datetime import date

from vpt_regio.demo import programme
from vpt_regio.domain.half_year_codes import CommitmentKind
from vpt_regio.services.commitments import CommitmentData
from vpt_regio.services.letter_contents import AnnexData

NOT_IN_SOURCE = "niet in bron"
SPEAKER = "de Voorzitter van de Tweede Kamer der Staten-Generaal"
MINISTER = "minister van Binnenlandse Zaken en Koninkrijksrelaties"
EVALUATION = "Brief van 19 december 2017 over de evaluatie van het programma"
POLICE_ANNEX = "Bijlage 4 bij het Eerste Halfjaarbericht politie 2024"
INFORMATION_POINT = "Centraal Informatiepunt Tweede Kamer"
LOOKED_BACK_ON = date(2012, 7, 9)
"""The day of the demonstration on which what later sources tell was added."""


@dataclass(frozen=True)
class LetterFacts:
    """A letter, and the day on which it was registered."""

    reference: str
    subject: str
    registered_on: date
    source: str
    written_on: date | None = None
    period: str = ""
    unit: str = ""
    sender: str = MINISTER
    co_signatories: tuple[str, ...] = ()
    dossier: str = ""
    number: str = ""
    annexes: tuple[AnnexData, ...] = ()


@dataclass(frozen=True)
class CommitmentFacts:
    """A commitment, when it was recorded, and the references of the letters about it.

    `told` are letters in between with a note; `fulfilled_by` comes with what it brought.
    """

    data: CommitmentData
    recorded_on: date
    told: tuple[tuple[str, str], ...] = ()
    fulfilled_by: str = ""
    outcome: str = ""


# a reference tells letters apart, also where the source prints none
JULY_2011 = f"{NOT_IN_SOURCE} (brief 1)"
NOVEMBER_2011 = f"{NOT_IN_SOURCE} (brief 2)"
MARCH_2012 = f"{NOT_IN_SOURCE} (brief 3)"
DECEMBER_2017 = "2017-0000630023"
POLICE_2024 = f"{NOT_IN_SOURCE} (brief 4)"

LETTERS = (
    LetterFacts(
        reference=JULY_2011,
        subject="Voortzetting en versterking van de aanpak van agressie en geweld, 2011 tot 2015",
        registered_on=date(2011, 7, 11),
        written_on=date(2011, 7, 8),
        co_signatories=("minister van Veiligheid en Justitie",),
        dossier="28684",
        number="325",
        source=f"{programme.LETTER}, noot 1. Kenmerk en bijlagen staan niet in de bron.",
    ),
    LetterFacts(
        reference=NOVEMBER_2011,
        subject="Tussenstand over het staken van de dienstverlening aan agressieve burgers",
        registered_on=date(2011, 11, 23),
        written_on=date(2011, 11, 21),
        sender=NOT_IN_SOURCE,
        source=f"{programme.LETTER}. De noot breekt af: dossier en nummer staan niet in de bron.",
    ),
    LetterFacts(
        reference=MARCH_2012,
        subject="Achtste voortgangsrapportage Veilige Publieke Taak, juni–december 2011",
        registered_on=date(2012, 3, 15),
        written_on=date(2012, 3, 15),
        period="2011-2",
        annexes=(
            AnnexData("Voortgangsrapportage Veilige Publieke Taak, juni–december 2011"),
            AnnexData(
                "Handreiking voor colleges over bewaken en beveiligen bij dreiging tegen"
                " burgemeesters",
                INFORMATION_POINT,
            ),
        ),
        source=f"{programme.LETTER}. Kenmerk, dossier en nummer staan niet in de bron.",
    ),
    LetterFacts(
        reference=DECEMBER_2017,
        subject="Evaluatie Veilige Publieke Taak en hoe de resultaten behouden blijven",
        registered_on=LOOKED_BACK_ON,
        written_on=date(2017, 12, 19),
        unit="DGOO/AO/AV&R",
        annexes=(AnnexData("Evaluatie Programma Veilige Publieke Taak"),),
        source=f"{EVALUATION}. Dossier en nummer staan niet in de bron.",
    ),
    LetterFacts(
        reference=POLICE_2024,
        subject="Eerste Halfjaarbericht politie 2024",
        registered_on=LOOKED_BACK_ON,
        sender="minister van Justitie en Veiligheid",
        co_signatories=(MINISTER, "minister van Sociale Zaken en Werkgelegenheid"),
        annexes=(
            AnnexData(f"Bijlage 1: {NOT_IN_SOURCE}"),
            AnnexData(f"Bijlage 2: {NOT_IN_SOURCE}"),
            AnnexData(f"Bijlage 3: {NOT_IN_SOURCE}"),
            AnnexData("Bijlage 4: uitvoering van moties over agressie tegen publieke werknemers"),
        ),
        source=f"{POLICE_ANNEX}. De brief zelf is {NOT_IN_SOURCE}: dag en nummer ontbreken.",
    ),
)

COMMITMENTS = (
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.MOTION,
            text="Werk aan één juridisch kader waarmee publieke diensten hun dienstverlening mogen"
            " staken als een cliënt intimideert of agressief is.",
            made_on=date(2011, 4, 28),
            meeting="Aangenomen door de Tweede Kamer",
            office=MINISTER,
            submitters="Marcouch (PvdA) en Hennis-Plasschaert (VVD)",
            source="Tweede Kamer, vergaderjaar 2010–2011, 28 684, nr. 314",
            due_words="een dezer dagen (brief van 15 maart 2012)",
            due_on=date(2012, 4, 15),
            progress="Zeven ministeries zoeken samen uit waar staken al kan en wat het in de"
            " praktijk belemmert.",
        ),
        recorded_on=date(2011, 6, 6),
        told=(
            (NOVEMBER_2011, "Tussenstand"),
            (MARCH_2012, "Kondigt een nieuwe brief aan, zonder dag: 15 april is een voorbeeld"),
        ),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="Bestuurders krijgen voorlichting over hoe bewaken en beveiligen werkt buiten het"
            " Rijk.",
            made_on=date(2011, 3, 8),
            meeting="Algemeen Overleg Veilige Publieke Taak van 8 maart 2011",
            office=MINISTER,
            source=programme.LETTER,
        ),
        recorded_on=date(2011, 6, 6),
        fulfilled_by=MARCH_2012,
        outcome="De voorlichting is gegeven, onder andere met een website en presentaties.",
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="De Kamer hoort ieder halfjaar wat er wordt gedaan om agressie en geweld te"
            " verminderen.",
            made_on=date(2011, 7, 8),
            meeting="Toegezegd in de brief zelf",
            office=MINISTER,
            source="Tweede Kamer, vergaderjaar 2010–2011, 28 684, nr. 325",
            due_words="ieder halfjaar; eerstvolgende brief: september 2012",
            due_on=date(2012, 9, 13),
            progress="Deze toezegging loopt door.",
        ),
        recorded_on=date(2011, 7, 11),
        told=((MARCH_2012, "Rapportage over juni tot en met december 2011"),),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.QUESTION,
            text="Hoe staat het met de motie uit 2008 over een verbod om met het openbaar vervoer"
            " te reizen?",
            made_on=date(2011, 11, 22),
            meeting="Algemeen Overleg Veilige Publieke Taak van 22 november 2011",
            office=MINISTER,
            submitters=f"Çörüz (fractie {NOT_IN_SOURCE})",
            source=programme.LETTER,
        ),
        recorded_on=date(2011, 11, 23),
        fulfilled_by=MARCH_2012,
        outcome="De brief geeft de aantallen verboden in Rotterdam en Amsterdam, 2008–2011.",
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="De Kamer krijgt de uitkomsten van de monitor over dreiging tegen bestuurders en"
            " ambtenaren.",
            made_on=date(2012, 3, 15),
            meeting="Aangekondigd in de brief zelf",
            office=MINISTER,
            source=programme.LETTER,
            due_words="september 2012",
            progress="Het onderzoek is in november 2011 begonnen.",
        ),
        recorded_on=date(2012, 3, 16),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="In 2016 komt er opnieuw een onderzoek dat alle monitors naast elkaar legt.",
            made_words="2013",
            office=f"{MINISTER} (ambtsvoorganger)",
            source=f"{EVALUATION}. In welk overleg dit is toegezegd, staat niet in de bron.",
            due_words="2016",
        ),
        recorded_on=LOOKED_BACK_ON,
        fulfilled_by=DECEMBER_2017,
        outcome="De minister ziet de evaluatie, die dertien onderzoeken bundelt, als het antwoord.",
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="De Kamer hoort de uitkomst van een evaluatie van het programma.",
            made_on=date(2016, 6, 1),
            meeting="Algemeen Overleg Veilige Publieke Taak van 1 juni 2016",
            office=f"{MINISTER} (ambtsvoorganger)",
            source=EVALUATION,
        ),
        recorded_on=LOOKED_BACK_ON,
        fulfilled_by=DECEMBER_2017,
        outcome="De evaluatie is als bijlage aan de Kamer gestuurd.",
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.MOTION,
            text="Meld de Kamer hoe bedreiging van ambtenaren wordt aangepakt.",
            made_words=NOT_IN_SOURCE,
            office=MINISTER,
            submitters=NOT_IN_SOURCE,
            source=f"{EVALUATION}. Dag, indieners, dossier en nummer staan niet in de bron.",
        ),
        recorded_on=LOOKED_BACK_ON,
        told=((DECEMBER_2017, "Gaat in op de uitvoering van de motie"),),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.MOTION,
            text="Richt een samenwerkingsverband op van werkgevers en werknemers in beroepen die"
            " onder druk staan.",
            made_on=date(2023, 6, 30),
            office="minister van Justitie en Veiligheid",
            submitters=f"Van der Werf (fractie {NOT_IN_SOURCE})",
            source="Kamerstukken II 2022/23, 36360-VI, nr. 19 (de bron schrijft één keer 2023/24)",
        ),
        recorded_on=LOOKED_BACK_ON,
        told=((POLICE_2024, "Gaat in op de uitvoering van de motie"),),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.MOTION,
            text="Geef meer aandacht aan de veiligheid van mensen met een publieke taak, en doe"
            " daar onderzoek naar.",
            made_words=NOT_IN_SOURCE,
            office="minister van Justitie en Veiligheid",
            submitters=f"Sneller en Mutluer (fracties {NOT_IN_SOURCE})",
            source="Kamerstukken II 2023/24, 36410-VI, nr. 50",
        ),
        recorded_on=LOOKED_BACK_ON,
        told=((POLICE_2024, "Gaat in op de uitvoering van de motie"),),
    ),
    CommitmentFacts(
        CommitmentData(
            kind=CommitmentKind.PROMISE,
            text="De Kamer krijgt een reactie op het onderzoek naar eisen en straffen bij geweld"
            " tegen mensen met een publieke taak.",
            made_words="2024",
            office="minister van Justitie en Veiligheid",
            source=POLICE_ANNEX,
            due_words="na de zomer (van 2024)",
        ),
        recorded_on=LOOKED_BACK_ON,
    ),
)
