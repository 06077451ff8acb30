"""Forms for commitments to the House: what they say, and the letters that answer them."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.half_year_codes import CommitmentKind
from vpt_regio.forms.base import AppForm, DayField, LongText, Text
from vpt_regio.forms.people import FilterForm, chosen_id

TEXT_LIMIT = 10_000
NOTE_LIMIT = 500


class CommitmentFilterForm(FilterForm):
    """Which commitments to list."""

    soort = SelectField(_l("Soort"), [Optional()])
    status = SelectField(_l("Status"), [Optional()])
    zoek = Text(_l("Zoek in de tekst en de vindplaats"), [Optional(), Length(max=100)])


class CommitmentForm(AppForm):
    """What was promised or asked; a moment is a day, words, or both."""

    kind = SelectField(_l("Soort"), [InputRequired(_l("Maak een keuze."))], coerce=CommitmentKind)
    text = LongText(
        _l("Omschrijving"),
        [DataRequired(_l("Vul in wat er is toegezegd of gevraagd.")), Length(max=TEXT_LIMIT)],
        description=_l("Wat wil de Kamer krijgen of weten?"),
    )
    made_on = DayField(_l("Gedaan op"), [Optional()])
    made_words = Text(
        _l("Gedaan, in woorden"),
        [Optional()],
        description=_l("Als de dag niet bekend is, bijvoorbeeld: voorjaar 2011."),
    )
    meeting = Text(
        _l("Overleg of brief"),
        [Optional()],
        description=_l("Waar het is gezegd, bijvoorbeeld: Algemeen Overleg van 8 maart 2011."),
    )
    office = Text(
        _l("Door wie"), [Optional()], description=_l("Het ambt, niet de naam van een persoon.")
    )
    submitters = Text(
        _l("Indieners of vragensteller"),
        [Optional()],
        description=_l("Bij een motie of een vraag: de leden, met hun fractie."),
    )
    source = Text(_l("Vindplaats"), [Optional()], description=_l("Bijvoorbeeld dossier en nummer."))
    due_on = DayField(
        _l("Uiterlijk op"),
        [Optional()],
        description=_l("Na deze dag staat de toezegging te boek als over de termijn."),
    )
    due_words = Text(
        _l("Termijn, in woorden"),
        [Optional()],
        description=_l(
            "Zoals het is gezegd, bijvoorbeeld: september 2012 of na de zomer. Als de woorden een"
            " maand of jaar noemen, telt de laatste dag daarvan."
        ),
    )
    progress = LongText(_l("Stand van zaken"), [Optional(), Length(max=TEXT_LIMIT)])


class InterimLetterForm(AppForm):
    """A letter that tells how a commitment stands."""

    letter = SelectField(_l("Brief"), [InputRequired(_l("Kies een brief."))], coerce=chosen_id)
    note = Text(_l("Wat staat er in de brief?"), [Optional(), Length(max=NOTE_LIMIT)])


class PartForm(AppForm):
    """A letter that answers a part."""

    letter = SelectField(_l("Brief"), [InputRequired(_l("Kies een brief."))], coerce=chosen_id)
    note = Text(
        _l("Wat is afgedaan, en wat nog niet?"),
        [DataRequired(_l("Vul in wat is afgedaan en wat nog niet.")), Length(max=NOTE_LIMIT)],
    )


class FulfilForm(AppForm):
    """The letter that answers, and what came of it."""

    letter = SelectField(_l("Brief"), [InputRequired(_l("Kies een brief."))], coerce=chosen_id)
    outcome = LongText(_l("Uitkomst"), [Optional(), Length(max=TEXT_LIMIT)])


class LapseForm(AppForm):
    """Why nothing has to be done any more."""

    note = LongText(
        _l("Waarom vervalt dit?"),
        [DataRequired(_l("Vul in waarom dit vervalt.")), Length(max=TEXT_LIMIT)],
    )
