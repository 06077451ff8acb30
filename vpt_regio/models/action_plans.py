"""Action plans: versions with their activities and budget, the review, and the remarks."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import (
    AgreementLevel,
    DutyScore,
    ExemptionVerdict,
    Phase,
    PlanSection,
    WatchDuty,
)
from vpt_regio.domain.rules.sufficiency import Verdict
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.models.base import Base, Cents, coded, status_check
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure, PolicyLine
from vpt_regio.models.regions import Organisation, Region

if TYPE_CHECKING:
    from vpt_regio.models.remarks import Remark

OPEN_STATUSES = "('draft', 'submitted', 'in_review', 'provisionally_adopted')"


class ActionPlan(Identified, Stamped, Base):
    """The action plan of a region under a covenant; its text stands in its versions."""

    __tablename__ = "action_plan"
    __table_args__ = (UniqueConstraint("covenant_id", "region_id"),)

    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    covenant_id: Mapped[int] = mapped_column(ForeignKey("covenant.id"))

    region: Mapped[Region] = relationship()
    covenant: Mapped[Covenant] = relationship()
    versions: Mapped[list["PlanVersion"]] = relationship(
        back_populates="plan", order_by="PlanVersion.version_no"
    )
    activities: Mapped[list["Activity"]] = relationship(
        back_populates="plan", order_by="Activity.number"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return frozenset({self.region_id})

    @property
    def covenant_ids(self) -> frozenset[int]:
        return frozenset({self.covenant_id})

    @property
    def latest(self) -> "PlanVersion":
        """The newest version, whatever its state."""
        return self.versions[-1]

    @property
    def holding(self) -> "PlanVersion | None":
        """The version that holds: the approved one, else the provisionally adopted one."""
        for status in (ActionPlanStatus.APPROVED, ActionPlanStatus.PROVISIONALLY_ADOPTED):
            for version in reversed(self.versions):
                if version.status is status:
                    return version
        return None


class PlanVersion(Identified, Stamped, Versioned, Base):
    """One version of a plan. From its submission on its content never changes."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("action_plan_id", "version_no"),
        status_check(ACTION_PLAN),
        CheckConstraint("status = 'draft' OR submitted_on IS NOT NULL", name="submitted"),
        CheckConstraint(
            "status <> 'provisionally_adopted' OR provisionally_adopted_on IS NOT NULL",
            name="provisionally_adopted",
        ),
        CheckConstraint("status <> 'approved' OR approved_on IS NOT NULL", name="approved"),
        CheckConstraint("other_funding_cents >= 0", name="other_funding"),
        Index(
            "uq_plan_version_open",
            "action_plan_id",
            unique=True,
            sqlite_where=text(f"status IN {OPEN_STATUSES}"),
            postgresql_where=text(f"status IN {OPEN_STATUSES}"),
        ),
        Index(
            "uq_plan_version_approved",
            "action_plan_id",
            unique=True,
            sqlite_where=text("status = 'approved'"),
            postgresql_where=text("status = 'approved'"),
        ),
    )

    action_plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    version_no: Mapped[int]
    status: Mapped[ActionPlanStatus] = mapped_column(
        coded(ActionPlanStatus, "status", is_status=True), default=ActionPlanStatus.DRAFT
    )
    problem_analysis: Mapped[str] = mapped_column(Text, default="")
    approach: Mapped[str] = mapped_column(Text, default="")
    embedding: Mapped[str] = mapped_column(Text, default="")
    consensus_analysis: Mapped[AgreementLevel | None] = mapped_column(
        coded(AgreementLevel, "consensus_analysis")
    )
    consensus_analysis_note: Mapped[str] = mapped_column(Text, default="")
    consensus_approach: Mapped[AgreementLevel | None] = mapped_column(
        coded(AgreementLevel, "consensus_approach")
    )
    consensus_approach_note: Mapped[str] = mapped_column(Text, default="")
    other_funding_cents: Mapped[int] = mapped_column(Cents, default=0)
    other_funding_note: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_on: Mapped[date | None]
    provisionally_adopted_on: Mapped[date | None]
    approved_on: Mapped[date | None]

    plan: Mapped[ActionPlan] = relationship(back_populates="versions")
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    activities: Mapped[list["ActivityVersion"]] = relationship(
        back_populates="plan_version",
        order_by="ActivityVersion.activity_id",
        cascade="all, delete-orphan",
    )
    budget_lines: Mapped[list["BudgetLine"]] = relationship(
        back_populates="plan_version", order_by="BudgetLine.id", cascade="all, delete-orphan"
    )
    exemptions: Mapped[list["MeasureExemption"]] = relationship(
        order_by="MeasureExemption.id", cascade="all, delete-orphan"
    )
    duty_scores: Mapped[list["WatchDutyScore"]] = relationship(
        order_by="WatchDutyScore.id", cascade="all, delete-orphan"
    )
    sufficiency: Mapped["SufficiencyCheck | None"] = relationship(cascade="all, delete-orphan")
    remarks: Mapped[list["Remark"]] = relationship(
        back_populates="plan_version", order_by="Remark.id"
    )
    returned_sections: Mapped[list["ReturnedSection"]] = relationship(
        order_by="ReturnedSection.id", cascade="all, delete-orphan"
    )

    @property
    def region(self) -> Region:
        return self.plan.region

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.plan.covenant_ids

    @property
    def budget_cents(self) -> int:
        return sum(line.amount_cents for line in self.budget_lines)


