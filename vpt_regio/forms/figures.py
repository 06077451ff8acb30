"""Forms for figure sets, their deliveries and the claims of sources."""

from decimal import Decimal
from functools import partial
from typing import Any, ClassVar, NamedTuple

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.figure_text import TypedFigure, parse_figure, write_figure
from vpt_regio.domain.indicator_codes import Unit
from vpt_regio.domain.numbers import parse_number
from vpt_regio.domain.text import N_
from vpt_regio.forms.base import (
    AppForm,
    DayField,
    LongText,
    ParsedField,
    Text,
    WholeNumberField,
)
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.models.figures import FigureClaim, FigureSet
from vpt_regio.services.figure_deliveries import field_of

TEXT_LIMIT = 10_000


class Needed:
    """Marks a field as required; the rules tell when it is blank.

    Not the form: a row that somebody else added meanwhile was not sent at all, and then the
    version says what is the matter.
    """

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Check nothing: the rules do."""


class AddedForm(AppForm):
    """What every form of a figure set has: its words, and rows and columns that are new."""

    title = Text(_l("Titel"), [DataRequired(_l("Vul een titel in.")), Length(max=200)])
    description = LongText(
        _l("Beschrijving"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Waar de cijfers over gaan en wat er niet bij hoort."),
    )
    decimals = WholeNumberField(
        _l("Cijfers achter de komma"),
        [InputRequired(_l("Vul in hoeveel cijfers er achter de komma staan."))],
    )
    total_code = Text(
        _l("Code van het totaal"),
        [Optional(), Length(max=60)],
        description=_l(
            "Geef reeksen die hetzelfde totaal uitsplitsen dezelfde code. Dan controleren we of"
            " hun totalen gelijk zijn."
        ),
    )
    new_categories = LongText(
        _l("Nieuwe categorieën"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Eén categorie per regel."),
    )
    new_periods = LongText(
        _l("Nieuwe perioden"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Eén periode per regel, van oud naar nieuw. Bijvoorbeeld 2010-2011."),
    )


class NewSetForm(AddedForm):
    code = Text(
        _l("Code"),
        [DataRequired(_l("Vul een code in.")), Length(max=60)],
        description=_l("Voor het adres van de pagina. De code kan later niet meer veranderen."),
    )
    unit = SelectField(
        _l("Eenheid"),
        [InputRequired(_l("Kies een eenheid."))],
        description=_l("De eenheid kan later niet meer veranderen."),
    )


class SetForm(AddedForm):
    """A set that exists; `set_form` adds the fields of its rows and columns."""


def set_form(figure_set: FigureSet, used: tuple[frozenset[int], frozenset[int]]) -> type[SetForm]:
    """Return the form of a set: each row and column has fields, such as `category_12_name`.

    What is used (rows, columns) cannot be removed, so it has no field for that.
    """
    fields: dict[str, Any] = {}
    for row in figure_set.categories:
        fields |= {
            f"category_{row.id}_name": Text(
                _l("Naam van %(name)s", name=row.name), [Needed(), Length(max=200)]
            ),
            f"category_{row.id}_place": WholeNumberField(
                _l("Plaats van %(name)s", name=row.name), [Optional()]
            ),
            f"category_{row.id}_part_of": SelectField(
                _l("%(name)s is onderdeel van", name=row.name), [Optional()], coerce=chosen_id
            ),
            f"category_{row.id}_adds_up": BooleanField(
                _l("%(name)s is de som van zijn onderdelen", name=row.name)
            ),
        }
        if row.id not in used[0]:
            fields[f"category_{row.id}_is_removed"] = BooleanField(
                _l("%(name)s weghalen", name=row.name)
            )
    for column in figure_set.periods:
        fields |= {
            f"period_{column.id}_label": Text(
                _l("Naam van %(name)s", name=column.label),
                [Needed(), Length(max=60)],
            ),
            f"period_{column.id}_place": WholeNumberField(
                _l("Plaats van %(name)s", name=column.label), [Optional()]
            ),
            f"period_{column.id}_starts_on": DayField(
                _l("Eerste dag van %(name)s", name=column.label), [Optional()]
            ),
            f"period_{column.id}_ends_on": DayField(
                _l("Laatste dag van %(name)s", name=column.label), [Optional()]
            ),
        }
        if column.id not in used[1]:
            fields[f"period_{column.id}_is_removed"] = BooleanField(
                _l("%(name)s weghalen", name=column.label)
            )
    # the name tells the forms of a page apart, so it stays the same for every set
    return type(SetForm.__name__, (SetForm,), fields)


class StoredSet:
    """A set under the names of the form's fields, those of its rows and columns included."""

    def __init__(self, figure_set: FigureSet) -> None:
        self._set = figure_set

    def __getattr__(self, name: str) -> Any:
        kind, _, rest = name.partition("_")
        number, _, field = rest.partition("_")
        if kind not in ("category", "period") or not number.isdecimal():
            return getattr(self._set, name)
        rows: list[Any] = self._set.categories if kind == "category" else self._set.periods
        row = next((one for one in rows if one.id == int(number)), None)
        if row is None or field == "is_removed":
            raise AttributeError(name)
        return getattr(row, {"place": "position", "part_of": "part_of_id"}.get(field, field))


