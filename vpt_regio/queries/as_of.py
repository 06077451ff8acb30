"""Statuses as they were on an earlier day, from the history of each life cycle."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select, true

from vpt_regio.clock import AMSTERDAM
from vpt_regio.domain.workflow import Workflow
from vpt_regio.models.audit import TransitionRecord


@dataclass(frozen=True)
class Extent:
    """What a half-year overview covers: a programme, the days of the period, and a day.

    Money and hours count up to `ends_on`; statuses are those on `as_of`. `is_past` tells that
    `as_of` lies behind us, so that statuses come from the history instead of the records.
    """

    programme_id: int
    period_id: int
    starts_on: date
    ends_on: date
    as_of: date
    is_past: bool


def status_on(workflow: Workflow, model: Any, extent: Extent) -> ColumnElement[str]:
    """Return the status of a record on the day of the extent, as an SQL expression."""
    if not extent.is_past:
        return cast(model.status, String)
    return status_as_of(workflow, model, extent.as_of)


def status_as_of(workflow: Workflow, model: Any, day: date) -> ColumnElement[str]:
    """Return the status of a record at the end of a day, as an SQL expression.

    The first step after that day left the status of that day; without one nothing changed since.
    """
    left = (
        select(TransitionRecord.from_state)
        .where(
            TransitionRecord.workflow == workflow.code,
            TransitionRecord.subject_id == model.id,
            TransitionRecord.effective_on > day,
        )
        .order_by(TransitionRecord.effective_on, TransitionRecord.id)
        .limit(1)
        .correlate(model)
        .scalar_subquery()
    )
    return func.coalesce(left, cast(model.status, String))


def existed_on(model: Any, extent: Extent) -> ColumnElement[bool]:
    """Return whether a record had been made by the end of the day of the extent."""
    return existed_by(model, extent.as_of) if extent.is_past else true()


def existed_by(model: Any, day: date) -> ColumnElement[bool]:
    """Return whether a record had been made by the end of a day."""
    next_day = datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
    made: ColumnElement[bool] = model.created_at < next_day
    return made
