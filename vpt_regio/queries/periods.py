"""Reporting periods, and the board that shows how the regions stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from vpt_regio import clock, policies
from vpt_regio.domain.enums import Rag, ReportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.domain.rules.periods import Finding, Span, oddities
from vpt_regio.domain.rules.reports import board_status
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension, ReportExplanation
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import has_ended_before
from vpt_regio.queries.extensions import due_on_with, explanations_of, extensions_of
from vpt_regio.queries.region_row import SETTLED_PERIODS
from vpt_regio.standing import standing

OVERDUE = (ReportStatus.LATE, ReportStatus.MISSING)


@dataclass(frozen=True)
class BoardRow:
    """How one region stands in a period.

    `has_details` is False where the reader may see national fields only: then everything but the
    status and an accepted judgement stays empty. `days_late` counts from the deadline for
    submitting, or from the end of its extra time. `explanation` says why the half-year goes out
    without its report.
    """

    region: Region
    status: ReportStatus
    has_details: bool
    submitted_on: date | None = None
    accepted_on: date | None = None
    rag: Rag | None = None
    account_managers: tuple[str, ...] = ()
    project_leaders: tuple[str, ...] = ()
    days_late: int = 0
    extension: DeadlineExtension | None = None
    explanation: ReportExplanation | None = None


@dataclass(frozen=True)
class Board:
    """The rows of a period that a person may see, and how many rows have each status."""

    rows: tuple[BoardRow, ...]
    counts: Mapping[ReportStatus, int]


def get_period(programme_id: int, code: str) -> ReportingPeriod | None:
    """Return a period by its code, with its deadlines."""
    return db.session.scalar(
        select(ReportingPeriod)
        .where(ReportingPeriod.programme_id == programme_id, ReportingPeriod.code == code)
        .options(selectinload(ReportingPeriod.deadlines))
    )


def find_collecting(programme_id: int) -> ReportingPeriod | None:
    """Return the period for which reports are being collected; there is at most one."""
    return db.session.scalar(
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == programme_id,
            ReportingPeriod.status == PeriodStatus.COLLECTING,
        )
        .options(selectinload(ReportingPeriod.deadlines))
    )


def list_periods(programme_id: int) -> list[ReportingPeriod]:
    """Return all periods, the newest first; serves the list of half-years."""
    return list(
        db.session.scalars(
            select(ReportingPeriod)
            .where(ReportingPeriod.programme_id == programme_id)
            .options(selectinload(ReportingPeriod.deadlines))
            .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
        )
    )


def find_oddities(period: ReportingPeriod) -> list[Finding]:
    """Return gaps and overlaps of a period with the others of its programme."""
    rows = db.session.execute(
        select(ReportingPeriod.code, ReportingPeriod.starts_on, ReportingPeriod.ends_on)
        .where(ReportingPeriod.programme_id == period.programme_id)
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    this = Span(period.code, period.starts_on, period.ends_on)
    return oddities(this, [Span(row.code, row.starts_on, row.ends_on) for row in rows])


def list_invited(period: ReportingPeriod, *, on: date) -> list[tuple[Region, Person]]:
    """Return the regions that report on a period, with each of their project leaders on a day."""
    rows = db.session.execute(
        select(Region, Person)
        .join(
            RoleAssignment,
            or_(
                RoleAssignment.region_id == Region.id,
                standing().holder_of(RoleAssignment.region_id, on) == Region.id,
            ),
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            Region.programme_id == period.programme_id,
            reports_on(period),
            RoleAssignment.role == Role.PROJECT_LEADER,
            RoleAssignment.starts_on <= on,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= on),
            Person.is_active,
        )
        .distinct()
        .order_by(Region.name, Region.id, Person.name, Person.id)
    )
    return [(row.Region, row.Person) for row in rows]


def board(period: ReportingPeriod, person: Person) -> Board:
    """Return the half-year board as a person may see it: five queries for any number of regions.

    Who has no right to the details of a region sees its national fields, and those of a settled
    period only: until then a report is between the region and the ministry.
    """
    visible = policies.visible_regions(person, Permission.REPORT_VIEW)
    is_settled = period.status in SETTLED_PERIODS
    found = [
        (region, report, has_details)
        for region, report in _regions_with_reports(period)
        if (has_details := visible is None or region.id in visible) or is_settled
    ]
    people = people_of_regions([region.id for region, _, has_details in found if has_details])
    context = _Context(period, people, extensions_of(period), explanations_of(period))
    rows = tuple(
        _board_row(context, region, report, has_details=has_details)
        for region, report, has_details in found
    )
    return Board(rows, Counter(row.status for row in rows))


def status_on_board(
    period: ReportingPeriod, stored: ReportStatus | None, *, extended_to: date | None = None
) -> ReportStatus:
    """Return the status of a report today, late and missing included; None: no report yet.

    `extended_to` is the end of the extra time of its region.
    """
    return board_status(
        stored,
        today=clock.today(),
        due_on=period.due_on(DeadlineKind.REPORTS_SUBMITTED),
        letter_on=period.letter_on,
        is_settled=period.status in SETTLED_PERIODS,
        extended_to=extended_to,
    )


def people_of_regions(region_ids: Iterable[int]) -> dict[tuple[int, Role], tuple[str, ...]]:
    """Return the names of account managers and project leaders today, by region and role.

    With a region come the people of what went up in it.
    """
    today = clock.today()
    branches = {region_id: standing().branch(region_id, today) for region_id in region_ids}
    rows = db.session.execute(
        select(RoleAssignment.region_id, RoleAssignment.role, Person.name)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.region_id.in_(sorted(set[int]().union(*branches.values()))),
            RoleAssignment.role.in_([Role.ACCOUNT_MANAGER, Role.PROJECT_LEADER]),
            RoleAssignment.starts_on <= today,
            or_(RoleAssignment.ends_on.is_(None), RoleAssignment.ends_on >= today),
            Person.is_active,
        )
        .distinct()
        .order_by(Person.name)
    )
    names: defaultdict[tuple[int, Role], list[str]] = defaultdict(list)
    for row in rows:
        for region_id, branch in branches.items():
            if row.region_id in branch and row.name not in names[(region_id, row.role)]:
                names[(region_id, row.role)].append(row.name)
    return {key: tuple(found) for key, found in names.items()}


def reports_on(period: ReportingPeriod) -> ColumnElement[bool]:
    """Return the condition that a region reports on a period.

    It is active or went up in another one only after the period, was designated by its end, and
    its covenants were not over before it.
    """
    went_up_later = sorted(standing().merged_after(period.ends_on))
    return and_(
        or_(Region.status == RegionStatus.ACTIVE, Region.id.in_(went_up_later)),
        ~has_ended_before(period.starts_on),
        or_(Region.designated_on.is_(None), Region.designated_on <= period.ends_on),
    )


def _regions_with_reports(
    period: ReportingPeriod,
) -> list[tuple[Region, ProgressReport | None]]:
    """Return the regions that should report on a period or did, each with its report."""
    rows = db.session.execute(
        select(Region, ProgressReport)
        .outerjoin(
            ProgressReport,
            and_(ProgressReport.region_id == Region.id, ProgressReport.period_id == period.id),
        )
        .where(
            Region.programme_id == period.programme_id,
            or_(ProgressReport.id.is_not(None), reports_on(period)),
        )
        .order_by(Region.name, Region.id)
    )
    return [(row.Region, row.ProgressReport) for row in rows]


@dataclass(frozen=True)
class _Context:
    """What was read for all rows of a board at once; by region and role, and by region."""

    period: ReportingPeriod
    people: Mapping[tuple[int, Role], tuple[str, ...]]
    extensions: Mapping[int, DeadlineExtension]
    explanations: Mapping[int, ReportExplanation]


def _board_row(
    context: _Context, region: Region, report: ProgressReport | None, *, has_details: bool
) -> BoardRow:
    extension = context.extensions.get(region.id)
    status = status_on_board(
        context.period,
        report.status if report else None,
        extended_to=extension.extended_to if extension else None,
    )
    if not has_details:
        rag = report.rag if report and status is ReportStatus.ACCEPTED else None
        return BoardRow(region, status, has_details=False, rag=rag)
    due_on = due_on_with(context.period, extension)
    late = (clock.today() - due_on).days if due_on and status in OVERDUE else 0
    return BoardRow(
        region,
        status,
        has_details=True,
        submitted_on=report.submitted_on if report else None,
        accepted_on=report.accepted_on if report else None,
        rag=report.rag if report else None,
        account_managers=context.people.get((region.id, Role.ACCOUNT_MANAGER), ()),
        project_leaders=context.people.get((region.id, Role.PROJECT_LEADER), ()),
        days_late=max(late, 0),
        extension=extension,
        explanation=context.explanations.get(region.id),
    )
