"""Extra time for the report of a region, and why a report is missing."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from vpt_regio.domain.rules.deadlines import DeadlineKind, last_day
from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension, ReportExplanation
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region


def extensions_of(period: ReportingPeriod) -> dict[int, DeadlineExtension]:
    """Return region id → the extra time that it has: the newest, unless that was withdrawn."""
    found = db.session.scalars(
        _newest(period)
        .where(DeadlineExtension.withdrawn_on.is_(None))
        .options(joinedload(DeadlineExtension.granted_by))
    )
    return {extension.region_id: extension for extension in found}


def extended_days(periods: Iterable[ReportingPeriod]) -> dict[tuple[int, int], date]:
    """Return (period id, region id) → until when the region has extra time: one query at most."""
    period_ids = {period.id for period in periods}
    if not period_ids:
        return {}
    newest = (
        select(func.max(DeadlineExtension.id))
        .where(DeadlineExtension.period_id.in_(period_ids))
        .group_by(DeadlineExtension.period_id, DeadlineExtension.region_id)
    )
    rows = db.session.execute(
        select(
            DeadlineExtension.period_id, DeadlineExtension.region_id, DeadlineExtension.extended_to
        ).where(DeadlineExtension.id.in_(newest), DeadlineExtension.withdrawn_on.is_(None))
    )
    return {(row.period_id, row.region_id): row.extended_to for row in rows}


def extension_of(period: ReportingPeriod, region_id: int) -> DeadlineExtension | None:
    """Return the extra time of one region in a half-year, or None."""
    return extensions_of(period).get(region_id)


def list_extensions(period: ReportingPeriod, region: Region) -> list[DeadlineExtension]:
    """Return every extension that a region got in a half-year, the newest first."""
    return list(
        db.session.scalars(
            select(DeadlineExtension)
            .where(
                DeadlineExtension.period_id == period.id, DeadlineExtension.region_id == region.id
            )
            .options(joinedload(DeadlineExtension.granted_by))
            .order_by(DeadlineExtension.id.desc())
        )
    )


def explanations_of(period: ReportingPeriod) -> dict[int, ReportExplanation]:
    """Return region id → why the half-year goes out without its accepted report."""
    found = db.session.scalars(
        select(ReportExplanation)
        .where(ReportExplanation.period_id == period.id)
        .options(joinedload(ReportExplanation.written_by))
        .order_by(ReportExplanation.region_id)
    )
    return {explanation.region_id: explanation for explanation in found}


def explanation_of(period: ReportingPeriod, region_id: int) -> ReportExplanation | None:
    """Return why the report of one region is missing, or None."""
    return explanations_of(period).get(region_id)


def due_on_with(period: ReportingPeriod, extension: DeadlineExtension | None) -> date | None:
    """Return the last day for a region to submit, extra time included."""
    extended_to = extension.extended_to if extension else None
    return last_day(period.due_on(DeadlineKind.REPORTS_SUBMITTED), extended_to)


def _newest(period: ReportingPeriod) -> Select[DeadlineExtension]:
    newest = (
        select(func.max(DeadlineExtension.id))
        .where(DeadlineExtension.period_id == period.id)
        .group_by(DeadlineExtension.region_id)
    )
    return (
        select(DeadlineExtension)
        .where(DeadlineExtension.id.in_(newest))
        .order_by(DeadlineExtension.region_id)
    )
