"""How far employers are with the measures, as rows of heat maps, tables and charts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio import clock
from vpt_regio.domain.rules.maturity import LEVELS, NOT_ASSESSED, Move, Summary, move
from vpt_regio.forms.maturity import MaturityFilterForm
from vpt_regio.models.maturity import Inventory, MeasureMaturity
from vpt_regio.models.programmes import Measure
from vpt_regio.models.regions import Region
from vpt_regio.queries.maturity import NationalMaturity, NationalRow, RegionMaturity
from vpt_regio.queries.same_entries import same_measures
from vpt_regio.web.filters import plain_day, vague
from vpt_regio.web.i18n import label

HeatCell = tuple[int | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class Days:
    """The day that a page is about, and the earlier one that it is held against."""

    on: date
    before: date | None = None


def days_asked(form: MaturityFilterForm) -> Days:
    """Return the days of a filter; what cannot be shown gets a message at its field."""
    today = clock.today()
    if not form.validate():
        return Days(today)
    on, before = form.op.data or today, form.vergelijk.data
    if on > today:
        form.op.errors = [_("Deze dag ligt in de toekomst. Kies vandaag of een eerdere dag.")]
        return Days(today)
    if before is not None and before >= on:
        form.vergelijk.errors = [_("Kies hier een dag vóór de stand die u bekijkt.")]
        return Days(on)
    return Days(on, before)


def legend() -> list[tuple[int, str]]:
    return [(number, label(level.label)) for number, level in LEVELS.items()]


def meanings() -> list[list[str]]:
    """Return each level with what it means, as rows of a table."""
    return [
        [f"{number} – {label(level.label)}", label(level.meaning)]
        for number, level in LEVELS.items()
    ]


def heat_rows(
    now: RegionMaturity, before: RegionMaturity | None, region: Region
) -> list[tuple[Any, list[HeatCell]]]:
    """Return an organisation a row; each cell leads to what shows its level."""
    rows: list[tuple[Any, list[HeatCell]]] = []
    for organisation in now.organisations:
        url = url_for(
            "organisations.show", organisation_id=organisation.id, _anchor=f"in-{region.code}"
        )
        cells: list[HeatCell] = []
        for measure in now.measures:
            one = now.at(organisation, measure)
            earlier = before.at(organisation, measure) if before else None
            note = _was(one, earlier) if before else None
            title = _title(organisation.name, measure, one)
            cells.append((one.level if one else None, note, url if one else None, title))
        rows.append(({"text": organisation.name, "url": url}, cells))
    return rows


def _was(one: MeasureMaturity | None, earlier: MeasureMaturity | None) -> str | None:
    found = move(earlier.level if earlier else None, one.level if one else None)
    if found is None or found is Move.SAME:
        return None
    return _("nieuw") if earlier is None else _("was %(level)s", level=earlier.level)


def _title(name: str, measure: Measure, one: MeasureMaturity | None) -> str:
    level = label(LEVELS[one.level].label) if one else label(NOT_ASSESSED)
    return f"{name}, {measure.short_name}: {level}"


def summary_rows(now: RegionMaturity) -> list[list[Any]]:
    """Return a measure a row: how many at each level, how many not judged, and the middle."""
    rows: list[list[Any]] = []
    for measure in now.measures:
        found = now.summary(measure)
        counts = [found.counts[level] for level in LEVELS]
        rows.append([measure.name, *counts, found.not_assessed, middle(found)])
    return rows


def middle(summary: Summary) -> str:
    if summary.median is None:
        return label(NOT_ASSESSED)
    return f"{summary.median} – {label(LEVELS[summary.median].label)}"


def summary_headers() -> list[str]:
    return [
        _("Maatregel"),
        *(_("Niveau %(level)s", level=level) for level in LEVELS),
        label(NOT_ASSESSED).capitalize(),
        _("Middelste niveau"),
    ]


def summary_series(now: RegionMaturity) -> list[tuple[str, list[int]]]:
    """Return four groups for the chart of the measures: a chart has room for no more."""
    groups: list[tuple[str, Callable[[Summary], int]]] = [
        (_("Overal in gebruik of verder (3 en 4)"), lambda one: one.counts[3] + one.counts[4]),
        (_("Begonnen (1 en 2)"), lambda one: one.counts[1] + one.counts[2]),
        (_("Niets geregeld (0)"), lambda one: one.counts[0]),
        (_("Niet beoordeeld"), lambda one: one.not_assessed),
    ]
    summaries = [now.summary(measure) for measure in now.measures]
    return [(name, [count(one) for one in summaries]) for name, count in groups]


def move_rows(now: RegionMaturity, before: RegionMaturity) -> list[list[Any]]:
    """Return a measure a row: how many organisations went where since the earlier day."""
    rows: list[list[Any]] = []
    for measure in now.measures:
        moves = Counter(
            move(_level(before.at(one, measure)), _level(now.at(one, measure)))
            for one in now.organisations
        )
        rows.append([measure.name, *(moves[kind] for kind in Move)])
    return rows


def _level(one: MeasureMaturity | None) -> int | None:
    return one.level if one else None


def judgement_rows(judgements: Iterable[MeasureMaturity]) -> list[list[Any]]:
    """Return a judgement a row, with what shows it and where it comes from."""
    return [
        [
            one.measure.name,
            f"{one.level} – {label(LEVELS[one.level].label)}",
            plain_day(one.assessed_on),
            one.evidence or None,
            {
                "text": one.inventory.name,
                "url": url_for("inventories.show", inventory_id=one.inventory.id),
            }
            if one.inventory
            else None,
        ]
        for one in judgements
    ]


@dataclass(frozen=True)
class OrganisationMaturity:
    """What the page of an organisation shows of one region: what holds, and what held before."""

    region: Region
    columns: list[str]
    rows: list[tuple[Any, list[HeatCell]]]
    now: list[list[Any]]
    earlier: list[list[Any]]
    legend: list[tuple[int, str]]
    headers: list[str]


def of_organisation(judgements: Iterable[MeasureMaturity]) -> list[OrganisationMaturity]:
    """Return what was judged of one organisation, region by region; newest come first."""
    by_region: dict[int, list[MeasureMaturity]] = defaultdict(list)
    for one in judgements:
        by_region[one.region_id].append(one)
    found = [_in_region(rows) for rows in by_region.values()]
    return sorted(found, key=lambda one: one.region.name)


def _in_region(judgements: list[MeasureMaturity]) -> OrganisationMaturity:
    """Return the judgements of an organisation in a region: of a measure the first one holds."""
    holding: dict[int, MeasureMaturity] = {}
    for one in judgements:
        holding.setdefault(same_measures().key(one.measure_id), one)
    now = sorted(holding.values(), key=lambda one: (one.measure.position, one.measure_id))
    earlier = [one for one in judgements if one not in now]
    region, name = judgements[0].region, judgements[0].organisation.name
    cells: list[HeatCell] = [
        (one.level, plain_day(one.assessed_on), None, _title(name, one.measure, one)) for one in now
    ]
    return OrganisationMaturity(
        region=region,
        columns=[one.measure.short_name for one in now],
        rows=[(name, cells)],
        now=judgement_rows(now),
        earlier=judgement_rows(earlier),
        legend=legend(),
        headers=judgement_headers(),
    )


def judgement_headers() -> list[str]:
    return [
        _("Maatregel"),
        _("Niveau"),
        _("Beoordeeld op"),
        _("Waaruit dat blijkt"),
        _("Inventarisatie"),
    ]


def inventory_rows(inventories: Iterable[Inventory], region: Region) -> list[list[Any]]:
    """Return an inventory a row; that of a region that went up in this one names it."""
    return [
        [
            {
                "text": one.name,
                "url": url_for("inventories.show", inventory_id=one.id),
                "note": one.region.name if one.region_id != region.id else "",
            },
            vague(one.held),
            one.declared_organisations,
            len(one.findings),
            sum(not finding.follow_up for finding in one.findings),
        ]
        for one in inventories
    ]


def national_rows(
    found: NationalMaturity, readable: frozenset[int] | None
) -> list[tuple[Any, list[HeatCell]]]:
    """Return the regions within reach: the middle level of each measure. None: all of them."""
    return [
        (_region_cell(row, found.day), [_national_cell(one) for one in row.summaries])
        for row in found.rows
        if readable is None or row.region.id in readable
    ]


def _region_cell(row: NationalRow, day: date) -> dict[str, str]:
    return {
        "text": row.region.name,
        "url": url_for("maturity.of_region", code=row.region.code, op=plain_day(day)),
    }


def _national_cell(one: Summary) -> HeatCell:
    total = one.assessed + one.not_assessed
    text = _("%(assessed)s van %(total)s", assessed=one.assessed, total=total)
    title = _("%(middle)s; beoordeeld: %(text)s", middle=middle(one), text=text)
    return one.median, text if one.assessed else None, None, title


def count_rows(found: NationalMaturity) -> list[list[Any]]:
    """Return every region: for each measure how many organisations were judged, and no level."""
    return [
        [
            row.region.name,
            ngettext("%(num)s organisatie", "%(num)s organisaties", row.organisations),
            *(one.assessed for one in row.summaries),
        ]
        for row in found.rows
    ]
