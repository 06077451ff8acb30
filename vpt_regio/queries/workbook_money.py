"""Hours and spending for the half-year workbook: bookings, and their sums by activity."""

import heapq
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Subquery, case, cast, func, select
from sqlalchemy.orm import aliased

from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity
from vpt_regio.models.covenants import Expenditure, HoursEntry, ProjectLeaderAppointment
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.as_of import Extent
from vpt_regio.standing import standing

BATCH = 500

AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]


def streamed(query: AnySelect) -> Iterator[AnyRow]:
    """Run a query whose rows pass in batches, so that memory does not grow with them."""
    with db.session.execute(query.execution_options(yield_per=BATCH)) as rows:
        yield from rows


def spent_by_activity(extent: Extent) -> Subquery:
    """Return the cents spent on each activity: `in_period`, and `total` up to its last day.

    A correction counts on its own day. Columns: `activity_id`, `in_period`, `total`.
    """
    in_period = case((Expenditure.booked_on >= extent.starts_on, Expenditure.amount_cents), else_=0)
    return (
        select(
            Expenditure.activity_id,
            cast(func.sum(in_period), BigInteger).label("in_period"),
            cast(func.sum(Expenditure.amount_cents), BigInteger).label("total"),
        )
        .where(Expenditure.booked_on <= extent.ends_on, Expenditure.activity_id.is_not(None))
        .group_by(Expenditure.activity_id)
        .subquery()
    )


def stream_bookings(extent: Extent) -> Iterator[AnyRow]:
    """Yield the hours and the spending of the period by region, hours first, each by date.

    A row of hours has `iso_week`, a row of spending has `amount_cents`. What came too late for
    its own half-year stands among those of the period in which it counts.
    """
    hours, corrected = streamed(_hours(extent)), streamed(_corrected_hours(extent))
    return heapq.merge(hours, corrected, streamed(_spending(extent)), key=_place)


def _place(row: AnyRow) -> tuple[Any, ...]:
    is_spending = "amount_cents" in row._mapping
    is_correction = "counted_on" in row._mapping
    return (row.region, row.region_id, is_spending, row.on, is_correction, row.id)


def _counted_for(column: Any, extent: Extent) -> ColumnElement[int]:
    """Return the region in whose row a booking counts: after a merger that of the successor."""
    return standing().holder_of(column, min(extent.ends_on, extent.as_of))


def _hours(extent: Extent) -> AnySelect:
    return (
        select(
            HoursEntry.id,
            Region.id.label("region_id"),
            Region.code.label("region_code"),
            Region.name.label("region"),
            Person.name.label("leader"),
            HoursEntry.thursday_on.label("on"),
            HoursEntry.iso_year,
            HoursEntry.iso_week,
            HoursEntry.quarters,
            HoursEntry.note,
        )
        .join(HoursEntry.appointment)
        .join(Region, Region.id == _counted_for(ProjectLeaderAppointment.region_id, extent))
        .join(ProjectLeaderAppointment.person)
        .where(
            Region.programme_id == extent.programme_id,
            HoursEntry.thursday_on.between(extent.starts_on, extent.ends_on),
        )
        .order_by(Region.name, Region.id, HoursEntry.thursday_on, HoursEntry.id)
    )


def _corrected_hours(extent: Extent) -> AnySelect:
    return (
        select(
            HoursCorrection.id,
            Region.id.label("region_id"),
            Region.code.label("region_code"),
            Region.name.label("region"),
            Person.name.label("leader"),
            HoursCorrection.counted_on.label("on"),
            HoursCorrection.counted_on,
            HoursCorrection.iso_year,
            HoursCorrection.iso_week,
            HoursCorrection.quarters,
            HoursCorrection.reason.label("note"),
        )
        .join(HoursCorrection.appointment)
        .join(Region, Region.id == _counted_for(ProjectLeaderAppointment.region_id, extent))
        .join(ProjectLeaderAppointment.person)
        .where(
            Region.programme_id == extent.programme_id,
            HoursCorrection.counted_on.between(extent.starts_on, extent.ends_on),
        )
        .order_by(Region.name, Region.id, HoursCorrection.counted_on, HoursCorrection.id)
    )


def _spending(extent: Extent) -> AnySelect:
    corrected = aliased(Expenditure)
    return (
        select(
            Expenditure.id,
            Region.id.label("region_id"),
            Region.code.label("region_code"),
            Region.name.label("region"),
            Expenditure.booked_on.label("on"),
            Expenditure.dated_on,
            Expenditure.description,
            Activity.number.label("activity"),
            Expenditure.phase,
            Expenditure.amount_cents,
            corrected.booked_on.label("corrected_on"),
            corrected.description.label("corrected"),
        )
        .join(Region, Region.id == _counted_for(Expenditure.region_id, extent))
        .outerjoin(Activity, Activity.id == Expenditure.activity_id)
        .outerjoin(corrected, corrected.id == Expenditure.corrects_id)
        .where(
            Region.programme_id == extent.programme_id,
            Expenditure.booked_on.between(extent.starts_on, extent.ends_on),
        )
        .order_by(Region.name, Region.id, Expenditure.booked_on, Expenditure.id)
    )
