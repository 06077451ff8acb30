"""Mergers of regions: their proof, who gets access to what, and what happened since."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.mergers import Kind, ProofRow, Value
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan
from vpt_regio.models.covenants import Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region, RegionMerger, RegionPartner
from vpt_regio.queries import region_sums
from vpt_regio.queries.lineage import holder_of
from vpt_regio.queries.overview import RegionRow, current_period, region_rows
from vpt_regio.queries.region_books import LOCKED
from vpt_regio.standing import Standing, standing, supposing

Rows = Mapping[int, RegionRow]
Reader = Callable[[Rows], Mapping[int, Value]]


@dataclass(frozen=True)
class Figure:
    """Something that must be the same before and after a merger."""

    code: str
    label: str
    kind: Kind
    read: Reader


def _of_row(name: str) -> Reader:
    return lambda rows: {region_id: getattr(row, name) for region_id, row in rows.items()}


def _counted(sums: Callable[[], region_sums.Sums]) -> Reader:
    def read(rows: Rows) -> Mapping[int, Value]:
        found = sums()
        return {region_id: found.get(region_id, 0) for region_id in rows}

    return read


FIGURES: tuple[Figure, ...] = (
    Figure("advance", N_("Voorschot"), Kind.CENTS, _of_row("advance_cents")),
    Figure("supplements", N_("Aanvullingen"), Kind.CENTS, _of_row("supplement_cents")),
    Figure("paid", N_("Betaald door het Rijk"), Kind.CENTS, _counted(region_sums.paid_ever)),
    Figure("budget", N_("Begroot in de plannen"), Kind.CENTS, _of_row("budget_cents")),
    Figure(
        "spent_in_period",
        N_("Besteed in dit halfjaar"),
        Kind.CENTS,
        _of_row("spent_in_period_cents"),
    ),
    Figure(
        "spent_on_covenants",
        N_("Besteed van de laatste convenanten"),
        Kind.CENTS,
        _of_row("spent_total_cents"),
    ),
    Figure("spent", N_("Besteed, alle boekingen"), Kind.CENTS, _counted(region_sums.spent_ever)),
    Figure("hours_in_period", N_("Uren in dit halfjaar"), Kind.QUARTERS, _of_row("hours_quarters")),
    Figure("hours", N_("Uren, alle boekingen"), Kind.QUARTERS, _counted(region_sums.quarters_ever)),
    Figure("leaders", N_("Projectleiders"), Kind.NAMES, _of_row("project_leaders")),
    Figure("managers", N_("Accountmanagers"), Kind.NAMES, _of_row("account_managers")),
    Figure("partners", N_("Partners"), Kind.NUMBER, _counted(region_sums.partners_now)),
    Figure("plans", N_("Plannen van aanpak"), Kind.NUMBER, _counted(region_sums.plans)),
    Figure("activities", N_("Activiteiten"), Kind.NUMBER, _counted(region_sums.activities)),
    Figure("contracts", N_("Prestatiecontracten"), Kind.NUMBER, _counted(region_sums.contracts)),
    Figure("agreements", N_("Prestatieafspraken"), Kind.NUMBER, _counted(region_sums.agreements)),
    Figure(
        "agreements_met",
        N_("Afspraken gehaald"),
        Kind.NUMBER,
        _counted(region_sums.agreements_met),
    ),
    Figure("measurements", N_("Metingen"), Kind.NUMBER, _counted(region_sums.measurements)),
    Figure(
        "judged_measures",
        N_("Oordelen over maatregelen"),
        Kind.NUMBER,
        _counted(region_sums.judged_measures),
    ),
    Figure("remarks", N_("Open opmerkingen"), Kind.NUMBER, _counted(region_sums.open_remarks)),
    Figure("reports", N_("Open rapportages"), Kind.NUMBER, _counted(region_sums.open_reports)),
    Figure("work", N_("Open werk"), Kind.NUMBER, _counted(region_sums.open_work)),
)
"""Another figure that must survive a merger is one more line here."""

FIGURE_LABELS: dict[str, str] = {figure.code: figure.label for figure in FIGURES}

Snapshot = Mapping[str, Mapping[int, Value]]


def snapshot(regions: Sequence[Region]) -> Snapshot:
    """Return every figure of these regions as of today, by code and region."""
    today = clock.today()
    programme, period = current_period(today)
    ids = {region.id for region in regions}
    found = region_rows(None, period, today, programme_id=programme.id)
    rows = {row.region_id: row for row in found if row.region_id in ids}
    return {figure.code: figure.read(rows) for figure in FIGURES}


def regions_of_proof(successor: Region, predecessors: Sequence[Region]) -> list[Region]:
    """Return all regions in whose rows the figures can be: the successor may have gone up too."""
    holder = holder_of(successor)
    beyond = [holder] if holder is not successor else []
    return [successor, *predecessors, *beyond]


def proof(before: Snapshot, after: Snapshot) -> list[ProofRow]:
    """Set what there was beside what there is, in the order of the figures."""
    return [
        ProofRow(figure.code, figure.kind, before[figure.code], after[figure.code])
        for figure in FIGURES
    ]


@dataclass(frozen=True)
class AccessLine:
    """A person with a role in a region, and what comes within or goes out of reach of it."""

    person: Person
    role: Role
    region: Region
    others: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a merger, or its undoing, would do; nothing is stored."""

    rows: list[ProofRow]
    access: list[AccessLine]


def preview_merger(
    successor: Region, predecessors: Sequence[Region], *, merged_on: date
) -> Preview:
    """Return the proof and the access of a merger as it would be today."""
    ids = [region.id for region in predecessors]
    supposed = standing().with_merger(ids, successor=successor.id, merged_on=merged_on)
    return _preview(regions_of_proof(successor, predecessors), supposed)


