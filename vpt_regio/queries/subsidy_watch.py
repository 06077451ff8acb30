"""What may ask for attention in subsidies, as far as a person may see it: in one query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Select, Subquery, and_, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager

from vpt_regio import policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_ceiling import Meter
from vpt_regio.domain.rules.subsidy_money import PilotMoney
from vpt_regio.domain.rules.subsidy_outcomes import PENDING
from vpt_regio.domain.subsidy_codes import MoneyDirection, PilotStatus, RoundStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.people import Person
from vpt_regio.models.pilots import Pilot, PilotPayment, Recovery, pilot_region
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme
from vpt_regio.queries.settlements import CLAIM_OF, UNSETTLED

AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class WatchedRound:
    """A round that is not decided yet, and what stands against its ceiling."""

    round: SubsidyRound
    meter: Meter


@dataclass(frozen=True)
class WatchedPilot:
    """A pilot that waits for its settlement, or that has money to pay back (cents)."""

    pilot: Pilot
    region_ids: frozenset[int]
    recovery: Recovery | None
    received_cents: int
    money: PilotMoney

    @property
    def unclaimed_cents(self) -> int:
        """What is to be paid back and was not claimed yet."""
        asked = self.recovery.amount_cents - self.received_cents if self.recovery else 0
        return max(self.money.to_recover_cents - asked, 0)


@dataclass(frozen=True)
class SubsidyWatch:
    """What a person may see of it; `is_national` tells that they see that of no region too."""

    is_national: bool
    rounds: Sequence[WatchedRound] = ()
    applications: Sequence[SubsidyApplication] = ()
    pilots: Sequence[WatchedPilot] = ()


def watch_subsidies(
    person: Person, programme_id: int, *, region_ids: Collection[int] | None = None
) -> SubsidyWatch:
    """Return the rounds that are open, applications that wait, and pilots that are not done.

    With `region_ids` only what lies in those regions.
    """
    applications = policies.visible_regions(person, Permission.APPLICATION_VIEW)
    pilots = policies.visible_regions(person, Permission.PILOT_VIEW_DETAILS)
    if region_ids is not None:
        applications, pilots = _within(applications, region_ids), _within(pilots, region_ids)
    is_national = applications is None and pilots is None
    found = _everything(programme_id)
    return SubsidyWatch(
        is_national=is_national,
        rounds=found.rounds if is_national else (),
        applications=[
            one
            for one in found.applications
            if applications is None or one.region_id in applications
        ],
        pilots=[
            one for one in found.pilots if pilots is None or not one.region_ids.isdisjoint(pilots)
        ],
    )


def _within(regions: frozenset[int] | None, asked: Collection[int]) -> frozenset[int]:
    return frozenset(asked) if regions is None else regions & frozenset(asked)


def _everything(programme_id: int) -> SubsidyWatch:
    rounds: dict[int, WatchedRound] = {}
    applications: dict[int, SubsidyApplication] = {}
    pilots: dict[int, WatchedPilot] = {}
    for row in db.session.execute(_rows(programme_id)):
        in_round, application, pilot, recovery, region_id, granted_cents, *sums = row
        received_cents, paid_cents, recovered_cents = (one or 0 for one in sums)
        if in_round.status is RoundStatus.OPEN:
            granted = (granted_cents or 0) + (in_round.unlisted_granted_cents or 0)
            meter = Meter(in_round.ceiling_cents, 0, granted)
            rounds[in_round.id] = WatchedRound(in_round, meter)
            if application is not None and application.status in PENDING:
                applications[application.id] = application
        if pilot is not None:
            # a row for each of its regions
            known = pilots[pilot.id].region_ids if pilot.id in pilots else frozenset()
            regions = known if region_id is None else known | {region_id}
            money = pilot.money_with(paid_cents=paid_cents, recovered_cents=recovered_cents)
            pilots[pilot.id] = WatchedPilot(pilot, regions, recovery, received_cents, money)
    return SubsidyWatch(
        is_national=True,
        rounds=list(rounds.values()),
        applications=list(applications.values()),
        pilots=sorted(pilots.values(), key=lambda one: one.pilot.id),
    )


def _rows(programme_id: int) -> AnySelect:
    """Return the rounds with the applications that wait and the pilots that are not done."""
    granted, received, booked = _granted(), _received(), _booked()
    # the same as PilotMoney says: more in hand than is due
    due = case((Pilot.revoked_on.is_not(None), 0), else_=Pilot.settled_cents)
    has_too_much = and_(
        Pilot.status.in_(CLAIM_OF),
        func.coalesce(booked.c.paid, 0) - func.coalesce(booked.c.recovered, 0) > due,
    )
    watched = (
        select(Pilot.id)
        .outerjoin(booked, booked.c.key == Pilot.id)
        .where(or_(Pilot.status.in_(UNSETTLED), has_too_much))
    )
    is_watched = Pilot.id.in_(watched)
    applied = select(Pilot.application_id).where(is_watched)
    return (
        select(
            SubsidyRound,
            SubsidyApplication,
            Pilot,
            Recovery,
            pilot_region.c.region_id,
            granted.c.cents,
            received.c.cents,
            booked.c.paid,
            booked.c.recovered,
        )
        .join(SubsidyRound.scheme)
        .outerjoin(
            SubsidyApplication,
            and_(
                SubsidyApplication.round_id == SubsidyRound.id,
                or_(SubsidyApplication.status.in_(PENDING), SubsidyApplication.id.in_(applied)),
            ),
        )
        .outerjoin(Pilot, and_(Pilot.application_id == SubsidyApplication.id, is_watched))
        .outerjoin(Recovery, and_(Recovery.pilot_id == Pilot.id, Recovery.cancelled_on.is_(None)))
        .outerjoin(pilot_region, pilot_region.c.pilot_id == Pilot.id)
        .outerjoin(granted, granted.c.key == SubsidyRound.id)
        .outerjoin(received, received.c.key == Recovery.id)
        .outerjoin(booked, booked.c.key == Pilot.id)
        .where(
            SubsidyScheme.programme_id == programme_id,
            or_(SubsidyRound.status == RoundStatus.OPEN, Pilot.id.is_not(None)),
        )
        .options(
            contains_eager(SubsidyApplication.round),
            contains_eager(Pilot.application).contains_eager(SubsidyApplication.round),
        )
        .order_by(SubsidyRound.id, SubsidyApplication.number, pilot_region.c.region_id)
    )


def _granted() -> Subquery:
    """Return by round the cents that are granted."""
    return (
        select(
            SubsidyApplication.round_id.label("key"),
            cast(func.sum(Pilot.granted_cents), BigInteger).label("cents"),
        )
        .join(Pilot.application)
        .where(Pilot.status != PilotStatus.LAPSED)
        .group_by(SubsidyApplication.round_id)
        .subquery()
    )


def _booked() -> Subquery:
    """Return by pilot the cents that were paid and that came back, corrections taken off."""
    sums = {
        direction: cast(
            func.sum(PilotPayment.amount_cents).filter(PilotPayment.direction == direction),
            BigInteger,
        )
        for direction in MoneyDirection
    }
    return (
        select(
            PilotPayment.pilot_id.label("key"),
            sums[MoneyDirection.PAID].label("paid"),
            sums[MoneyDirection.RECOVERED].label("recovered"),
        )
        .group_by(PilotPayment.pilot_id)
        .subquery()
    )


def _received() -> Subquery:
    """Return by recovery the cents that came back."""
    return (
        select(
            PilotPayment.recovery_id.label("key"),
            cast(func.sum(PilotPayment.amount_cents), BigInteger).label("cents"),
        )
        .where(PilotPayment.recovery_id.is_not(None))
        .group_by(PilotPayment.recovery_id)
        .subquery()
    )
