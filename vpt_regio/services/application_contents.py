"""What an application says: who asks, for what, in which lines, and what is wrong with that."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from vpt_regio import clock
from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, Invalid
from vpt_regio.models.applications import ApplicationLine, SubsidyApplication
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.applications import (
    find_organisation_of,
    find_region_of,
    measures_by_id,
    proposed_lines,
)
from vpt_regio.services.people import EMAIL, MAX_EMAIL_LENGTH

MOST_LINES = 30
TEXTS = (
    "organisation_name",
    "place",
    "contact_name",
    "contact_email",
    "title",
    "description",
    "hypothesis",
)


@dataclass(frozen=True)
class LineData:
    """A part of what is asked money for, in cents."""

    description: str
    cents: int


@dataclass(frozen=True)
class ApplicationData:
    """What an application says; each line of `description` is a point."""

    organisation_name: str
    place: str
    contact_name: str
    contact_email: str
    title: str
    description: str
    hypothesis: str
    starts_on: date | None
    ends_on: date | None
    measure_ids: tuple[int, ...]
    lines: tuple[LineData, ...]
    region_id: int | None = None
    organisation_id: int | None = None


def content_errors(programme: Programme, data: ApplicationData) -> list[DomainError]:
    """Return what cannot be kept, not even in a draft."""
    errors: list[DomainError] = []
    if not data.organisation_name:
        errors.append(Invalid(N_("Vul de naam van de organisatie in."), field="organisation_name"))
    if data.contact_email and not is_email(data.contact_email):
        message = N_("Vul een e-mailadres in, bijvoorbeeld naam@organisatie.nl.")
        errors.append(Invalid(message, field="contact_email"))
    if data.starts_on and data.ends_on and data.ends_on < data.starts_on:
        message = N_("De laatste dag moet na de eerste dag liggen.")
        errors.append(Invalid(message, field="ends_on"))
    errors += _line_errors(data.lines)
    errors += _choice_errors(programme, data)
    return errors


def is_email(text: str) -> bool:
    """Tell whether mail can be sent to an address."""
    return len(text) <= MAX_EMAIL_LENGTH and EMAIL.fullmatch(text.lower()) is not None


def fill(application: SubsidyApplication, data: ApplicationData, *, with_place: bool) -> None:
    """Put what was written in an application; `with_place`: its region and organisation too.

    Raises Invalid when a line goes away on which something was proposed.
    """
    for name in TEXTS:
        setattr(application, name, getattr(data, name))
    application.starts_on, application.ends_on = data.starts_on, data.ends_on
    if with_place:
        programme = application.round.scheme.programme
        application.region = find_region_of(programme, data.region_id)
        application.organisation = find_organisation_of(programme, data.organisation_id)
    chosen = measures_by_id(application.round.scheme.programme, data.measure_ids)
    if set(chosen) != {measure.id for measure in application.measures}:
        application.measures = list(chosen.values())
    _set_lines(application, data.lines)
    application.requested_cents = sum(line.cents for line in data.lines) or None


def touch(application: SubsidyApplication) -> None:
    """Give an application a next version when only its parts changed."""
    application.updated_at = clock.now()
    flag_modified(application, "updated_at")


def details_of(application: SubsidyApplication) -> dict[str, Any]:
    """Return what an application says, for the audit record."""
    return {
        **{name: getattr(application, name) for name in TEXTS},
        "starts_on": application.starts_on,
        "ends_on": application.ends_on,
        "region": application.region.name if application.region else None,
        "organisation": application.organisation.name if application.organisation else None,
        "measures": [measure.code for measure in application.measures],
        "lines": [[line.description, line.requested_cents] for line in application.lines],
        "requested_cents": application.requested_cents,
    }


def _line_errors(lines: tuple[LineData, ...]) -> list[DomainError]:
    errors: list[DomainError] = []
    if len(lines) > MOST_LINES:
        message = N_("Een aanvraag heeft hoogstens %(most)s onderdelen.")
        errors.append(Invalid(message, field="lines", params={"most": MOST_LINES}))
    for number, line in enumerate(lines, 1):
        if not line.description:
            message = N_("Vul bij onderdeel %(number)s in waarvoor het bedrag is.")
            errors.append(Invalid(message, field="lines", params={"number": number}))
        if line.cents <= 0:
            message = N_("Vul bij onderdeel %(number)s een bedrag boven nul in.")
            errors.append(Invalid(message, field="lines", params={"number": number}))
    return errors


def _choice_errors(programme: Programme, data: ApplicationData) -> list[DomainError]:
    errors: list[DomainError] = []
    if set(measures_by_id(programme, data.measure_ids)) != set(data.measure_ids):
        errors.append(Invalid(N_("Kies maatregelen uit de lijst."), field="measure_ids"))
    if data.region_id and find_region_of(programme, data.region_id) is None:
        errors.append(Invalid(N_("Kies een regio uit de lijst."), field="region_id"))
    if data.organisation_id and find_organisation_of(programme, data.organisation_id) is None:
        errors.append(Invalid(N_("Kies een organisatie uit de lijst."), field="organisation_id"))
    return errors


def _set_lines(application: SubsidyApplication, lines: tuple[LineData, ...]) -> None:
    """Change the lines in their places, so that a proposal keeps the line that it is about."""
    kept = application.lines[: len(lines)]
    gone = application.lines[len(lines) :]
    if gone and not proposed_lines(application).isdisjoint(line.id for line in gone):
        raise Invalid(
            N_(
                "Over een onderdeel dat u weglaat, is al een voorstel gedaan."
                " Laat het staan, of pas de omschrijving en het bedrag aan."
            ),
            field="lines",
        )
    for line, data in zip(kept, lines, strict=False):
        line.description, line.requested_cents = data.description, data.cents
    for line in gone:
        application.lines.remove(line)
    for position, data in enumerate(lines[len(kept) :], len(kept) + 1):
        application.lines.append(
            ApplicationLine(
                position=position, description=data.description, requested_cents=data.cents
            )
        )
