"""Remarks of a reviewer at a plan, with every later word on them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.enums import PlanSection, RemarkWeight
from vpt_regio.domain.workflows.remarks import REMARK, RemarkStatus
from vpt_regio.models.action_plans import Activity, PlanVersion
from vpt_regio.models.base import Base, coded, status_check
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure


class Remark(Identified, Stamped, Versioned, Base):
    """A remark of a reviewer at a plan; it becomes final with the return of the version.

    It stands at a section and there at a paragraph (`paragraph_no` from 1, `quote` as it read
    then), at an activity, or at a budget line (`budget_line_no`). It goes on through the versions
    of the plan until it is settled; each later word on it is an entry.
    """

    __tablename__ = "remark"
    __table_args__ = (
        status_check(REMARK),
        CheckConstraint("body <> ''", name="body"),
        CheckConstraint("paragraph_no IS NULL OR paragraph_no > 0", name="paragraph_no"),
    )

    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    section: Mapped[PlanSection] = mapped_column(coded(PlanSection, "section"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    paragraph_no: Mapped[int | None]
    budget_line_no: Mapped[int | None]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    quote: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[RemarkWeight] = mapped_column(
        coded(RemarkWeight, "weight"), default=RemarkWeight.COULD
    )
    status: Mapped[RemarkStatus] = mapped_column(
        coded(RemarkStatus, "status", is_status=True), default=RemarkStatus.OPEN
    )
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_on: Mapped[date]

    plan_version: Mapped[PlanVersion] = relationship(back_populates="remarks")
    author: Mapped[Person] = relationship()
    activity: Mapped[Activity | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    entries: Mapped[list["RemarkEntry"]] = relationship(
        back_populates="remark", order_by="RemarkEntry.id"
    )

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan_version.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.plan_version.covenant_ids


class RemarkEntry(Identified, Stamped, Base):
    """A later word on a remark: the answer, its settlement, or why it is open again.

    `step` is the transition of the remark; `plan_version` is the version it was said at.
    """

    __tablename__ = "remark_entry"

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    step: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_on: Mapped[date]

    remark: Mapped[Remark] = relationship(back_populates="entries")
    plan_version: Mapped[PlanVersion] = relationship()
    author: Mapped[Person] = relationship()
