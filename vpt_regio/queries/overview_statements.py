"""The SELECTs behind the national view: each returns all regions, sums are made by the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    and_,
    distinct,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from vpt_regio.domain.enums import AmendmentKind
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.hours_norm import AVERAGED_WEEKS
from vpt_regio.domain.workflows.covenants import AmendmentStatus, CovenantStatus
from vpt_regio.models.action_plans import (
    ActionPlan,
    ActivityMeasure,
    ActivityVersion,
    BudgetLine,
    MeasureExemption,
    PlanVersion,
)
from vpt_regio.models.audit import TransitionRecord
from vpt_regio.models.covenants import (
    Covenant,
    CovenantAmendment,
    CovenantRegion,
    Expenditure,
    ProjectLeaderAppointment,
)
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.programmes import Measure, Programme
from vpt_regio.models.regions import Region, RegionTile
from vpt_regio.queries.covenants import has_ended_before
from vpt_regio.queries.overview_parts import (
    counted_quarters,
    extended_to,
    reports_due_on,
    worked_quarters,
)
from vpt_regio.queries.programmes import holds_on
from vpt_regio.queries.same_entries import keys_of


@dataclass(frozen=True)
class Scope:
    """What is asked: which programme, which regions (None is all), on which day, which period.

    Without a period `starts_on` lies after `ends_on`, so that nothing falls into it.
    """

    programme_id: int
    as_of: date
    period_id: int | None = None
    starts_on: date = date.max
    ends_on: date = date.min
    region_ids: frozenset[int] | None = None

    @property
    def until(self) -> date:
        """The last day of the period that counts."""
        return min(self.ends_on, self.as_of)

    def only(self, column: Any) -> ColumnElement[bool]:
        return literal(True) if self.region_ids is None else column.in_(sorted(self.region_ids))


def current_period(day: date) -> Executable:
    """Return each programme with its period: collecting, else around the day, else the last."""
    rank = func.coalesce(ReportingPeriod.starts_on <= day, False)
    around = and_(ReportingPeriod.starts_on <= day, ReportingPeriod.ends_on >= day)
    return (
        select(Programme, ReportingPeriod)
        .outerjoin(ReportingPeriod, ReportingPeriod.programme_id == Programme.id)
        .order_by(
            Programme.id,
            (func.coalesce(ReportingPeriod.status == "collecting", False)).desc(),
            func.coalesce(around, False).desc(),
            rank.desc(),
            ReportingPeriod.starts_on.desc(),
        )
        .limit(1)
    )


def regions(scope: Scope) -> Select[Any]:
    """Return one row a region: itself, its report, and its sums of hours and money."""
    monday = scope.as_of - timedelta(days=scope.as_of.weekday())
    spent = select(func.sum(Expenditure.amount_cents)).where(
        Expenditure.region_id == Region.id,
        Expenditure.booked_on >= scope.starts_on,
        Expenditure.booked_on <= scope.until,
    )
    tiles = select(func.aggregate_strings(RegionTile.tile, ",")).where(
        RegionTile.region_id == Region.id
    )
    recently = worked_quarters(monday - timedelta(weeks=AVERAGED_WEEKS), monday - timedelta(days=1))
    return (
        select(
            Region.id,
            Region.code,
            Region.name,
            Region.status,
            Region.designated_on,
            ProgressReport.id.label("report_id"),
            ProgressReport.status.label("report_status"),
            ProgressReport.rag,
            ProgressReport.rag_explanation,
            spent.correlate(Region).scalar_subquery().label("spent"),
            _spent_outside(scope).label("spent_outside"),
            counted_quarters(scope.starts_on, scope.until).label("quarters"),
            recently.label("recent_quarters"),
            tiles.correlate(Region).scalar_subquery().label("tiles"),
            reports_due_on(scope.period_id).label("reports_due_on"),
            extended_to(scope.period_id).label("extended_to"),
            _measures_total(scope).label("measures_total"),
            has_ended_before(scope.starts_on).label("was_over"),
        )
        .outerjoin(
            ProgressReport,
            and_(
                ProgressReport.region_id == Region.id,
                ProgressReport.period_id == scope.period_id,
            ),
        )
        .where(Region.programme_id == scope.programme_id, scope.only(Region.id))
        .order_by(Region.name, Region.id)
    )


def _spent_outside(scope: Scope) -> Any:
    """Return what a region booked, up to the day, on covenants in which it has no share."""
    own = select(CovenantRegion.covenant_id).where(CovenantRegion.region_id == Region.id)
    return (
        select(func.sum(Expenditure.amount_cents))
        .where(
            Expenditure.region_id == Region.id,
            Expenditure.covenant_id.not_in(own.correlate(Region)),
            Expenditure.booked_on <= scope.as_of,
        )
        .correlate(Region)
        .scalar_subquery()
    )


def _measures_total(scope: Scope) -> Any:
    return (
        select(func.count(Measure.id))
        .where(Measure.programme_id == scope.programme_id, *holds_on(Measure, scope.as_of))
        .scalar_subquery()
    )


def shares(scope: Scope) -> Executable:
    """Return one row a covenant × region, with what holds of the covenant on the day.

    Every share of a covenant comes along, also when one region is asked for: the parts of an
    amount can only be made together.
    """
    counts = [
        CovenantAmendment.covenant_id == Covenant.id,
        CovenantAmendment.status == AmendmentStatus.SIGNED,
        or_(CovenantAmendment.signed_on.is_(None), CovenantAmendment.signed_on <= scope.as_of),
    ]
    is_extension = CovenantAmendment.kind == AmendmentKind.EXTENSION
    supplement = select(func.sum(CovenantAmendment.amount_cents)).where(*counts)
    # the extension that holds is the one with the latest end, not the one drafted last
    by_end = (CovenantAmendment.new_end_on.desc(), CovenantAmendment.id.desc())
    extensions = select(CovenantAmendment.id).where(*counts, is_extension).order_by(*by_end)
    plan_due = (
        select(CovenantAmendment.new_plan_due_on)
        .where(*counts, CovenantAmendment.new_plan_due_on.is_not(None))
        .order_by(*by_end)
    )
    drafted = select(func.max(CovenantAmendment.id)).where(
        CovenantAmendment.covenant_id == Covenant.id,
        CovenantAmendment.status == AmendmentStatus.DRAFT,
        is_extension,
    )
    extension = aliased(CovenantAmendment)
    extension_id = extensions.limit(1).correlate(Covenant).scalar_subquery()
    asked = select(CovenantRegion.covenant_id).where(scope.only(CovenantRegion.region_id))
    return (
        select(
            Covenant,
            CovenantRegion.region_id,
            CovenantRegion.weight,
            extension.new_end_on,
            extension.new_end_precision,
            extension.new_end_words,
            extension.id.label("extension_id"),
            plan_due.limit(1).correlate(Covenant).scalar_subquery().label("plan_due_on"),
            drafted.correlate(Covenant).scalar_subquery().label("drafted_extension_id"),
            supplement.correlate(Covenant).scalar_subquery().label("supplement"),
            _spent_on_covenant(scope).label("spent"),
        )
        .join(CovenantRegion, CovenantRegion.covenant_id == Covenant.id)
        .outerjoin(extension, extension.id == extension_id)
        .where(
            Covenant.programme_id == scope.programme_id,
            Covenant.status != CovenantStatus.DRAFT,
            or_(Covenant.signed_on.is_(None), Covenant.signed_on <= scope.as_of),
            Covenant.id.in_(asked),
        )
        .order_by(Covenant.id, CovenantRegion.id)
    )


def _spent_on_covenant(scope: Scope) -> Any:
    return (
        select(func.sum(Expenditure.amount_cents))
        .where(
            Expenditure.covenant_id == Covenant.id,
            Expenditure.region_id == CovenantRegion.region_id,
            Expenditure.booked_on <= scope.as_of,
        )
        .correlate(Covenant, CovenantRegion)
        .scalar_subquery()
    )


def plan_versions(scope: Scope) -> Executable:
    """Return every version of every plan, oldest first, with its budget and its coverage.

    A submitted version answers to the list of measures of that day.
    """
    covered, exempt, total = _coverage(scope)
    budget = select(func.sum(BudgetLine.amount_cents)).where(
        BudgetLine.plan_version_id == PlanVersion.id
    )
    last_activity = select(
        func.max(func.coalesce(ActivityVersion.ends_on, ActivityVersion.starts_on))
    ).where(ActivityVersion.plan_version_id == PlanVersion.id)
    return (
        select(
            ActionPlan.id.label("plan_id"),
            ActionPlan.region_id,
            ActionPlan.covenant_id,
            PlanVersion.id,
            PlanVersion.version_no,
            PlanVersion.status,
            PlanVersion.submitted_on,
            PlanVersion.provisionally_adopted_on,
            PlanVersion.approved_on,
            PlanVersion.created_at,
            budget.correlate(PlanVersion).scalar_subquery().label("budget"),
            last_activity.correlate(PlanVersion).scalar_subquery().label("activities_until"),
            covered.label("covered"),
            exempt.label("exempt"),
            total.label("total"),
        )
        .join(PlanVersion, PlanVersion.action_plan_id == ActionPlan.id)
        .join(Region, Region.id == ActionPlan.region_id)
        .where(Region.programme_id == scope.programme_id, scope.only(Region.id))
        .order_by(ActionPlan.id, PlanVersion.version_no)
    )


def _coverage(scope: Scope) -> tuple[Any, Any, Any]:
    """Return how many measures a version covers, exempts, and answers to."""
    day = func.coalesce(PlanVersion.submitted_on, scope.as_of)
    holds = [Measure.programme_id == scope.programme_id, *holds_on(Measure, day)]
    total = select(func.count(Measure.id)).where(*holds).correlate(PlanVersion)
    # by its key a measure of an earlier list is found in the one that the version answers to
    said = keys_of(Measure)
    listed = said.alias()
    covered = (
        select(Measure.id)
        .select_from(ActivityVersion)
        .join(ActivityMeasure, ActivityMeasure.activity_version_id == ActivityVersion.id)
        .join(said, said.c.entry == ActivityMeasure.measure_id)
        .join(listed, listed.c.key == said.c.key)
        .join(Measure, Measure.id == listed.c.entry)
        .where(ActivityVersion.plan_version_id == PlanVersion.id, *holds)
        .correlate(PlanVersion)
    )
    exempt = (
        select(func.count(distinct(Measure.id)))
        .select_from(MeasureExemption)
        .join(said, said.c.entry == MeasureExemption.measure_id)
        .join(listed, listed.c.key == said.c.key)
        .join(Measure, Measure.id == listed.c.entry)
        .where(
            MeasureExemption.plan_version_id == PlanVersion.id,
            Measure.id.not_in(covered),
            *holds,
        )
        .correlate(PlanVersion)
    )
    number_covered = covered.with_only_columns(func.count(distinct(Measure.id)))
    return number_covered.scalar_subquery(), exempt.scalar_subquery(), total.scalar_subquery()


def people(scope: Scope) -> Executable:
    """Return who manages each region on the day, and who leads it then or in the period.

    Columns: region_id, what, name, and of a leader starts_on, ends_on, quarters, is_deputy.
    """
    managers = (
        select(
            RoleAssignment.region_id,
            literal("manager").label("what"),
            Person.name,
            RoleAssignment.starts_on,
            RoleAssignment.ends_on,
            literal(0).label("quarters"),
            literal(False).label("is_deputy"),
        )
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.programme_id == scope.programme_id,
            RoleAssignment.role == Role.ACCOUNT_MANAGER,
            Person.is_active,
            scope.only(RoleAssignment.region_id),
            *_on(RoleAssignment, scope.as_of),
        )
    )
    leaders = (
        select(
            ProjectLeaderAppointment.region_id,
            literal("leader").label("what"),
            Person.name,
            ProjectLeaderAppointment.starts_on,
            ProjectLeaderAppointment.ends_on,
            ProjectLeaderAppointment.quarters_per_week.label("quarters"),
            ProjectLeaderAppointment.is_deputy,
        )
        .join(Person, Person.id == ProjectLeaderAppointment.person_id)
        .where(
            scope.only(ProjectLeaderAppointment.region_id),
            or_(
                and_(*_on(ProjectLeaderAppointment, scope.as_of)),
                and_(
                    ProjectLeaderAppointment.starts_on <= scope.ends_on,
                    or_(
                        ProjectLeaderAppointment.ends_on.is_(None),
                        ProjectLeaderAppointment.ends_on >= scope.starts_on,
                    ),
                ),
            ),
        )
    )
    return union_all(managers, leaders).order_by("region_id", "what", "name")


def later_steps(day: date) -> Executable:
    """Return the steps in life cycles after a day, first one first: undone, they give that day."""
    return (
        select(TransitionRecord.workflow, TransitionRecord.subject_id, TransitionRecord.from_state)
        .where(
            TransitionRecord.effective_on > day,
            TransitionRecord.workflow.in_(("region", "action_plan")),
        )
        .order_by(TransitionRecord.effective_on, TransitionRecord.id)
    )


def _on(model: Any, day: date) -> list[ColumnElement[bool]]:
    return [model.starts_on <= day, or_(model.ends_on.is_(None), model.ends_on >= day)]
