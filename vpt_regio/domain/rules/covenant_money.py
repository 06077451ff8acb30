"""What is paid, owed and to be paid back under a covenant, for each of its regions, in cents.

Before a region has accounted for its money the ministry still owes what it committed. After that
the region is entitled to what it spent, up to what was committed: whoever has the rest pays it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vpt_regio.domain.money import split_by_weight


@dataclass(frozen=True)
class RegionMoney:
    """What is known of one region: its share, payments in its own name, and what it spent.

    `committed` is None while no source tells the advance. `is_settled`: it accounted for all.
    """

    committed: int | None
    weight: int = 1
    paid: int = 0
    repaid: int = 0
    spent: int = 0
    is_settled: bool = False

    @property
    def entitled(self) -> int | None:
        """What the region may keep; None while that is not known."""
        if not self.is_settled:
            return self.committed
        return self.spent if self.committed is None else min(self.committed, self.spent)


@dataclass(frozen=True)
class Position:
    """How one region, or a whole covenant, stands. Of a whole, unknown parts make it unknown."""

    committed: int | None
    paid: int
    repaid: int
    spent: int
    to_pay: int | None
    to_repay: int
    is_settled: bool

    @property
    def net(self) -> int:
        """What the region has in hand: paid to it, less what it paid back."""
        return self.paid - self.repaid

    @property
    def unspent(self) -> int:
        """What the region has in hand and did not spend."""
        return max(self.net - self.spent, 0)

    @property
    def is_overspent(self) -> bool:
        return self.committed is not None and self.spent > self.committed

    @property
    def is_even(self) -> bool:
        """Whether all is accounted for, and paid that is owed either way."""
        return self.is_settled and not self.to_pay and not self.to_repay


def positions(
    regions: Sequence[RegionMoney], *, paid_whole: int = 0, repaid_whole: int = 0
) -> list[Position]:
    """Return how each region stands; the parts of each sum add up to it.

    `paid_whole` and `repaid_whole` were paid for the covenant as a whole: each region has its
    part in them by the shares of the covenant.
    """
    weights = [region.weight for region in regions]
    paid, repaid = split_by_weight(paid_whole, weights), split_by_weight(repaid_whole, weights)
    return [
        _position(region, region.paid + its_part, region.repaid + its_part_back)
        for region, its_part, its_part_back in zip(regions, paid, repaid, strict=True)
    ]


def total(parts: Sequence[Position]) -> Position:
    """Return how the covenant as a whole stands."""
    return Position(
        committed=_sum_known(part.committed for part in parts),
        paid=sum(part.paid for part in parts),
        repaid=sum(part.repaid for part in parts),
        spent=sum(part.spent for part in parts),
        to_pay=_sum_known(part.to_pay for part in parts),
        to_repay=sum(part.to_repay for part in parts),
        is_settled=bool(parts) and all(part.is_settled for part in parts),
    )


def parts_of_spending(cents: int, rooms: Sequence[int | None], weights: Sequence[int]) -> list[int]:
    """Divide what regions spent together, each by the room it has left; the parts sum to it.

    `rooms` is what each may still spend (None: not known). What does not fit goes by `weights`,
    and so does a negative amount.
    """
    known = [max(room, 0) for room in rooms if room is not None]
    fitting = min(cents, sum(known)) if len(known) == len(rooms) else 0
    if fitting <= 0:
        return split_by_weight(cents, weights)
    within = split_by_weight(fitting, known)
    beyond = split_by_weight(cents - fitting, weights)
    return [part + rest for part, rest in zip(within, beyond, strict=True)]


def payment_day_problem(paid_on: date, *, since: date | None, today: date) -> str:
    """Return ``future``, ``too_early`` (before the signature) or nothing."""
    if paid_on > today:
        return "future"
    if since is not None and paid_on < since:
        return "too_early"
    return ""


def _position(region: RegionMoney, paid: int, repaid: int) -> Position:
    entitled, net = region.entitled, paid - repaid
    # until the account is there money that came back does not make that more has to be paid
    counted = net if region.is_settled else paid
    return Position(
        committed=region.committed,
        paid=paid,
        repaid=repaid,
        spent=region.spent,
        to_pay=None if entitled is None else max(entitled - counted, 0),
        to_repay=_owed_by(region, net),
        is_settled=region.is_settled,
    )


def _owed_by(region: RegionMoney, in_hand: int) -> int:
    """Return what a region has to pay back; before its account nothing is certain yet."""
    if not region.is_settled or region.entitled is None:
        return 0
    return max(in_hand - region.entitled, 0)


def _sum_known(values: Iterable[int | None]) -> int | None:
    known = list(values)
    amounts = [value for value in known if value is not None]
    return sum(amounts) if len(amounts) == len(known) else None
