"""Hours that are put right after their half-year was frozen."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.models.base import Base
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.mixins import Identified, Stamped
from vpt_regio.models.people import Person


class HoursCorrection(Identified, Stamped, Base):
    """Hours (quarters) of a week in a frozen half-year; they count on `counted_on`. Append-only.

    A negative number takes hours away. The week itself (its ISO year and number) stays as it was.
    """

    __tablename__ = "hours_correction"
    __table_args__ = (
        CheckConstraint("quarters <> 0", name="quarters"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("project_leader_appointment.id"), index=True
    )
    iso_year: Mapped[int]
    iso_week: Mapped[int]
    quarters: Mapped[int]
    counted_on: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(500))
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    appointment: Mapped[ProjectLeaderAppointment] = relationship()
    booked_by: Mapped[Person] = relationship()

    @property
    def region_ids(self) -> frozenset[int]:
        return self.appointment.region_ids
