"""The money of covenants: what was paid, what was spent, and how each region stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, extract, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from vpt_regio import clock
from vpt_regio.domain.enums import FinalAccountStatus, FundingInstrument, PaymentKind
from vpt_regio.domain.rules.covenant_deadlines import ACCOUNTABILITY_DUE, CovenantDeadlineKind
from vpt_regio.domain.rules.covenant_money import (
    Position,
    RegionMoney,
    parts_of_spending,
    positions,
    total,
)
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenant_money import AccountabilityStatement, FinalAccount, Payment
from vpt_regio.models.covenants import Covenant, Expenditure
from vpt_regio.queries.covenants import deadlines_of
from vpt_regio.standing import standing

Place = tuple[int, int]
"""The ids of a covenant and of one of its regions."""


@dataclass(frozen=True)
class CovenantMoney:
    """The money of one covenant: its payments, and for each region how it stands.

    `years` are those in which a region had money, paid or spent; `stated` those of which it
    accounted with its annual accounts.
    """

    covenant: Covenant
    payments: Sequence[Payment]
    regions: Mapping[int, Position]
    years: Mapping[int, frozenset[int]]
    accounts: Mapping[int, FinalAccount]
    stated: Mapping[int, frozenset[int]]

    @property
    def whole(self) -> Position:
        return total(list(self.regions.values()))

    def paid_of(self, kind: PaymentKind, amendment_id: int | None = None) -> int:
        """Return what was paid of the advance, of one supplement, or paid back."""
        return sum(
            payment.amount_cents
            for payment in self.payments
            if payment.kind is kind and payment.amendment_id == amendment_id
        )

    def unstated_years(self, region_id: int) -> list[int]:
        """Return the years that are over and still to be accounted for, the first one first."""
        this_year = clock.today().year
        open_years = self.years[region_id] - self.stated[region_id]
        return sorted(year for year in open_years if year < this_year)


def money_of(covenant: Covenant) -> CovenantMoney:
    """Return the money of one covenant."""
    return money_of_all([covenant])[covenant.id]


def money_of_all(covenants: Sequence[Covenant]) -> dict[int, CovenantMoney]:
    """Return the money of covenants by id, in a fixed number of queries."""
    ids = [covenant.id for covenant in covenants]
    payments = _payments(ids)
    spent = _spent(covenants)
    accounts = _accounts(ids)
    stated = _stated(ids)
    return {
        covenant.id: _money(covenant, payments[covenant.id], spent, accounts, stated)
        for covenant in covenants
    }


def find_payment(covenant_id: int, payment_id: int) -> Payment | None:
    """Return a payment of a covenant, or None."""
    return db.session.scalar(
        select(Payment).where(Payment.id == payment_id, Payment.covenant_id == covenant_id)
    )


def corrected_cents(payment: Payment) -> int:
    """Return what corrections took back of a payment: zero or negative."""
    taken_back = db.session.scalar(
        select(func.sum(Payment.amount_cents)).where(Payment.corrects_id == payment.id)
    )
    return int(taken_back or 0)


def final_account_due(covenant: Covenant) -> date | None:
    """Return the day on which the final account is due; None while that is not known."""
    return next(
        (
            deadline.due_on
            for deadline in deadlines_of(covenant)
            if deadline.kind is CovenantDeadlineKind.FINAL_ACCOUNT
        ),
        None,
    )


def accountability_due(year: int) -> date:
    """Return the day on which a year is to be accounted for with the annual accounts."""
    return date(year + 1, *ACCOUNTABILITY_DUE)


def asks_final_account(covenant: Covenant) -> bool:
    """Tell whether a final account is asked; a specific grant is accounted for year by year."""
    return covenant.funding is not FundingInstrument.SPECIFIC_GRANT


def has_run_out(covenant: Covenant) -> bool:
    """Tell whether a signed covenant had its last day, today included."""
    if covenant.status is CovenantStatus.DRAFT:
        return False
    if covenant.status in (CovenantStatus.TERMINATED, CovenantStatus.CLOSED):
        return True
    return covenant.last_day is not None and covenant.last_day <= clock.today()


def share_regions(covenant: Covenant, region_id: int) -> frozenset[int]:
    """Return for which of the covenant's regions a region spends today.

    For itself, with what went up in it; a region outside the covenant for those of its family.
    """
    today, regions = clock.today(), covenant.region_ids
    branch, family = standing().branch(region_id, today), standing().family(region_id, today)
    return (regions & branch) or (regions & family) or regions


def _payments(covenant_ids: Sequence[int]) -> dict[int, list[Payment]]:
    found: dict[int, list[Payment]] = defaultdict(list)
    query = (
        select(Payment)
        .where(Payment.covenant_id.in_(covenant_ids))
        .options(joinedload(Payment.recorded_by), joinedload(Payment.region))
        .order_by(Payment.paid_on, Payment.id)
    )
    for payment in db.session.scalars(query):
        found[payment.covenant_id].append(payment)
    return found


def _spent(covenants: Sequence[Covenant]) -> dict[Place, dict[int, int]]:
    """Return what was spent by covenant and region: the years, and amounts that add up to it.

    A correction counts for the region of what it corrects. What a successor spent since the
    merger counts for all that went up in it, by the room that each had left.
    """
    by_id = {covenant.id: covenant for covenant in covenants}
    own: dict[Place, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    shared: dict[Place, dict[int, int]] = defaultdict(dict)
    for row in db.session.execute(_spent_rows(by_id)):
        place = (row.covenant_id, row.counted_for)
        is_own = row.counted_for in by_id[row.covenant_id].region_ids and not row.is_shared
        if is_own:
            own[place][int(row.year)] += int(row.cents)
        else:
            shared[place][int(row.year)] = shared[place].get(int(row.year), 0) + int(row.cents)
    for (covenant_id, region_id), years in shared.items():
        _divide(by_id[covenant_id], region_id, years, own)
    return own


def _spent_rows(covenant_ids: Iterable[int]) -> Select[int, int, bool, int, int]:
    corrected = aliased(Expenditure)
    region = func.coalesce(corrected.region_id, Expenditure.region_id)
    day = func.coalesce(corrected.booked_on, Expenditure.booked_on)
    rows = (
        select(
            Expenditure.covenant_id,
            region.label("counted_for"),
            _is_shared(region, day).label("is_shared"),
            extract("year", Expenditure.booked_on).label("year"),
            Expenditure.amount_cents,
        )
        .outerjoin(corrected, corrected.id == Expenditure.corrects_id)
        .where(Expenditure.covenant_id.in_(covenant_ids))
        .subquery()
    )
    keys = (rows.c.covenant_id, rows.c.counted_for, rows.c.is_shared, rows.c.year)
    return (
        select(*keys, func.sum(rows.c.amount_cents).label("cents")).group_by(*keys).order_by(*keys)
    )


def _is_shared(region: ColumnElement[int], day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return whether a region books, on a day, also for regions that went up in it by then."""
    since: dict[int, date] = {}
    today = clock.today()
    for other, (_, merged_on) in standing().mergers.items():
        holder, first = standing().holder(other, today), merged_on or date.min
        since[holder] = min(first, since.get(holder, first))
    return or_(
        false(),
        *(and_(region == holder, day >= first) for holder, first in sorted(since.items())),
    )


