"""The fields of a letter: the tags of the content controls in a template."""

from enum import StrEnum

from vpt_regio.domain.text import N_


class Field(StrEnum):
    """A tag; the label says what is written in its place."""

    REFERENCE = "kenmerk"
    DATE = "datum"
    PROGRAMME = "programma"
    REGION = "regio"
    ADDRESSEE = "geadresseerde"
    KIND = "besluit"
    VERSION = "versie"
    TEXT = "tekst"
    AMOUNT = "bedrag"
    SUFFICIENCY = "toereikendheid"
    REMARKS = "opmerkingen"
    OBJECTION = "bezwaar"
    ON_BEHALF_OF = "namens"
    AUTHORITY = "bevoegdheid"
    SIGNER = "ondertekenaar"
    APPLICANT = "aanvrager"
    PLACE = "plaats"
    TITLE = "onderwerp"
    ROUND = "ronde"
    LEGAL_BASIS = "grondslag"
    RECEIVED = "ontvangen"
    REQUESTED = "gevraagd"
    GRANTED = "toegekend"
    LINES = "onderdelen"
    GROUND = "grond"
    INSTALMENTS = "termijnen"
    ARRANGEMENT = "arrangement"
    DUTIES = "verplichtingen"
    LAST_DAY = "laatste_dag"
    REQUEST_DUE = "vaststelling"
    SETTLED = "vastgesteld"
    PAID = "betaald"
    BALANCE = "saldo"


FIELD_LABELS: dict[Field, str] = {
    Field.REFERENCE: N_("Kenmerk van het besluit"),
    Field.DATE: N_("Datum van het besluit, voluit"),
    Field.PROGRAMME: N_("Naam van het programma"),
    Field.REGION: N_("Naam van de regio"),
    Field.ADDRESSEE: N_("Aan wie de brief gaat"),
    Field.KIND: N_("Soort besluit"),
    Field.VERSION: N_("Versie van het plan, of nummer van het convenant"),
    Field.TEXT: N_("Tekst van het besluit"),
    Field.AMOUNT: N_("Bedrag waarover is besloten"),
    Field.SUFFICIENCY: N_("Uitkomst van de toets op toereikendheid"),
    Field.REMARKS: N_("Opmerkingen die de regio nog kan meenemen"),
    Field.OBJECTION: N_("Mogelijkheid en termijn van bezwaar"),
    Field.ON_BEHALF_OF: N_("Namens wie is besloten"),
    Field.AUTHORITY: N_("Bevoegdheid: het mandaat, en wie is waargenomen"),
    Field.SIGNER: N_("Naam van wie heeft besloten"),
    Field.APPLICANT: N_("Subsidie: de organisatie"),
    Field.PLACE: N_("Subsidie: de plaats van de organisatie"),
    Field.TITLE: N_("Subsidie: waarvoor"),
    Field.ROUND: N_("Subsidie: naam van de ronde"),
    Field.LEGAL_BASIS: N_("Subsidie: de regels waarop het besluit steunt"),
    Field.RECEIVED: N_("Subsidie: dag waarop de aanvraag is ontvangen"),
    Field.REQUESTED: N_("Subsidie: gevraagd bedrag"),
    Field.GRANTED: N_("Subsidie: toegekend bedrag"),
    Field.LINES: N_("Subsidie: elk onderdeel met het bedrag, en waarom het minder is"),
    Field.GROUND: N_("Subsidie: grond van een afwijzing, lagere vaststelling of intrekking"),
    Field.INSTALMENTS: N_("Subsidie: wanneer wordt betaald"),
    Field.ARRANGEMENT: N_("Subsidie: welk arrangement geldt"),
    Field.DUTIES: N_("Subsidie: wat de ontvanger moet doen en verantwoorden"),
    Field.LAST_DAY: N_("Subsidie: laatste dag van de activiteiten"),
    Field.REQUEST_DUE: N_("Subsidie: hoe en wanneer die wordt vastgesteld"),
    Field.SETTLED: N_("Subsidie: vastgesteld bedrag"),
    Field.PAID: N_("Subsidie: wat op de dag van het besluit was betaald"),
    Field.BALANCE: N_("Subsidie: wat nog wordt betaald of moet worden terugbetaald"),
}

REQUIRED = (
    Field.REFERENCE,
    Field.DATE,
    Field.ADDRESSEE,
    Field.KIND,
    Field.TEXT,
    Field.OBJECTION,
    Field.SIGNER,
)
"""What no letter can do without."""
