"""Forms for subsidy schemes, rounds, counts from sources, and the limits of the arrangements."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from vpt_regio.domain.fuzzy_date import YEARS
from vpt_regio.domain.subsidy_codes import CountKind
from vpt_regio.forms.base import (
    AppForm,
    DayField,
    LongText,
    MoneyField,
    Text,
    VagueDateField,
    WholeNumberField,
)

TEXT_LIMIT = 10_000
REASON_LIMIT = 2000
SOURCE_LIMIT = 500
YES, NO = "ja", "nee"


def yes_or_no(value: Any) -> str:
    """Return the choice for a value of a record, or the choice that was sent."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


class SchemeForm(AppForm):
    """What a scheme is, and on which law it stands."""

    name = Text(_l("Naam"), [DataRequired(_l("Vul de naam van de regeling in.")), Length(max=200)])
    objective = LongText(_l("Doel van de regeling"), [Optional(), Length(max=TEXT_LIMIT)])
    legal_basis = Text(
        _l("Wettelijke grondslag"),
        [Optional(), Length(max=500)],
        description=_l("De wet of regeling en het artikel, of de post in de begroting."),
    )
    is_incidental = BooleanField(
        _l("Dit zijn incidentele subsidies"),
        description=_l("Zonder wet mag een subsidie hoogstens vier jaar worden verstrekt."),
    )
    starts_on = DayField(_l("Eerste dag"), [Optional()])
    ends_on = DayField(_l("Laatste dag"), [Optional()])
    period_words = Text(
        _l("Looptijd in woorden"),
        [Optional(), Length(max=200)],
        description=_l("Als de dagen niet bekend zijn, bijvoorbeeld: 2008 tot en met 2010."),
    )
    source = Text(
        _l("Bron"),
        [Optional(), Length(max=SOURCE_LIMIT)],
        description=_l("Waar dit staat, als de regeling uit een stuk is overgenomen."),
    )


class CountForm(AppForm):
    """A number that a source gives of a historic scheme."""

    kind = SelectField(
        _l("Wat is er geteld?"), [InputRequired(_l("Maak een keuze."))], coerce=CountKind
    )
    from_year = WholeNumberField(
        _l("Eerste jaar"),
        [
            InputRequired(_l("Vul het eerste jaar in.")),
            NumberRange(YEARS[0], YEARS[-1], _l("Vul een jaar in van 1900 tot en met 2100.")),
        ],
    )
    to_year = WholeNumberField(
        _l("Laatste jaar"),
        [
            InputRequired(_l("Vul het laatste jaar in.")),
            NumberRange(YEARS[0], YEARS[-1], _l("Vul een jaar in van 1900 tot en met 2100.")),
        ],
        description=_l("Voor één jaar vult u twee keer hetzelfde jaar in."),
    )
    number = WholeNumberField(_l("Aantal"), [InputRequired(_l("Vul het aantal in."))])
    source = Text(
        _l("Bron"),
        [DataRequired(_l("Vul in waar dit aantal vandaan komt.")), Length(max=SOURCE_LIMIT)],
    )
    note = Text(_l("Opmerking"), [Optional(), Length(max=500)])


class RoundForm(AppForm):
    """The window of a round, its ceiling (cents), its terms (days) and its conditions."""

    name = Text(_l("Naam"), [DataRequired(_l("Vul de naam van de ronde in.")), Length(max=200)])
    opens = VagueDateField(
        _l("Eerste dag"),
        [Optional()],
        description=_l("Vanaf deze dag, 0.00 uur, kan iemand aanvragen."),
    )
    closes = VagueDateField(
        _l("Sluitingsdag"),
        [Optional()],
        description=_l("De dag die in de bekendmaking staat."),
    )
    closing_inclusive = RadioField(
        _l("Telt de sluitingsdag mee?"),
        [InputRequired(_l("Kies of iemand op de sluitingsdag nog kan aanvragen."))],
        coerce=yes_or_no,
    )
    ceiling_cents = MoneyField(
        _l("Subsidieplafond"),
        [Optional()],
        description=_l("Laat dit leeg als er geen plafond is."),
    )
    decision_days = WholeNumberField(
        _l("Beslistermijn in dagen"),
        [InputRequired(_l("Vul een aantal dagen in."))],
        description=_l("Gerekend vanaf de dag van ontvangst. Acht weken is 56 dagen."),
    )
    completion_days = WholeNumberField(
        _l("Termijn voor een aanvulling in dagen"),
        [InputRequired(_l("Vul een aantal dagen in."))],
    )
    settlement_days = WholeNumberField(
        _l("Termijn voor de vaststelling in dagen"),
        [InputRequired(_l("Vul een aantal dagen in."))],
    )
    conditions = LongText(_l("Voorwaarden"), [Optional(), Length(max=TEXT_LIMIT)])
    source = Text(_l("Bron"), [Optional(), Length(max=SOURCE_LIMIT)])


class RoundCancelForm(AppForm):
    """Why a round does not take place."""

    note = LongText(
        _l("Waarom laat u de ronde vervallen?"),
        [
            DataRequired(_l("Vul in waarom u de ronde laat vervallen.")),
            Length(max=REASON_LIMIT),
        ],
    )


class UnlistedForm(AppForm):
    """What a source tells of a round beyond the applications that are listed."""

    applications = WholeNumberField(
        _l("Aanvragen die hier niet staan"),
        [Optional()],
        description=_l("Leeg betekent: onbekend. Vul 0 in als alle aanvragen hier staan."),
    )
    granted = WholeNumberField(
        _l("Hoeveel daarvan zijn toegekend"),
        [Optional()],
        description=_l("Leeg betekent: onbekend."),
    )
    granted_cents = MoneyField(
        _l("Bedrag dat daarvoor is toegekend"),
        [Optional()],
        description=_l("Leeg betekent: onbekend."),
    )
    source = Text(
        _l("Bron"),
        [
            DataRequired(_l("Vul in uit welke bron deze aantallen komen.")),
            Length(max=SOURCE_LIMIT),
        ],
    )


class LimitsForm(AppForm):
    """A new set of limits; the first arrangement always begins at nothing."""

    holds_from = DayField(
        _l("Eerste dag"), [InputRequired(_l("Vul de dag in vanaf wanneer deze grenzen gelden."))]
    )
    second_from_cents = MoneyField(
        _l("Arrangement 2 begint bij"), [InputRequired(_l("Vul een bedrag in."))]
    )
    third_from_cents = MoneyField(
        _l("Arrangement 3 begint bij"), [InputRequired(_l("Vul een bedrag in."))]
    )
    source = Text(
        _l("Bron"),
        [
            DataRequired(_l("Vul in waar deze grenzen vandaan komen.")),
            Length(max=SOURCE_LIMIT),
        ],
    )
