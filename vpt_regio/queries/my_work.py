"""What waits for a person, what waits for others because of them, and what is due soon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.deadlines import DEADLINE_LABELS, DeadlineKind, last_day
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.periods import PeriodStatus
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.extensions import due_on_with, extended_days, extensions_of
from vpt_regio.queries.periods import reports_on
from vpt_regio.queries.work_items import (
    REPORT_STEPS,
    WAITING_TITLES,
    ComingDay,
    Reach,
    WorkItem,
    day_of,
    is_soon,
    oldest_first,
    permissions_of,
    within,
    work_item,
)
from vpt_regio.queries.work_of_agreements import agreement_items
from vpt_regio.queries.work_of_amendments import amendment_items, ending_items
from vpt_regio.queries.work_of_annex import annex_items
from vpt_regio.queries.work_of_commitments import commitment_items
from vpt_regio.queries.work_of_contracts import contract_items
from vpt_regio.queries.work_of_decisions import decision_items
from vpt_regio.queries.work_of_imports import import_items
from vpt_regio.queries.work_of_money import money_items
from vpt_regio.queries.work_of_plans import (
    coming_ends,
    covenant_items,
    list_covenants,
    plan_items,
    unstarted_plans,
)
from vpt_regio.queries.work_of_remarks import remark_items
from vpt_regio.queries.work_of_subsidies import subsidy_items

WEEKS_WITHOUT_HOURS = 4
REPORTING = (PeriodStatus.OPEN, PeriodStatus.COLLECTING)


@dataclass(frozen=True)
class MyWork:
    """The page of one person: `to_do` and `waiting` oldest first, `coming` nearest first."""

    to_do: tuple[WorkItem, ...]
    waiting: tuple[WorkItem, ...]
    coming: tuple[ComingDay, ...]


def my_work(person: Person) -> MyWork:
    """Return what waits for a person today: a fixed number of queries, whatever there is."""
    reach = Reach(person)
    periods = _running_periods()
    signed_or_drafted = list_covenants(reach)
    covenants = [c for c in signed_or_drafted if c.status is not CovenantStatus.TERMINATED]
    to_do, waiting = plan_items(reach)
    more_to_do, more_waiting = _report_items(reach)
    to_do += more_to_do + unstarted_plans(reach) + _hours_items(reach)
    to_do += _period_items(reach, periods) + covenant_items(reach, covenants)
    for period in periods:
        if period.status is PeriodStatus.COLLECTING:
            to_do += _unstarted_reports(reach, period)
    to_decide, asked = decision_items(reach)
    to_sign, unsigned = amendment_items(reach, covenants)
    to_do += to_decide + to_sign + ending_items(reach, covenants)
    more_waiting += asked + unsigned
    about_money, money_elsewhere = money_items(reach, signed_or_drafted)
    to_do += remark_items(reach) + about_money + import_items(reach)
    more_waiting += money_elsewhere
    about_contracts, contracts_elsewhere = contract_items(reach)
    to_do += about_contracts
    more_waiting += contracts_elsewhere
    about_subsidies, subsidies_elsewhere = subsidy_items(reach)
    to_do += about_subsidies
    more_waiting += subsidies_elsewhere
    about_results, targets_due = agreement_items(reach, periods)
    to_do += about_results + commitment_items(reach) + annex_items(reach)
    coming = _coming_deadlines(periods) + coming_ends(covenants) + targets_due
    return MyWork(
        to_do=oldest_first(to_do),
        waiting=oldest_first(waiting + more_waiting),
        coming=tuple(sorted(coming, key=lambda day: day.due_on)),
    )


def _report_items(reach: Reach) -> tuple[list[WorkItem], list[WorkItem]]:
    reports = db.session.scalars(
        select(ProgressReport)
        .join(ProgressReport.period)
        .where(
            ProgressReport.status.in_(list(REPORT_STEPS)),
            ReportingPeriod.status.in_(REPORTING),
            within(ProgressReport.region_id, reach.regions(*permissions_of(REPORT_STEPS))),
        )
        .options(
            joinedload(ProgressReport.region),
            joinedload(ProgressReport.period).selectinload(ReportingPeriod.deadlines),
        )
        .order_by(ProgressReport.id)
    ).all()
    extended = extended_days({report.period for report in reports})
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for report in reports:
        step = REPORT_STEPS[report.status]
        until = extended.get((report.period_id, report.region_id))
        if reach.covers(step.permission, report.region_id):
            to_do.append(_report_item(report, until, title=step.title, why=step.why))
        elif reach.covers(step.waits, report.region_id):
            title = WAITING_TITLES["report"]
            waiting.append(_report_item(report, until, title=title, why=step.waiting))
    return to_do, waiting


def _report_item(
    report: ProgressReport, extended_to: date | None, *, title: str, why: str
) -> WorkItem:
    kinds: Mapping[StrEnum, DeadlineKind] = {
        ReportStatus.SUBMITTED: DeadlineKind.REVIEWS_DONE,
        ReportStatus.RETURNED: DeadlineKind.REVISIONS_ACCEPTED,
    }
    since = {
        ReportStatus.SUBMITTED: report.submitted_on,
        ReportStatus.RETURNED: day_of(report.updated_at),
    }.get(report.status, day_of(report.created_at))
    kind = kinds.get(report.status, DeadlineKind.REPORTS_SUBMITTED)
    due_on = report.period.due_on(kind)
    if kind is DeadlineKind.REPORTS_SUBMITTED:
        due_on = last_day(due_on, extended_to)
    return work_item(
        title,
        why,
        "reports.edit" if report.status is ReportStatus.DRAFT else "reports.show",
        {"code": report.period.code, "region_code": report.region.code},
        params={"region": report.region.name, "period": report.period.code},
        since=since,
        due_on=due_on,
    )


def _unstarted_reports(reach: Reach, period: ReportingPeriod) -> list[WorkItem]:
    regions = db.session.scalars(
        select(Region)
        .outerjoin(
            ProgressReport,
            and_(ProgressReport.region_id == Region.id, ProgressReport.period_id == period.id),
        )
        .where(
            ProgressReport.id.is_(None),
            Region.programme_id == period.programme_id,
            reports_on(period),
            within(Region.id, reach.regions(Permission.REPORT_EDIT)),
        )
        .order_by(Region.name, Region.id)
    )
    extensions = extensions_of(period)
    return [
        work_item(
            N_("Rapportage %(region)s over %(period)s beginnen"),
            N_("De uitvraag loopt en u bent nog niet begonnen."),
            "reports.show",
            {"code": period.code, "region_code": region.code},
            params={"region": region.name, "period": period.code},
            since=period.due_on(DeadlineKind.INVITATIONS_SENT) or period.ends_on,
            due_on=due_on_with(period, extensions.get(region.id)),
        )
        for region in regions
    ]


def _hours_items(reach: Reach) -> list[WorkItem]:
    """Return the own appointments on which nothing was booked for weeks."""
    today = clock.today()
    rows = db.session.execute(
        select(
            Region.code,
            Region.name,
            ProjectLeaderAppointment.starts_on,
            func.max(HoursEntry.thursday_on).label("booked_on"),
        )
        .join(Region, Region.id == ProjectLeaderAppointment.region_id)
        .outerjoin(HoursEntry, HoursEntry.appointment_id == ProjectLeaderAppointment.id)
        .where(
            ProjectLeaderAppointment.person_id == reach.person.id,
            ProjectLeaderAppointment.starts_on <= today,
            or_(
                ProjectLeaderAppointment.ends_on.is_(None),
                ProjectLeaderAppointment.ends_on >= today,
            ),
            within(Region.id, reach.regions(Permission.HOURS_BOOK)),
        )
        .group_by(
            ProjectLeaderAppointment.id,
            Region.code,
            Region.name,
            ProjectLeaderAppointment.starts_on,
        )
        .order_by(ProjectLeaderAppointment.id)
    )
    items = []
    for row in rows:
        last = row.booked_on or row.starts_on
        weeks = (today - last).days // 7
        if weeks >= WEEKS_WITHOUT_HOURS:
            items.append(
                work_item(
                    N_("Uren boeken voor %(region)s"),
                    N_("U hebt %(weeks)s weken geen uren geboekt."),
                    "hours.index",
                    {"code": row.code},
                    params={"region": row.name, "weeks": weeks},
                    since=last,
                )
            )
    return items


def _running_periods() -> list[ReportingPeriod]:
    return list(
        db.session.scalars(
            select(ReportingPeriod)
            .where(ReportingPeriod.status.in_([PeriodStatus.PLANNED, *REPORTING]))
            .options(selectinload(ReportingPeriod.deadlines))
            .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
        )
    )


def _period_items(reach: Reach, periods: list[ReportingPeriod]) -> list[WorkItem]:
    """Return the steps of periods whose day has come, for who manages periods."""
    if not reach.anywhere(Permission.PERIOD_MANAGE):
        return []
    steps = {
        PeriodStatus.PLANNED: (
            N_("Halfjaar %(period)s openen"),
            N_("De eerste dag is geweest."),
        ),
        PeriodStatus.OPEN: (
            N_("Uitvraag over %(period)s starten"),
            N_("De dag voor de uitvraag is gekomen."),
        ),
        PeriodStatus.COLLECTING: (
            N_("Verzending van de brief over %(period)s vastleggen"),
            N_("De datum van de brief is gekomen."),
        ),
    }
    items = []
    for period in periods:
        title, why = steps[period.status]
        since = {
            PeriodStatus.PLANNED: period.starts_on,
            PeriodStatus.OPEN: period.due_on(DeadlineKind.INVITATIONS_SENT),
        }.get(period.status, period.letter_on)
        if since is not None and since <= clock.today():
            args, params = {"code": period.code}, {"period": period.code}
            items.append(work_item(title, why, "periods.show", args, params=params, since=since))
    return items


def _coming_deadlines(periods: list[ReportingPeriod]) -> list[ComingDay]:
    return [
        ComingDay(
            deadline.due_on,
            DEADLINE_LABELS[deadline.kind],
            "periods.show",
            {"code": period.code},
        )
        for period in periods
        for deadline in period.deadlines
        if period.status in REPORTING and is_soon(deadline.due_on)
    ]
