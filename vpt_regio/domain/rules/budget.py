"""May this expenditure be booked? Spent never exceeds what is available."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pot:
    """Money set apart for an activity or a covenant: what is there and what was spent, in cents.

    Spent comes from bookings only, corrections included.
    """

    available: int
    spent: int

    @property
    def left(self) -> int:
        return self.available - self.spent

    def excess_after(self, amount: int) -> int:
        """Return the cents beyond what is available once an amount is booked, or 0."""
        return max(self.spent + amount - self.available, 0)


@dataclass(frozen=True)
class BookingOutcome:
    """Cents beyond the activity's and the covenant's money; both 0 when all is well."""

    activity_excess: int
    covenant_excess: int
    goes_below_zero: bool

    @property
    def is_overspending(self) -> bool:
        """True when an override with a reason is needed."""
        return self.activity_excess > 0 or self.covenant_excess > 0

    @property
    def is_allowed(self) -> bool:
        return not self.is_overspending and not self.goes_below_zero


def check_booking(amount: int, *, covenant: Pot, activity: Pot | None = None) -> BookingOutcome:
    """Test a booking in cents against the covenant and, when it names one, the activity.

    A negative amount is a correction: it never counts as overspending, also when too much was
    spent before, but it may not take back more than was booked. Raises ``ValueError`` on 0.
    """
    if amount == 0:
        raise ValueError("no_amount")
    pots = [covenant] if activity is None else [covenant, activity]
    if amount < 0:
        too_much = any(pot.spent + amount < 0 for pot in pots)
        return BookingOutcome(0, 0, goes_below_zero=too_much)
    return BookingOutcome(
        activity_excess=0 if activity is None else activity.excess_after(amount),
        covenant_excess=covenant.excess_after(amount),
        goes_below_zero=False,
    )
