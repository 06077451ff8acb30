"""Forms for pilots: what they are, their money, progress, changes, final report and outcome."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vpt_regio.domain.subsidy_codes import ReportLineKind
from vpt_regio.errors import DomainError
from vpt_regio.forms.base import AppForm, DayField, LongText, MoneyField, Text, VagueDateField
from vpt_regio.forms.people import FilterForm, chosen_id
from vpt_regio.models.pilot_reports import PilotFinalReport
from vpt_regio.models.pilots import Pilot
from vpt_regio.services.final_reports import FinalReportData, ReportLineData
from vpt_regio.services.pilot_money import InstalmentRow

TEXT_LIMIT = 10_000
REASON_LIMIT = 500
BLANK_ROWS = 3
MOST_ROWS = 40
ROW_FIELD = re.compile(r"(?P<kind>[a-z]+)_(?P<number>[0-9]+)_(?P<name>[a-z_]+)")


class PilotFilterForm(FilterForm):
    """Which pilots to list."""

    ronde = SelectField(_l("Ronde"), [Optional()], coerce=chosen_id)
    regio = SelectField(_l("Regio"), [Optional()])
    status = SelectField(_l("Status"), [Optional()])
    uitkomst = SelectField(_l("Uitkomst"), [Optional()])


class PilotForm(AppForm):
    """What a pilot is and where it lies."""

    title = Text(_l("Titel"), [DataRequired(_l("Vul de titel van de pilot in.")), Length(max=200)])
    description = LongText(
        _l("Wat wordt er geprobeerd?"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Zet elk punt op een eigen regel."),
    )
    hypothesis = LongText(_l("Wat wordt ervan verwacht?"), [Optional(), Length(max=TEXT_LIMIT)])
    organisation_name = Text(_l("Organisatie"), [Optional(), Length(max=200)])
    place = Text(_l("Plaats"), [Optional(), Length(max=100)])
    organisation_id = SelectField(
        _l("Organisatie in het register"),
        [Optional()],
        coerce=chosen_id,
        description=_l("Alleen als de organisatie in het register staat."),
    )
    region_ids = SelectMultipleField(
        _l("Regio's"),
        [Optional()],
        coerce=int,
        description=_l("Kies niets als de pilot bij geen regio hoort."),
    )
    measure_ids = SelectMultipleField(
        _l("Welke maatregelen worden beproefd?"), [Optional()], coerce=int
    )
    starts = VagueDateField(
        _l("Eerste dag"),
        [Optional()],
        description=_l("Zo precies als bekend is: 1 maart 2012, of voorjaar 2012."),
    )
    ends = VagueDateField(_l("Laatste dag"), [Optional()])
    source = Text(
        _l("Bron"),
        [Optional(), Length(max=500)],
        description=_l("Uit welk stuk dit komt, als het is overgenomen."),
    )

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        if isinstance(obj, Pilot):
            chosen = {
                "region_ids": [region.id for region in obj.regions],
                "measure_ids": [measure.id for measure in obj.measures],
            }
            kwargs = {**chosen, **kwargs}
        super().__init__(*args, obj=obj, **kwargs)


class OutcomeForm(AppForm):
    """What is done with what a pilot taught, and why."""

    outcome = RadioField(_l("Uitkomst"), [InputRequired(_l("Kies de uitkomst."))])
    outcome_reason = LongText(
        _l("Waarom?"), [DataRequired(_l("Leg uit waarom.")), Length(max=TEXT_LIMIT)]
    )
    outcome_source = Text(
        _l("Bron"),
        [Optional(), Length(max=500)],
        description=_l("Bijvoorbeeld de evaluatie of de brief waarin dit staat."),
    )


class RowsForm(AppForm):
    """A form with numbered rows of fields, such as `row_1_amount`; `with_rows` adds those.

    `NAMES` gives for each kind of row the names of its fields, `COUNTS` how many rows there are.
    Rows that were left blank do not count: the rules number the others from 1.
    """

    NAMES: ClassVar[dict[str, tuple[str, ...]]] = {}
    COUNTS: ClassVar[dict[str, int]] = {}

    def row_fields(self, kind: str) -> list[list[Any]]:
        """Return the fields of each row of a kind."""
        return [self._row(kind, number) for number in range(1, self.COUNTS[kind] + 1)]

    def filled(self, kind: str) -> list[int]:
        """Return the numbers of the rows in which something was filled in."""
        return [
            number
            for number in range(1, self.COUNTS[kind] + 1)
            if any(field.data not in (None, "") for field in self._row(kind, number))
        ]

    def add_error(self, error: DomainError, translate: Callable[[DomainError], str]) -> None:
        """Put a message at the row that it is about, also when rows before it are blank."""
        found = ROW_FIELD.fullmatch(error.field or "")
        if found and found["kind"] in self.COUNTS:
            numbers = self.filled(found["kind"])
            place = int(found["number"]) - 1
            if place < len(numbers):
                error.field = f"{found['kind']}_{numbers[place]}_{found['name']}"
        super().add_error(error, translate)

    def _row(self, kind: str, number: int) -> list[Any]:
        return [self[f"{kind}_{number}_{name}"] for name in self.NAMES[kind]]


class InstalmentsForm(RowsForm):
    """The instalments of a grant, each with a day, an amount and a condition."""

    NAMES: ClassVar = {"row": ("planned_on", "amount", "condition")}

    def rows(self, ids: Sequence[int]) -> list[InstalmentRow]:
        """Return what was filled in; the first rows are those of the instalments that exist."""
        return [
            InstalmentRow(
                planned_on=self[f"row_{number}_planned_on"].data,
                amount_cents=self[f"row_{number}_amount"].data,
                condition=self[f"row_{number}_condition"].data,
                id=ids[number - 1] if number <= len(ids) else None,
            )
            for number in self.filled("row")
        ]


def instalments_form(pilot: Pilot) -> type[InstalmentsForm]:
    """Return the form for the instalments of a pilot, with a few blank rows more."""
    count = min(len(pilot.instalments) + BLANK_ROWS, MOST_ROWS)
    fields: dict[str, Any] = {"COUNTS": {"row": count}}
    for number in range(1, count + 1):
        row = f"row_{number}_"
        fields[f"{row}planned_on"] = DayField(
            _l("Termijn %(number)s: datum", number=number), [Optional()]
        )
        fields[f"{row}amount"] = MoneyField(
            _l("Termijn %(number)s: bedrag", number=number), [Optional()]
        )
        fields[f"{row}condition"] = Text(
            _l("Termijn %(number)s: voorwaarde", number=number), [Optional(), Length(max=300)]
        )
    return type("InstalmentsForm", (InstalmentsForm,), fields)


def instalments_shown(pilot: Pilot) -> dict[str, Any]:
    """Return the instalments of a pilot under the names of their fields."""
    shown: dict[str, Any] = {}
    for number, one in enumerate(pilot.instalments, 1):
        shown[f"row_{number}_planned_on"] = one.planned_on
        shown[f"row_{number}_amount"] = one.amount_cents
        shown[f"row_{number}_condition"] = one.condition
    return shown


class PilotPaymentForm(AppForm):
    """A payment to the recipient."""

    instalment = SelectField(_l("Termijn"), [Optional()], coerce=chosen_id)
    amount = MoneyField(_l("Bedrag"), [InputRequired(_l("Vul het bedrag in."))])
    paid_on = DayField(_l("Datum van de betaling"), [InputRequired(_l("Vul de datum in."))])
    reference = Text(
        _l("Kenmerk"),
        [DataRequired(_l("Vul het kenmerk van de betaling in.")), Length(max=100)],
        description=_l("Het nummer waaronder de betaling in de administratie staat."),
    )


class PilotCorrectionForm(AppForm):
    """What is taken back of a booking, and why."""

    amount = MoneyField(
        _l("Bedrag van de correctie"),
        [InputRequired(_l("Vul het bedrag in."))],
        description=_l("Met een min ervoor, bijvoorbeeld -250,00."),
    )
    paid_on = DayField(_l("Datum van de correctie"), [InputRequired(_l("Vul de datum in."))])
    reference = Text(
        _l("Kenmerk"),
        [DataRequired(_l("Vul het kenmerk van de correctie in.")), Length(max=100)],
    )
    reason = Text(
        _l("Reden"),
        [DataRequired(_l("Vul de reden van de correctie in.")), Length(max=REASON_LIMIT)],
    )


class PilotProgressForm(AppForm):
    """How a pilot went in a half-year; `revision` is the one that the person saw."""

    revision = HiddenField()
    state = RadioField(_l("Hoe gaat het?"), [InputRequired(_l("Kies hoe het gaat."))])
    result = LongText(
        _l("Wat is er gedaan en wat leverde dat op?"),
        [DataRequired(_l("Vul dit in.")), Length(max=TEXT_LIMIT)],
    )
    obstacle = LongText(
        _l("Wat zit er tegen?"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Nodig als de pilot is vertraagd of gestopt."),
    )
    next_step = LongText(_l("Wat is de volgende stap?"), [Optional(), Length(max=TEXT_LIMIT)])
    reason = Text(
        _l("Waarom herziet u deze tekst?"),
        [Optional(), Length(max=REASON_LIMIT)],
        description=_l("Alleen als er over dit halfjaar al iets stond."),
    )

    @property
    def seen_revision(self) -> int | None:
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


class NoticeForm(AppForm):
    """What changes in a pilot."""

    kind = RadioField(_l("Wat verandert er?"), [InputRequired(_l("Kies wat er verandert."))])
    explanation = LongText(
        _l("Leg uit wat er verandert en waarom"),
        [DataRequired(_l("Vul de uitleg in.")), Length(max=TEXT_LIMIT)],
    )
    proposed_end_on = DayField(
        _l("Nieuwe laatste dag die u voorstelt"),
        [Optional()],
        description=_l("Nodig als de activiteiten later klaar zijn."),
    )


class AnswerForm(AppForm):
    """What the ministry answers to a notice."""

    is_agreed = RadioField(
        _l("Gaat het ministerie akkoord?"),
        [InputRequired(_l("Kies ja of nee."))],
        choices=[SelectChoice("ja", _l("Ja")), SelectChoice("nee", _l("Nee"))],
    )
    answer = LongText(
        _l("Antwoord"), [DataRequired(_l("Vul het antwoord in.")), Length(max=TEXT_LIMIT)]
    )


class FinalReportForm(RowsForm):
    """What a pilot realised against what was planned; `final_report_form` adds the lines."""

    NAMES: ClassVar = {
        "activity": ("subject", "planned", "realised", "explanation"),
        "cost": ("subject", "planned", "realised", "explanation"),
    }

    results = LongText(
        _l("Wat zijn de resultaten?"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Noem ook of de pilot deed wat ervan werd verwacht."),
    )
    lessons = LongText(
        _l("Wat kunnen anderen hiervan leren?"), [Optional(), Length(max=TEXT_LIMIT)]
    )
    obligations = LongText(
        _l("Hoe is aan de verplichtingen van de subsidie voldaan?"),
        [Optional(), Length(max=TEXT_LIMIT)],
    )

    def content(self) -> FinalReportData:
        """Return what was filled in."""
        return FinalReportData(
            results=self.results.data,
            lessons=self.lessons.data,
            obligations=self.obligations.data,
            lines=(*self._lines(ReportLineKind.ACTIVITY), *self._lines(ReportLineKind.COST)),
        )

    def _lines(self, kind: ReportLineKind) -> list[ReportLineData]:
        suffix = "_cents" if kind is ReportLineKind.COST else ""
        lines = []
        for number in self.filled(kind):
            subject, planned, realised, explanation = (
                field.data for field in self._row(kind, number)
            )
            amounts = {f"planned{suffix}": planned, f"realised{suffix}": realised}
            lines.append(ReportLineData(kind, subject, explanation=explanation, **amounts))
        return lines


def final_report_form(report: PilotFinalReport | None) -> type[FinalReportForm]:
    """Return the form for a report: the rows that it has, and a few blank ones more."""
    fields: dict[str, Any] = {"COUNTS": {}}
    for kind, name in (("activity", _l("Activiteit")), ("cost", _l("Kostenpost"))):
        present = sum(line.kind == kind for line in report.lines) if report else 0
        count = min(present + BLANK_ROWS, MOST_ROWS)
        fields["COUNTS"][kind] = count
        for number in range(1, count + 1):
            fields |= _line_fields(kind, number, name)
    return type("FinalReportForm", (FinalReportForm,), fields)


def final_report_shown(report: PilotFinalReport | None) -> dict[str, Any]:
    """Return the lines of a report under the names of their fields."""
    shown: dict[str, Any] = {}
    numbers = dict.fromkeys(ReportLineKind, 0)
    for line in report.lines if report else ():
        numbers[line.kind] += 1
        row = f"{line.kind}_{numbers[line.kind]}_"
        is_cost = line.kind is ReportLineKind.COST
        shown[f"{row}subject"] = line.subject
        shown[f"{row}planned"] = line.planned_cents if is_cost else line.planned
        shown[f"{row}realised"] = line.realised_cents if is_cost else line.realised
        shown[f"{row}explanation"] = line.explanation
    return shown


def _line_fields(kind: str, number: int, name: Any) -> dict[str, Any]:
    row = f"{kind}_{number}_"
    place = {"name": name, "number": number}
    planned, realised = (
        (_l("%(name)s %(number)s: gepland", **place), _l("%(name)s %(number)s: gedaan", **place))
        if kind == ReportLineKind.ACTIVITY
        else (
            _l("%(name)s %(number)s: begroot", **place),
            _l("%(name)s %(number)s: gemaakt", **place),
        )
    )
    value = Text if kind == ReportLineKind.ACTIVITY else MoneyField
    return {
        f"{row}subject": Text(
            _l("%(name)s %(number)s: waarover", **place), [Optional(), Length(max=300)]
        ),
        f"{row}planned": value(planned, [Optional()]),
        f"{row}realised": value(realised, [Optional()]),
        f"{row}explanation": Text(
            _l("%(name)s %(number)s: uitleg", **place), [Optional(), Length(max=2000)]
        ),
    }


class ReturnReportForm(AppForm):
    """What has to be better in a final report."""

    note = LongText(
        _l("Wat moet er beter?"),
        [DataRequired(_l("Vul in wat er beter moet.")), Length(max=TEXT_LIMIT)],
    )
