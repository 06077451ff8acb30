"""The letters that come along for decisions on subsidies: one for each kind, in plain Dutch."""

from collections.abc import Callable

from vpt_regio.documents.fields import Field
from vpt_regio.documents.letter_parts import block, inline, paragraph, run, table

Row = tuple[str, Field]

ABOUT: tuple[Row, ...] = (
    ("Datum", Field.DATE),
    ("Kenmerk", Field.REFERENCE),
    ("Onderwerp", Field.TITLE),
)
ASKED: tuple[Row, ...] = (
    ("Uw aanvraag van", Field.RECEIVED),
    ("Ronde", Field.ROUND),
    ("U vroeg", Field.REQUESTED),
)


def _granted() -> str:
    return _letter(
        (*ABOUT, *ASKED, ("U krijgt", Field.GRANTED)),
        paragraph(run("U hebt subsidie aangevraagd. In deze brief leest u wat ik heb besloten.")),
        _heading("Besluit"),
        block(Field.TEXT),
        _heading("Waarvoor u het geld krijgt"),
        block(Field.LINES),
        _heading("Wanneer u het geld krijgt"),
        block(Field.INSTALMENTS),
        _heading("Wat u moet doen"),
        paragraph(
            run("Voer de activiteiten uit zoals u die in uw aanvraag hebt beschreven. De laatste")
            + run(" dag van de activiteiten is: ")
            + inline(Field.LAST_DAY)
            + run(".")
        ),
        block(Field.DUTIES),
        block(Field.ARRANGEMENT),
        _heading("Hoe de subsidie wordt vastgesteld"),
        block(Field.REQUEST_DUE),
        _based_on(),
    )


def _rejected() -> str:
    return _letter(
        (*ABOUT, *ASKED),
        paragraph(run("U hebt subsidie aangevraagd. In deze brief leest u wat ik heb besloten.")),
        _heading("Besluit"),
        block(Field.TEXT),
        _heading("De grond van het besluit"),
        block(Field.GROUND),
        _based_on(),
    )


def _settled() -> str:
    return _letter(
        (
            *ABOUT,
            ("U kreeg toegekend", Field.GRANTED),
            ("Vastgesteld bedrag", Field.SETTLED),
            ("Al betaald", Field.PAID),
        ),
        paragraph(run("In deze brief leest u op welk bedrag ik uw subsidie heb vastgesteld.")),
        _heading("Besluit"),
        block(Field.TEXT),
        block(Field.GROUND),
        _heading("Wat dit betekent voor het geld"),
        block(Field.BALANCE),
        _based_on(),
    )


def _revoked() -> str:
    return _letter(
        (*ABOUT, ("U kreeg toegekend", Field.GRANTED), ("Al betaald", Field.PAID)),
        paragraph(run("In deze brief leest u dat en waarom ik uw subsidie intrek.")),
        _heading("Besluit"),
        block(Field.TEXT),
        _heading("De grond van het besluit"),
        block(Field.GROUND),
        _heading("Wat dit betekent voor het geld"),
        block(Field.BALANCE),
        _based_on(),
    )


BODIES: dict[str, Callable[[], str]] = {
    "subsidy_granted": _granted,
    "subsidy_partially_granted": _granted,
    "subsidy_rejected": _rejected,
    "subsidy_settled": _settled,
    "subsidy_revoked": _revoked,
}


def _letter(rows: tuple[Row, ...], *content: str) -> str:
    """Return a letter from the letterhead to the name of who decided."""
    return "".join(
        (
            paragraph(inline(Field.PROGRAMME), style="Letterhead"),
            block(Field.ADDRESSEE, style="Close"),
            paragraph(""),
            table([(run(label), inline(field)) for label, field in rows]),
            paragraph(inline(Field.KIND), style="Title"),
            paragraph(run("Geachte heer of mevrouw,")),
            *content,
            _heading("Bezwaar"),
            block(Field.OBJECTION),
            paragraph(run("Met vriendelijke groet,")),
            block(Field.ON_BEHALF_OF, style="Close"),
            paragraph("", style="Close"),
            block(Field.SIGNER, style="Close"),
            block(Field.AUTHORITY, style="Close"),
        )
    )


def _heading(text: str) -> str:
    return paragraph(run(text), style="Heading1")


def _based_on() -> str:
    return _heading("Waar dit besluit op steunt") + block(Field.LEGAL_BASIS)
