"""Hours of weeks in a frozen half-year that were put right later, and where they count."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager

from vpt_regio.domain.half_year import iso_week_thursday
from vpt_regio.extensions import db
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection


def list_corrections(region_ids: Sequence[int], start: date, end: date) -> list[HoursCorrection]:
    """Return the corrections that count in a stretch of days, in the order of their weeks."""
    query = (
        select(HoursCorrection)
        .join(HoursCorrection.appointment)
        .join(ProjectLeaderAppointment.person)
        .options(
            contains_eager(HoursCorrection.appointment).contains_eager(
                ProjectLeaderAppointment.person
            )
        )
        .where(*_counting(region_ids, start, end))
        .order_by(HoursCorrection.iso_year, HoursCorrection.iso_week, HoursCorrection.id)
    )
    return list(db.session.scalars(query))


def corrected_quarters(region_ids: Sequence[int], start: date, end: date) -> int:
    """Return the sum of the corrections that count in a stretch of days; negative if less."""
    total = db.session.scalar(
        select(func.sum(HoursCorrection.quarters))
        .join(HoursCorrection.appointment)
        .where(*_counting(region_ids, start, end))
    )
    return int(total or 0)


def counted_quarters_of(
    appointment: ProjectLeaderAppointment, *, iso_year: int, iso_week: int
) -> int:
    """Return the hours that count for a week of an appointment, wherever: booked and corrected."""
    booked = db.session.scalar(
        select(func.sum(HoursEntry.quarters)).where(
            HoursEntry.appointment_id == appointment.id,
            HoursEntry.iso_year == iso_year,
            HoursEntry.iso_week == iso_week,
        )
    )
    corrected = db.session.scalar(
        select(func.sum(HoursCorrection.quarters)).where(
            HoursCorrection.appointment_id == appointment.id,
            HoursCorrection.iso_year == iso_year,
            HoursCorrection.iso_week == iso_week,
        )
    )
    return int(booked or 0) + int(corrected or 0)


def corrected_thursdays(appointment: ProjectLeaderAppointment) -> list[date]:
    """Return the Thursdays of the weeks of an appointment that were put right."""
    rows = db.session.execute(
        select(HoursCorrection.iso_year, HoursCorrection.iso_week).where(
            HoursCorrection.appointment_id == appointment.id
        )
    )
    return sorted(iso_week_thursday(row.iso_year, row.iso_week) for row in rows)


def _counting(
    region_ids: Sequence[int], start: date, end: date
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        ProjectLeaderAppointment.region_id.in_(region_ids),
        HoursCorrection.counted_on.between(start, end),
    )
