"""Freezing a half-year: one instant of the programme becomes a version that never changes.

The step, the reading and the storing are one transaction. Nobody else writes meanwhile, so that
all of it is of the same moment.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.half_year_codes import KEY_FIGURE_LABELS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import ROLE_LABELS
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.periods import PERIOD, PeriodStatus
from vpt_regio.domain.workflows.reports import REPORT, ReportStatus
from vpt_regio.errors import DomainError, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Reopening, Snapshot
from vpt_regio.outbox import page_address
from vpt_regio.queries.reconciliation import unexplained
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.queries.snapshots import (
    Delivery,
    codes_of,
    latest_snapshot,
    list_deliveries,
    live_reopenings,
)
from vpt_regio.services import audit, transitions
from vpt_regio.services.annex_files import annex_template
from vpt_regio.services.snapshot_parts import FORMAT, Before, Packed, pack, read_parts, stored
from vpt_regio.standing import standing
from vpt_regio.workbooks.half_year_source import read_half_year
from vpt_regio.workbooks.plain import canonical
from vpt_regio.workbooks.renewal import Opened

NOT_IN = N_(
    "Regio %(region)s: de rapportage is ‘%(state)s’. Wacht tot zij is aangenomen, of"
    " leg uit waarom het halfjaar zonder haar verdergaat."
)
STILL_OPEN = N_(
    "Regio %(region)s: de rapportage is ‘%(state)s’. Wacht tot zij is aangenomen, of"
    " beëindig de heropening van deze regio."
)


def freeze(
    period: ReportingPeriod, *, actor: Person, expected_version: int | None = None
) -> Snapshot:
    """Freeze a half-year, or make the next version of what was opened again.

    Raises NotAllowed, Conflict, WrongState, or everything that is in the way at once.
    """
    role = policies.require(actor, Permission.PERIOD_FREEZE, period)
    latest = latest_snapshot(period)
    if latest is None:
        transitions.apply(
            period, "freeze", workflow=PERIOD, actor=actor, expected_version=expected_version
        )
        return _take(period, actor=actor, role=role, version_no=1, before=None)
    transitions.check_version(period, expected_version)
    raise_all(_problems_of_next(period))
    reopenings = live_reopenings(period, on=clock.today())
    before = _before(latest, reopenings)
    snapshot = _take(
        period, actor=actor, role=role, version_no=latest.version_no + 1, before=before
    )
    for reopening in reopenings:
        reopening.closed_on, reopening.closed_by_id = clock.today(), actor.id
        reopening.snapshot_id = snapshot.id
    db.session.flush()
    return snapshot


def freeze_problems(period: ReportingPeriod) -> list[DomainError]:
    """Return everything that is in the way of freezing a half-year, or of its next version."""
    if latest_snapshot(period) is not None:
        return _problems_of_next(period)
    if period.status is not PeriodStatus.COLLECTING:
        return [
            WrongState(
                N_("U kunt dit halfjaar nu niet vastzetten: de status is ‘%(state)s’."),
                params={"state": PERIOD.state(period.status).label},
            )
        ]
    return _missing(list_deliveries(period)) + _differences(period)


@transitions.guard(PERIOD, Guard.ALL_REPORTED)
def _all_reported(period: ReportingPeriod, _actor: Person) -> list[DomainError]:
    return _missing(list_deliveries(period))


@transitions.guard(PERIOD, Guard.DIFFERENCES_EXPLAINED)
def _differences_explained(period: ReportingPeriod, _actor: Person) -> list[DomainError]:
    return _differences(period)


def _problems_of_next(period: ReportingPeriod) -> list[DomainError]:
    reopenings = live_reopenings(period, on=clock.today())
    if period.status not in SETTLED_PERIODS or not reopenings:
        return [
            WrongState(
                N_(
                    "Dit halfjaar is al vastgezet. Een nieuwe versie kan alleen na een heropening"
                    " die nog geldt."
                )
            )
        ]
    region_ids = {one.region_id for one in reopenings if one.region_id is not None}
    deliveries = [one for one in list_deliveries(period) if one.region.id in region_ids]
    return _missing(deliveries, STILL_OPEN) + _differences(period, region_ids)


def _missing(deliveries: Sequence[Delivery], message: str = NOT_IN) -> list[DomainError]:
    return [
        WrongState(message, params={"region": one.region.name, "state": _state(one)})
        for one in deliveries
        if not one.is_settled
    ]


def _state(delivery: Delivery) -> str:
    status = delivery.report.status if delivery.report else ReportStatus.NOT_STARTED
    return REPORT.state(status).label


def _differences(
    period: ReportingPeriod, region_ids: Collection[int] | None = None
) -> list[DomainError]:
    return [
        WrongState(
            N_(
                "Regio %(region)s: ‘%(figure)s’ begint niet waar het vorige halfjaar eindigde."
                " Leg het verschil uit."
            ),
            params={"region": row.region, "figure": KEY_FIGURE_LABELS[row.key_figure]},
        )
        for row in unexplained(period)
        if row.key_figure is not None and (region_ids is None or row.region_id in region_ids)
    ]


def _before(latest: Snapshot, reopenings: Sequence[Reopening]) -> Before:
    """With a region comes what went up in it: its rows still bear the old names."""
    opened, every_id = [], set[int]()
    for one in reopenings:
        ids: frozenset[int] = frozenset()
        if one.region_id is not None:
            ids = standing().branch(one.region_id, one.period.ends_on) | {one.region_id}
        opened.append(Opened(one.reference, one.reason, codes_of(ids)))
        every_id |= ids
    return Before(latest, tuple(opened), frozenset(every_id))


def _take(
    period: ReportingPeriod,
    *,
    actor: Person,
    role: Any,
    version_no: int,
    before: Before | None,
) -> Snapshot:
    taken_at, office = clock.now().replace(microsecond=0), ROLE_LABELS[role]
    source = read_half_year(period, made_at=taken_at, made_by=office, base_url="")
    parts, declared = read_parts(replace(source, version=version_no), before)
    packed = [pack(key, lines) for key, lines in parts.items()]
    manifest = _manifest(
        period,
        packed,
        before,
        version=version_no,
        taken_at=taken_at.astimezone(UTC).isoformat(),
        office=office,
        workbook=declared,
    )
    sha256 = hashlib.sha256(manifest.encode()).hexdigest()
    entry = audit.record(
        "period.frozen",
        period,
        actor=actor,
        role=role,
        details={"version": version_no, "sha256": sha256},
    )
    snapshot = Snapshot(
        period_id=period.id,
        version_no=version_no,
        taken_at=taken_at,
        taken_by_id=actor.id,
        office=office,
        manifest=manifest,
        sha256=sha256,
        audit_seq=entry.seq,
    )
    return _keep(snapshot, packed)


def _manifest(
    period: ReportingPeriod, packed: Sequence[Packed], before: Before | None, **taken: Any
) -> str:
    """Return what a version says about itself; `taken` is what is told of this very version."""
    return canonical(
        {
            "format": FORMAT,
            "programme": {"code": period.programme.code, "name": period.programme.name},
            "period": _plain_period(period),
            "previous": before.snapshot.sha256 if before else None,
            "reopenings": [one.reference for one in before.opened] if before else [],
            "base_url": page_address(""),
            "annex_template": annex_template(period.programme_id)[1],
            "parts": [part.listed() for part in packed],
            **taken,
        }
    )


def _keep(snapshot: Snapshot, packed: Sequence[Packed]) -> Snapshot:
    db.session.add(snapshot)
    db.session.flush()
    db.session.add_all(stored(packed, snapshot))
    db.session.flush()
    return snapshot


def _plain_period(period: ReportingPeriod) -> dict[str, Any]:
    return {
        "code": period.code,
        "name": period.name,
        "sequence_no": period.sequence_no,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
    }
