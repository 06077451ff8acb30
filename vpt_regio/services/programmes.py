"""The programme and its lists as loaders make them; people change them by `services/lists`."""

from datetime import date
from typing import TypeVar

from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector
from vpt_regio.services import audit

Entry = TypeVar("Entry", Measure, PolicyLine, Sector, AgreementType)


def create_programme(
    *,
    code: str,
    name: str,
    ministry: str,
    minister_title: str,
    actor: Person | None,
    started_words: str = "",
    ended_words: str = "",
) -> Programme:
    """Add a programme; `actor` is None while nobody has an account yet."""
    programme = Programme(
        code=code,
        name=name,
        ministry=ministry,
        minister_title=minister_title,
        started_words=started_words,
        ended_words=ended_words,
    )
    db.session.add(programme)
    db.session.flush()
    audit.record("programme.created", programme, actor=actor, details={"name": name})
    return programme


def add_measure(
    programme: Programme,
    *,
    code: str,
    position: int,
    name: str,
    short_name: str,
    list_version: str,
    actor: Person | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> Measure:
    """Add a measure to a version of the list."""
    measure = Measure(
        programme_id=programme.id,
        code=code,
        position=position,
        name=name,
        short_name=short_name,
        list_version=list_version,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    return _added(programme, measure, actor)


def add_policy_line(
    programme: Programme,
    *,
    code: str,
    position: int,
    name: str,
    list_version: str,
    actor: Person | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> PolicyLine:
    """Add a main line to a version of the list."""
    line = PolicyLine(
        programme_id=programme.id,
        code=code,
        position=position,
        name=name,
        list_version=list_version,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    return _added(programme, line, actor)


def add_sector(
    programme: Programme,
    *,
    code: str,
    position: int,
    name: str,
    list_version: str,
    actor: Person | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> Sector:
    """Add a sector to a version of the list."""
    sector = Sector(
        programme_id=programme.id,
        code=code,
        position=position,
        name=name,
        list_version=list_version,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    return _added(programme, sector, actor)


def add_agreement_type(
    programme: Programme,
    *,
    code: str,
    position: int,
    name: str,
    list_version: str,
    actor: Person | None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    source: str = "",
) -> AgreementType:
    """Add a kind of agreement to a version of the list."""
    entry = AgreementType(
        programme_id=programme.id,
        code=code,
        position=position,
        name=name,
        list_version=list_version,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    return _added(programme, entry, actor)


def _added(programme: Programme, entry: Entry, actor: Person | None) -> Entry:
    db.session.add(entry)
    db.session.flush()
    audit.record(
        "programme.entry_added",
        programme,
        actor=actor,
        details={"list": entry.__tablename__, "code": entry.code, "name": entry.name},
    )
    return entry
