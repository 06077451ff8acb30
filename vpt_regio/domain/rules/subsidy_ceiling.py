"""The ceiling of a round: how much of it is asked, granted and left, in cents."""

from dataclasses import dataclass
from fractions import Fraction

from vpt_regio.domain.percentages import share


@dataclass(frozen=True)
class Meter:
    """What stands against the ceiling of a round; None is a round without a ceiling."""

    ceiling_cents: int | None
    applied_cents: int
    granted_cents: int

    @property
    def left_cents(self) -> int | None:
        """Negative when more is granted than the ceiling; None without one."""
        return None if self.ceiling_cents is None else self.ceiling_cents - self.granted_cents

    @property
    def granted_share(self) -> Fraction | None:
        """The part of the ceiling that is granted (1 is all of it); None without a ceiling."""
        return None if self.ceiling_cents is None else share(self.granted_cents, self.ceiling_cents)

    @property
    def is_over(self) -> bool:
        return self.ceiling_cents is not None and self.granted_cents > self.ceiling_cents


def fits(meter: Meter, extra_cents: int) -> bool:
    """Tell whether so much more may be granted; to grant less than before always may.

    Source: Awb 4:25, second paragraph: what goes beyond the ceiling is refused.
    """
    left = meter.left_cents
    return left is None or extra_cents <= max(left, 0)
