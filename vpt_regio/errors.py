"""What can go wrong by the rules: each error carries a Dutch message that says what to do."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A rule refuses. `message` is Dutch source text with %(name)s places for `params`.

    `field` names the form field the message belongs to, when there is one.
    """

    code = "refused"
    status = 422

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        params: Mapping[str, Any] | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = dict(params or {})
        if code:
            self.code = code

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Invalid(DomainError):
    """A value is not acceptable: unknown, out of range, negative, past its term."""

    code = "invalid"


class SeveralErrors(DomainError):
    """Every error at once, in the order of the form."""

    code = "several"

    def __init__(self, errors: list[DomainError]) -> None:
        super().__init__(errors[0].message, field=errors[0].field, params=errors[0].params)
        self.errors = errors


class NotAllowed(DomainError):
    """The person has no right to do this; the message says who has."""

    code = "not_allowed"
    status = 403


class OnHold(NotAllowed):
    """The region or the covenant stands still; the message says since when, by whom and why."""

    code = "on_hold"
    status = 409


class WrongState(DomainError):
    """The record is in a state in which this cannot be done (any more)."""

    code = "wrong_state"
    status = 409


class Conflict(DomainError):
    """Somebody else changed the record in the meantime."""

    code = "conflict"
    status = 409


class PeriodFrozen(DomainError):
    """The half-year is frozen and never changes again."""

    code = "period_frozen"
    status = 409


class OverBudget(DomainError):
    """The booking does not fit in what is available."""

    code = "over_budget"


class DuplicateValue(DomainError):
    """A value that must be unique exists already."""

    code = "duplicate"


class Unavailable(DomainError):
    """The database cannot be reached just now; nothing was stored."""

    code = "unavailable"
    status = 503


def raise_all(errors: list[DomainError]) -> None:
    """Raise nothing, the one error, or all of them together."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)
