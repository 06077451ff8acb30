"""The sheets of the half-year workbook about measures, activities, hours and spending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from vpt_regio.domain.enums import ACTIVITY_STATUS_LABELS, PHASE_LABELS, ActivityStatus
from vpt_regio.models.programmes import Measure
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.queries.workbook_half_year import (
    ActivityRow,
    count_awareness,
    list_coverage,
    list_exemptions,
    stream_activities,
)
from vpt_regio.queries.workbook_money import AnyRow, stream_bookings
from vpt_regio.workbooks.half_year_source import HalfYearSource
from vpt_regio.workbooks.spec import MAX_HEADER, Column, Kind, Rule, Sheet, Total

EXEMPT = "n.v.t."
HOURS = "uren"
SPENDING = "uitgave"
FIXED_HEADERS = ("Regio", "Bewustwording", "Gedekt", "Link")
SUM = Total.SUM


class CoverageLine(NamedTuple):
    """A row of the sheet of coverage; numbers and reasons by the id of the measure.

    A region without a plan has no numbers: nobody counted anything yet.
    """

    region: str
    numbers: Mapping[int, int]
    reasons: Mapping[int, str]
    awareness: int | None
    covered: int | None
    link: str

    def shown(self, measure_id: int) -> int | str | None:
        """What stands under a measure: a number, or that it does not apply."""
        number = self.numbers.get(measure_id)
        return EXEMPT if number == 0 and measure_id in self.reasons else number

    def reason(self, measure_id: int) -> str | None:
        """Why the plan leaves the measure out, for the note."""
        is_exempt = self.shown(measure_id) == EXEMPT
        return f"Waarom niet: {self.reasons[measure_id]}" if is_exempt else None


def coverage_sheet(measures: Sequence[Measure]) -> Sheet:
    """The sheet of coverage for the measures of the programme: a column each."""
    return Sheet(
        "coverage",
        "Dekking maatregelen",
        (
            Column("region", "Regio", Kind.TEXT, 24, lambda line: line.region),
            *_measure_columns(measures),
            Column(
                "awareness",
                "Bewustwording",
                Kind.INTEGER,
                15,
                lambda line: line.awareness,
                total=SUM,
            ),
            Column("covered", "Gedekt", Kind.INTEGER, 10, lambda line: line.covered),
            Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
        ),
        _coverage,
    )


def _measure_columns(measures: Sequence[Measure]) -> list[Column]:
    columns = []
    taken = {header.casefold() for header in FIXED_HEADERS}
    for number, measure in enumerate(measures, start=1):
        header = _header(measure, taken)
        taken.add(header.casefold())
        columns.append(_measure_column(number, measure.id, header))
    return columns


def _measure_column(number: int, measure_id: int, header: str) -> Column:
    return Column(
        f"measure_{number}",
        header,
        Kind.INTEGER,
        15,
        lambda line: line.shown(measure_id),
        total=SUM,
        note=lambda line: line.reason(measure_id),
    )


def _header(measure: Measure, taken: set[str]) -> str:
    """The short name of a measure as a header: one line, and no other column has it."""
    printable = "".join(c if c.isprintable() else " " for c in measure.short_name)
    header = " ".join(printable.split())[:MAX_HEADER] or measure.code
    return f"{header[:200]} ({measure.code})" if header.casefold() in taken else header


def _coverage(source: HalfYearSource) -> Iterator[CoverageLine]:
    numbers = _numbers_by_version(source)
    awareness = count_awareness(source.shown_version_ids)
    reasons: dict[int, dict[int, str]] = defaultdict(dict)
    listed = [measure.id for measure in source.measures]
    for exemption in list_exemptions(source.shown_version_ids):
        # under an earlier list it may have had another id
        column = same_measures().counterparts([exemption.measure_id], listed)
        if column:
            reasons[exemption.version_id][column[exemption.measure_id]] = exemption.reason
    for row in source.regions:
        version_id = row.plan_version_id
        has_plan = version_id is not None
        yield CoverageLine(
            region=row.name,
            numbers=numbers[version_id] if version_id is not None else {},
            reasons=reasons[version_id] if version_id is not None else {},
            awareness=awareness.get(version_id, 0) if version_id is not None else None,
            # of the columns of this sheet: the list may have changed since the plan was submitted
            covered=sum(map(bool, numbers[version_id].values())) if version_id else None,
            link=(
                source.link("plannen", row.plan_id, "versies", row.plan_version_no)
                if has_plan
                else source.link("regios", row.code)
            ),
        )


def _numbers_by_version(source: HalfYearSource) -> dict[int, dict[int, int]]:
    """Cross the pairs of activity and measure into a table of versions by measures."""
    import pandas as pd

    versions = source.shown_version_ids
    known = [measure.id for measure in source.measures]
    found = list_coverage(versions)
    column = same_measures().counterparts({row.measure_id for row in found}, known)
    pairs = [(row.version_id, column[row.measure_id]) for row in found if row.measure_id in column]
    frame = pd.DataFrame(pairs, columns=["version_id", "measure_id"], dtype="int64")
    table = pd.crosstab(frame["version_id"], frame["measure_id"])
    counts = table.reindex(index=versions, columns=known, fill_value=0).to_numpy().tolist()
    return {
        version: dict(zip(known, row, strict=True))
        for version, row in zip(versions, counts, strict=True)
    }


class ActivityLine(NamedTuple):
    """A row of the sheet of activities."""

    facts: AnyRow
    measures: str | None
    link: str


def _activities(source: HalfYearSource) -> Iterator[ActivityLine]:
    for activity in stream_activities(source.extent, source.holding_version_ids):
        yield _activity_line(activity, source)


def _activity_line(activity: ActivityRow, source: HalfYearSource) -> ActivityLine:
    facts = activity.facts
    return ActivityLine(
        facts,
        ", ".join(activity.measures) or None,
        source.link("plannen", facts.plan_id, "versies", facts.version_no),
    )


def _fact(name: str) -> Callable[[ActivityLine], object]:
    return lambda line: getattr(line.facts, name)


def _text(name: str) -> Callable[[ActivityLine], object]:
    return lambda line: getattr(line.facts, name) or None


def _status(line: ActivityLine) -> str | None:
    return ACTIVITY_STATUS_LABELS[line.facts.status] if line.facts.status else None


def _progress(line: ActivityLine) -> Fraction | None:
    percent = line.facts.percent
    return None if percent is None else Fraction(percent, 100)


ACTIVITIES = Sheet(
    "activities",
    "Activiteiten",
    (
        Column("region", "Regio", Kind.TEXT, 24, _fact("region")),
        Column("number", "Nr", Kind.INTEGER, 6, _fact("number")),
        Column("title", "Activiteit", Kind.TEXT, 36, _fact("title")),
        Column("policy_line", "Hoofdlijn", Kind.TEXT, 20, _fact("policy_line")),
        Column("measures", "Maatregelen", Kind.TEXT, 30, lambda line: line.measures),
        Column("target_group", "Doelgroep", Kind.TEXT, 24, _text("target_group")),
        Column("owner", "Trekker", Kind.TEXT, 24, _fact("owner")),
        Column("starts_on", "Start", Kind.DATE, 12, _fact("starts_on")),
        Column(
            "ends_on",
            "Einde",
            Kind.DATE,
            12,
            _fact("ends_on"),
            rule=Rule.OVERDUE,
            rule_unless="status",
            rule_done=(
                ACTIVITY_STATUS_LABELS[ActivityStatus.DONE],
                ACTIVITY_STATUS_LABELS[ActivityStatus.CANCELLED],
            ),
        ),
        Column("budget", "Begroot", Kind.MONEY, 16, _fact("budget_cents"), total=SUM),
        Column(
            "spent_in_period",
            "Besteed in halfjaar",
            Kind.MONEY,
            15,
            _fact("spent_in_period_cents"),
            total=SUM,
        ),
        Column(
            "spent_total", "Besteed totaal", Kind.MONEY, 16, _fact("spent_total_cents"), total=SUM
        ),
        Column("status", "Status", Kind.TEXT, 13, _status),
        Column("progress", "Voortgang %", Kind.PERCENT, 12, _progress, rule=Rule.DATA_BAR),
        Column("result", "Resultaat", Kind.LONG_TEXT, 44, _text("result")),
        Column("obstacle", "Knelpunt", Kind.LONG_TEXT, 34, _text("obstacle")),
        Column("next_step", "Vervolg", Kind.LONG_TEXT, 34, _text("next_step")),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _activities,
)


class BookingLine(NamedTuple):
    """A row of hours or of spending: hours have a week, spending has a day."""

    region: str
    kind: str
    leader: str | None = None
    on: date | None = None
    week: str | None = None
    description: str | None = None
    activity: int | None = None
    phase: str | None = None
    hours: Fraction | None = None
    amount_cents: int | None = None
    corrects: str | None = None
    link: str = ""


def _bookings(source: HalfYearSource) -> Iterator[BookingLine]:
    for row in stream_bookings(source.extent):
        yield (
            _spending_line(row, source)
            if "amount_cents" in row._mapping
            else _hours_line(row, source)
        )


def _hours_line(row: AnyRow, source: HalfYearSource) -> BookingLine:
    return BookingLine(
        region=row.region,
        kind=HOURS,
        leader=row.leader,
        week=f"{row.iso_year}-W{row.iso_week:02d}",
        description=row.note or None,
        hours=Fraction(row.quarters, 4),
        corrects=_late_hours(row),
        link=source.link("regios", row.region_code, "uren"),
    )


def _spending_line(row: AnyRow, source: HalfYearSource) -> BookingLine:
    return BookingLine(
        region=row.region,
        kind=SPENDING,
        on=row.on,
        description=row.description,
        activity=row.activity,
        phase=PHASE_LABELS[row.phase],
        amount_cents=row.amount_cents,
        corrects=_spending_reference(row),
        link=source.link("regios", row.region_code, "uitgaven"),
    )


def _late_hours(row: AnyRow) -> str | None:
    if "counted_on" not in row._mapping:
        return None
    week = f"{row.iso_year}-W{row.iso_week:02d}"
    return f"Week {week}, gecorrigeerd nadat dat halfjaar was vastgezet"


def _spending_reference(row: AnyRow) -> str | None:
    """Return what a booking corrects, and its own date when it came too late for it."""
    parts = []
    if row.corrected_on:
        parts.append(f"{row.corrected_on:%d-%m-%Y}: {row.corrected}")
    if row.dated_on:
        parts.append(f"Van {row.dated_on:%d-%m-%Y}, geboekt nadat dat halfjaar was vastgezet")
    return "; ".join(parts) or None


BOOKINGS = Sheet(
    "bookings",
    "Uren en uitgaven",
    (
        Column("region", "Regio", Kind.TEXT, 24, lambda line: line.region),
        Column("kind", "Soort", Kind.TEXT, 10, lambda line: line.kind),
        Column("leader", "Projectleider", Kind.TEXT, 26, lambda line: line.leader),
        Column("on", "Datum", Kind.DATE, 12, lambda line: line.on),
        Column("week", "Week", Kind.TEXT, 11, lambda line: line.week),
        Column("description", "Omschrijving", Kind.TEXT, 44, lambda line: line.description),
        Column("activity", "Activiteit", Kind.INTEGER, 10, lambda line: line.activity),
        Column("phase", "Fase", Kind.TEXT, 14, lambda line: line.phase),
        Column("hours", "Uren", Kind.DECIMAL, 11, lambda line: line.hours, total=SUM),
        Column("amount", "Bedrag", Kind.MONEY, 16, lambda line: line.amount_cents, total=SUM),
        Column("corrects", "Correctie op", Kind.TEXT, 36, lambda line: line.corrects),
        Column("link", "Link", Kind.LINK, 8, lambda line: line.link),
    ),
    _bookings,
)
