"""Parts of the statement of the overview about one region: its deadline and its hours."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from vpt_regio.domain.rules.deadlines import DeadlineKind
from vpt_regio.models.board import DeadlineExtension
from vpt_regio.models.covenants import HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.periods import PeriodDeadline
from vpt_regio.models.regions import Region


def reports_due_on(period_id: int | None) -> Any:
    return (
        select(PeriodDeadline.due_on)
        .where(
            PeriodDeadline.period_id == period_id,
            PeriodDeadline.kind == DeadlineKind.REPORTS_SUBMITTED,
        )
        .scalar_subquery()
    )


def extended_to(period_id: int | None) -> Any:
    """Return until when a region has extra time: the newest extension, unless withdrawn."""
    newest = (
        select(func.max(DeadlineExtension.id))
        .where(
            DeadlineExtension.period_id == period_id,
            DeadlineExtension.region_id == Region.id,
        )
        .correlate(Region)
        .scalar_subquery()
    )
    return (
        select(DeadlineExtension.extended_to)
        .where(DeadlineExtension.id == newest, DeadlineExtension.withdrawn_on.is_(None))
        .correlate(Region)
        .scalar_subquery()
    )


def worked_quarters(start: date, end: date) -> Any:
    """Return the hours (in quarters) of a region in the weeks whose Thursday lies in between."""
    return (
        select(func.sum(HoursEntry.quarters))
        .join(HoursEntry.appointment)
        .where(
            ProjectLeaderAppointment.region_id == Region.id,
            HoursEntry.thursday_on >= start,
            HoursEntry.thursday_on <= end,
        )
        .correlate(Region)
        .scalar_subquery()
    )


def counted_quarters(start: date, end: date) -> Any:
    """Return the hours (in quarters) of a region that count in between, corrections too."""
    corrected = (
        select(func.sum(HoursCorrection.quarters))
        .join(HoursCorrection.appointment)
        .where(
            ProjectLeaderAppointment.region_id == Region.id,
            HoursCorrection.counted_on >= start,
            HoursCorrection.counted_on <= end,
        )
        .correlate(Region)
        .scalar_subquery()
    )
    # without any booking the sum stays unknown, which is not zero
    return func.coalesce(worked_quarters(start, end) + func.coalesce(corrected, 0), corrected)
