"""Fiction: a contract of five partners with everything that can happen to its values."""

from datetime import date

from vpt_regio.demo import indicators
from vpt_regio.demo.people import SECOND_MANAGER
from vpt_regio.demo.results import (
    Change,
    ContractStory,
    Measured,
    Promise,
    Reference,
    Signature,
    purpose_of,
    share,
    signed,
    value,
)
from vpt_regio.domain.indicator_codes import Qualifier

LEADER = "projectleider.noord-en-oost-gelderland@vpt.example"
TITLE = "Veilig werken in Noord en Oost Gelderland 2011–2012 (voorbeeld)"
BEFORE = date(2011, 5, 31)
END_2011, HALF_2012, END_2012 = date(2011, 12, 31), date(2012, 6, 30), date(2012, 12, 31)
FOR_REPORT_2011, FOR_REPORT_2012 = date(2012, 1, 10), date(2012, 7, 4)
AFTER_LETTER = date(2012, 4, 10)
"""The letter on the second half of 2011 had been sent by then."""

LOWERED_REASON = (
    "Voorbeeld: een deel van de werkgevers hoort pas na twee dagen wie de dader is. De partijen"
    " kozen een doel dat wel haalbaar is."
)
NOT_COUNTED = "Voorbeeld: politie en werkgevers telden strafbare voorvallen nog verschillend."
NO_DAYS = (
    "Voorbeeld: het nieuwe systeem van het ziekenhuis legde de dag van de reactie nog niet vast."
)

PROMISES = (
    Promise(
        type_code="reactie",
        indicator=indicators.REACTION,
        statement="Voorbeeld: elke werkgever laat de dader binnen 48 uur weten dat dit gedrag niet"
        " kan en wat er nu gebeurt.",
        responsible="Ziekenhuis",
        baseline=Reference(share(24, 60), BEFORE),
        target=Reference(value(90), END_2012),
        activities=("respond",),
        changes=(
            Change(
                date(2012, 4, 2),
                Reference(value(75), END_2012),
                LOWERED_REASON,
                "Verslag van het partneroverleg van 29 maart 2012 (voorbeeld)",
            ),
        ),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, share(41, 78)),
            Measured(
                date(2012, 1, 16),
                END_2011,
                share(44, 78),
                reason="Voorbeeld: het vervoerbedrijf was drie reacties vergeten op te geven.",
            ),
            Measured(FOR_REPORT_2012, HALF_2012, share(63, 95)),
        ),
    ),
    Promise(
        type_code="melden",
        indicator=indicators.REPORTED,
        statement="Voorbeeld: medewerkers melden meer voorvallen, omdat de werkgever laat zien wat"
        " hij met een melding doet.",
        responsible="Vervoerbedrijf",
        baseline=Reference(value(180), BEFORE),
        target=Reference(value(260), END_2012),
        activities=("report",),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, value(212)),
            Measured(
                FOR_REPORT_2012,
                HALF_2012,
                value(240),
                Qualifier.CIRCA,
                note="Voorbeeld: één werkgever gaf een schatting door.",
            ),
        ),
    ),
    Promise(
        type_code="aangifte",
        indicator=indicators.POLICE,
        statement="Voorbeeld: na een strafbaar voorval volgt vaker een aangifte; de politie en het"
        " Openbaar Ministerie vertellen hoe het verder gaat.",
        responsible="Politie",
        baseline=Reference(share(30, 75), BEFORE),
        target=Reference(value(60), END_2012),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, note=NOT_COUNTED),
            Measured(
                AFTER_LETTER,
                END_2011,
                share(29, 58),
                reason="Voorbeeld: de politie kon het aantal alsnog geven, na de brief.",
            ),
            Measured(FOR_REPORT_2012, HALF_2012, share(41, 74)),
        ),
    ),
    Promise(
        type_code="reactie",
        indicator=indicators.DAYS,
        statement="Voorbeeld: de dader hoort steeds eerder iets van de werkgever.",
        responsible="Ziekenhuis",
        baseline=Reference(value(6), BEFORE),
        target=Reference(value(2), END_2012),
        activities=("respond",),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, value("3.5")),
            Measured(FOR_REPORT_2012, HALF_2012, note=NO_DAYS),
        ),
    ),
    Promise(
        type_code="norm",
        indicator=indicators.NORM,
        statement="Voorbeeld: alle partijen stellen dezelfde norm vast en maken die zichtbaar.",
        responsible="Ambulancedienst",
        baseline=Reference(value(0), BEFORE),
        target=Reference(value(1), HALF_2012),
        activities=("norm",),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, value(0)),
            Measured(FOR_REPORT_2012, HALF_2012, value(1)),
        ),
    ),
    Promise(
        type_code="",
        free_type="Samen oefenen (voorbeeld)",
        indicator=indicators.TRAINED,
        statement="Voorbeeld: leidinggevenden van alle partijen oefenen samen met acteurs.",
        responsible="Openbaar Ministerie",
        target=Reference(value(40), END_2012),
        activities=("train",),
        measured=(
            Measured(FOR_REPORT_2011, END_2011, value(12)),
            Measured(FOR_REPORT_2012, HALF_2012, value(27)),
        ),
    ),
)

GELDERLAND = ContractStory(
    region="noord-en-oost-gelderland",
    title=TITLE,
    purpose=purpose_of("Noord en Oost Gelderland"),
    author=LEADER,
    covenant="VPT-2010-3",
    parties=("Politie", "Openbaar Ministerie", "Ziekenhuis", "Vervoerbedrijf", "Ambulancedienst"),
    starts_on=date(2011, 10, 1),
    ends_on=END_2012,
    drafted_on=date(2011, 8, 22),
    promises=PROMISES,
    offered_on=date(2011, 9, 1),
    signatures=(
        *signed(
            LEADER,
            ("Politie", date(2011, 9, 5)),
            ("Openbaar Ministerie", date(2011, 9, 8)),
            ("Ziekenhuis", date(2011, 9, 13)),
            ("Vervoerbedrijf", date(2011, 9, 20)),
        ),
        Signature("Ambulancedienst", date(2011, 9, 26), SECOND_MANAGER),
    ),
)
