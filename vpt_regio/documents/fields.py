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
