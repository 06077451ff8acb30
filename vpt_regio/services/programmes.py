"""The programme and its lists as loaders make them; people change them by `services/lists`."""

from typing import TypeVar

from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector
from vpt_regio.services import audit

Entry = TypeVar("Entry", bound=Measure | PolicyLine | Sector | AgreementType)


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


def load_entry(programme: Programme, entry: Entry, *, actor: Person | None) -> Entry:
    """Add an entry to a version of the list of its kind; its validity is its own."""
    entry.programme_id = programme.id
    db.session.add(entry)
    db.session.flush()
    audit.record(
        "programme.entry_added",
        programme,
        actor=actor,
        details={"list": entry.__tablename__, "code": entry.code, "name": entry.name},
    )
    return entry