def _divide(
    covenant: Covenant,
    region_id: int,
    years: Mapping[int, int],
    spent: dict[Place, dict[int, int]],
) -> None:
    """Add what a region spent for several together to each of them."""
    counted_for = share_regions(covenant, region_id)
    shares = [share for share in covenant.shares if share.region_id in counted_for]
    parts = parts_of_spending(
        sum(years.values()),
        [_room(covenant, share.region_id, spent) for share in shares],
        [share.weight for share in shares],
    )
    for share, part in zip(shares, parts, strict=True):
        its_years = spent[covenant.id, share.region_id]
        if part:
            # in which of the years each of them spent it cannot be told: all of them count
            its_years.update({year: its_years[year] for year in years})
            its_years[max(years)] += part


def _room(
    covenant: Covenant, region_id: int, spent: Mapping[Place, Mapping[int, int]]
) -> int | None:
    committed = covenant.share_of(region_id, covenant.available_cents)
    so_far = sum(spent.get((covenant.id, region_id), {}).values())
    return None if committed is None else committed - so_far


def _accounts(covenant_ids: Sequence[int]) -> dict[Place, FinalAccount]:
    query = (
        select(FinalAccount)
        .where(FinalAccount.covenant_id.in_(covenant_ids))
        .order_by(FinalAccount.id)
    )
    return {(found.covenant_id, found.region_id): found for found in db.session.scalars(query)}


