"""Forms for writing an action plan."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.enums import AGREEMENT_LEVEL_LABELS, PHASE_LABELS
from vpt_regio.domain.text import MAX_TEXT_LENGTH
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text

LEVELS = [SelectChoice(level, _l(text)) for level, text in AGREEMENT_LEVEL_LABELS.items()]
PHASES = [SelectChoice(phase, _l(text)) for phase, text in PHASE_LABELS.items()]

NOT_CHOSEN: tuple[str, Any] = ("", _l("Nog niet gekozen"))


def optional_id(value: Any) -> int | None:
    """Read the value of a select field whose first option means "none"."""
    return int(value) if str(value or "").isdigit() else None


class ProblemAnalysisForm(AppForm):
    problem_analysis = LongText(_l("Probleemanalyse"), [Length(max=MAX_TEXT_LENGTH)])


class ApproachForm(AppForm):
    approach = LongText(_l("Aanpak"), [Length(max=MAX_TEXT_LENGTH)])


class EmbeddingForm(AppForm):
    embedding = LongText(_l("Borging"), [Length(max=MAX_TEXT_LENGTH)])


class AgreementForm(AppForm):
    """How far the partners agree, twice with a note."""

    consensus_analysis = RadioField(
        _l("In hoeverre zijn de partners het eens over de probleemanalyse?"),
        [Optional()],
        choices=LEVELS,
    )
    consensus_analysis_note = LongText(
        _l("Toelichting bij de probleemanalyse"), [Length(max=MAX_TEXT_LENGTH)]
    )
    consensus_approach = RadioField(
        _l("In hoeverre zijn de partners het eens over de aanpak?"), [Optional()], choices=LEVELS
    )
    consensus_approach_note = LongText(
        _l("Toelichting bij de aanpak"), [Length(max=MAX_TEXT_LENGTH)]
    )


class BudgetLineForm(AppForm):
    """A line of the plan as a whole."""

    description = Text(
        _l("Omschrijving"), [DataRequired(_l("Vul in waarvoor dit bedrag is.")), Length(max=300)]
    )
    phase = RadioField(
        _l("Fase"), [InputRequired(_l("Kies ontwikkeling of uitvoering."))], choices=PHASES
    )
    amount_cents = MoneyField(_l("Bedrag"), [InputRequired(_l("Vul een bedrag in."))])


class OtherFundingForm(AppForm):
    other_funding_cents = MoneyField(
        _l("Geld van anderen"), [InputRequired(_l("Vul een bedrag in. Is er niets, vul dan 0 in."))]
    )
    other_funding_note = Text(_l("Van wie komt dit geld?"), [Length(max=500)])


class ExemptionForm(AppForm):
    measure_id = SelectField(
        _l("Maatregel"), [InputRequired(_l("Kies een maatregel."))], coerce=optional_id
    )
    reason = LongText(
        _l("Waarom neemt u deze maatregel niet op?"),
        [DataRequired(_l("Leg uit waarom u deze maatregel niet opneemt."))],
    )


class ActivityForm(AppForm):
    """An activity; only its title is needed to keep it."""

    title = Text(_l("Titel"), [DataRequired(_l("Vul in hoe de activiteit heet.")), Length(max=300)])
    description = LongText(_l("Wat gaat u doen?"), [Length(max=MAX_TEXT_LENGTH)])
    measures = SelectMultipleField(_l("Maatregelen"), [Optional()], coerce=int)
    policy_line_id = SelectField(_l("Hoofdlijn"), [Optional()], coerce=optional_id)
    is_awareness = BooleanField(_l("Deze activiteit vergroot de bewustwording"))
    target_group = Text(_l("Doelgroep"), [Length(max=300)])
    owner_id = SelectField(
        _l("Trekker"),
        [Optional()],
        coerce=optional_id,
        description=_l("De partner die zorgt dat het gebeurt."),
    )
    starts_on = DayField(_l("Begindatum"), [Optional()])
    ends_on = DayField(_l("Einddatum"), [Optional()])
    development_cents = MoneyField(_l("Begroot voor ontwikkeling"), [Optional()])
    implementation_cents = MoneyField(_l("Begroot voor uitvoering"), [Optional()])
