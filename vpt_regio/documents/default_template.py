"""The templates that come along: a plain letter on A4 for each kind of decision.

A kind is named by its code; decisions on plans and covenants share one letter.
"""

from functools import cache

from vpt_regio.documents.fields import Field
from vpt_regio.documents.letter_parts import block, inline, letter_of, paragraph, run, table
from vpt_regio.documents.subsidy_templates import BODIES

NAME = "standaardbrief.docx"


def default_template(kind: str = "") -> bytes:
    """Return the document; its fields hold their own labels until a letter is made."""
    return _made(kind if kind in BODIES else "")


@cache
def _made(kind: str) -> bytes:
    return letter_of(BODIES[kind]() if kind else _of_plan())


def _of_plan() -> str:
    rows = (
        ("Datum", Field.DATE),
        ("Kenmerk", Field.REFERENCE),
        ("Regio", Field.REGION),
        ("Gaat over", Field.VERSION),
        ("Bedrag", Field.AMOUNT),
    )
    return "".join(
        (
            paragraph(inline(Field.PROGRAMME), style="Letterhead"),
            block(Field.ADDRESSEE, style="Close"),
            paragraph(""),
            table([(run(label), inline(field)) for label, field in rows]),
            paragraph(inline(Field.KIND), style="Title"),
            block(Field.TEXT),
            block(Field.SUFFICIENCY),
            block(Field.REMARKS),
            block(Field.OBJECTION),
            paragraph(""),
            block(Field.ON_BEHALF_OF, style="Close"),
            paragraph("", style="Close"),
            block(Field.SIGNER, style="Close"),
            block(Field.AUTHORITY, style="Close"),
        )
    )
