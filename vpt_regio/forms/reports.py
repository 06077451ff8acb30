"""Forms for the half-year reports."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import TextInput

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, RAG_LABELS, ActivityStatus, Rag
from vpt_regio.domain.rules.reports import activity_field, measurement_field
from vpt_regio.forms.base import AppForm, LongText, WholeNumberField
from vpt_regio.models.periods import ProgressReport

TEXT_LIMIT = 10_000
ACTIVITY_FIELDS = ("status", "percent", "result", "obstacle", "next_step")


def _status(text: str) -> ActivityStatus | None:
    return ActivityStatus(text) if text else None


def _is_activity(name: str) -> bool:
    return name.startswith("activities-")


def _rank(name: str) -> int:
    if _is_activity(name):
        return 0
    return 1 if name.startswith("measurements-") else 2


class MeasurementPlace(Field):
    """Where the page shows a measurement: nothing is sent for it, but messages find their place."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take nothing: a measurement is recorded on a page of its own."""


class NeededToSubmit:
    """Marks a field as required: a draft may be saved without it, a report not submitted."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Check nothing: the rules of submitting do."""


class ReportForm(AppForm):
    """The narrative and the judgement; `report_form` adds the fields of each activity."""

    activity_ids: ClassVar[tuple[int, ...]] = ()

    results = LongText(
        _l("Resultaten van dit halfjaar"), [NeededToSubmit(), Length(max=TEXT_LIMIT)]
    )
    obstacles = LongText(_l("Knelpunten"), [Optional(), Length(max=TEXT_LIMIT)])
    outlook = LongText(
        _l("Vooruitblik op het volgende halfjaar"), [NeededToSubmit(), Length(max=TEXT_LIMIT)]
    )
    rag = RadioField(_l("Oordeel"), [NeededToSubmit(), Optional()], coerce=Rag)
    rag_explanation = LongText(
        _l("Toelichting op het oordeel"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=_l("Verplicht bij oranje en rood."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # messages are listed in the order of the fields: the page begins with the activities
        self._fields = dict(sorted(self._fields.items(), key=lambda part: _rank(part[0])))

    def progress_of(self, activity_id: int) -> dict[str, Any]:
        """Return what was filled in about one activity, by field."""
        return {name: self[activity_field(activity_id, name)].data for name in ACTIVITY_FIELDS}


class ReturnForm(AppForm):
    """Why a report goes back to the region."""

    note = LongText(
        _l("Wat moet er beter?"),
        [DataRequired(_l("Leg uit wat er beter moet.")), Length(max=TEXT_LIMIT)],
    )


class StoredReport:
    """A report under the names of the form's fields, those of its activities included."""

    def __init__(self, report: ProgressReport) -> None:
        self._report = report

    def __getattr__(self, name: str) -> Any:
        if not _is_activity(name):
            return getattr(self._report, name)
        _, activity_id, field = name.split("-")
        for row in self._report.activities:
            if row.activity_id == int(activity_id):
                return getattr(row, field)
        raise AttributeError(name)


def report_form(activity_ids: Iterable[int], agreement_ids: Iterable[int] = ()) -> type[ReportForm]:
    """Return the form of a report with these activities, and places for these agreements.

    The fields stand side by side in one form (`activities-12-percent`), so that each message of
    a rule finds its field, with or without scripts.
    """
    fields: dict[str, Any] = {"activity_ids": tuple(activity_ids)}
    for activity_id in fields["activity_ids"]:
        fields |= {
            activity_field(activity_id, name): field for name, field in _activity_fields().items()
        }
    for agreement_id in agreement_ids:
        place = MeasurementPlace(_l("Prestatieafspraak"), [NeededToSubmit()])
        fields[measurement_field(agreement_id)] = place
    # the name tells the forms of a page apart, so it stays the same for every report
    return type(ReportForm.__name__, (ReportForm,), fields)


def report_choices(activity_ids: Iterable[int]) -> dict[str, list[tuple[Any, str]]]:
    """Return the options of the select fields, in the language of the page."""
    statuses = [("", gettext("Kies een status")), *_options(ACTIVITY_STATUS_LABELS)]
    choices = {activity_field(activity_id, "status"): statuses for activity_id in activity_ids}
    return {**choices, "rag": _options(RAG_LABELS)}


def _activity_fields() -> dict[str, Any]:
    return {
        "status": SelectField(_l("Status"), [NeededToSubmit()], coerce=_status),
        "percent": WholeNumberField(_l("Voortgang"), [NeededToSubmit(), Optional()]),
        "result": LongText(_l("Resultaat"), [Optional(), Length(max=TEXT_LIMIT)]),
        "obstacle": LongText(
            _l("Knelpunt"),
            [Optional(), Length(max=TEXT_LIMIT)],
            description=_l("Verplicht als de activiteit vertraagd is."),
        ),
        "next_step": LongText(_l("Vervolg"), [Optional(), Length(max=TEXT_LIMIT)]),
    }


def _options(labels: Mapping[Any, str]) -> list[tuple[Any, str]]:
    return [(code.value, gettext(text)) for code, text in labels.items()]
