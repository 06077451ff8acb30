"""What a progress form is made from, and what comes back of one that was filled in.

A row has a key that stays the same: ``activity:<activity id>``, ``measurement:<agreement id>``,
``hours:<appointment id>:<week code>``, ``expenditure:<expenditure id>`` and ``report``. A new
expenditure has ``expenditure:new:<row in the file>``. The values of a row go by the names of
``FIELDS``; "plain" values are those of JSON, in which base, present and new are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from vpt_regio.domain.enums import ActivityStatus, Phase, Rag
from vpt_regio.domain.half_year import iso_week_thursday
from vpt_regio.domain.indicator_codes import Qualifier, Unit
from vpt_regio.workbooks.read_grid import CellNote, CellProblem

FORM_VERSION: Final = 1
REPORT_KEY: Final = "report"

Plain = str | int | bool | None


class FormSheet(StrEnum):
    """The sheets that are filled in, by the key of their declaration."""

    ACTIVITIES = "activities"
    MEASUREMENTS = "measurements"
    HOURS = "hours"
    EXPENDITURES = "expenditures"
    JUDGEMENT = "judgement"


FIELDS: Final[Mapping[FormSheet, tuple[str, ...]]] = {
    FormSheet.ACTIVITIES: ("status", "percent", "result", "obstacle", "next_step"),
    FormSheet.MEASUREMENTS: (
        "cutoff_on",
        "value",
        "numerator",
        "denominator",
        "qualifier",
        "source",
        "note",
    ),
    FormSheet.HOURS: ("quarters", "note"),
    FormSheet.EXPENDITURES: ("booked_on", "description", "activity_id", "phase", "amount_cents"),
    FormSheet.JUDGEMENT: ("rag", "rag_explanation", "results", "obstacles", "outlook"),
}
"""What a person fills in, by sheet: the fields that can differ between base, present and file.

