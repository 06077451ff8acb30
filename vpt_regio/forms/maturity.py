"""Forms for levels of maturity and for inventories."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.domain.rules.maturity import LEVELS, NOT_ASSESSED
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import (
    AppForm,
    DayField,
    LongText,
    Text,
    VagueDateField,
    WholeNumberField,
)
from vpt_regio.forms.people import REQUIRED, TOO_LONG, FilterForm, chosen_id
from vpt_regio.models.programmes import Measure
from vpt_regio.services.maturity import Judgement

LEVEL_CHOICES = [
    SelectChoice("", _l(NOT_ASSESSED)),
    *(
        SelectChoice(number, _l("%(number)s: %(level)s", number=number, level=_l(level.label)))
        for number, level in LEVELS.items()
    ),
]


class MaturityFilterForm(FilterForm):
    """A day to look at, and an earlier one to hold it against."""

    op = DayField(_l("Stand op"), [Optional()])
    vergelijk = DayField(_l("Vergelijk met"), [Optional()])


class DayFilterForm(FilterForm):
    op = DayField(_l("Stand op"), [Optional()])


class ToAssessForm(FilterForm):
    """Whom to judge, as of which day."""

    organisatie = SelectField(_l("Organisatie"), [Optional()], coerce=chosen_id)
    op = DayField(_l("Beoordeeld op"), [Optional()])


class AssessmentForm(AppForm):
    """A level for each measure and what shows it; `assessment_form` adds those fields."""

    inventory_id = SelectField(
        _l("Inventarisatie waaruit dit komt"), [Optional()], coerce=chosen_id
    )

    def judgements(self, measures: Iterable[Measure]) -> dict[int, Judgement]:
        """Return what was filled in, by the id of the measure."""
        return {
            measure.id: Judgement(
                self[f"level_{measure.id}"].data, self[f"evidence_{measure.id}"].data
            )
            for measure in measures
        }


def assessment_form(measures: Iterable[Measure]) -> type[AssessmentForm]:
    """Return the form for these measures; it has one name, so that what was typed can be kept."""
    fields: dict[str, object] = {}
    for measure in measures:
        fields[f"level_{measure.id}"] = SelectField(
            _l("Niveau van: %(measure)s", measure=measure.short_name),
            [Optional()],
            coerce=chosen_id,
            choices=LEVEL_CHOICES,
        )
        fields[f"evidence_{measure.id}"] = LongText(
            _l("Waaruit dat blijkt bij: %(measure)s", measure=measure.short_name),
            [Length(max=MAX_TEXT_LENGTH)],
        )
    return type("AssessmentForm", (AssessmentForm,), fields)


class InventoryForm(AppForm):
    name = Text(_l("Naam"), [DataRequired(REQUIRED), Length(max=200, message=TOO_LONG)])
    held = VagueDateField(
        _l("Gehouden op"),
        [Optional()],
        description=_l("Zo precies als bekend is: 15 maart 2012, of voorjaar 2010."),
    )
    declared_organisations = WholeNumberField(
        _l("Aantal organisaties volgens de bron"),
        [Optional()],
        description=_l("Hoeveel organisaties meededen, ook als ze hier niet allemaal staan."),
    )
    source = Text(_l("Bron"), [Optional(), Length(max=500, message=TOO_LONG)])


class FindingForm(AppForm):
    body = LongText(
        _l("Wat is er gevonden?"),
        [DataRequired(_l("Schrijf op wat er is gevonden.")), Length(max=MAX_TEXT_LENGTH)],
    )
    follow_up = LongText(_l("Wat doet de regio ermee?"), [Optional(), Length(max=MAX_TEXT_LENGTH)])
