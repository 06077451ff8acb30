"""Rows of regions, each on its own, brought together by the mergers that stand on a day.

What belongs to a region that went up counts in the row of its successor, and nowhere else: sums
over all rows are the same with and without a merger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from vpt_regio.domain.rules.hours_meter import Stint, hours_meter
from vpt_regio.domain.rules.hours_norm import NormTerm
from vpt_regio.domain.rules.joint_norm import (
    joint_averaged_norm,
    joint_norm_between,
    norms_by_week,
)
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.queries.overview_statements import Scope
from vpt_regio.queries.region_row import RegionRow
from vpt_regio.standing import standing

Amount = TypeVar("Amount", int, Fraction)

_COVENANT_FIELDS = (
    "covenant_id",
    "covenant_number",
    "covenant_status",
    "signed",
    "latest_end",
    "extended",
    "drafted_extension_id",
    "plan_due_on",
)
_PLAN_FIELDS = (
    "plan_region_id",
    "plan_id",
    "plan_version_id",
    "plan_version_no",
    "plan_status",
    "plan_submitted_on",
    "plan_adopted_on",
    "plan_approved_on",
    "latest_version_id",
    "latest_version_no",
    "latest_status",
    "latest_submitted_on",
    "measures_covered",
    "measures_exempt",
    "measures_total",
)


@dataclass(frozen=True)
class OwnRow:
    """A region on its own, with the terms of its covenants in the order of signature.

    `stints` are the appointments in the period.
    """

    row: RegionRow
    terms: Sequence[NormTerm]
    stints: Sequence[Stint]


def with_lineage(own: Mapping[int, OwnRow], scope: Scope) -> list[RegionRow]:
    """Return the rows, in the same order, as they are with the mergers of the day."""
    rows = []
    for region_id, one in own.items():
        members = standing().members(region_id, scope.as_of)
        if not members:
            rows.append(_merged(one.row))
            continue
        parts = [own[key] for key in own if key in members]
        row = one.row if len(parts) == 1 else _joined(one, parts, scope)
        rows.append(replace(row, members=members, **_ahead(row, parts, scope)))
    return rows


def _ahead(row: RegionRow, parts: Sequence[OwnRow], scope: Scope) -> dict[str, Any]:
    """Return the weeks of the period without a leader, and while it runs what to expect of it."""
    if scope.starts_on > scope.ends_on:
        return {}
    meter = hours_meter(
        scope.starts_on,
        scope.ends_on,
        norms=norms_by_week([part.terms for part in parts], scope.starts_on, scope.ends_on),
        norm=row.hours_norm,
        stints=[stint for part in parts for stint in part.stints],
        booked={},
        today=scope.as_of,
    )
    runs = scope.starts_on <= scope.as_of <= scope.ends_on
    booked = Fraction(row.hours_quarters or 0, 4)
    return {
        "weeks_without_leader": sum(gap.count for gap in meter.gaps),
        "hours_forecast": booked + meter.forecast if runs else None,
    }


def _merged(row: RegionRow) -> RegionRow:
    """Keep what can still be read of a region that went up: no money, no hours."""
    return replace(
        row,
        status=RegionStatus.MERGED,
        members=frozenset(),
        hours_per_week=None,
        advance_cents=None,
        supplement_cents=None,
        budget_cents=None,
        spent_in_period_cents=None,
        spent_total_cents=None,
        hours_norm=None,
        hours_quarters=None,
        recent_hours=None,
        recent_norm=None,
    )


def _joined(holder: OwnRow, members: Sequence[OwnRow], scope: Scope) -> RegionRow:
    rows = [one.row for one in members]
    lead = max(rows, key=lambda row: (*_weight(row), row is holder.row))
    planned = lead if lead.plan_id is not None else max(rows, key=lambda r: r.plan_id or 0)
    terms = [one.terms for one in members]
    monday = scope.as_of - timedelta(days=scope.as_of.weekday())
    in_force = [r for r in rows if r.covenant_status is CovenantStatus.IN_FORCE]
    return replace(
        holder.row,
        **_fields(lead, _COVENANT_FIELDS),
        **_fields(planned, _PLAN_FIELDS),
        tiles=tuple(sorted({tile for row in rows for tile in row.tiles})),
        account_managers=_names(row.account_managers for row in rows),
        project_leaders=_names(row.project_leaders for row in rows),
        hours_per_week=known_sum(row.hours_per_week for row in in_force or [lead]),
        advance_cents=known_sum(row.advance_cents for row in rows),
        supplement_cents=known_sum(row.supplement_cents for row in rows),
        budget_cents=known_sum(row.budget_cents for row in rows),
        spent_in_period_cents=known_sum(row.spent_in_period_cents for row in rows),
        spent_total_cents=known_sum(row.spent_total_cents for row in rows),
        is_partly_unknown=any(
            row.advance_cents is None and row.spent_total_cents is not None for row in rows
        ),
        hours_norm=joint_norm_between(terms, scope.starts_on, scope.ends_on),
        hours_quarters=known_sum(row.hours_quarters for row in rows),
        recent_hours=known_sum(row.recent_hours for row in rows),
        recent_norm=joint_averaged_norm(terms, monday=monday),
    )


def _weight(row: RegionRow) -> tuple[bool, bool, date, int]:
    """Return how much the covenant of a row says: one in force, the latest signed of several."""
    is_in_force = row.covenant_status is CovenantStatus.IN_FORCE
    signed_on = row.signed.on if row.signed else None
    return (
        row.covenant_id is not None,
        is_in_force,
        signed_on or date.min,
        row.covenant_id or 0,
    )


def _fields(row: RegionRow, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _names(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({name for group in groups for name in group}))


def known_sum(amounts: Iterable[Amount | None]) -> Amount | None:
    """Return the sum of the amounts that are known, or None when none is."""
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    total = known[0]
    for amount in known[1:]:
        total += amount
    return total