A measured ``value`` is in the unit of its indicator: 66 is 66 %, yes is 1. Of a share it is None
and the two counts tell. Rows of hours also have ``appointment_id`` and ``week``.
"""


KEY_PREFIXES: Final[Mapping[FormSheet, str]] = {
    FormSheet.ACTIVITIES: "activity:",
    FormSheet.MEASUREMENTS: "measurement:",
    FormSheet.HOURS: "hours:",
    FormSheet.EXPENDITURES: "expenditure:",
    FormSheet.JUDGEMENT: REPORT_KEY,
}


class Week(NamedTuple):
    """An ISO week."""

    year: int
    week: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02}"

    @property
    def thursday(self) -> date:
        """The day that places the week in a half-year; raises ValueError if there is none."""
        return iso_week_thursday(self.year, self.week)


@dataclass(frozen=True)
class FormActivity:
    """An activity of the plan; ``label`` is how a list names it: "3. Training weerbaarheid"."""

    activity_id: int
    number: int
    title: str
    label: str
    spent_cents: int = 0
    status: ActivityStatus | None = None
    percent: int | None = None
    result: str = ""
    obstacle: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class FormAgreement:
    """An agreement with its last value before the half-year and what was measured for it.

    ``label`` names contract and agreement: "1.2 Opvolging van aangiften".
    """

    agreement_id: int
    label: str
    indicator: str
    unit: Unit
    decimals: int = 0
    previous: Decimal | None = None
    cutoff_on: date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    qualifier: Qualifier | None = None
    source: str = ""
    note: str = ""
    revision_no: int = 0


@dataclass(frozen=True)
class FormLeader:
    """An appointment; ``label`` is how a list names it: the name, unique within the form."""

    appointment_id: int
    label: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class FormWeek:
    """The hours of one appointment in one week, in quarters; None when nothing was booked."""

    appointment_id: int
    leader: str
    week: Week
    quarters: int | None = None
    note: str = ""


@dataclass(frozen=True)
class FormExpenditure:
    """What was booked already: shown, never changed by a form."""

    expenditure_id: int
    booked_on: date
    description: str
    activity_id: int | None
    phase: Phase
    amount_cents: int


@dataclass(frozen=True)
class FormReport:
    """The texts and the judgement of the report; ``version`` is None while there is no report."""

    rag: Rag | None = None
    rag_explanation: str = ""
    results: str = ""
    obstacles: str = ""
    outlook: str = ""
    version: int | None = None


@dataclass(frozen=True)
class FormSource:
    """All that a form of one region and one half-year is filled with."""

    programme: str
    programme_name: str
    region: str
    region_name: str
    period: str
    period_name: str
    starts_on: date
    ends_on: date
    due_on: date | None = None
    contact: str = ""
    activities: tuple[FormActivity, ...] = ()
    agreements: tuple[FormAgreement, ...] = ()
    leaders: tuple[FormLeader, ...] = ()
    weeks: tuple[FormWeek, ...] = ()
    expenditures: tuple[FormExpenditure, ...] = ()
    report: FormReport = field(default_factory=FormReport)


@dataclass(frozen=True)
class FormMeta:
    """What the signed sheet ``_vpt`` says of a file.

    ``base`` holds for each row key the plain values at the download; ``facts`` what is fixed of a
    row (the unit of an agreement, the number of an activity, the leader and week of hours).
    ``activities`` and ``leaders`` give the id for each label of a list. ``payload`` and
    ``signature`` are there once it was signed: the same words go into a form that goes back.
    """

    form_version: int
    programme: str
    region: str
    period: str
    starts_on: date
    ends_on: date
    downloaded_at: datetime
    report_version: int | None = None
    base: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    activities: Mapping[str, int] = field(default_factory=dict)
    leaders: Mapping[str, int] = field(default_factory=dict)
    payload: str = ""
    signature: str = ""


@dataclass(frozen=True)
class FormRow:
    """A row that is not blank, with all fields of its sheet: None (text: "") for a blank cell.

    ``cells`` gives the address of each column that the file has, ``raw`` what the cell itself
    holds. ``faulty`` are the fields with a problem: their value is None and must not be used.
    """

    sheet: FormSheet
    number: int
    key: str
    values: Mapping[str, Any]
    cells: Mapping[str, str]
    raw: Mapping[str, object]
    is_new: bool = False
    faulty: frozenset[str] = frozenset()

    def plain(self) -> dict[str, Plain]:
        """The values of ``FIELDS`` to compare with base and present."""
        return {name: plain(self.values[name]) for name in FIELDS[self.sheet]}


@dataclass(frozen=True)
class FormProblem(CellProblem):
    """Why a form is refused: ``code`` stays the same, whatever the words."""

    code: str = "invalid"


@dataclass(frozen=True)
class FormNote(CellNote):
    """What was understood but might have been meant otherwise, or was left aside."""

    code: str = "note"


@dataclass(frozen=True)
class FormRead:
    """What a file holds; it may be taken only when there are no problems.

    ``meta`` is None for a file that is not one of our forms, or whose signature does not fit:
    then no row was read. ``extra_columns`` are (sheet, header), as in the file.
    """

    meta: FormMeta | None = None
    rows: tuple[FormRow, ...] = ()
    problems: tuple[FormProblem, ...] = ()
    notes: tuple[FormNote, ...] = ()
    extra_columns: tuple[tuple[str, str], ...] = ()
    extra_sheets: tuple[str, ...] = ()

    def of(self, sheet: FormSheet) -> Iterator[FormRow]:
        """The rows of one sheet, in the order of the file."""
        return (row for row in self.rows if row.sheet is sheet)


def plain(value: Any) -> Plain:
    """A value as it is compared and kept: dates in ISO, numbers exact, weeks by their code."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return int(value)
    return str(value)


def present_values(source: FormSource) -> dict[str, dict[str, Plain]]:
    """Return row key → plain values by ``FIELDS``, of everything that the source holds.

    At the download this becomes the base; read anew it is what is there now.
    """
    found: dict[str, dict[str, Plain]] = {}
    for sheet, key, item in keyed_rows(source):
        found[key] = {name: plain(getattr(item, name)) for name in FIELDS[sheet]}
    return found


def keyed_rows(source: FormSource) -> Iterator[tuple[FormSheet, str, Any]]:
    """Give every row that the source fills, with its sheet and key."""
    for activity in source.activities:
        yield FormSheet.ACTIVITIES, f"activity:{activity.activity_id}", activity
    for agreement in source.agreements:
        yield FormSheet.MEASUREMENTS, f"measurement:{agreement.agreement_id}", agreement
    for week in source.weeks:
        yield FormSheet.HOURS, hours_key(week.appointment_id, week.week), week
    for booked in source.expenditures:
        yield FormSheet.EXPENDITURES, f"expenditure:{booked.expenditure_id}", booked
    yield FormSheet.JUDGEMENT, REPORT_KEY, source.report


def hours_key(appointment_id: int, week: Week) -> str:
    """The key of the hours of an appointment in a week, whether they were there or not."""
    return f"hours:{appointment_id}:{week}"
