"""The columns of a progress form: declared once, for writing it and for reading it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final, NamedTuple

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, PHASE_LABELS, RAG_LABELS
from vpt_regio.domain.indicator_codes import QUALIFIER_LABELS, UNIT_LABELS, Unit
from vpt_regio.workbooks import parse
from vpt_regio.workbooks import progress_form_cells as cells
from vpt_regio.workbooks.measured import cell_of
from vpt_regio.workbooks.parse import fold
from vpt_regio.workbooks.progress_form_types import FormAgreement, FormMeta, FormSheet
from vpt_regio.workbooks.spec import Allowed, Choices, Column, Kind, Limits, Sheet, Typed

TITLE: Final = "Voortgangsformulier"
README: Final = "Lees mij"
META_SHEET: Final = "_vpt"
FAULTS: Final = "Fouten"
OPEN_ROWS: Final = 200
TEXT_LIMIT: Final = 10_000
NOTE_LIMIT: Final = 2_000
SOURCE_LIMIT: Final = 300
LINE_LIMIT: Final = 500
# the column of the hidden sheet in which each list stands
ACTIVITY_LIST: Final = ("vpt", "activity")
LEADER_LIST: Final = ("vpt", "leader")
WEEK_LIST: Final = ("vpt", "week")
LATEST: Final = date(2100, 12, 31)
EARLIEST: Final = date(2000, 1, 1)


class Line(NamedTuple):
    """A row of the source with its key."""

    key: str
    item: Any


def key_column() -> Column:
    """The hidden column by which a row is known, wherever it goes."""
    return Column(
        "key", "Sleutel", Kind.TEXT, 12, lambda line: line.key, expected=True, hidden=True
    )


def _column(key: str, header: str, kind: Kind, width: float, **how: Any) -> Column:
    """A column that shows an attribute of the row; a starred one must be in the file."""
    get = how.pop("get", None) or (lambda item: getattr(item, key))
    starred = how.get("editable", False) or how.get("open", False)
    if not starred:
        how.setdefault("parse", cells.ignored)
    return Column(key, header, kind, width, lambda line: get(line.item), expected=starred, **how)


def _text(key: str, header: str, width: float, most: int, **how: Any) -> Column:
    kind = Kind.LONG_TEXT if most > LINE_LIMIT else Kind.TEXT
    message = f"Deze tekst is te lang. Gebruik hoogstens {most} tekens."
    return _column(
        key,
        header,
        kind,
        width,
        get=lambda item: getattr(item, key) or None,
        parse=parse.text(most=most, lines=kind is Kind.LONG_TEXT),
        limits=lambda _file: Limits(Allowed.LENGTH, 0, most, message),
        **how,
    )


def _choice(key: str, header: str, width: float, labels: Mapping[Any, str], **how: Any) -> Column:
    words = tuple(labels.values())
    return _column(
        key,
        header,
        Kind.TEXT,
        width,
        get=lambda item: labels.get(getattr(item, key)),
        parse=parse.choice(labels),
        choices=Choices(lambda _file: words),
        **how,
    )


def activity_columns() -> tuple[Column, ...]:
    """One row for each activity of the plan."""
    return (
        _column("number", "Nr", Kind.INTEGER, 6, parse=parse.whole_number),
        _column("title", "Activiteit", Kind.TEXT, 36),
        _choice("status", "Status", 14, ACTIVITY_STATUS_LABELS, editable=True),
        _column(
            "percent",
            "Voortgang %",
            Kind.PERCENT,
            12,
            get=lambda item: None if item.percent is None else Decimal(item.percent) / cells.WHOLE,
            editable=True,
            parse=cells.percent,
            limits=lambda _file: Limits(Allowed.DECIMAL, 0, 1, cells.NOT_0_TO_100),
        ),
        _column("spent_cents", "Besteed in halfjaar", Kind.MONEY, 16),
        _text("result", "Resultaat", 50, TEXT_LIMIT, editable=True),
        _text("obstacle", "Knelpunt", 50, TEXT_LIMIT, editable=True),
        _text("next_step", "Vervolg", 50, TEXT_LIMIT, editable=True),
        key_column(),
    )


def measurement_columns() -> tuple[Column, ...]:
    """One row for each agreement; a value has the form of its unit."""
    limits = Limits(Allowed.DATE, EARLIEST, LATEST, parse.NOT_A_DATE)
    return (
        _column("indicator", "Indicator", Kind.TEXT, 36),
        _column("unit", "Eenheid", Kind.TEXT, 11, get=lambda item: UNIT_LABELS[item.unit]),
        _column(
            "previous",
            "Vorige waarde",
            Kind.MIXED,
            14,
            get=lambda item: _in_unit(item.previous, item),
        ),
        _column(
            "cutoff_on",
            "Peildatum",
            Kind.DATE,
            13,
            editable=True,
            limits=lambda _file: limits,
        ),
        _column(
            "value",
            "Waarde",
            Kind.MIXED,
            14,
            get=lambda item: _in_unit(item.value, item),
            editable=True,
            # what a value may be depends on the unit of its row: progress_form_rows reads it
            parse=cells.as_it_is,
        ),
        _count("numerator", "Teller"),
        _count("denominator", "Noemer"),
        _choice("qualifier", "Kwalificatie", 13, QUALIFIER_LABELS, editable=True),
        _text("source", "Bron", 30, SOURCE_LIMIT, editable=True),
        _column("label", "Afspraak", Kind.TEXT, 40, parse=parse.text()),
        _text("note", "Toelichting", 40, NOTE_LIMIT, editable=True),
        key_column(),
    )


def _count(key: str, header: str) -> Column:
    limits = Limits(Allowed.DECIMAL, 0, 10**12, cells.NEGATIVE)
    return _column(
        key,
        header,
        Kind.NUMBER,
        11,
        editable=True,
        check=cells.not_negative,
        limits=lambda _file: limits,
    )


def hours_columns(meta: FormMeta) -> tuple[Column, ...]:
    """One row for each week of each project leader, and open rows below them."""
    message = "Vul een aantal uren in van 0 tot en met 60, bijvoorbeeld 7,5."
    leaders = {fold(label): number for label, number in meta.leaders.items()}
    return (
        _column(
            "leader",
            "Projectleider",
            Kind.TEXT,
            28,
            open=True,
            parse=cells.known(leaders, cells.OTHER_LEADER),
            choices=Choices(lambda file: list(file.meta.leaders), LEADER_LIST),
        ),
        _column(
            "week",
            "Week",
            Kind.TEXT,
            12,
            get=lambda item: str(item.week),
            open=True,
            parse=cells.week,
            check=cells.week_inside(meta),
            choices=Choices(lambda file: file.weeks, WEEK_LIST),
        ),
        _column(
            "quarters",
            "Uren",
            Kind.NUMBER,
            10,
            get=lambda item: (
                None if item.quarters is None else Decimal(item.quarters) / cells.QUARTERS
            ),
            editable=True,
            open=True,
            parse=cells.quarters,
            limits=lambda _file: Limits(Allowed.DECIMAL, 0, cells.MOST_HOURS, message),
        ),
        _text("note", "Toelichting", 50, LINE_LIMIT, editable=True, open=True),
        key_column(),
    )


def expenditure_columns(meta: FormMeta) -> tuple[Column, ...]:
    """What was booked, to see, and open rows for what is new."""
    labels = {number: label for label, number in meta.activities.items()}
    inside = cells.bounds(meta)
    day_limits = Limits(Allowed.DATE, meta.starts_on, meta.ends_on, cells.DAY_OUTSIDE % inside)
    return (
        _column(
            "booked_on",
            "Datum",
            Kind.DATE,
            13,
            open=True,
            limits=lambda _file: day_limits,
        ),
        _text("description", "Omschrijving", 50, LINE_LIMIT, open=True),
        _column(
            "activity_id",
            "Activiteit",
            Kind.TEXT,
            36,
            get=lambda item: labels.get(item.activity_id),
            open=True,
            parse=cells.known(cells.activity_names(meta), cells.OTHER_ACTIVITY),
            choices=Choices(lambda file: list(file.meta.activities), ACTIVITY_LIST),
        ),
        _choice("phase", "Fase", 14, PHASE_LABELS, open=True),
        _column(
            "amount_cents",
            "Bedrag",
            Kind.MONEY,
            14,
            open=True,
            limits=lambda _file: Limits(
                Allowed.DECIMAL, 0, 10**12, "Vul een bedrag in euro's in van meer dan 0."
            ),
        ),
        key_column(),
    )


def judgement_columns() -> tuple[Column, ...]:
    """One row: the judgement and the texts of the report."""
    return (
        _choice("rag", "RAG", 12, RAG_LABELS, editable=True),
        _text("rag_explanation", "Toelichting", 50, TEXT_LIMIT, editable=True),
        _text("results", "Resultaat", 60, TEXT_LIMIT, editable=True),
        _text("obstacles", "Knelpunten", 60, TEXT_LIMIT, editable=True),
        _text("outlook", "Vooruitblik", 60, TEXT_LIMIT, editable=True),
        key_column(),
    )


TITLES: Final[Mapping[FormSheet, str]] = {
    FormSheet.ACTIVITIES: "Activiteiten",
    FormSheet.MEASUREMENTS: "Metingen",
    FormSheet.HOURS: "Uren",
    FormSheet.EXPENDITURES: "Uitgaven",
    FormSheet.JUDGEMENT: "Oordeel",
}


def form_sheets(
    meta: FormMeta, rows: Callable[[FormSheet, Any], Iterable[Any]] = lambda _sheet, _file: ()
) -> dict[FormSheet, Sheet]:
    """Return the declaration of each sheet; ``rows`` gives its lines when the form is written."""
    columns = {
        FormSheet.ACTIVITIES: activity_columns(),
        FormSheet.MEASUREMENTS: measurement_columns(),
        FormSheet.HOURS: hours_columns(meta),
        FormSheet.EXPENDITURES: expenditure_columns(meta),
        FormSheet.JUDGEMENT: judgement_columns(),
    }
    with_open = (FormSheet.HOURS, FormSheet.EXPENDITURES)
    return {
        sheet: Sheet(
            sheet.value,
            TITLES[sheet],
            columns[sheet],
            partial(rows, sheet),
            protected=True,
            open_rows=OPEN_ROWS if sheet in with_open else 0,
        )
        for sheet in FormSheet
    }


def _in_unit(value: Decimal | None, agreement: FormAgreement) -> Typed | None:
    """A value in the form of its unit; a blank one keeps the form for who fills it in."""
    kinds = {Unit.PERCENT: Kind.EXACT_PERCENT, Unit.EURO: Kind.MONEY, Unit.YES_NO: Kind.TEXT}
    if value is None:
        return Typed(kinds.get(agreement.unit, Kind.NUMBER), None)
    found = cell_of(Fraction(value), agreement.unit)
    return found if isinstance(found, Typed) else Typed(Kind.TEXT, found)
