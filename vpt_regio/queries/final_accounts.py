"""The final account of a region under a covenant, written or not, and when it may be written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.enums import FinalAccountStatus
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import AccountabilityStatement, FinalAccount
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import find_covenant
from vpt_regio.queries.once import answered_once

BEFORE_THE_END = timedelta(days=30)


@dataclass(frozen=True)
class AccountPlace:
    """Where a region accounts for the money of a covenant; `account` is None until it begins."""

    __tablename__ = "final_account"

    covenant: Covenant
    region: Region
    account: FinalAccount | None

    @property
    def programme_id(self) -> int:
        return self.covenant.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.region.region_ids

    @property
    def covenant_ids(self) -> frozenset[int]:
        return self.covenant.covenant_ids


def find_place(covenant_id: int, region_code: str) -> AccountPlace | None:
    """Return the place of a region under a signed covenant, or None when it is not under it."""
    covenant = find_covenant(covenant_id)
    if covenant is None or covenant.status is CovenantStatus.DRAFT:
        return None
    region = next((found for found in covenant.regions if found.code == region_code), None)
    if region is None:
        return None
    return AccountPlace(covenant, region, find_account(covenant, region))


def find_account(covenant: Covenant, region: Region) -> FinalAccount | None:
    """Return the final account of a region under a covenant, or None."""
    return db.session.scalar(
        select(FinalAccount).where(
            FinalAccount.covenant_id == covenant.id, FinalAccount.region_id == region.id
        )
    )


@answered_once
def is_handed_in(covenant: Covenant, region_ids: Collection[int]) -> bool:
    """Tell whether one of these regions accounted for its money: its bookings stay as they are."""
    query = select(FinalAccount.id).where(
        FinalAccount.covenant_id == covenant.id,
        FinalAccount.region_id.in_(region_ids),
        FinalAccount.status.in_([FinalAccountStatus.SUBMITTED, FinalAccountStatus.ACCEPTED]),
    )
    return db.session.scalar(query.limit(1)) is not None


@answered_once
def is_stated(covenant: Covenant, region_ids: Collection[int], year: int) -> bool:
    """Tell whether one of these regions accounted for a year with its annual accounts."""
    query = select(AccountabilityStatement.id).where(
        AccountabilityStatement.covenant_id == covenant.id,
        AccountabilityStatement.region_id.in_(region_ids),
        AccountabilityStatement.year == year,
    )
    return db.session.scalar(query.limit(1)) is not None


def writable_from(covenant: Covenant) -> date | None:
    """Return the day from which a final account can be written; None while no end is known."""
    return covenant.last_day - BEFORE_THE_END if covenant.last_day else None


def is_writable(covenant: Covenant) -> bool:
    """Tell whether a final account can be written today: when the covenant ends or has ended."""
    if covenant.status is CovenantStatus.TERMINATED:
        return True
    since = writable_from(covenant)
    is_running = covenant.status is CovenantStatus.IN_FORCE
    return is_running and since is not None and since <= clock.today()


def list_statements(covenant: Covenant) -> list[AccountabilityStatement]:
    """Return what was recorded of the annual accounts under a covenant, by year."""
    return list(
        db.session.scalars(
            select(AccountabilityStatement)
            .where(AccountabilityStatement.covenant_id == covenant.id)
            .order_by(AccountabilityStatement.year, AccountabilityStatement.region_id)
        )
    )
