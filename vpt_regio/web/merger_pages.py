"""The report of a merger as rows of a table, from a preview or as it was stored."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

from vpt_regio.domain.roles import ROLE_LABELS
from vpt_regio.domain.rules.mergers import Kind, ProofRow
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.mergers import FIGURE_LABELS, AccessLine, Since
from vpt_regio.web.filters import euro, hours
from vpt_regio.web.i18n import label


def report_headers(names: Iterable[str]) -> list[str]:
    return [_("Gegeven"), *names, _("Samen, vóór"), _("Erna")]


class Tables(NamedTuple):
    """The rows with figures, and those with names."""

    figures: list[list[Any]]
    people: list[list[Any]]


def preview_tables(
    rows: Iterable[ProofRow], regions: Iterable[Region], *, after: bool = False
) -> Tables:
    """Return a row a figure: what each region has, the total of that, and what comes after.

    `after` shows for each region what it will have instead.
    """
    ids = [region.id for region in regions]
    sides = [(row, row.after if after else row.before) for row in rows]
    return _tables(
        (row.code, row.kind, [*map(side.get, ids), row.total_before, row.total_after])
        for row, side in sides
    )


def stored_tables(merger: RegionMerger) -> Tables:
    """Return the report as it was stored, in the same shape."""
    return _tables(
        (
            row["code"],
            Kind(row["kind"]),
            [*(one["value"] for one in row["before"]), row["total"], row["after"]],
        )
        for row in merger.report
    )


def _tables(lines: Iterable[tuple[str, Kind, list[Any]]]) -> Tables:
    tables = Tables([], [])
    for code, kind, values in lines:
        cells = [shown(kind, value) for value in values]
        table = tables.people if kind is Kind.NAMES else tables.figures
        table.append([label(FIGURE_LABELS.get(code, code)), *cells])
    return tables


def stored_names(merger: RegionMerger) -> list[str]:
    first: Mapping[str, Any] = merger.report[0] if merger.report else {"before": []}
    return [one["region"] for one in first["before"]]


def access_rows(lines: Iterable[AccessLine]) -> list[list[Any]]:
    """Return who reaches what else: a row a role."""
    return [
        [
            line.person.name,
            label(ROLE_LABELS[line.role]),
            line.region.name,
            ", ".join(line.others) or _("niets"),
        ]
        for line in lines
    ]


def since_rows(found: Iterable[Since]) -> list[list[Any]]:
    return [[label(one.label), one.count, shown(one.kind, one.total) or ""] for one in found]


def shown(kind: Kind, value: Any) -> str | None:
    """Return a value of a report as it reads; None when it is not known."""
    if value is None:
        return None
    if kind is Kind.CENTS:
        return euro(value)
    if kind is Kind.QUARTERS:
        return _("%(hours)s uur", hours=hours(value))
    if kind is Kind.NAMES:
        return ", ".join(value) or _("niemand")
    return str(value)
