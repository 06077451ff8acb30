"""Holds: letting a region or a covenant stand still for a while, and letting it go again."""

from datetime import date

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.covenants import CovenantStatus
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.errors import DomainError, Invalid, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.holds import list_holds
from vpt_regio.services import audit, transitions
from vpt_regio.services.covenant_checks import day_in_words
from vpt_regio.services.notices import tell

RUNNING_REGIONS = (RegionStatus.EXPLORING, RegionStatus.ACTIVE)


def place_hold(
    subject: Region | Covenant,
    *,
    reason: str,
    starts_on: date,
    until_on: date | None = None,
    actor: Person,
) -> Hold:
    """Let a region or a covenant stand still from a day on; return the hold.

    `until_on` is its last day; None lets it hold until it is lifted. Raises WrongState for what
    is over already, or every reason together why the values are not acceptable.
    """
    role = policies.require(actor, Permission.HOLD_MANAGE, subject)
    _require_running(subject)
    text = reason.strip()
    raise_all(_value_errors(text, starts_on, until_on) + _overlaps(subject, starts_on, until_on))
    hold = Hold(
        programme_id=subject.programme_id,
        region=subject if isinstance(subject, Region) else None,
        covenant=subject if isinstance(subject, Covenant) else None,
        reason=text,
        starts_on=starts_on,
        until_on=until_on,
        placed_by=actor,
    )
    db.session.add(hold)
    db.session.flush()
    days = {"day": day_in_words(starts_on), "until": day_in_words(until_on) if until_on else None}
    action = "hold.placed_until" if until_on else "hold.placed"
    audit.record(action, subject, actor=actor, role=role, details={**days, "note": text})
    _tell(subject, f"{_name(subject)} staat stil vanaf {days['day']}", f"Reden: {text}", actor)
    return hold


def lift_hold(
    hold: Hold, *, reason: str, actor: Person, expected_version: int | None = None
) -> None:
    """End a hold today, with the reason. Raises WrongState when it ended before."""
    role = policies.require(actor, Permission.HOLD_MANAGE, hold)
    transitions.check_version(hold, expected_version)
    today = clock.today()
    if hold.lifted_on is not None or (hold.until_on is not None and hold.until_on < today):
        raise WrongState(N_("Deze stilzetting is al voorbij. Er is niets gewijzigd."))
    text = reason.strip()
    raise_all(_reason_errors(text))
    hold.lifted_on = today
    hold.lifted_by = actor
    hold.lift_reason = text
    db.session.flush()
    subject = _subject_of(hold)
    details = {"day": day_in_words(hold.starts_on), "note": text}
    audit.record("hold.lifted", subject, actor=actor, role=role, details=details)
    _tell(subject, f"{_name(subject)} is weer vrijgegeven", f"Reden: {text}", actor)


def _subject_of(hold: Hold) -> Region | Covenant:
    subject = hold.region or hold.covenant
    if subject is None:
        raise AssertionError("a hold of nothing")
    return subject


def _require_running(subject: Region | Covenant) -> None:
    if isinstance(subject, Covenant):
        if subject.status is CovenantStatus.CLOSED:
            raise WrongState(N_("Dit convenant is afgesloten. Er verandert niets meer aan."))
        return
    if subject.status is RegionStatus.MERGED:
        raise WrongState(
            N_("Deze regio is samengevoegd. Zet de regio stil waarin deze is opgegaan.")
        )
    if subject.status not in RUNNING_REGIONS:
        raise WrongState(N_("Deze regio is gestopt. Er verandert niets meer aan."))


def _value_errors(reason: str, starts_on: date, until_on: date | None) -> list[DomainError]:
    errors = _reason_errors(reason)
    if starts_on < clock.today():
        message = N_("Een stilzetting werkt niet terug. Kies vandaag of een latere dag.")
        errors.append(Invalid(message, field="starts_on"))
    if until_on is not None and until_on < starts_on:
        message = N_("De laatste dag kan niet vóór de eerste dag liggen.")
        errors.append(Invalid(message, field="until_on"))
    return errors


def _reason_errors(reason: str) -> list[DomainError]:
    return [] if reason else [Invalid(N_("Vul de reden in."), field="reason")]


def _overlaps(
    subject: Region | Covenant, starts_on: date, until_on: date | None
) -> list[DomainError]:
    """Refuse a second hold of the same subject on the same days."""
    errors: list[DomainError] = [
        Invalid(
            N_("Er is al een stilzetting vanaf %(day)s. Geef die eerst vrij."),
            field="starts_on",
            params={"day": day_in_words(hold.starts_on)},
        )
        for hold in list_holds(subject)
        if hold.lifted_on is None
        and (until_on is None or hold.starts_on <= until_on)
        and (hold.until_on is None or hold.until_on >= starts_on)
    ]
    return errors[:1]


def _name(subject: Region | Covenant) -> str:
    if isinstance(subject, Region):
        return f"Regio {subject.name}"
    return f"Convenant {subject.number}"


def _tell(subject: Region | Covenant, title: str, message: str, actor: Person) -> None:
    is_region = isinstance(subject, Region)
    for region in [subject] if isinstance(subject, Region) else subject.regions:
        path = f"/regios/{region.code}" if is_region else f"/convenanten/{subject.id}"
        for role in (Role.PROJECT_LEADER, Role.ACCOUNT_MANAGER):
            tell(role, region, subject=title, message=message, path=path, actor=actor)
