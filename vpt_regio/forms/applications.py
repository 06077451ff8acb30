"""Forms for applications: what is asked for, when it came in, and what is told the applicant."""

import re
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.text import N_
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, ParsedField, Text
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.forms.reports import NeededToSubmit
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.services.application_contents import MOST_LINES

TEXT_LIMIT = 10_000
REASON_LIMIT = 2000
BLANK_ROWS = 3
CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


class ClockTimeField(ParsedField):
    """A time of day, such as 14:05 or 9.30."""

    problem = N_("Vul een tijd in als uren en minuten, bijvoorbeeld 14:05.")

    @staticmethod
    def parse(text: str) -> time:
        match = CLOCK_TIME.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return time(int(match[1]), int(match[2]))

    @staticmethod
    def show(value: time) -> str:
        return value.strftime("%H:%M")


class ApplicationFilterForm(FilterForm):
    """Which applications of a round to list."""

    status = SelectField(_l("Status"), [Optional()])


class ContentForm(AppForm):
    """What is asked for, and by whom; `with_lines` adds the rows of the budget."""

    LINES = 0

    organisation_name = Text(
        _l("Naam van de organisatie"),
        [DataRequired(_l("Vul de naam van de organisatie in.")), Length(max=200)],
    )
    place = Text(_l("Plaats"), [NeededToSubmit(), Length(max=100)])
    contact_name = Text(_l("Contactpersoon"), [Optional(), Length(max=200)])
    contact_email = Text(
        _l("E-mailadres"),
        [NeededToSubmit(), Length(max=254)],
        description=_l("Hier komen de ontvangstbevestiging en andere berichten aan."),
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    title = Text(_l("Titel van de aanvraag"), [NeededToSubmit(), Length(max=200)])
    description = LongText(
        _l("Wat gaat de organisatie doen?"),
        [NeededToSubmit(), Length(max=TEXT_LIMIT)],
        description=_l("Zet elk punt op een eigen regel."),
    )
    hypothesis = LongText(
        _l("Wat verwacht de organisatie ervan?"), [Optional(), Length(max=TEXT_LIMIT)]
    )
    starts_on = DayField(_l("Eerste dag van de activiteiten"), [NeededToSubmit()])
    ends_on = DayField(_l("Laatste dag van de activiteiten"), [NeededToSubmit()])
    measure_ids = SelectMultipleField(
        _l("Welke maatregelen worden beproefd?"), [Optional()], coerce=int
    )

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        if isinstance(obj, SubsidyApplication):
            kwargs = {**_parts_of(obj), **kwargs}
        super().__init__(*args, obj=obj, **kwargs)

    def line_fields(self) -> list[tuple[Any, Any]]:
        """Return the fields of each row: what for, and how much."""
        return [
            (self[f"line_{row}_description"], self[f"line_{row}_amount"])
            for row in range(1, self.LINES + 1)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each row besides: an amount without words, or words without an amount."""
        is_valid = bool(super().validate(extra_validators))
        for words, amount in self.line_fields():
            if words.errors or amount.errors:
                continue
            if words.data and amount.data is None:
                _refuse(amount, _("Vul een bedrag in, of maak de rij leeg."))
            elif amount.data is not None and amount.data <= 0:
                _refuse(amount, _("Vul een bedrag boven nul in."))
            elif amount.data is not None and not words.data:
                _refuse(words, _("Vul in waarvoor het bedrag is."))
        return is_valid and not self.errors


class ApplicationForm(ContentForm):
    """What the ministry fills in besides: where it belongs in the register."""

    organisation_id = SelectField(
        _l("Organisatie in het register"),
        [Optional()],
        coerce=chosen_id,
        description=_l("Alleen als de organisatie in het register staat."),
    )
    region_id = SelectField(
        _l("Regio"),
        [Optional()],
        coerce=chosen_id,
        description=_l("Laat leeg als de aanvraag niet bij één regio hoort."),
    )


def with_lines(form_type: type[ContentForm], rows: int) -> type[ContentForm]:
    """Return the form with so many rows for its lines (`line_1_description`, `line_1_amount`)."""
    fields: dict[str, Any] = {"LINES": rows}
    for row in range(1, rows + 1):
        words = _l("Onderdeel %(row)s: waarvoor", row=row)
        fields[f"line_{row}_description"] = Text(words, [Optional(), Length(max=500)])
        amount = _l("Onderdeel %(row)s: bedrag", row=row)
        fields[f"line_{row}_amount"] = MoneyField(amount, [Optional()])
    return type(form_type.__name__, (form_type,), fields)


def rows_for(lines: int) -> int:
    """Return how many rows a form has for so many lines: a few blank ones more."""
    return min(lines + BLANK_ROWS, MOST_LINES)


class SubmitForm(AppForm):
    """When a paper came in; left blank it is now."""

    received_at = DayField(
        _l("Dag van ontvangst"),
        [Optional()],
        description=_l("Alleen voor een aanvraag op papier. Laat leeg voor: nu."),
    )
    received_time = ClockTimeField(
        _l("Tijd van ontvangst"), [Optional()], description=_l("Bijvoorbeeld 14:05.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check besides that a day and a time come together."""
        is_valid = bool(super().validate(extra_validators))
        day, at = self.received_at, self.received_time
        if not self.errors and (day.data is None) != (at.data is None):
            missing = at if at.data is None else day
            _refuse(missing, _("Vul de dag en de tijd allebei in."))
        return is_valid and not self.errors


class LateForm(AppForm):
    """When an application came in after the closing, and what the applicant is told of it."""

    received_at = DayField(
        _l("Dag van ontvangst"), [InputRequired(_l("Vul de dag van ontvangst in."))]
    )
    received_time = ClockTimeField(
        _l("Tijd van ontvangst"),
        [InputRequired(_l("Vul de tijd van ontvangst in."))],
        description=_l("Bijvoorbeeld 14:05."),
    )
    note = LongText(
        _l("Reden"),
        [DataRequired(_l("Vul de reden in.")), Length(max=REASON_LIMIT)],
        description=_l("De aanvrager krijgt deze reden te lezen."),
    )


class AskForm(AppForm):
    """What an applicant must still send."""

    note = LongText(
        _l("Wat ontbreekt er?"),
        [DataRequired(_l("Vul in wat er ontbreekt.")), Length(max=REASON_LIMIT)],
        description=_l("De aanvrager krijgt dit te lezen."),
    )


class WithdrawForm(AppForm):
    """Why an application is withdrawn."""

    note = LongText(
        _l("Waarom wordt de aanvraag ingetrokken?"),
        [DataRequired(_l("Vul de reden in.")), Length(max=REASON_LIMIT)],
    )


class ExtendForm(AppForm):
    """Until when is decided at the latest, and why that is later."""

    extended_to = DayField(
        _l("Laatste dag om te beslissen"), [InputRequired(_l("Vul de nieuwe dag in."))]
    )
    reason = LongText(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van het uitstel in.")), Length(max=REASON_LIMIT)],
        description=_l("De aanvrager krijgt deze reden te lezen."),
    )


class DocumentForm(AppForm):
    """A document to add."""

    file = FileField(
        _l("Document"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("Een pdf, docx, xlsx, odt, png of jpg van hoogstens 5 MB."),
    )


def _parts_of(application: SubsidyApplication) -> dict[str, Any]:
    parts: dict[str, Any] = {"measure_ids": [measure.id for measure in application.measures]}
    for row, line in enumerate(application.lines, 1):
        parts[f"line_{row}_description"] = line.description
        parts[f"line_{row}_amount"] = line.requested_cents
    return parts


def _refuse(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
