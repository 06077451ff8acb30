"""The rules that a covenant is held against: when drafted, when signed, when taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.enums import AmendmentKind, CovenantStatus, FundingInstrument, PartyRole
from vpt_regio.domain.fuzzy_date import FuzzyDate
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.covenants import COVENANT
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, WrongState
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.covenants import number_exists
from vpt_regio.services import transitions

MAX_COUNTERPARTIES = 5
MAX_HOURS_PER_WEEK = 40

OPEN_REGIONS = (RegionStatus.EXPLORING, RegionStatus.ACTIVE)


@dataclass(frozen=True)
class Party:
    """A party as it is written down: its name and who signs for it."""

    name: str
    signatory: str = ""
    role: PartyRole = PartyRole.COUNTERPARTY


def day_in_words(day: date) -> str:
    """Return a day as messages show it: 12-03-2012."""
    return day.strftime("%d-%m-%Y")


def draft_errors(
    covenant: Covenant,
    regions: Sequence[Region],
    counterparties: Sequence[Party],
    values: Mapping[str, Any],
) -> list[DomainError]:
    """Return everything that is wrong with what a draft is to become."""
    return (
        number_errors(covenant.programme_id, values["number"], besides=covenant)
        + region_errors(covenant.programme_id, regions)
        + party_errors(counterparties)
        + value_errors(values)
    )


def number_errors(
    programme_id: int, number: str, *, besides: Covenant | None = None
) -> list[DomainError]:
    """Return why a number cannot be used."""
    if not number:
        return [Invalid(N_("Vul het nummer van het convenant in."), field="number")]
    if number_exists(programme_id, number, besides=besides):
        return [DuplicateValue(N_("Dit nummer is al in gebruik."), field="number")]
    return []


def at_least_one(regions: Sequence[Region]) -> list[DomainError]:
    """Return an error when there is no region."""
    return [] if regions else [Invalid(N_("Kies minstens één regio."), field="regions")]


def region_errors(programme_id: int, regions: Sequence[Region]) -> list[DomainError]:
    """Return why these regions cannot conclude a covenant."""
    errors = at_least_one(regions)
    for region in regions:
        if region.programme_id != programme_id:
            errors.append(Invalid(N_("Deze regio hoort bij een ander programma."), field="regions"))
        elif region.status not in OPEN_REGIONS:
            errors.append(
                Invalid(
                    N_("De regio %(region)s is niet meer actief. Kies een andere regio."),
                    field="regions",
                    params={"region": region.name},
                )
            )
    return errors


def party_errors(counterparties: Sequence[Party]) -> list[DomainError]:
    """Return what is wrong with the counterparties; a draft may still be without any."""
    errors: list[DomainError] = []
    if len(counterparties) > MAX_COUNTERPARTIES:
        errors.append(
            Invalid(
                N_("Er kunnen hoogstens %(number)s wederpartijen zijn."),
                field="counterparty_1",
                params={"number": MAX_COUNTERPARTIES},
            )
        )
    for number, party in enumerate(counterparties, start=1):
        if not party.name:
            errors.append(
                Invalid(
                    N_("Vul ook de naam van de wederpartij in."), field=f"counterparty_{number}"
                )
            )
    return errors


def value_errors(values: Mapping[str, Any]) -> list[DomainError]:
    """Return what is wrong with the title, the amount, the hours and the dates of a draft."""
    errors: list[DomainError] = []
    if not values["title"]:
        errors.append(Invalid(N_("Vul de titel van het convenant in."), field="title"))
    if values["advance_cents"] < 0:
        errors.append(Invalid(N_("Het voorschot kan niet negatief zijn."), field="advance_cents"))
    if not 0 < values["min_hours_per_week"] <= MAX_HOURS_PER_WEEK:
        errors.append(
            Invalid(
                N_("De urennorm ligt tussen 1 en %(maximum)s uur per week."),
                field="min_hours_per_week",
                params={"maximum": MAX_HOURS_PER_WEEK},
            )
        )
    end, due = values["original_end_on"], values["plan_due_on"]
    if end is not None and due is not None and due > end:
        errors.append(
            Invalid(
                N_("Het plan moet er zijn vóór het convenant eindigt op %(day)s."),
                field="plan_due_on",
                params={"day": day_in_words(end)},
            )
        )
    return errors


def funding_errors(covenant: Covenant, funding: FundingInstrument) -> list[DomainError]:
    """Return why it cannot be recorded how the money of a covenant is given."""
    if covenant.status is CovenantStatus.DRAFT:
        return [WrongState(N_("Het convenant is nog een concept. Vul het daar in."))]
    if covenant.funding is not FundingInstrument.UNKNOWN:
        return [WrongState(N_("Al is vastgelegd hoe het geld wordt verstrekt."))]
    if funding is FundingInstrument.UNKNOWN:
        return [Invalid(N_("Kies hoe het geld wordt verstrekt."), field="funding")]
    return []


def amendment_errors(
    covenant: Covenant,
    kind: AmendmentKind,
    new_end: FuzzyDate | None,
    amount_cents: int | None,
    reason: str,
) -> list[DomainError]:
    """Return why a change of an earlier year cannot be taken over."""
    errors: list[DomainError] = []
    if not reason:
        errors.append(Invalid(N_("Vul de reden van de wijziging in."), field="reason"))
    if kind is AmendmentKind.AMOUNT and (amount_cents is None or amount_cents <= 0):
        errors.append(
            Invalid(N_("Een aanvulling is een bedrag groter dan nul."), field="amount_cents")
        )
    if kind is AmendmentKind.EXTENSION:
        end = covenant.latest_end_on
        if new_end is None or new_end.on is None:
            errors.append(Invalid(N_("Vul de nieuwe einddatum in."), field="new_end"))
        elif end is not None and new_end.on <= end:
            errors.append(
                Invalid(
                    N_("De nieuwe einddatum moet na %(day)s liggen."),
                    field="new_end",
                    params={"day": day_in_words(end)},
                )
            )
    return errors


@transitions.guard(COVENANT, Guard.PARTIES_COMPLETE)
def _parties_are_complete(covenant: Covenant, _actor: Person) -> list[DomainError]:
    errors: list[DomainError] = []
    if not any(party.role is PartyRole.MINISTER for party in covenant.parties):
        errors.append(Invalid(N_("De minister staat nog niet bij de partijen.")))
    if not any(party.role is PartyRole.COUNTERPARTY for party in covenant.parties):
        errors.append(Invalid(N_("Er is nog geen wederpartij. Vul die in bij het concept.")))
    errors += [
        Invalid(
            N_("Vul bij het concept in wie er tekent voor %(party)s."), params={"party": party.name}
        )
        for party in covenant.parties
        if not party.signatory
    ]
    return errors


@transitions.guard(COVENANT, Guard.DATES_VALID)
def _dates_are_valid(covenant: Covenant, _actor: Person) -> list[DomainError]:
    errors: list[DomainError] = []
    end, signed_on = covenant.original_end_on, covenant.signed_on
    if end is None:
        errors.append(Invalid(N_("Vul bij het concept eerst de uiterste einddatum in.")))
    if signed_on is not None and signed_on > clock.today():
        errors.append(
            Invalid(
                N_("De datum van ondertekening kan niet in de toekomst liggen."), field="signed_on"
            )
        )
    if end is not None and signed_on is not None and end <= signed_on:
        errors.append(
            Invalid(
                N_("De ondertekening moet vóór de uiterste einddatum %(day)s liggen."),
                field="signed_on",
                params={"day": day_in_words(end)},
            )
        )
    return errors
