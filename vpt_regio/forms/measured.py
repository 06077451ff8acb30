"""Fields and forms for values of indicators: they take the shape of the unit."""

from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, Qualifier, Unit
from vpt_regio.domain.rules.measured_values import Given
from vpt_regio.forms.action_plans import optional_id
from vpt_regio.forms.base import AppForm, DayField, LongText, NumberField, Text
from vpt_regio.forms.reports import NeededToSubmit
from vpt_regio.models.contracts import Indicator

MEASURED, NOT_MEASURED = "measured", "not_measured"
SIGNS = {Unit.PERCENT: "%", Unit.EURO: "€"}
NOTE_LIMIT = 2000
YES_NO = [SelectChoice("1", _l("ja")), SelectChoice("0", _l("nee"))]
IS_MEASURED = [
    SelectChoice(MEASURED, _l("Ja, er is een waarde")),
    SelectChoice(NOT_MEASURED, _l("Nee, niet gemeten")),
]
QUALIFIERS = [SelectChoice(str(code), _l(text)) for code, text in QUALIFIER_LABELS.items()]


class MeasuredField(NumberField):
    """A value in a unit; the sign of the unit may stand with it, as in 66% or € 12,50."""

    def __init__(self, *args: Any, unit: Unit = Unit.NUMBER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sign = SIGNS.get(unit, "")
        self.parse = lambda text: NumberField.parse(_without(sign, text))  # type: ignore[method-assign]


def _without(sign: str, text: str) -> str:
    typed = text.strip()
    return typed.removeprefix(sign).removesuffix(sign).strip() if sign else typed


def _yes_or_no(text: Any) -> Decimal | None:
    return Decimal(text) if str(text) in ("0", "1") else None


def _qualifier(text: Any) -> Qualifier:
    return Qualifier(text or Qualifier.EXACT)


def value_field(unit: Unit, text: Any, validators: list[Any]) -> Any:
    """Return the field for a value in a unit: two buttons for yes or no, else a number."""
    if unit is Unit.YES_NO:
        return RadioField(text, validators, choices=YES_NO, coerce=_yes_or_no)
    return MeasuredField(text, validators, unit=unit)


def qualifier_field() -> Any:
    return SelectField(
        _l("Hoe zeker is de waarde?"),
        [Optional()],
        choices=QUALIFIERS,
        coerce=_qualifier,
        default=Qualifier.EXACT,
        description=_l("Neem over wat de bron schrijft, zoals ‘ongeveer’."),
    )


def count_fields(indicator: Indicator, prefix: str = "", *, is_needed: bool) -> dict[str, Any]:
    """Return the two counts of a share, named after what the indicator counts; else none."""
    if indicator.unit is not Unit.PERCENT:
        return {}
    validators = [NeededToSubmit(), Optional()] if is_needed else [Optional()]
    return {
        f"{prefix}numerator": NumberField(
            gettext("Teller: %(what)s", what=indicator.numerator_label), validators
        ),
        f"{prefix}denominator": NumberField(
            gettext("Noemer: %(what)s", what=indicator.denominator_label), validators
        ),
    }


class ValueForm(AppForm):
    """The parent of forms with a value."""

    def given(self, prefix: str = "") -> Given:
        """Return the value that was filled in under names with a prefix."""
        return Given(*(self._data(f"{prefix}{name}") for name in Given.__dataclass_fields__))

    def _data(self, name: str) -> Any:
        return self[name].data if name in self else None


class MeasurementForm(ValueForm):
    """A measurement, or why there is none; `measurement_form` gives it its fields."""

    is_correction: ClassVar[bool] = False


class ReferenceForm(ValueForm):
    """A next baseline or target; `reference_form` gives it its fields."""


def measurement_form(indicator: Indicator, *, is_correction: bool = False) -> type[MeasurementForm]:
    """Return the form of a measurement in the unit of an indicator."""
    fields: dict[str, Any] = {"is_correction": is_correction}
    if not is_correction:
        fields["cutoff_on"] = DayField(
            _l("Peildatum"),
            [NeededToSubmit(), Optional()],
            description=_l("De dag waarop de waarde gold, zoals 30-06-2012."),
        )
    fields["is_measured"] = RadioField(
        _l("Is er gemeten?"), [NeededToSubmit()], choices=IS_MEASURED, default=MEASURED
    )
    if indicator.unit is not Unit.PERCENT:
        fields["value"] = value_field(indicator.unit, _l("Waarde"), [Optional()])
    fields |= count_fields(indicator, is_needed=False)
    fields |= {
        "qualifier": qualifier_field(),
        "source": Text(
            _l("Bron"),
            [Optional(), Length(max=300)],
            description=_l("Verplicht bij een waarde. Bijvoorbeeld een registratie of enquête."),
        ),
        "note": LongText(
            _l("Opmerking"),
            [Optional(), Length(max=NOTE_LIMIT)],
            description=_l("Verplicht als er niet is gemeten: leg uit waarom."),
        ),
        "period_id": SelectField(_l("Halfjaar"), [Optional()], coerce=optional_id),
        "reason": LongText(
            _l("Reden van de wijziging"),
            [NeededToSubmit() if is_correction else Optional(), Length(max=NOTE_LIMIT)],
            description=""
            if is_correction
            else _l("Alleen als er op deze peildatum al een meting was."),
        ),
    }
    return type(MeasurementForm.__name__, (MeasurementForm,), fields)


def reference_form(indicator: Indicator, *, is_target: bool) -> type[ReferenceForm]:
    """Return the form of a next baseline or target in the unit of an indicator."""
    fields = {
        "value": value_field(
            indicator.unit, _l("Nieuwe waarde"), _needed(indicator, is_target=is_target)
        ),
        **({} if is_target else count_fields(indicator, is_needed=False)),
        "qualifier": qualifier_field(),
        "day": DayField(
            _l("Deadline") if is_target else _l("Gemeten op"), [NeededToSubmit(), Optional()]
        ),
        "holds_from": DayField(
            _l("Geldt vanaf"),
            [NeededToSubmit(), Optional()],
            description=_l("De dag waarop de partijen dit hebben afgesproken."),
        ),
        "reason": LongText(_l("Waarom wijzigt dit?"), [NeededToSubmit(), Length(max=NOTE_LIMIT)]),
        "source": Text(_l("Bron"), [Optional(), Length(max=300)]),
        "document_reference": Text(
            _l("Kenmerk van het stuk"),
            [NeededToSubmit() if is_target else Optional(), Length(max=200)],
            description=_l("Waar staat dat de partijen dit hebben afgesproken?"),
        ),
    }
    return type(ReferenceForm.__name__, (ReferenceForm,), fields)


def _needed(indicator: Indicator, *, is_target: bool) -> list[Any]:
    """A baseline in per cent may be given by its counts."""
    if indicator.unit is Unit.PERCENT and not is_target:
        return [Optional()]
    return [NeededToSubmit(), Optional()]