class Activity(Identified, Stamped, Base):
    """An activity through all versions of its plan: bookings and progress belong to it.

    `number` is given once and never used again.
    """

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("action_plan_id", "number"),)

    action_plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    number: Mapped[int]

    plan: Mapped[ActionPlan] = relationship(back_populates="activities")

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.plan.covenant_ids


class ActivityVersion(Identified, Stamped, Versioned, Base):
    """What one version of the plan says of an activity."""

    __tablename__ = "activity_version"
    __table_args__ = (
        UniqueConstraint("plan_version_id", "activity_id"),
        CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="period"
        ),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    policy_line_id: Mapped[int | None] = mapped_column(ForeignKey("policy_line.id"))
    is_awareness: Mapped[bool] = mapped_column(default=False)
    target_group: Mapped[str] = mapped_column(String(300), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    plan_version: Mapped[PlanVersion] = relationship(back_populates="activities")
    activity: Mapped[Activity] = relationship()
    policy_line: Mapped[PolicyLine | None] = relationship()
    owner: Mapped[Organisation | None] = relationship()
    measures: Mapped[list["ActivityMeasure"]] = relationship(
        order_by="ActivityMeasure.id", cascade="all, delete-orphan"
    )
    budget_lines: Mapped[list["BudgetLine"]] = relationship(
        back_populates="activity_version", order_by="BudgetLine.id"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan_version.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.plan_version.covenant_ids

    @property
    def budget_cents(self) -> int:
        return sum(line.amount_cents for line in self.budget_lines)


class ActivityMeasure(Identified, Base):
    """A measure that an activity works on; `weight` divides its cost over the measures."""

    __tablename__ = "activity_measure"
    __table_args__ = (
        UniqueConstraint("activity_version_id", "measure_id"),
        CheckConstraint("weight > 0", name="weight"),
    )

    activity_version_id: Mapped[int] = mapped_column(ForeignKey("activity_version.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    weight: Mapped[int] = mapped_column(default=1)

    measure: Mapped[Measure] = relationship()


class BudgetLine(Identified, Stamped, Base):
    """What a version plans to spend, in cents, on an activity or on the plan as a whole.

    `number` tells the lines of a plan as a whole apart, through all its versions.
    """

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("plan_version_id", "number"),
        CheckConstraint("amount_cents >= 0", name="amount"),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    activity_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity_version.id"), index=True
    )
    phase: Mapped[Phase] = mapped_column(coded(Phase, "phase"))
    number: Mapped[int | None]
    description: Mapped[str] = mapped_column(String(300), default="")
    amount_cents: Mapped[int] = mapped_column(Cents)

    plan_version: Mapped[PlanVersion] = relationship(back_populates="budget_lines")
    activity_version: Mapped[ActivityVersion | None] = relationship(back_populates="budget_lines")


class MeasureExemption(Identified, Stamped, Base):
    """Why a plan leaves a measure out, and whether the account manager accepts it."""

    __tablename__ = "measure_exemption"
    __table_args__ = (
        UniqueConstraint("plan_version_id", "measure_id"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(
            "(verdict IS NULL) = (judged_on IS NULL)"
            " AND (verdict IS NULL OR verdict <> 'rejected' OR verdict_note <> '')",
            name="judged",
        ),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    reason: Mapped[str] = mapped_column(Text)
    verdict: Mapped[ExemptionVerdict | None] = mapped_column(coded(ExemptionVerdict, "verdict"))
    verdict_note: Mapped[str] = mapped_column(Text, default="")
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_on: Mapped[date | None]

    measure: Mapped[Measure] = relationship()
    judged_by: Mapped[Person | None] = relationship()


class WatchDutyScore(Identified, Stamped, Base):
    """How the account manager scores one aspect of the watch duties for a version."""

    __tablename__ = "watch_duty_score"
    __table_args__ = (UniqueConstraint("plan_version_id", "duty"),)

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    duty: Mapped[WatchDuty] = mapped_column(coded(WatchDuty, "duty"))
    score: Mapped[DutyScore] = mapped_column(coded(DutyScore, "score"))
    note: Mapped[str] = mapped_column(Text, default="")
    scored_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scored_on: Mapped[date]

    scored_by: Mapped[Person] = relationship()


class SufficiencyCheck(Identified, Stamped, Base):
    """Whether the money is enough for the plan; the amounts are kept as they were, in cents.

    Source: the covenant asks at provisional adoption whether the advance is sufficient.
    """

    __tablename__ = "sufficiency_check"
    __table_args__ = (
        UniqueConstraint("plan_version_id"),
        CheckConstraint("available_cents >= 0 AND planned_cents >= 0", name="amounts"),
        CheckConstraint("difference_cents >= 0", name="difference"),
        CheckConstraint("verdict = 'sufficient' OR reasoning <> ''", name="reasoning"),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    verdict: Mapped[Verdict] = mapped_column(coded(Verdict, "verdict"))
    available_cents: Mapped[int] = mapped_column(Cents)
    planned_cents: Mapped[int] = mapped_column(Cents)
    difference_cents: Mapped[int] = mapped_column(Cents)
    reasoning: Mapped[str] = mapped_column(Text, default="")
    follow_up: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_on: Mapped[date]

    checked_by: Mapped[Person] = relationship()

    @property
    def shortfall_cents(self) -> int:
        return self.difference_cents if self.verdict is Verdict.INSUFFICIENT else 0


class ReturnedSection(Identified, Base):
    """A section that was sent back for work; with none chosen, all of them are.

    The sections that stay behind are locked in the version that follows.
    """

    __tablename__ = "returned_section"
    __table_args__ = (UniqueConstraint("plan_version_id", "section"),)

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    section: Mapped[PlanSection] = mapped_column(coded(PlanSection, "section"))
