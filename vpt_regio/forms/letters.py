"""Forms for letters to the House: what they are, and under which number they were published."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText, Text
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.services.letter_contents import AnnexData

ANNEX_LIMIT = 10_000


class Offices(LongText):
    """Offices, one a line; a record keeps them as a list."""

    def process_data(self, value: Any) -> None:
        self.data = value if isinstance(value, str) else "\n".join(value or [])


class Annexes(LongText):
    """Annexes, one a line, with where each can be read when it is not public."""

    def process_data(self, value: Any) -> None:
        rows = [] if value is None or isinstance(value, str) else value
        self.data = "\n".join(AnnexData(row.title, row.inspection_at).line() for row in rows)


class LetterFilterForm(FilterForm):
    """Which letters to list."""

    zoek = Text(_l("Onderwerp, kenmerk, dossier of nummer"), [Optional(), Length(max=100)])


class LetterForm(AppForm):
    """What a letter is, until it is published."""

    reference = Text(_l("Kenmerk"), [DataRequired(_l("Vul het kenmerk van de brief in."))])
    subject = Text(_l("Betreft"), [DataRequired(_l("Vul in waar de brief over gaat."))])
    period_id = SelectField(
        _l("Gaat over halfjaar"),
        [Optional()],
        coerce=chosen_id,
        description=_l("De brief noemt dan de nieuwste versie van dit halfjaar."),
    )
    written_on = DayField(_l("Datum van de brief"), [Optional()])
    received_on = DayField(_l("Ontvangen door de Kamer op"), [Optional()])
    sender = Text(
        _l("Afzender"), [Optional()], description=_l("Het ambt, niet de naam van een persoon.")
    )
    co_signatories = Offices(
        _l("Mede namens"), [Optional(), Length(max=2000)], description=_l("Eén ambt per regel.")
    )
    unit = Text(_l("Onderdeel"), [Optional()])
    addressee = Text(_l("Aan"), [Optional()])
    annexes = Annexes(
        _l("Bijlagen"),
        [Optional(), Length(max=ANNEX_LIMIT)],
        description=_l(
            "Eén bijlage per regel. Is een bijlage niet openbaar? Zet er dan achter waar zij ligt,"
            " bijvoorbeeld: Handreiking | ter inzage: Centraal Informatiepunt."
        ),
    )
    source = Text(
        _l("Bron"),
        [Optional()],
        description=_l("Alleen voor een brief van vroeger: waar staat dat de brief er was?"),
    )


class NewLetterForm(LetterForm):
    """A letter that may have been published already."""

    dossier = Text(_l("Dossier"), [Optional()], description=_l("Bijvoorbeeld 28 684."))
    number = Text(
        _l("Nummer"),
        [Optional()],
        description=_l("Is de brief nog niet gepubliceerd? Laat dossier en nummer dan leeg."),
    )


class PublicationForm(AppForm):
    """Under which number a letter was published."""

    dossier = Text(
        _l("Dossier"),
        [DataRequired(_l("Vul het dossier in."))],
        description=_l("Bijvoorbeeld 28 684 of 36 410 VI."),
    )
    number = Text(
        _l("Nummer"),
        [DataRequired(_l("Vul het nummer in."))],
        description=_l("Het nummer binnen het dossier, bijvoorbeeld 325."),
    )
    received_on = DayField(
        _l("Ontvangen door de Kamer op"),
        [Optional()],
        description=_l("Uit deze dag volgt het vergaderjaar. Anders telt de datum van de brief."),
    )


class CorrectionForm(AppForm):
    """Why a number was wrong."""

    reason = Text(
        _l("Wat klopt er niet?"), [DataRequired(_l("Vul in wat er niet klopt.")), Length(max=500)]
    )
