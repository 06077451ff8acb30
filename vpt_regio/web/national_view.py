"""The regions as tiles of a map and as rows of a table: what each value looks like."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio.domain.rules.covenant_clock import ClockSignal, clock_signal, days_left
from vpt_regio.domain.text import N_
from vpt_regio.domain.tiles import TILES
from vpt_regio.domain.workflow import Tone
from vpt_regio.domain.workflows.action_plans import ActionPlanStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.queries.overview import RegionRow
from vpt_regio.queries.region_agreements import AgreementTally
from vpt_regio.queries.signals import Severity
from vpt_regio.web.filters import day, percent, state_label, state_tone, vague
from vpt_regio.web.i18n import label

Shown = tuple[str, Tone]

NEARLY_SPENT = Fraction(9, 10)

SEVERITY_TONES = {
    Severity.HIGH: Tone.DANGER,
    Severity.MEDIUM: Tone.WARNING,
    Severity.LOW: Tone.NEUTRAL,
}

CLOCK_TONES: dict[ClockSignal | None, Tone] = {
    None: Tone.SUCCESS,
    ClockSignal.WITHIN_180_DAYS: Tone.ACTIVE,
    ClockSignal.WITHIN_90_DAYS: Tone.WARNING,
    ClockSignal.WITHIN_30_DAYS: Tone.WARNING,
    ClockSignal.EXPIRED: Tone.DANGER,
}

# short enough for a tile
PLAN_SHORT = {
    ActionPlanStatus.DRAFT: N_("concept"),
    ActionPlanStatus.SUBMITTED: N_("ingediend"),
    ActionPlanStatus.IN_REVIEW: N_("bij ministerie"),
    ActionPlanStatus.RETURNED: N_("terug"),
    ActionPlanStatus.PROVISIONALLY_ADOPTED: N_("voorlopig"),
    ActionPlanStatus.APPROVED: N_("goedgekeurd"),
    ActionPlanStatus.SUPERSEDED: N_("vervangen"),
    ActionPlanStatus.REFUSED: N_("afgewezen"),
    ActionPlanStatus.WITHDRAWN: N_("ingetrokken"),
}
REPORT_SHORT = {
    ReportStatus.DRAFT: N_("concept"),
    ReportStatus.SUBMITTED: N_("ingediend"),
    ReportStatus.RETURNED: N_("terug"),
    ReportStatus.ACCEPTED: N_("aangenomen"),
    ReportStatus.NOT_STARTED: N_("niet begonnen"),
    ReportStatus.EXCUSED: N_("uitstel"),
    ReportStatus.LATE: N_("te laat"),
    ReportStatus.MISSING: N_("niet geleverd"),
}


@dataclass(frozen=True)
class Scale:
    """One way to colour the map; `needs_details`: only for who sees the details of a region."""

    code: str
    name: str
    show: Callable[[RegionRow, date], Shown]
    needs_details: bool = False


def plan_scale(row: RegionRow, _today: date) -> Shown:
    if row.plan_status is None:
        return _("geen plan"), Tone.INACTIVE
    return label(PLAN_SHORT[row.plan_status]), Tone(state_tone("action_plan", row.plan_status))


def report_scale(row: RegionRow, _today: date) -> Shown:
    if row.report_status is None:
        return "–", Tone.INACTIVE
    return label(REPORT_SHORT[row.report_status]), Tone(state_tone("report", row.report_status))


def money_scale(row: RegionRow, _today: date) -> Shown:
    """How much of the money is spent: all of it or more is a warning sign."""
    spent = row.spent_share
    if spent is None:
        return "–", Tone.INACTIVE
    tone = Tone.SUCCESS
    if spent >= NEARLY_SPENT:
        tone = Tone.WARNING if spent <= 1 else Tone.DANGER
    return _("%(share)s besteed", share=percent(spent)), tone


def hours_scale(row: RegionRow, _today: date) -> Shown:
    """How many of the hours of the period were worked."""
    worked = row.hours_share
    if worked is None:
        return "–", Tone.INACTIVE
    return _("%(share)s van norm", share=percent(worked)), (
        Tone.SUCCESS if worked >= 1 else Tone.WARNING
    )


def end_scale(row: RegionRow, today: date) -> Shown:
    """How long the covenant still runs."""
    end = row.latest_end_on
    if end is None:
        return "–", Tone.INACTIVE
    tone = CLOCK_TONES[clock_signal(end, today)]
    left = days_left(end, today)
    return (_("verlopen") if left < 0 else _("%(days)s dagen", days=left)), tone


SCALES = (
    Scale("plan", N_("Plan"), plan_scale),
    Scale("rapportage", N_("Rapportage"), report_scale),
    Scale("geld", N_("Geld"), money_scale, needs_details=True),
    Scale("uren", N_("Uren"), hours_scale, needs_details=True),
    Scale("einddatum", N_("Einddatum"), end_scale),
)


def scales_for(rows: Iterable[RegionRow]) -> list[Scale]:
    """Return the scales that say something to a person who got these rows."""
    sees_details = any(row.sees_details for row in rows)
    return [scale for scale in SCALES if sees_details or not scale.needs_details]


def map_tiles(rows: Iterable[RegionRow], scale: Scale, today: date) -> list[tuple[Any, ...]]:
    """Return every tile as the map takes it: (col, row, label, short, value, tone, url)."""
    by_tile = _regions_by_tile(rows)
    tiles: list[tuple[Any, ...]] = []
    for tile in TILES:
        row = by_tile.get(tile.code)
        if row is None:
            value, tone, url = _("geen regio"), Tone.INACTIVE, None
        else:
            value, tone = scale.show(row, today)
            url = url_for("regions.show", code=row.code)
        name = label(tile.name) if row is None else row.name
        tiles.append((tile.column, tile.row, name, tile.short, value, str(tone), url))
    return tiles


def _regions_by_tile(rows: Iterable[RegionRow]) -> dict[str, RegionRow]:
    """Return the region that each tile belongs to; a region that runs goes before one that ended.

    What was merged shows under its successor.
    """
    order = (RegionStatus.ACTIVE, RegionStatus.EXPLORING, RegionStatus.CONTINUED_UNFUNDED)
    by_tile: dict[str, RegionRow] = {}
    for status in (*order, RegionStatus.ENDED):
        for row in rows:
            if row.status is status:
                for tile in row.tiles:
                    by_tile.setdefault(tile, row)
    return by_tile


def table_headers(*, with_details: bool) -> list[str]:
    headers = [
        _("Regio"),
        _("Status"),
        _("Accountmanager"),
        _("Convenant eindigt"),
        _("Plan"),
        _("Rapportage"),
        _("Dekking"),
    ]
    return headers + ([_("Besteed"), _("Uren"), _("Afspraken gehaald")] if with_details else [])


def table_row(
    row: RegionRow, today: date, *, with_details: bool, tally: AgreementTally | None = None
) -> list[Any]:
    """Return one region as cells of the table, in the order of `table_headers`."""
    cells: list[Any] = [
        {"text": row.name, "url": url_for("regions.show", code=row.code)},
        status_cell("region", row.status),
        ", ".join(row.account_managers) or None,
        end_cell(row, today),
        status_cell("action_plan", row.plan_status),
        status_cell("report", row.report_status),
        coverage_text(row),
    ]
    if not with_details:
        return cells
    return [
        *cells,
        percent(row.spent_share),
        percent(row.hours_share),
        _agreements_text(row, tally),
    ]


def status_cell(workflow: str, status: Any) -> dict[str, str] | None:
    """Return a status as a badge in a cell."""
    if status is None:
        return None
    return {"text": state_label(workflow, status), "badge": state_tone(workflow, status)}


def end_cell(row: RegionRow, today: date) -> Any:
    """Return the end of the covenant, with how far away it is."""
    if row.latest_end is None:
        return None
    text = day(row.latest_end.on) if row.latest_end.is_exact else vague(row.latest_end)
    return {"text": text, "note": clock_note(row, today)}


def clock_note(row: RegionRow, today: date) -> str:
    """Return in words how long the covenant still runs, or since when it no longer does."""
    if row.latest_end is None or row.latest_end.on is None:
        return ""
    left = days_left(row.latest_end.on, today)
    if not row.latest_end.is_exact:
        return _("verlopen") if left < 0 else _("nog ongeveer %(days)s dagen", days=left)
    if left < 0:
        return _("%(days)s dagen geleden verlopen", days=-left)
    return _("nog %(days)s dagen", days=left)


def _agreements_text(row: RegionRow, tally: AgreementTally | None) -> str | None:
    """Return how many agreements were reached: 2 van 5; None without any that may be seen."""
    if tally is None or not row.sees_details:
        return None
    return _("%(met)s van %(total)s", met=tally.met, total=tally.total)


def coverage_text(row: RegionRow) -> str | None:
    """Return how many measures the plan covers: 6 van 8."""
    if row.measures_covered is None:
        return None
    return _("%(covered)s van %(total)s", covered=row.measures_covered, total=row.measures_total)
