"""The lists of the programme: a new version from a day on, another entry, a text put right.

A version of a list is never rewritten: plans, reports and agreements go on to say what they said.
Only a mistake in the text of an entry can be put right, with the reason in the history.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.errors import Conflict, DomainError, DuplicateValue, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Programme
from vpt_regio.queries.lists import ListVersion, ProgrammeList, read_list
from vpt_regio.services import audit
from vpt_regio.services.plan_parts import PlanPart, cleaned, require_same

NAME, SHORT, CODE, VERSION, REASON = 300, 60, 20, 40, 500


@dataclass(frozen=True)
class Kept:
    """What becomes of an entry of the present version; `field` ends the names of its fields.

    It goes on under its own code in these words. Dropped, it may go up in another entry of the
    new version: `goes_on_as` is the code of that one.
    """

    entry: Any
    name: str
    short_name: str = ""
    is_dropped: bool = False
    goes_on_as: str = ""

    @property
    def field(self) -> str:
        return str(self.entry.id)


@dataclass(frozen=True)
class Added:
    """An entry that the present version does not have; `field` ends the names of its fields."""

    code: str
    name: str
    short_name: str = ""
    field: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.code.strip() or self.name.strip() or self.short_name.strip())


def start_version(
    programme_list: ProgrammeList,
    *,
    list_version: str,
    starts_on: date | None,
    kept: Sequence[Kept],
    added: Sequence[Added],
    actor: Person,
    source: str = "",
) -> list[Any]:
    """Start a version of a list; the one before it ends on the day before.

    It starts today or later: what was submitted answers to the list of its own day. `kept` says
    of every entry of the last version what becomes of it; raises Conflict when that is another
    version by now.
    """
    role = policies.require(actor, Permission.LIST_MANAGE, programme_list)
    programme_list = _present(programme_list)
    before = programme_list.last
    if {one.entry.id for one in kept} != {one.id for one in (before.entries if before else ())}:
        raise Conflict(N_("Iemand anders heeft deze lijst intussen gewijzigd. Begin opnieuw."))
    name = cleaned(list_version, field="list_version", maximum=VERSION)
    filled = [one for one in added if not one.is_empty]
    errors = _version_errors(programme_list, name) + _start_errors(before, starts_on)
    errors += _entry_errors(programme_list, kept, filled)
    raise_all(errors)
    assert starts_on is not None  # noqa: S101  # a missing day is one of the errors
    going_on = [
        Added(one.entry.code, one.name, one.short_name) for one in kept if not one.is_dropped
    ]
    made = [
        _new_entry(programme_list, name, one, position, source)
        for position, one in enumerate([*going_on, *filled], start=1)
    ]
    for entry in made:
        entry.valid_from = starts_on
    db.session.flush()
    if before is not None:
        _end(before, starts_on - timedelta(days=1))
    _link(kept, made)
    db.session.flush()
    details = {
        "list": programme_list.kind.name,
        "list_version": name,
        "starts_on": starts_on.strftime("%d-%m-%Y"),
        "entries": {one.code: one.name for one in made},
        "dropped": [one.entry.code for one in kept if one.is_dropped],
    }
    subject = programme_list.programme
    audit.record("programme.list_started", subject, actor=actor, role=role, details=details)
    return made


def add_entry(
    programme_list: ProgrammeList,
    *,
    code: str,
    name: str,
    starts_on: date | None,
    actor: Person,
    short_name: str = "",
    source: str = "",
) -> Any:
    """Add an entry to the last version of a list, from today or a later day on."""
    role = policies.require(actor, Permission.LIST_MANAGE, programme_list)
    programme_list = _present(programme_list)
    version = programme_list.last
    if version is None:
        raise Invalid(N_("Deze lijst heeft nog geen versie. Maak eerst een versie."))
    entry = Added(code, name, short_name)
    errors = _text_errors(programme_list, entry.name, entry.short_name, "")
    errors += _code_errors([*(one.code for one in version.entries)], [entry])
    errors += _day_errors(starts_on)
    if starts_on and version.ends_on and starts_on > version.ends_on:
        text = N_("Deze versie van de lijst geldt dan niet meer.")
        errors.append(Invalid(text, field="starts_on"))
    if starts_on and version.starts_on and starts_on < version.starts_on:
        text = N_("Deze versie van de lijst geldt dan nog niet.")
        errors.append(Invalid(text, field="starts_on"))
    raise_all(errors)
    position = max(one.position for one in version.entries) + 1
    made = _new_entry(programme_list, version.name, entry, position, source)
    made.valid_from, made.valid_until = starts_on, version.ends_on
    db.session.flush()
    details = {"list": made.__tablename__, "code": made.code, "name": made.name}
    subject = programme_list.programme
    audit.record("programme.entry_added", subject, actor=actor, role=role, details=details)
    return made


def entry_part(entry: Any) -> PlanPart:
    """Return what the form of an entry shows, as a part with a version of its own."""
    return PlanPart(lambda: _texts(entry))


def correct_entry(
    programme_list: ProgrammeList,
    *,
    entry: Any,
    name: str,
    reason: str,
    actor: Person,
    short_name: str = "",
    expected_version: int | None = None,
) -> Any:
    """Put a mistake in the text of an entry right; it shows wherever the entry is used."""
    role = policies.require(actor, Permission.LIST_MANAGE, programme_list)
    require_same(entry_part(entry), expected_version)
    errors = _text_errors(programme_list, name, short_name, "")
    if not reason.strip():
        errors.append(Invalid(N_("Schrijf op wat er fout was."), field="reason"))
    raise_all(errors)
    why = cleaned(reason, field="reason", maximum=REASON)
    before = _texts(entry)
    entry.name = name.strip()
    if programme_list.kind.has_short_names:
        entry.short_name = short_name.strip()
    if _texts(entry) == before:
        raise Invalid(N_("U hebt niets gewijzigd. Er is niets opgeslagen."))
    db.session.flush()
    details = {
        "list": programme_list.kind.name,
        "code": entry.code,
        "list_version": entry.list_version,
        "reason": why,
        "before": before,
        "after": _texts(entry),
    }
    subject = programme_list.programme
    audit.record("programme.entry_corrected", subject, actor=actor, role=role, details=details)
    return entry


def _present(programme_list: ProgrammeList) -> ProgrammeList:
    """Return a list as it is now; nobody else changes the lists until the work is done."""
    programme = db.session.get_one(
        Programme, programme_list.programme.id, with_for_update=True, populate_existing=True
    )
    return read_list(programme, programme_list.kind)


def _texts(entry: Any) -> dict[str, str]:
    return {"name": entry.name, "short_name": getattr(entry, "short_name", "")}


def _version_errors(programme_list: ProgrammeList, name: str) -> list[DomainError]:
    if not name:
        return [Invalid(N_("Geef de versie een naam, bijvoorbeeld 2015."), field="list_version")]
    if programme_list.version(name) is not None:
        text = N_("Er is al een versie met deze naam.")
        return [DuplicateValue(text, field="list_version")]
    return []


def _day_errors(starts_on: date | None) -> list[DomainError]:
    if starts_on is None:
        return [Invalid(N_("Vul de eerste dag in."), field="starts_on")]
    if starts_on < clock.today():
        text = N_(
            "Kies vandaag of een latere dag. Wat al is ingediend, hoort bij de lijst van toen."
        )
        return [Invalid(text, field="starts_on")]
    return []


def _start_errors(before: ListVersion | None, starts_on: date | None) -> list[DomainError]:
    errors = _day_errors(starts_on)
    if before is None or starts_on is None:
        return errors
    first_days = [one.valid_from for one in before.entries if one.valid_from is not None]
    if first_days and starts_on <= max(first_days):
        text = N_("De versie ervoor geldt pas vanaf %(day)s. Kies een latere dag.")
        params = {"day": max(first_days).strftime("%d-%m-%Y")}
        errors.append(Invalid(text, field="starts_on", params=params))
    if before.ends_on is not None and starts_on > before.ends_on + timedelta(days=1):
        text = N_("De versie ervoor geldt tot en met %(day)s. Er mag geen gat vallen.")
        params = {"day": before.ends_on.strftime("%d-%m-%Y")}
        errors.append(Invalid(text, field="starts_on", params=params))
    return errors


def _entry_errors(
    programme_list: ProgrammeList, kept: Sequence[Kept], added: Sequence[Added]
) -> list[DomainError]:
    errors: list[DomainError] = []
    going_on = [one for one in kept if not one.is_dropped]
    shown: list[Kept | Added] = [*going_on, *added]
    for one in shown:
        errors += _text_errors(programme_list, one.name, one.short_name, f"_{one.field}")
    codes = [one.entry.code for one in going_on]
    errors += _code_errors(codes, added)
    present = {*codes, *(one.code.strip() for one in added)}
    errors += _successor_errors(kept, present)
    if not present:
        errors.append(Invalid(N_("Een versie van een lijst heeft minstens één onderdeel.")))
    return errors


def _successor_errors(kept: Sequence[Kept], present: Collection[str]) -> list[DomainError]:
    errors: list[DomainError] = []
    for one in kept:
        code = one.goes_on_as.strip()
        if code and not one.is_dropped:
            text = N_("Kies ook ‘vervalt’, of maak dit veld leeg.")
            errors.append(Invalid(text, field=f"goes_on_as_{one.field}"))
        elif code and code not in present:
            text = N_("Deze code staat niet in de nieuwe versie.")
            errors.append(Invalid(text, field=f"goes_on_as_{one.field}"))
    return errors


def _code_errors(present: Sequence[str], added: Sequence[Added]) -> list[DomainError]:
    errors: list[DomainError] = []
    counts = Counter([*present, *(one.code.strip() for one in added)])
    for one in added:
        code, field = one.code.strip(), f"code_{one.field}" if one.field else "code"
        if not code:
            errors.append(Invalid(N_("Vul een code in, bijvoorbeeld M9."), field=field))
        elif len(code) > CODE:
            errors.append(Invalid(N_("Gebruik hoogstens 20 tekens."), field=field))
        elif counts[code] > 1:
            text = N_("Deze code staat al in deze versie van de lijst.")
            errors.append(DuplicateValue(text, field=field))
    return errors


def _text_errors(
    programme_list: ProgrammeList, name: str, short_name: str, suffix: str
) -> list[DomainError]:
    texts = [("name", name, NAME, N_("Vul de naam in."))]
    if programme_list.kind.has_short_names:
        texts.append(("short_name", short_name, SHORT, N_("Vul de korte naam in.")))
    errors: list[DomainError] = []
    for field, text, maximum, message in texts:
        try:
            if not cleaned(text, field=field + suffix, maximum=maximum):
                errors.append(Invalid(message, field=field + suffix))
        except Invalid as error:
            errors.append(error)
    return errors


def _new_entry(
    programme_list: ProgrammeList, list_version: str, one: Added, position: int, source: str
) -> Any:
    entry = programme_list.kind.model(
        programme_id=programme_list.programme.id,
        list_version=list_version,
        code=one.code.strip(),
        position=position,
        name=one.name.strip(),
        source=source,
    )
    if programme_list.kind.has_short_names:
        entry.short_name = one.short_name.strip()
    db.session.add(entry)
    return entry


def _end(version: ListVersion, last_day: date) -> None:
    for entry in version.entries:
        if entry.valid_until is None or entry.valid_until > last_day:
            entry.valid_until = last_day


def _link(kept: Sequence[Kept], made: Sequence[Any]) -> None:
    """Name the successor of each entry that goes on; the same code is the same thing anyway."""
    by_code = {entry.code: entry for entry in made}
    for one in kept:
        code = one.goes_on_as.strip() if one.is_dropped else one.entry.code
        if code:
            one.entry.successor_id = by_code[code].id