class FigureField(ParsedField):
    """A figure in one line; `figure_field` gives the kind for a unit."""

    problem = N_("Vul een getal in, bijvoorbeeld 1.234 of ca. 40. Of vul in: onbekend.")

    @staticmethod
    def show(value: TypedFigure) -> str:
        return write_figure(value)


def figure_field(unit: Unit) -> type[FigureField]:
    """Return the field that reads figures in a unit."""
    reader = staticmethod(partial(parse_figure, unit=unit))
    values: dict[str, Any] = {"parse": reader}
    if unit is Unit.YES_NO:
        values["problem"] = N_("Vul ja, nee of onbekend in.")
    return type(FigureField.__name__, (FigureField,), values)


class DeliveryForm(AppForm):
    """From where figures come; `delivery_form` adds a field for each place."""

    source = Text(
        _l("Bron"),
        [DataRequired(_l("Vul in uit welke bron de cijfers komen.")), Length(max=500)],
    )
    cutoff_on = DayField(
        _l("Peildatum"),
        [InputRequired(_l("Vul de peildatum in."))],
        description=_l("De dag waarop de bron de cijfers heeft geteld, bijvoorbeeld 06-01-2012."),
    )
    scope_note = LongText(
        _l("Afbakening"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Wat er wel en niet is meegeteld."),
    )
    reason = LongText(
        _l("Reden van herziening"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Verplicht als er al een cijfer staat op een plaats die u invult."),
    )


def delivery_form(figure_set: FigureSet) -> type[DeliveryForm]:
    """Return the form of a delivery, with a field for each place (`value_3_7`)."""
    field = figure_field(figure_set.unit)
    fields: dict[str, Any] = {
        field_of((row.id, column.id)): field(f"{row.name}, {column.label}", [Optional()])
        for column in reversed(figure_set.periods)
        for row in figure_set.categories
    }
    return type(DeliveryForm.__name__, (DeliveryForm,), fields)


class Stated(NamedTuple):
    """A number as a source prints it, with as many decimals as it prints."""

    number: Decimal
    decimals: int


class StatedField(ParsedField):
    """A number that a source states, such as 7,5 or −24%; the decimals that were typed count."""

    problem = N_("Vul een getal in zoals de bron het noemt, bijvoorbeeld 7,5 of -24.")

    @staticmethod
    def parse(text: str) -> Stated:
        typed = text.removesuffix("%").rstrip()
        number = parse_number(typed)
        decimals = len(typed.partition(",")[2])
        if decimals > 4:
            raise ValueError(text)
        return Stated(number, decimals)

    @staticmethod
    def show(value: Stated) -> str:
        return f"{value.number:.{value.decimals}f}".replace(".", ",")


class ClaimForm(AppForm):
    subject = Text(
        _l("Onderwerp"),
        [DataRequired(_l("Vul in waar de uitspraak over gaat.")), Length(max=300)],
    )
    kind = SelectField(_l("Soort berekening"), [InputRequired(_l("Kies een soort berekening."))])
    first = SelectField(
        _l("Eerste cijfer"),
        [InputRequired(_l("Kies een cijfer."))],
        description=_l("Het oude cijfer, of het geheel."),
    )
    second = SelectField(
        _l("Tweede cijfer"),
        [InputRequired(_l("Kies een cijfer."))],
        description=_l("Het nieuwe cijfer, of het deel."),
    )
    others = SelectMultipleField(_l("Meer cijfers, alleen bij een som"), [Optional()])
    qualifier = SelectField(_l("Kwalificatie"), [InputRequired()])
    stated = StatedField(
        _l("Getal in de bron"),
        [Optional()],
        description=_l(
            "Typ evenveel cijfers achter de komma als de bron. Een daling heeft een minteken."
            " Laat dit leeg als de bron geen getal noemt: dan rekenen we het alleen uit."
        ),
    )
    decimals = WholeNumberField(
        _l("Cijfers achter de komma, als de bron geen getal noemt"), [Optional()]
    )
    source = Text(_l("Bron"), [Optional(), Length(max=500)])
    explanation = LongText(_l("Toelichting"), [Optional(), Length(max=TEXT_LIMIT)])


class StoredClaim:
    """A claim under the names of the form's fields."""

    def __init__(self, claim: FigureClaim) -> None:
        self._claim = claim

    def __getattr__(self, name: str) -> Any:
        claim = self._claim
        places = [f"{one.category_id}-{one.period_id}" for one in claim.operands]
        operands: dict[str, Any] = {"first": places[:1], "second": places[1:2]}
        if name in operands:
            return operands[name][0] if operands[name] else ""
        if name == "others":
            return places[2:]
        if name == "stated":
            return None if claim.stated is None else Stated(claim.stated, claim.decimals)
        return getattr(claim, name)


class AsOfForm(FilterForm):
    per = DayField(_l("Stand op"), [Optional()])


class CheckFilterForm(FilterForm):
    oordeel = SelectField(_l("Oordeel"), [Optional()])
    reeks = SelectField(_l("Cijferreeks"), [Optional()])