def preview_undo(merger: RegionMerger) -> Preview:
    """Return the proof and the access of undoing a merger."""
    ids = [region.id for region in merger.predecessors]
    regions = regions_of_proof(merger.successor, merger.predecessors)
    return _preview(regions, standing().without_merger(ids))


def _preview(regions: Sequence[Region], supposed: Standing) -> Preview:
    before, stands = snapshot(regions), standing()
    with supposing(supposed):
        after = snapshot(regions)
    return Preview(proof(before, after), _access(regions, stands, supposed))


def _access(regions: Sequence[Region], now: Standing, then: Standing) -> list[AccessLine]:
    """Return for each role of today in these regions which regions come or go."""
    today = clock.today()
    families = {
        region.id: (now.family(region.id, today), then.family(region.id, today))
        for region in regions
    }
    reached = set().union(*(before ^ after for before, after in families.values()))
    known = db.session.scalars(select(Region).where(Region.id.in_(reached)))
    names = {region.id: region.name for region in known}
    query = (
        select(RoleAssignment)
        .join(RoleAssignment.person)
        .where(
            RoleAssignment.region_id.in_([region.id for region in regions]),
            RoleAssignment.starts_on <= today,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
            Person.is_active,
        )
        .options(joinedload(RoleAssignment.person), joinedload(RoleAssignment.region))
        .order_by(Person.name, Person.id, RoleAssignment.id)
    )
    lines = []
    for role in db.session.scalars(query):
        if role.region is None:
            continue
        before, after = families[role.region.id]
        others = tuple(sorted(names[key] for key in before ^ after))
        lines.append(AccessLine(role.person, role.role, role.region, others))
    return lines


def get_merger(merger_id: int) -> RegionMerger | None:
    """Return a merger with its regions."""
    return db.session.scalar(
        select(RegionMerger)
        .where(RegionMerger.id == merger_id)
        .options(joinedload(RegionMerger.successor), selectinload(RegionMerger.predecessors))
    )


def list_mergers_of(region: Region) -> list[RegionMerger]:
    """Return the mergers in which a region takes part or took part, the newest first."""
    query = (
        select(RegionMerger)
        .where(RegionMerger.programme_id == region.programme_id)
        .options(joinedload(RegionMerger.successor), selectinload(RegionMerger.predecessors))
        .order_by(RegionMerger.id.desc())
    )
    return [
        merger
        for merger in db.session.scalars(query)
        if region.id in merger.region_ids or region.code in codes_of(merger)
    ]


def codes_of(merger: RegionMerger) -> dict[str, str]:
    """Return code → name of the regions that went up, also when it was undone."""
    if merger.predecessors:
        return {region.code: region.name for region in merger.predecessors}
    stored = merger.report[0]["before"] if merger.report else []
    return {one["code"]: one["region"] for one in stored if one["code"] != merger.successor.code}


def list_candidates(programme: Programme, *statuses: RegionStatus) -> list[Region]:
    """Return the regions in one of these states, by name."""
    query = (
        select(Region)
        .where(Region.programme_id == programme.id, Region.status.in_(statuses))
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))


def find_regions(programme: Programme, codes: Collection[str]) -> list[Region]:
    """Return the regions with these codes, by name."""
    query = (
        select(Region)
        .where(Region.programme_id == programme.id, Region.code.in_(codes))
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))


def locked_since(programme_id: int, day: date | None) -> list[ReportingPeriod]:
    """Return the periods that are frozen, sent or closed and end on a day or later."""
    query = (
        select(ReportingPeriod)
        .where(ReportingPeriod.programme_id == programme_id, ReportingPeriod.status.in_(LOCKED))
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    if day is not None:
        query = query.where(ReportingPeriod.ends_on >= day)
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Since:
    """How much of one kind the successor recorded since the merger; `total` in its own unit."""

    label: str
    kind: Kind
    count: int
    total: int | None = None


def recorded_since(merger: RegionMerger) -> list[Since]:
    """Return what was recorded in the successor itself since the merger: it stays there."""
    to = merger.successor_id
    of_appointment = ProjectLeaderAppointment.region_id == to
    queries: list[tuple[str, Kind, Any, Any, Any]] = [
        (
            N_("Uitgaven"),
            Kind.CENTS,
            Expenditure,
            Expenditure.region_id == to,
            func.sum(Expenditure.amount_cents),
        ),
        (
            N_("Weken met uren"),
            Kind.QUARTERS,
            HoursEntry,
            HoursEntry.appointment.has(of_appointment),
            func.sum(HoursEntry.quarters),
        ),
        (
            N_("Correcties van uren"),
            Kind.QUARTERS,
            HoursCorrection,
            HoursCorrection.appointment.has(of_appointment),
            func.sum(HoursCorrection.quarters),
        ),
        (N_("Aanstellingen"), Kind.NUMBER, ProjectLeaderAppointment, of_appointment, None),
        (N_("Partners"), Kind.NUMBER, RegionPartner, RegionPartner.region_id == to, None),
        (N_("Plannen van aanpak"), Kind.NUMBER, ActionPlan, ActionPlan.region_id == to, None),
        (N_("Rapportages"), Kind.NUMBER, ProgressReport, ProgressReport.region_id == to, None),
    ]
    found = []
    for label, kind, model, is_of, total in queries:
        columns = [func.count(model.id)] + ([] if total is None else [total])
        row = db.session.execute(
            select(*columns).where(is_of, model.created_at >= merger.created_at)
        ).one()
        if row[0]:
            amount = None if total is None else int(row[1])
            found.append(Since(label, kind, row[0], amount))
    return found
