"""The list of pilots with its filters, and what they add up to; sums are made by the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.subsidy_codes import PilotOutcome, PilotStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.pilots import Pilot, pilot_region
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.lineage import family_of

PER_PAGE = 50


@dataclass(frozen=True)
class PilotChoice:
    """Which pilots to list; a status is the one that people see on `day`."""

    day: date
    round_id: int | None = None
    region_id: int | None = None
    status: PilotStatus | None = None
    outcome: PilotOutcome | None = None


@dataclass(frozen=True)
class PilotTotals:
    """How many pilots there are, how many of those have a grant that stands, and for how much."""

    pilots: int
    granted: int
    granted_cents: int


def page_of_pilots(programme: Programme, choice: PilotChoice, *, page: int) -> Pagination:
    """Return a page of pilots: the newest round first, in the order of its annex."""
    query = (
        _chosen(select(Pilot), programme, choice)
        .options(
            joinedload(Pilot.application).joinedload(SubsidyApplication.round),
            selectinload(Pilot.regions),
        )
        .order_by(
            func.coalesce(SubsidyRound.id, 0).desc(),
            func.coalesce(Pilot.award_order, 0),
            Pilot.id,
        )
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def totals_of_pilots(programme: Programme, choice: PilotChoice) -> PilotTotals:
    """Add up the pilots of a list; what lapsed has no grant any more."""
    cents = Pilot.granted_cents
    stands = Pilot.status != PilotStatus.LAPSED
    query = _chosen(
        select(
            func.count(Pilot.id),
            func.count(cents).filter(stands),
            func.coalesce(func.sum(cents).filter(stands), 0),
        ).select_from(Pilot),
        programme,
        choice,
    )
    pilots, granted, total = db.session.execute(query).one()
    return PilotTotals(pilots, granted, int(total))


def rounds_with_pilots(programme: Programme) -> list[SubsidyRound]:
    """Return the rounds from which pilots came, the newest first."""
    query = (
        select(SubsidyRound)
        .join(SubsidyRound.scheme)
        .where(
            SubsidyScheme.programme_id == programme.id,
            SubsidyRound.id.in_(
                select(SubsidyApplication.round_id).join(
                    Pilot, Pilot.application_id == SubsidyApplication.id
                )
            ),
        )
        .order_by(SubsidyRound.id.desc())
    )
    return list(db.session.scalars(query))


def regions_with_pilots(programme: Programme) -> list[Region]:
    """Return the regions in which pilots lie, by name."""
    query = (
        select(Region)
        .where(Region.programme_id == programme.id, Region.id.in_(select(pilot_region.c.region_id)))
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))


def _chosen(
    query: Select[*tuple[Any, ...]], programme: Programme, choice: PilotChoice
) -> Select[*tuple[Any, ...]]:
    found = (
        query.outerjoin(Pilot.application)
        .outerjoin(SubsidyApplication.round)
        .where(Pilot.programme_id == programme.id)
    )
    if choice.round_id is not None:
        found = found.where(SubsidyApplication.round_id == choice.round_id)
    if choice.region_id is not None:
        family = family_of(choice.region_id)
        within = select(pilot_region.c.pilot_id).where(pilot_region.c.region_id.in_(family))
        found = found.where(Pilot.id.in_(within))
    if choice.status is not None:
        found = found.where(_has_status(choice.status, choice.day))
    if choice.outcome is not None:
        found = found.where(Pilot.outcome == choice.outcome)
    return found


def _has_status(status: PilotStatus, day: date) -> ColumnElement[bool]:
    """Return the condition for a status as people see it; running and finished follow from days."""
    is_awarded = Pilot.status == PilotStatus.AWARDED
    is_past = and_(Pilot.ends_on.is_not(None), Pilot.ends_on < day)
    has_begun = and_(Pilot.starts_on.is_not(None), Pilot.starts_on <= day)
    not_past = or_(Pilot.ends_on.is_(None), Pilot.ends_on >= day)
    not_begun = or_(Pilot.starts_on.is_(None), Pilot.starts_on > day)
    by_day = {
        PilotStatus.FINISHED: and_(is_awarded, is_past),
        PilotStatus.RUNNING: and_(is_awarded, not_past, has_begun),
        PilotStatus.AWARDED: and_(is_awarded, not_past, not_begun),
    }
    return by_day.get(status, Pilot.status == status)