def _stated(covenant_ids: Sequence[int]) -> dict[Place, set[int]]:
    found: dict[Place, set[int]] = defaultdict(set)
    query = select(
        AccountabilityStatement.covenant_id,
        AccountabilityStatement.region_id,
        AccountabilityStatement.year,
    ).where(AccountabilityStatement.covenant_id.in_(covenant_ids))
    for covenant_id, region_id, year in db.session.execute(query):
        found[covenant_id, region_id].add(year)
    return found


def _money(
    covenant: Covenant,
    payments: list[Payment],
    spent: Mapping[Place, Mapping[int, int]],
    accounts: Mapping[Place, FinalAccount],
    stated: Mapping[Place, set[int]],
) -> CovenantMoney:
    places = {share.region_id: (covenant.id, share.region_id) for share in covenant.shares}
    years = {
        region: _paid_years(payments, region) | frozenset(spent.get(place, {}))
        for region, place in places.items()
    }
    mine = {region: accounts[place] for region, place in places.items() if place in accounts}
    its_years = {region: frozenset(stated.get(place, ())) for region, place in places.items()}
    regions = [
        RegionMoney(
            committed=covenant.share_of(share.region_id, covenant.available_cents),
            weight=share.weight,
            paid=_sum(payments, share.region_id, is_repaid=False),
            repaid=_sum(payments, share.region_id, is_repaid=True),
            spent=sum(spent.get(places[share.region_id], {}).values()),
            is_settled=_is_settled(
                covenant,
                mine.get(share.region_id),
                years[share.region_id],
                its_years[share.region_id],
            ),
        )
        for share in covenant.shares
    ]
    found = positions(
        regions,
        paid_whole=_sum(payments, None, is_repaid=False),
        repaid_whole=_sum(payments, None, is_repaid=True),
    )
    return CovenantMoney(
        covenant=covenant,
        payments=payments,
        regions=dict(zip(places, found, strict=True)),
        years=years,
        accounts=mine,
        stated=its_years,
    )


def _is_settled(
    covenant: Covenant,
    account: FinalAccount | None,
    years: frozenset[int],
    stated: frozenset[int],
) -> bool:
    """Tell whether a region accounted for all; years are settled once there was money at all."""
    if asks_final_account(covenant):
        return account is not None and account.status is FinalAccountStatus.ACCEPTED
    return has_run_out(covenant) and bool(years) and years <= stated


def _sum(payments: Sequence[Payment], region_id: int | None, *, is_repaid: bool) -> int:
    return sum(
        payment.amount_cents
        for payment in payments
        if payment.region_id == region_id and (payment.kind is PaymentKind.REPAYMENT) is is_repaid
    )


def _paid_years(payments: Sequence[Payment], region_id: int) -> frozenset[int]:
    """Return the years in which a region got money that was not taken back by a correction."""
    sums: dict[int, int] = defaultdict(int)
    for payment in payments:
        if payment.region_id in (None, region_id) and payment.kind is not PaymentKind.REPAYMENT:
            year = (payment.corrects or payment).paid_on.year
            sums[year] += payment.amount_cents
    return frozenset(year for year, cents in sums.items() if cents)
