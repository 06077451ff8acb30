"""Which entries of a list are the same thing, read once in a transaction, and again after a change.

Whoever holds an entry of one version of a list against those of another one asks this.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, case, event, select
from sqlalchemy.orm import Session

from vpt_regio.domain.rules.same_entries import ListedEntry, SameEntries, same_entries
from vpt_regio.extensions import db
from vpt_regio.models.programmes import AgreementType, Measure, PolicyLine, Sector

LISTS = (Measure, PolicyLine, Sector, AgreementType)
_KEY = "same_entries"

Entry = TypeVar("Entry", Measure, PolicyLine, Sector, AgreementType)


def same_in(model: type[Entry]) -> SameEntries:
    """Return which entries of a list are the same thing, over all its versions."""
    session = db.session()
    found: dict[Any, SameEntries] = session.info.setdefault(_KEY, {})
    if model not in found:
        found[model] = _read(session, model)
    return found[model]


def same_measures() -> SameEntries:
    return same_in(Measure)


def key_of(column: Any) -> ColumnElement[int]:
    """Return, for a column of measures, the key of each, as SQL."""
    keys = {entry: key for entry, key in same_measures().keys.items() if entry != key}
    found: ColumnElement[int] = case(keys, value=column, else_=column) if keys else column
    return found


def with_kept(listed: Sequence[Entry], kept: Iterable[Entry]) -> list[Entry]:
    """Return a list, and what a record holds already that is nothing of that list."""
    found = list(listed)
    for entry in kept:
        same = same_in(type(entry))
        if not any(same.are_same(entry.id, other.id) for other in found):
            found.append(entry)
    return found


def _read(session: Session, model: type[Entry]) -> SameEntries:
    with session.no_autoflush:
        rows = session.execute(
            select(
                model.id, model.programme_id, model.code, model.valid_from, model.successor_id
            ).order_by(model.id)
        )
        return same_entries(ListedEntry(*row) for row in rows)


@event.listens_for(Session, "after_flush")
def _forget_what_changed(session: Session, _context: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(one, LISTS) for one in changed):
        session.info.pop(_KEY, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_with_the_transaction(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop(_KEY, None)
