"""What a performance contract still lacks: before its parties sign, and before it is evaluated.

Source: letter of 23 March 2012: the partners of a region agree in a performance contract on the
results to achieve. [I] It takes two partners, and of each promise somebody who answers for it.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vpt_regio.domain.text import N_

FEWEST_PARTIES = 2


class Place(StrEnum):
    """Where something is repaired: at the parties, at the list of agreements, or at one of them."""

    PARTIES = "parties"
    AGREEMENTS = "agreements"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class PartyFacts:
    """An organisation that a contract binds; `is_partner`: it takes part in the region now."""

    organisation_id: int
    name: str
    is_partner: bool = True


@dataclass(frozen=True)
class AgreementFacts:
    """One promise; `due_on` is the day of its target, None while it has no target."""

    id: int
    number: int
    responsible_id: int
    responsible: str
    due_on: date | None
    has_baseline: bool = True


@dataclass(frozen=True)
class ContractFacts:
    """A contract, reduced to what decides whether its parties can sign it."""

    starts_on: date
    ends_on: date
    parties: tuple[PartyFacts, ...] = ()
    agreements: tuple[AgreementFacts, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or worth a look, and where to repair it.

    `message` is Dutch source text with places for `params`; `agreement_id` belongs to a place of
    the kind AGREEMENT.
    """

    code: str
    place: Place
    message: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
    agreement_id: int | None = None


@dataclass(frozen=True)
class EndFacts:
    """How one promise ended: the day of its end value, or the reason why there is none."""

    id: int
    number: int
    due_on: date | None
    measured_on: date | None
    reason: str = ""


def gaps(facts: ContractFacts) -> tuple[Finding, ...]:
    """Return everything that keeps a draft from being offered for signature."""
    return (*_party_gaps(facts), *_agreement_gaps(facts))


def warnings(facts: ContractFacts) -> tuple[Finding, ...]:
    """Return what may be missing when the parties sign, but will be missed later."""
    message = N_(
        "Afspraak %(number)s heeft nog geen nulmeting. Zonder nulmeting is later niet te zien"
        " of de afspraak op koers ligt."
    )
    return tuple(
        _at("no_baseline", one, message) for one in facts.agreements if not one.has_baseline
    )


def left_parties(facts: ContractFacts) -> tuple[PartyFacts, ...]:
    """Return the parties that take part in the region no longer."""
    return tuple(party for party in facts.parties if not party.is_partner)


def end_gaps(agreements: tuple[EndFacts, ...], *, today: date) -> tuple[Finding, ...]:
    """Return of which agreements an end value or a reason is missing, or the deadline is to come.

    Until its deadline no promise can be judged, so that no reason helps then.
    """
    return tuple(finding for one in agreements for finding in _end_gap(one, today))


def _party_gaps(facts: ContractFacts) -> Iterator[Finding]:
    if len(facts.parties) < FEWEST_PARTIES:
        message = N_("Kies minstens twee partijen.")
        yield Finding("too_few_parties", Place.PARTIES, message)
    for party in left_parties(facts):
        message = N_("%(party)s is geen partner van de regio meer. Kies de partijen opnieuw.")
        yield Finding("party_left", Place.PARTIES, message, {"party": party.name})


def _agreement_gaps(facts: ContractFacts) -> Iterator[Finding]:
    if not facts.agreements:
        yield Finding("no_agreements", Place.AGREEMENTS, N_("Voeg minstens één afspraak toe."))
    parties = {party.organisation_id for party in facts.parties}
    for one in facts.agreements:
        if one.responsible_id not in parties:
            message = N_(
                "Voor afspraak %(number)s is %(responsible)s verantwoordelijk,"
                " maar die is geen partij bij dit contract."
            )
            yield _at("responsible_no_party", one, message)
        yield from _due_gap(one, facts)


def _due_gap(one: AgreementFacts, facts: ContractFacts) -> Iterator[Finding]:
    if one.due_on is None:
        message = N_("Vul bij afspraak %(number)s de streefwaarde en de deadline in.")
        yield _at("no_target", one, message)
    elif one.due_on > facts.ends_on:
        message = N_(
            "De deadline van afspraak %(number)s is %(due)s. Dat is na de laatste dag van het"
            " contract, %(end)s."
        )
        yield _at("due_after_end", one, message, end=facts.ends_on)
    elif one.due_on < facts.starts_on:
        message = N_(
            "De deadline van afspraak %(number)s is %(due)s. Dat is voor de eerste dag van het"
            " contract, %(start)s."
        )
        yield _at("due_before_start", one, message, start=facts.starts_on)


def _at(code: str, one: AgreementFacts, message: str, **days: date) -> Finding:
    params = {"number": str(one.number), "responsible": one.responsible}
    shown = {**days, "due": one.due_on} if one.due_on else days
    params |= {name: _day(day) for name, day in shown.items()}
    return Finding(code, Place.AGREEMENT, message, params, one.id)


def _end_gap(one: EndFacts, today: date) -> Iterator[Finding]:
    params = {"number": str(one.number)}
    if one.due_on is not None and one.due_on > today:
        message = N_(
            "De deadline van afspraak %(number)s is pas op %(due)s. Evalueer het contract daarna."
        )
        params["due"] = _day(one.due_on)
        yield Finding("not_due", Place.AGREEMENT, message, params, one.id)
    elif one.measured_on is None and not one.reason:
        message = N_(
            "Afspraak %(number)s heeft geen meting op of na de deadline. Vul in waarom niet."
        )
        yield Finding("no_end_value", Place.AGREEMENT, message, params, one.id)


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
