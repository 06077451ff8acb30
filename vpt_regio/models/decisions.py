"""Decisions on behalf of the minister: what, by whom, under which mandate, and why."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.base import Base, coded
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped
from vpt_regio.models.people import Mandate, Person


class DecisionKind(StrEnum):
    """What is decided."""

    PLAN_ADOPTED = "plan_adopted"
    PLAN_APPROVED = "plan_approved"
    PLAN_REFUSED = "plan_refused"


DECISION_LABELS = {
    DecisionKind.PLAN_ADOPTED: N_("Plan van aanpak voorlopig vastgesteld"),
    DecisionKind.PLAN_APPROVED: N_("Plan van aanpak goedgekeurd"),
    DecisionKind.PLAN_REFUSED: N_("Goedkeuring plan van aanpak geweigerd"),
}


class Decision(Identified, Stamped, OfProgramme, Base):
    """A decision on one version of a plan. It never changes."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("programme_id", "reference"),
        UniqueConstraint("plan_version_id", "kind"),
        CheckConstraint("kind <> 'plan_approved' OR mandate_id IS NOT NULL", name="mandate"),
        CheckConstraint("kind <> 'plan_refused' OR note <> ''", name="reason"),
    )

    kind: Mapped[DecisionKind] = mapped_column(coded(DecisionKind, "kind"))
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    reference: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    note: Mapped[str] = mapped_column(Text, default="")

    plan_version: Mapped[PlanVersion] = relationship()
    decided_by: Mapped[Person] = relationship()
    mandate: Mapped[Mandate | None] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.plan_version.region_ids
