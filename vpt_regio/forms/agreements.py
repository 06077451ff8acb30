"""Forms for what a contract promises, and for the catalogue of indicators."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from vpt_regio.domain.indicator_codes import (
    AGGREGATION_LABELS,
    DIRECTION_LABELS,
    UNIT_LABELS,
    Aggregation,
    Direction,
    ReferenceKind,
    Unit,
)
from vpt_regio.forms.action_plans import optional_id
from vpt_regio.forms.base import AppForm, DayField, LongText, Text, WholeNumberField
from vpt_regio.forms.measured import (
    NOTE_LIMIT,
    ValueForm,
    count_fields,
    qualifier_field,
    value_field,
)
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.forms.reports import NeededToSubmit
from vpt_regio.models.contracts import Agreement, Indicator, IndicatorRevision
from vpt_regio.services.revisions import ReferenceContent, present_revision

KINDS = tuple(str(kind) for kind in ReferenceKind)


class IndicatorChoiceForm(FilterForm):
    """Which indicator an agreement uses: the rest of its form depends on the unit."""

    indicator = SelectField(_l("Indicator"), [Optional()], coerce=chosen_id)


class PromiseForm(ValueForm):
    """An agreement of a draft; `promise_form` adds its baseline and target."""

    statement = LongText(
        _l("Wat spreken de partijen af?"), [NeededToSubmit(), Length(max=NOTE_LIMIT)]
    )
    agreement_type_id = SelectField(
        _l("Soort afspraak"),
        [Optional()],
        coerce=optional_id,
        description=_l("Staat de soort er niet bij? Vul die dan hieronder in."),
    )
    free_type = Text(_l("Eigen soort"), [Optional(), Length(max=200)])
    responsible_id = SelectField(
        _l("Wie is verantwoordelijk?"), [NeededToSubmit(), Optional()], coerce=optional_id
    )
    activity_ids = SelectMultipleField(
        _l("Activiteiten die hieraan werken"), [Optional()], coerce=int
    )

    def reference(self, kind: ReferenceKind) -> ReferenceContent:
        """Return the baseline or the target that was filled in; empty when there is none."""
        return ReferenceContent(
            given=self.given(f"{kind}_"),
            day=self[f"{kind}_day"].data,
            qualifier=self[f"{kind}_qualifier"].data,
            source=self[f"{kind}_source"].data,
        )


class StoredPromise:
    """An agreement under the names of the form's fields, its baseline and target included."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement

    def __getattr__(self, name: str) -> Any:
        if name == "activity_ids":
            return [link.activity_id for link in self._agreement.activity_links]
        kind, _, part = name.partition("_")
        if kind in KINDS:
            return reference_part(present_revision(self._agreement, ReferenceKind(kind)), part)
        return getattr(self._agreement, name)


def reference_part(revision: IndicatorRevision | None, part: str) -> Any:
    """Return a part of a baseline or target under the name of its field; raises AttributeError."""
    if revision is None:
        raise AttributeError(part)
    if part == "day":
        return revision.due_on or revision.measured_on
    return getattr(revision, part)


def promise_form(indicator: Indicator) -> type[PromiseForm]:
    """Return the form of an agreement with values in the unit of its indicator."""
    unit, fields = indicator.unit, {}
    for kind in KINDS:
        is_target = kind == ReferenceKind.TARGET
        text = _l("Streefwaarde") if is_target else _l("Nulmeting")
        fields[f"{kind}_value"] = value_field(unit, text, [Optional()])
        if not is_target:
            fields |= count_fields(indicator, f"{kind}_", is_needed=False)
        fields |= {
            f"{kind}_qualifier": qualifier_field(),
            f"{kind}_day": DayField(
                _l("Deadline") if is_target else _l("Gemeten op"), [Optional()]
            ),
            f"{kind}_source": Text(_l("Bron"), [Optional(), Length(max=300)]),
        }
    return type(PromiseForm.__name__, (PromiseForm,), fields)


class IndicatorForm(AppForm):
    """What is measured, and how."""

    name = Text(_l("Naam"), [NeededToSubmit(), Length(max=200)])
    region_id = SelectField(_l("Voor wie?"), [Optional()], coerce=optional_id, validate_choice=True)
    definition = LongText(
        _l("Definitie"),
        [Optional(), Length(max=NOTE_LIMIT)],
        description=_l("Wat telt wel mee en wat niet?"),
    )
    unit = RadioField(
        _l("Eenheid"),
        [NeededToSubmit()],
        choices=[SelectChoice(str(code), _l(text)) for code, text in UNIT_LABELS.items()],
        coerce=Unit,
        default=Unit.NUMBER,
    )
    numerator_label = Text(
        _l("Teller"),
        [Optional(), Length(max=200)],
        description=_l("Alleen bij procenten: wat telt u, zoals ‘aangiften op tijd behandeld’."),
    )
    denominator_label = Text(
        _l("Noemer"),
        [Optional(), Length(max=200)],
        description=_l("Alleen bij procenten: waarvan, zoals ‘alle aangiften’."),
    )
    direction = RadioField(
        _l("Wat is beter?"),
        [NeededToSubmit()],
        choices=[SelectChoice(str(code), _l(text)) for code, text in DIRECTION_LABELS.items()],
        coerce=Direction,
        default=Direction.UP,
    )
    aggregation = RadioField(
        _l("Hoe komen de waarden van regio’s samen?"),
        [NeededToSubmit()],
        choices=[SelectChoice(str(code), _l(text)) for code, text in AGGREGATION_LABELS.items()],
        coerce=Aggregation,
        default=Aggregation.SUM,
    )
    decimals = WholeNumberField(
        _l("Aantal decimalen"),
        [Optional()],
        default=0,
        description=_l("Zo wordt de waarde getoond. Vul 0 tot en met 4 in."),
    )
    agreement_type_id = SelectField(_l("Soort afspraak"), [Optional()], coerce=optional_id)
    source_system = Text(
        _l("Bron"),
        [Optional(), Length(max=200)],
        description=_l("Waar komen de waarden meestal vandaan?"),
    )
