"""The programme and its lists as loaders make them; people change them by `services/lists`."""

import re
from typing import TypeVar

from sqlalchemy import func, select

from vpt_regio.domain.text import N_
from vpt_regio.errors import DomainError, DuplicateValue, Invalid, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Programme, Sector
from vpt_regio.services import audit

Entry = TypeVar("Entry", bound=Measure | PolicyLine | Sector | AgreementType)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE = 40
LONGEST_NAME = 200


def found_programme(*, code: str, name: str, ministry: str, minister_title: str) -> Programme:
    """Add the first programme of a system, at the command line; its lists follow on the pages.

    Raises DuplicateValue when there is one, or everything that is wrong with the values.
    """
    if db.session.scalar(select(func.count()).select_from(Programme)):
        raise DuplicateValue(N_("Er is al een programma."), field="code")
    texts = {"name": name.strip(), "ministry": ministry.strip()}
    texts["minister_title"] = minister_title.strip()
    raise_all(
        _code_errors(code) + [Invalid(_NAME, field=key) for key in texts if _is_bad(texts[key])]
    )
    return create_programme(code=code, actor=None, **texts)


_NAME = N_("Vul een naam in van hoogstens 200 tekens op één regel.")


def _is_bad(text: str) -> bool:
    return not text or len(text) > LONGEST_NAME or not text.isprintable()


def _code_errors(code: str) -> list[DomainError]:
    if CODE.fullmatch(code) and len(code) <= LONGEST_CODE:
        return []
    message = N_("Gebruik voor de code kleine letters, cijfers en streepjes, hoogstens 40 tekens.")
    return [Invalid(message, field="code")]


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
