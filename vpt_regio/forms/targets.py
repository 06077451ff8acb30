"""The form of a programme target."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.indicator_codes import CHANGE_KIND_LABELS, DIRECTION_LABELS
from vpt_regio.forms.base import AppForm, DayField, LongText, NumberField, Text

TEXT_LIMIT = 2_000


class TargetForm(AppForm):
    """What has to change, by how much, since when and until when, and who says so."""

    name = Text(_l("Naam"), [DataRequired(_l("Vul een naam in.")), Length(max=200)])
    subject = Text(
        _l("Wat moet er veranderen?"),
        [DataRequired(_l("Vul in wat er moet veranderen.")), Length(max=300)],
        description=_l("Bijvoorbeeld: het aantal incidenten."),
    )
    change = NumberField(
        _l("Gewenste verandering"),
        [InputRequired(_l("Vul de gewenste verandering in."))],
        description=_l("Een daling is een getal onder nul, bijvoorbeeld -25."),
    )
    change_kind = RadioField(
        _l("Eenheid van de verandering"),
        [InputRequired(_l("Kies de eenheid zoals de bron die noemt."))],
        choices=[SelectChoice(kind, _l(text)) for kind, text in CHANGE_KIND_LABELS.items()],
        description=_l("Neem over wat de bron zegt: procent en procentpunt zijn niet hetzelfde."),
    )
    direction = RadioField(
        _l("Richting"),
        [InputRequired(_l("Kies de richting."))],
        choices=[SelectChoice(one, _l(text)) for one, text in DIRECTION_LABELS.items()],
    )
    starts_on = DayField(_l("Eerste dag"), [Optional()])
    ends_on = DayField(_l("Laatste dag"), [Optional()])
    period_words = Text(
        _l("Periode in de woorden van de bron"),
        [Optional(), Length(max=200)],
        description=_l("Bijvoorbeeld: in de jaren 2011 tot en met 2015."),
    )
    category = SelectField(
        _l("Cijfer waaraan we het doel afmeten"),
        [Optional()],
        description=_l("Laat leeg als er geen cijfer is dat precies dit doel meet."),
    )
    from_period = SelectField(_l("Vergelijken vanaf"), [Optional()])
    source = Text(_l("Bron"), [DataRequired(_l("Vul de bron van het doel in.")), Length(max=500)])
    explanation = LongText(_l("Toelichting"), [Optional(), Length(max=TEXT_LIMIT)])
