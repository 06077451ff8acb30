"""Which mandate a person may decide by today, why there is none, and how a decision names it.

The functions know nothing of what is decided on: it comes in as an amount.
"""

from datetime import date

from vpt_regio import clock
from vpt_regio.domain.money import format_euro_sentence
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid
from vpt_regio.models.people import Mandate, Person
from vpt_regio.queries.decisions import list_mandates

MANDATED = (
    Permission.ACTION_PLAN_APPROVE,
    Permission.ACTION_PLAN_REFUSE,
    Permission.COVENANT_TERMINATE,
    Permission.APPLICATION_DECIDE,
    Permission.SETTLEMENT_DECIDE,
    Permission.PILOT_REVOKE,
)

NO_MANDATE = {
    Permission.ACTION_PLAN_APPROVE: N_(
        "U hebt vandaag geen mandaat om plannen goed te keuren. Een mandaathouder moet beslissen."
    ),
    Permission.ACTION_PLAN_REFUSE: N_(
        "U hebt vandaag geen mandaat om plannen af te wijzen. Een mandaathouder moet beslissen."
    ),
    Permission.COVENANT_TERMINATE: N_(
        "U hebt vandaag geen mandaat om convenanten te beëindigen."
        " Een mandaathouder moet beslissen."
    ),
    Permission.APPLICATION_DECIDE: N_(
        "U hebt vandaag geen mandaat om over subsidieaanvragen te beslissen."
        " Een mandaathouder moet beslissen."
    ),
    Permission.SETTLEMENT_DECIDE: N_(
        "U hebt vandaag geen mandaat om subsidies vast te stellen."
        " Een mandaathouder moet beslissen."
    ),
    Permission.PILOT_REVOKE: N_(
        "U hebt vandaag geen mandaat om subsidies in te trekken. Een mandaathouder moet beslissen."
    ),
}

TOO_LOW = {
    Permission.ACTION_PLAN_APPROVE: N_(
        "Dit plan kost %(amount)s. Uw mandaat gaat tot en met %(maximum)s."
        " Een mandaathouder moet beslissen."
    ),
    Permission.COVENANT_TERMINATE: N_(
        "Dit convenant gaat over %(amount)s. Uw mandaat gaat tot en met %(maximum)s."
        " Een mandaathouder moet beslissen."
    ),
    Permission.APPLICATION_DECIDE: N_(
        "Dit besluit gaat over %(amount)s. Uw mandaat gaat tot en met %(maximum)s."
        " Een mandaathouder moet beslissen."
    ),
    Permission.SETTLEMENT_DECIDE: N_(
        "Dit voorstel stelt de subsidie vast op %(amount)s. Uw mandaat gaat tot en met %(maximum)s."
        " Een mandaathouder moet beslissen."
    ),
}


def mandate_for(
    person: Person, permission: Permission, *, programme_id: int, cents: int | None = None
) -> Mandate | None:
    """Return the mandate by which a person may decide today, the widest first.

    `cents` is the amount that is decided on; without one any amount will do.
    """
    usable = [
        mandate
        for mandate in list_mandates(person, permission, programme_id=programme_id)
        if mandate.holds_on(clock.today()) and _covers(mandate, cents)
    ]
    return max(usable, key=_rank, default=None)


def mandate_problems(
    person: Person, permission: Permission, *, programme_id: int, cents: int | None = None
) -> list[DomainError]:
    """Return why a person has no mandate to decide on an amount today; empty when there is one."""
    mandates = list_mandates(person, permission, programme_id=programme_id)
    today = clock.today()
    current = [mandate for mandate in mandates if mandate.holds_on(today)]
    if any(_covers(mandate, cents) for mandate in current):
        return []
    if current:
        return [_too_low(max(current, key=_rank), cents or 0)]
    expired = [last for mandate in mandates if (last := last_day(mandate)) and last < today]
    return [_expired(max(expired))] if expired else [Invalid(NO_MANDATE[permission])]


def authority_of(mandate: Mandate) -> str:
    """Return in Dutch by which mandate somebody decides, and for whom they stand in."""
    words = f"krachtens mandaat {mandate.reference} van {mandate.on_behalf_of}"
    if mandate.stands_in_for is not None:
        return f"{words}, bij afwezigheid van {mandate.stands_in_for.name}"
    if mandate.parent is not None:
        return (
            f"krachtens ondermandaat {mandate.reference} van {mandate.parent.person.name}"
            f" (mandaat {mandate.parent.reference} van {mandate.on_behalf_of})"
        )
    return words


def last_day(mandate: Mandate) -> date | None:
    """Return the last day on which a mandate held, by its own end and those it comes from."""
    own = mandate.ends_on
    inherited = last_day(mandate.parent) if mandate.parent else None
    return min((day for day in (own, inherited) if day), default=None)


def _covers(mandate: Mandate, cents: int | None) -> bool:
    return cents is None or mandate.covers(cents)


def _rank(mandate: Mandate) -> tuple[float, bool]:
    """Order by amount; of equal ones an own mandate goes before standing in."""
    maximum = mandate.max_amount_cents
    return (float("inf") if maximum is None else maximum, mandate.stands_in_for_id is None)


def _too_low(mandate: Mandate, cents: int) -> DomainError:
    return Invalid(
        TOO_LOW[mandate.permission],
        params={
            "amount": format_euro_sentence(cents),
            "maximum": format_euro_sentence(mandate.max_amount_cents or 0),
        },
        code="mandate_too_low",
    )


def _expired(last_day: date) -> DomainError:
    return Invalid(
        N_("Uw mandaat gold tot en met %(day)s. Een mandaathouder moet beslissen."),
        params={"day": last_day.strftime("%d-%m-%Y")},
        code="mandate_expired",
    )
