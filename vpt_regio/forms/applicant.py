"""Forms of an applicant: the application with its lines, documents, and withdrawing."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectMultipleField
from wtforms.validators import DataRequired, Length, Optional

from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text
from vpt_regio.forms.reports import NeededToSubmit
from vpt_regio.models.subsidies import SubsidyApplication
from vpt_regio.services.application_contents import MOST_LINES, ApplicationData, LineData
from vpt_regio.services.people import MAX_EMAIL_LENGTH

TEXT_LIMIT = 10_000
REASON_LIMIT = 2000
SPARE_LINES = 3
FEWEST_LINES = 5


class WritingForm(AppForm):
    """What an application says; `writing_form` adds two fields for each line."""

    line_numbers: ClassVar[tuple[int, ...]] = ()

    organisation_name = Text(
        _l("Naam van de organisatie"),
        [DataRequired(_l("Vul de naam van de organisatie in.")), Length(max=200)],
    )
    place = Text(_l("Plaats"), [NeededToSubmit(), Length(max=100)])
    contact_name = Text(_l("Contactpersoon"), [Optional(), Length(max=200)])
    contact_email = Text(
        _l("E-mailadres"),
        [NeededToSubmit(), Length(max=MAX_EMAIL_LENGTH)],
        description=_l("Hier komen de berichten over de aanvraag aan."),
        render_kw={"type": "email", "autocomplete": "email", "spellcheck": "false"},
    )
    title = Text(_l("Titel van de aanvraag"), [NeededToSubmit(), Length(max=200)])
    description = LongText(
        _l("Wat gaat u doen?"),
        [NeededToSubmit(), Length(max=TEXT_LIMIT)],
        description=_l("Schrijf in punten: elk punt op een eigen regel."),
    )
    hypothesis = LongText(
        _l("Wat verwacht u dat het oplevert?"), [Optional(), Length(max=TEXT_LIMIT)]
    )
    measure_ids = SelectMultipleField(
        _l("Welke maatregelen probeert u uit?"), [Optional()], coerce=int
    )
    starts_on = DayField(_l("Eerste dag van de activiteiten"), [NeededToSubmit(), Optional()])
    ends_on = DayField(_l("Laatste dag van de activiteiten"), [NeededToSubmit(), Optional()])

    def line_rows(self) -> list[tuple[int, Any, Any]]:
        """Return the number of each line with its two fields."""
        return [
            (number, self[f"line_{number}_description"], self[f"line_{number}_cents"])
            for number in self.line_numbers
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the other half of a line of which only one half was filled in."""
        is_valid = super().validate(extra_validators)
        for _number, what, amount in self.line_rows():
            if what.errors or amount.errors:
                continue
            if what.data and amount.data is None:
                amount.errors = [gettext("Vul het bedrag van dit onderdeel in.")]
            elif amount.data is not None and not what.data:
                what.errors = [gettext("Vul in waarvoor dit bedrag is.")]
            else:
                continue
            is_valid = False
        return is_valid

    def content(self) -> ApplicationData:
        """Return what was filled in; lines that were left empty are none."""
        lines = tuple(
            LineData(what.data, amount.data)
            for _number, what, amount in self.line_rows()
            if what.data and amount.data is not None
        )
        return ApplicationData(
            organisation_name=self.organisation_name.data,
            place=self.place.data,
            contact_name=self.contact_name.data,
            contact_email=self.contact_email.data,
            title=self.title.data,
            description=self.description.data,
            hypothesis=self.hypothesis.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            measure_ids=tuple(self.measure_ids.data or ()),
            lines=lines,
        )


class StoredApplication:
    """An application under the names of the form's fields, those of its lines included."""

    def __init__(self, application: SubsidyApplication) -> None:
        self._application = application

    @property
    def measure_ids(self) -> list[int]:
        return [measure.id for measure in self._application.measures]

    def __getattr__(self, name: str) -> Any:
        kind, _, rest = name.partition("_")
        number, _, part = rest.partition("_")
        if kind != "line" or not number.isdigit():
            return getattr(self._application, name)
        line = next((one for one in self._application.lines if one.position == int(number)), None)
        if line is None:
            return "" if part == "description" else None
        return line.description if part == "description" else line.requested_cents


def writing_form(application: SubsidyApplication, *, sent: int = 0) -> type[WritingForm]:
    """Return the form of an application, with empty lines for what comes to mind.

    `sent` is how many lines a page that was sent had.
    """
    wanted = max(len(application.lines) + SPARE_LINES, FEWEST_LINES, sent)
    numbers = tuple(range(1, min(wanted, MOST_LINES) + 1))
    fields: dict[str, Any] = {"line_numbers": numbers}
    for number in numbers:
        fields[f"line_{number}_description"] = Text(
            _l("Omschrijving van onderdeel %(number)s", number=number),
            [Optional(), Length(max=500)],
        )
        fields[f"line_{number}_cents"] = MoneyField(
            _l("Bedrag van onderdeel %(number)s", number=number), [Optional()]
        )
    # the name tells the forms of a page apart, so it stays the same for every application
    return type(WritingForm.__name__, (WritingForm,), fields)


class DocumentForm(AppForm):
    """A document with the application or the final report."""

    file = FileField(
        _l("Document"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("Een pdf, docx, xlsx, odt, png of jpg van hoogstens 5 MB."),
    )


class WithdrawForm(AppForm):
    """Why an application is withdrawn."""

    note = LongText(
        _l("Waarom trekt u de aanvraag in?"),
        [DataRequired(_l("Vul in waarom u de aanvraag intrekt.")), Length(max=REASON_LIMIT)],
    )
