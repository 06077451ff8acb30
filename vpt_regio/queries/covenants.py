"""Covenants as people may see them, and the one that holds for a region on a day."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.covenant_clock import effective_status
from vpt_regio.domain.rules.covenant_deadlines import (
    CovenantDeadline,
    CovenantTerm,
    Extension,
    covenant_deadlines,
)
from vpt_regio.domain.rules.covenant_sentence import CovenantLine, ExtensionLine
from vpt_regio.domain.workflows.covenants import AmendmentStatus, CovenantStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantRegion
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region, RegionMerger
from vpt_regio.queries.once import answered_once
from vpt_regio.standing import standing


def list_covenants(person: Person) -> list[Covenant]:
    """Return the covenants by number; drafts only for those within whose reach they lie."""
    query = _with_parts(select(Covenant)).where(_may_be_seen(person))
    return list(db.session.scalars(query.order_by(Covenant.number, Covenant.id)))


def find_covenant(covenant_id: int) -> Covenant | None:
    """Return a covenant with its parts, or None when there is none."""
    amendments = selectinload(Covenant.amendments)
    query = _with_parts(select(Covenant)).options(
        selectinload(Covenant.parties),
        amendments.joinedload(CovenantAmendment.drafted_by),
        amendments.joinedload(CovenantAmendment.merger).options(
            joinedload(RegionMerger.successor), selectinload(RegionMerger.predecessors)
        ),
    )
    return db.session.scalar(query.where(Covenant.id == covenant_id))


def may_be_seen(covenant: Covenant, person: Person) -> bool:
    """Tell whether a person may know of a covenant: a draft stays within its regions."""
    if covenant.status is not CovenantStatus.DRAFT:
        return True
    return bool(policies.can(person, Permission.REGION_VIEW_DETAILS, covenant))


@answered_once
def list_covenants_of(region: Region) -> list[Covenant]:
    """Return the signed covenants of a region and of what went up in it, the latest signed last."""
    by_region = covenants_by_region(standing().branch(region.id, clock.today()))
    found = {covenant for covenants in by_region.values() for covenant in covenants}
    return sorted(found, key=lambda covenant: (covenant.signed_on or date.min, covenant.id))


def covenants_by_region(region_ids: Collection[int]) -> dict[int, list[Covenant]]:
    """Return the signed covenants of each region on its own, the latest signed last."""
    query = (
        _with_parts(select(Covenant))
        .where(
            Covenant.status != CovenantStatus.DRAFT,
            Covenant.shares.any(CovenantRegion.region_id.in_(region_ids)),
        )
        .order_by(Covenant.signed_on.asc().nulls_first(), Covenant.id)
    )
    found: dict[int, list[Covenant]] = {region_id: [] for region_id in region_ids}
    for covenant in db.session.scalars(query):
        for region_id in covenant.region_ids & found.keys():
            found[region_id].append(covenant)
    return found


def covenant_of(region: Region, day: date) -> Covenant | None:
    """Return the covenant of a region that is in force on a day, the latest signed of several."""
    in_force = [c for c in list_covenants_of(region) if in_force_on(c, day)]
    return in_force[-1] if in_force else None


def in_force_on(covenant: Covenant, day: date) -> bool:
    """Tell whether a day lies between signature and last day, both included.

    A side of which the date is not known sets no limit; only of a covenant that was ended early
    on an unknown day no day can be called in force.
    """
    return in_force_between(covenant, day, day)


def in_force_between(covenant: Covenant, first: date, last: date) -> bool:
    """Tell whether a covenant is in force on at least one of the days, both included."""
    if covenant.status is CovenantStatus.DRAFT:
        return False
    if covenant.status is CovenantStatus.TERMINATED and covenant.ended_on is None:
        return False
    has_begun = covenant.signed_on is None or covenant.signed_on <= last
    return has_begun and (covenant.last_day is None or first <= covenant.last_day)


def last_day_before(covenants: Iterable[Covenant], day: date) -> date | None:
    """Return the latest last day of the covenants that ended before a day; None without any."""
    ended = [c.last_day for c in covenants if c.last_day is not None and c.last_day < day]
    return max(ended, default=None)


def has_ended_before(day: date) -> ColumnElement[bool]:
    """Return the condition that every covenant of a region had ended before a day.

    It is about the `Region` of the query, with the regions that went up in it. A region without
    a signed covenant has none that ended.
    """
    holder = standing().holder_of(CovenantRegion.region_id, clock.today())
    of_region = or_(CovenantRegion.region_id == Region.id, holder == Region.id)
    extended = select(func.max(CovenantAmendment.new_end_on)).where(
        CovenantAmendment.covenant_id == Covenant.id,
        CovenantAmendment.status == AmendmentStatus.SIGNED,
    )
    extended_end = extended.correlate(Covenant).scalar_subquery()
    last_day = func.coalesce(Covenant.ended_on, extended_end, Covenant.original_end_on)
    signed = (
        select(Covenant.id)
        .join(CovenantRegion, CovenantRegion.covenant_id == Covenant.id)
        .where(of_region, Covenant.status != CovenantStatus.DRAFT)
        .correlate(Region)
    )
    still_ran = signed.where(or_(last_day.is_(None), last_day >= day))
    return and_(signed.exists(), ~still_ran.exists())


def is_over_before(region: Region, day: date) -> bool:
    """Tell whether every covenant of a region had ended before a day; false without any."""
    query = select(Region.id).where(Region.id == region.id, has_ended_before(day))
    return db.session.scalar(query) is not None


def status_of(covenant: Covenant, day: date) -> CovenantStatus:
    """Return the status that holds on a day: a covenant past its end shows as expired."""
    return effective_status(covenant.status, covenant.last_day, day)


def deadlines_of(covenant: Covenant) -> list[CovenantDeadline]:
    """Return the days that hang on a signed covenant as it holds now, the nearest first."""
    extensions = tuple(
        Extension(extension.new_end, extension.signed, extension.new_plan_due_on)
        for extension in covenant.extensions
        if extension.new_end is not None
    )
    term = CovenantTerm(
        signed_on=covenant.signed_on,
        original_end=covenant.original_end,
        extensions=extensions,
        ended_on=covenant.ended_on,
        plan_due_on=covenant.plan_due_on,
        funding=covenant.funding,
    )
    return covenant_deadlines(term)


def line_of(covenant: Covenant, day: date) -> CovenantLine:
    """Return what the line about a covenant in a letter of that day is made of."""
    return CovenantLine(
        regions=[region.name for region in covenant.regions],
        status=status_of(covenant, day),
        signed=covenant.signed,
        original_end=covenant.original_end,
        extensions=[
            ExtensionLine(extension.signed, extension.new_end, extension.reason)
            for extension in covenant.extensions
            if extension.new_end is not None
        ],
        ended_on=covenant.ended_on,
    )


def count_with_regions(covenants: Collection[Covenant]) -> tuple[int, int]:
    """Return how many covenants there are and in how many regions: one may cover several."""
    regions = {region_id for covenant in covenants for region_id in covenant.region_ids}
    return len(covenants), len(regions)


def number_exists(programme_id: int, number: str, *, besides: Covenant | None = None) -> bool:
    """Tell whether another covenant of the programme has this number."""
    query = select(Covenant.id).where(
        Covenant.programme_id == programme_id, Covenant.number == number
    )
    found = db.session.scalars(query).all()
    return any(besides is None or covenant_id != besides.id for covenant_id in found)


def list_regions_for_covenant(programme_id: int) -> list[Region]:
    """Return the regions that can conclude a covenant, by name."""
    query = (
        select(Region)
        .where(
            Region.programme_id == programme_id,
            Region.status.in_([RegionStatus.EXPLORING, RegionStatus.ACTIVE]),
        )
        .order_by(Region.name, Region.id)
    )
    return list(db.session.scalars(query))


def get_regions(region_ids: Collection[int]) -> list[Region]:
    """Return the regions with these ids, by name."""
    query = select(Region).where(Region.id.in_(region_ids)).order_by(Region.name, Region.id)
    return list(db.session.scalars(query))


def _may_be_seen(person: Person) -> ColumnElement[bool]:
    regions = policies.visible_regions(person)
    if regions is None:
        return true()
    within_reach = Covenant.shares.any(CovenantRegion.region_id.in_(regions))
    return or_(Covenant.status != CovenantStatus.DRAFT, within_reach)


def _with_parts(query: Select[Covenant]) -> Select[Covenant]:
    return query.options(
        selectinload(Covenant.shares).joinedload(CovenantRegion.region),
        selectinload(Covenant.amendments),
    )
