"""What the pages about uploaded forms show: values in words, and rows for their tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, PHASE_LABELS, RAG_LABELS
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, Unit
from vpt_regio.domain.text import N_
from vpt_regio.models.imports import Import
from vpt_regio.services.import_lines import LINE_STATE_LABELS, Line, LineState
from vpt_regio.services.imports import Preview, is_read
from vpt_regio.web import filters
from vpt_regio.web.i18n import label
from vpt_regio.workbooks.progress_form_columns import TITLES
from vpt_regio.workbooks.progress_form_types import FormSheet

SHORT = 300

NAMES: Mapping[str, str] = {
    "status": N_("Status"),
    "percent": N_("Voortgang"),
    "result": N_("Resultaat"),
    "obstacle": N_("Knelpunt"),
    "next_step": N_("Vervolg"),
    "cutoff_on": N_("Peildatum"),
    "value": N_("Waarde"),
    "numerator": N_("Teller"),
    "denominator": N_("Noemer"),
    "qualifier": N_("Kwalificatie"),
    "source": N_("Bron"),
    "note": N_("Toelichting"),
    "quarters": N_("Uren"),
    "booked_on": N_("Datum"),
    "description": N_("Omschrijving"),
    "activity_id": N_("Activiteit"),
    "phase": N_("Fase"),
    "amount_cents": N_("Bedrag"),
    "rag": N_("Oordeel"),
    "rag_explanation": N_("Toelichting op het oordeel"),
    "results": N_("Resultaten"),
    "obstacles": N_("Knelpunten"),
    "outlook": N_("Vooruitblik"),
}
_LISTS: Mapping[str, Mapping[Any, str]] = {
    "status": ACTIVITY_STATUS_LABELS,
    "rag": RAG_LABELS,
    "qualifier": QUALIFIER_LABELS,
    "phase": PHASE_LABELS,
}
_STATE_TONES = {
    LineState.ADDED: "success",
    LineState.CHANGED: "active",
    LineState.CONFLICT: "warning",
    LineState.ALIKE: "warning",
    LineState.GONE: "danger",
}


def subject_of(line: Line) -> str:
    """Return what a line is about, in words."""
    facts = line.facts
    if line.sheet is FormSheet.ACTIVITIES:
        return f"{facts.get('number')}. {facts.get('title')}"
    if line.sheet is FormSheet.MEASUREMENTS:
        return str(facts.get("label") or facts.get("indicator") or "")
    if line.sheet is FormSheet.HOURS:
        return _("%(leader)s, week %(week)s", leader=facts.get("leader"), week=facts.get("week"))
    if line.sheet is FormSheet.EXPENDITURES:
        return str(line.new.get("description") or "")
    return _("Rapportage")


def place_of(line: Line) -> str:
    """Return the sheet of a line and its cells, of the values that it would change."""
    cells = [line.cells[name] for name in line.touched if name in line.cells]
    return " ".join(part for part in (TITLES[line.sheet], ", ".join(cells)) if part)


def title_of(line: Line) -> str:
    """Return what a line is about, with the value when it is about one."""
    names = ", ".join(label(NAMES[name]) for name in line.touched)
    if line.sheet in (FormSheet.ACTIVITIES, FormSheet.JUDGEMENT):
        return f"{subject_of(line)}: {names}"
    return subject_of(line)


def in_words(line: Line, values: Mapping[str, Any]) -> str:
    """Return the values that a line touches, as a person reads them."""
    if not values or all(values.get(name) in (None, "") for name in line.touched):
        return _("leeg")
    if len(line.touched) == 1:
        return _value(line.touched[0], values.get(line.touched[0]), line)
    return "; ".join(
        f"{label(NAMES[name])}: {_value(name, values.get(name), line)}" for name in line.touched
    )


def _value(name: str, value: Any, line: Line) -> str:
    if value is None or value == "":
        return _("leeg")
    if name in _LISTS:
        return label(_LISTS[name][value])
    if name in _FORMATS:
        return _FORMATS[name](value, line) or ""
    text = str(value)
    return text if len(text) <= SHORT else f"{text[:SHORT]} …"


def _day(value: Any, _line: Line) -> str | None:
    return filters.plain_day(date.fromisoformat(str(value)))


def _number(value: Any, _line: Line) -> str | None:
    return filters.number(Fraction(Decimal(str(value))), 4)


def _measured(value: Any, line: Line) -> str | None:
    if line.facts.get("unit") == Unit.YES_NO:
        return _("ja") if Decimal(str(value)) else _("nee")
    return _number(value, line)


_FORMATS: Mapping[str, Callable[[Any, Line], str | None]] = {
    "cutoff_on": _day,
    "booked_on": _day,
    "value": _measured,
    "numerator": _number,
    "denominator": _number,
    "percent": lambda value, _line: f"{value}%",
    "amount_cents": lambda value, _line: filters.euro(int(value)),
    "quarters": lambda value, _line: filters.hours(int(value)),
    "activity_id": lambda value, line: str(line.facts.get("activity") or value),
}


def choice_rows(preview: Preview, chosen: set[str] | None) -> list[tuple[Any, ...]]:
    """Return a row for each line that may be taken: all of them on, but for what looks booked.

    `chosen` are the keys that a person left on when the page comes back.
    """
    return [
        (
            line.key,
            title_of(line),
            line.state is not LineState.ALIKE if chosen is None else line.key in chosen,
            [
                in_words(line, line.current),
                in_words(line, line.result),
                place_of(line),
                _state(line),
            ],
        )
        for line in preview.of(LineState.ADDED, LineState.CHANGED, LineState.ALIKE)
    ]


def conflict_choices(preview: Preview) -> list[tuple[str, str, str, str]]:
    """Return for each conflict its key, what it is about, and the two values to choose from."""
    return [
        (
            line.key,
            _(
                "%(what)s (bij het downloaden: %(base)s)",
                what=title_of(line),
                base=in_words(line, line.base),
            ),
            _("Uit het formulier: %(value)s", value=in_words(line, line.result)),
            _("Zoals het nu is: %(value)s", value=in_words(line, line.current)),
        )
        for line in preview.of(LineState.CONFLICT)
    ]


def idle_rows(preview: Preview) -> list[list[Any]]:
    """Return a row for each line that does nothing: it stands there already, or is gone."""
    lines = preview.of(LineState.AGREED, LineState.KNOWN, LineState.GONE)
    return [[_idle_title(line), place_of(line), _state(line)] for line in lines]


def _idle_title(line: Line) -> str:
    names = ", ".join(label(NAMES[name]) for name in line.new)
    is_value = line.sheet in (FormSheet.ACTIVITIES, FormSheet.JUDGEMENT)
    return f"{subject_of(line)}: {names}" if is_value else subject_of(line)


def decided_rows(import_: Import, preview: Preview) -> list[list[Any]]:
    """Return a row for each line as it was decided on, with whether it was taken over."""
    taken = {entry["key"] for entry in import_.changes if entry.get("is_taken")}
    return [
        [
            title_of(line),
            in_words(line, line.current),
            in_words(line, line.result),
            place_of(line),
            _outcome(import_, is_taken=line.key in taken),
        ]
        for line in preview.lines
        if line.touched
    ]


def _outcome(import_: Import, *, is_taken: bool) -> dict[str, Any]:
    if not is_taken:
        return {"text": _("niet overgenomen"), "badge": "neutral"}
    if import_.status is ImportStatus.WITHDRAWN:
        return {"text": _("teruggedraaid"), "badge": "neutral"}
    return {"text": _("overgenomen"), "badge": "success"}


def _state(line: Line) -> dict[str, Any]:
    tone = _STATE_TONES.get(line.state, "neutral")
    return {"text": label(LINE_STATE_LABELS[line.state]), "badge": tone}


def message_rows(messages: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return a row for each stored message: sheet, cells, and what to do."""
    return [
        [
            one["sheet"] or _("hele bestand"),
            ", ".join(one["cells"]) or "–",
            label(one["message"], **one["params"]),
        ]
        for one in messages
    ]


def import_rows(imports: Iterable[Import], *, with_region: bool) -> list[list[Any]]:
    """Return a row for each uploaded form, with a link to its page."""
    return [
        [
            {"text": one.file_name, "url": url_for("imports.show", import_id=one.id)},
            one.region.name if with_region else one.period.name,
            filters.plain_moment(one.uploaded_at),
            one.uploaded_by.name,
            status_badge(one),
        ]
        for one in imports
    ]


def status_badge(import_: Import) -> dict[str, Any]:
    """Return the status of an uploaded form; before it was read it is being read."""
    if not is_read(import_):
        return {"text": _("wordt gelezen"), "badge": "neutral"}
    tone = filters.state_tone("import", import_.status)
    return {"text": filters.state_label("import", import_.status), "badge": tone}


def is_taken(import_: Import) -> bool:
    """Return whether a form was taken over and may perhaps be taken back."""
    return import_.status in (ImportStatus.ACCEPTED, ImportStatus.ACCEPTED_WITH_NOTES)
